import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LANES, type Lane } from '../../../src/brightpearl/api.ts';
import {
	createGather,
	type Departure,
	type GatherOptions,
} from '../../../src/brightpearl/batching/gather.ts';
import { createVirtualClock, settled } from '../world.ts';

interface Group {
	readonly at: number;
	readonly lane: Lane;
	readonly items: readonly string[];
}

/** A gather whose groups leave at once, or when `gate` lets them. */
function setUp(
	more: Partial< GatherOptions< string, string > > & {
		readonly most?: number;
		readonly gate?: ( lane: Lane ) => Promise< boolean >;
		/** Milliseconds until a group that left is answered. */
		readonly takes?: number;
	} = {}
) {
	const clock = createVirtualClock( 0 );
	const groups: Group[] = [];
	const answered: string[] = [];
	const { gate, most = 10, takes = 0, ...options } = more;
	const gather = createGather< string, string >( {
		clock,
		pace: () => ( { most, lone: 15, busy: 300 } ),
		closed: () => 'closed',
		async leave( departure ) {
			if ( gate && ! ( await gate( departure.lane ) ) ) {
				for ( const { item, settle } of departure.giveUp() ) {
					settle( `no room for ${ item }` );
				}
				return;
			}
			const taken = departure.take();
			groups.push( {
				at: clock.now(),
				lane: departure.lane,
				items: taken.map( ( { item } ) => item ),
			} );
			if ( takes > 0 ) {
				await clock.sleep( takes );
			}
			for ( const { item, settle } of taken ) {
				settle( `did ${ item }` );
			}
		},
		...options,
	} );
	const add = ( item: string, lane: Lane = 'order' ) => {
		const out = gather.add( item, lane );
		void out.then(
			( text ) => answered.push( text ),
			( error: Error ) => answered.push( `${ item }: ${ error.message }` )
		);
		return out;
	};
	return { add, answered, clock, gather, groups };
}

/** Opened by hand, lane by lane. */
function createGate() {
	const waiting: { lane: Lane; open: ( may: boolean ) => void }[] = [];
	return {
		gate: ( lane: Lane ) =>
			new Promise< boolean >( ( open ) =>
				waiting.push( { lane, open } )
			),
		lanes: () => waiting.map( ( { lane } ) => lane ),
		async open( lane: Lane, may = true ) {
			const at = waiting.findIndex( ( one ) => one.lane === lane );
			const [ one ] = waiting.splice( at, 1 );
			if ( at < 0 || ! one ) {
				throw new Error( `nobody waits in ${ lane }` );
			}
			one.open( may );
			await settled();
		},
	};
}

const names = ( count: number, from = 1 ) =>
	Array.from( { length: count }, ( _none, at ) => `i${ from + at }` );

