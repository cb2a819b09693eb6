/** What the watchdog remembers of a connection's webhooks between its looks. */
import { z } from 'zod';
import type { Database } from '../../contracts/database.ts';
import type { DeliveryTime } from '../intake.ts';
import { TOPICS } from './webhook-plan.ts';

const stateSchema = z.object( {
	hooks: z.array(
		z.object( { id: z.int(), topic: z.string(), status: z.string() } )
	),
	/** Those we made ourselves. */
	made: z.array( z.int() ),
	/** When something broken was put right, milliseconds since the epoch. */
	repairs: z.array( z.number() ),
	/** Digest of the secret they were last given; null = not by us. */
	secret: z.string().nullable(),
	/** The shop refused a write: when, and which revision of the connection asked. */
	refused: z.object( { at: z.number(), revision: z.int() } ).nullable(),
} );
export type WebhookState = z.infer< typeof stateSchema >;

const NONE: WebhookState = {
	hooks: [],
	made: [],
	repairs: [],
	secret: null,
	refused: null,
};

const KEY = 'webhooks';

type Cache = Pick< Database, 'cache' >;

export async function webhookState(
	{ cache }: Cache,
	connection: string
): Promise< WebhookState > {
	return (
		stateSchema.safeParse( await cache.get( connection, KEY ) ).data ?? NONE
	);
}

export async function keepWebhookState(
	{ cache }: Cache,
	connection: string,
	state: WebhookState
): Promise< void > {
	await cache.put( connection, KEY, state, null );
}

const deliverySchema = z.object( {
	id: z.int().nullable(),
	topic: z.string(),
	at: z.string(),
} );

const deliveryKey = ( topic: string ) => `delivery:${ topic }`;

/** So that a command, or the service after a restart, knows of it. */
export async function keepDelivery(
	{ cache }: Cache,
	connection: string,
	delivery: DeliveryTime
): Promise< void > {
	await cache.put(
		connection,
		deliveryKey( delivery.topic ),
		delivery,
		null
	);
}

async function keptDeliveries(
	{ cache }: Cache,
	connection: string
): Promise< DeliveryTime[] > {
	const kept = await Promise.all(
		TOPICS.map( ( topic ) => cache.get( connection, deliveryKey( topic ) ) )
	);
	return kept.flatMap(
		( one ) => deliverySchema.safeParse( one ).data ?? []
	);
}

export interface WebhookView {
	readonly id: number | null;
	readonly topic: string;
	readonly status: string;
	readonly lastDeliveryAt: string | null;
}

/**
 * As the shop listed them at the last look, with when each last delivered; one that delivers and
 * was never listed is shown by that alone.
 */
export async function webhooksShown(
	database: Cache,
	connection: string,
	/** Since the service started. */
	heard: readonly DeliveryTime[]
): Promise< WebhookView[] > {
	const { hooks } = await webhookState( database, connection );
	const last = new Map< string, DeliveryTime >();
	for ( const one of [
		...( await keptDeliveries( database, connection ) ),
		...heard,
	] ) {
		last.set( one.topic, one );
	}
	return [
		...hooks.map( ( { id, topic, status } ) => ( {
			id,
			topic,
			status,
			lastDeliveryAt: last.get( topic )?.at ?? null,
		} ) ),
		...[ ...last.values() ]
			.filter(
				( { topic } ) =>
					! hooks.some( ( hook ) => hook.topic === topic )
			)
			.map( ( { id, topic, at } ) => ( {
				id,
				topic,
				status: 'delivering',
				lastDeliveryAt: at,
			} ) ),
	];
}
