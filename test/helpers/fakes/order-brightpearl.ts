/**
 * A Brightpearl in memory, as far as orders go: contacts, sales orders, payments, reservations.
 * Its searches may lag behind what was written; with an installation instance id a sales order
 * whose external reference exists is answered with the id of the one that is there.
 */
import type {
	Brightpearl,
	ContactBody,
	Payment,
	PostalAddressBody,
	Reservation,
	SalesOrder,
	SalesOrderBody,
} from '../../../src/brightpearl/api.ts';
import {
	ok,
	type Failure,
	type Result,
} from '../../../src/contracts/result.ts';
import type { Clock } from '../../../src/contracts/world.ts';
import { decimal, money, sum } from '../../../src/domain/money.ts';
import { refusing } from './refusing.ts';
import { UNTOLD } from './untold.ts';

export type Call = Exclude<
	keyof Brightpearl,
	'account' | 'inLane' | 'during' | 'budget' | 'requests' | 'ready'
>;

interface Written {
	readonly at: number;
}

export interface FakeOrderBrightpearl {
	readonly brightpearl: Brightpearl;
	readonly contacts: ( ContactBody & Written & { id: number } )[];
	readonly addresses: PostalAddressBody[];
	readonly sales: ( SalesOrder & Written )[];
	readonly payments: ( Payment & Written )[];
	readonly reservations: Map< number, Reservation >;
	/** Every request, in order. */
	readonly calls: Call[];
	/** What searches do not see yet, in milliseconds. */
	lag: number;
	/** Null = it does not de-duplicate. */
	instanceId: number | null;
	/** Before a request is executed; a failure is answered instead. */
	before: ( call: Call ) => Failure | null | Promise< Failure | null >;
	/** After a request was executed; a failure is answered in place of its answer. */
	after: ( call: Call ) => Failure | null | Promise< Failure | null >;
	/** A sales order that somebody else made. */
	enter( more: Partial< SalesOrder > ): SalesOrder;
	change( salesOrderId: number, change: Partial< SalesOrder > ): void;
}

