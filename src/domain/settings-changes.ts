/**
 * What differs between two sets of settings, by dotted path: what the history keeps.
 */
import type { SettingsChange } from '../contracts/answers.ts';
import { isSame, isTree, type Tree } from '../contracts/json.ts';
import type { Settings } from '../contracts/settings.ts';

export function settingsChanges(
	before: Settings,
	after: Settings
): SettingsChange[ 'changes' ] {
	return treeChanges( before, after, [] );
}

function treeChanges(
	before: Tree,
	after: Tree,
	path: readonly string[]
): SettingsChange[ 'changes' ] {
	const keys = new Set( [
		...Object.keys( before ),
		...Object.keys( after ),
	] );
	return [ ...keys ].flatMap( ( key ) =>
		valueChanges( before[ key ], after[ key ], [ ...path, key ] )
	);
}

function valueChanges(
	before: unknown,
	after: unknown,
	path: readonly string[]
): SettingsChange[ 'changes' ] {
	if ( isSame( before, after ) ) {
		return [];
	}
	return isTree( before ) && isTree( after ) && ! isBlurred( before, after )
		? treeChanges( before, after, path )
		: [
				{
					key: path.join( '.' ),
					from: before ?? null,
					to: after ?? null,
				},
			];
}

/**
 * In `orders.status` null says something and absence something else. An entry that came or went
 * with null can only be told by showing the whole map.
 */
function isBlurred( before: Tree, after: Tree ): boolean {
	const lost = ( one: Tree, other: Tree ): boolean =>
		Object.entries( one ).some(
			( [ key, value ] ) =>
				value === null && ! Object.hasOwn( other, key )
		);
	return lost( before, after ) || lost( after, before );
}
