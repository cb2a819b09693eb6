/**
 * What the signed routes are handed, and how they say no.
 */
import type { StoreConfig } from '../../contracts/connection.ts';
import {
	BRIDGE_REFUSALS,
	type BridgeRefusal,
} from '../../contracts/pairing.ts';
import type { Failure, Result } from '../../contracts/result.ts';
import { changing } from '../operations/changing.ts';
import type { OperationContext, ServiceFacts } from '../operations/context.ts';

export interface BridgeContext extends OperationContext {
	/** Asks the shop something that these keys must be allowed to read. */
	readonly checkKeys: (
		connection: string,
		config: StoreConfig
	) => Promise< Result< void > >;
}

/** A refusal as it goes over the wire; its words may be read by a person in wp-admin. */
export interface Refusal {
	readonly ok: false;
	readonly status: number;
	readonly code: string;
	readonly message: string;
	readonly fix: string | null;
	/** Unix seconds of our clock, where the clocks differ. */
	readonly time: number | null;
}

export type Answer< T > = { readonly ok: true; readonly value: T } | Refusal;

export function refuse(
	code: BridgeRefusal,
	message: string,
	fix: string | null = null,
	time: number | null = null
): Refusal {
	return {
		ok: false,
		status: BRIDGE_REFUSALS[ code ],
		code,
		message,
		fix,
		time,
	};
}

export const BUSY = refuse(
	'busy',
	'The connection is being changed at this moment.',
	'Try again in a moment.'
);
export const GONE = refuse( 'not-found', 'The connection has been removed.' );

/** One change of a connection at a time; what it builds on is read inside of it. */
export async function inTurn< T >(
	context: BridgeContext,
	connection: string,
	work: () => Promise< Answer< T > >
): Promise< Answer< T > > {
	const held = await changing( context, connection, work );
	return held.ok ? held.value : BUSY;
}

/** The shop does not take what it is to be stored for; 422 because the call itself was fine. */
export function refusedByStore( failure: Failure ): Refusal {
	const told = { ok: false, status: 422, time: null } as const;
	return failure.kind === 'hold'
		? {
				...told,
				code: failure.problem.code,
				message: failure.problem.message,
				fix: failure.problem.fix,
			}
		: {
				...told,
				code: 'store-unreachable',
				// How it failed would tell what listens in the sidecar's network.
				message: 'The sidecar could not reach the shop.',
				fix: 'Check that the sidecar can open the address of the shop, then try again.',
			};
}

/** Told only by an address that the clocks of both sides are compared with. */
export function clockSkew( now: number ): Refusal {
	return refuse(
		'clock-skew',
		'The clocks of the shop and the sidecar differ by more than five minutes.',
		'Switch on time synchronisation (NTP) on the machine that is wrong.',
		Math.floor( now / 1000 )
	);
}

/**
 * Null without a public address: how the plugin reaches us it knows better than we do (our own
 * would be this machine's loopback), and it takes that.
 */
export function webhookUrlOf(
	{ publicUrl }: ServiceFacts,
	connection: string
): string | null {
	return publicUrl === null
		? null
		: `${ publicUrl.replace( /\/$/, '' ) }/webhooks/woocommerce/${ connection }`;
}

/** `GET /v1/ping`: who we are, and what the plugin needs to know of us. */
export async function pingAnswer(
	{ database, service, world }: BridgeContext,
	connection: string
) {
	const facts = service();
	return {
		ok: true as const,
		sidecarId: await database.facts.sidecarId(),
		version: facts.version,
		connection,
		webhookUrl: webhookUrlOf( facts, connection ),
		time: new Date( world.clock.now() ).toISOString(),
	};
}
