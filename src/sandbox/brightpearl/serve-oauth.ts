/**
 * `/oauth/token/{account}` and `/oauth/authorize/{account}` on the wire.
 */
import { deliver, JSON_TYPE } from './deliver.ts';
import type { Exchange, ServerParts } from './deliver.ts';
import { answerToken, consent } from './oauth.ts';
import type { OAuthCall } from './oauth.ts';
import type { Reply } from './reply.ts';

export const OAUTH_PATH = /^\/oauth\/(token|authorize)\/([^/]+)\/?$/;

export async function serveOAuth(
	parts: ServerParts,
	exchange: Exchange
): Promise< void > {
	const { sandbox } = parts;
	const { method, url, request, response, body } = exchange;
	const [ , kind, code = '' ] = OAUTH_PATH.exec( url.pathname ) ?? [];
	const tenant = sandbox.tenants.get( code );
	const fault = sandbox.faults.pick( {
		method,
		path: url.pathname,
		account: code,
	} );
	let reply: Reply = { status: 404, body: { error: 'not_found' } };
	let location: string | null = null;
	if ( tenant ) {
		const call: OAuthCall = {
			account: tenant.account,
			credentials: tenant.credentials,
			switches: sandbox.switches(),
			seed: sandbox.seed,
			now: sandbox.now(),
			apiDomain: parts.apiDomain(),
		};
		if ( kind === 'token' && method === 'POST' ) {
			reply = answerToken(
				call,
				request.headers[ 'content-type' ] ?? '',
				body
			);
		} else if ( kind === 'authorize' && method === 'GET' ) {
			location = consent( call, url.searchParams );
			reply =
				location === null
					? { status: 400, body: { error: 'invalid_request' } }
					: { status: 302, body: {} };
		}
	}
	if ( fault?.kind === 'unavailable' || fault?.kind === 'error' ) {
		reply = { status: fault.kind === 'error' ? 500 : 503, body: {} };
	}
	sandbox.log.add(
		{
			at: new Date( sandbox.now() ).toISOString(),
			account: code,
			method,
			// Without the query: it may hold a state.
			path: url.pathname,
			status: fault?.kind === 'lost-answer' ? 0 : reply.status,
			ruid: null,
			pool: null,
			fault: fault?.kind ?? null,
		},
		`${ method } /oauth/${ kind ?? '' }`
	);
	await deliver(
		parts,
		response,
		{
			status: reply.status,
			headers: {
				'content-type': JSON_TYPE,
				'cache-control': 'no-cache, private',
				...( location === null ? {} : { location } ),
			},
			body: JSON.stringify( reply.body ),
		},
		fault
	);
}
