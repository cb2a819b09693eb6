/**
 * The routes our plugin opens in the shop for the sidecar, below
 * `{home}/wp-json/pearlbridge/v1/sidecar/`, signed with the key of the pairing (pairing design,
 * C3).
 */
import { z } from 'zod';
import {
	orderMetaAnswerSchema,
	orderStatusAnswerSchema,
	outboxPageSchema,
	pluginPingSchema,
	stockRouteAnswerSchema,
	type OutboxPage,
} from '../contracts/pairing.ts';
import type {
	orderMetaRequestSchema,
	orderStatusRequestSchema,
	stockRouteRequestSchema,
} from '../contracts/pairing.ts';
import { SECOND } from '../contracts/primitives.ts';
import { hold, ok, type Result } from '../contracts/result.ts';
import type { World } from '../contracts/world.ts';
import { pathBelow } from '../signing/canonical.ts';
import { sign, type SigningKey } from '../signing/signature.ts';
import { classifyOutcome, type RefusedReply, type Reply } from './classify.ts';
import { schemeOf } from './auth.ts';
import { isNoRoute, nameOf, readReply, type Method } from './plugin-reply.ts';

/** A hundred stock writes took six seconds on a busy shop. */
const TIMEOUT = { GET: 15 * SECOND, POST: 60 * SECOND };
const NONCE_BYTES = 16;
const STOCK_ROUTE = 'sidecar/stock';
const META_ROUTE = 'sidecar/order-meta';
const STATUS_ROUTE = 'sidecar/order-status';
/** Of the problem that stock cannot be written: that the outbox is read does not end it. */
export const STOCK_FIELD = 'plugin.stock';

export interface StorePlugin {
	ping(): Promise< Result< z.infer< typeof pluginPingSchema > > >;
	/** Rows after `after` that were not acknowledged; 0 = from the first. */
	outbox( after: number, limit: number ): Promise< Result< OutboxPage > >;
	/** The rows up to this one that were read are ours now. */
	acknowledge( upTo: number ): Promise< Result< void > >;
	/**
	 * `wanted − seen` as one atomic step each, at most a hundred. Null = the shop has no such
	 * route: its plugin is older, or switched off.
	 */
	stock(
		writes: z.infer< typeof stockRouteRequestSchema >[ 'writes' ]
	): Promise< Result< z.infer< typeof stockRouteAnswerSchema > | null > >;
	/** Null = the shop has no such route. */
	orderMeta(
		orders: z.infer< typeof orderMetaRequestSchema >[ 'orders' ]
	): Promise< Result< z.infer< typeof orderMetaAnswerSchema > | null > >;
	orderStatus(
		wanted: z.infer< typeof orderStatusRequestSchema >
	): Promise< Result< StatusSet > >;
}

/** What became of a status, where it was asked for; all but the first wrote nothing. */
export type StatusSet = 'set' | 'unknown-order' | 'unknown-status' | 'no-route';

