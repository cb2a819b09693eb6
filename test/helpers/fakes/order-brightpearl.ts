/**
 * A Brightpearl in memory, as far as orders go: contacts, sales orders and credits, payments,
 * reservations (`order-credits.ts`, `order-edits.ts`, … have the rest).
 * Its searches may lag behind what was written; with an installation instance id a sales order
 * whose external reference exists is answered with the id of the one that is there.
 */
import type {
	Brightpearl,
	Contact,
	ContactBody,
	CustomFieldChange,
	CustomFieldDefinition,
	Payment,
	PostalAddressBody,
	Reservation,
	SalesOrder,
	SalesOrderBody,
} from '../../../src/brightpearl/api.ts';
import { ok, type Failure } from '../../../src/contracts/result.ts';
import type { Clock } from '../../../src/contracts/world.ts';
import { contactsOf } from './order-contacts.ts';
import { creditsOf } from './order-credits.ts';
import { editsOf, type FakeNote } from './order-edits.ts';
import { listsOf } from './order-lists.ts';
import {
	addressFrom,
	Refused,
	rowsFrom,
	totalsOf,
	type Answer,
} from './order-parts.ts';
import { paymentsOf } from './order-payments.ts';
import { reservationsOf } from './order-reservations.ts';
import { refusing } from './refusing.ts';
import { UNTOLD } from './untold.ts';

export type Call = Exclude<
	keyof Brightpearl,
	'account' | 'inLane' | 'during' | 'budget' | 'requests' | 'ready'
>;

export interface Written {
	readonly at: number;
}

export interface FakeOrderBrightpearl {
	readonly brightpearl: Brightpearl;
	readonly contacts: ( ContactBody &
		Written & { id: number } & Partial< Contact > )[];
	/** The n-th has id n. */
	readonly addresses: PostalAddressBody[];
	/** It has a product of every other SKU. */
	readonly unknownSkus: Set< string >;
	readonly sales: ( SalesOrder & Written )[];
	readonly credits: ( SalesOrder & Written )[];
	readonly notes: FakeNote[];
	/** Sales order → code → value. */
	readonly fields: Map< number, Record< string, CustomFieldChange > >;
	readonly definitions: CustomFieldDefinition[];
	/** Row id → pieces on goods-out notes. */
	readonly noted: Map< number, number >;
	/** Row id → those of them that have left. */
	readonly left: Map< number, number >;
	readonly payments: ( Payment & Written )[];
	readonly reservations: Map< number, Reservation >;
	/** Every request, in order. */
	readonly calls: Call[];
	nextRowId: number;
	/** What searches do not see yet, in milliseconds. */
	lag: number;
	/** Null = it does not de-duplicate. */
	instanceId: number | null;
	/** Before a request is executed; a failure is answered instead. */
	before: ( call: Call ) => Failure | null | Promise< Failure | null >;
	/** After a request was executed; a failure is answered in place of its answer. */
	after: ( call: Call ) => Failure | null | Promise< Failure | null >;
	/** The search knows it by now. */
	isFound( written: Written ): boolean;
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

	const found = ( written: Written ) => fake.isFound( written );

	const answer: Answer = async ( call, work ) => {
		requests += 1;
		fake.calls.push( call );
		const refused = await fake.before( call );
		if ( refused !== null ) {
			return { ok: false, failure: refused };
		}
		const value = work();
		if ( value instanceof Refused ) {
			return { ok: false, failure: value.failure };
		}
		const lost = await fake.after( call );
		return lost === null ? ok( value ) : { ok: false, failure: lost };
	};

	function product( sku: string ) {
		if ( ! products.includes( sku ) ) {
			products.push( sku );
		}
		return {
			productId: 2000 + products.indexOf( sku ),
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
		const ownRows = rowsFrom( fake, body );
		const made = fake.enter( {
			externalRef: body.externalRef,
			reference: body.ref,
			contactId: body.customer.id,
			placedOn: new Date( body.placedOn ).toISOString(),
			currency: body.currency.code,
			shippingMethodId: body.delivery.shippingMethodId ?? null,
			exchangeRate: body.currency.exchangeRate ?? '1.000000',
			addresses: {
				customer: addressFrom( body.customer.address ),
				billing: addressFrom( body.billing.address ),
				delivery: addressFrom( body.delivery.address ),
			},
			...totalsOf( ownRows ),
			rows: ownRows,
		} ).id;
		instances.set( made, instance ?? 0 );
		return made;
	}

	const brightpearl: Brightpearl = refusing< Brightpearl >(
		{
			...contactsOf( () => fake, answer, clock ),
			...creditsOf( () => fake, answer, clock ),
			...editsOf( () => fake, answer, clock ),
			...reservationsOf( () => fake, answer ),
			...listsOf( answer ),
			...paymentsOf( () => fake, answer, clock ),
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
			forgetContact: async () => {},
			resolveSkus: ( skus ) =>
				answer(
					'resolveSkus',
					() =>
						new Map(
							skus.map( ( sku ) => [
								sku,
								fake.unknownSkus.has( sku )
									? []
									: [ product( sku ) ],
							] )
						)
				),
			refreshProducts: () => answer( 'refreshProducts', () => true ),
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
		unknownSkus: new Set(),
		sales: [],
		credits: [],
		notes: [],
		fields: new Map(),
		definitions: [],
		noted: new Map(),
		left: new Map(),
		payments: [],
		reservations: new Map(),
		calls: [],
		nextRowId: 900,
		lag: 0,
		instanceId,
		before: () => null,
		after: () => null,
		// What was made before this clock began is there from the start.
		isFound: ( { at } ) => fake.lag === 0 || clock.now() - at >= fake.lag,
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
				version: 1,
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
			fake.sales[ index ] = {
				...before,
				version: ( before.version ?? 0 ) + 1,
				...change,
			};
		},
	};
	return fake;
}
