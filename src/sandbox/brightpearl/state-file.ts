/**
 * The state file: everything the accounts hold, so that a restart continues where it was.
 *
 * Written to a neighbour and renamed, at most a few tenths of a second after a change. Each
 * row's text is kept ready by its table, so a save costs what changed, not what there is.
 */
import {
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	writeFileSync,
} from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Account, Tables } from './account.ts';
import { switchesSchema } from './switches.ts';
import type { Switches } from './switches.ts';

const FORMAT = 1;
const DELAY = 200;
/** Rows written between two breaths of the event loop. */
const CHUNK = 2000;

const savedSchema = z.object( {
	format: z.literal( FORMAT ),
	seed: z.int(),
	switches: switchesSchema,
	accounts: z.record(
		z.string(),
		z.object( {
			counters: z.record( z.string(), z.int() ),
			tables: z.record(
				z.string(),
				z.object( {
					last: z.int(),
					rows: z.array( z.looseObject( { id: z.int() } ) ),
				} )
			),
		} )
	),
} );
export type SavedState = z.infer< typeof savedSchema >;

/** Null = there is none yet. A file that cannot be read is an error, never overwritten. */
export function readStateFile( path: string ): SavedState | null {
	if ( ! existsSync( path ) ) {
		return null;
	}
	try {
		return savedSchema.parse( JSON.parse( readFileSync( path, 'utf8' ) ) );
	} catch ( error ) {
		throw new Error(
			`${ path } is no state file of this sandbox: move it away to start anew`,
			{ cause: error }
		);
	}
}

export function restoreAccount(
	account: Account,
	saved: SavedState[ 'accounts' ][ string ]
): void {
	Object.assign( account.counters, saved.counters );
	for ( const [ name, table ] of Object.entries( account.tables ) ) {
		const from = saved.tables[ name ];
		if ( from ) {
			table.load( from.rows as never, from.last );
		}
	}
}

/** The whole state as pieces of JSON text; taken in one go, so that it is of one moment. */
function describeState(
	seed: number,
	switches: Switches,
	accounts: readonly Account[]
): string[] {
	const pieces: string[] = [
		`{"format":${ FORMAT },"seed":${ seed },"switches":${ JSON.stringify( switches ) },"accounts":{`,
	];
	accounts.forEach( ( account, index ) => {
		pieces.push(
			`${ index > 0 ? ',' : '' }\n"${ account.code }":{"counters":${ JSON.stringify( account.counters ) },"tables":{`
		);
		const tables = Object.entries( account.tables ) as [
			string,
			Tables[ keyof Tables ],
		][];
		tables.forEach( ( [ name, table ], place ) => {
			pieces.push(
				`${ place > 0 ? ',' : '' }\n"${ name }":{"last":${ table.lastId() },"rows":[`
			);
			table
				.texts()
				.forEach( ( text, row ) =>
					pieces.push( `${ row > 0 ? ',' : '' }\n${ text }` )
				);
			pieces.push( ']}' );
		} );
		pieces.push( '}}' );
	} );
	pieces.push( '\n}}\n' );
	return pieces;
}

export interface StateFile {
	/** Something changed. */
	touch(): void;
	/** Saves what is not saved yet and stops. */
	close(): Promise< void >;
}

export function createStateFile(
	path: string,
	describe: () => readonly [ number, Switches, readonly Account[] ]
): StateFile {
	mkdirSync( dirname( path ), { recursive: true } );
	const next = `${ path }.${ process.pid }.tmp`;
	let timer: NodeJS.Timeout | null = null;
	let saving: Promise< void > = Promise.resolve();
	let dirty = false;
	let closed = false;

	const save = async (): Promise< void > => {
		timer = null;
		dirty = false;
		const pieces = describeState( ...describe() );
		const file = await open( next, 'w', 0o600 );
		try {
			for ( let at = 0; at < pieces.length; at += CHUNK ) {
				await file.write( pieces.slice( at, at + CHUNK ).join( '' ) );
			}
		} finally {
			await file.close();
		}
		await rename( next, path );
	};

	return {
		touch: () => {
			dirty = true;
			// A timer of the machine's, not of the passed-in clock: this is I/O, not behaviour.
			timer ??= setTimeout( () => {
				// A disk that is full keeps the sandbox running on memory; the next change tries again.
				saving = saving.then( save ).catch( () => {
					dirty = true;
				} );
			}, DELAY );
			if ( closed ) {
				clearTimeout( timer );
			}
		},
		close: async () => {
			closed = true;
			if ( timer ) {
				clearTimeout( timer );
			}
			await saving;
			if ( dirty || ! existsSync( path ) ) {
				// Nothing else runs any more: in one go, and an error is told.
				writeFileSync(
					next,
					describeState( ...describe() ).join( '' ),
					{
						mode: 0o600,
					}
				);
				renameSync( next, path );
			}
		},
	};
}
