/** Entry at the sidecar's own address. */
import { createRoot } from '@wordpress/element';
import { App } from './src/app.tsx';
import { createSession, tokenOf } from './src/hosts/session.ts';
import { createSidecarHost } from './src/hosts/sidecar.ts';
import './src/styles/sidecar.css';

/** Below this everything is asked for, also behind a proxy that adds a path. */
const base = new URL( '.', document.baseURI );
const session = createSession( base );

/** The token leaves the address bar, and so the history, before anything else happens. */
function takeLogin(): boolean {
	const token = tokenOf( window.location.hash );
	if ( token === null ) {
		return false;
	}
	window.history.replaceState( null, '', '#/' );
	void session.signIn( token );
	return true;
}

if ( ! takeLogin() ) {
	void session.check();
}
window.addEventListener( 'hashchange', takeLogin );

const root = document.getElementById( 'pearlbridge' );
if ( root !== null ) {
	createRoot( root ).render(
		<App host={ createSidecarHost( base, session ) } />
	);
}
