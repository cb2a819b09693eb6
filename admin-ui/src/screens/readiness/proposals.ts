/** Guesses of the report that a person took over: what they make of settings and aliases. Pure. */
import type { MappingItem } from '../../../../src/contracts/answers.ts';
import { isSame, isTree } from '../../../../src/contracts/json.ts';
import type { Tree } from '../../../../src/contracts/json.ts';
import { exactCsv } from '../../components/csv.ts';
import { readAt, writeAt } from '../settings/tree.ts';

export type Proposed = MappingItem & {
	readonly proposal: NonNullable< MappingItem[ 'proposal' ] >;
};

export interface Alias {
	/** In the shop. */
	readonly sku: string;
	/** In Brightpearl. */
	readonly alias: string;
}

const ALIAS = 'alias';

/** Their keys are the shop's words, which may have dots in them. */
const MAPS: readonly string[] = [
	'orders.status',
	'orders.payments',
	'orders.shipping',
	'orders.nominal',
	'orders.customFields',
	'writeBack.status',
];

export function isProposed( item: MappingItem ): item is Proposed {
	return item.proposal !== null;
}

export function isAlias( { proposal }: Proposed ): boolean {
	return proposal.key === ALIAS;
}

/** JSON, or else text: as `settings set KEY=VALUE` reads it. */
function valueOf( text: string ): unknown {
	try {
		return JSON.parse( text );
	} catch {
		return text;
	}
}

/** Lists grow: two proposals for tax rules are two rules. */
function joined( before: unknown, value: unknown ): unknown {
	return Array.isArray( before ) && Array.isArray( value )
		? [
				...( before as unknown[] ),
				...( value as unknown[] ).filter(
					( one ) =>
						! ( before as unknown[] ).some( ( other ) =>
							isSame( one, other )
						)
				),
			]
		: value;
}

export function withProposals(
	settings: Tree,
	chosen: readonly Proposed[]
): Tree {
	return chosen
		.filter( ( item ) => ! isAlias( item ) )
		.reduce( ( tree, { proposal: { key, value } } ) => {
			const map = MAPS.find( ( path ) => key.startsWith( `${ path }.` ) );
			const read = valueOf( value );
			if ( map === undefined ) {
				return writeAt(
					tree,
					key,
					joined( readAt( tree, key ), read )
				);
			}
			const entries = readAt( tree, map );
			return writeAt( tree, map, {
				...( isTree( entries ) ? entries : {} ),
				[ key.slice( map.length + 1 ) ]: read,
			} );
		}, settings );
}

/** Settings that two chosen proposals would set differently: only one of them can hold. */
export function clashing( chosen: readonly Proposed[] ): readonly string[] {
	const values = new Map< string, string >();
	const clashes = new Set< string >();
	for ( const item of chosen ) {
		const { key, value } = item.proposal;
		const at = isAlias( item ) ? `${ ALIAS } ${ item.store }` : key;
		const before = values.get( at );
		if (
			before !== undefined &&
			before !== value &&
			! Array.isArray( valueOf( value ) )
		) {
			clashes.add( isAlias( item ) ? item.store : key );
		}
		values.set( at, value );
	}
	return [ ...clashes ];
}

/** Those there are, with the chosen ones over them. */
export function withAliases(
	before: readonly Alias[],
	chosen: readonly Proposed[]
): readonly Alias[] {
	const all = new Map( before.map( ( { sku, alias } ) => [ sku, alias ] ) );
	for ( const item of chosen.filter( isAlias ) ) {
		const value = valueOf( item.proposal.value );
		all.set(
			item.store,
			typeof value === 'string' ? value : item.proposal.value
		);
	}
	return [ ...all ].map( ( [ sku, alias ] ) => ( { sku, alias } ) );
}

export function aliasCsv( aliases: readonly Alias[] ): string {
	return exactCsv( [
		[ 'sku', 'alias' ],
		...aliases.map( ( { sku, alias } ) => [ sku, alias ] ),
	] );
}
