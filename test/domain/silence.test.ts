/** When a connection has fallen silent. */
import { expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/contracts/primitives.ts';
import {
	inWords,
	patience,
	silentSince,
	type Pushing,
} from '../../src/domain/silence.ts';

const NOW = Date.UTC( 2026, 6, 2, 12 );
const QUICK = Array.from( { length: 100 }, () => 5 * SECOND );

const ago = ( ms: number ) => NOW - ms;
const since = ( pushing: Partial< Pushing > ) =>
	silentSince( {
		latencies: QUICK,
		delay: 0,
		waitingSince: ago( HOUR ),
		lastPushAt: ago( 2 * HOUR ),
		ableSince: ago( 30 * DAY ),
		now: NOW,
		...pushing,
	} );

test.each< [ string, Partial< Pushing >, number | null ] >( [
	[ 'no order waits', { waitingSince: null }, null ],
	[ 'one waits for an hour', {}, ago( HOUR ) ],
	[ 'for half an hour', { waitingSince: ago( 30 * MINUTE ) }, null ],
	[
		'for a moment more',
		{ waitingSince: ago( 30 * MINUTE + 1 ) },
		ago( 30 * MINUTE + 1 ),
	],
	[ 'others get through', { lastPushAt: ago( MINUTE ) }, null ],
	[
		'the last got through later than it was placed',
		{ lastPushAt: ago( 40 * MINUTE ) },
		ago( 40 * MINUTE ),
	],
	[
		'none was ever pushed',
		{ lastPushAt: null, latencies: [] },
		ago( HOUR ),
	],
	[ 'the service has just begun', { ableSince: ago( MINUTE ) }, null ],
	[
		'an hour is nothing unusual here',
		{ latencies: [ ...QUICK.slice( 0, 90 ), ...Array( 10 ).fill( HOUR ) ] },
		null,
	],
	[ 'the setting makes it wait', { delay: 2 * HOUR }, null ],
	[
		'what the setting makes all wait is not counted as usual slowness',
		{
			delay: 2 * HOUR,
			latencies: QUICK.map( () => 2 * HOUR + 5 * SECOND ),
			waitingSince: ago( 3 * HOUR ),
			lastPushAt: ago( 5 * HOUR ),
		},
		ago( HOUR ),
	],
] )( '%s', ( _, pushing, wanted ) => {
	expect( since( pushing ) ).toBe( wanted );
} );

test.each< [ string, number[], number ] >( [
	[ 'nothing is known yet', [], 30 * MINUTE ],
	[ 'they take seconds', QUICK, 30 * MINUTE ],
	[
		'five in a hundred take longer, and are let be',
		[ ...QUICK.slice( 0, 95 ), ...Array( 5 ).fill( 5 * HOUR ) ],
		30 * MINUTE,
	],
	[
		'six in a hundred do',
		[ ...QUICK.slice( 0, 94 ), ...Array( 6 ).fill( 5 * HOUR ) ],
		15 * HOUR,
	],
	[ 'one outage was all there was', [ 3 * DAY ], DAY ],
	[ 'their order does not matter', [ 5 * HOUR, 1, 2 ], 15 * HOUR ],
] )( 'patience when %s', ( _, latencies, wanted ) => {
	expect( patience( latencies, 0 ) ).toBe( wanted );
} );

test.each( [
	[ 31 * MINUTE, '31 minutes' ],
	[ 119 * MINUTE, '119 minutes' ],
	[ 2 * HOUR, '2 hours' ],
	[ 47 * HOUR, '47 hours' ],
	[ 3 * DAY, '3 days' ],
] )( '%i ms in words', ( ms, words ) => {
	expect( inWords( ms ) ).toBe( words );
} );
