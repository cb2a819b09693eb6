/**
 * What a handler answers, and how it is written (platform reference, §4.1).
 */
import type { Problem } from './codes.ts';

export interface Reply {
	readonly status: number;
	readonly body: unknown;
}

/** A value, or the answer that says why there is none. */
export type Checked< T > =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly reply: Reply };

export const good = < T >( value: T ): Checked< T > => ( { ok: true, value } );

export const bad = ( reply: Reply ): { ok: false; reply: Reply } => ( {
	ok: false,
	reply,
} );

/** `{"response": …}`; creates answer 200 with the new id, never 201. */
export const answer = ( response: unknown, status = 200 ): Reply => ( {
	status,
	body: { response },
} );

/** What PUT and DELETE say when all is well. */
export const silent = (): Reply => ( { status: 200, body: {} } );

export const refuse = (
	status: number,
	...errors: readonly Problem[]
): Reply => ( { status, body: { errors } } );

const ESCAPED: Readonly< Record< string, string > > = {
	'=': '\\u003d',
	'&': '\\u0026',
	'<': '\\u003c',
	'>': '\\u003e',
	"'": '\\u0027',
	'\u2028': '\\u2028',
	'\u2029': '\\u2029',
};

/** JSON as Gson writes it: these characters stand only inside texts, so replacing is safe. */
export function gson( body: unknown ): string {
	return JSON.stringify( body ).replace(
		/[=&<>'\u2028\u2029]/g,
		( character ) => ESCAPED[ character ] ?? character
	);
}

const rawJson = ( JSON as unknown as { rawJSON: ( text: string ) => unknown } )
	.rawJSON;

/** A JSON number that keeps its zeros (`20.0000`), as recorded for rates and dimensions. */
export function fixedNumber( decimal: string ): unknown {
	return rawJson( decimal );
}