describe( 'how long a group waits for company', () => {
	test( 'one that comes alone leaves after the shorter wait', async () => {
		const { add, clock, groups } = setUp();
		const out = add( 'a' );
		await clock.runTo( 14 );
		expect( groups ).toEqual( [] );
		await clock.runTo( 15 );
		expect( groups ).toEqual( [
			{ at: 15, lane: 'order', items: [ 'a' ] },
		] );
		expect( await out ).toBe( 'did a' );
		expect( clock.sleepers() ).toBe( 0 );
	} );

	test( 'a full group leaves at once, what is over waits by itself', async () => {
		const { add, clock, groups } = setUp();
		names( 23 ).forEach( ( name ) => add( name ) );
		await clock.runTo( 0 );
		expect( groups.map( ( { items } ) => items.length ) ).toEqual( [
			10, 10,
		] );
		await clock.runTo( 15 );
		expect( groups.at( -1 ) ).toMatchObject( {
			at: 15,
			items: [ 'i21', 'i22', 'i23' ],
		} );
	} );

	test( 'in a stream that promises ten in time, ten leave together', async () => {
		const { add, clock, groups } = setUp();
		for ( let at = 0; at < 1600; at += 16 ) {
			await clock.runTo( at );
			add( `t${ at }` );
		}
		await clock.runTo( 3000 );
		const sizes = groups.map( ( { items } ) => items.length );
		// Until the rate is known they leave soon.
		expect( sizes.slice( 4, -1 ).every( ( size ) => size === 10 ) ).toBe(
			true
		);
		expect( sizes.reduce( ( sum, size ) => sum + size, 0 ) ).toBe( 100 );
		for ( const { at, items } of groups ) {
			expect( at - Number( items[ 0 ]?.slice( 1 ) ) ).toBeLessThanOrEqual(
				300
			);
		}
	} );

	test( 'in a stream too thin for ten, nobody waits for them', async () => {
		const { add, clock, groups } = setUp();
		for ( let at = 0; at < 2000; at += 100 ) {
			await clock.runTo( at );
			add( `t${ at }` );
		}
		await clock.runTo( 3000 );
		expect( groups ).toHaveLength( 20 );
		expect(
			groups.every(
				( { at, items } ) =>
					at - Number( items[ 0 ]?.slice( 1 ) ) === 15
			)
		).toBe( true );
	} );

	test( 'the last of a stream that ends is not kept more than 50 ms', async () => {
		for ( const gap of [ 1, 5, 10, 20, 30 ] ) {
			const { add, clock, groups } = setUp();
			let at = 0;
			for ( ; at < 40 * gap + gap; at += gap ) {
				await clock.runTo( at );
				add( `t${ at }` );
			}
			await clock.runTo( at + 1000 );
			const last = groups.at( -1 );
			expect( last?.items.at( -1 ) ).toBe( `t${ at - gap }` );
			expect(
				( last?.at ?? Infinity ) - ( at - gap )
			).toBeLessThanOrEqual( 50 );
		}
	} );

	test( 'somebody in person never waits for a stream', async () => {
		const { add, clock, groups } = setUp();
		for ( let at = 0; at <= 640; at += 16 ) {
			await clock.runTo( at );
			add( `t${ at }` );
		}
		await clock.runTo( 645 );
		add( 'me', 'person' );
		await clock.runTo( 645 );
		// The others have waited longer than it would wait alone.
		expect( groups.at( -1 ) ).toMatchObject( { at: 645, lane: 'person' } );
		expect( groups.at( -1 )?.items[ 0 ] ).toBe( 'me' );
		add( 'again', 'person' );
		await clock.runTo( 660 );
		expect( groups.at( -1 ) ).toMatchObject( {
			at: 660,
			items: [ 'again' ],
		} );
	} );

	test( 'the pace may change while somebody waits', async () => {
		let most = 10;
		const { add, clock, groups } = setUp( {
			pace: () => ( { most, lone: most > 1 ? 15 : 0, busy: 300 } ),
		} );
		add( 'a' );
		most = 1;
		add( 'b' );
		await clock.runTo( 0 );
		expect( groups.map( ( { items } ) => items ) ).toEqual( [
			[ 'a' ],
			[ 'b' ],
		] );
	} );
} );

describe( 'who leaves with whom', () => {
	test( 'what comes while a group waits for room goes along, the most urgent first', async () => {
		const { gate, lanes, open } = createGate();
		const { add, clock, groups } = setUp( { gate } );
		add( 'a' );
		await clock.runTo( 15 );
		expect( lanes() ).toEqual( [ 'order' ] );
		add( 'stock', 'stock' );
		add( 'b' );
		await clock.runTo( 200 );
		await open( 'order' );
		expect( groups ).toEqual( [
			{ at: 200, lane: 'order', items: [ 'a', 'b', 'stock' ] },
		] );
		expect( lanes() ).toEqual( [] );
	} );

	test( 'a person is not kept by a group of a slower lane, and takes it along', async () => {
		const { gate, lanes, open } = createGate();
		const { add, answered, clock, groups } = setUp( { gate } );
		add( 'a', 'backfill' );
		await clock.runTo( 15 );
		add( 'me', 'person' );
		await clock.runTo( 30 );
		expect( lanes() ).toEqual( [ 'backfill', 'person' ] );
		await open( 'person' );
		expect( groups ).toEqual( [
			{ at: 30, lane: 'person', items: [ 'me', 'a' ] },
		] );
		// The slower group finds nobody, and that is all.
		await open( 'backfill' );
		expect( groups.at( -1 )?.items ).toEqual( [] );
		expect( answered ).toEqual( [ 'did me', 'did a' ] );
		expect( clock.sleepers() ).toBe( 0 );
	} );

	test( 'there are as many groups on their way as are needed, and no more', async () => {
		const { gate, lanes, open } = createGate();
		const { add, clock, groups } = setUp( { gate } );
		names( 12 ).forEach( ( name ) => add( name ) );
		await clock.runTo( 15 );
		expect( lanes() ).toEqual( [ 'order', 'order' ] );
		names( 8, 13 ).forEach( ( name ) => add( name ) );
		await clock.runTo( 500 );
		expect( lanes() ).toEqual( [ 'order', 'order' ] );
		add( 'i21' );
		await clock.runTo( 600 );
		expect( lanes() ).toHaveLength( 3 );
		await open( 'order' );
		await open( 'order' );
		await open( 'order' );
		expect( groups.flatMap( ( { items } ) => items ) ).toEqual(
			names( 21 )
		);
	} );

	test( 'a less urgent lane is not forgotten while urgent ones keep coming', async () => {
		const { add, clock, groups } = setUp( { most: 3, takes: 20 } );
		add( 'slow', 'backfill' );
		for ( let at = 0; at < 200; at += 1 ) {
			add( `t${ at }` );
			await clock.runTo( clock.now() + 1 );
		}
		const group = groups.find( ( { items } ) => items.includes( 'slow' ) );
		expect( group?.at ).toBeLessThanOrEqual( 50 );
	} );

	test( 'a predicate keeps what does not fit for the next group', async () => {
		const { add, clock, groups } = setUp( {
			fits: ( group, next ) => [ ...group, next ].join( '' ).length <= 6,
		} );
		[ 'aaaa', 'bbbb', 'cc', 'dddddddddd' ].forEach( ( name ) =>
			add( name )
		);
		await clock.runTo( 15 );
		expect( groups.map( ( { items } ) => items ) ).toEqual( [
			[ 'aaaa', 'cc' ],
			[ 'bbbb' ],
			// Nobody else is in its way: one alone always fits.
			[ 'dddddddddd' ],
		] );
	} );
} );

