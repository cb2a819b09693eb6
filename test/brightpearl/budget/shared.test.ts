import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Lane } from '../../../src/brightpearl/api.ts';
import type {
	Admission,
	Budget,
} from '../../../src/brightpearl/budget/budget.ts';
import {
	allSettled,
	createMemoryLedger,
	createProcess,
	createServer,
	runTo,
	seeded,
	send,
	skewed,
} from './kit.ts';
import { createLog, createVirtualClock } from '../world.ts';

const START = Date.UTC( 2026, 3, 17, 10 );

function setUp( skew = 0 ) {
	const clock = createVirtualClock( START );
	const ledger = createMemoryLedger();
	const one = createProcess( clock, ledger, 'one' );
	const two = createProcess( skewed( clock, skew ), ledger, 'two' );
	return { clock, ledger, one, two };
}

function ask( budget: Budget, lane: Lane = 'order', reserve = 0 ) {
	const asked: { admission: Admission | null } = { admission: null };
	void budget
		.admit( lane, () => reserve )
		.then( ( admission ) => {
			asked.admission = admission;
		} );
	return asked;
}

async function take( budget: Budget, lane: Lane = 'order', reserve = 0 ) {
	const asked = ask( budget, lane, reserve );
	await allSettled();
	if ( ! asked.admission?.ok ) {
		throw new Error( 'no room' );
	}
	return asked.admission.permit;
}

async function answered( budget: Budget, remaining: number, period: number ) {
	( await take( budget, 'person' ) ).ended( { remaining, period } );
	await allSettled();
}

describe( 'two processes on one pool', () => {
	test( 'know what the other has learned, and count what it has in flight', async () => {
		const { one, two } = setUp();
		await answered( one, 60, 30_000 );
		const inFlight = [ await take( one ), await take( one ) ];
		await two.refresh();
		expect( two.view() ).toEqual( {
			pool: 'acmeshop|private',
			limit: 200,
			remaining: 58,
			resetsAt: new Date( START + 30_005 ).toISOString(),
			refused: 0,
		} );
		for ( const permit of inFlight ) {
			permit.ended( { remaining: 58, period: 29_990 } );
		}
		await allSettled();
		await two.refresh();
		expect( two.view().remaining ).toBe( 58 );
		// A person may have all of it, in whichever process.
		expect( await take( two, 'person' ) ).toBeDefined();
	} );

	test( 'hold the lanes against each other', async () => {
		const { one, two } = setUp();
		await answered( one, 80, 30_000 );
		const backfill = ask( two, 'backfill' );
		const stock = ask( two, 'stock' );
		const kept = ask( two, 'order', 75 );
		await allSettled();
		expect( backfill.admission ).toBeNull();
		expect( stock.admission?.ok ).toBe( true );
		expect( kept.admission ).toBeNull();
	} );

	test( 'ask a window nothing is known of with two requests together', async () => {
		const { clock, one, two } = setUp();
		const all = [ ask( one ), ask( two ), ask( one ), ask( two ) ];
		await allSettled();
		const through = all.filter( ( { admission } ) => admission?.ok );
		expect( through ).toHaveLength( 2 );
		const [ first ] = through;
		if ( first?.admission?.ok ) {
			first.admission.permit.ended( { remaining: 199, period: 60_000 } );
		}
		// The other process sees it when it looks again.
		await runTo( clock, START + 200 );
		expect( all.every( ( { admission } ) => admission?.ok ) ).toBe( true );
	} );

	test( 'stop both when one is refused, and count it', async () => {
		for ( const skew of [ -7_000, 0, 7_000 ] ) {
			const { clock, one, two } = setUp( skew );
			await answered( one, 150, 40_000 );
			// What was refused before it began is not of its time.
			await two.refresh();
			const permit = await take( one );
			permit.ended( null );
			one.refused( null );
			await allSettled();
			const person = ask( two, 'person' );
			await runTo( clock, START + 39_000 );
			expect( person.admission ).toBeNull();
			await runTo( clock, START + 60_000 );
			expect( person.admission ).toMatchObject( { ok: true } );
			expect( one.view().refused ).toBe( 1 );
			expect( two.view().refused ).toBe( 1 );
		}
	} );

	test( 'a clock that differs by seconds neither opens a window early nor late', async () => {
		for ( const skew of [ -8_000, -1_000, 1_000, 8_000 ] ) {
			const { clock, one, two } = setUp( skew );
			await answered( one, 0, 20_000 );
			const person = ask( two, 'person' );
			await runTo( clock, START + 20_000 );
			expect( person.admission ).toBeNull();
			await runTo( clock, START + 20_020 );
			expect( person.admission ).toMatchObject( { ok: true } );
		}
	} );

	test( 'what was written an hour ago stops nobody', async () => {
		const { clock, one, two } = setUp();
		await answered( one, 0, 20_000 );
		await take( one, 'person' ).catch( () => null );
		one.close();
		await allSettled();
		clock.set( START + 3_600_000 );
		await two.refresh();
		expect( two.view() ).toMatchObject( {
			remaining: 200,
			resetsAt: null,
		} );
		expect( await take( two, 'backfill' ) ).toBeDefined();
	} );

	test( 'the requests of a process that died are given back after the longest timeout', async () => {
		const { clock, one, two } = setUp();
		await answered( one, 100, 600_000 );
		await take( one );
		await take( one );
		await two.refresh();
		expect( two.view().remaining ).toBe( 98 );
		await runTo( clock, START + 121_000 );
		await two.refresh();
		// The window has turned, by all that may be believed.
		expect( two.view().remaining ).toBe( 198 );
		await runTo( clock, START + 151_000 );
		await two.refresh();
		expect( two.view().remaining ).toBe( 200 );
	} );

	test( 'one change of the ledger for all that is asked or ends in a turn of the event loop', async () => {
		const { ledger, one } = setUp();
		await answered( one, 150, 30_000 );
		const before = ledger.changes;
		const permits = await Promise.all(
			Array.from( { length: 20 }, () => one.admit( 'order', () => 0 ) )
		);
		expect( ledger.changes ).toBe( before + 1 );
		for ( const admission of permits ) {
			if ( admission.ok ) {
				admission.permit.ended( { remaining: 120, period: 29_000 } );
			}
		}
		await allSettled();
		expect( ledger.changes ).toBe( before + 2 );
	} );

	test( 'what is asked in the moment a change is through is not forgotten', async () => {
		const { one } = setUp();
		await answered( one, 150, 30_000 );
		for ( let time = 0; time < 5; time++ ) {
			let through = 0;
			// Each asks as soon as the one before has been let through.
			void ( async () => {
				for ( let ask = 0; ask < 4; ask++ ) {
					const admission = await one.admit( 'order', () => 0 );
					for ( let hop = 0; hop < time; hop++ ) {
						await Promise.resolve();
					}
					through += admission.ok ? 1 : 0;
				}
			} )();
			for ( let turns = 0; turns < 4; turns++ ) {
				await allSettled();
			}
			expect( through ).toBe( 4 );
		}
	} );

	test( 'what another version wrote is taken for nothing', async () => {
		const { ledger, one } = setUp();
		await ledger.change( 'acmeshop|private', () => ( {
			state: { tokens: 7 },
			result: null,
		} ) );
		await answered( one, 60, 30_000 );
		expect( one.view().remaining ).toBe( 60 );
	} );
} );

