/**
 * What the comparison of an order in Brightpearl starts from: the common ground, and the shop's
 * rows as they are to be by what was agreed on.
 */
import type {
	OrderLink,
	Pushed,
	PushedRow,
} from '../../../contracts/database.ts';
import type { StoreOrder } from '../../../contracts/store.ts';
import { decimal, isZero, sum } from '../../money.ts';
import {
	agreedByFound,
	GONE,
	groundOf,
	groundOfOld,
	ownRows,
} from './common-ground.ts';
import { unchangedSince } from './fingerprint.ts';
import type { FoundOrder } from '../found.ts';
import { rowMarks } from './marks.ts';
import { lineName } from '../rows/names.ts';
import type { Rows } from '../rows/rows.ts';
import { settledRows } from '../rows/settled-rows.ts';
import type { PlanInput, PlannedRow } from '../types.ts';

/** Kept with the link; made up of what both sides show for an order of an earlier version. */
export function groundNow(
	input: PlanInput,
	link: OrderLink,
	found: FoundOrder
): Pushed {
	if ( link.pushed !== null ) {
		return link.pushed;
	}
	const { order } = input;
	const own = ownRows( found, null );
	const { rows } = settledRows( input, agreedByFound( own ) );
	if ( link.fingerprint === null ) {
		// It was being made when nobody got to see the end of it: nothing can have been agreed.
		return groundOf( order, rows, found.statusId );
	}
	const status = unchangedSince( link.fingerprint, order );
	const ground = groundOfOld( order, rows, found, status !== undefined );
	return { ...ground, storeStatus: status ?? order.status };
}

/**
 * The rows of the shop's order. While nothing in the shop moved a row they are those that were
 * agreed on, whatever became of products and settings since; else only rows that were edited are
 * made anew, and the values of all are settled again.
 */
export function shopRows( input: PlanInput, ground: Pushed ): Rows {
	const { order } = input;
	const marks = rowMarks( order );
	const agreed = ground.rows.filter( ( { mark } ) => mark !== GONE );
	if ( isAsAgreed( order, marks, agreed ) ) {
		return { rows: agreed.map( plannedAgain ), problems: [] };
	}
	const settled = settledRows(
		input,
		new Map(
			agreed.flatMap( ( row ): [ string, PushedRow ][] => {
				const kept = keptOf( row, order, marks );
				return kept === null ? [] : [ [ row.ref, kept ] ];
			} )
		)
	);
	return settled.problems.length > 0
		? {
				rows: agreed.map( plannedAgain ),
				problems: settled.problems,
			}
		: settled;
}

function isAsAgreed(
	order: StoreOrder,
	marks: ReadonlyMap< string, string >,
	agreed: readonly PushedRow[]
): boolean {
	const rows = new Map( agreed.map( ( row ) => [ row.ref, row ] ) );
	const gross = sum(
		agreed.map( ( { net, tax } ) => decimal( net ).plus( tax ) )
	);
	// A charge of nothing has no row, and a coupon only where the settings said so.
	const isKnown = ( ref: string, isNothing: boolean ): boolean =>
		rows.get( ref )?.mark === marks.get( ref ) ||
		( isNothing && ! rows.has( ref ) );
	return (
		gross.eq( order.total ) &&
		order.lines.every( ( { id } ) => isKnown( `line-${ id }`, false ) ) &&
		order.shippingLines.every( ( { id, total, totalTax } ) =>
			isKnown( `ship-${ id }`, isZero( total ) && isZero( totalTax ) )
		) &&
		order.fees.every( ( { id, total, totalTax } ) =>
			isKnown( `fee-${ id }`, isZero( total ) && isZero( totalTax ) )
		) &&
		order.coupons.every( ( { id } ) =>
			isKnown( `coupon-${ id }`, true )
		) &&
		agreed.every( ( { ref } ) => ref === 'rounding' || marks.has( ref ) )
	);
}

/**
 * What a row keeps when the rows are made anew; null = nothing. A line whose product is gone from
 * the shop still is the product it was.
 */
function keptOf(
	row: PushedRow,
	order: StoreOrder,
	marks: ReadonlyMap< string, string >
): PushedRow | null {
	if ( row.mark === marks.get( row.ref ) ) {
		return row;
	}
	const line = order.lines.find( ( { id } ) => `line-${ id }` === row.ref );
	return line !== undefined && line.sku === '' && row.productId !== null
		? { ...row, name: lineName( line ) }
		: null;
}

export function plannedAgain( row: PushedRow ): PlannedRow {
	return {
		externalRef: row.ref,
		productId: row.productId,
		name: row.name,
		quantity: row.quantity,
		taxCode: row.taxCode,
		net: row.net,
		tax: row.tax,
		nominalCode: row.nominalCode,
	};
}
