/**
 * A Brightpearl in memory, as far as orders go: contacts, sales orders and credits, payments,
 * reservations; what is changed of them stands in `order-edits.ts`.
 * Its searches may lag behind what was written; with an installation instance id a sales order
 * whose external reference exists is answered with the id of the one that is there.
 */
import type {
	AddressBody,
	Brightpearl,
	Contact,
	ContactBody,
	CustomFieldChange,
	CustomFieldDefinition,
	OrderAddress,
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
import { contactsOf } from './order-contacts.ts';
import { creditsOf } from './order-credits.ts';
import { editsOf, type FakeNote } from './order-edits.ts';
import { refusing } from './refusing.ts';
import { UNTOLD } from './untold.ts';

export type Call = Exclude<
	keyof Brightpearl,
	'account' | 'inLane' | 'during' | 'budget' | 'requests' | 'ready'
>;

export interface Written {
	readonly at: number;
}

/** What Brightpearl refuses for good, in its words. */
export class Refused {
	readonly failure: Failure;
	constructor( why: string | Failure ) {
		this.failure =
			typeof why === 'string'
				? {
						kind: 'hold',
						ruid: null,
						problem: {
							code: 'refused-by-brightpearl',
							message: why,
							cause: null,
							fix: null,
							field: null,
						},
					}
				: why;
	}
}

/** Counts the request, and executes it between `before` and `after`. */
export type Answer = < T >(
	call: Call,
	work: () => T | Refused
) => Promise< Result< T > >;

export interface FakeOrderBrightpearl {
	readonly brightpearl: Brightpearl;
	readonly contacts: ( ContactBody &
		Written & { id: number } & Partial< Contact > )[];
	/** The n-th has id n. */
	readonly addresses: PostalAddressBody[];
	readonly sales: ( SalesOrder & Written )[];
	readonly credits: ( SalesOrder & Written )[];
	readonly notes: FakeNote[];
	/** Sales order → code → value. */
	readonly fields: Map< number, Record< string, CustomFieldChange > >;
	readonly definitions: CustomFieldDefinition[];
	/** Row id → pieces on goods-out notes. */
	readonly noted: Map< number, number >;
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

/** Free text is stored under it (resources reference, §1.6). */
export const MISC_PRODUCT = 1000;

/** As a body has them, with ids of their own. */
export function rowsFrom(
	fake: FakeOrderBrightpearl,
	body: Pick< SalesOrderBody, 'rows' >
): SalesOrder[ 'rows' ] {
	return body.rows.map( ( row ) => ( {
		id: fake.nextRowId++,
		productId: row.productId ?? MISC_PRODUCT,
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
	} ) );
}

export function addressFrom( body: AddressBody ): OrderAddress {
	return {
		fullName: body.addressFullName ?? null,
		company: body.companyName ?? null,
		line1: body.addressLine1 ?? null,
		line2: body.addressLine2 ?? null,
		line3: body.addressLine3 ?? null,
		line4: body.addressLine4 ?? null,
		postalCode: body.postalCode ?? null,
		countryIso2: null,
		countryIso3: body.countryIsoCode ?? null,
		telephone: body.telephone ?? null,
		email: body.email ?? null,
	};
}

export function totalsOf( rows: SalesOrder[ 'rows' ] ) {
	const net = sum( rows.map( ( row ) => decimal( row.net ) ) );
	const tax = sum( rows.map( ( row ) => decimal( row.tax ) ) );
	return {
		net: money( net, 2 ),
		tax: money( tax, 2 ),
		total: money( net.plus( tax ), 2 ),
	};
}

export function createFakeOrderBrightpearl(
	clock: Clock,
	instanceId: number | null = null
): FakeOrderBrightpearl {
	let requests = 0;
	let paymentsMade = 0;
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
			...contactsOf( () => fake, answer ),
			...creditsOf( () => fake, answer, clock ),
			...editsOf( () => fake, answer, clock ),
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
					{ id: 21, name: 'Packed', disabled: false },
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
			deletePayment: ( paymentId ) =>
				answer( 'deletePayment', () => {
					const at = fake.payments.findIndex(
						( payment ) => payment.paymentId === paymentId
					);
					if ( at >= 0 ) {
						fake.payments.splice( at, 1 );
					}
				} ),
			createPayment: ( body ) =>
				answer( 'createPayment', () => {
					const paymentId = 700 + paymentsMade++;
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
		credits: [],
		notes: [],
		fields: new Map(),
		definitions: [],
		noted: new Map(),
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
