/**
 * Signing in, on the wire.
 */
import { deliver, isLost, JSON_TYPE } from './deliver.ts';
import type { Exchange, ServerParts } from './deliver.ts';
import { authorise } from './legacy-authorise.ts';
import {
	consentPage,
	decide,
	readAsked,
	refusedPage,
} from './oauth-consent.ts';
import type { OAuthCall } from './oauth-grants.ts';
import type { OAuthPlace } from './oauth-path.ts';
import { answerToken, introspect } from './oauth.ts';
import { isOurs } from './own-host.ts';
import type { Reply } from './reply.ts';

interface Shown {
	readonly status: number;
	readonly headers: Readonly< Record< string, string > >;
	readonly body: string;
}

const json = ( { status, body }: Reply ): Shown => ( {
	status,
	headers: {
		'content-type': JSON_TYPE,
		'cache-control': 'no-cache, private',
	},
	body: JSON.stringify( body ),
} );

const away = ( location: string ): Shown => ( {
	status: 302,
	headers: { location, 'cache-control': 'no-store' },
	body: '',
} );

/** The page, or where its decision leads; POST only from the page itself. */
function authorize( call: OAuthCall, exchange: Exchange ): Shown {
	const { method, url, request, body } = exchange;
	if ( ! isOurs( request ) ) {
		return json( { status: 421, body: { error: 'invalid_request' } } );
	}
	const fields =
		method === 'POST' ? new URLSearchParams( body ) : url.searchParams;
	const asked = readAsked( call, fields );
	if ( ! asked ) {
		return json( { status: 400, body: { error: 'invalid_request' } } );
	}
	if ( method === 'POST' ) {
		const allowed = fields.get( 'decision' ) === 'allow';
		return ! allowed && call.switches.consentRefusal === 'no-callback'
			? {
					status: 200,
					headers: {
						'content-type': 'text/html; charset=utf-8',
						'content-security-policy':
							"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
						'cache-control': 'no-store',
					},
					body: refusedPage( asked ),
				}
			: away( decide( call, asked, allowed ) );
	}
	if ( call.switches.consent === 'auto' ) {
		return away( decide( call, asked, true ) );
	}
	const target = new URL( asked.redirectUri ).origin;
	return {
		status: 200,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			// The form's answer leads to the app: a browser holds `form-action` against that too.
			'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${ target }; frame-ancestors 'none'`,
			'cache-control': 'no-store',
		},
		body: consentPage( call.account.code, asked ),
	};
}

function answer(
	call: OAuthCall,
	{ kind }: OAuthPlace,
	exchange: Exchange
): Shown | null {
	const { method, request, body } = exchange;
	const type = request.headers[ 'content-type' ] ?? '';
	switch ( `${ method } ${ kind }` ) {
		case 'GET authorize':
		case 'POST authorize':
			return authorize( call, exchange );
		case 'POST token':
			return json( answerToken( call, type, body ) );
		case 'POST introspect':
			return json(
				introspect(
					call,
					type,
					request.headers.authorization ?? '',
					body
				)
			);
		case 'POST authorise':
			return json( authorise( call.credentials, body ) );
		default:
			return null;
	}
}

export async function serveOAuth(
	parts: ServerParts,
	exchange: Exchange,
	place: OAuthPlace
): Promise< void > {
	const { sandbox } = parts;
	const { method, url, response, body } = exchange;
	const code =
		place.account ??
		new URLSearchParams( body ).get( 'account_code' ) ??
		'';
	const tenant = sandbox.tenants.get( code );
	const fault = sandbox.faults.pick( {
		method,
		path: url.pathname,
		account: code,
	} );
	const notFound = json( { status: 404, body: { error: 'not_found' } } );
	// Neither executed nor answered.
	const isGone = fault?.kind === 'lost-request';
	const isOut = fault?.kind === 'unavailable' || fault?.kind === 'error';
	const shown =
		tenant && ! isGone && ( ! isOut || fault.committed )
			? ( answer(
					{
						account: tenant.account,
						credentials: tenant.credentials,
						switches: sandbox.switches(),
						seed: sandbox.seed,
						now: sandbox.now(),
						apiDomain: parts.apiDomain(),
					},
					place,
					exchange
				) ?? notFound )
			: notFound;
	const outgoing = isOut
		? json( { status: fault.kind === 'error' ? 500 : 503, body: {} } )
		: shown;
	sandbox.log.add(
		{
			at: new Date( sandbox.now() ).toISOString(),
			account: code,
			method,
			// Without the query: it may hold a state.
			path: url.pathname,
			status: isLost( fault ) ? 0 : outgoing.status,
			ruid: null,
			pool: null,
			fault: fault?.kind ?? null,
		},
		`${ method } /oauth/${ place.kind }`
	);
	await deliver( parts, response, outgoing, fault );
}
