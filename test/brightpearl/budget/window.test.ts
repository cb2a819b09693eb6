/** A window that turns with the minute, a rolling one, and a client told of the wrong one. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LANES, type Lane } from '../../../src/brightpearl/api.ts';
import type { WindowMode } from '../../../src/brightpearl/budget/throttle-window.ts';
import {
	createMemoryLedger,
	createProcess,
	createServer,
	runTo,
	seeded,
	send,
} from './kit.ts';
import { createVirtualClock } from '../world.ts';

const START = Date.UTC( 2026, 3, 17, 10 );

const worlds = fc.record( {
	cap: fc.constantFrom( 20, 50, 120 ),
	offset: fc.integer( { min: 0, max: 59_999 } ),
	seed: fc.integer( { min: 1, max: 2 ** 31 - 1 } ),
	slowest: fc.constantFrom( 5, 150, 1_000 ),
	processes: fc.constantFrom( 1, 2 ),
	lostOf100: fc.constantFrom( 0, 0, 5 ),
} );
type World = Record<
	'cap' | 'offset' | 'seed' | 'slowest' | 'processes' | 'lostOf100',
	number
>;

/** A backlog of several windows; how many got through and how many were refused. */
async function backlog(
	world: World,
	mode: 'fixed' | 'rolling',
	window: WindowMode
) {
	const { cap, offset, slowest } = world;
	const chance = seeded( world.seed );
	const clock = createVirtualClock( START );
	const server = createServer( clock, { cap, length: 60_000, mode, offset } );
	const ledger = world.processes > 1 ? createMemoryLedger() : null;
	const budgets = Array.from( { length: world.processes }, ( _, at ) =>
		createProcess( clock, ledger, `process-${ at }`, { chance } )
	);
	const trip = () => Math.floor( chance() * slowest );
	const all = budgets.flatMap( ( budget ) =>
		Array.from(
			{ length: Math.ceil( ( cap * 4 ) / world.processes ) },
			() =>
				send( budget, server, clock, {
					trip,
					lane: 'stock',
					window,
					isLost: chance() * 100 < world.lostOf100,
				} )
		)
	);
	await runTo( clock, START + 119_000 );
	for ( const budget of budgets ) {
		budget.close();
	}
	await runTo( clock, START + 200_000 );
	const done = await Promise.all( all );
	return {
		refused: server.refused(),
		through: done.filter( Boolean ).length - server.refused(),
		view: budgets[ 0 ]?.view( window ),
	};
}

describe( 'a backlog', () => {
	test.each( [
		[ 'fixed', 'minute' ],
		[ 'rolling', 'rolling' ],
		[ 'fixed', 'rolling' ],
	] as const )(
		'where Brightpearl counts %s and the setting says %s: nothing is refused, and the cap is used',
		async ( mode, window ) => {
			await fc.assert(
				fc.asyncProperty( worlds, async ( world ) => {
					const { refused, through } = await backlog(
						world,
						mode,
						window
					);
					expect( refused ).toBe( 0 );
					expect( through ).toBeGreaterThan( world.cap * 0.7 );
				} ),
				{ numRuns: 5, seed: 20261115 }
			);
		},
		60_000
	);

	test( 'told of minutes where a rolling one is counted: a few are refused, then it has learned', async () => {
		await fc.assert(
			fc.asyncProperty( worlds, async ( world ) => {
				const { refused, through } = await backlog(
					{ ...world, lostOf100: 0 },
					'rolling',
					'minute'
				);
				expect( refused ).toBeLessThanOrEqual( 4 );
				expect( through ).toBeGreaterThan( world.cap * 0.7 );
			} ),
			{ numRuns: 8 }
		);
	}, 180_000 );

	test( 'a cap above or below 200 is learned', async () => {
		for ( const cap of [ 20, 300 ] ) {
			const { view } = await backlog(
				{
					cap,
					offset: 30_000,
					seed: 7,
					slowest: 150,
					processes: 1,
					lostOf100: 0,
				},
				'fixed',
				'minute'
			);
			expect( view?.limit ).toBe( cap );
		}
	} );
} );