export function createFakeOrderBrightpearl(
	clock: Clock,
	instanceId: number | null = null
): FakeOrderBrightpearl {
	let requests = 0;
	const products: string[] = [];
	/** Of the orders made here; 0 = without one. */
	const instances = new Map< number, number >();

	// What was made before this clock began is there from the start.
	const found = ( { at }: Written ) =>
		fake.lag === 0 || clock.now() - at >= fake.lag;

	async function answer< T >(
		call: Call,
		work: () => T
	): Promise< Result< T > > {
		requests += 1;
		fake.calls.push( call );
		const refused = await fake.before( call );
		if ( refused !== null ) {
			return { ok: false, failure: refused };
		}
		const value = work();
		const lost = await fake.after( call );
		return lost === null ? ok( value ) : { ok: false, failure: lost };
	}

	function product( sku: string ) {
		if ( ! products.includes( sku ) ) {
			products.push( sku );
		}
		return {
			productId: 1000 + products.indexOf( sku ),
			sku,
			stockTracked: true,
			status: 'LIVE',
		};
	}

	function create( body: SalesOrderBody ): number {
		const instance = body.installedIntegrationInstanceId;
		// It is the pair that Brightpearl tells a repeated POST by.
		const same = fake.sales.find(
			( { id, externalRef } ) =>
				externalRef === body.externalRef &&
				( instances.get( id ) ?? instance ) === instance
		);
		if ( same && instance !== undefined ) {
			return same.id;
		}
		const net = sum( body.rows.map( ( row ) => decimal( row.net ) ) );
		const tax = sum( body.rows.map( ( row ) => decimal( row.tax ) ) );
		const made = fake.enter( {
			externalRef: body.externalRef,
			reference: body.ref,
			contactId: body.customer.id,
			placedOn: new Date( body.placedOn ).toISOString(),
			currency: body.currency.code,
			total: money( net.plus( tax ), 2 ),
			net: money( net, 2 ),
			tax: money( tax, 2 ),
			rows: body.rows.map( ( row, index ) => ( {
				id: 900 + index,
				productId: row.productId ?? 1,
				sku: null,
				name: row.name ?? null,
				quantity: row.quantity,
				net: row.net,
				tax: row.tax,
				taxCode: row.taxCode,
				nominalCode: row.nominalCode ?? null,
				taxCalculator: null,
				externalRef: row.externalRef,
				bundleParent: false,
				bundleChild: false,
				parentRowId: 0,
			} ) ),
		} ).id;
		instances.set( made, instance ?? 0 );
		return made;
	}

	const brightpearl: Brightpearl = refusing< Brightpearl >(
		{
			account: 'acme',
			inLane: () => brightpearl,
			during: ( work ) => work(),
			budget: () => ( {
				pool: 'acme',
				limit: null,
				remaining: null,
				resetsAt: null,
				refused: 0,
			} ),
			freshBudget: async () => brightpearl.budget(),
			requests: () => requests,
			installationInstanceId: () => fake.instanceId,
			ready: async () => {},
			close() {},
			configuration: () =>
				answer( 'configuration', () => ( {
					baseCurrency: 'GBP',
					timeZone: 'Europe/London',
					taxScheme: null,
					newSalesOrderStatusId: 1,
					cancelledOrderStatusId: 5,
					nominal: {
						sales: '4000',
						shipping: '4040',
						discount: '4009',
						rounding: '4999',
					},
				} ) ),
			channels: () => answer( 'channels', () => [] ),
			warehouses: () => answer( 'warehouses', () => [] ),
			taxCodes: () =>
				answer( 'taxCodes', () => [
					{ id: 1, code: 'T20', rate: '20' },
					{ id: 2, code: 'T0', rate: '0' },
				] ),
			paymentMethods: () =>
				answer( 'paymentMethods', () => [
					{ code: 'CARD', name: 'Card' },
					{ code: 'STRIPE', name: 'Stripe' },
				] ),
			priceLists: () =>
				answer( 'priceLists', () => [ { id: 3, name: 'Web' } ] ),
			leadSources: () =>
				answer( 'leadSources', () => [ { id: 1, name: 'Web' } ] ),
			orderStatuses: () =>
				answer( 'orderStatuses', () => [
					{ id: 1, name: 'New web order', disabled: false },
					{ id: 5, name: 'Cancelled', disabled: false },
					{ id: 24, name: 'Old web order', disabled: true },
				] ),
			nominalCodes: () =>
				answer( 'nominalCodes', () => [
					{ code: '4000', name: 'Sales' },
				] ),
			shippingMethods: () =>
				answer( 'shippingMethods', () => [
					{ id: 1, name: 'Standard delivery' },
				] ),
			currencies: () => answer( 'currencies', () => [ 'GBP' ] ),
			contactsByEmail: ( email ) =>
				answer( 'contactsByEmail', () =>
					fake.contacts
						.filter(
							( contact ) =>
								contact.email.toLowerCase() ===
									email.toLowerCase() && found( contact )
						)
						.map( ( { id } ) => id )
				),
			createPostalAddress: ( body ) =>
				answer( 'createPostalAddress', () =>
					fake.addresses.push( body )
				),
			createContact: ( body ) =>
				answer( 'createContact', () => {
					const id = 200 + fake.contacts.length;
					fake.contacts.push( { ...body, id, at: clock.now() } );
					return id;
				} ),
			findSalesOrders: ( by ) =>
				answer( 'findSalesOrders', () =>
					fake.sales
						.filter(
							( order ) =>
								found( order ) &&
								( 'externalRef' in by
									? order.externalRef === by.externalRef
									: order.reference === by.customerRef )
						)
						.map( ( order ) => ( {
							salesOrderId: order.id,
							customerRef: order.reference,
							externalRef: order.externalRef,
							createdOn: null,
						} ) )
				),
			createSalesOrder: ( body ) =>
				answer( 'createSalesOrder', () => create( body ) ),
			salesOrders: ( ids ) =>
				answer( 'salesOrders', () =>
					fake.sales.filter( ( { id } ) => ids.includes( id ) )
				),
			payments: ( by ) =>
				answer( 'payments', () =>
					fake.payments.filter( ( payment ) =>
						'transactionRef' in by
							? payment.transactionRef === by.transactionRef &&
								found( payment )
							: by.orderIds.includes( payment.orderId )
					)
				),
			createPayment: ( body ) =>
				answer( 'createPayment', () => {
					const paymentId = 700 + fake.payments.length;
					fake.payments.push( {
						paymentId,
						transactionRef: body.transactionRef,
						methodCode: body.paymentMethodCode,
						type: body.paymentType,
						orderId: body.orderId,
						currency: body.currencyIsoCode,
						amount: body.amountPaid,
						at: clock.now(),
					} );
					return paymentId;
				} ),
			reservation: ( orderId ) =>
				answer(
					'reservation',
					() => fake.reservations.get( orderId ) ?? null
				),
			createReservation: ( orderId, warehouseId, reserved ) =>
				answer( 'createReservation', () => {
					if ( fake.reservations.has( orderId ) ) {
						throw new Error(
							'One reservation for one sales order.'
						);
					}
					fake.reservations.set( orderId, {
						warehouseId,
						rows: Object.fromEntries(
							reserved.map( ( row ) => [
								String( row.salesOrderRowId ),
								row,
							] )
						),
					} );
					fake.change( orderId, { allocation: 'all' } );
				} ),
			forgetContact: async () => {},
			resolveSkus: ( skus ) =>
				answer(
					'resolveSkus',
					() =>
						new Map(
							skus.map( ( sku ) => [ sku, [ product( sku ) ] ] )
						)
				),
			productsById: ( ids ) =>
				answer( 'productsById', () =>
					products
						.map( product )
						.filter( ( { productId } ) =>
							ids.includes( productId )
						)
				),
			check: async () => ( {
				findings: [],
				instanceName: null,
				baseCurrency: null,
				timeZone: null,
				taxScheme: null,
				channels: [],
				requestsRemaining: null,
			} ),
		},
		'Orders have no use for this.'
	);

	const fake: FakeOrderBrightpearl = {
		brightpearl,
		contacts: [],
		addresses: [],
		sales: [],
		payments: [],
		reservations: new Map(),
		calls: [],
		lag: 0,
		instanceId,
		before: () => null,
		after: () => null,
		enter( more ) {
			const salesOrder = {
				id: 5000 + fake.sales.length,
				externalRef: null,
				reference: null,
				parentOrderId: null,
				statusId: 1,
				contactId: null,
				placedOn: null,
				...UNTOLD,
				currency: 'GBP',
				exchangeRate: '1.000000',
				total: '0.00',
				net: '0.00',
				tax: '0.00',
				warehouseId: 2,
				channelId: null,
				allocation: 'none' as const,
				shipping: 'none' as const,
				paymentStatus: null,
				cancelled: false,
				rows: [],
				...more,
				at: clock.now(),
			};
			fake.sales.push( salesOrder );
			return salesOrder;
		},
		change( salesOrderId, change ) {
			const index = fake.sales.findIndex(
				( { id } ) => id === salesOrderId
			);
			const before = fake.sales[ index ];
			if ( before === undefined ) {
				throw new Error( `There is no sales order ${ salesOrderId }.` );
			}
			fake.sales[ index ] = { ...before, ...change };
		},
	};
	return fake;
}
