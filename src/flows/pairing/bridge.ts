/**
 * What the signed routes are handed, and what they answer of the sidecar itself.
 */
import type { StoreConfig } from '../../contracts/connection.ts';
import type { Result } from '../../contracts/result.ts';
import { changing } from '../operations/changing.ts';
import type { OperationContext, ServiceFacts } from '../operations/context.ts';
import { webhookAddress } from '../webhook-address.ts';
import { BUSY, type Answer } from './refusal.ts';

export interface BridgeContext extends OperationContext {
	/** Asks the shop something that these keys must be allowed to read. */
	readonly checkKeys: (
		connection: string,
		config: StoreConfig
	) => Promise< Result< void > >;
}

/** One change of a connection at a time; what it builds on is read inside of it. */
export async function inTurn< T >(
	context: BridgeContext,
	connection: string,
	work: () => Promise< Answer< T > >
): Promise< Answer< T > > {
	const held = await changing( context, connection, work );
	return held.ok ? held.value : BUSY;
}

/**
 * Null without a public address: how the plugin reaches us it knows better than we do (our own
 * would be this machine's loopback), and it takes that.
 */
export function webhookUrlOf(
	{ publicUrl }: ServiceFacts,
	connection: string
): string | null {
	return publicUrl === null ? null : webhookAddress( publicUrl, connection );
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