export function createStorePlugin( {
	connection,
	storeUrl,
	keys,
	world,
}: {
	readonly connection: string;
	readonly storeUrl: string;
	/** The best first: after a lost answer of a rotation the plugin may know the older only. */
	readonly keys: () => Promise< readonly SigningKey[] >;
	readonly world: World;
} ): StorePlugin {
	const home = storeUrl.replace( /\/+$/, '' );
	const logger = world.logger.child( { connection, side: 'plugin' } );

	/** Null = there is no key to ask with. */
	async function reach(
		method: Method,
		route: string,
		payload?: unknown
	): Promise< Reply | null > {
		let reply: Reply | null = null;
		for ( const key of await keys() ) {
			reply = await exchange( key, method, route, payload );
			if ( reply.ok || reply.code !== 'unknown-key' ) {
				break;
			}
		}
		return reply;
	}

	async function ask< T >(
		method: Method,
		route: string,
		schema: z.ZodType< T >,
		payload?: unknown
	): Promise< Result< T > > {
		const reply = await reach( method, route, payload );
		return readReply( reply, method, route, schema );
	}

	async function exchange(
		key: SigningKey,
		method: Method,
		route: string,
		payload: unknown
	): Promise< Reply > {
		const url = new URL( `${ home }/wp-json/pearlbridge/v1/${ route }` )
			.href;
		const body = payload === undefined ? '' : JSON.stringify( payload );
		const started = world.clock.now();
		const outcome = await world.fetch( {
			method,
			url,
			headers: {
				accept: 'application/json',
				'user-agent': 'Pearlbridge',
				...( payload === undefined
					? {}
					: { 'content-type': 'application/json; charset=utf-8' } ),
				...sign(
					key,
					{
						method,
						// As it goes over the wire, where the address may have been encoded.
						path: pathBelow( new URL( home ).href, url ) ?? '',
						body: Buffer.from( body ),
					},
					{
						now: started,
						nonce: world.random.bytes( NONCE_BYTES ),
					}
				),
			},
			timeout: TIMEOUT[ method ],
			...( payload === undefined ? {} : { body } ),
		} );
		logger.debug(
			{
				request: `${ method } ${ nameOf( route ) }`,
				status: outcome.ok ? outcome.answer.status : outcome.reason,
				ms: world.clock.now() - started,
			},
			'Asked the plugin'
		);
		return classifyOutcome(
			{
				method,
				url: `${ home }/wp-json/pearlbridge/v1/${ nameOf( route ) }`,
				what: `${ method } ${ nameOf( route ) }`,
				home,
				scheme: schemeOf( home ),
				now: world.clock.now(),
				readsWork: false,
			},
			outcome
		);
	}

	/** Page caches keep what WordPress calls uncacheable; an address that is never asked again is not found there. */
	const once = (): string =>
		Buffer.from( world.random.bytes( NONCE_BYTES ) ).toString(
			'base64url'
		);
	const done = async ( asked: Promise< Result< unknown > > ) => {
		const answer = await asked;
		return answer.ok ? ok( undefined ) : answer;
	};
	const anything = z.unknown();

	return {
		ping: () =>
			ask( 'GET', `sidecar/ping?n=${ once() }`, pluginPingSchema ),
		outbox: ( after, limit ) =>
			ask(
				'GET',
				`sidecar/outbox?after=${ after }&limit=${ limit }&n=${ once() }`,
				outboxPageSchema
			),
		acknowledge: ( upTo ) =>
			done( ask( 'POST', 'sidecar/outbox/ack', anything, { upTo } ) ),
		async stock( writes ) {
			const reply = await reach( 'POST', STOCK_ROUTE, { writes } );
			if ( reply?.ok === false && isNoRoute( reply ) ) {
				return ok( null );
			}
			const answer = readReply(
				reply,
				'POST',
				STOCK_ROUTE,
				stockRouteAnswerSchema
			);
			return answer.ok || answer.failure.kind === 'retry'
				? answer
				: hold( { ...answer.failure.problem, field: STOCK_FIELD } );
		},
		async orderMeta( orders ) {
			const reply = await reach( 'POST', META_ROUTE, { orders } );
			return reply?.ok === false && isNoRoute( reply )
				? ok( null )
				: readReply( reply, 'POST', META_ROUTE, orderMetaAnswerSchema );
		},
		async orderStatus( wanted ) {
			const reply = await reach( 'POST', STATUS_ROUTE, wanted );
			if ( reply?.ok === false ) {
				const refused = statusRefusal( reply );
				if ( refused !== null ) {
					return ok( refused );
				}
			}
			const answer = readReply(
				reply,
				'POST',
				STATUS_ROUTE,
				orderStatusAnswerSchema
			);
			return answer.ok ? ok( 'set' ) : answer;
		},
	};
}

/** Null = nothing of its own: judged like every other refusal. */
function statusRefusal( reply: RefusedReply ): StatusSet | null {
	if ( isNoRoute( reply ) ) {
		return 'no-route';
	}
	if ( reply.status === 404 && reply.code === 'unknown_order' ) {
		return 'unknown-order';
	}
	// The plugin's own word, and WordPress's for what cannot be a status at all.
	return reply.status === 400 &&
		( reply.code === 'unknown_status' ||
			reply.code === 'rest_invalid_param' )
		? 'unknown-status'
		: null;
}
