import { describe, expect, test } from '@jest/globals';
import {
	dayBounds,
	localDay,
	midnightIn,
	withOffset,
} from '../../src/domain/time.ts';

describe( 'times for Brightpearl', () => {
	test( 'an instant carries the offset of UTC', () => {
		expect( withOffset( '2026-11-21T05:25:59Z' ) ).toBe(
			'2026-11-21T05:25:59.000+00:00'
		);
	} );

	test.each( [
		[
			'London in winter',
			'Europe/London',
			'2026-11-21T05:25:59Z',
			'2026-11-21T00:00:00.000+00:00',
		],
		[
			'London in summer, late in the evening UTC',
			'Europe/London',
			'2026-07-01T23:30:00Z',
			'2026-07-02T00:00:00.000+01:00',
		],
		[
			'the day clocks go forward starts in winter time',
			'Europe/London',
			'2026-03-29T12:00:00Z',
			'2026-03-29T00:00:00.000+00:00',
		],
		[
			'the day clocks go back starts in summer time',
			'Europe/London',
			'2026-10-25T12:00:00Z',
			'2026-10-25T00:00:00.000+01:00',
		],
		[
			'west of Greenwich the day before',
			'America/Chicago',
			'2026-01-26T03:00:00Z',
			'2026-01-25T00:00:00.000-06:00',
		],
		[
			'a half-hour zone',
			'Asia/Kolkata',
			'2026-01-25T20:00:00Z',
			'2026-01-26T00:00:00.000+05:30',
		],
		[
			'a zone that skips midnight starts its day at one',
			'Africa/Cairo',
			'2025-04-25T10:00:00Z',
			'2025-04-25T00:00:00.000+02:00',
		],
		[
			'a zone whose clocks go back at midnight has the first midnight of the day',
			'America/Havana',
			'2026-11-01T15:00:00Z',
			'2026-11-01T00:00:00.000-04:00',
		],
		[
			'far east',
			'Pacific/Kiritimati',
			'2026-11-21T11:00:00Z',
			'2026-11-22T00:00:00.000+14:00',
		],
		[
			'UTC',
			'UTC',
			'2026-11-21T23:59:59Z',
			'2026-11-21T00:00:00.000+00:00',
		],
	] )( 'midnight: %s', ( _name, zone, instant, midnight ) => {
		expect( midnightIn( zone, instant ) ).toBe( midnight );
		expect( localDay( zone, Date.parse( midnight ) ) ).toBe(
			midnight.slice( 0, 10 )
		);
	} );

	test.each( [
		[ '2026-03-29', 'Europe/London', '2026-03-29T00:00:00Z', 23 ],
		[ '2026-10-25', 'Europe/London', '2026-10-24T23:00:00Z', 25 ],
		[ '2026-11-21', 'America/New_York', '2026-11-21T05:00:00Z', 24 ],
		[ '2026-12-31', '+05:30', '2026-12-30T18:30:00Z', 24 ],
	] )(
		'%s in %s starts at %s and has %i hours',
		( day, zone, start, hours ) => {
			const bounds = dayBounds( day, zone );
			expect( new Date( bounds.start ).toISOString() ).toBe(
				start.replace( 'Z', '.000Z' )
			);
			expect( ( bounds.end - bounds.start ) / 3_600_000 ).toBe( hours );
		}
	);
} );