describe( 'what concerns one thing', () => {
	const keyOf = ( item: string ) =>
		item.includes( ':' ) ? ( item.split( ':' )[ 0 ] ?? null ) : null;

	test( 'stays in order and may share a group', async () => {
		const { add, clock, groups } = setUp( { keyOf } );
		[ 'o:1', 'p:1', 'o:2', 'x' ].forEach( ( name ) => add( name ) );
		await clock.runTo( 15 );
		expect( groups.map( ( { items } ) => items ) ).toEqual( [
			[ 'o:1', 'p:1', 'o:2', 'x' ],
		] );
	} );

	test( 'or never shares one, nor runs beside another', async () => {
		const { add, answered, clock, groups } = setUp( {
			keyOf,
			together: () => false,
			takes: 100,
		} );
		[ 'o:1', 'o:2', 'x', 'o:3' ].forEach( ( name ) => add( name ) );
		await clock.runTo( 400 );
		expect( groups.map( ( { at, items } ) => [ at, items ] ) ).toEqual( [
			[ 15, [ 'o:1', 'x' ] ],
			[ 115, [ 'o:2' ] ],
			[ 215, [ 'o:3' ] ],
		] );
		expect( answered ).toHaveLength( 4 );
	} );

	test( 'waits until an earlier group with it is answered', async () => {
		const { add, clock, groups } = setUp( { keyOf, takes: 100 } );
		add( 'o:1' );
		await clock.runTo( 20 );
		add( 'o:2' );
		add( 'x' );
		await clock.runTo( 400 );
		expect( groups.map( ( { at, items } ) => [ at, items ] ) ).toEqual( [
			[ 15, [ 'o:1' ] ],
			[ 35, [ 'x' ] ],
			[ 115, [ 'o:2' ] ],
		] );
	} );

	test( 'is not overtaken by a more urgent one: the earlier goes ahead of it', async () => {
		const { gate, lanes, open } = createGate();
		const { add, clock, groups } = setUp( { keyOf, gate } );
		add( 'o:1', 'backfill' );
		await clock.runTo( 15 );
		add( 'o:2', 'person' );
		await clock.runTo( 30 );
		expect( lanes() ).toEqual( [ 'backfill', 'person' ] );
		await open( 'person' );
		expect( groups ).toEqual( [
			{ at: 30, lane: 'person', items: [ 'o:1', 'o:2' ] },
		] );
		await open( 'backfill' );
	} );
} );

