/**
 * What a stock flow is made of.
 */
import type { Brightpearl } from '../../brightpearl/api.ts';
import type { Database } from '../../contracts/database.ts';
import { taskKey } from '../../contracts/queue.ts';
import { retry, type Result } from '../../contracts/result.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { Store } from '../../contracts/store.ts';
import type { World } from '../../contracts/world.ts';
import type { Events } from '../events.ts';

/** Enters every order that changed in the shop into the ledger; `readAt` = when it began. */
export type ScanOrders = () => Promise< Result< { readonly readAt: string } > >;

export interface StockParts {
	readonly connection: string;
	readonly settings: Settings;
	readonly database: Database;
	readonly store: Store;
	readonly brightpearl: Brightpearl;
	readonly world: World;
	readonly scanOrders: ScanOrders;
	readonly events?: Events;
}

/** The key of the task that carries one named run, so that others leave the run to it. */
export function stockRunKey( connection: string, runId: number ): string {
	return taskKey( connection, 'stock', `run-${ runId }` );
}

/** The process stops, or another one took the run over: nothing more may be written. */
export function stopped(): ReturnType< typeof retry > {
	return retry(
		'service',
		'lost-lease',
		'The stock run was stopped; it goes on at the next try.'
	);
}

export function slices< T >( list: readonly T[], size: number ): T[][] {
	const parts: T[][] = [];
	for ( let start = 0; start < list.length; start += size ) {
		parts.push( list.slice( start, start + size ) );
	}
	return parts;
}
