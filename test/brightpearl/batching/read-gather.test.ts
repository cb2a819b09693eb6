import { describe, expect, test } from '@jest/globals';
import type { Lane } from '../../../src/brightpearl/api.ts';
import {
	formatIdSet,
	parseIdSet,
} from '../../../src/brightpearl/search/id-set.ts';
import { createReadGather } from '../../../src/brightpearl/batching/read-gather.ts';
import { hold, ok } from '../../../src/contracts/result.ts';
import { createBatchKit, type BatchKitOptions } from './batch-kit.ts';
import { answer, lost, settled, valueOf } from '../world.ts';

/** `GET /thing-service/thing/{ids}` answers the names of those that exist. */
function setUp(
	options: BatchKitOptions & {
		readonly most?: number;
		readonly overhead?: number;
	} = {}
) {
	const kit = createBatchKit( {
		write( { path } ) {
			const ids = parseIdSet( path.split( '/' ).at( -1 ) ?? '' ) ?? [];
			if ( ids.includes( 666 ) ) {
				return {
					status: 400,
					body: {
						errors: [ { code: 'THGC-001', message: 'bad id' } ],
					},
				};
			}
			return {
				status: 200,
				body: {
					response: ids
						.filter( ( id ) => id < 1000 || id > 9999 )
						.map( ( id ) => ( { id, name: `thing ${ id }` } ) ),
				},
			};
		},
		...options,
	} );
	const gather = createReadGather< string >( {
		clock: kit.clock,
		ask: ( lane, count ) => kit.transport.ask( lane, count ),
		askLate: ( lane, count ) => kit.transport.askLate( lane, count ),
		overhead: options.overhead ?? 60,
		lone: 15,
		busy: 300,
		...( options.most === undefined ? {} : { most: options.most } ),
		call: ( ids ) => ( {
			method: 'GET',
			path: `/thing-service/thing/${ formatIdSet( ids ) }`,
			none: 'record',
		} ),
		async read( sent ) {
			if ( sent.kind === 'none' ) {
				return ok( new Map() );
			}
			const things = sent.body[ 'response' ] as {
				id: number;
				name: string;
			}[];
			return things.some( ( { id } ) => id === 13 )
				? hold( {
						code: 'defect',
						message: 'unreadable',
						cause: null,
						fix: null,
						field: null,
					} )
				: ok(
						new Map(
							things.map( ( { id, name } ) => [ id, name ] )
						)
					);
		},
	} );
	const counts: string[] = [];
	const read = (
		who: string,
		ids: readonly number[],
		lane: Lane = 'order'
	) => gather.read( ids, lane, () => counts.push( who ) );
	const asked = () =>
		kit.requests.map( ( { url } ) => url.split( '/' ).at( -1 ) );
	const pass = async ( ms: number ) => {
		await kit.clock.runTo( kit.clock.now() + ms );
		await settled();
		await settled();
	};
	return { asked, counts, gather, kit, pass, read };
}

