/**
 * One order as both systems have it at this moment. Only reads; a side that cannot be asked is
 * told as trouble beside the other.
 */
import type { OrderComparison } from '../../contracts/answers.ts';
import type { Pushed } from '../../contracts/database.ts';
import { ok, type Failure, type Result } from '../../contracts/result.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import type { SalesOrder } from '../../brightpearl/api.ts';
import { storeRows } from '../../domain/orders/rows/compare.ts';
import { decimal, money, rowDecimals } from '../../domain/money.ts';
import { shippingName } from '../../domain/orders/rows/names.ts';
import { needsExact } from '../../domain/orders/plan.ts';
import { taxPlaceOf } from '../../domain/orders/rows/tax.ts';
import type { Connected } from '../connected.ts';
import { paymentsView } from './payments-view.ts';

type StoreSide = NonNullable< OrderComparison[ 'store' ] >;
type BrightpearlSide = NonNullable< OrderComparison[ 'brightpearl' ] >;
type Side = OrderComparison[ 'trouble' ][ number ][ 'side' ];

/** Null when neither the shop nor the ledger knows the order. */
export async function compareOrder(
	connected: Connected,
	orderId: number
): Promise< OrderComparison | null > {
	const { database, name, world } = connected;
	const link = await database.orderLinks.find( name, orderId );
	const salesOrderId = link?.salesOrderId ?? null;
	const [ store, brightpearl ] = await Promise.all( [
		readStore( connected, orderId, link?.pushed ?? null ),
		salesOrderId === null
			? ok( null )
			: readBrightpearl( connected, salesOrderId ),
	] );
	if ( store.ok && store.value === null && link === null ) {
		return null;
	}
	const isLost =
		salesOrderId !== null && brightpearl.ok && brightpearl.value === null;
	return {
		orderId,
		readAt: new Date( world.clock.now() ).toISOString(),
		store: store.ok ? store.value : null,
		brightpearl: brightpearl.ok ? brightpearl.value : null,
		trouble: [
			...( store.ok ? [] : [ troubleOf( 'store', store.failure ) ] ),
			...( brightpearl.ok
				? []
				: [ troubleOf( 'brightpearl', brightpearl.failure ) ] ),
			...( isLost
				? [
						{
							side: 'brightpearl' as const,
							message: `Sales order ${ salesOrderId } is no longer in Brightpearl.`,
						},
					]
				: [] ),
		],
	};
}

export function troubleOf( side: Side, failure: Failure ) {
	return {
		side,
		message:
			failure.kind === 'hold' ? failure.problem.message : failure.message,
	};
}

async function readStore(
	{ store, settings }: Connected,
	orderId: number,
	pushed: Pushed | null
): Promise< Result< StoreSide | null > > {
	const read = await store.order( orderId );
	if ( ! read.ok || read.value === null ) {
		return read.ok ? ok( null ) : read;
	}
	const order = read.value;
	const exact = needsExact( order )
		? await store.orderExact( orderId )
		: ok( null );
	if ( ! exact.ok ) {
		return exact;
	}
	// The amounts of two versions must not be mixed.
	const same =
		exact.value?.modifiedAt === order.modifiedAt ? exact.value : null;
	return ok( {
		...headOf( order ),
		rows: storeRows( order, same, settings, pushed ),
		refunds: order.refunds.map( ( refund ) => ( { ...refund } ) ),
	} );
}

function headOf( order: StoreOrder ): Omit< StoreSide, 'rows' | 'refunds' > {
	const { billing, shippingLines } = order;
	const decimals = rowDecimals( order.currency, decimal( order.total ) );
	return {
		number: order.number,
		status: order.status,
		placedAt: order.placedAt,
		paidAt: order.paidAt,
		currency: order.currency,
		net: money( decimal( order.total ).minus( order.totalTax ), decimals ),
		tax: order.totalTax,
		total: order.total,
		customer: `${ billing.firstName } ${ billing.lastName }`.trim(),
		company: billing.company,
		email: billing.email,
		country: taxPlaceOf( order ).country,
		paymentMethod: order.paymentMethodTitle || order.paymentMethod,
		shippingMethod: shippingLines
			.map( ( line ) => line.name.trim() || shippingName( line ) )
			.join( ', ' ),
		note: order.customerNote,
	};
}

async function readBrightpearl(
	{ brightpearl }: Connected,
	salesOrderId: number
): Promise< Result< BrightpearlSide | null > > {
	const [ orders, payments, statuses ] = await Promise.all( [
		brightpearl.salesOrders( [ salesOrderId ] ),
		brightpearl.payments( { orderIds: [ salesOrderId ] } ),
		brightpearl.orderStatuses(),
	] );
	if ( ! orders.ok ) {
		return orders;
	}
	const order = orders.value.find( ( { id } ) => id === salesOrderId );
	if ( order === undefined ) {
		return ok( null );
	}
	if ( ! payments.ok ) {
		return payments;
	}
	return ok( {
		salesOrderId: order.id,
		externalRef: order.externalRef,
		reference: order.reference,
		statusId: order.statusId,
		// A name is a help, not worth failing for.
		statusName:
			( statuses.ok
				? statuses.value.find( ( { id } ) => id === order.statusId )
						?.name
				: null ) ?? null,
		placedAt: order.placedOn,
		currency: order.currency,
		net: order.net,
		tax: order.tax,
		total: order.total,
		contactId: order.contactId,
		allocation: order.allocation,
		paymentStatus: order.paymentStatus,
		cancelled: order.cancelled,
		rows: rowsOf( order ),
		payments: paymentsView( payments.value ),
	} );
}

/** Without a bundle's parts, whose value is the bundle's. */
function rowsOf( { rows }: SalesOrder ): BrightpearlSide[ 'rows' ] {
	return rows
		.filter( ( { bundleChild } ) => ! bundleChild )
		.map( ( row ) => ( {
			key: row.externalRef,
			name: row.name,
			sku: row.sku,
			quantity: row.quantity,
			net: row.net,
			tax: row.tax,
		} ) );
}
