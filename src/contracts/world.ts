/**
 * The world, passed in: so that tests need no module mocks and nothing reads a global.
 */

export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
	sleep( ms: number, signal?: AbortSignal ): Promise< void >;
}

export interface Random {
	/** Uniform in [0, 1). */
	next(): number;
	/** Cryptographically strong bytes. */
	bytes( length: number ): Uint8Array;
}

export type LogFields = Readonly< Record< string, unknown > >;

/** Structured log; fields must be free of secrets. */
export interface Logger {
	debug( fields: LogFields, message: string ): void;
	info( fields: LogFields, message: string ): void;
	warn( fields: LogFields, message: string ): void;
	error( fields: LogFields, message: string ): void;
	child( fields: LogFields ): Logger;
}

/** An outgoing HTTP request and its answer: what transports see of `fetch`. */
export interface HttpRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly< Record< string, string > >;
	readonly body?: string;
	/** Whole exchange, headers and body, in milliseconds. */
	readonly timeout: number;
	readonly signal?: AbortSignal;
}

export interface HttpAnswer {
	readonly status: number;
	/** Header names in lower case. */
	readonly headers: Readonly< Record< string, string > >;
	readonly body: string;
}

export type HttpOutcome =
	| { readonly ok: true; readonly answer: HttpAnswer }
	/** `sent` false = certainly not executed (refused, name not found, connect timeout). */
	| {
			readonly ok: false;
			readonly sent: boolean;
			readonly reason: 'timeout' | 'network' | 'aborted' | 'too-large';
			readonly message: string;
	  };

/** Never throws, never follows a redirect, never retries. */
export type HttpFetch = ( request: HttpRequest ) => Promise< HttpOutcome >;

export interface World {
	readonly clock: Clock;
	readonly random: Random;
	readonly logger: Logger;
	readonly fetch: HttpFetch;
}
