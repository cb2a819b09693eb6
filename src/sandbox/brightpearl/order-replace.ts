/**
 * `PUT /order-service/sales-order/{id}` (resources reference, §1.3): replacement. What is left
 * out is cleared or defaulted, what is read-only is ignored, a stale `If-Match` is a 412.
 */
import { isInvoiced, touchOrder } from './account.ts';
import { idOf } from './call.ts';
import type { Call } from './call.ts';
import { INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { readFields } from './fields.ts';
import type { Order, OrderRow } from './model.ts';
import { checkOrder, twinOf } from './order-create.ts';
import type { CheckedOrder } from './order-create.ts';
import { orderSchemaWith } from './order-fields.ts';
import {
	faultsOfChange,
	remake,
	replacedRowSchema,
} from './order-row-replace.ts';
import type { ReplacedRow } from './order-row-replace.ts';
import { buildRows } from './order-rows.ts';
import { progressOf } from './order-state.ts';
import { refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';
import { noSuchSale, saleOf } from './find-order.ts';

const replaceSchema = orderSchemaWith( replacedRowSchema );

/** What the GET shows and nobody can write, by where it stands. */
const READ_ONLY = {
	order: [
		'id',
		'createdOn',
		'updatedOn',
		'createdBy',
		'version',
		'total',
		'orderPaymentStatus',
		'allocationStatusCode',
		'shippingStatusCode',
		'stockStatusCode',
		'isCanceled',
		'invoice',
		'orderWeighting',
		'costPriceListId',
	],
	row: [
		'sku',
		'productPrice',
		'discountPercentage',
		'bundleChild',
		'bundleParent',
		'parentRowId',
		'taxClassId',
		'taxCalculator',
		'clonedFromId',
	],
	address: [ 'country', 'countryIsoCode3' ],
} as const;

type Holder = Record< string, unknown >;

const isHolder = ( value: unknown ): value is Holder =>
	typeof value === 'object' && value !== null && ! Array.isArray( value );

const without = ( holder: Holder, names: readonly string[] ): Holder =>
	Object.fromEntries(
		Object.entries( holder ).filter(
			( [ name ] ) => ! names.includes( name )
		)
	);

/** The body as the GET answers it, less what is read-only. */
function writable( body: unknown ): unknown {
	if ( ! isHolder( body ) ) {
		return body;
	}
	const left = without( body, READ_ONLY.order );
	for ( const name of [ 'customer', 'billing', 'delivery' ] ) {
		const party = left[ name ];
		if ( isHolder( party ) && isHolder( party.address ) ) {
			left[ name ] = {
				...party,
				address: without( party.address, READ_ONLY.address ),
			};
		}
	}
	if ( Array.isArray( left.rows ) ) {
		left.rows = left.rows.map( ( row: unknown ) =>
			isHolder( row ) ? without( row, READ_ONLY.row ) : row
		);
	}
	return left;
}

/** No header, or none that is a bare number: nothing is checked (documented). */
function isStale( call: Call, order: Order ): boolean {
	const wanted = call.headers[ 'if-match' ] ?? '';
	return /^\d+$/.test( wanted ) && Number( wanted ) !== order.version;
}

function rowsAfter(
	call: Call,
	order: Order,
	sent: readonly ReplacedRow[],
	{ customer }: CheckedOrder
): OrderRow[] {
	const { account, switches } = call;
	const context = { account, customer, switches };
	const isChild = ( id: number | undefined ): boolean =>
		order.rows.some( ( row ) => row.id === id && row.bundleChild );
	return (
		sent
			// A bundle's children go and come with its own row.
			.filter( ( { id } ) => ! isChild( id ) )
			.flatMap( ( row, index ) => {
				const old = order.rows.find( ( { id } ) => id === row.id );
				const sequence = ( index + 1 ) * 10;
				return old
					? remake( context, order, old, row, sequence )
					: buildRows( context, [ row ], sequence );
			} )
	);
}

function faultsOfReplacement(
	call: Call,
	order: Order,
	next: Order,
	sent: readonly ReplacedRow[]
): Problem[] {
	const locked = ( message: string ): Problem =>
		problem( INVENTED.orderLocked, message );
	const faults = faultsOfChange( call, order, next.rows );
	const ids = ( rows: readonly { readonly id?: number | undefined }[] ) =>
		rows
			.map( ( { id } ) => id ?? 0 )
			.toSorted( ( a, b ) => a - b )
			.join();
	if ( isInvoiced( call.account, order ) ) {
		if ( ids( sent ) !== ids( order.rows ) ) {
			faults.push( locked( 'The rows of an invoiced order must stay' ) );
		}
		if ( next.customerId !== order.customerId ) {
			faults.push(
				locked( 'The customer of an invoiced order must stay' )
			);
		}
	}
	const allocated = progressOf( call.account, order ).some(
		( { reserved, noted } ) => reserved + noted > 0
	);
	if ( allocated && next.warehouseId !== order.warehouseId ) {
		faults.push(
			locked( 'An order with allocated stock keeps its warehouse' )
		);
	}
	return faults;
}

export function replaceSalesOrder( call: Call ): Reply {
	const { account } = call;
	const order = saleOf( account, idOf( call ), 'SO' );
	if ( ! order ) {
		return noSuchSale( 'SO', call.params.id ?? '' );
	}
	if ( isStale( call, order ) ) {
		return refuse(
			412,
			problem(
				INVENTED.staleOrder,
				`The order has version ${ order.version }`
			)
		);
	}
	const read = readFields(
		replaceSchema,
		writable( call.body ),
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const sent = read.value;
	const twin = twinOf( call, sent, 'SO' );
	if ( twin && twin.id !== order.id ) {
		return refuse(
			400,
			problem(
				INVENTED.duplicateOrder,
				`Order ${ twin.id } has this external reference`
			)
		);
	}
	const strange = sent.rows.find(
		( { id } ) =>
			id !== undefined && ! order.rows.some( ( row ) => row.id === id )
	);
	if ( strange ) {
		return refuse(
			400,
			problem(
				INVENTED.unknownRow,
				`The order has no row ${ strange.id ?? '' }`
			)
		);
	}
	const checked = checkOrder( call, sent, 'SO', order.statusId );
	if ( ! checked.ok ) {
		return checked.reply;
	}
	const { header } = checked.value;
	const next: Order = {
		...order,
		...header,
		statusId:
			sent.statusId === undefined && isInvoiced( account, order )
				? order.statusId
				: header.statusId,
		rows: rowsAfter( call, order, sent.rows, checked.value ),
	};
	const faults = faultsOfReplacement( call, order, next, sent.rows );
	if ( faults.length > 0 ) {
		return refuse( 400, ...faults );
	}
	touchOrder(
		account,
		next,
		call.now,
		next.statusId === order.statusId ? null : 'order-status'
	);
	return silent();
}
