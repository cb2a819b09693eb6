/** The consent of a Brightpearl account: opened in a tab of its own, waited for here. */
import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type {
	ConnectionView,
	Consent,
} from '../../../../src/contracts/answers.ts';
import { useCommand, useOperation } from '../../api/client.tsx';
import { TextInput } from '../../components/form/inputs.tsx';
import {
	CommandButton,
	ErrorNotice,
	Note,
	announce,
	notify,
	useNow,
} from '../../components/index.ts';
import { grantOf, grantText, isWebAddress } from './grant.ts';

/** A callback tells of itself by an event; where events do not come this finds it. */
const LOOK_AGAIN = 3000;

export function Authorize( {
	view,
	onDone,
}: {
	readonly view: ConnectionView;
	/** Somebody has consented: what is shown is old. */
	readonly onDone: () => void;
} ) {
	const { name } = view;
	const consent = useCommand( 'connectionConsent' );
	const state = grantOf( view, useNow() );
	if ( state === null ) {
		return null;
	}
	const done = (): void => {
		consent.reset();
		notify( __( 'Brightpearl has given its consent.', 'pearlbridge' ) );
		onDone();
	};
	return (
		<>
			<p className={ state === 'good' ? 'pb-muted' : undefined }>
				{ grantText( state ) }
			</p>
			<ErrorNotice error={ consent.error } />
			<div className="pb-actions">
				<CommandButton
					variant={ state === 'none' ? 'primary' : 'secondary' }
					busy={ consent.busy }
					onClick={ () => {
						const tab = emptyTab();
						void consent.run( { name } ).then( ( answer ) => {
							if ( answer.ok ) {
								show( tab, answer.value.url );
							} else {
								tab?.close();
							}
						} );
					} }
				>
					{ __( 'Authorize with Brightpearl', 'pearlbridge' ) }
				</CommandButton>
			</div>
			{ consent.value !== null && (
				<Waiting
					key={ consent.value.state }
					name={ name }
					consent={ consent.value }
					onDone={ done }
				/>
			) }
		</>
	);
}

function Waiting( {
	name,
	consent,
	onDone,
}: {
	readonly name: string;
	readonly consent: Consent;
	readonly onDone: () => void;
} ) {
	const seen = useOperation(
		'connectionConsentState',
		{ name, state: consent.state },
		{
			every: LOOK_AGAIN,
			refreshOn: ( event ) =>
				event.event === 'changed' && event.connection === name,
		}
	);
	const state = seen.data?.state ?? 'waiting';
	const finish = useRef( onDone );
	useEffect( () => {
		finish.current = onDone;
	} );
	useEffect( () => {
		announce(
			__( 'Waiting for the consent in Brightpearl.', 'pearlbridge' )
		);
	}, [] );
	useEffect( () => {
		if ( state === 'done' ) {
			finish.current();
		}
	}, [ state ] );
	if ( state === 'failed' || state === 'expired' ) {
		return (
			<Note status="warning">
				{ seen.data?.failure?.message ??
					__(
						'Nobody has consented within 15 minutes. Begin again when you are ready.',
						'pearlbridge'
					) }
			</Note>
		);
	}
	return (
		<Note>
			<p>
				{ __(
					'Waiting for the consent in Brightpearl: sign in there as somebody who may allow apps.',
					'pearlbridge'
				) }{ ' ' }
				{ isWebAddress( consent.url ) && (
					<a href={ consent.url } rel="noreferrer" target="_blank">
						{ __( 'Open the page again', 'pearlbridge' ) }
					</a>
				) }
			</p>
			<p className="pb-muted">
				{ sprintf(
					/* translators: %s: an address */
					__(
						'The app must be registered in Brightpearl with the return address %s',
						'pearlbridge'
					),
					consent.redirectUri
				) }
			</p>
			<Paste
				name={ name }
				open={ ! consent.callback }
				onDone={ onDone }
			/>
		</Note>
	);
}

/** Where the browser did not find its way back. */
function Paste( {
	name,
	open,
	onDone,
}: {
	readonly name: string;
	readonly open: boolean;
	readonly onDone: () => void;
} ) {
	const authorize = useCommand( 'connectionAuthorize' );
	const [ code, setCode ] = useState( '' );
	return (
		<details open={ open }>
			<summary>
				{ __( 'The page there did not come back?', 'pearlbridge' ) }
			</summary>
			<form
				onSubmit={ ( event ) => {
					event.preventDefault();
					if ( code.trim() === '' || authorize.busy ) {
						return;
					}
					void authorize
						.run( { name, code: code.trim() } )
						.then( ( answer ) => {
							if ( answer.ok ) {
								onDone();
							}
						} );
				} }
			>
				<label className="pb-labelled">
					{ __(
						'Paste the address it ended on, or the code',
						'pearlbridge'
					) }
					<TextInput
						value={ code }
						maxLength={ 4000 }
						onChange={ setCode }
					/>
				</label>
				<ErrorNotice error={ authorize.error } />
				<CommandButton
					type="submit"
					size="compact"
					busy={ authorize.busy }
					disabled={ code.trim() === '' }
				>
					{ __( 'Finish', 'pearlbridge' ) }
				</CommandButton>
			</form>
		</details>
	);
}

/** Opened while the click lasts: later the browser would hold it for advertising. */
function emptyTab(): Window | null {
	const tab = window.open( '', '_blank' );
	if ( tab !== null ) {
		// The page there must not steer this one.
		tab.opener = null;
	}
	return tab;
}

function show( tab: Window | null, url: string ): void {
	if ( tab !== null && isWebAddress( url ) ) {
		tab.location.replace( url );
	} else {
		tab?.close();
	}
}