describe( 'reads by id that come together', () => {
	test( 'are one GET, and each gets only its own', async () => {
		const { asked, counts, pass, read } = setUp();
		const all = [
			read( 'a', [ 3, 1 ] ),
			read( 'b', [ 2, 3 ], 'person' ),
			read( 'c', [ 5000 ], 'backfill' ),
		];
		await pass( 20 );
		expect( asked() ).toEqual( [ '1-3,5000' ] );
		expect(
			( await Promise.all( all ) ).map( ( one ) => [ ...valueOf( one ) ] )
		).toEqual( [
			[
				[ 1, 'thing 1' ],
				[ 3, 'thing 3' ],
			],
			[
				[ 2, 'thing 2' ],
				[ 3, 'thing 3' ],
			],
			[],
		] );
		// One request, counted once: the most urgent caller's.
		expect( counts ).toEqual( [ 'b' ] );
	} );

	test( 'no ids are no request', async () => {
		const { asked, read } = setUp();
		expect( valueOf( await read( 'a', [] ) ).size ).toBe( 0 );
		expect( asked() ).toEqual( [] );
	} );

	test( 'more than one set are several, and one caller’s may be spread over them', async () => {
		const { asked, pass, read } = setUp( { most: 4 } );
		const all = [ read( 'a', [ 1, 2, 3 ] ), read( 'b', [ 5, 6, 7, 5 ] ) ];
		await pass( 40 );
		expect( asked() ).toEqual( [ '1-3,5', '6-7' ] );
		const [ , b ] = await Promise.all( all );
		expect( b && [ ...valueOf( b ).keys() ] ).toEqual( [ 5, 6, 7 ] );
	} );

	test( 'no address is longer than 2 000 characters', async () => {
		const { kit, pass, read } = setUp( { overhead: 1900 } );
		const ids = Array.from(
			{ length: 40 },
			( _none, at ) => 100_000 + 2 * at
		);
		const all = read( 'a', ids );
		await pass( 100 );
		expect( valueOf( await all ).size ).toBe( 40 );
		const sets = kit.requests.map(
			( { url } ) => url.split( '/' ).at( -1 ) ?? ''
		);
		expect( sets.length ).toBeGreaterThan( 2 );
		expect( Math.max( ...sets.map( ( set ) => set.length ) ) ).toBeLessThan(
			100
		);
	} );

	test( 'those that come while one waits for room go along', async () => {
		const { asked, kit, pass, read } = setUp( {
			headers: {
				'brightpearl-requests-remaining': '0',
				'brightpearl-next-throttle-period': '3000',
			},
		} );
		const first = read( 'a', [ 1 ] );
		await pass( 20 );
		await first;
		const all = [ read( 'b', [ 2 ] ) ];
		await pass( 500 );
		all.push( read( 'c', [ 3 ] ) );
		await pass( 3500 );
		expect( asked() ).toEqual( [ '1', '2-3' ] );
		await Promise.all( all );
		expect( kit.clock.sleepers() ).toBe( 0 );
	} );
} );

describe( 'where a common read fails', () => {
	test( 'for want of an answer, all are told', async () => {
		const { pass, read } = setUp( { whole: () => lost } );
		const all = [ read( 'a', [ 1 ] ), read( 'b', [ 2 ] ) ];
		await pass( 20 );
		for ( const one of await Promise.all( all ) ) {
			expect( one ).toMatchObject( {
				failure: { kind: 'retry', outcomeUnknown: false },
			} );
		}
	} );

	test( 'over one caller’s id, the others still get theirs', async () => {
		const { asked, pass, read } = setUp();
		const all = [
			read( 'a', [ 1 ] ),
			read( 'b', [ 666 ] ),
			read( 'c', [ 2 ] ),
		];
		await pass( 20 );
		await pass( 20 );
		expect( asked() ).toEqual( [ '1-2,666', '1', '666', '2' ] );
		const [ a, b, c ] = await Promise.all( all );
		expect( a?.ok && a.value.get( 1 ) ).toBe( 'thing 1' );
		expect( b ).toMatchObject( {
			failure: { problem: { code: 'refused-by-brightpearl' } },
		} );
		expect( c?.ok && c.value.get( 2 ) ).toBe( 'thing 2' );
	} );

	test( 'over one record that cannot be read, too; a single caller’s is not asked for twice', async () => {
		const { asked, pass, read } = setUp();
		const alone = read( 'a', [ 13 ] );
		await pass( 20 );
		expect( await alone ).toMatchObject( {
			failure: { problem: { code: 'defect' } },
		} );
		const all = [ read( 'a', [ 13 ] ), read( 'b', [ 2 ] ) ];
		await pass( 20 );
		await pass( 20 );
		expect( asked() ).toEqual( [ '13', '2,13', '13', '2' ] );
		expect(
			( await Promise.all( all ) ).map( ( { ok: is } ) => is )
		).toEqual( [ false, true ] );
	} );

	test( 'over the token, nobody asks again', async () => {
		const { asked, pass, read } = setUp( {
			whole: () => answer( 401, { response: 'no' } ),
		} );
		const all = [ read( 'a', [ 1 ] ), read( 'b', [ 2 ] ) ];
		await pass( 20 );
		for ( const one of await Promise.all( all ) ) {
			expect( one ).toMatchObject( {
				failure: { problem: { code: 'credentials-brightpearl' } },
			} );
		}
		expect( asked() ).toHaveLength( 1 );
	} );

	test( 'by closing, those who wait are sent away', async () => {
		const { gather, kit, read } = setUp();
		const waiting = read( 'a', [ 1, 2 ] );
		gather.close();
		expect( await waiting ).toMatchObject( {
			failure: { kind: 'retry', cause: 'busy' },
		} );
		expect( kit.requests ).toHaveLength( 0 );
	} );
} );
