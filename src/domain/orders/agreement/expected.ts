/**
 * What the sales order is to show when it is read back: the shop's rows with staff's own edits
 * among them.
 */
import {
	decimal,
	money,
	MOST_DECIMALS,
	sum,
	type Decimal,
} from '../../money.ts';
import { same } from './common-ground.ts';
import type { FoundOrder } from '../found.ts';
import type { MergedRow } from './merge-rows.ts';
import type { Expected, PlannedRow, Totals } from '../types.ts';

/** Of an order that is being made. */
export function expectedOfNew(
	{ net, tax, total }: Totals,
	rows: readonly PlannedRow[]
): Expected {
	return { net, tax, total, rows: rows.length, edited: false };
}

/**
 * Of an order that is there: its own totals moved by what is written, because they alone know how
 * Brightpearl rounds rows that staff typed in.
 */
export function expectedOfFound(
	found: FoundOrder,
	rows: readonly MergedRow[],
	planned: readonly PlannedRow[]
): Expected {
	const written = rows.filter( ( { decision } ) => decision === 'write' );
	const moved = ( value: 'net' | 'tax' ): Decimal =>
		sum(
			written.map( ( { store, found: has } ) =>
				decimal( store?.[ value ] ?? '0' ).minus(
					has?.[ value ] ?? '0'
				)
			)
		);
	const net = decimal( found.net ).plus( moved( 'net' ) );
	const tax = decimal( found.tax ).plus( moved( 'tax' ) );
	const total = decimal( found.total )
		.plus( moved( 'net' ) )
		.plus( moved( 'tax' ) );
	const shown = found.rows.filter( ( row ) => ! row.bundleChild ).length;
	const count =
		shown +
		sum(
			written.map( ( { store, found: has } ) =>
				decimal(
					String( Number( store !== null ) - Number( has !== null ) )
				)
			)
		).toNumber();
	return {
		net: money( net, MOST_DECIMALS ),
		tax: money( tax, MOST_DECIMALS ),
		total: money( total, MOST_DECIMALS ),
		rows: count,
		edited: count !== planned.length || rows.some( isOtherwise ),
	};
}

/** Brightpearl is going to show another value than the shop has. */
export function isOtherwise( { decision, store, found }: MergedRow ): boolean {
	if ( decision === 'write' || decision === 'agreed' ) {
		return false;
	}
	return (
		( store === null ) !== ( found === null ) ||
		( store !== null &&
			found !== null &&
			! (
				same( store.quantity, found.quantity ) &&
				same( store.net, found.net ) &&
				same( store.tax, found.tax )
			) )
	);
}