describe( 'a database that cannot be asked', () => {
	test( 'does not stop the work; the count goes on and is written later', async () => {
		const clock = createVirtualClock( START );
		const ledger = createMemoryLedger();
		const { lines, logger } = createLog();
		const one = createProcess( clock, ledger, 'one', { logger } );
		const two = createProcess( clock, ledger, 'two' );
		await answered( one, 60, 30_000 );
		ledger.broken = true;
		const permit = await take( one );
		await take( one );
		expect( one.view().remaining ).toBe( 58 );
		permit.ended( { remaining: 40, period: 29_000 } );
		await allSettled();
		expect( one.view().remaining ).toBe( 39 );
		expect( lines.map( ( { level } ) => level ) ).toEqual( [ 'warn' ] );

		ledger.broken = false;
		await runTo( clock, START + 5_000 );
		await take( one );
		await two.refresh();
		// What was learned alone, less the two in flight.
		expect( two.view().remaining ).toBe( 38 );
		expect( lines.map( ( { level } ) => level ) ).toEqual( [
			'warn',
			'info',
		] );
	} );

	test( 'closing still sends away who waits', async () => {
		const { clock, ledger, one } = setUp();
		await answered( one, 0, 30_000 );
		ledger.broken = true;
		const waiting = ask( one, 'person' );
		await allSettled();
		one.close();
		await allSettled();
		expect( waiting.admission ).toMatchObject( { ok: false } );
		expect( clock.sleepers() ).toBe( 0 );
	} );
} );

