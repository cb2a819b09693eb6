/**
 * Carries a plan of webhooks out. What fails in between leaves the rest for the next look, which
 * sees the shop as it then is.
 */
import type { Failure, Result } from '../../contracts/result.ts';
import type { StoreWebhook } from '../../contracts/store.ts';
import type { Connected } from '../connected.ts';
import { webhookName, type WebhookPlan } from './webhook-plan.ts';

export interface Applied {
	/** Ids of those that were made. */
	readonly made: readonly number[];
	/** The shop's list as it is after this. */
	readonly hooks: ( before: readonly StoreWebhook[] ) => StoreWebhook[];
	/** What ended it before its end. */
	readonly failure: Failure | null;
}

export async function applyWebhooks(
	{ store }: Connected,
	plan: WebhookPlan,
	address: string,
	secret: string
): Promise< Applied > {
	const changed = new Map< number, StoreWebhook | null >();
	const made: number[] = [];
	const applied = ( failure: Failure | null ): Applied => ( {
		made,
		hooks: ( before ) => after( before, changed ),
		failure,
	} );

	for ( const topic of plan.create ) {
		const created = await store.createWebhook( {
			name: webhookName( topic ),
			topic,
			deliveryUrl: address,
			secret,
		} );
		if ( ! created.ok ) {
			return applied( created.failure );
		}
		made.push( created.value.id );
		changed.set( created.value.id, created.value );
	}
	for ( const { id, activate, readdress, resecret } of plan.update ) {
		const updated: Result< StoreWebhook | null > =
			await store.updateWebhook( id, {
				...( activate ? { status: 'active' as const } : {} ),
				...( readdress ? { deliveryUrl: address } : {} ),
				...( resecret ? { secret } : {} ),
			} );
		if ( ! updated.ok ) {
			return applied( updated.failure );
		}
		changed.set( id, updated.value );
	}
	for ( const id of plan.remove ) {
		const removed = await store.deleteWebhook( id );
		if ( ! removed.ok ) {
			return applied( removed.failure );
		}
		changed.set( id, null );
	}
	return applied( null );
}

function after(
	before: readonly StoreWebhook[],
	changed: ReadonlyMap< number, StoreWebhook | null >
): StoreWebhook[] {
	const all = new Map< number, StoreWebhook | null >( [
		...before.map( ( hook ) => [ hook.id, hook ] as const ),
		...changed,
	] );
	return [ ...all.values() ].filter( ( hook ) => hook !== null );
}
