/** Shown at the sidecar's own address to whoever has no session. */
import { TextControl } from '@wordpress/components';
import { useEffect, useState, useSyncExternalStore } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { CommandButton } from './components/command-button.tsx';
import { Note } from './components/notices.tsx';
import type { SessionPort, SignedOutReason } from './host.ts';

export function SignedInOnly( {
	session,
	children,
}: {
	readonly session: SessionPort;
	readonly children: ReactNode;
} ) {
	const state = useSyncExternalStore( session.subscribe, session.get );
	switch ( state.state ) {
		case 'checking':
			return <div className="pb-login" aria-busy="true" />;
		case 'in':
			return <>{ children }</>;
		case 'out':
			return <Login session={ session } why={ state.why } />;
	}
}

function Login( {
	session,
	why,
}: {
	readonly session: SessionPort;
	readonly why: SignedOutReason;
} ) {
	const [ link, setLink ] = useState( '' );
	useEffect( () => {
		document.title = __( 'Sign in ‹ Pearlbridge', 'pearlbridge' );
	}, [] );
	return (
		<main className="pb-login">
			<div className="pb-login__card">
				<h1>Pearlbridge</h1>
				<Reason why={ why } />
				<p>
					{ __(
						'You sign in with a link that works once. Make one on the machine that runs Pearlbridge:',
						'pearlbridge'
					) }
				</p>
				<pre tabIndex={ 0 }>
					<code>pearlbridge login</code>
				</pre>
				<p>
					{ __( 'Then open it, or paste it here:', 'pearlbridge' ) }
				</p>
				<form
					onSubmit={ ( event ) => {
						event.preventDefault();
						if ( link.trim() !== '' ) {
							void session.signIn( link );
						}
					} }
				>
					<TextControl
						__next40pxDefaultSize
						__nextHasNoMarginBottom
						label={ __( 'Login link', 'pearlbridge' ) }
						value={ link }
						onChange={ setLink }
						autoComplete="off"
						spellCheck={ false }
					/>
					<div className="pb-login__actions">
						<CommandButton variant="primary" type="submit">
							{ __( 'Sign in', 'pearlbridge' ) }
						</CommandButton>
						{ why === 'unreachable' && (
							<CommandButton
								onClick={ () => void session.check() }
							>
								{ __( 'Try again', 'pearlbridge' ) }
							</CommandButton>
						) }
					</div>
				</form>
			</div>
		</main>
	);
}

function Reason( { why }: { readonly why: SignedOutReason } ) {
	switch ( why ) {
		case 'none':
			return null;
		case 'signed-out':
			return (
				<Note status="success">
					{ __( 'You are signed out.', 'pearlbridge' ) }
				</Note>
			);
		case 'expired':
			return (
				<Note status="warning">
					{ __(
						'Your session has ended. Synchronising goes on; sign in again to watch it.',
						'pearlbridge'
					) }
				</Note>
			);
		case 'used':
			return (
				<Note
					status="warning"
					spoken={ __( 'This link does not work.', 'pearlbridge' ) }
				>
					{ __(
						'This link does not work: it was used before, has run out, or is not complete.',
						'pearlbridge'
					) }
				</Note>
			);
		case 'unreachable':
			return (
				<Note status="warning">
					{ __(
						'Pearlbridge does not answer. Check that the service is running.',
						'pearlbridge'
					) }
				</Note>
			);
	}
}
