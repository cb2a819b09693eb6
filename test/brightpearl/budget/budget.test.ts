import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Lane } from '../../../src/brightpearl/api.ts';
import {
	createBudget,
	type Admission,
	type Budget,
	type Permit,
} from '../../../src/brightpearl/budget/budget.ts';
import { createVirtualClock, settled, type VirtualClock } from '../world.ts';

const START = Date.UTC( 2026, 3, 17, 10 );
const noChance = { next: () => 0, bytes: ( n: number ) => new Uint8Array( n ) };

function setUp( clock: VirtualClock = createVirtualClock( START ) ) {
	const budget = createBudget( {
		pool: 'acmeshop|private',
		clock,
		random: noChance,
	} );
	return { clock, budget };
}

/** Asks, and tells whether room was given. */
function ask( budget: Budget, lane: Lane = 'person', reserve = 0 ) {
	const asked: { admission: Admission | null; permit: () => Permit } = {
		admission: null,
		permit() {
			if ( ! asked.admission?.ok ) {
				throw new Error( 'no permit was given' );
			}
			return asked.admission.permit;
		},
	};
	void budget
		.admit( lane, () => reserve )
		.then( ( admission ) => {
			asked.admission = admission;
		} );
	return asked;
}

async function take( budget: Budget, lane: Lane = 'person', reserve = 0 ) {
	const asked = ask( budget, lane, reserve );
	await settled();
	return asked.permit();
}

/** One request that Brightpearl answers with these figures. */
async function answered( budget: Budget, remaining: number, period: number ) {
	( await take( budget ) ).ended( { remaining, period } );
}

test.each( Array.from( { length: 40 }, ( _, period ) => period + 1 ) )(
	'a window of %d ms that turns while it is looked at is not overlooked',
	async ( period ) => {
		const virtual = createVirtualClock( START );
		const { budget } = setUp( {
			...virtual,
			// Every look takes a moment.
			now() {
				virtual.set( virtual.now() + 1 );
				return virtual.now();
			},
		} );
		await answered( budget, 0, period );
		const asked = ask( budget );
		await settled();
		await virtual.runTo( virtual.now() + 1000 );
		await settled();
		expect( asked.admission?.ok ).toBe( true );
	}
);

describe( 'learning', () => {
	test( 'before any answer only two requests are in flight', async () => {
		const { budget } = setUp();
		const all = [ 1, 2, 3 ].map( () => ask( budget, 'order' ) );
		await settled();
		expect( all.map( ( { admission } ) => admission?.ok ?? null ) ).toEqual(
			[ true, true, null ]
		);
		expect( budget.view() ).toEqual( {
			pool: 'acmeshop|private',
			limit: null,
			remaining: null,
			resetsAt: null,
			refused: 0,
		} );
		all[ 0 ]?.permit().ended( { remaining: 150, period: 30_000 } );
		await settled();
		expect( all[ 2 ]?.admission?.ok ).toBe( true );
		// 150 less the two still in flight, which may be counted after that figure.
		expect( budget.view() ).toMatchObject( {
			limit: 200,
			remaining: 148,
			resetsAt: new Date( START + 30_005 ).toISOString(),
		} );
	} );

	test( 'the window is counted from the answer, whatever this machine’s clock says', async () => {
		const { budget, clock } = setUp(
			createVirtualClock( START + 123_456 )
		);
		await answered( budget, 0, 10_000 );
		const late = ask( budget );
		await clock.runTo( START + 123_456 + 10_004 );
		expect( late.admission ).toBeNull();
		await clock.runTo( START + 123_456 + 10_006 );
		expect( late.admission?.ok ).toBe( true );
	} );

	test( 'answers out of order never raise what is left', async () => {
		const { budget } = setUp();
		await answered( budget, 199, 60_000 );
		const first = await take( budget );
		const second = await take( budget );
		second.ended( { remaining: 20, period: 60_000 } );
		first.ended( { remaining: 21, period: 60_000 } );
		expect( budget.view().remaining ).toBe( 20 );
	} );

	test( 'a request whose answer was lost counts as spent until the window turns', async () => {
		const { budget, clock } = setUp();
		await answered( budget, 10, 30_000 );
		( await take( budget ) ).ended( null );
		expect( budget.view().remaining ).toBe( 9 );
		await clock.runTo( START + 30_006 );
		expect( budget.view().remaining ).toBe( 200 );
	} );

	test( 'a request that never left costs nothing', async () => {
		const { budget } = setUp();
		await answered( budget, 10, 30_000 );
		const permit = await take( budget );
		permit.unsent();
		permit.unsent();
		permit.ended( null );
		expect( budget.view().remaining ).toBe( 10 );
	} );

	test( 'a late answer of the window before does not pass for a figure of this one', async () => {
		const { budget, clock } = setUp();
		await answered( budget, 100, 10_000 );
		const slow = await take( budget );
		await clock.runTo( START + 10_010 );
		await answered( budget, 199, 59_990 );
		slow.ended( { remaining: 0, period: 2_000 } );
		expect( budget.view().remaining ).toBe( 199 );
	} );

	test( 'a limit other than 200 is learned, lower and higher', async () => {
		for ( const limit of [ 50, 600 ] ) {
			const { budget, clock } = setUp();
			await answered( budget, limit - 11, 10_000 );
			await clock.runTo( START + 10_010 );
			await answered( budget, limit - 1, 59_990 );
			expect( budget.view() ).toMatchObject( {
				limit,
				remaining: limit - 1,
			} );
		}
	} );

	test( 'a clock that is set back does not stop anything for an hour', async () => {
		const { budget, clock } = setUp();
		await answered( budget, 0, 10_000 );
		clock.set( START - 3_600_000 );
		const late = ask( budget );
		await clock.runTo( START - 3_600_000 + 10_010 );
		expect( late.admission?.ok ).toBe( true );
	} );
} );

