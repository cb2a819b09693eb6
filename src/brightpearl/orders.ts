/**
 * Sales orders: made through the atomic `sales-order`, found through `order-search`, read
 * through `order`, whose shapes are recorded (resources reference, §1).
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../contracts/result.ts';
import type { OrderHit, SalesOrder, SalesOrderBody } from './api.ts';
import { acceptedId, decode, read } from './decode.ts';
import { id, textOrNone, timeOrNone } from './fields.ts';
import { formatIdSet } from './id-set.ts';
import {
	orderSchema,
	salesOrderRefsSchema,
	toSalesOrder,
	type OrderResource,
	type RowRefs,
} from './order-resource.ts';
import { packIds } from './packing.ts';
import { searchAll } from './search.ts';
import type { Ask, Call } from './call.ts';

/** Order type SALES_ORDER (§1.11). */
const SALES_ORDER_TYPE = 1;

const hitRow = z.object( {
	orderId: id,
	orderTypeId: id,
	customerRef: textOrNone,
	externalRef: textOrNone,
	createdOn: timeOrNone,
} );

export async function findSalesOrders(
	ask: Ask,
	by: { readonly externalRef: string } | { readonly customerRef: string }
): Promise< Result< readonly OrderHit[] > > {
	const [ column, wanted ] =
		'externalRef' in by
			? ( [ 'externalRef', by.externalRef ] as const )
			: ( [ 'customerRef', by.customerRef ] as const );
	if ( wanted === '' ) {
		return ok( [] );
	}
	const found = await searchAll( ask, {
		path: '/order-service/order-search',
		columns: [
			'orderId',
			'orderTypeId',
			'customerRef',
			'externalRef',
			'createdOn',
		],
		filters: {
			[ column ]: wanted,
			orderTypeId: String( SALES_ORDER_TYPE ),
		},
		sort: 'orderId.ASC',
		row: hitRow,
	} );
	return found.ok
		? ok(
				found.value
					.filter(
						( row ) =>
							row.orderTypeId === SALES_ORDER_TYPE &&
							row[ column ] === wanted
					)
					.map( ( row ) => ( {
						salesOrderId: row.orderId,
						customerRef: row.customerRef,
						externalRef: row.externalRef,
						createdOn: row.createdOn,
					} ) )
			)
		: found;
}

export async function createSalesOrder(
	ask: Ask,
	body: SalesOrderBody
): Promise< Result< number | null > > {
	return acceptedId(
		await ask( {
			method: 'POST',
			path: '/order-service/sales-order',
			body,
		} )
	);
}

/**
 * The references of rows, where the order's own rows tell none: no recording of `order` has
 * them, the documentation of `sales-order` does.
 */
async function rowRefs(
	ask: Ask,
	orders: readonly OrderResource[]
): Promise< Result< RowRefs > > {
	const silent = orders.filter( ( order ) => {
		const rows = Object.values( order.orderRows ?? {} );
		return (
			order.externalRef !== null &&
			rows.length > 0 &&
			rows.every( ( row ) => row.externalRef === null )
		);
	} );
	if ( silent.length === 0 ) {
		return ok( new Map() );
	}
	const call: Call = {
		method: 'GET',
		path: `/order-service/sales-order/${ formatIdSet( silent.map( ( order ) => order.id ) ) }`,
		none: 'record',
	};
	const sent = await ask( call );
	if ( sent.kind === 'failed' && sent.failure.kind === 'retry' ) {
		return fail( sent.failure );
	}
	const told =
		sent.kind === 'answer'
			? decode(
					salesOrderRefsSchema,
					sent.body[ 'response' ],
					call,
					sent.ruid
				)
			: null;
	// References help to match rows; without them the order itself still stands.
	const rows = told?.ok
		? told.value.flatMap( ( one ) => one.rows ?? [] )
		: [];
	return ok(
		new Map(
			rows.flatMap( ( row ) =>
				row.externalRef === null
					? []
					: [ [ row.id, row.externalRef ] as const ]
			)
		)
	);
}

export async function readSalesOrders(
	ask: Ask,
	prefix: string,
	cancelledStatusId: number | null,
	ids: readonly number[]
): Promise< Result< readonly SalesOrder[] > > {
	const all: SalesOrder[] = [];
	// The longer of the two paths, so that one set fits both.
	const overhead = `${ prefix }/order-service/sales-order/`.length;
	for ( const set of packIds( ids, overhead ) ) {
		const found = await read(
			ask,
			{
				method: 'GET',
				path: `/order-service/order/${ formatIdSet( set ) }`,
			},
			z.array( orderSchema ),
			[]
		);
		if ( ! found.ok ) {
			return found;
		}
		const sales = found.value.filter(
			( order ) => order.orderTypeCode === 'SO'
		);
		const refs = await rowRefs( ask, sales );
		if ( ! refs.ok ) {
			return refs;
		}
		all.push(
			...sales.map( ( order ) =>
				toSalesOrder( order, cancelledStatusId, refs.value )
			)
		);
	}
	return ok( all );
}
