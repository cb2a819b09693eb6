/** The embedded engine on a temporary file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../src/contracts/database.ts';
import { openDatabase } from '../../src/database/open.ts';
import {
	manualClock,
	memoryLogger,
	seededRandom,
	type Bench,
} from './bench.ts';

export const KEY = new Uint8Array( 32 ).fill( 7 );

export interface SqliteBench extends Bench {
	readonly path: string;
}

export async function openSqliteBench(): Promise< SqliteBench > {
	const folder = mkdtempSync( join( tmpdir(), 'pearlbridge-' ) );
	const path = join( folder, 'data.sqlite' );
	const clock = manualClock();
	const opened: Database[] = [];
	return {
		path,
		clock,
		async open( options = {} ) {
			const database = await openDatabase( {
				path,
				key: KEY,
				clock,
				random: seededRandom(),
				logger: memoryLogger(),
				owner: 'test',
				...options,
			} );
			opened.push( database );
			return database;
		},
		async destroy() {
			await Promise.all( opened.map( ( database ) => database.close() ) );
			rmSync( folder, { recursive: true } );
		},
	};
}
