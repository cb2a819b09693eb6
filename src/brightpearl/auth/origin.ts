/**
 * Where a token may be sent. Everything that leaves with credentials goes through here.
 */
import { isBrightpearlHost } from '../../contracts/connection.ts';
import { hold, ok, type Result } from '../../contracts/result.ts';

function isLoopback( url: URL ): boolean {
	return (
		url.protocol === 'http:' &&
		url.username === '' &&
		url.password === '' &&
		( url.hostname === 'localhost' ||
			url.hostname === '[::1]' ||
			/^127(\.\d{1,3}){3}$/.test( url.hostname ) )
	);
}

function parse( text: string ): URL | null {
	try {
		return new URL( text );
	} catch {
		return null;
	}
}

const withoutSlash = ( text: string ) => text.replace( /\/+$/, '' );

/**
 * The origin of an API domain: `https://` before a bare Brightpearl host; with `sandbox` also
 * a loopback origin as it is given, or a loopback `host:port` read with `http://` (a token
 * answer's `api_domain` has no scheme). Null = no host of Brightpearl's.
 */
export function apiOrigin(
	apiDomain: string,
	sandbox: boolean
): string | null {
	const domain = apiDomain.trim().toLowerCase();
	if ( isBrightpearlHost( domain ) ) {
		return `https://${ domain }`;
	}
	if ( ! sandbox ) {
		return null;
	}
	const url = parse(
		domain.includes( '://' ) ? domain : `http://${ domain }`
	);
	return url && isLoopback( url ) ? withoutSlash( url.href ) : null;
}

export const OAUTH_URL = 'https://oauth.brightpearlapp.com';
const OAUTH_HOST =
	/^([a-z0-9-]+\.)*(brightpearl|brightpearlconnect|brightpearlapp)\.com$/;

/** The base of `/token/{account}` and `/authorize/{account}`; null = no host of Brightpearl's. */
export function oauthBase(
	oauthUrl: string | undefined,
	sandbox: boolean
): string | null {
	const url = parse( oauthUrl ?? OAUTH_URL );
	if ( ! url ) {
		return null;
	}
	const theirs =
		url.protocol === 'https:' &&
		url.username === '' &&
		url.password === '' &&
		OAUTH_HOST.test( url.hostname );
	return theirs || ( sandbox && isLoopback( url ) )
		? withoutSlash( url.href )
		: null;
}

/** The origin of an API domain, or the problem that nothing may be sent there. */
export function originOf(
	apiDomain: string | undefined,
	sandbox: boolean
): Result< string > {
	const origin =
		apiDomain === undefined ? null : apiOrigin( apiDomain, sandbox );
	return origin === null
		? hold( {
				code: 'credentials-brightpearl',
				message:
					apiDomain === undefined
						? 'The API domain of the account is not known.'
						: `${ apiDomain.slice( 0, 100 ) } is not a host of Brightpearl's; nothing was sent there.`,
				cause: null,
				fix: 'Set `brightpearl.apiDomain`, for example to euw1.brightpearlconnect.com.',
				field: 'brightpearl.apiDomain',
			} )
		: ok( origin );
}
