import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ClaimedTask, TaskPayload } from '../../../src/contracts/queue.ts';
import { stockRunKey } from '../../../src/flows/stock/parts.ts';
import { pullTask } from '../../../src/flows/stock/task.ts';
import { MAIN, product } from '../../helpers/fakes/stock-brightpearl.ts';
import {
	CONNECTION,
	createScene,
	type Scene,
} from '../../helpers/fakes/stock-scene.ts';
import { item } from '../../helpers/fakes/stock-store.ts';

let scene: Scene;

beforeEach( async () => {
	scene = await createScene( {
		items: [ item( 'MUG', 1 ), item( 'CAP', 1 ) ],
		products: [ product( 1001, 'MUG' ), product( 1002, 'CAP' ) ],
		// Before go-live there are no orders to look for.
		settings: { goLive: null },
	} );
	scene.erp.stock( 1001, MAIN, 4 );
	scene.erp.stock( 1002, MAIN, 4 );
} );

afterEach( () => scene.close() );

function task( attempt: number, payload: TaskPayload = {} ): ClaimedTask {
	const key = `${ CONNECTION }/stock:pull`;
	return {
		key,
		kind: 'stock',
		connection: CONNECTION,
		payload,
		attempt,
		lease: { name: key, token: 1, signal: new AbortController().signal },
	};
}

test( 'a first try begins a run of its own', async () => {
	const left = await scene.database.stockRuns.start( CONNECTION, false );
	const run = await pullTask( scene.connected, task( 1 ) );
	expect( run ).toMatchObject( {
		ok: true,
		value: { state: 'done', skus: { written: 2 } },
	} );
	expect( run.ok && run.value.runId ).not.toBe( left );
} );

test( 'a later try goes on with the run the earlier one left open, not with a dry one', async () => {
	const left = await scene.database.stockRuns.start( CONNECTION, false );
	await scene.database.stockRuns.start( CONNECTION, true );
	expect( await pullTask( scene.connected, task( 2 ) ) ).toMatchObject( {
		ok: true,
		value: { runId: left, state: 'done' },
	} );
} );

test( 'a task may name its run and its SKUs', async () => {
	const runId = await scene.database.stockRuns.start( CONNECTION, true );
	expect(
		await pullTask( scene.connected, task( 1, { runId, skus: [ 'CAP' ] } ) )
	).toMatchObject( {
		ok: true,
		value: { runId, dryRun: true, changes: [ { sku: 'CAP', to: 4 } ] },
	} );
	expect( scene.shop.writes ).toEqual( [] );
} );

test( 'a run that has a task of its own is left to it', async () => {
	const theirs = await scene.database.stockRuns.start( CONNECTION, false );
	await scene.database.queue.enqueue( [
		{
			key: stockRunKey( CONNECTION, theirs ),
			kind: 'stock',
			connection: CONNECTION,
		},
	] );
	const run = await pullTask( scene.connected, task( 2 ) );
	expect( run.ok && run.value.runId ).not.toBe( theirs );
	expect( await scene.database.stockRuns.unfinished( CONNECTION ) ).toEqual( [
		theirs,
	] );
} );

test( 'a person’s pull waits for the one that is going on', async () => {
	let person: ReturnType< typeof pullTask > | null = null;
	scene.erp.onAvailability = () => {
		scene.erp.onAvailability = () => undefined;
		person = pullTask( scene.connected, task( 1, { forced: true } ) );
	};
	await pullTask( scene.connected, task( 1 ) );
	expect( await person ).toMatchObject( {
		ok: true,
		value: { state: 'done', changes: [] },
	} );
} );

test( 'SKUs that nobody named are no error where a side does not have them', async () => {
	scene.erp.products.push( product( 1003, 'ONLY-THERE' ) );
	const skus = [ 'MUG', 'ONLY-THERE', 'NOWHERE' ];
	expect(
		await pullTask( scene.connected, task( 1, { skus } ) )
	).toMatchObject( {
		ok: true,
		value: { state: 'done', errors: [], skus: { written: 1 } },
	} );
	expect(
		await pullTask( scene.connected, task( 1, { skus, forced: true } ) )
	).toMatchObject( { ok: true, value: { state: 'partial' } } );
} );

test( 'a list of hints that has become too long is a pull of everything, a person’s list is not', async () => {
	const skus = Array.from( { length: 201 }, ( _, n ) => `SKU-${ n }` );
	expect(
		await pullTask( scene.connected, task( 1, { skus, forced: true } ) )
	).toMatchObject( { ok: true, value: { skus: { read: 0 } } } );
	expect(
		await pullTask( scene.connected, task( 1, { skus } ) )
	).toMatchObject( {
		ok: true,
		value: { state: 'done', skus: { read: 2, written: 2 } },
	} );
} );
