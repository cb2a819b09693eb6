/**
 * The schema's history, oldest first; forward only. A migration that has been released is
 * never edited: the next change is the next number.
 */
import initial from './0001-initial.sql';
import console from './0002-console.sql';
import brightpearl from './0003-brightpearl.sql';
import orders from './0004-orders.sql';
import backfills from './0005-backfills.sql';

export interface Migration {
	readonly version: number;
	readonly name: string;
	readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
	{ version: 1, name: 'initial', sql: initial },
	{ version: 2, name: 'console', sql: console },
	{ version: 3, name: 'brightpearl', sql: brightpearl },
	{ version: 4, name: 'orders', sql: orders },
	{ version: 5, name: 'backfills', sql: backfills },
];
