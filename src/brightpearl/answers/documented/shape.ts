/**
 * The documented fields of an answer, and how a real one differs from them.
 *
 * Written as `id! name orderRows { * { productId! } }`: `[]` stands for every element of a list,
 * `*` for every value of an object whose keys are ids or codes, `!` for a field that is always
 * there and that we need. A field without fields of its own may be anything. `#!` alone is an id,
 * or a list of them; `#` one that may be left out.
 */

export interface Shape {
	readonly required: boolean;
	readonly fields: ReadonlyMap< string, Shape >;
}

/** Endpoint without ids, such as `GET /order-service/order` → its `response`. */
export type Documented = Readonly< Record< string, Shape > >;

export interface Differences {
	/** Paths such as `response[].orderRows.*.colour`. */
	readonly unknown: readonly string[];
	readonly missing: readonly string[];
}

/** Elements of one list or map that are looked at: the others are of the same make. */
const SAMPLE = 5;
/** Somebody's text may have got into a name; ids certainly do. */
const LONGEST_NAME = 60;
const ID = /^\d+$/;

interface Draft {
	required: boolean;
	readonly fields: Map< string, Draft >;
}

export function shape( text: string ): Shape {
	const root: Draft = { required: false, fields: new Map() };
	const open: Draft[] = [ root ];
	let last = root;
	for ( const token of text.split( /\s+/ ).filter( Boolean ) ) {
		if ( token === '{' ) {
			open.push( last );
		} else if ( token === '}' ) {
			open.pop();
		} else {
			last = { required: token.endsWith( '!' ), fields: new Map() };
			open.at( -1 )?.fields.set( token.replace( /!$/, '' ), last );
		}
	}
	if ( open.length !== 1 ) {
		throw new Error( 'A brace is missing.' );
	}
	return root;
}

const shownName = ( name: string ): string =>
	ID.test( name ) ? '*' : name.slice( 0, LONGEST_NAME );
const isId = ( value: unknown ): boolean => ID.test( String( value ) );

export function differences( documented: Shape, value: unknown ): Differences {
	const unknown = new Set< string >();
	const missing = new Set< string >();

	function lookForId(
		required: boolean,
		found: unknown,
		path: string
	): void {
		const ids: readonly unknown[] = Array.isArray( found )
			? found
			: [ found ];
		if ( ids.length > 0 && ids.every( isId ) ) {
			return;
		}
		const names = Object.keys( Object( found ) );
		if ( ! Array.isArray( found ) && typeof found === 'object' ) {
			for ( const name of names ) {
				unknown.add( `${ path }.${ shownName( name ) }` );
			}
		}
		if ( required || names.length > 0 ) {
			missing.add( path );
		}
	}

	function look( expected: Shape, found: unknown, path: string ): void {
		if ( expected.fields.size === 0 ) {
			return;
		}
		const id = expected.fields.get( '#' );
		if ( id !== undefined ) {
			lookForId( id.required, found, path );
			return;
		}
		if ( Array.isArray( found ) ) {
			const element = expected.fields.get( '[]' );
			if ( element !== undefined ) {
				for ( const one of found.slice( 0, SAMPLE ) ) {
					look( element, one, `${ path }[]` );
				}
			}
			return;
		}
		if ( typeof found !== 'object' || found === null ) {
			return;
		}
		const entries = Object.entries( found );
		const any = expected.fields.get( '*' );
		if ( any !== undefined ) {
			for ( const [ , one ] of entries.slice( 0, SAMPLE ) ) {
				look( any, one, `${ path }.*` );
			}
			return;
		}
		if ( expected.fields.has( '[]' ) ) {
			return;
		}
		for ( const [ name, one ] of entries ) {
			const field = expected.fields.get( name );
			if ( field !== undefined ) {
				look( field, one, `${ path }.${ name }` );
			} else {
				unknown.add( `${ path }.${ shownName( name ) }` );
			}
		}
		const names = new Set( entries.map( ( [ name ] ) => name ) );
		for ( const [ name, { required } ] of expected.fields ) {
			if ( required && ! names.has( name ) ) {
				missing.add( `${ path }.${ name }` );
			}
		}
	}

	look( documented, value, 'response' );
	return { unknown: [ ...unknown ], missing: [ ...missing ] };
}

/** The part of a path that names an id, an id set or all of them. */
const IDS = /^(?:\*|\d[\d,.-]*)$/;

/** `GET /order-service/order` of a request for any set of orders. */
export function endpointOf( call: {
	readonly method: string;
	readonly path: string;
} ): string {
	const parts = call.path
		.split( '/' )
		.filter( ( part ) => ! IDS.test( part ) );
	return `${ call.method } ${ parts.join( '/' ).replace( /\/+$/, '' ) }`;
}
