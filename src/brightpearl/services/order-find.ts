/**
 * Orders by reference and by time, through `order-search`, whose columns are recorded (resources
 * reference, §1.10).
 */
import { z } from 'zod';
import { ok, type Result } from '../../contracts/result.ts';
import type { ChangedOrder, OrderHit, SalesCreditsApi } from '../api.ts';
import type { Ask } from '../transport/call.ts';
import { changedSince } from '../search/changed-since.ts';
import { id, idOrNone, textOrNone, timeOrNone } from '../answers/fields.ts';
import { searchAll, type Search } from '../search/search.ts';

/** Order types (§1.11). */
const SALES_ORDER = 1;
const SALES_CREDIT = 3;

const hitRow = z.object( {
	orderId: id,
	orderTypeId: id,
	parentOrderId: idOrNone,
	orderStatusId: idOrNone,
	customerRef: textOrNone,
	externalRef: textOrNone,
	createdOn: timeOrNone,
	updatedOn: timeOrNone,
} );
type Hit = z.infer< typeof hitRow >;

const COLUMNS = [
	'orderId',
	'orderTypeId',
	'customerRef',
	'externalRef',
	'createdOn',
];

const ordersOfType = (
	type: number,
	search: Partial< Search< Hit > >
): Search< Hit > => ( {
	path: '/order-service/order-search',
	columns: COLUMNS,
	sort: 'orderId.ASC',
	key: 'orderId',
	row: hitRow,
	...search,
	filters: { ...search.filters, orderTypeId: String( type ) },
} );

/** Those whose column equals the text. */
async function findByText(
	ask: Ask,
	type: number,
	column: 'externalRef' | 'customerRef',
	text: string,
	columns: readonly string[] = COLUMNS
): Promise< Result< readonly Hit[] > > {
	if ( text === '' ) {
		return ok( [] );
	}
	const found = await searchAll(
		ask,
		ordersOfType( type, {
			columns,
			filters: { [ column ]: text },
			equals: { column, text },
		} )
	);
	return found.ok
		? ok( found.value.filter( ( hit ) => hit.orderTypeId === type ) )
		: found;
}

const toHit = ( hit: Hit ): OrderHit => ( {
	salesOrderId: hit.orderId,
	customerRef: hit.customerRef,
	externalRef: hit.externalRef,
	createdOn: hit.createdOn,
} );

export async function findSalesOrders(
	ask: Ask,
	by: { readonly externalRef: string } | { readonly customerRef: string }
): Promise< Result< readonly OrderHit[] > > {
	const found =
		'externalRef' in by
			? await findByText(
					ask,
					SALES_ORDER,
					'externalRef',
					by.externalRef
				)
			: await findByText(
					ask,
					SALES_ORDER,
					'customerRef',
					by.customerRef
				);
	return found.ok ? ok( found.value.map( toHit ) ) : found;
}

export async function findSalesCredits(
	ask: Ask,
	by: { readonly externalRef: string } | { readonly parentId: number }
): ReturnType< SalesCreditsApi[ 'findSalesCredits' ] > {
	const columns = [ ...COLUMNS, 'parentOrderId' ];
	const found =
		'externalRef' in by
			? await findByText(
					ask,
					SALES_CREDIT,
					'externalRef',
					by.externalRef,
					columns
				)
			: await searchAll(
					ask,
					ordersOfType( SALES_CREDIT, {
						columns,
						filters: { parentOrderId: String( by.parentId ) },
						equals: {
							column: 'parentOrderId',
							text: String( by.parentId ),
						},
					} )
				);
	return found.ok
		? ok(
				found.value
					.filter( ( hit ) => hit.orderTypeId === SALES_CREDIT )
					.map( ( hit ) => ( {
						salesCreditId: hit.orderId,
						parentId: hit.parentOrderId,
						externalRef: hit.externalRef,
						customerRef: hit.customerRef,
						createdOn: hit.createdOn,
					} ) )
			)
		: found;
}

export async function* changedSalesOrders(
	ask: Ask,
	since: string
): AsyncGenerator< Result< readonly ChangedOrder[] > > {
	const search = ordersOfType( SALES_ORDER, {
		columns: [ ...COLUMNS, 'updatedOn', 'orderStatusId' ],
	} );
	for await ( const page of changedSince(
		ask,
		search,
		( hit ) => hit.orderId,
		since
	) ) {
		yield page.ok
			? ok(
					page.value
						.filter( ( hit ) => hit.orderTypeId === SALES_ORDER )
						.map( ( hit ) => ( {
							...toHit( hit ),
							statusId: hit.orderStatusId,
							updatedOn: hit.updatedOn,
						} ) )
				)
			: page;
	}
}