/** Every lane always has somebody waiting; what each got in every window. */
async function crowd(
	world: { seed: number; reserve: number; cap: number },
	waiting: readonly Lane[]
) {
	const chance = seeded( world.seed );
	const clock = createVirtualClock( START );
	const server = createServer( clock, {
		cap: world.cap,
		length: 60_000,
		mode: 'fixed',
	} );
	const budget = createProcess( clock, null, 'self', { chance } );
	const got = new Map< Lane, number >();
	const trip = () => 50 + Math.floor( chance() * 200 );
	let isOver = false;
	const all = waiting.flatMap( ( lane ) =>
		Array.from( { length: 30 }, async () => {
			while ( ! isOver ) {
				const { reserve } = world;
				const went = await send( budget, server, clock, {
					trip,
					lane,
					reserve,
				} );
				got.set( lane, ( got.get( lane ) ?? 0 ) + ( went ? 1 : 0 ) );
			}
		} )
	);
	await runTo( clock, START + 175_000 );
	isOver = true;
	budget.close();
	await runTo( clock, START + 200_000 );
	await Promise.all( all );
	return { got, refused: server.refused() };
}

describe( 'lanes under a load without end', () => {
	test( 'none starves, and the more urgent get more', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.record( {
					seed: fc.integer( { min: 1, max: 2 ** 31 - 1 } ),
					reserve: fc.constantFrom( 0, 20, 100 ),
					cap: fc.constantFrom( 200, 500 ),
				} ),
				async ( world ) => {
					const lanes = LANES.filter( ( lane ) => lane !== 'person' );
					const { got, refused } = await crowd( world, lanes );
					expect( refused ).toBe( 0 );
					const counts = lanes.map(
						( lane ) => got.get( lane ) ?? 0
					);
					for ( const count of counts ) {
						expect( count ).toBeGreaterThanOrEqual( 3 );
					}
					expect( counts ).toEqual(
						[ ...counts ].sort( ( a, b ) => b - a )
					);
					const total = counts.reduce( ( sum, one ) => sum + one, 0 );
					expect( total ).toBeLessThanOrEqual(
						3 * ( world.cap - world.reserve )
					);
				}
			),
			{ numRuns: 3 }
		);
	}, 180_000 );

	test( 'a person is let through at once while anything is left', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer( { min: 1, max: 2 ** 31 - 1 } ),
				fc.integer( { min: 1, max: 50_000 } ),
				async ( seed, at ) => {
					const chance = seeded( seed );
					const clock = createVirtualClock( START );
					const server = createServer( clock, {
						cap: 200,
						length: 60_000,
						mode: 'fixed',
					} );
					const budget = createProcess( clock, null, 'self', {
						chance,
					} );
					const trip = () => 50 + Math.floor( chance() * 2_000 );
					const all = Array.from( { length: 400 }, () =>
						send( budget, server, clock, {
							trip,
							lane: chance() < 0.5 ? 'order' : 'backfill',
						} )
					);
					await runTo( clock, START + at );
					const { remaining } = budget.view();
					let isIn = false;
					void budget
						.admit( 'person', () => 0 )
						.then( ( { ok } ) => {
							isIn = ok;
						} );
					await runTo( clock, START + at );
					expect( remaining ).not.toBe( 0 );
					expect( isIn ).toBe( true );
					budget.close();
					await runTo( clock, START + 120_000 );
					await Promise.all( all );
				}
			),
			{ numRuns: 6, seed: 20261115 }
		);
	}, 180_000 );

	test( 'batches that take three seconds do not keep a lane from the cap', async () => {
		for ( const lane of LANES ) {
			const clock = createVirtualClock( START );
			const server = createServer( clock, {
				cap: 200,
				length: 60_000,
				mode: 'fixed',
			} );
			const budget = createProcess( clock, null, 'self' );
			let inFlight = 0;
			let most = 0;
			const all = Array.from( { length: 200 }, async () => {
				const admission = await budget.admit( lane, () => 0 );
				if ( ! admission.ok ) {
					return 0;
				}
				inFlight += 1;
				most = Math.max( most, inFlight );
				const { figures } = server.take();
				await clock.sleep( 3_000 );
				inFlight -= 1;
				admission.permit.ended( figures );
				return 1;
			} );
			await runTo( clock, START + 59_000 );
			budget.close();
			const done = await Promise.all( all );
			const kept = lane === 'backfill' ? 0.4 : 0.2;
			expect( done.filter( Boolean ).length ).toBeGreaterThanOrEqual(
				Math.floor( 200 * ( 1 - kept ) ) - 1
			);
			expect( most ).toBeLessThanOrEqual( 40 );
		}
	} );
} );
