/**
 * A shop in memory, as far as orders go: it is asked for one order, or for pages of them, the
 * way WooCommerce answers (modified strictly after, one second fine; pages in ascending order).
 */
import { ok, retry, type Failure } from '../../../src/contracts/result.ts';
import type {
	OrderQuery,
	Store,
	StoreOrder,
} from '../../../src/contracts/store.ts';

export interface FakeOrderShop {
	readonly store: Store;
	readonly orders: Map< number, StoreOrder >;
	/** Ids asked for one by one, in order. */
	readonly reads: number[];
	/** Orders whose answer cannot be read. */
	readonly unreadable: Set< number >;
	/** What of its choices the shop refuses to tell. */
	readonly unread: string[];
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
		items: unused,
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
			site: {
				name: null,
				version: null,
				timeZone: 'UTC',
				currency: null,
			},
			findings: [],
		} ),
		requests: () => requests,
	};

	const shop: FakeOrderShop = {
		store,
		orders,
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
	};
	return shop;
}
