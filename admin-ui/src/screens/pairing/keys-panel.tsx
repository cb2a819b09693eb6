import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useHost } from '../../api/client.tsx';
import type { ApiError } from '../../host.ts';
import { TextInput } from '../../components/form/inputs.tsx';
import {
	Badge,
	CommandButton,
	ErrorNotice,
	Panel,
	notify,
} from '../../components/index.ts';
import { beginAuthorization } from './api.ts';
import type { PairingView } from './api.ts';
import type { Pairing } from './use-pairing.ts';

/** The key the service reads and writes the shop with: three ways to one. */
export function KeysPanel( {
	pairing: { run, busy },
	view,
}: {
	readonly pairing: Pairing;
	readonly view: PairingView;
} ) {
	const { plugin } = useHost();
	const [ error, setError ] = useState< ApiError | null >( null );
	const [ pasting, setPasting ] = useState( false );
	const [ leaving, setLeaving ] = useState( false );
	const { state, keyId } = view.keys;
	const own = async (): Promise< void > => {
		setError( null );
		const answer = await run( { path: 'keys/own', data: {} } );
		if ( answer.ok ) {
			notify( __( 'The service has its key.', 'pearlbridge' ) );
		} else {
			setError( answer.error );
		}
	};
	const authorize = async (): Promise< void > => {
		if ( plugin === null ) {
			return;
		}
		setError( null );
		setLeaving( true );
		const answer = await beginAuthorization( plugin );
		if ( answer.ok ) {
			window.location.assign( answer.url );
		} else {
			setLeaving( false );
			setError( answer.error );
		}
	};
	return (
		<Panel
			title={ __( 'Key to the shop', 'pearlbridge' ) }
			actions={
				state === 'none' ? (
					<Badge
						label={ {
							text: __( 'Missing', 'pearlbridge' ),
							tone: 'error',
						} }
					/>
				) : (
					<Badge
						label={ {
							text: __( 'Set', 'pearlbridge' ),
							tone: 'success',
						} }
					/>
				)
			}
		>
			<ErrorNotice error={ error } />
			<p>{ stateText( state, keyId ) }</p>
			<div className="pb-actions">
				{ view.canAuthorize && (
					<CommandButton
						variant={ state === 'none' ? 'primary' : 'secondary' }
						busy={ leaving }
						onClick={ () => void authorize() }
					>
						{ __( 'Approve in WooCommerce', 'pearlbridge' ) }
					</CommandButton>
				) }
				<CommandButton
					variant={
						state === 'none' && ! view.canAuthorize
							? 'primary'
							: 'secondary'
					}
					busy={ busy === 'keys/own' }
					onClick={ () => void own() }
				>
					{ state === 'none'
						? __( 'Make a key', 'pearlbridge' )
						: __( 'Make a new key', 'pearlbridge' ) }
				</CommandButton>
				<CommandButton
					variant="tertiary"
					onClick={ () => setPasting( ! pasting ) }
				>
					{ __( 'Paste a key…', 'pearlbridge' ) }
				</CommandButton>
			</div>
			{ ! view.canAuthorize && (
				<p className="pb-muted">
					{ __(
						'WooCommerce’s own approval screen needs a shop on https.',
						'pearlbridge'
					) }
				</p>
			) }
			{ pasting && (
				<Paste
					busy={ busy === 'keys/paste' }
					onPaste={ async ( consumerKey, consumerSecret ) => {
						setError( null );
						const answer = await run( {
							path: 'keys/paste',
							data: { consumerKey, consumerSecret },
						} );
						if ( answer.ok ) {
							setPasting( false );
							notify(
								__( 'The service has the key.', 'pearlbridge' )
							);
						} else {
							setError( answer.error );
						}
					} }
				/>
			) }
		</Panel>
	);
}

function stateText(
	state: PairingView[ 'keys' ][ 'state' ],
	keyId: number | null
): string {
	const id = String( keyId ?? '' );
	switch ( state ) {
		case 'none':
			return __(
				'The service cannot read orders or write stock yet: it needs a key of WooCommerce’s REST API.',
				'pearlbridge'
			);
		case 'own':
			return sprintf(
				/* translators: %s: number of a key */
				__( 'Key %s, made by Pearlbridge for you.', 'pearlbridge' ),
				id
			);
		case 'wc-auth':
			return sprintf(
				/* translators: %s: number of a key */
				__( 'Key %s, approved in WooCommerce.', 'pearlbridge' ),
				id
			);
		case 'pasted':
			return sprintf(
				/* translators: %s: number of a key */
				__( 'Key %s, pasted here.', 'pearlbridge' ),
				id
			);
	}
}

function Paste( {
	busy,
	onPaste,
}: {
	readonly busy: boolean;
	readonly onPaste: ( key: string, secret: string ) => Promise< void >;
} ) {
	const [ key, setKey ] = useState( '' );
	const [ secret, setSecret ] = useState( '' );
	const off = ! /^ck_\w{20,}$/.test( key ) || ! /^cs_\w{20,}$/.test( secret );
	return (
		<form
			className="pb-form"
			onSubmit={ ( event ) => {
				event.preventDefault();
				if ( ! off && ! busy ) {
					void onPaste( key, secret );
				}
			} }
		>
			<p className="pb-muted">
				{ __(
					'Made under WooCommerce → Settings → Advanced → REST API, with Read/Write permission.',
					'pearlbridge'
				) }
			</p>
			<label>
				{ __( 'Consumer key', 'pearlbridge' ) }
				<TextInput
					type="password"
					autoComplete="new-password"
					placeholder="ck_…"
					value={ key }
					onChange={ ( text ) => setKey( text.trim() ) }
				/>
			</label>
			<label>
				{ __( 'Consumer secret', 'pearlbridge' ) }
				<TextInput
					type="password"
					autoComplete="new-password"
					placeholder="cs_…"
					value={ secret }
					onChange={ ( text ) => setSecret( text.trim() ) }
				/>
			</label>
			<div>
				<CommandButton
					variant="primary"
					type="submit"
					busy={ busy }
					disabled={ off }
				>
					{ __( 'Use this key', 'pearlbridge' ) }
				</CommandButton>
			</div>
		</form>
	);
}
