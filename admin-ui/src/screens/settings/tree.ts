/** JSON trees by dotted path: what forms and their differences are made of. */
import { isTree, type Tree } from '../../../../src/contracts/json.ts';

export function readAt( tree: Tree, path: string ): unknown {
	return path
		.split( '.' )
		.reduce< unknown >(
			( node, key ) => ( isTree( node ) ? own( node, key ) : undefined ),
			tree
		);
}

/** A copy with another value at the path; undefined takes the key away. */
export function writeAt( tree: Tree, path: string, value: unknown ): Tree {
	const [ key = '', ...rest ] = path.split( '.' );
	if ( rest.length > 0 ) {
		const below = own( tree, key );
		return {
			...tree,
			[ key ]: writeAt(
				isTree( below ) ? below : {},
				rest.join( '.' ),
				value
			),
		};
	}
	if ( value !== undefined ) {
		return { ...tree, [ key ]: value };
	}
	return Object.fromEntries(
		Object.entries( tree ).filter( ( [ name ] ) => name !== key )
	);
}

export function own( tree: Tree, key: string ): unknown {
	return Object.hasOwn( tree, key ) ? tree[ key ] : undefined;
}
