/**
 * Settings while they are being typed. A draft has the shape of the settings, but a number may be
 * text that is not one yet; the schema that guards the service says what is wrong with it.
 */
import {
	explainError,
	issueDetails,
} from '../../../../src/contracts/issues.ts';
import { settingsSchema } from '../../../../src/contracts/settings.ts';
import type { Settings } from '../../../../src/contracts/settings.ts';
import { AMOUNTS, faultWords } from './fault-words.ts';
import { FIELDS, fieldOf } from './fields.ts';
import { isSame, isTree } from '../../../../src/contracts/json.ts';
import { settledOrderRule } from './order-rules.ts';
import { own, readAt, writeAt } from './tree.ts';
import type { Tree } from '../../../../src/contracts/json.ts';

export type Draft = Tree;

export interface Fault {
	readonly path: string;
	readonly message: string;
}

export const DEFAULTS: Settings = settingsSchema.parse( {} );

const NUMBERS: readonly string[] = [
	'orders.channelId',
	'orders.warehouseId',
	'orders.priceListId',
	'orders.leadSourceId',
	'orders.cancelledStatusId',
	'stock.buffer',
	'stock.minimum',
	'stock.maximum',
	'stock.breaker.percent',
	'stock.breaker.minimum',
	'budget.reserve',
];
const NUMBER_MAPS: readonly string[] = [ 'orders.status', 'orders.shipping' ];

/** A number as soon as the text is one and would be shown the same; else the text. */
export function numberOrText( text: string ): number | string {
	return /^-?\d+(\.\d+)?$/.test( text ) && String( Number( text ) ) === text
		? Number( text )
		: text;
}

/** What the schema reads: `05 ` is the number 5 now that nobody is typing it any more. */
export function settled( draft: Draft ): Draft {
	let tree = draft;
	for ( const path of NUMBERS ) {
		const value = readAt( tree, path );
		if ( typeof value === 'string' ) {
			tree = writeAt( tree, path, toNumber( value ) );
		}
	}
	for ( const path of NUMBER_MAPS ) {
		const map = readAt( tree, path );
		if ( isTree( map ) ) {
			tree = writeAt(
				tree,
				path,
				Object.fromEntries(
					Object.entries( map ).map( ( [ key, value ] ) => [
						key,
						typeof value === 'string' ? toNumber( value ) : value,
					] )
				)
			);
		}
	}
	const missing = readAt( tree, 'orders.missingSku' );
	if (
		isTree( missing ) &&
		typeof own( missing, 'productId' ) === 'string'
	) {
		tree = writeAt( tree, 'orders.missingSku', {
			productId: toNumber( String( own( missing, 'productId' ) ) ),
		} );
	}
	const warehouses = readAt( tree, 'stock.warehouses' );
	if ( Array.isArray( warehouses ) ) {
		tree = writeAt(
			tree,
			'stock.warehouses',
			warehouses.map( ( id: unknown ) =>
				typeof id === 'string' ? toNumber( id ) : id
			)
		);
	}
	for ( const path of AMOUNTS ) {
		const value = readAt( tree, path );
		if ( typeof value === 'string' ) {
			tree = writeAt( tree, path, toAmount( value ) );
		}
	}
	const rules = readAt( tree, 'orders.tax' );
	if ( Array.isArray( rules ) ) {
		tree = writeAt( tree, 'orders.tax', rules.map( settledRule ) );
	}
	const orderRules = readAt( tree, 'orders.rules' );
	if ( Array.isArray( orderRules ) ) {
		tree = writeAt(
			tree,
			'orders.rules',
			orderRules.map( ( rule ) => settledOrderRule( rule, toNumber ) )
		);
	}
	return tree;
}

function settledRule( rule: unknown ): unknown {
	if ( ! isTree( rule ) ) {
		return rule;
	}
	const percent = own( rule, 'percent' );
	const country = own( rule, 'country' );
	return {
		...rule,
		...( typeof percent === 'string'
			? { percent: toAmount( percent ) }
			: {} ),
		...( typeof country === 'string'
			? { country: country.trim().toUpperCase() }
			: {} ),
	};
}

/** ` 0,05 ` is 0.05; `1,000` might be a thousand, and stays for the schema to refuse. */
function toAmount( text: string ): string {
	const trimmed = text.trim();
	return /^-?\d+,\d{1,2}$/.test( trimmed )
		? trimmed.replace( ',', '.' )
		: trimmed;
}

