/**
 * From a change to calls (platform reference, §6.2–6.4): who subscribed, which ids go together,
 * and what the faults of the day make of it.
 *
 * Only this machine is called: the sandbox is no way to reach others.
 */
import type { Clock } from '../../contracts/world.ts';
import type { Account } from './account.ts';
import type { ResourceChange, WebhookSimulation } from './model.ts';
import { createDice } from './prng.ts';
import type { Switches } from './switches.ts';
import { createAttempts, trimLog } from './webhook-attempts.ts';
import { fullEventOf, isRaisedFor } from './webhook-events.ts';
import type { Delivery, Webhook } from './webhook-model.ts';
import { fill, resourceIds, variablesOf } from './webhook-template.ts';
import type { Variables } from './webhook-template.ts';

/** What was held back for disorder follows at the latest so much later. */
const HELD_MS = 1000;

export interface WebhookSender {
	/** Something changed: calls follow for whoever subscribed. */
	raise( account: Account, change: ResourceChange ): void;
	/** Calls a target now, with the variables that were given. */
	simulate( account: Account, simulation: WebhookSimulation ): void;
	/** Goes on with what waited when the sandbox stopped. */
	resume( account: Account ): void;
	/** What was gathered is written down as waiting; calls under way end. */
	stop(): Promise< void >;
}

interface Raised {
	readonly account: Account;
	readonly hook: Webhook;
	readonly fullEvent: string;
	readonly raisedAt: number;
}

interface Gathered extends Raised {
	readonly change: ResourceChange;
	readonly ids: number[];
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

const isNear = ( uri: string ): boolean =>
	URL.canParse( uri ) &&
	/^https?:$/.test( new URL( uri ).protocol ) &&
	LOOPBACK.test( new URL( uri ).hostname );

function writeDown(
	{ account, hook, fullEvent, raisedAt }: Raised,
	resourceId: string,
	variables: Variables
): Delivery {
	const { deliveries } = account.tables;
	const uri = fill( hook.uriTemplate, variables );
	const delivery: Delivery = {
		id: deliveries.nextId(),
		webhookId: hook.id,
		qualityOfService: hook.qualityOfService,
		fullEvent,
		resourceId,
		method: hook.httpMethod,
		uri,
		body:
			hook.bodyTemplate === null
				? null
				: fill( hook.bodyTemplate, variables ),
		contentType: hook.contentType,
		raisedAt,
		dueAt: raisedAt,
		state: isNear( uri ) ? 'waiting' : 'not-called',
		attempts: [],
	};
	deliveries.put( delivery );
	trimLog( account );
	return delivery;
}

export function createWebhookSender(
	clock: Clock,
	seed: number,
	switches: () => Switches
): WebhookSender {
	const stopping = new AbortController();
	const { signal } = stopping;
	const attempts = createAttempts( clock, switches, signal );
	const dice = createDice( `webhooks ${ seed }` );
	const gathered = new Map< string, Gathered >();
	let held: ( () => void )[] = [];

	const release = (): void => {
		const late = held;
		held = [];
		for ( const go of late ) {
			go();
		}
	};

	/** Sent now, later, twice, after the next one or never. */
	const send = ( account: Account, delivery: Delivery ): void => {
		const { deliveries } = account.tables;
		const rules = switches();
		if ( delivery.state !== 'waiting' ) {
			return;
		}
		if ( dice() < rules.webhookDrop ) {
			delivery.state = 'dropped';
			deliveries.put( delivery );
			return;
		}
		const isTwice = dice() < rules.webhookDuplicate;
		const go = (): void => {
			attempts.enqueue( account, delivery );
			if ( isTwice ) {
				const twin = {
					...delivery,
					id: deliveries.nextId(),
					attempts: [],
				};
				deliveries.put( twin );
				attempts.enqueue( account, twin );
			}
		};
		if ( dice() < rules.webhookReorder ) {
			held.push( go );
			attempts.later( HELD_MS, release );
		} else if ( rules.webhookDelayMs > 0 ) {
			attempts.later( rules.webhookDelayMs, go );
		} else {
			go();
			release();
		}
	};

	const flush = ( key: string ): Delivery[] => {
		const group = gathered.get( key );
		gathered.delete( key );
		const { hook, change, raisedAt, ids } = group ?? {};
		return group && hook && change && raisedAt !== undefined && ids
			? resourceIds( ids, hook.idSetAccepted ).map( ( resourceId ) =>
					writeDown(
						group,
						resourceId,
						variablesOf(
							change,
							resourceId,
							raisedAt,
							switches().brightpearlVersion
						)
					)
				)
			: [];
	};

	const gather = (
		account: Account,
		hook: Webhook,
		change: ResourceChange,
		fullEvent: string
	): void => {
		const key = `${ account.code } ${ hook.id } ${ fullEvent }`;
		const group = gathered.get( key );
		if ( group ) {
			group.ids.push( change.id );
			return;
		}
		gathered.set( key, {
			account,
			hook,
			change,
			fullEvent,
			raisedAt: clock.now(),
			ids: [ change.id ],
		} );
		attempts.later( switches().webhookGatherMs, () => {
			for ( const delivery of flush( key ) ) {
				send( account, delivery );
			}
		} );
	};

	return {
		raise: ( account, change ) => {
			const fullEvent = fullEventOf( change );
			for ( const hook of account.tables.webhooks.values() ) {
				if (
					! signal.aborted &&
					isRaisedFor( hook.subscribeTo, fullEvent )
				) {
					gather( account, hook, change, fullEvent );
				}
			}
		},
		simulate: ( account, { webhookId, variables, ids } ) => {
			const hook = account.tables.webhooks.get( webhookId );
			if ( ! hook ) {
				return;
			}
			const raised: Raised = {
				account,
				hook,
				fullEvent: variables[ '${full-event}' ] ?? 'simulated',
				raisedAt: clock.now(),
			};
			for ( const resourceId of resourceIds( ids, hook.idSetAccepted ) ) {
				const delivery = writeDown( raised, resourceId, {
					...variables,
					'${resource-id}': resourceId,
				} );
				if ( delivery.state === 'waiting' ) {
					attempts.enqueue( account, delivery );
				}
			}
		},
		resume: ( account ) => {
			const { deliveries } = account.tables;
			for ( const delivery of [ ...deliveries.values() ] ) {
				if ( delivery.state !== 'waiting' ) {
					continue;
				}
				if ( delivery.qualityOfService === 0 ) {
					// At most once, and it may have been sent.
					delivery.state = 'failed';
					deliveries.put( delivery );
				} else {
					attempts.later(
						Math.max( 0, delivery.dueAt - clock.now() ),
						() => attempts.enqueue( account, delivery )
					);
				}
			}
		},
		stop: async () => {
			stopping.abort();
			for ( const key of [ ...gathered.keys() ] ) {
				flush( key );
			}
			await attempts.settled();
		},
	};
}
