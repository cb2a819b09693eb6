/**
 * Rows added to, changed in and taken from an order by themselves (resources reference, §1.6).
 */
import { z } from 'zod';
import { emitChange, isInvoiced, touchOrder, typeOf } from './account.ts';
import { idOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { DOCUMENTED, INVENTED, problem } from './codes.ts';
import { fixed, placesOf } from './decimal.ts';
import { decimalUpTo, readFields } from './fields.ts';
import type { Order } from './model.ts';
import { rowTargets } from './order-patch.ts';
import { buildRows, checkRows } from './order-rows.ts';
import type { SentRow } from './order-rows.ts';
import { codesOf, progressOf } from './order-state.ts';
import type { OrderCodes } from './order-state.ts';
import { isPurchase } from './order-types.ts';
import { noSuchOrder } from './find-order.ts';
import { showOrder } from './order-view.ts';
import { applyPatch } from './patch.ts';
import { answer, bad, good, refuse, silent } from './reply.ts';
import type { Checked, Reply } from './reply.ts';

const amount = z.strictObject( {
	value: decimalUpTo( 4 ),
	currencyCode: z.string().optional(),
} );

const legacyRowSchema = z.strictObject( {
	productId: z.int().optional(),
	productName: z.string().optional(),
	/** Sent by one client beside the row's values. */
	productPrice: amount.optional(),
	discountPercentage: decimalUpTo( 2 ).optional(),
	quantity: z.strictObject( { magnitude: decimalUpTo( 4 ) } ),
	rowValue: z.strictObject( {
		taxCode: z.string(),
		rowNet: amount,
		rowTax: amount,
	} ),
	nominalCode: z.string().optional(),
} );

const locked = (): Reply =>
	refuse(
		400,
		problem( INVENTED.orderLocked, 'An invoiced order cannot be changed' )
	);

function openOrder( call: Call ): Checked< Order > {
	const order = call.account.tables.orders.get( idOf( call ) );
	if ( ! order ) {
		return bad( noSuchOrder( call.params.id ?? '' ) );
	}
	return isInvoiced( call.account, order ) ? bad( locked() ) : good( order );
}

/** Steps by ten from the last one (recorded). */
const nextSequence = ( order: Order ): number =>
	Math.max( 0, ...order.rows.map( ( { sequence } ) => sequence ) ) + 10;

function addRow( call: Call ): Reply {
	const found = openOrder( call );
	const sent = call.body as
		{ productId?: unknown; productName?: unknown } | undefined;
	const nameless =
		sent !== undefined &&
		sent.productId === undefined &&
		sent.productName === undefined;
	if ( ! found.ok ) {
		// Recorded: a bad order and a missing product are told together.
		const errors = ( found.reply.body as { errors: [] } ).errors;
		return nameless
			? refuse(
					400,
					...errors,
					problem(
						DOCUMENTED.rowProduct,
						'A product or a name is needed'
					)
				)
			: found.reply;
	}
	const read = readFields(
		legacyRowSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const { productId, productName, quantity, rowValue, nominalCode } =
		read.value;
	const places = Math.max(
		placesOf( rowValue.rowNet.value ),
		placesOf( rowValue.rowTax.value )
	);
	if ( places > call.switches.postedRowDecimals ) {
		return refuse(
			400,
			problem(
				INVENTED.badField,
				`rowValue: at most ${ call.switches.postedRowDecimals } decimal places`
			)
		);
	}
	const order = found.value;
	const customer = call.account.tables.contacts.get( order.customerId );
	if ( ! customer ) {
		return noSuchOrder( order.id );
	}
	const context = {
		account: call.account,
		customer,
		switches: call.switches,
	};
	const row: SentRow = {
		productId,
		name: productName,
		quantity: quantity.magnitude,
		taxCode: rowValue.taxCode,
		net: rowValue.rowNet.value,
		tax: rowValue.rowTax.value,
		nominalCode,
	};
	if (
		isPurchase( typeOf( order ) ) &&
		call.account.tables.products.get( productId ?? 0 )?.bundle != null
	) {
		// The code is a client's, the text is ours.
		return refuse(
			400,
			problem(
				DOCUMENTED.purchasedBundle,
				'A bundle cannot be purchased'
			)
		);
	}
	const faults = checkRows( context, [ row ] );
	if ( faults.length > 0 ) {
		return refuse( 400, ...faults );
	}
	const [ made, ...children ] = buildRows(
		context,
		[ row ],
		nextSequence( order )
	);
	if ( ! made ) {
		return noSuchOrder( order.id );
	}
	const { productPrice, discountPercentage } = read.value;
	order.rows.push(
		{
			...made,
			...( productPrice === undefined
				? {}
				: { price: fixed( productPrice.value, 4 ) } ),
			...( discountPercentage === undefined
				? {}
				: { discount: fixed( discountPercentage, 2 ) } ),
		},
		...children
	);
	touchOrder( call.account, order, call.now );
	// Only the bundle's own row is told.
	return answer( made.id );
}

function rowOf( call: Call, order: Order ) {
	return order.rows.find( ( row ) => row.id === idOf( call, 'rowId' ) );
}

export const noSuchRow = ( rowId: number | string ): Reply =>
	refuse(
		400,
		problem( INVENTED.unknownRow, `The order has no row ${ rowId }` )
	);

/** Fewer pieces, or a row less, can make a part-shipped order a shipped one (§1.6). */
function rowsChanged(
	{ account, now }: Call,
	order: Order,
	before: OrderCodes[ 'shipping' ]
): void {
	touchOrder( account, order, now );
	if ( before !== 'ASS' && codesOf( account, order ).shipping === 'ASS' ) {
		emitChange( account, 'order', order.id, 'modified', 'fully-shipped' );
	}
}

function patchRow( call: Call ): Reply {
	const found = openOrder( call );
	if ( ! found.ok ) {
		return found.reply;
	}
	const order = structuredClone( found.value );
	const row = rowOf( call, order );
	if ( ! row ) {
		return noSuchRow( call.params.rowId ?? '' );
	}
	const before = codesOf( call.account, order ).shipping;
	const refused = applyPatch( call.body, rowTargets( call, order, row ) );
	if ( refused ) {
		return refused;
	}
	rowsChanged( call, order, before );
	const shown = showOrder( call.account, order ) as {
		orderRows: Record< string, unknown >;
	};
	return answer( shown.orderRows[ String( row.id ) ] );
}

/** A bundle's row goes with its children; a row with allocated stock stays. */
function deleteRow( call: Call ): Reply {
	const found = openOrder( call );
	if ( ! found.ok ) {
		return found.reply;
	}
	const order = found.value;
	const row = rowOf( call, order );
	if ( ! row ) {
		return noSuchRow( call.params.rowId ?? '' );
	}
	const goes = new Set(
		order.rows
			.filter(
				( entry ) => entry === row || entry.parentRowId === row.id
			)
			.map( ( entry ) => entry.id )
	);
	const held = progressOf( call.account, order ).some(
		( entry ) =>
			goes.has( entry.row.id ) && entry.reserved + entry.noted > 0
	);
	if ( held || row.bundleChild ) {
		return refuse(
			400,
			problem(
				INVENTED.orderLocked,
				'A row with allocated stock, or one that belongs to a bundle, cannot be deleted'
			)
		);
	}
	const before = codesOf( call.account, order ).shipping;
	order.rows = order.rows.filter( ( entry ) => ! goes.has( entry.id ) );
	rowsChanged( call, order, before );
	return silent();
}

export const orderRowRoutes: readonly Route[] = [
	route( 'POST', '/order-service/order/{id}/row', 'post-order-row', addRow ),
	route(
		'PATCH',
		'/order-service/order/{id}/row/{rowId}',
		'patch-order-row',
		patchRow
	),
	route(
		'DELETE',
		'/order-service/order/{id}/row/{rowId}',
		'delete-order-row',
		deleteRow
	),
];
