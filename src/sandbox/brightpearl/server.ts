/**
 * From a request on the wire to an answer on the wire, and the faults that lie between.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, send } from '../http-kit.ts';
import { answerControl } from './control.ts';
import { deliver, isLost, JSON_TYPE } from './deliver.ts';
import type { Exchange, Outgoing, ServerParts } from './deliver.ts';
import { oauthPlace } from './oauth-path.ts';
import { isOurs } from './own-host.ts';
import { act } from './page-actions.ts';
import { renderPage } from './page.ts';
import { uuidFrom } from './prng.ts';
import { gson } from './reply.ts';
import { serveOAuth } from './serve-oauth.ts';

const LARGEST_BODY = 8 * 1024 * 1024;

/** On every API answer (platform reference, §3). */
const API_HEADERS = {
	'content-type': JSON_TYPE,
	'cache-control': 'no-cache, must-revalidate',
	pragma: 'no-cache',
	expires: 'Mon, 20 Dec 1998 01:00:00 GMT',
	// Its value is ours: the recordings name the header alone.
	'strict-transport-security': 'max-age=31536000',
} as const;

const HTML_OUTAGE =
	'<html><head><title>503 Service Temporarily Unavailable</title></head><body><h1>503 Service Temporarily Unavailable</h1></body></html>';

const ACCOUNT_PATH = /^\/public-api\/([^/]+)(\/.*)?$/;

async function serveApi(
	parts: ServerParts,
	exchange: Exchange,
	account: string,
	path: string
): Promise< void > {
	const { sandbox, api } = parts;
	const { method, url, request, response, body } = exchange;
	const picked = sandbox.faults.pick( {
		method,
		path: url.pathname,
		account,
	} );
	const answered = api( {
		method,
		account,
		path,
		query: url.searchParams,
		headers: request.headers,
		body,
		fault: picked,
	} );
	const fault = picked ?? answered.batch?.wire ?? null;
	const at = sandbox.now();
	const ruid = uuidFrom( sandbox.seed, at, sandbox.log.last(), url.href );
	const html =
		fault?.kind === 'unavailable' &&
		fault.body === 'html' &&
		answered.reply.status === 503;
	const page =
		typeof answered.reply.body === 'string' ? answered.reply.body : null;
	const outgoing: Outgoing = {
		status: answered.reply.status,
		headers: {
			...API_HEADERS,
			...answered.headers,
			...( html || page !== null ? { 'content-type': 'text/html' } : {} ),
			ruid,
		},
		body: html ? HTML_OUTAGE : ( page ?? gson( answered.reply.body ) ),
	};
	sandbox.log.add(
		{
			at: new Date( at ).toISOString(),
			account,
			method,
			path: `${ url.pathname }${ url.search }`,
			status: isLost( fault ) ? 0 : outgoing.status,
			ruid,
			pool: answered.pool,
			fault: fault?.kind ?? null,
			...( answered.batch ? { messages: answered.batch.messages } : {} ),
			...( answered.defect === null ? {} : { defect: answered.defect } ),
		},
		answered.endpoint,
		answered.batch?.endpoints
	);
	await deliver( parts, response, outgoing, fault );
}

/** `/do/ship`: a form of the pages. */
const FORM_PATH = /^\/do\/([a-z-]+)$/;

function serveOwn( { sandbox }: ServerParts, exchange: Exchange ): void {
	const { method, url, response, body } = exchange;
	if ( ! isOurs( exchange.request ) ) {
		send(
			response,
			421,
			{ 'content-type': 'text/plain' },
			'Not for this host\n'
		);
		return;
	}
	const html =
		method === 'GET'
			? renderPage( sandbox, url.pathname, url.searchParams )
			: null;
	if ( html !== null ) {
		send(
			response,
			200,
			{
				'content-type': 'text/html; charset=utf-8',
				'content-security-policy':
					"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
				'cache-control': 'no-store',
			},
			html
		);
		return;
	}
	const [ , form ] = FORM_PATH.exec( url.pathname ) ?? [];
	const next =
		form !== undefined && method === 'POST'
			? act( sandbox, form, body )
			: null;
	if ( next !== null ) {
		// After it a reload shows the page again and does not send the form twice.
		send( response, 303, { location: next }, '' );
		return;
	}
	const reply = url.pathname.startsWith( '/_sandbox/' )
		? answerControl( sandbox, method, url.pathname, url.searchParams, body )
		: { status: 404, body: { error: { message: 'Not found' } } };
	send(
		response,
		reply.status,
		{ 'content-type': 'application/json', 'cache-control': 'no-store' },
		JSON.stringify( reply.body )
	);
}

async function serve(
	parts: ServerParts,
	exchange: Exchange
): Promise< void > {
	const [ , account, path = '/' ] =
		ACCOUNT_PATH.exec( exchange.url.pathname ) ?? [];
	const place = oauthPlace( exchange.url.pathname );
	if ( account !== undefined ) {
		await serveApi( parts, exchange, account, path );
	} else if ( place ) {
		await serveOAuth( parts, exchange, place );
	} else {
		serveOwn( parts, exchange );
	}
}

export const createServerHandler =
	( parts: ServerParts ) =>
	( request: IncomingMessage, response: ServerResponse ): void => {
		const target = request.url ?? '/';
		if ( ! URL.canParse( target, 'http://sandbox' ) ) {
			send( response, 400, {}, '' );
			return;
		}
		const work = async (): Promise< void > => {
			const bytes = await readBody( request, LARGEST_BODY );
			if ( bytes === null ) {
				send( response, 413, {}, '' );
				return;
			}
			await serve( parts, {
				request,
				response,
				url: new URL( target, 'http://sandbox' ),
				method: request.method ?? 'GET',
				body: bytes.toString( 'utf8' ),
			} );
		};
		// A defect costs one answer, not the sandbox.
		work().catch( ( error: unknown ) => {
			if ( ! response.headersSent ) {
				send(
					response,
					500,
					{ 'content-type': 'text/plain' },
					`Defect of the sandbox: ${ String( error ) }\n`
				);
			}
		} );
	};
