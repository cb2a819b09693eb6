import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreConfig } from '../../src/contracts/connection.ts';
import type { SecretReader } from '../../src/contracts/database.ts';
import type { Store } from '../../src/contracts/store.ts';
import type {
	HttpAnswer,
	HttpOutcome,
	HttpRequest,
	LogFields,
	Logger,
	World,
} from '../../src/contracts/world.ts';
import { createWooCommerce } from '../../src/woocommerce/store.ts';

const DATA = join( import.meta.dirname, '../data/woocommerce' );

export interface Recorded {
	readonly request: {
		readonly method: string;
		readonly path: string;
		readonly body?: unknown;
	};
	readonly response: {
		readonly status: number;
		readonly headers: Readonly< Record< string, string > >;
		readonly body?: unknown;
		readonly bodyText?: string;
	};
}

export function filesIn( folder: string ): string[] {
	return readdirSync( join( DATA, folder ) )
		.filter( ( name ) => name.endsWith( '.json' ) )
		.sort();
}

export function readData< T >( path: string ): T {
	return JSON.parse( readFileSync( join( DATA, path ), 'utf8' ) ) as T;
}

export function recorded( path: string ): Recorded {
	return readData< Recorded >( path );
}

export function answerOf( { response }: Recorded ): HttpAnswer {
	return {
		status: response.status,
		headers: response.headers,
		body: response.bodyText ?? JSON.stringify( response.body ),
	};
}

/** A recorded answer, by its path below `data/woocommerce`. */
export function answer( path: string ): HttpAnswer {
	return answerOf( recorded( path ) );
}

export function json(
	body: unknown,
	status = 200,
	headers: Readonly< Record< string, string > > = {}
): HttpAnswer {
	return { status, headers, body: JSON.stringify( body ) };
}

export const plainSecrets: SecretReader = ( secret ) =>
	typeof secret === 'string'
		? { ok: true, value: secret }
		: {
				ok: false,
				problem: {
					code: 'secret-unreadable',
					message: 'no such secret',
					cause: null,
					fix: 'Set it.',
					field: null,
				},
			};

export interface Shop {
	readonly store: Store;
	/** What was sent, in order. */
	readonly sent: HttpRequest[];
	/** Paths with query below `/wp-json/wc/v3/`, read back into plain characters. */
	readonly asked: () => string[];
	readonly bodies: () => unknown[];
	readonly logged: string[];
}

export const HOME = 'https://shop.example.test';
/** A time near the recordings. */
export const NOW = Date.parse( '2026-11-21T05:27:14Z' );

/** A client whose requests are answered by a function, without a network. */
export function shopAnswering(
	respond: ( request: HttpRequest, url: URL ) => HttpAnswer | HttpOutcome,
	config: Partial< StoreConfig > = {},
	now = NOW
): Shop {
	const sent: HttpRequest[] = [];
	const logged: string[] = [];
	const log = ( fields: LogFields, message: string ): void => {
		logged.push( JSON.stringify( { ...fields, message } ) );
	};
	const logger: Logger = {
		debug: log,
		info: log,
		warn: log,
		error: log,
		child: () => logger,
	};
	const world: World = {
		clock: { now: () => now, sleep: async () => {} },
		random: { next: () => 0.5, bytes: ( length ) => nonce( length ) },
		logger,
		fetch: async ( request ) => {
			sent.push( request );
			const outcome = respond( request, new URL( request.url ) );
			return 'ok' in outcome ? outcome : { ok: true, answer: outcome };
		},
	};
	return {
		store: createWooCommerce( {
			connection: 'main',
			config: {
				type: 'woocommerce',
				url: HOME,
				consumerKey: 'ck_key',
				consumerSecret: 'cs_secret',
				...config,
			},
			world,
			readSecret: plainSecrets,
		} ),
		sent,
		asked: () =>
			sent.map( ( { url } ) =>
				decodeURIComponent(
					url.replace( /^.*\/wp-json\/wc\/v3\//, '' )
				)
			),
		bodies: () =>
			sent.map( ( { body } ) => JSON.parse( body ?? 'null' ) as unknown ),
		logged,
	};
}

let counter = 0;
function nonce( length: number ): Uint8Array {
	counter += 1;
	return new Uint8Array( length ).fill( counter % 256 );
}
