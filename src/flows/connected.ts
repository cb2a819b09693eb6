/**
 * One connection with its live parts: what every flow is handed.
 */
import type { Brightpearl } from '../brightpearl/api.ts';
import type { Database } from '../contracts/database.ts';
import type { ProblemCode } from '../contracts/problem.ts';
import { refPrefixOf, type Settings } from '../contracts/settings.ts';
import type { Store } from '../contracts/store.ts';
import type { World } from '../contracts/world.ts';
import type { Events } from './events.ts';

export interface Connected {
	readonly name: string;
	readonly storeUrl: string;
	readonly settings: Settings;
	readonly store: Store;
	readonly brightpearl: Brightpearl;
	readonly database: Database;
	readonly world: World;
	readonly events: Events;
}

/** `P` in the names of the command line's contract, §3. */
export function refPrefix(
	connected: Pick< Connected, 'settings' | 'storeUrl' >
): string {
	return (
		connected.settings.orders.refPrefix ?? refPrefixOf( connected.storeUrl )
	);
}

/** `goLive` is set and reached. */
export function isLive( settings: Settings, now: number ): boolean {
	return settings.goLive !== null && Date.parse( settings.goLive ) <= now;
}

/**
 * Problems that are the connection's, not one order's: they are raised once against
 * `connection:{name}` however many orders they stop.
 */
const OF_CONNECTION: ReadonlySet< ProblemCode > = new Set( [
	'credentials-store',
	'credentials-brightpearl',
	'rights-store',
	'secret-unreadable',
	'site-moved',
	'throttled',
	'store-unreachable',
	'brightpearl-unreachable',
	'plugin-unreachable',
] );

export function isOfConnection( code: ProblemCode ): boolean {
	return OF_CONNECTION.has( code );
}
