/** JSON trees by dotted path: what forms and their differences are made of. */
export type Tree = Readonly< Record< string, unknown > >;

export function isTree( value: unknown ): value is Tree {
	return (
		typeof value === 'object' && value !== null && ! Array.isArray( value )
	);
}

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

/** Of JSON values; the order of an object's keys says nothing. */
export function isSame( one: unknown, other: unknown ): boolean {
	if ( Array.isArray( one ) && Array.isArray( other ) ) {
		return (
			one.length === other.length &&
			one.every( ( value, index ) => isSame( value, other[ index ] ) )
		);
	}
	if ( isTree( one ) && isTree( other ) ) {
		const keys = Object.keys( one );
		return (
			keys.length === Object.keys( other ).length &&
			keys.every(
				( key ) =>
					Object.hasOwn( other, key ) &&
					isSame( one[ key ], other[ key ] )
			)
		);
	}
	return one === other;
}
