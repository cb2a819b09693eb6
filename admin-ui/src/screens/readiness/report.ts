/** The readiness report as the screen shows it: coverage, groups, filters. Pure. */
import type {
	MappingItem,
	MappingReport,
} from '../../../../src/contracts/answers.ts';

export type Kind = MappingItem[ 'kind' ];

/** In the order of the screen. */
export const KINDS: readonly Kind[] = [
	'sku',
	'status',
	'payment',
	'shipping',
	'tax',
	'currency',
	'setting',
];

export interface Filter {
	/** All, or only what somebody should look at. */
	readonly all: boolean;
	readonly kind: Kind | null;
	readonly search: string;
}

export const NO_FILTER: Filter = { all: false, kind: null, search: '' };

export function itemKey( {
	kind,
	code,
	store,
	name,
	proposal,
}: MappingItem ): string {
	return [ kind, code, store, name, proposal?.key, proposal?.value ].join(
		'\u0000'
	);
}

export function needsLook( { level }: MappingItem ): boolean {
	return level !== 'ok';
}

export function filtered(
	items: readonly MappingItem[],
	{ all, kind, search }: Filter
): readonly MappingItem[] {
	const wanted = search.trim().toLocaleLowerCase();
	return items.filter(
		( item ) =>
			( all || needsLook( item ) ) &&
			( kind === null || item.kind === kind ) &&
			( wanted === '' ||
				[ item.store, item.name, item.brightpearl, item.message ].some(
					( text ) =>
						text !== null &&
						text.toLocaleLowerCase().includes( wanted )
				) )
	);
}

export interface Group {
	readonly kind: Kind;
	readonly items: readonly MappingItem[];
}

/** The order within a group is the service's: the worst first. */
export function grouped( items: readonly MappingItem[] ): readonly Group[] {
	return KINDS.map( ( kind ) => ( {
		kind,
		items: items.filter( ( item ) => item.kind === kind ),
	} ) ).filter( ( group ) => group.items.length > 0 );
}

export type CoverageName = Exclude< keyof MappingReport[ 'skus' ], 'total' >;

/** What is found stands first, what is lost stands last. */
const COVERAGE: readonly CoverageName[] = [
	'matched',
	'aliased',
	'similar',
	'parentOnly',
	'duplicate',
	'empty',
	'missing',
];

export interface CoveragePart {
	readonly name: CoverageName;
	readonly count: number;
	/** Percent of all. */
	readonly share: number;
}

/** Products without a SKU of their own are not among the SKUs, and are sold all the same. */
export function productsOf( skus: MappingReport[ 'skus' ] ): number {
	const sum = COVERAGE.reduce( ( all, name ) => all + skus[ name ], 0 );
	return Math.max( skus.total, sum );
}

export function coverage( skus: MappingReport[ 'skus' ] ): CoveragePart[] {
	const whole = productsOf( skus );
	return COVERAGE.map( ( name ) => ( {
		name,
		count: skus[ name ],
		share: whole === 0 ? 0 : ( skus[ name ] / whole ) * 100,
	} ) );
}

/** Percent that is found, never rounded up to all. */
export function foundShare( skus: MappingReport[ 'skus' ] ): number | null {
	const whole = productsOf( skus );
	return whole === 0
		? null
		: Math.floor( ( ( skus.matched + skus.aliased ) / whole ) * 100 );
}
