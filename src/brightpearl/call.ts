/**
 * One request as the services put it, and what came of it.
 */
import type { Failure } from '../contracts/result.ts';
import type { JsonObject, NoneOn404 } from './classify.ts';

export interface Call {
	readonly method: 'GET' | 'POST';
	/** `/{service}-service/…` */
	readonly path: string;
	readonly query?: Readonly< Record< string, string > >;
	readonly body?: unknown;
	/** (never) */
	readonly none?: NoneOn404;
}

export type Sent =
	| {
			readonly kind: 'answer';
			readonly body: JsonObject;
			readonly ruid: string | null;
			/** When it left, milliseconds since the epoch. */
			readonly sentAt: number;
	  }
	| {
			readonly kind: 'none';
			readonly ruid: string | null;
			readonly sentAt: number;
	  }
	| {
			readonly kind: 'failed';
			readonly failure: Failure;
			/** HTTP status; null = no answer, or never sent. */
			readonly status: number | null;
			readonly sentAt: number;
	  };

export type Ask = ( call: Call ) => Promise< Sent >;

/** `?a=1&b=2`; commas stay, as the references write id sets and column lists. */
export function queryString( query: Call[ 'query' ] ): string {
	const pairs = Object.entries( query ?? {} ).map(
		( [ name, value ] ) =>
			`${ name }=${ encodeURIComponent( value ).replaceAll( '%2C', ',' ) }`
	);
	return pairs.length > 0 ? `?${ pairs.join( '&' ) }` : '';
}
