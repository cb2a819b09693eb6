/**
 * One request to the shop's API: address, proof, sending, meaning. It retries nothing but the
 * one thing that is part of proving who we are: when the host strips the Authorization header
 * the request goes out once more with the proof in the query, and stays so for the life of
 * the client.
 *
 * Neither the query nor the `Link` header is ever logged: both echo keys and signatures.
 */
import type { StoreConfig } from '../contracts/connection.ts';
import type { SecretReader } from '../contracts/database.ts';
import type { World } from '../contracts/world.ts';
import { createAuth, withQuery } from './auth.ts';
import type { Placement, Scheme } from './auth.ts';
import { classifyOutcome, looksStripped } from './classify.ts';
import type { Asked } from './asked.ts';
import type { Reply } from './classify.ts';
import type { QueryPair } from './oauth1.ts';
import { createPlaces } from './places.ts';

const SECOND = 1000;
/** A busy shop took six seconds for a batch of 100; hosts cut PHP off after 30 to 120. */
const TIMEOUT = {
	GET: 60 * SECOND,
	POST: 120 * SECOND,
	PUT: 60 * SECOND,
	DELETE: 60 * SECOND,
};
/** Of one connection. Four reads of 300 ms each are 800 orders a minute, more than Brightpearl takes. */
const AT_A_TIME = 4;

export type Query = Readonly< Record< string, string | number | undefined > >;

export interface Transport {
	readonly home: string;
	readonly scheme: Scheme;
	/** `route` below `/wp-json/wc/v3/`. */
	get( route: string, query?: Query ): Promise< Reply >;
	send(
		method: 'POST' | 'PUT',
		route: string,
		body: unknown
	): Promise< Reply >;
	/** DELETE: what it takes to mean it (`force`) stands in the query. */
	remove( route: string, query?: Query ): Promise< Reply >;
	/** Without credentials, `path` below home: what anybody may ask. */
	getOpenly( path: string, query?: Query ): Promise< Reply >;
	/** Requests sent since the client was made. */
	requests(): number;
	/** The host strips the Authorization header. */
	headerStripped(): boolean;
}

export interface TransportOptions {
	readonly connection: string;
	readonly config: StoreConfig;
	readonly world: World;
	readonly readSecret: SecretReader;
}

export function createTransport( options: TransportOptions ): Transport {
	const { config, world } = options;
	// As it was typed: over http the shop compares the signature with its own spelling.
	const home = config.url.replace( /\/+$/, '' );
	const auth = createAuth( config, world, options.readSecret );
	const logger = world.logger.child( {
		connection: options.connection,
		side: 'store',
	} );
	const places = createPlaces( AT_A_TIME );
	let requests = 0;
	let readsWork = false;
	let placement: Placement = 'header';

	const exchange = async (
		asked: Asked,
		url: string,
		headers: Readonly< Record< string, string > >,
		body?: string
	): Promise< Reply > => {
		const { outcome, started } = await places.take( async () => {
			requests += 1;
			const leftAt = world.clock.now();
			return {
				started: leftAt,
				outcome: await world.fetch( {
					method: asked.method,
					url,
					headers: {
						accept: 'application/json',
						'user-agent': 'Pearlbridge',
						...( body === undefined
							? {}
							: {
									'content-type':
										'application/json; charset=utf-8',
								} ),
						...headers,
					},
					timeout: TIMEOUT[ asked.method ],
					...( body === undefined ? {} : { body } ),
				} ),
			};
		} );
		const now = world.clock.now();
		const reply = classifyOutcome( { ...asked, now }, outcome );
		logger.debug(
			{
				request: asked.what,
				status: outcome.ok ? outcome.answer.status : outcome.reason,
				ms: now - started,
			},
			'Asked the shop'
		);
		return reply;
	};

	const proven = async (
		asked: Asked,
		query: readonly QueryPair[],
		where: Placement,
		body?: string
	): Promise< Reply > => {
		const proof = auth.prove( asked.method, asked.url, query, where );
		return proof.ok
			? exchange( asked, proof.value.url, proof.value.headers, body )
			: { ok: false, failure: proof.failure, status: null, code: null };
	};

	const ask = async (
		method: Asked[ 'method' ],
		route: string,
		query: readonly QueryPair[],
		body?: string
	): Promise< Reply > => {
		const asked: Asked = {
			method,
			url: `${ home }/wp-json/wc/v3/${ route }`,
			what: `${ method } ${ route }`,
			home,
			scheme: auth.scheme,
			now: world.clock.now(),
			readsWork,
		};
		let reply = await proven( asked, query, placement, body );
		if ( placement === 'header' && looksStripped( reply ) ) {
			// Nothing was executed: whoever is nobody may do nothing.
			const second = await proven( asked, query, 'query', body );
			if ( ! looksStripped( second ) ) {
				reply = second;
			}
			if ( wasHeard( second ) ) {
				placement = 'query';
				logger.warn(
					{},
					'The host of the shop strips the Authorization header: the key goes into the address from now on'
				);
			}
		}
		if ( reply.ok && method === 'GET' ) {
			readsWork = true;
		}
		return reply;
	};

	return {
		home,
		scheme: auth.scheme,
		get: ( route, query = {} ) => ask( 'GET', route, pairsOf( query ) ),
		send: ( method, route, body ) =>
			ask( method, route, [], JSON.stringify( body ) ),
		remove: ( route, query = {} ) =>
			ask( 'DELETE', route, pairsOf( query ) ),
		getOpenly: ( path, query = {} ) => {
			const url = `${ home }/${ path }`;
			const asked: Asked = {
				method: 'GET',
				url,
				what: `GET /${ path }`,
				home,
				scheme: auth.scheme,
				now: world.clock.now(),
				readsWork,
			};
			return exchange( asked, withQuery( url, pairsOf( query ) ), {} );
		},
		requests: () => requests,
		headerStripped: () => placement === 'query',
	};
}

/** The shop knew who asked, even if it then said no. */
function wasHeard( reply: Reply ): boolean {
	return (
		reply.ok ||
		( reply.status !== null &&
			reply.status >= 400 &&
			reply.status < 429 &&
			! looksStripped( reply ) )
	);
}

function pairsOf( query: Query ): QueryPair[] {
	return Object.entries( query ).flatMap( ( [ name, value ] ) =>
		value === undefined ? [] : [ [ name, String( value ) ] as const ]
	);
}
