/**
 * The common ground of shop and Brightpearl: what was agreed on last, against which both are held
 * when they are compared again (`three-way.ts`).
 */
import type { Pushed, PushedRow } from '../../../contracts/database.ts';
import type { StoreOrder } from '../../../contracts/store.ts';
import { decimal } from '../../money.ts';
import type { FoundOrder, FoundRow } from '../found.ts';
import {
	foundMarks,
	markOfRow,
	partMarks,
	rowMarks,
	type PartName,
} from './marks.ts';
import type { PlannedRow } from '../types.ts';

type Seen = NonNullable< PushedRow[ 'found' ] >;

/** Mark of a row that the shop has no longer. */
export const GONE = 'gone';
/** Mark of a row about which nothing was ever agreed. */
export const DISPUTED = 'disputed';

/** Brightpearl has no such row, and that is agreed. */
export const ABSENT: Seen = {
	rowId: 0,
	productId: 0,
	quantity: '0',
	net: '0',
	tax: '0',
	taxCode: null,
};
/** Unlike anything that Brightpearl may show, no row among it. */
const NEVER_SEEN: Seen = { ...ABSENT, rowId: -1 };

/** Products that Brightpearl books free text under (resources reference, §1.6). */
const MISC_PRODUCTS: readonly number[] = [ 1000, 1001 ];

export const PARTS: readonly PartName[] = [
	'reference',
	'billing',
	'delivery',
	'shippingMethod',
];

/** The ground of an order that is being written: nothing of it was read back yet. */
export function groundOf(
	order: StoreOrder,
	rows: readonly PlannedRow[],
	statusId: number | null
): Pushed {
	const marks = rowMarks( order );
	const parts = partMarks( order );
	const pending = ( name: PartName ) => ( {
		mark: parts[ name ],
		found: null,
	} );
	return {
		storeStatus: order.status,
		statusId,
		rows: rows.map( ( row ) =>
			groundRow( row, markOfRow( marks, row.externalRef ), null )
		),
		parts: {
			reference: pending( 'reference' ),
			billing: pending( 'billing' ),
			delivery: pending( 'delivery' ),
			shippingMethod: pending( 'shippingMethod' ),
		},
	};
}

export function groundRow(
	row: PlannedRow,
	mark: string,
	found: Seen | null
): PushedRow {
	const { externalRef, ...rest } = row;
	return { ref: externalRef, mark, ...rest, found };
}

export function seenRow( row: FoundRow | undefined ): Seen {
	return row === undefined
		? ABSENT
		: {
				rowId: row.id,
				productId: row.productId,
				quantity: row.quantity,
				net: row.net,
				tax: row.tax,
				taxCode: row.taxCode,
			};
}

/**
 * The same ground once the order was read back: filled in is only what was being written, and
 * only where Brightpearl shows it so; else it is written once more. What staff changed stays
 * unlike its ground, so that it is known for theirs.
 */
export function withFound( pushed: Pushed, found: FoundOrder ): Pushed {
	return filled( pushed, found, ( row, seen ) =>
		row.mark === GONE
			? null
			: isAsWritten( row, seen )
				? seenRow( seen )
				: null
	);
}

function filled(
	pushed: Pushed,
	found: FoundOrder,
	fill: ( row: PushedRow, seen: FoundRow | undefined ) => Seen | null
): Pushed {
	const own = ownRows( found, pushed );
	const marks = foundMarks( found );
	const part = ( name: PartName ) => ( {
		mark: pushed.parts[ name ].mark,
		found: pushed.parts[ name ].found ?? marks[ name ],
	} );
	return {
		storeStatus: pushed.storeStatus,
		statusId: pushed.statusId ?? found.statusId,
		rows: pushed.rows
			.filter(
				( row ) =>
					row.mark !== GONE ||
					row.found !== null ||
					own.has( row.ref )
			)
			.map( ( row ) => ( {
				...row,
				found: row.found ?? fill( row, own.get( row.ref ) ),
			} ) ),
		parts: {
			reference: part( 'reference' ),
			billing: part( 'billing' ),
			delivery: part( 'delivery' ),
			shippingMethod: part( 'shippingMethod' ),
		},
	};
}

