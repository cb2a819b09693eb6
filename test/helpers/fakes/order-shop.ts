/**
 * A shop in memory, as far as orders go: it is asked for one order, or for pages of them, the
 * way WooCommerce answers (modified strictly after, one second fine; pages in ascending order).
 */
import type { Finding } from '../../../src/contracts/answers.ts';
import {
	ok,
	retry,
	type Failure,
	type Result,
} from '../../../src/contracts/result.ts';
import type {
	OrderQuery,
	Store,
	StoreNote,
	StoreOrder,
	StoreRefundDetail,
	StoreSite,
} from '../../../src/contracts/store.ts';

export interface FakeOrderShop {
	readonly store: Store;
	readonly orders: Map< number, StoreOrder >;
	/** By order, oldest first. */
	readonly refunds: Map< number, readonly StoreRefundDetail[] >;
	readonly notes: Map< number, readonly StoreNote[] >;
	/** What was written into the shop, in order. */
	readonly written: {
		readonly orderId: number;
		readonly what: 'meta' | 'note' | 'status';
		readonly value: unknown;
	}[];
	/** Ids asked for one by one, in order. */
	readonly reads: number[];
	/** Orders whose answer cannot be read. */
	readonly unreadable: Set< number >;
	/** What of its choices the shop refuses to tell. */
	readonly unread: string[];
	/** What `check` tells. */
	readonly site: {
		-readonly [ K in keyof StoreSite ]: StoreSite[ K ];
	};
	readonly findings: Finding[];
	perPage: number;
	/** This page of a list is not answered. */
	failingPage: number | null;
	/** Answered instead of an order. */
	fail: Failure | null;
	/** Runs when an order was asked for and its answer has not arrived yet. */
	onRead: ( id: number ) => void | Promise< void >;
	/** Runs before a page is put together. */
	onPage: ( query: OrderQuery ) => void | Promise< void >;
	put( ...orders: readonly StoreOrder[] ): void;
	change( id: number, change: Partial< StoreOrder > ): void;
	/** The order lists it too. */
	refund( id: number, refund: StoreRefundDetail ): void;
	/** It is deleted again: the order's modification time stays. */
	unrefund( id: number, refundId: number ): void;
}

const second = ( time: string ) => Math.floor( Date.parse( time ) / 1000 );