describe( 'a window that has just turned', () => {
	test( 'is tried with two requests, whatever is still in flight of the one before', async () => {
		const { budget, clock } = setUp();
		await answered( budget, 100, 10_000 );
		const before = [ await take( budget ), await take( budget ) ];
		await clock.runTo( START + 10_010 );
		const after = [ 1, 2, 3 ].map( () => ask( budget, 'order' ) );
		await settled();
		expect(
			after.map( ( { admission } ) => admission?.ok ?? null )
		).toEqual( [ true, true, null ] );
		// An answer of the window before tells nothing of this one.
		before[ 0 ]?.ended( { remaining: 99, period: 1 } );
		await settled();
		expect( after[ 2 ]?.admission ).toBeNull();
		after[ 0 ]?.permit().ended( { remaining: 198, period: 59_000 } );
		await settled();
		expect( after[ 2 ]?.admission?.ok ).toBe( true );
	} );
} );

describe( 'lanes', () => {
	test( 'less urgent lanes stop earlier', async () => {
		const floors: [ Lane, number ][] = [
			[ 'person', 0 ],
			[ 'order', 10 ],
			[ 'shipment', 20 ],
			[ 'stock', 40 ],
			[ 'backfill', 80 ],
		];
		for ( const [ lane, floor ] of floors ) {
			const { budget } = setUp();
			await answered( budget, floor, 30_000 );
			const stopped = ask( budget, lane );
			await settled();
			expect( stopped.admission ).toBeNull();
			const { budget: other } = setUp();
			await answered( other, floor + 1, 30_000 );
			expect( await take( other, lane ) ).toBeDefined();
		}
	} );

	test( 'what waits leaves in lane order, then in order of arrival', async () => {
		const { budget, clock } = setUp();
		await answered( budget, 0, 4_000 );
		const left: string[] = [];
		const lanes: Lane[] = [
			'backfill',
			'stock',
			'order',
			'person',
			'order',
		];
		lanes.forEach( ( lane, at ) => {
			void budget
				.admit( lane, () => 0 )
				.then( ( admission ) => {
					left.push( `${ lane }-${ at }` );
					if ( admission.ok ) {
						admission.permit.ended( {
							remaining: 190,
							period: 59_000,
						} );
					}
				} );
		} );
		await clock.runTo( START + 4_010 );
		expect( left ).toEqual( [
			'person-3',
			'order-2',
			'order-4',
			'stock-1',
			'backfill-0',
		] );
	} );

	test( 'an order halfway through its steps waits for the window, as a person does', async () => {
		const { budget, clock } = setUp();
		await answered( budget, 150, 30_000 );
		await answered( budget, 0, 30_000 );
		const order = ask( budget, 'order' );
		const person = ask( budget, 'person' );
		await clock.runTo( START + 30_000 );
		expect( order.admission ).toBeNull();
		expect( person.admission ).toBeNull();
		await clock.runTo( START + 30_010 );
		expect( person.admission?.ok ).toBe( true );
		expect( order.admission?.ok ).toBe( true );
	} );

	test( 'the reserve is left to other apps, but never everything', async () => {
		const { budget } = setUp();
		await answered( budget, 30, 30_000 );
		const kept = ask( budget, 'person', 30 );
		await settled();
		expect( kept.admission ).toBeNull();
		expect( await take( budget, 'person', 29 ) ).toBeDefined();

		const { budget: greedy, clock } = setUp();
		await answered( greedy, 100, 10_000 );
		const one = ask( greedy, 'person', 100_000 );
		await clock.runTo( START + 10_010 );
		expect( one.admission?.ok ).toBe( true );
	} );

	test( 'slots in flight are kept for the more urgent', async () => {
		const { budget } = setUp();
		await answered( budget, 199, 60_000 );
		const stock = Array.from( { length: 20 }, () =>
			ask( budget, 'stock' )
		);
		await settled();
		expect( stock.filter( ( { admission } ) => admission ) ).toHaveLength(
			16
		);
		expect( await take( budget, 'person' ) ).toBeDefined();
	} );
} );

