import type { Scheme } from './auth.ts';

/** What was asked of the shop, as far as its answer is judged by it. */
export interface Asked {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Without query: for messages and for reading a relative redirect. */
	readonly url: string;
	/** Such as `GET orders/12`. */
	readonly what: string;
	readonly home: string;
	readonly scheme: Scheme;
	/** Our clock, milliseconds. */
	readonly now: number;
	/** This key has read something before: then a refused write lacks the right to write. */
	readonly readsWork: boolean;
}
