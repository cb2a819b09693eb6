/**
 * The rows of an order that is in Brightpearl, each compared three ways: what is to be written of
 * it, and what is agreed on once it is.
 */
import type { Pushed, PushedRow } from '../../../contracts/database.ts';
import {
	ABSENT,
	DISPUTED,
	GONE,
	groundRow,
	isRowEdited,
	ownRows,
	same,
	seenRow,
} from './common-ground.ts';
import type { FoundOrder, FoundRow } from '../found.ts';
import { markOfRow } from './marks.ts';
import { decide, type Decision, type Resolve } from './three-way.ts';
import type { PlannedRow } from '../types.ts';

export interface MergedRow {
	readonly ref: string;
	readonly decision: Decision;
	/** As the shop has it; null = it has no such row (any more). */
	readonly store: PlannedRow | null;
	/** As Brightpearl has it; null = it has none. */
	readonly found: FoundRow | null;
	/** What was agreed on before; null = nothing. */
	readonly before: PushedRow | null;
	/** What is agreed on then; null = there is no such row any more. */
	readonly after: PushedRow | null;
}

export interface MergeRules {
	readonly resolve: Resolve;
	/** Nothing of the order can be written. */
	readonly frozen: boolean;
}

/**
 * @param rows  As the shop has them now.
 * @param marks Of the shop's order, see `rowMarks`.
 */
export function mergeRows(
	rows: readonly PlannedRow[],
	marks: ReadonlyMap< string, string >,
	ground: Pushed,
	found: FoundOrder,
	rules: MergeRules
): readonly MergedRow[] {
	const own = ownRows( found, ground );
	const stored = new Map( rows.map( ( row ) => [ row.externalRef, row ] ) );
	const agreed = new Map( ground.rows.map( ( row ) => [ row.ref, row ] ) );
	// A row of Brightpearl's that neither side knows is staff's own, whatever it is called.
	const refs = new Set( [ ...stored.keys(), ...agreed.keys() ] );
	return [ ...refs ].map( ( ref ) =>
		mergeRow(
			ref,
			stored.get( ref ),
			markOfRow( marks, ref ),
			agreed.get( ref ),
			own.get( ref ),
			rules
		)
	);
}

function mergeRow(
	ref: string,
	store: PlannedRow | undefined,
	mark: string,
	before: PushedRow | undefined,
	found: FoundRow | undefined,
	{ resolve, frozen }: MergeRules
): MergedRow {
	const isNew = before === undefined;
	const seen = before?.found ?? null;
	const differs =
		store !== undefined && ( isNew || isOtherRow( store, before ) );
	const shopChanged =
		isNew ||
		before.mark === DISPUTED ||
		( store === undefined
			? before.mark !== GONE
			: before.mark === GONE || ( before.mark !== mark && differs ) );
	const decision = decide(
		{
			equal: isSame( store, found, before ),
			pending: ! isNew && seen === null,
			shopChanged,
			// A row that we never agreed on, under our own reference, is not ours to change.
			staffChanged: isNew
				? found !== undefined
				: seen !== null && isRowEdited( seen, found ),
			asked: true,
			moved: differs,
		},
		resolve,
		frozen
	);
	return {
		ref,
		decision,
		store: store ?? null,
		found: found ?? null,
		before: before ?? null,
		after: afterOf( decision, store, mark, before, found ),
	};
}

function afterOf(
	decision: Decision,
	store: PlannedRow | undefined,
	mark: string,
	before: PushedRow | undefined,
	found: FoundRow | undefined
): PushedRow | null {
	const gone = before === undefined ? null : { ...before, mark: GONE };
	switch ( decision ) {
		case 'agreed':
			return store === undefined
				? null
				: groundRow( store, mark, seenRow( found ) );
		case 'write':
			return store === undefined
				? gone && { ...gone, found: null }
				: groundRow( store, mark, null );
		case 'yield':
			return store === undefined
				? gone && { ...gone, found: seenRow( found ) }
				: groundRow( store, mark, seenRow( found ) );
		case 'leave':
			return store === undefined
				? ( before ?? null )
				: groundRow( store, mark, before?.found ?? ABSENT );
		case 'conflict':
		case 'blocked':
			return before ?? null;
	}
}

function isOtherRow( row: PlannedRow, before: PushedRow ): boolean {
	return (
		row.productId !== before.productId ||
		row.name !== before.name ||
		row.taxCode !== before.taxCode ||
		row.nominalCode !== before.nominalCode ||
		! same( row.quantity, before.quantity ) ||
		! same( row.net, before.net ) ||
		! same( row.tax, before.tax )
	);
}

/** Both sides have it alike, or neither has it. What Brightpearl does not tell is not compared. */
function isSame(
	store: PlannedRow | undefined,
	found: FoundRow | undefined,
	before: PushedRow | undefined
): boolean {
	if ( store === undefined || found === undefined ) {
		return store === undefined && found === undefined;
	}
	const isRenamed = before !== undefined && before.name !== store.name;
	return (
		same( store.quantity, found.quantity ) &&
		same( store.net, found.net ) &&
		same( store.tax, found.tax ) &&
		( found.taxCode === null || store.taxCode === found.taxCode ) &&
		( store.productId === null || store.productId === found.productId ) &&
		( ! isRenamed || store.name === found.name )
	);
}