describe( 'when a group may not leave', () => {
	test( 'those it was called for are told; later and more urgent ones have a group of their own', async () => {
		const { gate, lanes, open } = createGate();
		const { add, answered, clock, groups } = setUp( { gate } );
		add( 'a' );
		add( 'b', 'stock' );
		await clock.runTo( 15 );
		await clock.runTo( 20 );
		add( 'late' );
		add( 'me', 'person' );
		await clock.runTo( 22 );
		await open( 'order', false );
		expect( answered ).toEqual( [ 'no room for a', 'no room for b' ] );
		await clock.runTo( 40 );
		expect( lanes() ).toEqual( [ 'person' ] );
		await open( 'person' );
		expect( groups ).toEqual( [
			{ at: 40, lane: 'person', items: [ 'me', 'late' ] },
		] );
	} );

	test( 'a group that throws rejects its own and stands in nobody’s way', async () => {
		let broken = true;
		const { add, answered, clock } = setUp( {
			async leave( departure: Departure< string, string > ) {
				const taken = departure.take();
				if ( broken ) {
					throw new Error( 'defect' );
				}
				taken.forEach( ( { item, settle } ) => settle( item ) );
			},
		} );
		add( 'a' );
		await clock.runTo( 15 );
		broken = false;
		add( 'b' );
		await clock.runTo( 40 );
		expect( answered ).toEqual( [ 'a: defect', 'b' ] );
	} );

	test( 'also where it throws before it took anybody', async () => {
		const { add, answered, clock } = setUp( {
			leave: () => Promise.reject( new Error( 'defect' ) ),
		} );
		add( 'a' );
		await clock.runTo( 15 );
		expect( answered ).toEqual( [ 'a: defect' ] );
		expect( clock.sleepers() ).toBe( 0 );
	} );

	test( 'nobody is forgotten by a group that comes back without having told', async () => {
		const { add, answered, clock } = setUp( {
			async leave( { take } ) {
				take()[ 0 ]?.settle( 'told' );
			},
		} );
		add( 'a' );
		add( 'b' );
		await clock.runTo( 15 );
		expect( answered ).toEqual( [
			'told',
			'b: a group came back with items that were not settled',
		] );
	} );
} );

describe( 'closing', () => {
	test( 'sends those who wait and those who come away, and ends what has left', async () => {
		const { add, answered, clock, gather } = setUp( { takes: 100 } );
		add( 'gone' );
		await clock.runTo( 20 );
		add( 'waits' );
		gather.close();
		add( 'comes' );
		await settled();
		expect( answered ).toEqual( [ 'closed', 'closed' ] );
		await clock.runTo( 200 );
		expect( answered ).toEqual( [ 'closed', 'closed', 'did gone' ] );
		expect( clock.sleepers() ).toBe( 0 );
		expect( gather.size() ).toBe( 0 );
	} );
} );

describe( 'whatever comes', () => {
	test( 'everybody is told exactly once, in order within a key, in groups that are not too large', async () => {
		const item = fc.record( {
			pause: fc.nat( 60 ),
			lane: fc.constantFrom( ...LANES ),
			key: fc.constantFrom( null, null, 'o', 'p' ),
		} );
		await fc.assert(
			fc.asyncProperty(
				fc.array( item, { minLength: 1, maxLength: 40 } ),
				fc.array( fc.boolean(), { minLength: 1, maxLength: 8 } ),
				fc.boolean(),
				fc.integer( { min: 1, max: 5 } ),
				async ( items, may, together, most ) => {
					let turn = 0;
					const left: string[] = [];
					/** What was given up is told so, and was never sent. */
					const sent: string[] = [];
					const kit = setUp( {
						most,
						together: () => together,
						keyOf: ( name ) => {
							const key = name.split( ':' )[ 1 ];
							return key === 'null' ? null : ( key ?? null );
						},
						async leave( { giveUp, take } ) {
							await kit.clock.sleep( 1 + ( turn % 7 ) * 9 );
							const isOpen = may[ turn++ % may.length ] ?? true;
							const group = isOpen ? take() : giveUp();
							expect( group.length ).toBeLessThanOrEqual( most );
							left.push( ...group.map( ( one ) => one.item ) );
							if ( isOpen ) {
								sent.push(
									...group.map( ( one ) => one.item )
								);
							}
							await kit.clock.sleep( 25 );
							group.forEach( ( one ) => one.settle( one.item ) );
						},
					} );
					const all: string[] = [];
					for ( const [
						at,
						{ key, lane, pause },
					] of items.entries() ) {
						await kit.clock.runTo( kit.clock.now() + pause );
						all.push( `${ at }:${ key }` );
						kit.add( `${ at }:${ key }`, lane );
					}
					await kit.clock.runTo( kit.clock.now() + 60_000 );
					expect( [ ...kit.answered ].sort() ).toEqual(
						[ ...all ].sort()
					);
					expect( [ ...left ].sort() ).toEqual( [ ...all ].sort() );
					expect( kit.gather.size() ).toBe( 0 );
					expect( kit.clock.sleepers() ).toBe( 0 );
					for ( const key of [ 'o', 'p' ] ) {
						const mine = ( name: string ) =>
							name.endsWith( `:${ key }` );
						expect( sent.filter( mine ) ).toEqual(
							all.filter(
								( name ) =>
									mine( name ) && sent.includes( name )
							)
						);
					}
				}
			),
			{ numRuns: 300 }
		);
	} );
} );
