/**
 * Who calls (platform reference, §2.1, §2.3), and which pool pays for it (§3).
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Account } from './account.ts';
import type { Credentials } from './credentials.ts';
import type { Switches } from './switches.ts';

export type Caller =
	| { readonly ok: true; readonly instanceId: number | null }
	/** The text of the 401; it echoes the token, as recorded. */
	| { readonly ok: false; readonly message: string };

const NOBODY =
	'Not authenticated. You must provide a valid authentication token.';

const header = ( headers: IncomingHttpHeaders, name: string ): string => {
	const value = headers[ name ];
	return typeof value === 'string' ? value : '';
};

/** OAuth pools are per account and developer; all private apps of an account share one. */
export function poolOf(
	headers: IncomingHttpHeaders,
	account: string,
	{ apps }: Credentials
): string {
	if ( ! header( headers, 'authorization' ).startsWith( 'Bearer ' ) ) {
		return `${ account } private`;
	}
	const devRef = header( headers, 'brightpearl-dev-ref' );
	return apps.some( ( app ) => app.devRef === devRef )
		? `${ account } ${ devRef }`
		: `${ account } unknown`;
}

const invalid = ( token: string ): Caller => ( {
	ok: false,
	message: `Invalid instance token: ${ token }`,
} );

function bearer(
	headers: IncomingHttpHeaders,
	token: string,
	account: Account,
	{ apps }: Credentials,
	switches: Switches,
	now: number
): Caller {
	const grant = account
		.grantsByToken( token )
		.find( ( entry ) => entry.kind === 'access' );
	const app = apps.find(
		( { clientId } ) =>
			clientId === ( grant?.clientId ?? apps[ 0 ]?.clientId )
	);
	if ( ! grant || ! app ) {
		return invalid( token );
	}
	if ( grant.expiresAt !== null && grant.expiresAt <= now ) {
		return { ok: false, message: 'Authorization token expired' };
	}
	const devRef = header( headers, 'brightpearl-dev-ref' );
	const wrongDevRef =
		devRef !== app.devRef &&
		! ( devRef === '' && switches.devRef === 'optional' );
	return wrongDevRef ||
		header( headers, 'brightpearl-app-ref' ) !== app.clientId
		? { ok: false, message: NOBODY }
		: { ok: true, instanceId: app.instanceId };
}

export function authenticate(
	headers: IncomingHttpHeaders,
	account: Account,
	credentials: Credentials,
	switches: Switches,
	now: number
): Caller {
	const authorization = header( headers, 'authorization' );
	if ( authorization.startsWith( 'Bearer ' ) ) {
		return bearer(
			headers,
			authorization.slice( 'Bearer '.length ),
			account,
			credentials,
			switches,
			now
		);
	}
	const appRef = header( headers, 'brightpearl-app-ref' );
	const accountToken = header( headers, 'brightpearl-account-token' );
	const staffToken = header( headers, 'brightpearl-staff-token' );
	const isKnown = credentials.privateApps.some(
		( app ) =>
			app.appRef === appRef &&
			( accountToken === ''
				? staffToken === app.staffToken
				: accountToken === app.accountToken )
	);
	return isKnown
		? { ok: true, instanceId: null }
		: { ok: false, message: NOBODY };
}
