/**
 * A Brightpearl in memory, as far as stock goes: products, stock per warehouse, sales orders
 * and what is allocated of them. `onHand` = `inStock` − `allocated`.
 */
import type {
	Brightpearl,
	Channel,
	OrderRow,
	Reservation,
	SalesOrder,
	WarehouseStock,
} from '../../../src/brightpearl/api.ts';
import type {
	CachedProduct,
	ProductCache,
} from '../../../src/contracts/database.ts';
import { ok, type Failure } from '../../../src/contracts/result.ts';
import type { Clock } from '../../../src/contracts/world.ts';
import { refusing } from './refusing.ts';
import { UNTOLD } from './untold.ts';

export interface FakeBrightpearl {
	readonly brightpearl: Brightpearl;
	readonly products: CachedProduct[];
	readonly channels: Channel[];
	readonly salesOrders: Map< number, SalesOrder >;
	readonly reservations: Map< number, Reservation >;
	/** Ids of every availability request. */
	readonly asked: number[][];
	/** Runs when the figures were read but their answer has not arrived yet. */
	onAvailability: () => void | Promise< void >;
	/** Runs when sales orders were read but their answer has not arrived yet. */
	onSalesOrders: () => void | Promise< void >;
	failAvailability: Failure | null;
	failCatalogue: Failure | null;
	stock(
		productId: number,
		warehouseId: number,
		inStock: number,
		allocated?: number
	): void;
	/** Makes the sales order of a shop order; nothing is allocated. */
	push( orderId: number, rows: readonly Partial< OrderRow >[] ): SalesOrder;
	allocate( salesOrderId: number ): void;
	change( salesOrderId: number, change: Partial< SalesOrder > ): void;
}

export function product(
	productId: number,
	sku: string,
	stockTracked = true
): CachedProduct {
	return { productId, sku, stockTracked, status: 'LIVE' };
}

async function* inOnePage( products: readonly CachedProduct[] ) {
	yield [ ...products ];
}

export const MAIN = 2;
export const NORTH = 3;

export function createFakeBrightpearl(
	clock: Clock,
	products: readonly CachedProduct[],
	cache?: ProductCache
): FakeBrightpearl {
	const stock = new Map< number, Map< number, WarehouseStock > >();
	let requests = 0;
	let nextId = 5001;

	const counted = < T >( value: T ): Promise< { ok: true; value: T } > => {
		requests += 1;
		return Promise.resolve( ok( value ) );
	};

	const brightpearl: Brightpearl = refusing< Brightpearl >(
		{
			account: 'acme',
			inLane: () => brightpearl,
			during: ( work ) => work(),
			requests: () => requests,
			installationInstanceId: () => null,
			ready: async () => {},
			close() {},
			channels: () => counted( fake.channels ),
			warehouses: () =>
				counted( [
					{ id: MAIN, name: 'Main' },
					{ id: NORTH, name: 'North' },
				] ),
			async salesOrders( ids ) {
				const read = ids.flatMap(
					( id ) => fake.salesOrders.get( id ) ?? []
				);
				await fake.onSalesOrders();
				return counted( read );
			},
			reservation: ( orderId ) =>
				counted( fake.reservations.get( orderId ) ?? null ),
			async refreshProducts( { most = Infinity } = {} ) {
				if ( most < Infinity ) {
					return ok( false );
				}
				if ( fake.failCatalogue !== null ) {
					return { ok: false, failure: fake.failCatalogue };
				}
				await counted( null );
				await cache?.replaceAll( 'acme', inOnePage( fake.products ) );
				return ok( true );
			},
			async resolveSkus( skus ) {
				const found = new Map(
					skus.map( ( sku ) => [
						sku,
						fake.products.filter( ( each ) => each.sku === sku ),
					] )
				);
				await cache?.upsert( 'acme', [ ...found.values() ].flat() );
				return counted( found );
			},
			productsBySku: ( sku ) =>
				counted( fake.products.filter( ( each ) => each.sku === sku ) ),
			productsById: ( ids ) =>
				counted(
					fake.products.filter( ( { productId } ) =>
						ids.includes( productId )
					)
				),
			async availability( productIds ) {
				requests += 1;
				if ( fake.failAvailability !== null ) {
					return { ok: false, failure: fake.failAvailability };
				}
				const askedAt = new Date( clock.now() ).toISOString();
				fake.asked.push( [ ...productIds ] );
				const byProduct = new Map(
					productIds.flatMap( ( id ) => {
						const warehouses = stock.get( id );
						return warehouses === undefined
							? []
							: [
									[
										id,
										{ warehouses: new Map( warehouses ) },
									] as const,
								];
					} )
				);
				await fake.onAvailability();
				return ok( { askedAt, byProduct } );
			},
		},
		'Stock has no use for this.'
	);

	const fake: FakeBrightpearl = {
		brightpearl,
		products: [ ...products ],
		channels: [],
		salesOrders: new Map(),
		reservations: new Map(),
		asked: [],
		onAvailability: () => undefined,
		onSalesOrders: () => undefined,
		failAvailability: null,
		failCatalogue: null,
		stock( productId, warehouseId, inStock, allocated = 0 ) {
			const warehouses =
				stock.get( productId ) ?? new Map< number, WarehouseStock >();
			stock.set(
				productId,
				warehouses.set( warehouseId, {
					inStock,
					allocated,
					onHand: inStock - allocated,
				} )
			);
		},
		push( orderId, rows ) {
			const salesOrder: SalesOrder = {
				id: nextId++,
				externalRef: `shop-${ orderId }`,
				reference: String( orderId ),
				parentOrderId: null,
				statusId: 1,
				contactId: 1,
				placedOn: null,
				...UNTOLD,
				currency: 'GBP',
				exchangeRate: '1',
				total: '1.00',
				net: '1.00',
				tax: '0.00',
				warehouseId: MAIN,
				channelId: 1,
				allocation: 'none',
				shipping: 'none',
				paymentStatus: 'PAID',
				cancelled: false,
				rows: rows.map( ( row, index ) => ( {
					id: nextId * 10 + index,
					productId: 0,
					sku: null,
					name: null,
					quantity: '1.0000',
					net: '0',
					tax: '0',
					taxCode: null,
					nominalCode: null,
					taxCalculator: null,
					externalRef: null,
					bundleParent: false,
					bundleChild: false,
					parentRowId: 0,
					...row,
				} ) ),
			};
			fake.salesOrders.set( salesOrder.id, salesOrder );
			return salesOrder;
		},
		allocate( salesOrderId ) {
			for ( const row of fake.salesOrders.get( salesOrderId )?.rows ??
				[] ) {
				const held = stock.get( row.productId )?.get( MAIN );
				if ( held !== undefined ) {
					fake.stock(
						row.productId,
						MAIN,
						held.inStock,
						held.allocated + Number( row.quantity )
					);
				}
			}
			fake.change( salesOrderId, { allocation: 'all' } );
		},
		change( salesOrderId, change ) {
			const salesOrder = fake.salesOrders.get( salesOrderId );
			if ( salesOrder !== undefined ) {
				fake.salesOrders.set( salesOrderId, {
					...salesOrder,
					...change,
				} );
			}
		},
	};
	return fake;
}