describe( 'several processes against one server', () => {
	const worlds = fc.record( {
		cap: fc.constantFrom( 20, 50, 100 ),
		processes: fc.constantFrom( 2, 3 ),
		skew: fc.constantFrom( 0, 3_000, -5_000 ),
		offset: fc.integer( { min: 0, max: 59_999 } ),
		seed: fc.integer( { min: 1, max: 2 ** 31 - 1 } ),
		slowest: fc.constantFrom( 5, 200, 2_000 ),
	} );

	test( 'never exceed the cap together, use most of it, and each gets its share', async () => {
		await fc.assert(
			fc.asyncProperty( worlds, async ( world ) => {
				const { cap, offset, slowest } = world;
				const chance = seeded( world.seed );
				const clock = createVirtualClock( START );
				const ledger = createMemoryLedger();
				const server = createServer( clock, {
					cap,
					length: 60_000,
					mode: 'fixed',
					offset,
				} );
				const budgets = Array.from(
					{ length: world.processes },
					( _, at ) =>
						createProcess(
							skewed( clock, at * world.skew ),
							ledger,
							`process-${ at }`,
							{ chance }
						)
				);
				const through = budgets.map( () => 0 );
				const trip = () => Math.floor( chance() * slowest );
				const all = budgets.map( async ( budget, at ) => {
					await Promise.all(
						Array.from( { length: cap * 2 }, async () => {
							if (
								await send( budget, server, clock, {
									trip,
									lane: 'stock',
								} )
							) {
								through[ at ] = ( through[ at ] ?? 0 ) + 1;
							}
						} )
					);
				} );
				await runTo( clock, START + 115_000 );
				for ( const budget of budgets ) {
					budget.close();
				}
				await runTo( clock, START + 130_000 );
				await Promise.all( all );

				expect( server.refused() ).toBe( 0 );
				const total = through.reduce( ( sum, one ) => sum + one, 0 );
				expect( total ).toBeGreaterThan( cap * 0.75 );
				for ( const one of through ) {
					expect( one ).toBeGreaterThan(
						// Answers of chance come late to one of them now and then.
						total / world.processes / 8
					);
				}
			} ),
			{ numRuns: 6, seed: 20261115 }
		);
	}, 60_000 );

	test( 'where other apps spend too, a refusal stops all of them till the turn', async () => {
		await fc.assert(
			fc.asyncProperty( worlds, async ( world ) => {
				const { cap, offset, seed, skew } = world;
				const chance = seeded( seed );
				const clock = createVirtualClock( START );
				const ledger = createMemoryLedger();
				const server = createServer( clock, {
					cap,
					length: 60_000,
					mode: 'fixed',
					offset,
				} );
				const budgets = Array.from(
					{ length: world.processes },
					( _, at ) =>
						createProcess(
							skewed( clock, at * skew ),
							ledger,
							`process-${ at }`,
							{ chance }
						)
				);
				let stoppedUntil = 0;
				let leftWhileStopped = 0;
				const trip = () => clock.sleep( Math.floor( chance() * 50 ) );
				const one = async ( budget: Budget ) => {
					const admission = await budget.admit( 'stock', () => 0 );
					if ( ! admission.ok ) {
						return;
					}
					leftWhileStopped += clock.now() < stoppedUntil ? 1 : 0;
					await trip();
					const { allowed, figures } = server.take();
					await trip();
					admission.permit.ended( figures );
					if ( ! allowed ) {
						budget.refused( figures.period );
						await allSettled();
						// Less what the answer took, at most.
						stoppedUntil = Math.max(
							stoppedUntil,
							clock.now() + figures.period - 50
						);
					}
				};
				const all = budgets.flatMap( ( budget ) =>
					Array.from( { length: cap }, () => one( budget ) )
				);
				// Three times another app takes half the cap in one go.
				const theirs = ( async () => {
					for ( let time = 0; time < 3; time++ ) {
						await clock.sleep( Math.floor( chance() * 30_000 ) );
						for ( let taken = 0; taken < cap / 2; taken++ ) {
							server.take( false );
						}
						await clock.sleep( 30_000 );
					}
				} )();
				await runTo( clock, START + 115_000 );
				for ( const budget of budgets ) {
					budget.close();
				}
				await runTo( clock, START + 240_000 );
				await Promise.all( [ ...all, theirs ] );
				expect( leftWhileStopped ).toBe( 0 );
				// What was in flight when the others struck, and no more.
				expect( server.refused() ).toBeLessThanOrEqual(
					3 * world.processes * 16
				);
			} ),
			{ numRuns: 5, seed: 20261115 }
		);
	}, 60_000 );
} );
