import { describe, expect, test } from '@jest/globals';
import { placeOf } from '../../../../admin-ui/src/screens/stock/place.ts';
import {
	isUnderWay,
	moved,
	secondsOf,
	shownState,
	whyNoChange,
} from '../../../../admin-ui/src/screens/stock/runs.ts';
import { readSkus } from '../../../../admin-ui/src/screens/stock/skus.ts';

test.each( [
	[ 'done', '2026-01-01T00:00:05Z', 'agrees' ],
	[ 'failed', '2026-01-01T00:00:05Z', 'broken-off' ],
	[ 'partial', '2026-01-01T00:00:05Z', 'broken-off' ],
	[ 'partial', null, 'not-yet' ],
] as const )(
	'vouches for the shop only when the run is done: %s, ended %s',
	( state, finishedAt, why ) => {
		expect( whyNoChange( { state, finishedAt, changes: [] } ) ).toBe( why );
	}
);

describe( 'the state of a run', () => {
	const END = '2026-01-01T00:00:05Z';
	test.each( [
		[ { state: 'partial', finishedAt: null, errors: 0 }, 'running', true ],
		[ { state: 'partial', finishedAt: null, errors: 1 }, 'retrying', true ],
		[
			{ state: 'partial', finishedAt: null, errors: [ 1 ] },
			'retrying',
			true,
		],
		[ { state: 'partial', finishedAt: END, errors: 1 }, 'partial', false ],
		[ { state: 'done', finishedAt: END, errors: 0 }, 'done', false ],
		[
			{ state: 'waiting-approval', finishedAt: null, errors: 0 },
			'waiting-approval',
			false,
		],
	] as const )( '%j is %s', ( run, state, underWay ) => {
		expect( shownState( run ) ).toBe( state );
		expect( isUnderWay( run ) ).toBe( underWay );
	} );

	test( 'a run that goes on has taken the time until now', () => {
		const run = { startedAt: '2026-01-01T00:00:00Z', finishedAt: null };
		expect( secondsOf( run, Date.parse( END ) ) ).toBe( 5 );
		// The page's clock may be behind the service's.
		expect( secondsOf( run, Date.parse( END ) - 60_000 ) ).toBe( 0 );
	} );

	test( 'progress of another connection moves nothing', () => {
		const event = {
			event: 'progress',
			connection: 'other',
			runId: 4,
			done: 1,
			of: 2,
		} as const;
		expect( moved( new Map(), event, 'demo' ).size ).toBe( 0 );
		expect( moved( new Map(), event, 'other' ).get( 4 ) ).toEqual( {
			done: 1,
			of: 2,
		} );
	} );
} );

describe( 'where an address of the stock screens leads', () => {
	test.each( [
		[ [], {}, { at: 'runs' } ],
		[ [ 'runs' ], {}, { at: 'runs' } ],
		[ [ 'runs', '12' ], {}, { at: 'run', runId: 12 } ],
		[ [ '12' ], {}, { at: 'run', runId: 12 } ],
		[ [], { sku: 'MUG' }, { at: 'explain', sku: 'MUG' } ],
		[ [ 'explain', 'A/B' ], {}, { at: 'explain', sku: 'A/B' } ],
		[ [ 'explain', 'A', 'B' ], {}, { at: 'explain', sku: 'A/B' } ],
		[ [ 'explain' ], {}, { at: 'explain', sku: null } ],
		[ [ 'runs', 'x' ], {}, { at: 'nowhere' } ],
		[ [ '12', '13' ], {}, { at: 'nowhere' } ],
		[ [ '-1' ], {}, { at: 'nowhere' } ],
	] )( '%j %j', ( rest, query, place ) => {
		expect( placeOf( rest, query ) ).toEqual( place );
	} );
} );

test( 'SKUs are read as they are pasted, each once, spaces inside kept', () => {
	expect( readSkus( ' MUG-1,\nA B ;MUG-1\r\n\n\tC ' ) ).toEqual( [
		'MUG-1',
		'A B',
		'C',
	] );
	expect( readSkus( ' \n , ' ) ).toEqual( [] );
} );
