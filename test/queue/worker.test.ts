import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/contracts/database.ts';
import type {
	ClaimedTask,
	Queue,
	Settlement,
	TaskRequest,
} from '../../src/contracts/queue.ts';
import {
	createWorker,
	type Worker,
	type WorkerOptions,
} from '../../src/queue/worker.ts';
import { calm, memoryLogger, seededRandom } from '../battery/bench.ts';
import { openSqliteBench, type SqliteBench } from '../battery/sqlite-bench.ts';

const order = (
	id: number,
	more: Partial< TaskRequest > = {}
): TaskRequest => ( {
	key: `main/order:${ id }`,
	kind: 'order',
	connection: 'main',
	...more,
} );
const DONE: Settlement = { kind: 'done' };

describe( 'worker', () => {
	let bench: SqliteBench;
	let database: Database;
	let queue: Queue;
	let logger: ReturnType< typeof memoryLogger >;
	let workers: Worker[];

	beforeEach( async () => {
		bench = await openSqliteBench();
		database = await bench.open();
		queue = database.queue;
		logger = memoryLogger();
		workers = [];
	} );
	afterEach( async () => {
		const stopped = workers.map( ( worker ) => worker.stop( 0 ) );
		await bench.clock.advance( 60_000 );
		await Promise.all( stopped );
		await bench.destroy();
	} );

	function work(
		handle: ( task: ClaimedTask ) => Promise< Settlement >,
		more: Partial< WorkerOptions > = {}
	): Worker {
		const worker = createWorker( {
			queue,
			clock: bench.clock,
			random: seededRandom(),
			logger,
			concurrency: 2,
			handle,
			...more,
		} );
		workers.push( worker );
		worker.start();
		return worker;
	}

	/** Handlers that end when the test says so. */
	function held() {
		const tasks: {
			task: ClaimedTask;
			end: ( settlement: Settlement ) => void;
		}[] = [];
		return {
			tasks,
			handle: ( task: ClaimedTask ) =>
				new Promise< Settlement >( ( end ) =>
					tasks.push( { task, end } )
				),
		};
	}

	test( 'what is enqueued is worked off, also what was there before', async () => {
		await queue.enqueue( [ order( 1 ) ] );
		const seen: string[] = [];
		const worker = work( async ( task ) => {
			seen.push( task.key );
			return DONE;
		} );
		await calm();
		await queue.enqueue( [ order( 2 ), order( 3 ), order( 4 ) ] );
		await calm();
		expect( seen ).toEqual(
			[ 1, 2, 3, 4 ].map( ( id ) => `main/order:${ id }` )
		);
		expect( await queue.counts() ).toMatchObject( {
			ready: 0,
			running: 0,
		} );
		expect( worker.info() ).toMatchObject( {
			state: 'working',
			running: [],
			idle: true,
			lastClaimAt: bench.clock.now(),
			lastError: null,
		} );
	} );

	test( 'as many run at a time as it may, and a free place is filled at once', async () => {
		const { tasks, handle } = held();
		const worker = work( handle );
		await queue.enqueue( [ order( 1 ), order( 2 ), order( 3 ) ] );
		await calm();
		expect( worker.info().running ).toEqual( [
			'main/order:1',
			'main/order:2',
		] );
		expect( worker.info().idle ).toBe( false );
		tasks[ 0 ]?.end( DONE );
		await calm();
		expect( worker.info().running ).toEqual( [
			'main/order:2',
			'main/order:3',
		] );
		tasks.forEach( ( { end } ) => end( DONE ) );
		await calm();
	} );

	test( 'a retry is taken up when it is due', async () => {
		const attempts: [ number, number ][] = [];
		const start = bench.clock.now();
		work( async ( task ) => {
			attempts.push( [ task.attempt, bench.clock.now() - start ] );
			return task.attempt < 3
				? { kind: 'retry', after: 2500, message: 'away' }
				: DONE;
		} );
		await queue.enqueue( [ order( 1 ) ] );
		await bench.clock.advance( 10_000 );
		expect( attempts ).toEqual( [
			[ 1, 0 ],
			[ 2, 2500 ],
			[ 3, 5000 ],
		] );
	} );

	test( 'a defect is logged and tried again after a backoff; the loop goes on', async () => {
		let tries = 0;
		work(
			async ( task ) => {
				if ( task.key.endsWith( ':1' ) && ( tries += 1 ) < 3 ) {
					throw new Error( 'secret detail' );
				}
				return DONE;
			},
			{ backoff: ( attempt ) => attempt * 1000 }
		);
		await queue.enqueue( [ order( 1 ), order( 2 ) ] );
		await calm();
		expect( await queue.find( 'main/order:2' ) ).toBeNull();
		const waiting = await queue.find( 'main/order:1' );
		expect( waiting ).toMatchObject( {
			state: 'retrying',
			dueAt: bench.clock.now() + 1000,
		} );
		expect( waiting?.message ).not.toContain( 'secret detail' );
		expect( logger.lines ).toContainEqual(
			expect.objectContaining( {
				level: 'error',
				fields: expect.objectContaining( { key: 'main/order:1' } ),
			} )
		);
		await bench.clock.advance( 3000 );
		expect( tries ).toBe( 3 );
		expect( await queue.find( 'main/order:1' ) ).toBeNull();
	} );

	test( 'what another process enqueued is found by looking again', async () => {
		const other = await bench.open( { owner: 'other' } );
		const seen: string[] = [];
		work( async ( task ) => {
			seen.push( task.key );
			return DONE;
		} );
		await calm();
		await other.queue.enqueue( [ order( 1 ) ] );
		await bench.clock.advance( 1000 );
		expect( seen ).toEqual( [ 'main/order:1' ] );
	} );

	test( '`only` and `kinds` are all it takes, and the rest does not make it spin', async () => {
		let claims = 0;
		const counting = {
			...queue,
			claim: ( options?: Parameters< Queue[ 'claim' ] >[ 0 ] ) => {
				claims += 1;
				return queue.claim( options );
			},
		};
		const seen: string[] = [];
		work(
			async ( task ) => {
				seen.push( task.key );
				return DONE;
			},
			{
				queue: counting,
				only: [ 'main/order:2', 'main/order:3' ],
				kinds: [ 'order' ],
			}
		);
		await queue.enqueue( [ order( 1 ), order( 2 ) ] );
		await calm();
		expect( seen ).toEqual( [ 'main/order:2' ] );
		claims = 0;
		await bench.clock.advance( 5000 );
		expect( claims ).toBe( 5 );
	} );

	test( 'one connection takes so many places, and goes on as soon as one of them is free', async () => {
		const { tasks, handle } = held();
		work( handle, { concurrency: 4, perConnection: () => 2 } );
		await queue.enqueue( [
			order( 1 ),
			order( 2 ),
			order( 3 ),
			{ ...order( 4 ), key: 'other/order:4', connection: 'other' },
		] );
		await calm();
		const keys = () => tasks.map( ( { task } ) => task.key );
		expect( keys() ).toEqual( [
			'main/order:1',
			'main/order:2',
			'other/order:4',
		] );
		tasks[ 0 ]?.end( DONE );
		await calm();
		expect( keys().at( -1 ) ).toBe( 'main/order:3' );
	} );

	test( 'stopping lets what runs end, and claims nothing more', async () => {
		const { tasks, handle } = held();
		const worker = work( handle, { concurrency: 1 } );
		await queue.enqueue( [ order( 1 ), order( 2 ) ] );
		await calm();
		const stopped = worker.stop( 10_000 );
		await bench.clock.advance( 9000 );
		expect( worker.info() ).toMatchObject( {
			state: 'stopping',
			running: [ 'main/order:1' ],
		} );
		expect( tasks[ 0 ]?.task.lease.signal.aborted ).toBe( false );
		tasks[ 0 ]?.end( DONE );
		expect( await stopped ).toBe( true );
		expect( worker.info() ).toMatchObject( {
			state: 'stopped',
			running: [],
		} );
		expect( tasks ).toHaveLength( 1 );
		expect( await queue.find( 'main/order:1' ) ).toBeNull();
		expect( await queue.find( 'main/order:2' ) ).toMatchObject( {
			state: 'ready',
		} );
	} );

	test( 'what does not end in time is aborted, and its last word is kept', async () => {
		const worker = work(
			( { lease } ) =>
				new Promise( ( resolve ) => {
					lease.signal.addEventListener( 'abort', () =>
						resolve( {
							kind: 'retry',
							after: 0,
							message: 'The service stops.',
						} )
					);
				} )
		);
		await queue.enqueue( [ order( 1 ) ] );
		await calm();
		const stopped = worker.stop( 10_000 );
		await bench.clock.advance( 10_000 );
		expect( await stopped ).toBe( true );
		expect( await queue.find( 'main/order:1' ) ).toMatchObject( {
			state: 'ready',
			message: 'The service stops.',
		} );
	} );

	test( 'what does not listen is left behind, and said so', async () => {
		const { tasks, handle } = held();
		const worker = work( handle );
		await queue.enqueue( [ order( 1 ) ] );
		await calm();
		const stopped = worker.stop( 10_000 );
		await bench.clock.advance( 12_000 );
		expect( await stopped ).toBe( false );
		tasks[ 0 ]?.end( DONE );
		await calm();
		expect( worker.info().running ).toEqual( [] );
	} );

	test( 'a handler hears that its lease was lost', async () => {
		const { tasks, handle } = held();
		work( handle );
		await queue.enqueue( [ order( 1 ) ] );
		await calm();
		await queue.remove( [ 'main/order:1' ] );
		await bench.clock.advance( 30_000 );
		expect( tasks[ 0 ]?.task.lease.signal.aborted ).toBe( true );
		tasks[ 0 ]?.end( DONE );
		await calm();
		expect( logger.lines ).toContainEqual(
			expect.objectContaining( { level: 'warn' } )
		);
	} );

	test( 'a database that refuses for a while loses nothing: claims and settlements come later', async () => {
		let broken = true;
		const refusing: Queue = {
			...queue,
			claim: ( options ) =>
				broken
					? Promise.reject( new Error( 'full' ) )
					: queue.claim( options ),
			settle: ( lease, settlement ) =>
				broken
					? Promise.reject( new Error( 'full' ) )
					: queue.settle( lease, settlement ),
			nextDueAt: () =>
				broken
					? Promise.reject( new Error( 'full' ) )
					: queue.nextDueAt(),
		};
		const { tasks, handle } = held();
		const worker = work( handle, { queue: refusing, concurrency: 1 } );
		await queue.enqueue( [ order( 1 ) ] );
		await bench.clock.advance( 5000 );
		expect( tasks ).toHaveLength( 0 );
		expect( worker.info().lastError ).toBe( 'full' );
		broken = false;
		await bench.clock.advance( 1000 );
		expect( tasks ).toHaveLength( 1 );
		broken = true;
		tasks[ 0 ]?.end( DONE );
		await bench.clock.advance( 60_000 );
		expect( await queue.find( 'main/order:1' ) ).toMatchObject( {
			state: 'running',
		} );
		broken = false;
		await bench.clock.advance( 1000 );
		expect( await queue.find( 'main/order:1' ) ).toBeNull();
	} );
} );
