/**
 * The shop as one object that every part is given: what it holds, its clock and
 * randomness, and how a part says that something happened.
 */
import type { Clock } from '../../contracts/world.ts';
import type { Catalog } from './catalog.ts';
import { createCatalog } from './catalog.ts';
import { wholeSecond } from './dates.ts';
import type {
	Order,
	ShopEvent,
	ShopSettings,
	TaxRate,
	Webhook,
} from './model.ts';
import type { SeededRandom } from './random.ts';
import { createSeededRandom } from './random.ts';
import { makeRates } from './tax.ts';

/** The recorded shop's versions. */
export const WOOCOMMERCE_VERSION = '11.0.1';
export const WORDPRESS_VERSION = '7.1';

/** Counters of what has ids of its own; orders, refunds and products share one. */
export interface Counters {
	post: number;
	item: number;
	meta: number;
	note: number;
	webhook: number;
	rate: number;
	customer: number;
}

export interface Shop {
	readonly seed: number;
	/** The site's home, without a slash at the end; known once the server listens. */
	home: string;
	readonly clock: Clock;
	random: SeededRandom;
	settings: ShopSettings;
	readonly catalog: Catalog;
	readonly orders: Map< number, Order >;
	readonly webhooks: Map< number, Webhook >;
	/** Registered customers' ids by e-mail. */
	readonly customers: Map< string, number >;
	rates: TaxRate[];
	/** Orders that may still hold pieces for an unpaid checkout (`held_until`). */
	readonly holds: Set< number >;
	readonly counters: Counters;
	/** Now, at whole seconds. */
	now(): number;
	nextId( counter: keyof Counters ): number;
	/** Tells whoever watches. */
	emit: ( event: ShopEvent ) => void;
	/** Queues a webhook delivery for every webhook of the topic. */
	fire: ( topic: string, resourceId: number ) => void;
	/** The state must be saved. */
	touch: () => void;
}

export const DEFAULT_SETTINGS: ShopSettings = {
	name: 'Harbour & Pine',
	currency: 'GBP',
	decimals: 2,
	baseCountry: 'GB',
	timeZone: 'Europe/London',
	pricesIncludeTax: false,
	roundAtSubtotal: false,
	webhooks: true,
	webhookDelay: 500,
	saysHome: null,
	storeId: null,
};

const nothing = (): void => {};

/** An empty shop; the caller puts products in and connects the three callbacks. */
export function createShop( seed: number, clock: Clock ): Shop {
	const counters: Counters = {
		post: 5000,
		item: 3000,
		meta: 6000,
		note: 9000,
		webhook: 0,
		rate: 12,
		customer: 84,
	};
	const nextId = ( counter: keyof Counters ): number => {
		counters[ counter ] += 1;
		return counters[ counter ];
	};
	return {
		seed,
		home: '',
		clock,
		random: createSeededRandom( seed ),
		settings: { ...DEFAULT_SETTINGS },
		catalog: createCatalog(),
		orders: new Map(),
		webhooks: new Map(),
		customers: new Map(),
		holds: new Set(),
		rates: makeRates( () => nextId( 'rate' ) ),
		counters,
		now: () => wholeSecond( clock.now() ),
		nextId,
		emit: nothing,
		fire: nothing,
		touch: nothing,
	};
}