export function createFakeOrderShop(): FakeOrderShop {
	const orders = new Map< number, StoreOrder >();
	let requests = 0;

	const unused = (): never => {
		throw new Error( 'Orders have no use for this.' );
	};

	function chosen( query: OrderQuery ): StoreOrder[] {
		const inTrash = query.status === 'trash';
		return [ ...orders.values() ]
			.filter(
				( order ) =>
					( order.status === 'trash' ) === inTrash &&
					( query.include?.includes( order.id ) ?? true ) &&
					( query.modifiedAfter === undefined ||
						second( order.modifiedAt ) >
							second( query.modifiedAfter ) ) &&
					( query.placedAfter === undefined ||
						order.placedAt > query.placedAfter ) &&
					( query.placedBefore === undefined ||
						order.placedAt < query.placedBefore )
			)
			.sort( ( a, b ) =>
				query.orderBy === 'id'
					? a.id - b.id
					: second( a.modifiedAt ) - second( b.modifiedAt ) ||
						a.id - b.id
			);
	}

	/** Null = there is no such order. */
	function write(
		orderId: number,
		what: FakeOrderShop[ 'written' ][ number ][ 'what' ],
		value: unknown
	): Result< true | null > {
		requests += 1;
		if ( shop.fail !== null ) {
			return { ok: false, failure: shop.fail };
		}
		if ( ! orders.has( orderId ) ) {
			return ok( null );
		}
		shop.written.push( { orderId, what, value } );
		return ok( true );
	}

	const store: Store = {
		async order( id ) {
			requests += 1;
			shop.reads.push( id );
			const order = orders.get( id ) ?? null;
			await shop.onRead( id );
			if ( shop.fail !== null ) {
				return { ok: false, failure: shop.fail };
			}
			if ( shop.unreadable.has( id ) ) {
				return {
					ok: false,
					failure: {
						kind: 'hold',
						ruid: null,
						problem: {
							code: 'refused-by-store',
							message: `Order ${ id } cannot be read.`,
							cause: null,
							fix: null,
							field: null,
						},
					},
				};
			}
			return ok( order );
		},
		async orderExact( id ) {
			requests += 1;
			return ok( orders.get( id ) ?? null );
		},
		async orders( query ) {
			requests += 1;
			await shop.onPage( query );
			if ( query.page === shop.failingPage ) {
				return retry( 'store', 'outage', 'The shop answers 503.' );
			}
			const all = chosen( query );
			const from = ( query.page - 1 ) * shop.perPage;
			const page = all.slice( from, from + shop.perPage );
			return ok( {
				orders: page.filter(
					( { id } ) => ! shop.unreadable.has( id )
				),
				unreadable: page
					.filter( ( { id } ) => shop.unreadable.has( id ) )
					.map( ( { id } ) => ( {
						id,
						why: 'total: expected text',
					} ) ),
				more: all.length > from + shop.perPage,
			} );
		},
		async refunds( id ) {
			requests += 1;
			return ok( shop.refunds.get( id ) ?? [] );
		},
		async orderNotes( id ) {
			requests += 1;
			return ok( shop.notes.get( id ) ?? [] );
		},
		async writeOrderMeta( id, meta ) {
			const written = write( id, 'meta', meta );
			if ( written.ok && written.value !== null ) {
				const kept = Object.entries( {
					...orders.get( id )?.meta,
					...meta,
				} ).filter(
					( entry ): entry is [ string, string ] =>
						entry[ 1 ] !== null
				);
				shop.change( id, { meta: Object.fromEntries( kept ) } );
			}
			return written;
		},
		async addPrivateNote( id, text ) {
			const written = write( id, 'note', text );
			if ( written.ok && written.value !== null ) {
				const notes = shop.notes.get( id ) ?? [];
				shop.notes.set( id, [
					...notes,
					{
						id: 1000 + notes.length,
						text,
						addedAt: '2026-07-02T12:00:00Z',
						toCustomer: false,
					},
				] );
			}
			return written;
		},
		async writeOrderStatus( id, status ) {
			const written = write( id, 'status', status );
			if ( written.ok && written.value !== null ) {
				shop.change( id, { status } );
			}
			return written;
		},
		webhooks: unused,
		createWebhook: unused,
		updateWebhook: unused,
		deleteWebhook: unused,
		identity: unused,
		async *items() {
			yield ok( [] );
		},
		itemsBySku: unused,
		writeStock: unused,
		async choices() {
			requests += 1;
			return shop.fail === null
				? ok( {
						statuses: [
							{ slug: 'processing', name: 'Processing' },
						],
						paymentMethods: [ { id: 'stripe', title: 'Card' } ],
						shippingMethods: [],
						taxRates: [],
						unread: shop.unread,
					} )
				: { ok: false, failure: shop.fail };
		},
		check: async () => ( {
			site: { ...shop.site },
			findings: [ ...shop.findings ],
		} ),
		requests: () => requests,
	};

	const shop: FakeOrderShop = {
		site: {
			name: null,
			version: null,
			timeZone: 'UTC',
			currency: null,
		},
		findings: [],
		store,
		orders,
		refunds: new Map(),
		notes: new Map(),
		written: [],
		reads: [],
		unreadable: new Set(),
		unread: [],
		perPage: 100,
		failingPage: null,
		fail: null,
		onRead: () => undefined,
		onPage: () => undefined,
		put( ...given ) {
			for ( const order of given ) {
				orders.set( order.id, order );
			}
		},
		change( id, change ) {
			const order = orders.get( id );
			if ( order === undefined ) {
				throw new Error( `The shop has no order ${ id }.` );
			}
			orders.set( id, { ...order, ...change } );
		},
		refund( id, refund ) {
			shop.refunds.set( id, [
				...( shop.refunds.get( id ) ?? [] ),
				refund,
			] );
			shop.change( id, {
				refunds: [
					...( orders.get( id )?.refunds ?? [] ),
					{
						id: refund.id,
						reason: refund.reason,
						total: `-${ refund.amount }`,
					},
				],
			} );
		},
		unrefund( id, refundId ) {
			const left = < T extends { readonly id: number } >(
				refunds: readonly T[] = []
			) => refunds.filter( ( refund ) => refund.id !== refundId );
			shop.refunds.set( id, left( shop.refunds.get( id ) ) );
			shop.change( id, {
				refunds: left( orders.get( id )?.refunds ),
			} );
		},
	};
	return shop;
}
