/**
 * JSON as people write it: a syntax error is told by line and column. The engine's own
 * messages name a place only sometimes, and quote the text around it, which is full of secrets.
 */
export type JsonText =
	| { readonly ok: true; readonly value: unknown }
	| {
			readonly ok: false;
			readonly message: string;
			/** From 1. */
			readonly line: number;
			readonly column: number;
	  };

export function parseJsonText( raw: string ): JsonText {
	// Editors on Windows begin files with a byte order mark.
	const text = raw.replace( /^\uFEFF/, '' );
	try {
		return { ok: true, value: JSON.parse( text ) };
	} catch {
		const at = firstFault( text );
		const before = text.slice( 0, at );
		const found = text.codePointAt( at );
		return {
			ok: false,
			message:
				found === undefined
					? 'it ends too early'
					: `unexpected ${ JSON.stringify(
							String.fromCodePoint( found )
						) }`,
			line: before.split( '\n' ).length,
			column: at - before.lastIndexOf( '\n' ),
		};
	}
}

const SPACE = /[ \t\r\n]*/y;
const STRING =
	/"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Nobody writes deeper by hand; deeper would overflow the stack. */
const DEEPEST = 500;

/** Where the text stops being the beginning of a JSON document; at a bad token, its start. */
function firstFault( text: string ): number {
	let at = 0;
	const take = ( pattern: RegExp ): boolean => {
		pattern.lastIndex = at;
		const match = pattern.exec( text );
		at += match?.[ 0 ].length ?? 0;
		return match !== null;
	};
	const sign = ( character: string ): boolean => {
		take( SPACE );
		const found = text[ at ] === character;
		at += found ? 1 : 0;
		return found;
	};
	const list = ( end: string, entry: () => boolean ): boolean => {
		if ( sign( end ) ) {
			return true;
		}
		while ( entry() ) {
			if ( ! sign( ',' ) ) {
				return sign( end );
			}
		}
		return false;
	};
	const string = (): boolean => {
		take( SPACE );
		return take( STRING );
	};
	const value = ( depth: number ): boolean => {
		if ( depth > DEEPEST ) {
			return false;
		}
		if ( sign( '{' ) ) {
			return list(
				'}',
				() => string() && sign( ':' ) && value( depth + 1 )
			);
		}
		if ( sign( '[' ) ) {
			return list( ']', () => value( depth + 1 ) );
		}
		return string() || take( SCALAR );
	};
	if ( value( 0 ) ) {
		take( SPACE );
	}
	return at;
}
