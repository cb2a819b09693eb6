/**
 * One request as the services put it, and what came of it.
 */
import type { Failure } from '../../contracts/result.ts';
import type { JsonObject, NoneOn404 } from './classify.ts';

export interface Call {
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
	/** `/{service}-service/…` */
	readonly path: string;
	readonly query?: Readonly< Record< string, string > >;
	readonly body?: unknown;
	/** Such as `if-match`; a call with headers of its own is never part of a batch. */
	readonly headers?: Readonly< Record< string, string > >;
	/** (never) */
	readonly none?: NoneOn404;
	/** False = leaves alone, even where writes are batched (true for POST, PUT and DELETE). */
	readonly batch?: boolean;
	/**
	 * What it concerns, such as `order:7`: writes with one key leave in the order they came, and
	 * the later one not before the earlier one is answered or in the same sequential batch. Told
	 * from path and body where it is left out (`concern.ts`).
	 */
	readonly key?: string;
}

/** Whether a call changes nothing there: then a lost answer may simply be asked for again. */
export function isRead( { method }: Pick< Call, 'method' > ): boolean {
	return method === 'GET' || method === 'OPTIONS';
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

/**
 * The call is made when there is room for it, so that what came meanwhile goes along. Null from
 * `make` = there is nothing to send any more; then null is answered and nothing was counted.
 */
export type AskLate = ( make: () => Call | null ) => Promise< Sent | null >;

/** `?a=1&b=2`; commas stay, as the references write id sets and column lists. */
export function queryString( query: Call[ 'query' ] ): string {
	const pairs = Object.entries( query ?? {} ).map(
		( [ name, value ] ) =>
			`${ name }=${ encodeURIComponent( value ).replaceAll( '%2C', ',' ) }`
	);
	return pairs.length > 0 ? `?${ pairs.join( '&' ) }` : '';
}
