/**
 * What a console may ask, and in which of its two hosts. In wp-admin a call comes through the
 * plugin, signed with the key of one connection, and is bound to that connection; in the
 * sidecar's own host a person with a session sees all connections.
 */
import { z } from 'zod';
import type { OperationName } from './operations.ts';

export interface ConsoleOperation {
	/** A command changes something: it carries an idempotency key, and the plugin waits longer. */
	readonly kind: 'read' | 'command';
	/**
	 * The field of the input that names the connection, which a signed call is bound to; null =
	 * only in the sidecar's own host.
	 */
	readonly bound: 'connection' | 'name' | null;
}

const read = ( bound: ConsoleOperation[ 'bound' ] ) =>
	( { kind: 'read', bound } ) as const;
const command = ( bound: ConsoleOperation[ 'bound' ] ) =>
	( { kind: 'command', bound } ) as const;

export const CONSOLE_OPERATIONS = {
	status: read( 'connection' ),
	activity: read( 'connection' ),
	ordersList: read( 'connection' ),
	ordersShow: read( 'connection' ),
	ordersCompare: read( 'connection' ),
	ordersPush: command( 'connection' ),
	ordersDecide: command( 'connection' ),
	ordersResolve: command( 'connection' ),
	ordersSweep: command( 'connection' ),
	ordersBackfill: command( 'connection' ),
	backfillList: read( 'connection' ),
	backfillShow: read( 'connection' ),
	backfillPause: command( 'connection' ),
	backfillResume: command( 'connection' ),
	backfillCancel: command( 'connection' ),
	mappingReport: read( 'connection' ),
	aliasesExport: read( 'connection' ),
	aliasesImport: command( 'connection' ),
	settingsExport: read( 'connection' ),
	settingsImport: command( 'connection' ),
	stockRuns: read( 'connection' ),
	stockRunShow: read( 'connection' ),
	stockPull: command( 'connection' ),
	stockExplain: read( 'connection' ),
	problemsList: read( 'connection' ),
	problemsRetry: command( 'connection' ),
	choices: read( 'connection' ),
	settingsShow: read( 'connection' ),
	settingsSave: command( 'connection' ),
	settingsHistory: read( 'connection' ),
	connectionShow: read( 'name' ),
	connectionCheck: command( 'name' ),
	connectionEdit: command( 'name' ),
	connectionSite: command( 'name' ),
	connectionConsent: command( 'name' ),
	connectionConsentState: read( 'name' ),
	connectionAuthorize: command( 'name' ),
	connectionList: read( null ),
	connectionAdd: command( null ),
	connectionRemove: command( null ),
	connectionUnpair: command( null ),
	pair: command( null ),
} as const satisfies Partial< Record< OperationName, ConsoleOperation > >;

export type ConsoleOperationName = keyof typeof CONSOLE_OPERATIONS;

export function isConsoleOperation(
	name: string
): name is ConsoleOperationName {
	return Object.hasOwn( CONSOLE_OPERATIONS, name );
}

/**
 * `POST /console/operations/{name}` (session) and `POST /v1/console/{name}` (signed); the answer
 * is `operationResponseSchema` with status 200 whatever the exit, so that only transport faults
 * are HTTP errors, and 409 `key-reused`: the idempotency key was used for something else.
 */
export const consoleRequestSchema = z.strictObject( {
	input: z.unknown(),
	/** Milliseconds from now until waiting ends; the work goes on. */
	timeout: z.int().min( 0 ).max( 60_000 ),
	/** The same key again is the same click: it is answered with what came of the first. */
	idempotencyKey: z.string().min( 8 ).max( 80 ).nullable().default( null ),
	/** Who asks, for the record; the plugin names the WordPress user. */
	by: z.string().max( 100 ).nullable().default( null ),
} );
export type ConsoleRequest = z.input< typeof consoleRequestSchema >;

/** `POST /console/login`: the token of the one-time link. 204 and a cookie, or 401. */
export const loginRequestSchema = z.strictObject( {
	token: z.string().min( 16 ).max( 200 ),
} );

/** `GET /console/session`; 401 without one. */
export const sessionSchema = z.object( {
	/** Goes with every POST as `X-Pearlbridge-CSRF`. */
	csrf: z.string(),
	expiresAt: z.string(),
	version: z.string(),
} );
export type Session = z.infer< typeof sessionSchema >;
