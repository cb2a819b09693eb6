/**
 * Addresses inside the console: `#/orders/demo/4336?state=problem`. The first part names the
 * screen, the second the connection (absent = all of them), the rest belongs to the screen. The
 * same in both hosts, so that a link can be passed on.
 */
export type RouteQuery = Readonly< Record< string, string > >;

export interface Route {
	/** '' = none named. */
	readonly screen: string;
	readonly connection: string | null;
	readonly rest: readonly string[];
	readonly query: RouteQuery;
}

/** What a link says; what it leaves out is empty. */
export interface Target {
	readonly screen: string;
	readonly connection?: string | null;
	readonly rest?: readonly ( string | number )[];
	/** Null and '' are left out of the address. */
	readonly query?: Readonly<
		Record< string, string | number | null | undefined >
	>;
}

export function parseRoute( hash: string ): Route {
	const [ path = '', search = '' ] = splitOnce(
		hash.replace( /^#\/?/, '' ),
		'?'
	);
	const [ screen = '', connection = '', ...rest ] = path
		.split( '/' )
		.map( decode );
	return {
		screen,
		connection: connection === '' ? null : connection,
		rest: rest.filter( ( part ) => part !== '' ),
		query: Object.fromEntries( new URLSearchParams( search ) ),
	};
}

export function formatRoute( target: Target ): string {
	const { screen, connection = null, rest = [], query = {} } = target;
	const parts = [
		screen,
		...( connection === null ? [] : [ connection, ...rest.map( String ) ] ),
	];
	const search = new URLSearchParams();
	for ( const [ key, value ] of Object.entries( query ) ) {
		if ( value !== null && value !== undefined && value !== '' ) {
			search.set( key, String( value ) );
		}
	}
	const text = search.toString();
	return `#/${ parts.map( encodeURIComponent ).join( '/' ) }${
		text === '' ? '' : `?${ text }`
	}`;
}

function splitOnce( text: string, by: string ): string[] {
	const at = text.indexOf( by );
	return at === -1 ? [ text ] : [ text.slice( 0, at ), text.slice( at + 1 ) ];
}

/** A hand-made address must not break the page. */
function decode( part: string ): string {
	try {
		return decodeURIComponent( part );
	} catch {
		return part;
	}
}
