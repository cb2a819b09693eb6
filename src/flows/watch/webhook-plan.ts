/**
 * What is to be done about a shop's webhooks, from what the shop lists: four of ours, each active
 * and once. Pure; whoever carries it out writes only what differs, and others' are left alone.
 *
 * One that the shop has disabled is replaced rather than reactivated: its count of failures would
 * stay at six, and one more would disable it again (WooCommerce reference, *Webhooks*).
 */
import type { StoreWebhook } from '../../contracts/store.ts';

export const TOPICS = [
	'order.created',
	'order.updated',
	'order.deleted',
	'order.restored',
] as const;
export type Topic = ( typeof TOPICS )[ number ];

export function isTopic( text: string ): text is Topic {
	return TOPICS.some( ( topic ) => topic === text );
}

export function webhookName( topic: Topic ): string {
	return `Pearlbridge ${ topic }`;
}

const OUR_NAME = /^Pearlbridge\b/;

export interface Down {
	readonly topic: Topic;
	readonly what: 'missing' | 'paused' | 'disabled';
}

export interface WebhookPlan {
	/** What of ours does not deliver as it is. */
	readonly down: readonly Down[];
	readonly create: readonly Topic[];
	readonly update: readonly {
		readonly id: number;
		readonly activate: boolean;
		readonly readdress: boolean;
		readonly resecret: boolean;
	}[];
	/** After the others: then there is no moment without one. */
	readonly remove: readonly number[];
}

export interface Known {
	readonly address: string;
	/** Ids of those we made ourselves: ours under an earlier address, too. */
	readonly made: readonly number[];
}

export function oursOf(
	hooks: readonly StoreWebhook[],
	{ address, made }: Known
): StoreWebhook[] {
	return hooks.filter(
		( { id, name, deliveryUrl } ) =>
			isAt( deliveryUrl, address ) ||
			( made.includes( id ) && OUR_NAME.test( name ) )
	);
}

export function planWebhooks(
	hooks: readonly StoreWebhook[],
	known: Known,
	/** They are signed with another secret than ours is now. */
	secretChanged: boolean
): WebhookPlan {
	const ours = oursOf( hooks, known );
	const down: Down[] = [];
	const create: Topic[] = [];
	const update: WebhookPlan[ 'update' ][ number ][] = [];
	const remove: number[] = [];
	for ( const topic of TOPICS ) {
		const [ best, ...others ] = ours
			.filter( ( hook ) => hook.topic === topic )
			.sort( ( a, b ) => rank( a ) - rank( b ) || a.id - b.id );
		if ( best === undefined || best.status === 'disabled' ) {
			down.push( {
				topic,
				what: best === undefined ? 'missing' : 'disabled',
			} );
			create.push( topic );
			remove.push( ...( best === undefined ? [] : [ best.id ] ) );
		} else {
			const change = {
				activate: best.status === 'paused',
				readdress: ! isAt( best.deliveryUrl, known.address ),
				resecret: secretChanged,
			};
			if ( change.activate ) {
				down.push( { topic, what: 'paused' } );
			}
			if ( change.activate || change.readdress || change.resecret ) {
				update.push( { id: best.id, ...change } );
			}
		}
		remove.push( ...others.map( ( { id } ) => id ) );
	}
	return { down, create, update, remove };
}

/** What lists of them is kept when a topic has several. */
function rank( { status }: StoreWebhook ): number {
	return { active: 0, paused: 1, disabled: 2 }[ status ];
}

/** The same origin and path; a query may have been added by hand. */
function isAt( url: string, address: string ): boolean {
	if ( ! URL.canParse( url ) || ! URL.canParse( address ) ) {
		return false;
	}
	const one = new URL( url );
	const other = new URL( address );
	return one.origin === other.origin && one.pathname === other.pathname;
}
