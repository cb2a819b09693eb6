/**
 * Requests and answers of the REST API, and WordPress's form of an error.
 */

export interface RestRequest {
	readonly method: string;
	/** The numbers in the path: `id`, `sub`. */
	readonly path: Readonly< Record< string, number > >;
	/** Query parameters; of a repeated one the last wins. */
	readonly query: Readonly< Record< string, string > >;
	readonly body: Readonly< Record< string, unknown > >;
	/** The query as it came, for the `Link` header of lists. */
	readonly rawQuery: string;
	readonly pathname: string;
}

export interface Reply {
	readonly status: number;
	readonly body: unknown;
	readonly headers?: Readonly< Record< string, string > >;
	/** Errors are never cut by `_fields`. */
	readonly isError?: boolean;
}

export type Outcome< T > =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly error: Reply };

export function good< T >( value: T ): { ok: true; value: T } {
	return { ok: true, value };
}

export function restError(
	status: number,
	code: string,
	message: string,
	more: Readonly< Record< string, unknown > > = {}
): Reply {
	return {
		status,
		isError: true,
		body: { code, message, data: { status, ...more } },
	};
}

export function bad( ...error: Parameters< typeof restError > ): {
	ok: false;
	error: Reply;
} {
	return { ok: false, error: restError( ...error ) };
}

/** One parameter that does not pass its schema, before credentials are looked at. */
export function invalidParam(
	name: string,
	message: string,
	detail: string,
	data: unknown = null
): Reply {
	return restError(
		400,
		'rest_invalid_param',
		`Invalid parameter(s): ${ name }`,
		{
			params: { [ name ]: message },
			details: { [ name ]: { code: detail, message, data } },
		}
	);
}

export function missingParam( name: string ): Reply {
	return restError(
		400,
		'rest_missing_callback_param',
		`Missing parameter(s): ${ name }`,
		{ params: [ name ] }
	);
}

export function isRecord(
	value: unknown
): value is Readonly< Record< string, unknown > > {
	return (
		typeof value === 'object' && value !== null && ! Array.isArray( value )
	);
}

/** The records of a list field; anything else in it is left out. */
export function recordsOf(
	value: unknown
): Readonly< Record< string, unknown > >[] {
	return Array.isArray( value ) ? value.filter( isRecord ) : [];
}

/** PHP's string cast of what JSON can hold, as texts of a request are read. */
export function textOf( value: unknown ): string {
	switch ( typeof value ) {
		case 'string':
			return value;
		case 'number':
			return String( value );
		case 'boolean':
			return value ? '1' : '';
		default:
			return '';
	}
}

/** WordPress's reading of a boolean: `true`, `1`, `"true"`, `"1"`, `"yes"`. */
export function flagOf( value: unknown ): boolean {
	return (
		value === true ||
		value === 1 ||
		( typeof value === 'string' &&
			[ '1', 'true', 'yes', 'on' ].includes( value.toLowerCase() ) )
	);
}

/** PHP's `intval`. */
export function intOf( value: unknown ): number {
	if ( typeof value === 'number' ) {
		return Math.trunc( value );
	}
	if ( typeof value === 'boolean' ) {
		return value ? 1 : 0;
	}
	const match = /^\s*([+-]?\d+)/.exec( textOf( value ) );
	return match ? Number( match[ 1 ] ) : 0;
}

export function links(
	home: string,
	path: string,
	allow: readonly string[] = [ 'GET', 'POST', 'PUT', 'PATCH', 'DELETE' ]
): Record< string, unknown > {
	const collection = path.replace( /\/[^/]+$/, '' );
	return {
		self: [
			{
				href: `${ home }/wp-json/wc/v3/${ path }`,
				targetHints: { allow },
			},
		],
		collection: [ { href: `${ home }/wp-json/wc/v3/${ collection }` } ],
	};
}

/** What node:fs says of a file that is not there. */
export function isMissingFile( error: unknown ): boolean {
	return isRecord( error ) && error[ 'code' ] === 'ENOENT';
}
