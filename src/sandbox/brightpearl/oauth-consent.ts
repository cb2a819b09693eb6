/**
 * The consent page (platform reference, §2.2a): who asks, and two buttons. What the callback
 * carries after a refusal is not known, or whether there is one; `error=access_denied` is the
 * standard's.
 */
import { escapeHtml } from '../http-kit.ts';
import type { InstalledApp } from './credentials.ts';
import { dropExpired, issue } from './oauth-grants.ts';
import type { OAuthCall } from './oauth-grants.ts';
import { PAGE_STYLE } from './page-style.ts';

export interface Asked {
	readonly app: InstalledApp;
	readonly redirectUri: string;
	/** Null = none was sent. */
	readonly state: string | null;
}

/** Null = the request is not one to answer: nobody is sent to an address that does not fit. */
export function readAsked(
	{ credentials }: OAuthCall,
	fields: URLSearchParams
): Asked | null {
	const redirectUri = fields.get( 'redirect_uri' ) ?? '';
	const app = credentials.apps.find(
		( { clientId } ) => clientId === fields.get( 'client_id' )
	);
	return app &&
		fields.get( 'response_type' ) === 'code' &&
		URL.canParse( redirectUri ) &&
		/^https?:$/.test( new URL( redirectUri ).protocol )
		? { app, redirectUri, state: fields.get( 'state' ) }
		: null;
}

/** Where the browser goes after the decision. */
export function decide(
	call: OAuthCall,
	{ app, redirectUri, state }: Asked,
	allowed: boolean
): string {
	dropExpired( call );
	const target = new URL( redirectUri );
	if ( allowed ) {
		const code = issue( call, app, {
			kind: 'code',
			expiresAt: call.now + call.switches.codeLifeSeconds * 1000,
			redirectUri,
		} );
		target.searchParams.set( 'code', code.token );
	} else {
		target.searchParams.set( 'error', 'access_denied' );
	}
	if ( state !== null ) {
		target.searchParams.set( 'state', state );
	}
	return target.href;
}

const hidden = ( name: string, value: string ): string =>
	`<input type="hidden" name="${ name }" value="${ escapeHtml( value ) }">`;

/** Where a refusal leads nowhere. */
export const refusedPage = ( { app }: Asked ): string =>
	`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Refused – Brightpearl sandbox</title><style>${ PAGE_STYLE }</style></head>
<body class="narrow"><main><h1>Refused</h1><p>The app <strong>${ escapeHtml( app.clientId ) }</strong> was not allowed in.</p></main></body></html>
`;

export function consentPage(
	account: string,
	{ app, redirectUri, state }: Asked
): string {
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Allow ${ escapeHtml( app.clientId ) }? – Brightpearl sandbox</title><style>${ PAGE_STYLE }</style></head>
<body class="narrow"><main>
<h1>Allow ${ escapeHtml( app.clientId ) }?</h1>
<p>The app <strong>${ escapeHtml( app.clientId ) }</strong> of ${ escapeHtml( app.devRef ) } wants to read and change the account <strong>${ escapeHtml( account ) }</strong> in this Brightpearl sandbox.</p>
<p>You then return to ${ escapeHtml( new URL( redirectUri ).host ) }.</p>
<form method="post">
${ hidden( 'response_type', 'code' ) }
${ hidden( 'client_id', app.clientId ) }
${ hidden( 'redirect_uri', redirectUri ) }
${ state === null ? '' : hidden( 'state', state ) }
<p class="actions"><button name="decision" value="allow">Allow</button> <button name="decision" value="refuse" class="plain">Refuse</button></p>
</form>
</main></body></html>
`;
}