function isAsWritten( row: PushedRow, seen: FoundRow | undefined ): boolean {
	return (
		seen !== undefined &&
		same( row.quantity, seen.quantity ) &&
		same( row.net, seen.net ) &&
		same( row.tax, seen.tax )
	);
}

/**
 * Brightpearl's rows that carry a reference of ours, by it; a bundle's children are Brightpearl's
 * own. A row that staff copied carries it too: ours is the one we know, else the oldest.
 */
export function ownRows(
	found: FoundOrder,
	pushed: Pushed | null
): ReadonlyMap< string, FoundRow > {
	const known = new Set(
		( pushed?.rows ?? [] ).map( ( row ) => row.found?.rowId )
	);
	const rows = new Map< string, FoundRow >();
	for ( const row of found.rows ) {
		if ( row.externalRef === null || row.bundleChild ) {
			continue;
		}
		const other = rows.get( row.externalRef );
		if (
			other === undefined ||
			( ! known.has( other.id ) &&
				( known.has( row.id ) || row.id < other.id ) )
		) {
			rows.set( row.externalRef, row );
		}
	}
	return rows;
}

/** What is kept of rows that were made before anything was: as Brightpearl shows them. */
export function agreedByFound(
	rows: ReadonlyMap< string, FoundRow >
): ReadonlyMap< string, PushedRow > {
	return new Map(
		[ ...rows ].map( ( [ ref, row ] ) => [
			ref,
			{
				ref,
				mark: DISPUTED,
				productId: MISC_PRODUCTS.includes( row.productId )
					? null
					: row.productId,
				name: row.name ?? '',
				quantity: row.quantity,
				taxCode: row.taxCode ?? '',
				net: row.net,
				tax: row.tax,
				nominalCode: row.nominalCode,
				found: NEVER_SEEN,
			},
		] )
	);
}

/**
 * The ground of an order that was pushed when none was kept.
 *
 * @param unedited The shop's order is as it was pushed: whatever Brightpearl shows now is agreed.
 *                 Otherwise only what is the same on both sides is, and the rest is in dispute.
 */
export function groundOfOld(
	order: StoreOrder,
	rows: readonly PlannedRow[],
	found: FoundOrder,
	unedited: boolean
): Pushed {
	const fresh = groundOf( order, rows, found.statusId );
	if ( unedited ) {
		return filled( fresh, found, ( _row, seen ) => seenRow( seen ) );
	}
	const own = ownRows( found, null );
	const refs = new Set( rows.map( ( row ) => row.externalRef ) );
	const marks = foundMarks( found );
	const disputed = ( name: PartName ) => ( {
		mark: DISPUTED,
		found: `${ DISPUTED }:${ marks[ name ] }`,
	} );
	return {
		...fresh,
		rows: [
			...fresh.rows.map( ( row ) => ( {
				...row,
				mark: DISPUTED,
				found: NEVER_SEEN,
			} ) ),
			...[ ...agreedByFound( own ) ]
				.filter( ( [ ref ] ) => ! refs.has( ref ) )
				.map( ( [ , row ] ) => row ),
		],
		parts: {
			reference: disputed( 'reference' ),
			billing: disputed( 'billing' ),
			delivery: disputed( 'delivery' ),
			shippingMethod: disputed( 'shippingMethod' ),
		},
	};
}

/** Staff's hand: Brightpearl shows something else than when it was agreed on. */
export function isRowEdited( seen: Seen, row: FoundRow | undefined ): boolean {
	if ( seen.rowId < 0 || row === undefined ) {
		return seen.rowId !== 0;
	}
	return (
		seen.rowId === 0 ||
		seen.productId !== row.productId ||
		! same( seen.quantity, row.quantity ) ||
		! same( seen.net, row.net ) ||
		! same( seen.tax, row.tax ) ||
		( seen.taxCode !== null &&
			row.taxCode !== null &&
			seen.taxCode !== row.taxCode )
	);
}

/** `2` and `2.0000` are the same. */
export function same( a: string, b: string ): boolean {
	return decimal( a ).eq( b );
}
