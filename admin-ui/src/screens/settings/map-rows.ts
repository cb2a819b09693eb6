/** The rows of the mapping tables: what the shop has, and what is mapped although it has not. */
import type { Choices } from '../../../../src/contracts/answers.ts';
import type { Tree } from '../../../../src/contracts/json.ts';

type Store = NonNullable< Choices[ 'store' ] >;

export interface MapRow {
	readonly key: string;
	/** '' = the shop has no word for it. */
	readonly name: string;
	/** The shop's list was read and does not have it. */
	readonly unknown: boolean;
}

/** All statuses of the shop, then what is set although the shop has it no more. */
export function statusRows(
	map: Tree,
	statuses: Store[ 'statuses' ] | null
): MapRow[] {
	return withRest(
		map,
		( statuses ?? [] ).map( ( { slug, name } ) => ( { key: slug, name } ) ),
		statuses !== null
	);
}

/** All order statuses of Brightpearl, by id. */
export function brightpearlStatusRows(
	map: Tree,
	statuses: NonNullable< Choices[ 'brightpearl' ] >[ 'orderStatuses' ] | null
): MapRow[] {
	return withRest(
		map,
		( statuses ?? [] ).map( ( { id, name } ) => ( {
			key: String( id ),
			name,
		} ) ),
		statuses !== null
	);
}

export const NO_METHOD = '';
export const EVERYTHING = '*';

/** Without `''` and `'*'`, which stand apart. */
export function paymentRows(
	map: Tree,
	methods: Store[ 'paymentMethods' ] | null
): MapRow[] {
	return withRest(
		map,
		( methods ?? [] ).map( ( { id, title } ) => ( {
			key: id,
			name: title,
		} ) ),
		methods !== null
	).filter( ( { key } ) => key !== NO_METHOD && key !== EVERYTHING );
}

export interface ShippingGroup {
	/** Null = kinds of methods, whatever the zone. */
	readonly zone: string | null;
	readonly rows: readonly MapRow[];
}

/** The methods of each zone, then their kinds; without `'*'`. */
export function shippingGroups(
	map: Tree,
	methods: Store[ 'shippingMethods' ] | null
): ShippingGroup[] {
	const zones = new Map< string, MapRow[] >();
	const kinds = new Set< string >();
	const offered = new Set< string >();
	for ( const { id, title, zone } of methods ?? [] ) {
		zones.set( zone, [
			...( zones.get( zone ) ?? [] ),
			{ key: id, name: title, unknown: false },
		] );
		offered.add( id );
		kinds.add( kindOf( id ) );
	}
	const rest = Object.keys( map ).filter(
		( key ) => key !== EVERYTHING && ! offered.has( key )
	);
	const restRows = rest
		.filter( ( key ) => ! kinds.has( key ) )
		.map( ( key ) => ( { key, name: '', unknown: methods !== null } ) );
	return [
		...[ ...zones ].map( ( [ zone, rows ] ) => ( { zone, rows } ) ),
		{
			zone: null,
			rows: [
				...[ ...kinds ].map( ( key ) => ( {
					key,
					name: '',
					unknown: false,
				} ) ),
				...restRows,
			],
		},
	].filter( ( { rows } ) => rows.length > 0 );
}

/** `flat_rate` of `flat_rate:2`. */
export function kindOf( id: string ): string {
	return id.split( ':' )[ 0 ] ?? id;
}

/** What a shipping row that is not set gets, and from which row; null = nothing. */
export function inherited(
	map: Tree,
	key: string
): { readonly from: string; readonly value: unknown } | null {
	for ( const from of [ kindOf( key ), EVERYTHING ] ) {
		if ( from !== key && Object.hasOwn( map, from ) ) {
			return { from, value: map[ from ] };
		}
	}
	return null;
}

function withRest(
	map: Tree,
	offered: readonly { readonly key: string; readonly name: string }[],
	known: boolean
): MapRow[] {
	const keys = new Set( offered.map( ( { key } ) => key ) );
	return [
		...offered.map( ( row ) => ( { ...row, unknown: false } ) ),
		...Object.keys( map )
			.filter( ( key ) => ! keys.has( key ) )
			.map( ( key ) => ( { key, name: '', unknown: known } ) ),
	];
}
