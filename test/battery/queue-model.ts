/**
 * Random histories of a queue against the promises of its port. The model keeps no rows: of
 * each key it knows what was asked for and not yet served, and when it may next be run.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
	PRIORITY,
	taskKey,
	type ClaimedTask,
} from '../../src/contracts/queue.ts';
import type { OpenBench } from './bench.ts';

const KEYS = [ 1, 2 ].map( ( id ) => taskKey( 'main', 'order', id ) );
const key = fc.constantFrom( ...KEYS );
const wait = fc.integer( { min: 0, max: 5000 } );

const step = fc.oneof(
	fc.record( {
		type: fc.constant( 'enqueue' as const ),
		key,
		person: fc.boolean(),
		forced: fc.boolean(),
		delay: fc.oneof( fc.constant( 0 ), wait ),
	} ),
	fc.record( { type: fc.constant( 'claim' as const ), key } ),
	fc.record( { type: fc.constant( 'done' as const ), key } ),
	fc.record( { type: fc.constant( 'park' as const ), key } ),
	fc.record( { type: fc.constant( 'retry' as const ), key, after: wait } ),
	fc.record( { type: fc.constant( 'later' as const ), key, after: wait } ),
	fc.record( { type: fc.constant( 'wake' as const ), key } ),
	fc.record( { type: fc.constant( 'crash' as const ) } ),
	fc.record( { type: fc.constant( 'advance' as const ), ms: wait } )
);

interface Known {
	/** The earliest time somebody asked for a run that has not begun yet; null = nobody did. */
	askedFor: number | null;
	/** A person said push, and no run that knew of it has ended well. */
	forced: boolean;
	/** No sooner than this, unless a person comes. */
	backoffUntil: number | null;
	personCame: number | null;
	running: ClaimedTask | null;
	forcedBeforeRun: boolean;
	crashed: boolean;
	tries: number;
}

const nothing = (): Known => ( {
	askedFor: null,
	forced: false,
	backoffUntil: null,
	personCame: null,
	running: null,
	forcedBeforeRun: false,
	crashed: false,
	tries: 0,
} );

const earliest = ( a: number | null, b: number ) =>
	a === null ? b : Math.min( a, b );

export function runQueueModel( name: string, openBench: OpenBench ): void {
	test( `${ name }: no history loses an event, runs a key twice or defeats a backoff`, async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array( step, { maxLength: 60 } ),
				async ( steps ) => {
					const bench = await openBench();
					try {
						let database = await bench.open();
						const known = new Map(
							KEYS.map( ( one ) => [ one, nothing() ] )
						);
						for ( const action of steps ) {
							const { queue } = database;
							const now = bench.clock.now();
							if ( action.type === 'advance' ) {
								await bench.clock.advance( action.ms );
								continue;
							}
							if ( action.type === 'crash' ) {
								await database.close();
								database = await bench.open( {
									exclusive: true,
								} );
								for ( const state of known.values() ) {
									state.crashed ||= state.running !== null;
									state.running = null;
								}
								continue;
							}
							const state = known.get( action.key ) ?? nothing();
							switch ( action.type ) {
								case 'enqueue': {
									const at = now + action.delay;
									await queue.enqueue( [
										{
											key: action.key,
											kind: 'order',
											connection: 'main',
											notBefore: at,
											...( action.person && {
												priority: PRIORITY.person,
											} ),
											...( action.forced && {
												payload: { forced: true },
											} ),
										},
									] );
									state.askedFor = earliest(
										state.askedFor,
										at
									);
									state.forced ||= action.forced;
									if ( action.person ) {
										state.personCame = earliest(
											state.personCame,
											at
										);
									}
									break;
								}
								case 'wake':
									if (
										( await queue.wake( [ action.key ] ) ) >
										0
									) {
										state.askedFor = earliest(
											state.askedFor,
											now
										);
										state.personCame = earliest(
											state.personCame,
											now
										);
										if ( state.running ) {
											state.forced ||=
												state.forcedBeforeRun;
										} else if ( ! state.crashed ) {
											state.tries = 0;
										}
									}
									break;
								case 'claim': {
									const task = await queue.claim( {
										only: [ action.key ],
									} );
									// Due when asked for, not before its backoff; a person goes before both.
									const due =
										state.backoffUntil === null
											? state.askedFor
											: Math.min(
													state.backoffUntil,
													state.personCame ?? Infinity
												);
									const expected =
										state.running === null &&
										( state.crashed ||
											( due !== null && due <= now ) );
									expect( task !== null ).toBe( expected );
									if ( task ) {
										expect(
											task.payload.forced ?? false
										).toBe(
											state.forced ||
												( state.crashed &&
													state.forcedBeforeRun )
										);
										expect( task.attempt ).toBe(
											state.tries + 1
										);
										state.tries += 1;
										state.running = task;
										state.forcedBeforeRun =
											task.payload.forced ?? false;
										state.forced = false;
										state.askedFor = null;
										state.backoffUntil = null;
										state.personCame = null;
										state.crashed = false;
									}
									break;
								}
								default: {
									const { running } = state;
									if ( ! running ) {
										break;
									}
									state.running = null;
									const asked = state.askedFor !== null;
									if ( action.type === 'done' ) {
										expect(
											await queue.settle( running.lease, {
												kind: 'done',
											} )
										).toBe( true );
										expect(
											( await queue.find(
												action.key
											) ) !== null
										).toBe( asked );
										state.tries = 0;
										break;
									}
									// The run did not end well: what it knew is still to be served.
									state.forced ||= state.forcedBeforeRun;
									if ( action.type === 'park' ) {
										await queue.settle( running.lease, {
											kind: 'park',
											message: '',
										} );
										const view = await queue.find(
											action.key
										);
										expect( view?.state === 'parked' ).toBe(
											! asked
										);
										state.tries = 0;
									} else if ( action.type === 'retry' ) {
										const { after } = action;
										await queue.settle( running.lease, {
											kind: 'retry',
											after,
											message: '',
										} );
										state.backoffUntil = now + after;
										state.askedFor = earliest(
											state.askedFor,
											now + after
										);
									} else {
										const at = now + action.after;
										await queue.settle( running.lease, {
											kind: 'later',
											at,
										} );
										state.askedFor = earliest(
											state.askedFor,
											at
										);
										state.tries -= 1;
									}
								}
							}
						}
					} finally {
						await bench.destroy();
					}
				}
			),
			{ numRuns: 100 }
		);
	} );
}
