/** How far a run is, while it runs: told, and stored for whoever looks later. */
import { afterEach, expect, test } from '@jest/globals';
import type { StockRun } from '../../../src/contracts/answers.ts';
import { MAIN, product } from '../../helpers/fakes/stock-brightpearl.ts';
import {
	CONNECTION,
	createScene,
	type Scene,
} from '../../helpers/fakes/stock-scene.ts';
import { item } from '../../helpers/fakes/stock-store.ts';

let scene: Scene;
afterEach( () => scene.close() );

const COUNT = 1500;

async function begin(): Promise< number > {
	const numbers = Array.from( { length: COUNT }, ( _, index ) => index );
	scene = await createScene( {
		items: numbers.map( ( n ) => item( `SKU-${ n }`, 1 ) ),
		products: numbers.map( ( n ) => product( 1001 + n, `SKU-${ n }` ) ),
		settings: { goLive: null },
	} );
	for ( const n of numbers ) {
		// Half of them change.
		scene.erp.stock( 1001 + n, MAIN, n % 2 === 0 ? 1 : 4 );
	}
	return scene.database.stockRuns.start( CONNECTION, false );
}

const progress = () =>
	scene.events.flatMap( ( event ) =>
		event.event === 'progress' ? [ [ event.done, event.of ] ] : []
	);

test( 'a run tells how far it is, chunk by chunk, to its end', async () => {
	const runId = await begin();
	const pulled = await scene.flow.pull( { runId, dryRun: false } );
	expect( pulled ).toMatchObject( { ok: true, value: { state: 'done' } } );
	const told = progress();
	expect( told[ 0 ] ).toEqual( [ 0, null ] );
	expect( told ).toContainEqual( [ 0, COUNT ] );
	expect( told ).toContainEqual( [ 1000, COUNT ] );
	expect( told.at( -1 ) ).toEqual( [ COUNT, COUNT ] );
	const done = told.map( ( [ at ] ) => Number( at ) );
	expect( done ).toEqual( done.toSorted( ( a, b ) => a - b ) );
} );

test( 'a list shows a running run with what it has done so far', async () => {
	const runId = await begin();
	const seen: unknown[] = [];
	let asked = 0;
	scene.erp.onAvailability = async () => {
		// The second chunk's: the first is done with.
		if ( ++asked === 2 ) {
			seen.push( await scene.database.stockRuns.list( CONNECTION, 5 ) );
		}
	};
	await scene.flow.pull( { runId, dryRun: false } );
	expect( seen ).toMatchObject( [
		{
			items: [
				{
					runId,
					finishedAt: null,
					skus: { read: COUNT, mapped: 1000, written: 500 },
				},
			],
		},
	] );
} );

test( 'a dry run tells of itself as well', async () => {
	await begin();
	const pulled = await scene.flow.pull( { dryRun: true } );
	expect( pulled.ok && ( pulled.value as StockRun ).dryRun ).toBe( true );
	expect( progress().at( -1 ) ).toEqual( [ COUNT, COUNT ] );
} );

test( 'a run that fails tells that, too, after it is stored', async () => {
	const runId = await begin();
	scene.erp.failAvailability = {
		kind: 'retry',
		cause: 'outage',
		side: 'brightpearl',
		message: 'Brightpearl answers 503.',
		after: null,
		outcomeUnknown: false,
		ruid: null,
	};
	await scene.flow.pull( { runId, dryRun: false } );
	expect( progress().at( -1 ) ).toEqual( [ 0, COUNT ] );
	expect(
		await scene.database.stockRuns.find( CONNECTION, runId )
	).toMatchObject( {
		finishedAt: null,
		errors: [ { message: 'Brightpearl answers 503.' } ],
	} );
} );
