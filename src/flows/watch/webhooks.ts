/**
 * The watchdog of a connection's webhooks. A connection with the plugin is only looked at (the
 * plugin keeps them), and so is one whose webhooks are kept by hand or that the shop would not
 * deliver to; the others are kept.
 */
import type { ProblemDraft } from '../../contracts/problem.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { StoreWebhook } from '../../contracts/store.ts';
import type { Connected } from '../connected.ts';
import { webhookAddress } from '../webhook-address.ts';
import { keepWebhooks } from './keep-webhooks.ts';
import type { WatchParts } from './parts.ts';
import { canReach } from './reach.ts';
import {
	oursOf,
	planWebhooks,
	TOPICS,
	type Down,
	type Known,
} from './webhook-plan.ts';
import * as problems from './webhook-problems.ts';
import {
	keepWebhookState,
	webhookState,
	type WebhookState,
} from './webhook-state.ts';
import { tellWebhooks } from './tell-webhooks.ts';

export async function watchWebhooks(
	parts: WatchParts,
	connected: Connected
): Promise< Result< void > > {
	const { database, name, settings, store, storeUrl } = connected;
	const pairing = await database.pairings.find( name );
	const { publicUrl, running } = parts.service();
	const base = publicUrl ?? running?.url ?? null;
	const listed = await store.webhooks();
	if ( ! listed.ok ) {
		return listed;
	}
	const hooks = listed.value;
	const state = await webhookState( database, name );
	if ( pairing !== null ) {
		const ours = hooks.filter( ( { id } ) =>
			pairing.webhookIds.includes( id )
		);
		return lookAt( connected, state, ours, ( down ) =>
			problems.onlyLookedAt( down, 'plugin' )
		);
	}
	if ( base === null ) {
		return ok( undefined );
	}
	const address = webhookAddress( base, name );
	const known: Known = { address, made: state.made };
	const ours = oursOf( hooks, known );
	if ( settings.webhooks === 'manual' ) {
		return lookAt(
			connected,
			state,
			ours,
			( down ) => problems.onlyLookedAt( down, 'manual' ),
			planWebhooks( hooks, known, false ).down
		);
	}
	const reach = canReach( storeUrl, address );
	return reach.ok
		? keepWebhooks( parts, connected, state, hooks, { base, known } )
		: lookAt( connected, state, ours, ( down ) =>
				problems.onlyLookedAt( down, 'address', reach.why )
			);
}

/** Nothing is written; of what is missing only `down` knows. */
async function lookAt(
	connected: Connected,
	state: WebhookState,
	ours: readonly StoreWebhook[],
	told: ( down: readonly Down[] ) => ProblemDraft,
	down: readonly Down[] = stoppedOf( ours )
): Promise< Result< void > > {
	await keepWebhookState( connected.database, connected.name, {
		...state,
		hooks: [ ...ours ],
	} );
	await tellWebhooks( connected, down.length === 0 ? null : told( down ) );
	return ok( undefined );
}

function stoppedOf( hooks: readonly StoreWebhook[] ): Down[] {
	return TOPICS.flatMap( ( topic ): Down[] => {
		const [ one, ...more ] = hooks.filter(
			( hook ) => hook.topic === topic
		);
		return one === undefined ||
			one.status === 'active' ||
			more.some( ( { status } ) => status === 'active' )
			? []
			: [ { topic, what: one.status } ];
	} );
}