describe( 'refusals', () => {
	test( 'stop every lane until the window turns, and are counted', async () => {
		const { budget, clock } = setUp();
		await answered( budget, 150, 40_000 );
		const permit = await take( budget );
		permit.ended( { remaining: 0, period: 40_000 } );
		expect( budget.refused( 40_000 ) ).toBe( 40_000 );
		const person = ask( budget, 'person' );
		await clock.runTo( START + 39_999 );
		expect( person.admission ).toBeNull();
		await clock.runTo( START + 40_010 );
		expect( person.admission?.ok ).toBe( true );
		expect( budget.view().refused ).toBe( 1 );
	} );

	test( 'without a header stop for a minute', async () => {
		const { budget, clock } = setUp();
		const permit = await take( budget );
		permit.ended( null );
		expect( budget.refused( null ) ).toBe( 60_000 );
		const person = ask( budget );
		await clock.runTo( START + 59_000 );
		expect( person.admission ).toBeNull();
		await clock.runTo( START + 60_010 );
		expect( person.admission?.ok ).toBe( true );
	} );

	test( 'are spread by chance after the turn', () => {
		const clock = createVirtualClock( START );
		const budget = createBudget( {
			pool: 'p',
			clock,
			random: { ...noChance, next: () => 0.5 },
		} );
		expect( budget.refused( 1000 ) ).toBe( 1250 );
	} );
} );

describe( 'ends', () => {
	test( 'nobody waits for ever: after two minutes the caller decides', async () => {
		const { budget, clock } = setUp();
		await answered( budget, 0, 10_000 );
		// Another app takes everything, window after window.
		const waiting = ask( budget, 'backfill' );
		for ( let at = 1; at <= 13; at++ ) {
			await clock.runTo( START + at * 9_500 );
			budget.refused( 10_000 );
		}
		expect( waiting.admission ).toMatchObject( { ok: false } );
		expect( clock.sleepers() ).toBe( 0 );
	} );

	test( 'closing sends away who waits and leaves no timer', async () => {
		const { budget, clock } = setUp();
		await answered( budget, 0, 10_000 );
		const waiting = ask( budget );
		await settled();
		budget.close();
		await settled();
		expect( waiting.admission ).toEqual( { ok: false, after: 10_005 } );
		expect( clock.sleepers() ).toBe( 0 );
	} );
} );

/**
 * A server as the reference tells of it: a fixed window by its own clock, a cap, two headers
 * on every answer; the way there and back takes any time, and some answers are lost.
 */
describe( 'against a server with a clock and a network of its own', () => {
	test( 'the cap is never exceeded, and most of it is used', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.record( {
					cap: fc.constantFrom( 20, 50, 200 ),
					length: fc.constantFrom( 1_000, 60_000 ),
					offset: fc.integer( { min: 0, max: 59_999 } ),
					seed: fc.integer( { min: 1, max: 2 ** 31 - 1 } ),
					slowest: fc.constantFrom( 5, 200, 2_000 ),
					lostOf100: fc.constantFrom( 0, 0, 5 ),
				} ),
				async ( world ) => {
					let state = world.seed;
					const chance = () => {
						state = ( state * 48_271 ) % 2_147_483_647;
						return state / 2_147_483_647;
					};
					const clock = createVirtualClock( START );
					const budget = createBudget( {
						pool: 'p',
						clock,
						random: { ...noChance, next: chance },
					} );
					const counted = new Map< number, number >();
					const serverNow = () => clock.now() + world.offset;
					const trip = () => Math.floor( chance() * world.slowest );

					async function request() {
						const admission = await budget.admit(
							'person',
							() => 0
						);
						if ( ! admission.ok ) {
							return;
						}
						await clock.sleep( trip() );
						const window = Math.floor( serverNow() / world.length );
						const n = ( counted.get( window ) ?? 0 ) + 1;
						counted.set( window, n );
						const figures = {
							remaining: Math.max( 0, world.cap - n ),
							period:
								world.length - ( serverNow() % world.length ),
						};
						const isLost = chance() * 100 < world.lostOf100;
						await clock.sleep( isLost ? world.slowest : trip() );
						admission.permit.ended( isLost ? null : figures );
					}
					const total = world.cap * 3;
					const all = Array.from( { length: total }, request );
					await clock.runTo( START + world.length * 40 + 120_000 );
					budget.close();
					await Promise.all( all );

					const used = [ ...counted.values() ];
					expect( Math.max( ...used ) ).toBeLessThanOrEqual(
						world.cap
					);
					// With a quick network a whole window is nearly used up.
					if ( world.slowest <= 5 && world.lostOf100 === 0 ) {
						expect( Math.max( ...used ) ).toBeGreaterThan(
							world.cap / 2
						);
					}
				}
			),
			{ numRuns: 40 }
		);
	} );
} );
