/** What single commands make of their flags. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createBench, type Bench } from './program/run-main.ts';

let bench: Bench;
let asked = 0;
let imported: unknown;
beforeEach( () => {
	asked = 0;
	bench = createBench( {
		mappingReport: () => {
			asked += 1;
			return { exit: 0, body: { items: [] } };
		},
		aliasesImport: ( { input } ) => {
			imported = input;
			return { exit: 0, body: { imported: 0, retried: 0 } };
		},
		backfillPause: () => ( {
			exit: 0,
			body: {
				id: 1,
				state: 'paused',
				total: 1,
				synced: 0,
				problems: 0,
				remaining: 1,
				there: 0,
				from: null,
				to: null,
				startedAt: null,
			},
		} ),
	} );
} );
afterEach( () => bench.remove() );

test( 'mapping report: JSON and a table cannot both be on stdout', async () => {
	const { exit, stderr, stdout } = await bench.run( [
		'mapping',
		'report',
		'--json',
		'--csv',
		'-',
	] );
	expect( exit ).toBe( 2 );
	expect( stdout + stderr ).toContain( 'invalid-argument' );
	expect( asked ).toBe( 0 );
	await bench.run( [ 'mapping', 'report', '--csv', '-' ] );
	expect( asked ).toBe( 1 );
} );

test( 'aliases import: an empty table is a word of its own', async () => {
	const words = [ 'aliases', 'import', '-' ];
	await bench.run( words, { stdin: 'sku,alias\n' } );
	expect( imported ).toMatchObject( { allowEmpty: false } );
	await bench.run( [ ...words, '--allow-empty' ], { stdin: 'sku,alias\n' } );
	expect( imported ).toMatchObject( { allowEmpty: true } );
} );

test( 'orders backfill pause says that what is under way finishes', async () => {
	const { stdout } = await bench.run( [
		'orders',
		'backfill',
		'pause',
		'1',
	] );
	expect( stdout ).toContain( 'under way finish' );
} );
