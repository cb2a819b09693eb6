/**
 * The routes our plugin opens in the shop for the sidecar, below
 * `{home}/wp-json/pearlbridge/v1/sidecar/`, signed with the key of the pairing (pairing design,
 * C3). Answers are judged like the rest of the shop's; what only the plugin refuses has words of
 * its own.
 */
import { z } from 'zod';
import {
	outboxPageSchema,
	pluginPingSchema,
	stockRouteAnswerSchema,
	type OutboxPage,
} from '../contracts/pairing.ts';
import type {
	orderMetaRequestSchema,
	stockRouteRequestSchema,
} from '../contracts/pairing.ts';
import type { ProblemDraft } from '../contracts/problem.ts';
import { SECOND } from '../contracts/primitives.ts';
import { hold, ok, retry, type Result } from '../contracts/result.ts';
import type { World } from '../contracts/world.ts';
import { pathBelow } from '../signing/canonical.ts';
import { sign, type SigningKey } from '../signing/signature.ts';
import { classifyOutcome, type Reply } from './classify.ts';
import { schemeOf } from './auth.ts';

/** A hundred stock writes took six seconds on a busy shop. */
const TIMEOUT = { GET: 15 * SECOND, POST: 60 * SECOND };
const NONCE_BYTES = 16;

export interface StorePlugin {
	ping(): Promise< Result< z.infer< typeof pluginPingSchema > > >;
	/** Rows after `after` that were not acknowledged; 0 = from the first. */
	outbox( after: number, limit: number ): Promise< Result< OutboxPage > >;
	/** The rows up to this one that were read are ours now. */
	acknowledge( upTo: number ): Promise< Result< void > >;
	/** `wanted − seen` as one atomic step each, at most a hundred. */
	stock(
		writes: z.infer< typeof stockRouteRequestSchema >[ 'writes' ]
	): Promise< Result< z.infer< typeof stockRouteAnswerSchema > > >;
	orderMeta(
		orders: z.infer< typeof orderMetaRequestSchema >[ 'orders' ]
	): Promise< Result< void > >;
}

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

	async function ask< T >(
		method: 'GET' | 'POST',
		route: string,
		schema: z.ZodType< T >,
		payload?: unknown
	): Promise< Result< T > > {
		let reply: Reply | null = null;
		for ( const key of await keys() ) {
			reply = await exchange( key, method, route, payload );
			if ( reply.ok || reply.code !== 'unknown-key' ) {
				break;
			}
		}
		if ( reply === null ) {
			return hold( notPaired() );
		}
		if ( ! reply.ok ) {
			return reply.failure.kind === 'hold'
				? hold( refused( reply, reply.failure.problem ) )
				: { ok: false, failure: reply.failure };
		}
		const read = schema.safeParse( reply.body );
		return read.success
			? ok( read.data )
			: retry(
					'store',
					'outage',
					`The plugin's answer to ${ nameOf( route ) } cannot be read.`,
					{ outcomeUnknown: method === 'POST' }
				);
	}

	async function exchange(
		key: SigningKey,
		method: 'GET' | 'POST',
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

	const done = async ( asked: Promise< Result< unknown > > ) => {
		const answer = await asked;
		return answer.ok ? ok( undefined ) : answer;
	};
	const anything = z.unknown();

	return {
		ping: () => ask( 'GET', 'sidecar/ping', pluginPingSchema ),
		outbox: ( after, limit ) =>
			ask(
				'GET',
				`sidecar/outbox?after=${ after }&limit=${ limit }`,
				outboxPageSchema
			),
		acknowledge: ( upTo ) =>
			done( ask( 'POST', 'sidecar/outbox/ack', anything, { upTo } ) ),
		stock: ( writes ) =>
			ask( 'POST', 'sidecar/stock', stockRouteAnswerSchema, { writes } ),
		orderMeta: ( orders ) =>
			done( ask( 'POST', 'sidecar/order-meta', anything, { orders } ) ),
	};
}

function nameOf( route: string ): string {
	return route.split( '?', 1 )[ 0 ] ?? route;
}

function notPaired(): ProblemDraft {
	return {
		code: 'plugin-unreachable',
		message: 'This connection is not paired with a plugin.',
		cause: null,
		fix: 'Pair it under WooCommerce → Pearlbridge.',
		field: null,
	};
}

/** The keys of WooCommerce's API have nothing to do with it: other words than for them. */
function refused(
	{ status, code }: { status: number | null; code: string | null },
	problem: ProblemDraft
): ProblemDraft {
	const draft = ( message: string, cause: string, fix: string ) => ( {
		code: 'plugin-unreachable' as const,
		message,
		cause,
		fix,
		field: null,
	} );
	if ( status === 404 ) {
		return draft(
			'The shop answers, but its Pearlbridge plugin does not.',
			'The plugin is switched off or was removed, or the permalinks are set to "Plain".',
			'Activate Pearlbridge in the shop under Plugins. Until then the shop is looked through at intervals.'
		);
	}
	if ( code === 'clock-skew' ) {
		return draft(
			'The clocks of the shop and the sidecar differ by more than five minutes.',
			'One of the two machines does not keep its clock in step.',
			'Switch on time synchronisation (NTP) on this machine, or ask the host of the shop to.'
		);
	}
	if ( code === 'site-moved' ) {
		return draft(
			'The address of the shop has changed, and its plugin waits for a person to say whether it is still the same shop.',
			'The site was moved or copied.',
			'Answer the question under WooCommerce → Pearlbridge in wp-admin.'
		);
	}
	if ( status === 401 ) {
		return draft(
			'The plugin does not know the sidecar any more.',
			'Somebody has forgotten the pairing there, or the shop was restored from a backup.',
			'Pair the shop again under WooCommerce → Pearlbridge.'
		);
	}
	return {
		...problem,
		code: 'plugin-unreachable',
		message: `The plugin in the shop cannot be asked: ${ problem.message }`,
		field: null,
	};
}
