/** JSON values, as settings and their differences are made of. */
export type Tree = Readonly< Record< string, unknown > >;

export function isTree( value: unknown ): value is Tree {
	return (
		typeof value === 'object' && value !== null && ! Array.isArray( value )
	);
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
