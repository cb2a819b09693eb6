import { expect, test } from '@jest/globals';
import {
	createZone,
	parseTime,
} from '../../../src/sandbox/brightpearl/zone.ts';

test.each( [
	[
		'Europe/London',
		'2026-01-15T12:00:00Z',
		'2026-01-15T12:00:00.000+00:00',
	],
	[
		'Europe/London',
		'2026-07-15T12:00:00Z',
		'2026-07-15T13:00:00.000+01:00',
	],
	[
		'Europe/London',
		'2026-03-29T00:59:59.999Z',
		'2026-03-29T00:59:59.999+00:00',
	],
	[
		'Europe/London',
		'2026-03-29T01:00:00Z',
		'2026-03-29T02:00:00.000+01:00',
	],
	[
		'America/New_York',
		'2026-07-15T02:00:00.500Z',
		'2026-07-14T22:00:00.500-04:00',
	],
	[ 'Asia/Kolkata', '2026-07-15T20:00:00Z', '2026-07-16T01:30:00.000+05:30' ],
] )( '%s shows %s as %s', ( zone, utc, shown ) => {
	expect( createZone( zone ).format( Date.parse( utc ) ) ).toBe( shown );
} );

test.each( [
	[ '2026-04-17T10:00:00-06:00', '2026-04-17T16:00:00.000Z' ],
	[ '2026-04-17T10:00:00.5Z', '2026-04-17T10:00:00.500Z' ],
	[ '2026-04-17T10:00+0530', '2026-04-17T04:30:00.000Z' ],
	// A bare date is midnight UTC, whatever the account's zone.
	[ '2022-01-20', '2022-01-20T00:00:00.000Z' ],
] )( '%s is read as %s', ( text, utc ) => {
	expect( new Date( parseTime( text ) ?? NaN ).toISOString() ).toBe( utc );
} );

test.each( [
	'2026-02-30',
	'2026-13-01',
	'2026-01-01T24:00:00Z',
	'2026-01-01T10:60:00Z',
	'2026-01-01T10:00:00',
	'20260101',
	'today',
	'',
] )( '%j is no time', ( text ) => {
	expect( parseTime( text ) ).toBeNull();
} );

test( 'a time without offset counts as UTC only where it is allowed', () => {
	expect( parseTime( '2016-06-19T12:00:00', true ) ).toBe(
		Date.parse( '2016-06-19T12:00:00Z' )
	);
} );
