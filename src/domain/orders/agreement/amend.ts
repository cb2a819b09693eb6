/**
 * What an order in Brightpearl is to be changed in, made of the three-way comparison of its rows
 * and parts (`merge-rows.ts`, `merge-parts.ts`).
 */
import type { Conflict } from '../../../contracts/answers.ts';
import type {
	SalesOrderChange,
	SalesOrderRowBody,
} from '../../../contracts/brightpearl-bodies.ts';
import { toAddressBody, toRowBody } from '../bodies.ts';
import { changeInWords, REMOVED, rowInWords, rowName } from './conflicts.ts';
import { isOtherwise } from './expected.ts';
import type { FoundOrder } from '../found.ts';
import type { PartName } from './marks.ts';
import type { MergedPart } from './merge-parts.ts';
import type { MergedRow } from './merge-rows.ts';
import type { PlannedSalesOrder } from '../types.ts';

type RowChanges = NonNullable< SalesOrderChange[ 'rows' ] >;

const PART_NAMES: Readonly< Record< PartName, string > > = {
	reference: 'reference',
	billing: 'billing address',
	delivery: 'delivery address',
	shippingMethod: 'shipping method',
};

export interface Amendment {
	/** Null = nothing is to be written. */
	readonly change: SalesOrderChange | null;
	/** `line "Canvas Tote": 2 → 3 pieces, 20.00 → 30.00; delivery address` */
	readonly words: string;
}

export function amendmentOf(
	order: PlannedSalesOrder,
	rows: readonly MergedRow[],
	parts: readonly MergedPart[]
): Amendment {
	const written = rows.filter( ( { decision } ) => decision === 'write' );
	const changes = rowChanges( order, written );
	const partNames = parts
		.filter( ( { decision } ) => decision === 'write' )
		.map( ( { name } ) => name );
	if ( changes === null && partNames.length === 0 ) {
		return { change: null, words: '' };
	}
	const isWritten = ( name: PartName ): boolean => partNames.includes( name );
	return {
		change: {
			...( isWritten( 'reference' ) ? { ref: order.ref } : {} ),
			...( isWritten( 'billing' )
				? { billingAddress: toAddressBody( order.billing ) }
				: {} ),
			...( isWritten( 'delivery' )
				? { deliveryAddress: toAddressBody( order.delivery ) }
				: {} ),
			...( isWritten( 'shippingMethod' ) &&
			order.shippingMethodId !== null
				? { shippingMethodId: order.shippingMethodId }
				: {} ),
			...( changes === null ? {} : { rows: changes } ),
		},
		words: [
			...written.map( rowWords ),
			...partNames.map( ( name ) => PART_NAMES[ name ] ),
		].join( '; ' ),
	};
}

function rowChanges(
	{ rows: planned }: PlannedSalesOrder,
	written: readonly MergedRow[]
): RowChanges | null {
	const change: RowChanges[ 'change' ][ number ][] = [];
	const add: SalesOrderRowBody[] = [];
	const remove: number[] = [];
	for ( const { store, found, before } of written ) {
		if ( store === null ) {
			if ( found !== null ) {
				remove.push( found.id );
			}
		} else if ( found === null ) {
			add.push( toRowBody( store, planned.indexOf( store ) ) );
		} else {
			change.push( {
				rowId: found.id,
				quantity: store.quantity,
				// Both, whichever differs: Brightpearl recomputes the tax of a net that is edited.
				net: store.net,
				tax: store.tax,
				...( store.taxCode === found.taxCode
					? {}
					: { taxCode: store.taxCode } ),
				...( store.productId === null ||
				store.productId === found.productId
					? {}
					: { productId: store.productId } ),
				...( store.name === ( before?.name ?? found.name )
					? {}
					: { name: store.name } ),
				...( store.nominalCode === null ||
				store.nominalCode === ( before ?? found ).nominalCode
					? {}
					: { nominalCode: store.nominalCode } ),
			} );
		}
	}
	return change.length + add.length + remove.length === 0
		? null
		: { change, add, remove };
}

function rowWords( { ref, store, found, before }: MergedRow ): string {
	if ( store === null ) {
		return `without ${ rowName( ref, before?.name ?? found?.name ?? '' ) }`;
	}
	const name = rowName( ref, store.name );
	if ( found === null ) {
		return `new ${ name }: ${ rowInWords( store ) }`;
	}
	const words = changeInWords( found, store );
	return words === '' ? name : `${ name }: ${ words }`;
}

/** What is not written of what the shop changed, with both sides' values. */
export function conflictsOf(
	rows: readonly MergedRow[],
	parts: readonly MergedPart[],
	decision: 'conflict' | 'blocked'
): readonly Conflict[] {
	return [
		...rows.filter( ( row ) => row.decision === decision ).map( inWords ),
		...parts
			.filter( ( part ) => part.decision === decision )
			.map( ( { name, store, brightpearl } ) => ( {
				what: name,
				name: PART_NAMES[ name ],
				store,
				brightpearl,
			} ) ),
	];
}

/**
 * Rows that staff changed or added alone, where Brightpearl shows something else for it than the
 * shop has.
 */
export function staffEdits(
	rows: readonly MergedRow[],
	found: FoundOrder
): readonly Conflict[] {
	const ours = new Set( rows.map( ( row ) => row.found?.id ) );
	return [
		...rows
			.filter( ( row ) => row.decision === 'leave' && isOtherwise( row ) )
			.map( inWords ),
		...found.rows
			.filter( ( row ) => ! row.bundleChild && ! ours.has( row.id ) )
			.map( ( row ) => ( {
				what: `row-${ row.id }`,
				name: `row "${ row.name ?? row.id }", added in Brightpearl`,
				store: NOT_THERE,
				brightpearl: rowInWords( row ),
			} ) ),
	];
}

const NOT_THERE = 'not there';

function inWords( { ref, store, found, before }: MergedRow ): Conflict {
	return {
		what: ref,
		name: rowName( ref, store?.name ?? before?.name ?? found?.name ?? '' ),
		store: rowInWords( store ),
		brightpearl: found === null ? REMOVED : rowInWords( found ),
	};
}
