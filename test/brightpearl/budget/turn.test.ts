/**
 * What may not stop a pool for longer than a window lasts: answers that come back after the window
 * has turned, and a clock that moves on while it is looked who may leave.
 */
import { describe, expect, test } from '@jest/globals';
import type { Admission } from '../../../src/brightpearl/budget/budget.ts';
import type { Clock } from '../../../src/contracts/world.ts';
import {
	createMemoryLedger,
	createProcess,
	createServer,
	runTo,
	seeded,
	send,
} from './kit.ts';
import { createVirtualClock, settled } from '../world.ts';

const START = Date.UTC( 2026, 3, 17, 10 );
const WINDOW = 1_000;

const setUp = ( around: ( clock: Clock ) => Clock = ( clock ) => clock ) => {
	const clock = createVirtualClock( START );
	const budget = createProcess( around( clock ), null, 'one' );
	async function ask() {
		const asked: { admission: Admission | null } = { admission: null };
		void budget
			.admit( 'person', () => 0 )
			.then( ( admission ) => {
				asked.admission = admission;
			} );
		await settled();
		return asked;
	}
	async function take() {
		const { admission } = await ask();
		if ( ! admission?.ok ) {
			throw new Error( 'no room' );
		}
		return admission.permit;
	}
	return { ask, budget, clock, take };
};

describe( 'an answer that comes after the window has turned', () => {
	test( 'may count in the new one: only until its own period ends', async () => {
		const { ask, clock, take } = setUp();
		await clock.runTo( START + 900 );
		// Others have spent the window: of the limit no more is sure than two.
		const [ quick, ...slow ] = [ await take(), await take(), await take() ];
		await clock.runTo( START + 902 );
		quick?.ended( { remaining: 1, period: 98 } );
		await clock.runTo( START + 1_300 );
		// Both counted at 950; for all we know, at 1 300.
		slow.forEach( ( permit ) =>
			permit.ended( { remaining: 0, period: 50 } )
		);
		const next = await ask();
		expect( next.admission ).toBeNull();
		await clock.runTo( START + 1_349 );
		expect( next.admission ).toBeNull();
		await clock.runTo( START + 1_360 );
		expect( next.admission ).toMatchObject( { ok: true } );
	} );

	test.each( [ 'fixed', 'rolling' ] as const )(
		'never makes a backlog of three caps last a minute (%s)',
		async ( mode ) => {
			for ( let seed = 1; seed <= 40; seed++ ) {
				for ( const ledger of [ null, createMemoryLedger() ] ) {
					const chance = seeded( seed * 7_919 + 13 );
					for ( let warm = 0; warm < 5; warm++ ) {
						chance();
					}
					const clock = createVirtualClock(
						START + Math.floor( chance() * WINDOW )
					);
					const begun = clock.now();
					const server = createServer( clock, {
						cap: 20,
						length: WINDOW,
						mode,
					} );
					const spent = Math.floor( chance() * 21 );
					for ( let other = 0; other < spent; other++ ) {
						server.take( false );
					}
					const budget = createProcess( clock, ledger, 'one', {
						chance,
					} );
					const slowest = chance() * 400;
					let through = 0;
					for ( let at = 0; at < 60; at++ ) {
						void send( budget, server, clock, {
							lane: at % 2 === 0 ? 'stock' : 'person',
							trip: () =>
								1 + Math.floor( chance() ** 3 * slowest ),
						} ).then( ( done ) => {
							through += done ? 1 : 0;
						} );
					}
					await runTo( clock, begun + 12 * WINDOW );
					expect( { seed, through } ).toEqual( {
						seed,
						through: 60,
					} );
					await budget.close();
				}
			}
		}
	);
} );

test( 'a window that turns while it is looked who may leave is not slept through', async () => {
	// Which look is the one after the turn is not ours to know.
	for ( let before = 1; before <= 6; before++ ) {
		let steps: number | null = null;
		const { ask, clock, take } = setUp( ( real ) => ( {
			sleep: ( ms, signal ) => real.sleep( ms, signal ),
			now: () => real.now() + ( steps === null ? 0 : steps++ ),
		} ) );
		( await take() ).ended( { remaining: 0, period: 100 } );
		await clock.runTo( START + 105 - before );
		steps = 0;
		const waiting = await ask();
		steps = null;
		await clock.runTo( START + 300 );
		expect( waiting.admission ).toMatchObject( { ok: true } );
	}
} );
