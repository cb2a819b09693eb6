/**
 * The shop's front door: faults, credentials, routes, the request log.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, send } from '../http-kit.ts';
import type { Control } from './control.ts';
import type { Fault, Faults, WireAnswer } from './faults.ts';
import { answerInstead, spoil } from './faults.ts';
import type { Authenticate } from './oauth.ts';
import { phpQuery } from './oauth.ts';
import { renderPage } from './page.ts';
import { phpJson } from './php-json.ts';
import type { RequestLog } from './request-log.ts';
import { withoutSecrets } from './request-log.ts';
import type { Reply } from './rest.ts';
import { isRecord, restError } from './rest.ts';
import type { Router } from './router.ts';
import { cut, noRoute } from './router.ts';
import type { Shop } from './shop.ts';
import { siteIndex } from './site-routes.ts';

/** PHP's `post_max_size` of the recorded shop. */
const BODY_LIMIT = 8 * 1024 * 1024;

const API = '/wp-json/wc/v3';

export interface ServerParts {
	readonly shop: Shop;
	readonly router: Router;
	readonly authenticate: Authenticate;
	readonly control: Control;
	readonly faults: Faults;
	readonly log: RequestLog;
}

type Body =
	| {
			readonly ok: true;
			readonly value: Readonly< Record< string, unknown > >;
	  }
	| { readonly ok: false; readonly error: Reply };

/** JSON only when the request says it is; otherwise the fields of a form. */
function parseBody( text: string, contentType: string ): Body {
	if ( ! contentType.includes( 'json' ) ) {
		return { ok: true, value: phpQuery( text ) };
	}
	if ( text === '' ) {
		return { ok: true, value: {} };
	}
	try {
		const value: unknown = JSON.parse( text );
		return { ok: true, value: isRecord( value ) ? value : {} };
	} catch {
		return {
			ok: false,
			error: restError(
				400,
				'rest_invalid_json',
				'Invalid JSON body passed.',
				{ json_error_code: 4, json_error_message: 'Syntax error' }
			),
		};
	}
}

const REST_HEADERS = {
	'content-type': 'application/json; charset=UTF-8',
	'x-robots-tag': 'noindex',
	'x-content-type-options': 'nosniff',
	'access-control-expose-headers': 'X-WP-Total, X-WP-TotalPages, Link',
	'cache-control': 'no-cache, must-revalidate, max-age=0, no-store, private',
};

function toWire( shop: Shop, reply: Reply ): WireAnswer {
	return {
		status: reply.status,
		headers: {
			...REST_HEADERS,
			link: `<${ shop.home }/wp-json/>; rel="https://api.w.org/"`,
			...reply.headers,
		},
		body: phpJson( reply.body ),
	};
}

