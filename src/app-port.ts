/**
 * What the command line needs of the composition root. `app.ts` implements it; tests bring a
 * fake. It stands beside `app.ts` because imports go one way: `app` may not know `cli`.
 */
import type { ErrorBody } from './contracts/answers.ts';
import type { Operations } from './contracts/operations.ts';
import type { Clock, Logger, Random } from './contracts/world.ts';
import type { FlowEvent } from './flows/events.ts';

export interface AppOptions {
	/** Absolute; exists, and its lock is held by the caller until `close` has resolved. */
	readonly dataDir: string;
	/** The SQLite file, inside the data dir; may not exist yet. */
	readonly databaseFile: string;
	/** 32 bytes. */
	readonly key: Uint8Array;
	/** Without a slash at the end; may have a path. */
	readonly publicUrl: string | null;
	readonly version: string;
	/** Names the console answers to besides its own (`PEARLBRIDGE_ALLOWED_HOSTS`). */
	readonly allowedHosts: readonly string[];
	/** Who brings it sees the figures from other machines too (`PEARLBRIDGE_METRICS_TOKEN`). */
	readonly metricsToken: string | null;
	/** Where the built console lies; may not exist. */
	readonly consoleDir: string;
	/** Where `{"env":"NAME"}` secrets are read. */
	readonly env: Readonly< Record< string, string | undefined > >;
	readonly clock: Clock;
	readonly random: Random;
	readonly logger: Logger;
}

export interface ListenOptions {
	readonly host: string;
	/** 0 = any free one. */
	readonly port: number;
	/** Bearer token of the operations' address. */
	readonly token: string;
	/** ISO-8601 UTC, for `status`. */
	readonly startedAt: string;
}

export interface App {
	/** Work without `start`, too: an operation then does (and waits for) its own tasks itself. */
	readonly operations: Operations;
	/** Told from the moment of opening. */
	readonly events: {
		subscribe( listener: ( event: FlowEvent ) => void ): () => void;
	};
	/** Workers, schedules and the HTTP server; resolves once webhooks are taken. */
	start(
		listen: ListenOptions
	): Promise<
		| { readonly ok: true; readonly url: string }
		| { readonly ok: false; readonly error: ErrorBody }
	>;
	/** Drains (≤ 10 s), then lets go of everything; also after a `start` that failed. */
	close(): Promise< void >;
}

/**
 * A refusal is exit 2 and has touched nothing: the key does not fit this database, or the
 * database was written by a newer version.
 */
export type OpenApp = (
	options: AppOptions
) => Promise<
	| { readonly ok: true; readonly app: App }
	| { readonly ok: false; readonly error: ErrorBody }
>;
