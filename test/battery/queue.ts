/**
 * The battery for a queue engine, with its locks and schedules: what every engine behind the
 * port must do, told by the port alone.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '../../src/contracts/database.ts';
import {
	PRIORITY,
	taskKey,
	type ClaimedTask,
	type Queue,
	type TaskRequest,
} from '../../src/contracts/queue.ts';
import type { Bench, OpenBench } from './bench.ts';

const LEASE = 30_000;

function order( id: number, more: Partial< TaskRequest > = {} ): TaskRequest {
	return {
		key: taskKey( 'main', 'order', id ),
		kind: 'order',
		connection: 'main',
		...more,
	};
}

async function mustClaim( queue: Queue ): Promise< ClaimedTask > {
	const task = await queue.claim();
	if ( ! task ) {
		throw new Error( 'There was nothing to claim.' );
	}
	return task;
}

export function runQueueBattery( name: string, openBench: OpenBench ): void {
	describe( `${ name }: queue`, () => {
		let bench: Bench;
		let database: Database;
		let queue: Queue;

		beforeEach( async () => {
			bench = await openBench();
			database = await bench.open();
			queue = database.queue;
		} );
		afterEach( () => bench.destroy() );

		test( 'an empty queue has nothing to claim', async () => {
			expect( await queue.claim() ).toBeNull();
			expect( await queue.nextDueAt() ).toBeNull();
			expect( await queue.counts() ).toEqual( {
				ready: 0,
				running: 0,
				retrying: 0,
				parked: 0,
			} );
		} );

		test( 'a task is claimed with what it was told, and is gone when it is done', async () => {
			await queue.enqueue( [
				order( 1, { payload: { forced: true, runId: 7 } } ),
			] );
			const task = await mustClaim( queue );
			expect( task ).toMatchObject( {
				key: 'main/order:1',
				kind: 'order',
				connection: 'main',
				payload: { forced: true, runId: 7 },
				attempt: 1,
			} );
			expect( await queue.find( task.key ) ).toMatchObject( {
				state: 'running',
				attempts: 1,
			} );
			expect( await queue.settle( task.lease, { kind: 'done' } ) ).toBe(
				true
			);
			expect( await queue.find( task.key ) ).toBeNull();
		} );

		test( 'a key runs once at a time, also across two openers', async () => {
			const other = ( await bench.open( { owner: 'other' } ) ).queue;
			await queue.enqueue( [ order( 1 ) ] );
			const task = await mustClaim( queue );
			await other.enqueue( [ order( 1 ) ] );
			expect( await queue.claim() ).toBeNull();
			expect( await other.claim() ).toBeNull();
			await queue.settle( task.lease, { kind: 'done' } );
			const again = await mustClaim( other );
			expect( await queue.claim() ).toBeNull();
			await other.settle( again.lease, { kind: 'done' } );
		} );

		test( 'different keys run side by side', async () => {
			await queue.enqueue( [ order( 1 ), order( 2 ) ] );
			const keys = [
				await mustClaim( queue ),
				await mustClaim( queue ),
			].map( ( t ) => t.key );
			expect( keys ).toEqual( [ 'main/order:1', 'main/order:2' ] );
			expect( await queue.counts() ).toMatchObject( {
				ready: 0,
				running: 2,
			} );
		} );

		test( 'the urgent go first, then the longest due, then the first asked for', async () => {
			const now = bench.clock.now();
			await queue.enqueue( [
				order( 1, {
					priority: PRIORITY.backfill,
					notBefore: now - 500,
				} ),
				order( 2, { priority: PRIORITY.order } ),
				order( 3, { priority: PRIORITY.order } ),
				order( 4, { priority: PRIORITY.order, notBefore: now - 1 } ),
				order( 5, { priority: PRIORITY.person } ),
				order( 6, { priority: PRIORITY.person, notBefore: now + 1 } ),
			] );
			const keys: string[] = [];
			for (
				let task = await queue.claim();
				task;
				task = await queue.claim()
			) {
				keys.push( task.key.replace( 'main/order:', '' ) );
			}
			expect( keys ).toEqual( [ '5', '4', '2', '3', '1' ] );
		} );

		test( 'tasks are counted by kind and state', async () => {
			expect( await queue.countsByKind() ).toEqual( [] );
			await queue.enqueue( [
				order( 1 ),
				order( 2 ),
				order( 3, { notBefore: bench.clock.now() + 1000 } ),
				{ key: 'main/stock:pull', kind: 'stock', connection: 'main' },
			] );
			await queue.claim( { kinds: [ 'order' ] } );
			expect(
				( await queue.countsByKind() ).map(
					( { count, kind, state } ) =>
						`${ kind } ${ state } ${ count }`
				)
			).toEqual(
				expect.arrayContaining( [
					'order ready 1',
					'order retrying 1',
					'order running 1',
					'stock ready 1',
				] )
			);
			expect( await queue.countsByKind() ).toHaveLength( 4 );
		} );

		test( 'what need not run once more is left to whoever runs it, and waits where nobody does', async () => {
			const again = order( 1, { unlessRunning: true } );
			await queue.enqueue( [ again ] );
			const task = await mustClaim( queue );
			await queue.enqueue( [ again ] );
			await queue.settle( task.lease, { kind: 'done' } );
			expect( await queue.find( task.key ) ).toBeNull();
			await queue.enqueue( [ order( 1 ) ] );
			const second = await mustClaim( queue );
			await queue.enqueue( [ order( 1 ) ] );
			await queue.settle( second.lease, { kind: 'done' } );
			expect( ( await queue.find( task.key ) )?.state ).toBe( 'ready' );
		} );

		test( 'of a busy connection only what a person waits for is claimed', async () => {
			await queue.enqueue( [
				order( 1 ),
				{
					...order( 2 ),
					connection: 'other',
					key: taskKey( 'other', 'order', 2 ),
				},
				order( 3, { priority: PRIORITY.person } ),
			] );
			const busy = { busy: [ 'main' ] };
			const claimed = [
				await queue.claim( busy ),
				await queue.claim( busy ),
				await queue.claim( busy ),
			];
			expect( claimed.map( ( task ) => task?.key ) ).toEqual( [
				'main/order:3',
				'other/order:2',
				undefined,
			] );
			expect( ( await queue.claim() )?.key ).toBe( 'main/order:1' );
		} );

		test( '`only` and `kinds` narrow what is claimed', async () => {
			await queue.enqueue( [
				order( 1 ),
				order( 2 ),
				{ key: 'main/stock:all', kind: 'stock', connection: 'main' },
			] );
			expect( await queue.claim( { only: [] } ) ).toBeNull();
			expect(
				await queue.claim( { only: [ 'main/order:9' ] } )
			).toBeNull();
			expect(
				( await queue.claim( { only: [ 'main/order:2' ] } ) )?.key
			).toBe( 'main/order:2' );
			expect( ( await queue.claim( { kinds: [ 'stock' ] } ) )?.key ).toBe(
				'main/stock:all'
			);
			expect(
				await queue.claim( { kinds: [ 'stock', 'sweep' ] } )
			).toBeNull();
			expect(
				await queue.claim( {
					only: [ 'main/order:1' ],
					kinds: [ 'stock' ],
				} )
			).toBeNull();
		} );

		describe( 'collapsing', () => {
			test( 'a key that waits takes the earliest time and the most urgent priority', async () => {
				const now = bench.clock.now();
				await queue.enqueue( [
					order( 1, { notBefore: now + 9000 } ),
					order( 2 ),
				] );
				await queue.enqueue( [
					order( 1, {
						notBefore: now + 5000,
						priority: PRIORITY.sweep,
					} ),
				] );
				await queue.enqueue( [
					order( 1, {
						notBefore: now + 7000,
						priority: PRIORITY.stock,
					} ),
				] );
				expect( await queue.find( 'main/order:1' ) ).toMatchObject( {
					dueAt: now + 5000,
				} );
				await bench.clock.advance( 5000 );
				await queue.enqueue( [ order( 1, { priority: 1 } ) ] );
				expect( ( await mustClaim( queue ) ).key ).toBe(
					'main/order:1'
				);
			} );

			test.each( [
				[ { forced: true }, {}, { forced: true } ],
				[ { forced: true }, { forced: false }, { forced: true } ],
				[ {}, { forced: true }, { forced: true } ],
				[ { runId: 1 }, { runId: 2 }, { runId: 2 } ],
				[
					{ runId: 1 },
					{ backfillId: 3 },
					{ runId: 1, backfillId: 3 },
				],
				[
					{ skus: [ 'A' ] },
					{ skus: [ 'B', 'A' ] },
					{ skus: [ 'A', 'B' ] },
				],
				[ { skus: [ 'A' ] }, {}, {} ],
				[ {}, { skus: [ 'A' ] }, {} ],
				[
					{ lookAtBrightpearl: true },
					{ runId: 2, lookAtBrightpearl: false },
					{ runId: 2, lookAtBrightpearl: true },
				],
				[
					{ forced: true },
					{ lookAtBrightpearl: true },
					{ forced: true, lookAtBrightpearl: true },
				],
			] )(
				'what %j and %j ask for is %j',
				async ( first, second, both ) => {
					await queue.enqueue( [ order( 1, { payload: first } ) ] );
					await queue.enqueue( [ order( 1, { payload: second } ) ] );
					const task = await mustClaim( queue );
					expect( task.payload ).toEqual( both );
					expect( await queue.claim() ).toBeNull();
				}
			);

			test( 'several requests for a key in one call are one task', async () => {
				await queue.enqueue( [
					order( 1 ),
					order( 1, { payload: { forced: true } } ),
					order( 1 ),
				] );
				const task = await mustClaim( queue );
				expect( task.payload ).toEqual( { forced: true } );
				await queue.settle( task.lease, { kind: 'done' } );
				expect( await queue.claim() ).toBeNull();
			} );

			test( 'an event while it runs makes it run once more, with what the event told', async () => {
				await queue.enqueue( [
					order( 1, { payload: { runId: 1 } } ),
				] );
				const first = await mustClaim( queue );
				await queue.enqueue( [
					order( 1, { payload: { forced: true } } ),
				] );
				await queue.enqueue( [ order( 1 ) ] );
				expect( ( await queue.find( first.key ) )?.state ).toBe(
					'running'
				);
				await queue.settle( first.lease, { kind: 'done' } );
				const second = await mustClaim( queue );
				expect( second ).toMatchObject( {
					attempt: 1,
					payload: { forced: true },
				} );
				expect( second.payload.runId ).toBeUndefined();
				await queue.settle( second.lease, { kind: 'done' } );
				expect( await queue.find( first.key ) ).toBeNull();
			} );
		} );

		describe( 'retries', () => {
			test( 'it waits for its backoff and counts its tries', async () => {
				await queue.enqueue( [ order( 1 ) ] );
				for ( const attempt of [ 1, 2, 3 ] ) {
					const task = await mustClaim( queue );
					expect( task.attempt ).toBe( attempt );
					await queue.settle( task.lease, {
						kind: 'retry',
						after: 4000,
						message: 'The shop is away.',
					} );
					expect( await queue.find( task.key ) ).toMatchObject( {
						state: 'retrying',
						attempts: attempt,
						message: 'The shop is away.',
						dueAt: bench.clock.now() + 4000,
					} );
					expect( await queue.nextDueAt() ).toBe(
						bench.clock.now() + 4000
					);
					await bench.clock.advance( 3999 );
					expect( await queue.claim() ).toBeNull();
					await bench.clock.advance( 1 );
				}
				expect( await queue.counts() ).toMatchObject( {
					ready: 1,
					retrying: 0,
				} );
			} );

			test( 'the order of a key is kept: an event neither overtakes nor shortens a backoff', async () => {
				await queue.enqueue( [ order( 1 ) ] );
				const first = await mustClaim( queue );
				await queue.settle( first.lease, {
					kind: 'retry',
					after: 60_000,
					message: 'away',
				} );
				await queue.enqueue( [
					order( 1, { payload: { forced: true } } ),
				] );
				await bench.clock.advance( 59_999 );
				expect( await queue.claim() ).toBeNull();
				await bench.clock.advance( 1 );
				const second = await mustClaim( queue );
				expect( second ).toMatchObject( {
					attempt: 2,
					payload: { forced: true },
				} );
				expect( await queue.claim() ).toBeNull();
			} );

			test( 'nor does an event that came while it ran', async () => {
				await queue.enqueue( [ order( 1 ) ] );
				const first = await mustClaim( queue );
				await queue.enqueue( [
					order( 1, { payload: { forced: true } } ),
				] );
				await queue.settle( first.lease, {
					kind: 'retry',
					after: 60_000,
					message: 'away',
				} );
				expect( await queue.claim() ).toBeNull();
				await bench.clock.advance( 60_000 );
				const second = await mustClaim( queue );
				expect( second ).toMatchObject( {
					attempt: 2,
					payload: { forced: true },
				} );
				await queue.settle( second.lease, { kind: 'done' } );
				expect( await queue.claim() ).toBeNull();
			} );

			test.each( [ 'before', 'while' ] )(
				'a person brings it forward, whether they came %s it failed',
				async ( when ) => {
					const person = order( 1, { priority: PRIORITY.person } );
					await queue.enqueue( [ order( 1 ) ] );
					const first = await mustClaim( queue );
					if ( when === 'while' ) {
						await queue.enqueue( [ person ] );
					}
					await queue.settle( first.lease, {
						kind: 'retry',
						after: 60_000,
						message: 'away',
					} );
					if ( when === 'before' ) {
						expect( await queue.claim() ).toBeNull();
						await queue.enqueue( [ person ] );
					}
					expect( ( await mustClaim( queue ) ).attempt ).toBe( 2 );
				}
			);

			test( 'wake begins anew at once, for waiting, parked and running ones', async () => {
				await queue.enqueue( [ order( 1 ), order( 2 ), order( 3 ) ] );
				const [ a, b, c ] = [
					await mustClaim( queue ),
					await mustClaim( queue ),
					await mustClaim( queue ),
				];
				await queue.settle( a.lease, {
					kind: 'retry',
					after: 60_000,
					message: 'away',
				} );
				await queue.settle( b.lease, {
					kind: 'park',
					message: 'SKU unknown',
				} );
				expect(
					await queue.wake( [ a.key, b.key, c.key, 'main/order:99' ] )
				).toBe( 3 );
				expect( ( await mustClaim( queue ) ).attempt ).toBe( 1 );
				expect( ( await mustClaim( queue ) ).attempt ).toBe( 1 );
				expect( await queue.claim() ).toBeNull();
				await queue.settle( c.lease, {
					kind: 'park',
					message: 'SKU unknown',
				} );
				expect( await mustClaim( queue ) ).toMatchObject( {
					key: c.key,
					attempt: 1,
				} );
			} );

			test( 'of the parked ones those are known that a person has asked for', async () => {
				await queue.enqueue( [
					order( 1, { payload: { forced: true } } ),
					order( 2, { payload: { runId: 4 } } ),
					order( 3 ),
				] );
				for ( let nth = 0; nth < 3; nth += 1 ) {
					await queue.settle( ( await mustClaim( queue ) ).lease, {
						kind: 'park',
						message: 'It rests.',
					} );
				}
				const asked = () => queue.parkedKeys( 'main', { asked: true } );
				expect( await asked() ).toEqual( [ 'main/order:1' ] );
				await queue.enqueue( [
					order( 3, { payload: { acknowledged: true } } ),
				] );
				expect( await asked() ).toEqual( [ 'main/order:1' ] );
				await queue.settle( ( await mustClaim( queue ) ).lease, {
					kind: 'park',
					message: 'It rests.',
				} );
				expect( await asked() ).toEqual( [
					'main/order:1',
					'main/order:3',
				] );
				expect( await queue.parkedKeys( 'main' ) ).toHaveLength( 3 );
			} );

			test( '`later` waits without counting a try', async () => {
				const at = bench.clock.now() + 3000;
				await queue.enqueue( [ order( 1 ) ] );
				await queue.settle( ( await mustClaim( queue ) ).lease, {
					kind: 'later',
					at,
				} );
				expect( await queue.find( 'main/order:1' ) ).toMatchObject( {
					attempts: 0,
					dueAt: at,
				} );
				expect( await queue.counts() ).toMatchObject( {
					ready: 0,
					retrying: 1,
				} );
				await bench.clock.advance( 3000 );
				expect( ( await mustClaim( queue ) ).attempt ).toBe( 1 );
			} );

			test( 'an event runs what was put off to `later`, for it may be due now', async () => {
				await queue.enqueue( [ order( 1 ) ] );
				const at = bench.clock.now() + 3_600_000;
				await queue.settle( ( await mustClaim( queue ) ).lease, {
					kind: 'later',
					at,
				} );
				await queue.enqueue( [ order( 1 ) ] );
				expect( ( await mustClaim( queue ) ).attempt ).toBe( 1 );
			} );
		} );

		describe( 'parking', () => {
			test( 'a parked task waits for a person or an event', async () => {
				await queue.enqueue( [
					order( 1, { payload: { runId: 4 } } ),
					order( 2 ),
				] );
				await queue.settle( ( await mustClaim( queue ) ).lease, {
					kind: 'park',
					message: 'SKU unknown',
				} );
				await queue.settle( ( await mustClaim( queue ) ).lease, {
					kind: 'done',
				} );
				await bench.clock.advance( 24 * 3_600_000 );
				expect( await queue.claim() ).toBeNull();
				expect( await queue.nextDueAt() ).toBeNull();
				expect(
					await queue.nextDueAt( { parked: true } )
				).not.toBeNull();
				expect(
					await queue.nextDueAt( {
						parked: true,
						connection: 'main',
					} )
				).not.toBeNull();
				expect(
					await queue.nextDueAt( {
						parked: true,
						connection: 'other',
					} )
				).toBeNull();
				expect( await queue.parkedKeys( 'main' ) ).toEqual( [
					'main/order:1',
				] );
				expect( await queue.parkedKeys( 'other' ) ).toEqual( [] );
				expect( await queue.counts( 'main' ) ).toMatchObject( {
					parked: 1,
					ready: 0,
				} );
				expect( await queue.counts( 'other' ) ).toMatchObject( {
					parked: 0,
				} );
				expect( await queue.find( 'main/order:1' ) ).toMatchObject( {
					state: 'parked',
					message: 'SKU unknown',
				} );
				await queue.enqueue( [ order( 1 ) ] );
				expect( await mustClaim( queue ) ).toMatchObject( {
					attempt: 1,
					payload: { runId: 4 },
				} );
			} );

			test( 'an event that came while it ran wakes it at once', async () => {
				await queue.enqueue( [ order( 1 ) ] );
				const first = await mustClaim( queue );
				await queue.enqueue( [ order( 1 ) ] );
				await queue.settle( first.lease, {
					kind: 'park',
					message: 'SKU unknown',
				} );
				expect( ( await mustClaim( queue ) ).attempt ).toBe( 1 );
			} );
		} );

		test( 'removing takes a task away, and from whoever runs it', async () => {
			await queue.enqueue( [ order( 1 ), order( 2 ) ] );
			const running = await mustClaim( queue );
			await queue.remove( [ 'main/order:1', 'main/order:2' ] );
			expect( await queue.claim() ).toBeNull();
			expect(
				await queue.settle( running.lease, {
					kind: 'retry',
					after: 0,
					message: '',
				} )
			).toBe( false );
			expect( await queue.find( 'main/order:1' ) ).toBeNull();
		} );

		test( 'listeners hear of what became ready until they stop', async () => {
			let heard = 0;
			const stop = queue.onReady( () => ( heard += 1 ) );
			await queue.enqueue( [ order( 1 ) ] );
			expect( heard ).toBe( 1 );
			const task = await mustClaim( queue );
			await queue.settle( task.lease, { kind: 'done' } );
			expect( heard ).toBe( 1 );
			stop();
			await queue.enqueue( [ order( 2 ) ] );
			expect( heard ).toBe( 1 );
		} );

		test( 'a hundred enqueued at once are all there, and survive a reopening', async () => {
			await Promise.all(
				Array.from( { length: 100 }, ( _, id ) =>
					queue.enqueue( [ order( id ) ] )
				)
			);
			await database.close();
			const reopened = await bench.open();
			expect( await reopened.queue.counts() ).toMatchObject( {
				ready: 100,
			} );
		} );

		test( 'closing waits for what was handed over, and refuses what comes later', async () => {
			const before = queue.enqueue( [ order( 1 ) ] );
			const closing = database.close();
			await expect( queue.enqueue( [ order( 2 ) ] ) ).rejects.toThrow(
				'closed'
			);
			await Promise.all( [ before, closing ] );
			const reopened = await bench.open();
			expect(
				await reopened.queue.find( 'main/order:1' )
			).not.toBeNull();
		} );

		describe( 'leases', () => {
			test( 'a heartbeat keeps a long task for its process', async () => {
				const other = ( await bench.open( { owner: 'other' } ) ).queue;
				await queue.enqueue( [ order( 1 ) ] );
				const task = await mustClaim( queue );
				await bench.clock.advance( 10 * LEASE );
				expect( await other.claim() ).toBeNull();
				expect( task.lease.signal.aborted ).toBe( false );
				expect(
					await queue.settle( task.lease, { kind: 'done' } )
				).toBe( true );
			} );

			test( 'after a crash the task is taken back, its try counted, its mark served', async () => {
				const { clock } = bench;
				// Its heart stands still: this process sleeps for ever.
				const dying = await bench.open( {
					owner: 'dying',
					clock: {
						now: clock.now,
						sleep: () => new Promise( () => {} ),
					},
				} );
				await dying.queue.enqueue( [
					order( 1, { payload: { runId: 2 } } ),
				] );
				const zombie = await mustClaim( dying.queue );
				await queue.enqueue( [
					order( 1, { payload: { forced: true } } ),
				] );

				await clock.advance( LEASE - 1 );
				expect( await queue.claim() ).toBeNull();
				expect( await queue.counts() ).toMatchObject( {
					running: 1,
					ready: 0,
				} );
				await clock.advance( 1 );
				expect( await queue.counts() ).toMatchObject( {
					running: 0,
					ready: 1,
				} );
				expect( await queue.nextDueAt() ).toBeLessThanOrEqual(
					clock.now()
				);

				const task = await mustClaim( queue );
				expect( task ).toMatchObject( {
					attempt: 2,
					payload: { runId: 2, forced: true },
				} );
				expect( task.lease.token ).toBeGreaterThan(
					zombie.lease.token
				);

				const entry = {
					connection: 'main',
					subject: 'order:1',
					step: 'CreateOrder',
					ref: null,
				};
				expect(
					await dying.journal.intent( zombie.lease, entry )
				).toBe( false );
				expect(
					await dying.queue.settle( zombie.lease, { kind: 'done' } )
				).toBe( false );
				expect( await dying.queue.renew( zombie.lease ) ).toBe( false );
				expect( zombie.lease.signal.aborted ).toBe( true );
				expect( await queue.find( task.key ) ).toMatchObject( {
					state: 'running',
				} );

				expect(
					await database.journal.intent( task.lease, entry )
				).toBe( true );
				expect(
					await database.journal.list( 'main', 'order:1' )
				).toHaveLength( 1 );
				expect(
					await queue.settle( task.lease, { kind: 'done' } )
				).toBe( true );
				expect( await queue.claim() ).toBeNull();
			} );

			test( 'the heartbeat tells a process whose lease was taken', async () => {
				const other = await bench.open( {
					owner: 'other',
					exclusive: true,
				} );
				await queue.enqueue( [ order( 1 ) ] );
				const task = await mustClaim( queue );
				await other.queue.remove( [ task.key ] );
				expect( task.lease.signal.aborted ).toBe( false );
				await bench.clock.advance( LEASE / 3 );
				expect( task.lease.signal.aborted ).toBe( true );
			} );

			test( 'an expired lease writes no intent, even while nobody else took it', async () => {
				const { clock } = bench;
				const paused = await bench.open( {
					owner: 'paused',
					clock: {
						now: clock.now,
						sleep: () => new Promise( () => {} ),
					},
				} );
				await paused.queue.enqueue( [ order( 1 ) ] );
				const task = await mustClaim( paused.queue );
				const entry = {
					connection: 'main',
					subject: 'order:1',
					step: 'CreateOrder',
					ref: null,
				};
				await clock.advance( LEASE );
				expect( await paused.journal.intent( task.lease, entry ) ).toBe(
					false
				);
				// Back in time, with nobody else at work: it may go on.
				expect( await paused.queue.renew( task.lease ) ).toBe( true );
				expect( await paused.journal.intent( task.lease, entry ) ).toBe(
					true
				);
			} );

			test( 'a token is never used twice, so an old lease is never the newest again', async () => {
				await queue.enqueue( [ order( 1 ) ] );
				const first = await mustClaim( queue );
				await queue.settle( first.lease, { kind: 'done' } );
				await queue.enqueue( [ order( 1 ) ] );
				const second = await mustClaim( queue );
				expect( second.lease.token ).toBeGreaterThan(
					first.lease.token
				);
				expect(
					await queue.settle( first.lease, { kind: 'done' } )
				).toBe( false );
				expect( await queue.find( first.key ) ).not.toBeNull();
			} );

			test( 'a restart that is alone takes everything back at once', async () => {
				await queue.enqueue( [ order( 1 ) ] );
				const zombie = await mustClaim( queue );
				const restarted = await bench.open( {
					owner: 'restarted',
					exclusive: true,
				} );
				expect( await mustClaim( restarted.queue ) ).toMatchObject( {
					attempt: 2,
				} );
				expect(
					await queue.settle( zombie.lease, { kind: 'done' } )
				).toBe( false );
			} );

			test( 'closing aborts what runs and leaves it to the lease', async () => {
				await queue.enqueue( [ order( 1 ) ] );
				const task = await mustClaim( queue );
				await database.close();
				expect( task.lease.signal.aborted ).toBe( true );
				const next = ( await bench.open() ).queue;
				expect( await next.claim() ).toBeNull();
				await bench.clock.advance( LEASE );
				expect( ( await mustClaim( next ) ).attempt ).toBe( 2 );
			} );
		} );
	} );

	describe( `${ name }: locks`, () => {
		let bench: Bench;
		let first: Database;
		let second: Database;

		beforeEach( async () => {
			bench = await openBench();
			first = await bench.open( { owner: 'first' } );
			second = await bench.open( { owner: 'second' } );
		} );
		afterEach( () => bench.destroy() );

		/** A task's worth of work that ends when it is told to. */
		function gatedWork() {
			let finish = () => {};
			const finished = new Promise< void >(
				( resolve ) => ( finish = resolve )
			);
			return { work: () => finished, finish: () => finish() };
		}

		test( 'work runs and its value comes back; the next may have the lock', async () => {
			for ( const database of [ first, second, first ] ) {
				const done = await database.locks.withLock(
					'acme/a@b.test',
					{ wait: 0 },
					async ( lease ) => {
						expect( lease.signal.aborted ).toBe( false );
						return 5;
					}
				);
				expect( done ).toEqual( { ok: true, value: 5 } );
			}
		} );

		test( 'one holds it; another waits, and is told busy when its time is over', async () => {
			const { work, finish } = gatedWork();
			const holding = first.locks.withLock(
				'contact',
				{ wait: 0 },
				work
			);
			await bench.clock.advance( 0 );
			let ran = false;
			const waiting = second.locks.withLock(
				'contact',
				{ wait: 1000 },
				async () => {
					ran = true;
				}
			);
			await bench.clock.advance( 1000 );
			expect( await waiting ).toMatchObject( {
				ok: false,
				failure: {
					kind: 'retry',
					side: 'service',
					cause: 'busy',
					outcomeUnknown: false,
				},
			} );
			expect( ran ).toBe( false );
			finish();
			expect( await holding ).toMatchObject( { ok: true } );
		} );

		test( 'who waits gets it when it is given back, also within one process', async () => {
			for ( const waiter of [ first, second ] ) {
				const { work, finish } = gatedWork();
				const steps: string[] = [];
				const holding = first.locks.withLock(
					'contact',
					{ wait: 0 },
					async () => {
						await work();
						steps.push( 'first' );
					}
				);
				await bench.clock.advance( 0 );
				const waiting = waiter.locks.withLock(
					'contact',
					{ wait: 60_000 },
					async () => {
						steps.push( 'second' );
					}
				);
				await bench.clock.advance( 5000 );
				expect( steps ).toEqual( [] );
				finish();
				await holding;
				await bench.clock.advance( 1000 );
				expect( await waiting ).toMatchObject( { ok: true } );
				expect( steps ).toEqual( [ 'first', 'second' ] );
			}
		} );

		test( 'other names are free', async () => {
			const { work, finish } = gatedWork();
			const holding = first.locks.withLock( 'a', { wait: 0 }, work );
			await bench.clock.advance( 0 );
			expect(
				await second.locks.withLock( 'b', { wait: 0 }, async () => 1 )
			).toMatchObject( { ok: true } );
			finish();
			await holding;
		} );

		test( 'it is renewed while the work goes on', async () => {
			const { work, finish } = gatedWork();
			const holding = first.locks.withLock(
				'contact',
				{ wait: 0 },
				work
			);
			await bench.clock.advance( 10 * LEASE );
			expect(
				await second.locks.withLock(
					'contact',
					{ wait: 0 },
					async () => 1
				)
			).toMatchObject( {
				ok: false,
			} );
			finish();
			await holding;
		} );

		test( 'it falls free after a crash, and the dead one is fenced off', async () => {
			const { clock } = bench;
			const dying = await bench.open( {
				owner: 'dying',
				clock: { now: clock.now, sleep: () => new Promise( () => {} ) },
			} );
			const { work, finish } = gatedWork();
			const entry = {
				connection: 'main',
				subject: 'order:1',
				step: 'EnsureContact',
				ref: null,
			};
			let wrote: boolean | null = null;
			const zombie = dying.locks.withLock(
				'contact',
				{ wait: 0 },
				async ( lease ) => {
					await work();
					wrote = await dying.journal.intent( lease, entry );
				}
			);
			await clock.advance( LEASE );
			const taken = await second.locks.withLock(
				'contact',
				{ wait: 0 },
				async ( lease ) => {
					finish();
					await zombie;
					return second.journal.intent( lease, entry );
				}
			);
			expect( wrote ).toBe( false );
			expect( taken ).toEqual( { ok: true, value: true } );
			// The dead one's giving back did not free what was no longer its own.
			expect(
				await first.locks.withLock(
					'contact',
					{ wait: 0 },
					async () => 1
				)
			).toMatchObject( {
				ok: true,
			} );
		} );

		test( 'a defect in the work gives the lock back', async () => {
			await expect(
				first.locks.withLock( 'contact', { wait: 0 }, async () => {
					throw new Error( 'defect' );
				} )
			).rejects.toThrow( 'defect' );
			expect(
				await second.locks.withLock(
					'contact',
					{ wait: 0 },
					async () => 1
				)
			).toMatchObject( {
				ok: true,
			} );
		} );

		test( 'a signal ends the waiting, and reaches the work', async () => {
			const { work, finish } = gatedWork();
			const stop = new AbortController();
			let signal: AbortSignal | null = null;
			const holding = first.locks.withLock(
				'contact',
				{ wait: 0, signal: stop.signal },
				async ( lease ) => {
					signal = lease.signal;
					await work();
				}
			);
			await bench.clock.advance( 0 );
			const waiting = second.locks.withLock(
				'contact',
				{ wait: 60_000, signal: stop.signal },
				async () => 1
			);
			await bench.clock.advance( 0 );
			stop.abort();
			expect( await waiting ).toMatchObject( {
				ok: false,
				failure: { cause: 'busy' },
			} );
			expect( signal ).toMatchObject( { aborted: true } );
			finish();
			await holding;
		} );
	} );

	describe( `${ name }: schedules`, () => {
		let bench: Bench;
		let database: Database;

		beforeEach( async () => {
			bench = await openBench();
			database = await bench.open();
		} );
		afterEach( () => bench.destroy() );

		const due = ( one: Database ) => one.schedules.due( bench.clock.now() );

		test( 'of two that ask, one is told to run', async () => {
			const other = await bench.open( { owner: 'other' } );
			await database.schedules.ensure( 'main/sweep', 5000 );
			await other.schedules.ensure( 'main/sweep', 5000 );
			const asked = [ await due( database ), await due( other ) ];
			expect( asked ).toEqual( [ [ 'main/sweep' ], [] ] );
			await bench.clock.advance( 4999 );
			expect( await due( other ) ).toEqual( [] );
			await bench.clock.advance( 1 );
			expect( await due( other ) ).toEqual( [ 'main/sweep' ] );
			expect( await due( database ) ).toEqual( [] );
		} );

		test( 'a restart does not begin anew', async () => {
			await database.schedules.ensure( 'main/sweep', 5000 );
			await due( database );
			await bench.clock.advance( 2000 );
			await database.close();
			const restarted = await bench.open( { exclusive: true } );
			await restarted.schedules.ensure( 'main/sweep', 5000 );
			expect( await due( restarted ) ).toEqual( [] );
			expect( await restarted.schedules.nextAt() ).toBe(
				bench.clock.now() + 3000
			);
		} );

		test( 'a changed interval counts from the last run', async () => {
			await database.schedules.ensure( 'main/sweep', 60_000 );
			await due( database );
			await bench.clock.advance( 2000 );
			await database.schedules.ensure( 'main/sweep', 5000 );
			expect( await database.schedules.nextAt() ).toBe(
				bench.clock.now() + 3000
			);
			await database.schedules.ensure( 'main/sweep', 1000 );
			expect( await due( database ) ).toEqual( [ 'main/sweep' ] );
		} );

		test( 'an interval of null removes it', async () => {
			await database.schedules.ensure( 'main/stock', 5000 );
			await database.schedules.ensure( 'main/stock', null );
			expect( await due( database ) ).toEqual( [] );
			expect( await database.schedules.nextAt() ).toBeNull();
		} );

		test( 'a clock that was set back stops nothing', async () => {
			await database.schedules.ensure( 'main/sweep', 300_000 );
			await due( database );
			await bench.clock.advance( -3_600_000 );
			expect( await due( database ) ).toEqual( [ 'main/sweep' ] );
			expect( await due( database ) ).toEqual( [] );
			expect( await database.schedules.nextAt() ).toBe(
				bench.clock.now() + 300_000
			);
			await bench.clock.advance( 300_000 );
			expect( await due( database ) ).toEqual( [ 'main/sweep' ] );
		} );

		test( 'a clock that was set back by less than the interval delays the next run no further', async () => {
			await database.schedules.ensure( 'main/sweep', 300_000 );
			await due( database );
			await bench.clock.advance( 200_000 );
			await bench.clock.advance( -100_000 );
			await bench.clock.advance( 300_000 );
			expect( await due( database ) ).toEqual( [ 'main/sweep' ] );
		} );

		test( 'runs that were missed are not made up for; others keep their beat', async () => {
			await database.schedules.ensure( 'main/sweep', 5000 );
			await due( database );
			await bench.clock.advance( 5300 );
			expect( await due( database ) ).toEqual( [ 'main/sweep' ] );
			expect( await database.schedules.nextAt() ).toBe(
				bench.clock.now() + 4700
			);
			await bench.clock.advance( 60_000 );
			expect( await due( database ) ).toEqual( [ 'main/sweep' ] );
			expect( await due( database ) ).toEqual( [] );
			expect( await database.schedules.nextAt() ).toBe(
				bench.clock.now() + 5000
			);
		} );
	} );
}