function toNumber( text: string ): number | string {
	const trimmed = text.trim();
	return /^-?\d+(\.\d+)?$/.test( trimmed ) ? Number( trimmed ) : text;
}

export type Checked =
	| { readonly ok: true; readonly settings: Settings }
	| { readonly ok: false; readonly faults: readonly Fault[] };

export function check( draft: Draft ): Checked {
	const read = settingsSchema.safeParse( settled( draft ), {
		error: explainError,
	} );
	return read.success
		? { ok: true, settings: read.data }
		: { ok: false, faults: issueDetails( read.error ).map( inWords ) };
}

function inWords( { path, message }: Fault ): Fault {
	return { path, message: faultWords( path, message ) };
}

/** Of one field, and of what stands within it. */
export function faultsAt(
	faults: readonly Fault[],
	path: string
): readonly Fault[] {
	return faults.filter(
		( fault ) =>
			fault.path === path || fault.path.startsWith( `${ path }.` )
	);
}

/** The service names its faults from the connection's root. */
export function faultsFromService(
	details: readonly Fault[] | null
): readonly Fault[] {
	return ( details ?? [] ).map( ( { path, message } ) =>
		inWords( { path: path.replace( /^settings\./, '' ), message } )
	);
}

/** The fields in which two sets differ, in the order of the form. */
export function changedFields( before: Tree, after: Tree ): string[] {
	const a = settled( before );
	const b = settled( after );
	return FIELDS.filter(
		( { path } ) => ! isSame( readAt( a, path ), readAt( b, path ) )
	).map( ( { path } ) => path );
}

/** What a default is, where there is something to show. */
export function defaultOf( path: string ): unknown {
	return readAt( DEFAULTS, path );
}

export interface Merge {
	/** Changed meanwhile, and not here. */
	readonly theirs: readonly string[];
	/** Changed on both sides, differently. */
	readonly both: readonly string[];
	/** Changed here alone. */
	readonly mine: readonly string[];
}

/** Maps of the shop's words: two people may change different entries of one. */
const MAPS: ReadonlySet< string > = new Set( [
	'orders.status',
	'orders.payments',
	'orders.shipping',
	'orders.customFields',
	'writeBack.status',
] );

/** Three ways: what was loaded, what is typed here, what is saved there now. */
export function compareAll( base: Tree, mine: Tree, theirs: Tree ): Merge {
	const here = new Set( changedFields( base, mine ) );
	const there = new Set( changedFields( base, theirs ) );
	const differ = new Set( changedFields( mine, theirs ) );
	return {
		theirs: [ ...there ].filter( ( path ) => ! here.has( path ) ),
		both: [ ...there ].filter(
			( path ) => here.has( path ) && differ.has( path )
		),
		mine: [ ...here ].filter( ( path ) => ! there.has( path ) ),
	};
}

/** Theirs, with those fields of mine; of a map only the entries that I changed. */
export function merged(
	base: Tree,
	mine: Tree,
	theirs: Tree,
	keep: readonly string[]
): Draft {
	return keep.reduce(
		( tree, path ) =>
			writeAt(
				tree,
				path,
				MAPS.has( path )
					? mergedMap(
							readAt( base, path ),
							readAt( mine, path ),
							readAt( theirs, path )
						)
					: readAt( mine, path )
			),
		theirs
	);
}

function mergedMap( base: unknown, mine: unknown, theirs: unknown ): unknown {
	if ( ! isTree( base ) || ! isTree( mine ) || ! isTree( theirs ) ) {
		return mine;
	}
	const keys = [
		...new Set( [ ...Object.keys( theirs ), ...Object.keys( mine ) ] ),
	];
	return Object.fromEntries(
		keys.flatMap( ( key ) => {
			// Null is a value here, and says something else than no entry.
			const whose = isSame( own( base, key ), own( mine, key ) )
				? theirs
				: mine;
			return Object.hasOwn( whose, key ) ? [ [ key, whose[ key ] ] ] : [];
		} )
	);
}

/** How many of these lie in each section. */
export function bySection( paths: readonly string[] ): Map< string, number > {
	const counts = new Map< string, number >();
	for ( const path of paths ) {
		const section = fieldOf( path )?.section;
		if ( section !== undefined ) {
			counts.set( section, ( counts.get( section ) ?? 0 ) + 1 );
		}
	}
	return counts;
}
