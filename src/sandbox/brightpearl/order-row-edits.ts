/**
 * Rows added to, changed in and taken from an order by themselves (resources reference, §1.6).
 */
import { z } from 'zod';
import { isInvoiced, touchOrder } from './account.ts';
import { idOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { DOCUMENTED, INVENTED, problem } from './codes.ts';
import { decimalUpTo, readFields } from './fields.ts';
import type { Order } from './model.ts';
import { rowTargets } from './order-patch.ts';
import { buildRows, checkRows } from './order-rows.ts';
import type { SentRow } from './order-rows.ts';
import { progressOf } from './order-state.ts';
import { noSuchOrder } from './order-status.ts';
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
	const faults = checkRows( context, [ row ] );
	if ( faults.length > 0 ) {
		return refuse( 400, ...faults );
	}
	const made = buildRows( context, [ row ], ( order.rows.length + 1 ) * 10 );
	order.rows.push( ...made );
	touchOrder( call.account, order, call.now );
	// Only the bundle's own row is told.
	return answer( made[ 0 ]?.id ?? 0 );
}

function rowOf( call: Call, order: Order ) {
	return order.rows.find( ( row ) => row.id === idOf( call, 'rowId' ) );
}

const noSuchRow = ( call: Call ): Reply =>
	refuse(
		400,
		problem(
			INVENTED.unknownRow,
			`The order has no row ${ call.params.rowId ?? '' }`
		)
	);

function patchRow( call: Call ): Reply {
	const found = openOrder( call );
	if ( ! found.ok ) {
		return found.reply;
	}
	const order = structuredClone( found.value );
	const row = rowOf( call, order );
	if ( ! row ) {
		return noSuchRow( call );
	}
	const refused = applyPatch( call.body, rowTargets( call, order, row ) );
	if ( refused ) {
		return refused;
	}
	touchOrder( call.account, order, call.now );
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
		return noSuchRow( call );
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
	order.rows = order.rows.filter( ( entry ) => ! goes.has( entry.id ) );
	touchOrder( call.account, order, call.now );
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