export function createHandler( parts: ServerParts ) {
	const { shop, log } = parts;

	const rest = (
		request: IncomingMessage,
		url: URL,
		text: string
	): Reply => {
		const method = request.method ?? 'GET';
		if ( /^\/wp-json\/?$/.test( url.pathname ) ) {
			return cut( siteIndex( shop ), url.searchParams.get( '_fields' ) );
		}
		if ( ! url.pathname.startsWith( `${ API }/` ) ) {
			return noRoute();
		}
		const rawQuery = url.search.slice( 1 );
		const who = parts.authenticate( {
			method,
			url: shop.home + url.pathname,
			rawQuery,
			authorization: request.headers.authorization ?? '',
		} );
		if ( ! who.ok ) {
			return who.error;
		}
		const body = parseBody( text, request.headers[ 'content-type' ] ?? '' );
		if ( ! body.ok ) {
			return body.error;
		}
		return parts.router(
			method,
			url.pathname.slice( API.length ),
			{
				method,
				query: phpQuery( rawQuery ),
				body: body.value,
				rawQuery,
				pathname: url.pathname,
			},
			who.value !== null
		);
	};

	/** Null = the connection is to be cut without an answer. */
	const answerRest = async (
		request: IncomingMessage,
		url: URL,
		text: string,
		fault: Fault | null
	): Promise< WireAnswer | null > => {
		if ( fault?.kind === 'reset' ) {
			return null;
		}
		if ( fault?.kind === 'slow' ) {
			await shop.clock.sleep( fault.delay );
		}
		const instead = fault ? answerInstead( fault ) : null;
		if ( instead ) {
			return instead;
		}
		const answer = toWire( shop, rest( request, url, text ) );
		if ( fault?.kind === 'lost-answer' ) {
			return null;
		}
		return fault ? spoil( fault.kind, answer ) : answer;
	};

	const answerControl = async (
		request: IncomingMessage,
		url: URL,
		text: string
	): Promise< WireAnswer > => {
		let body: unknown;
		try {
			body = text === '' ? {} : JSON.parse( text );
		} catch {
			body = null;
		}
		const answer = ( await parts.control.answer(
			request.method ?? 'GET',
			url.pathname.slice( '/_sandbox/'.length ),
			Object.fromEntries( url.searchParams ),
			body
		) ) ?? { status: 404, body: { error: 'No such address.' } };
		return {
			status: answer.status,
			headers: { 'content-type': 'application/json; charset=UTF-8' },
			body: JSON.stringify( answer.body ),
		};
	};

	const handle = async (
		request: IncomingMessage,
		response: ServerResponse
	): Promise< void > => {
		const url = new URL( request.url ?? '/', 'http://shop.invalid' );
		const body = await readBody( request, BODY_LIMIT );
		if ( body === null ) {
			response.destroy();
			return;
		}
		const text = body.toString( 'utf8' );
		if ( url.pathname.startsWith( '/_sandbox/' ) ) {
			const answer = await answerControl( request, url, text );
			send( response, answer.status, answer.headers, answer.body );
			return;
		}
		const route = url.searchParams.get( 'rest_route' );
		if ( route !== null ) {
			// Keys are looked at only where the address holds wp-json/wc/ (measured).
			const refusal = restError(
				401,
				'woocommerce_rest_cannot_view',
				'Sorry, you cannot list resources.'
			);
			const answer = toWire( shop, refusal );
			send( response, answer.status, answer.headers, answer.body );
			return;
		}
		if ( ! /^\/wp-json(\/|$)/.test( url.pathname ) ) {
			const isHome = url.pathname === '/';
			send(
				response,
				isHome ? 200 : 404,
				{ 'content-type': 'text/html; charset=UTF-8' },
				isHome
					? renderPage( shop, log )
					: '<!DOCTYPE html>\n<html lang="en-US"><head><title>Page not found</title></head><body><h1>Page not found</h1></body></html>\n'
			);
			return;
		}
		const fault = parts.faults.take(
			request.method ?? 'GET',
			url.pathname
		);
		const answer = await answerRest( request, url, text, fault );
		log.add( {
			at: new Date( shop.clock.now() ).toISOString(),
			method: request.method ?? 'GET',
			path: url.pathname,
			query: withoutSecrets( url.search.slice( 1 ) ),
			status: answer?.status ?? 0,
			fault: fault?.kind ?? null,
		} );
		if ( ! answer ) {
			request.socket.destroy();
			return;
		}
		// node:http leaves out the body of an answer to HEAD by itself.
		send( response, answer.status, answer.headers, answer.body );
	};

	return ( request: IncomingMessage, response: ServerResponse ): void => {
		handle( request, response ).catch( ( error: unknown ) => {
			// A defect of the sandbox: said aloud, so that nobody looks for it elsewhere.
			const message =
				error instanceof Error ? ( error.stack ?? error.message ) : '';
			process.stderr.write( `shop sandbox: ${ message }\n` );
			if ( ! response.headersSent ) {
				send(
					response,
					500,
					{ 'content-type': 'text/plain' },
					message
				);
			}
		} );
	};
}
