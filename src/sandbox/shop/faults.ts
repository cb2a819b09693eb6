/**
 * Faults that can be switched on while the shop runs: the recorded kinds of broken answers
 * (test data, `errors/`) and the two that matter most, an answer lost after the work was
 * done and a 500 of an order that exists all the same.
 */
import { z } from 'zod';
import type { SeededRandom } from './random.ts';

export const FAULT_KINDS = [
	'bom',
	'php-warning',
	'truncated',
	'empty',
	'login-redirect',
	'rate-limited',
	'server-error',
	'maintenance',
	'slow',
	'reset',
	'lost-answer',
	'error-after-work',
] as const;

export type FaultKind = ( typeof FAULT_KINDS )[ number ];

export const faultSchema = z.strictObject( {
	kind: z.enum( FAULT_KINDS ),
	/** Share of the matching requests that are hit. */
	rate: z.number().min( 0 ).max( 1 ).default( 1 ),
	/** Requests still to be hit; null = until it is switched off. */
	count: z.int().min( 1 ).nullable().default( null ),
	/** Only requests whose path contains this. */
	path: z.string().default( '' ),
	/** Only this method. */
	method: z.string().nullable().default( null ),
	/** How long `slow` waits, milliseconds. */
	delay: z.int().min( 0 ).max( 600_000 ).default( 3000 ),
	/** Seconds `rate-limited` and `maintenance` ask for; null = the recorded 30 and 600. */
	retryAfter: z.int().min( 0 ).nullable().default( null ),
} );

export type Fault = z.infer< typeof faultSchema >;

export interface Faults {
	list(): readonly Fault[];
	add( fault: Fault ): void;
	clear(): void;
	/** The fault that hits this request, counted down; null = none. */
	take( method: string, path: string ): Fault | null;
}

export function createFaults( random: SeededRandom ): Faults {
	let faults: Fault[] = [];
	return {
		list: () => faults,
		add( fault ) {
			faults.push( { ...fault } );
		},
		clear() {
			faults = [];
		},
		take( method, path ) {
			const hit = faults.find(
				( fault ) =>
					path.includes( fault.path ) &&
					( fault.method === null || fault.method === method ) &&
					random.chance( fault.rate )
			);
			if ( ! hit ) {
				return null;
			}
			if ( hit.count !== null ) {
				hit.count -= 1;
				if ( hit.count === 0 ) {
					faults = faults.filter( ( fault ) => fault !== hit );
				}
			}
			return hit;
		},
	};
}

export interface WireAnswer {
	readonly status: number;
	readonly headers: Readonly< Record< string, string > >;
	readonly body: string | Buffer;
}

const HTML = { 'content-type': 'text/html; charset=UTF-8' };

function diePage( title: string, message: string ): string {
	return `<!DOCTYPE html>\n<html lang="en-US">\n<head>\n\t<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />\n\t<title>${ title }</title>\n</head>\n<body id="error-page">\n\t<div class="wp-die-message">${ message }</div></body>\n</html>\n`;
}

/** The answer instead of one, for faults in which nothing is done; null for the others. */
export function answerInstead( fault: Fault ): WireAnswer | null {
	switch ( fault.kind ) {
		case 'login-redirect':
			return {
				status: 302,
				headers: {
					...HTML,
					'x-redirect-by': 'WordPress',
					location: '/login/?redirect_to=x',
				},
				body: '',
			};
		case 'rate-limited':
			return {
				status: 429,
				headers: {
					'content-type': 'application/json; charset=UTF-8',
					'retry-after': String( fault.retryAfter ?? 30 ),
				},
				body: '{"code":"too_many_requests","message":"Too many requests.","data":{"status":429}}',
			};
		case 'server-error':
			return {
				status: 500,
				headers: HTML,
				body: diePage(
					'WordPress &rsaquo; Error',
					'<p>There has been a critical error on this website.</p>'
				),
			};
		case 'maintenance':
			return {
				status: 503,
				headers: {
					...HTML,
					'retry-after': String( fault.retryAfter ?? 600 ),
				},
				body: diePage(
					'Maintenance',
					'Briefly unavailable for scheduled maintenance. Check back in a minute.'
				),
			};
		default:
			return null;
	}
}

const BOM = Buffer.from( [ 0xef, 0xbb, 0xbf ] );
const WARNING =
	'<br />\n<b>Warning</b>:  Undefined array key "foo" in <b>/var/www/html/wp-content/plugins/bad/bad.php</b> on line <b>42</b><br />\n';

/** What becomes of a good answer. */
export function spoil( kind: FaultKind, answer: WireAnswer ): WireAnswer {
	const body = Buffer.from( answer.body );
	switch ( kind ) {
		case 'bom':
			return { ...answer, body: Buffer.concat( [ BOM, body ] ) };
		case 'php-warning':
			return {
				...answer,
				body: Buffer.concat( [ Buffer.from( WARNING ), body ] ),
			};
		case 'truncated':
			return {
				...answer,
				body: body.subarray( 0, Math.floor( body.length * 0.6 ) ),
			};
		case 'empty':
			return { ...answer, body: '' };
		case 'error-after-work':
			return {
				status: 500,
				headers: { 'content-type': 'application/json; charset=UTF-8' },
				body: '{"code":"internal_server_error","message":"<p>There has been a critical error on this website.<\\/p>","data":{"status":500},"additional_errors":[]}',
			};
		default:
			return answer;
	}
}
