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
import type { CachedProduct } from '../../../src/contracts/database.ts';
import { ok, type Failure } from '../../../src/contracts/result.ts';
import type { Clock } from '../../../src/contracts/world.ts';

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

export const MAIN = 2;
export const NORTH = 3;

export function createFakeBrightpearl(
	clock: Clock,
	products: readonly CachedProduct[]
): FakeBrightpearl {
	const stock = new Map< number, Map< number, WarehouseStock > >();
	let requests = 0;
	let nextId = 5001;

	const unused = (): never => {
		throw new Error( 'Stock has no use for this.' );
	};
	const counted = < T >( value: T ): Promise< { ok: true; value: T } > => {
		requests += 1;
		return Promise.resolve( ok( value ) );
	};

	const brightpearl: Brightpearl = {
		account: 'acme',
		inLane: () => brightpearl,
		budget: unused,
		requests: () => requests,
		installationInstanceId: () => null,
		ready: async () => {},
		configuration: unused,
		channels: () => counted( fake.channels ),
		warehouses: () =>
			counted( [
				{ id: MAIN, name: 'Main' },
				{ id: NORTH, name: 'North' },
			] ),
		taxCodes: unused,
		paymentMethods: unused,
		priceLists: unused,
		leadSources: unused,
		orderStatuses: unused,
		nominalCodes: unused,
		shippingMethods: unused,
		currencies: unused,
		contactsByEmail: unused,
		createPostalAddress: unused,
		createContact: unused,
		findSalesOrders: unused,
		createSalesOrder: unused,
		payments: unused,
		createPayment: unused,
		createReservation: unused,
		check: unused,
		async salesOrders( ids ) {
			const read = ids.flatMap(
				( id ) => fake.salesOrders.get( id ) ?? []
			);
			await fake.onSalesOrders();
			return counted( read );
		},
		reservation: ( orderId ) =>
			counted( fake.reservations.get( orderId ) ?? null ),
		async *productPages() {
			for (
				let start = 0;
				start === 0 || start < fake.products.length;
				start += 500
			) {
				if ( fake.failCatalogue !== null && start > 0 ) {
					yield { ok: false, failure: fake.failCatalogue };
					return;
				}
				yield await counted(
					fake.products.slice( start, start + 500 )
				);
			}
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
	};

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
				statusId: 1,
				contactId: 1,
				placedOn: null,
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
