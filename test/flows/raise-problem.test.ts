import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../../src/cli/system.ts';
import type { Database } from '../../src/contracts/database.ts';
import type { ProblemDraft } from '../../src/contracts/problem.ts';
import { openDatabase } from '../../src/database/open.ts';
import { createEvents } from '../../src/flows/events.ts';
import { raiseProblem } from '../../src/flows/raise-problem.ts';
import { createLogger } from '../../src/logging.ts';

let dir: string;
let database: Database;
let told: string[];
let raise: ( subject: string, draft: ProblemDraft ) => Promise< void >;
beforeEach( async () => {
	dir = mkdtempSync( join( tmpdir(), 'pearlbridge-raise-problem-' ) );
	told = [];
	const events = createEvents();
	events.subscribe( ( event ) => {
		if ( event.event === 'problem' ) {
			const { subject, code, message } = event.problem;
			told.push( `${ subject } ${ code } ${ message }` );
		}
	} );
	database = await openDatabase( {
		path: join( dir, 'pearlbridge.db' ),
		key: new Uint8Array( 32 ).fill( 7 ),
		clock: systemClock,
		random: systemRandom,
		logger: createLogger( { level: 'silent' } ),
		owner: 'test',
	} );
	raise = ( subject, draft ) =>
		raiseProblem( { database, events }, 'main', subject, draft );
} );
afterEach( async () => {
	await database.close();
	rmSync( dir, { recursive: true, force: true } );
} );

const DRAFT: ProblemDraft = {
	code: 'sku-unknown',
	message: 'No.',
	cause: null,
	fix: 'Make it.',
	field: null,
};

test( 'a problem that stands is told once, and again when it is another order’s, says something else, or was solved in between', async () => {
	await raise( 'order:1', DRAFT );
	await raise( 'order:1', DRAFT );
	expect( told ).toEqual( [ 'order:1 sku-unknown No.' ] );

	await raise( 'order:2', DRAFT );
	await raise( 'order:1', { ...DRAFT, code: 'sku-duplicate' } );
	await raise( 'order:1', { ...DRAFT, message: 'Two.' } );
	await database.problems.clear( 'main', 'order:1' );
	await raise( 'order:1', DRAFT );
	expect( told.slice( 1 ) ).toEqual( [
		'order:2 sku-unknown No.',
		'order:1 sku-duplicate No.',
		'order:1 sku-unknown Two.',
		'order:1 sku-unknown No.',
	] );
} );
