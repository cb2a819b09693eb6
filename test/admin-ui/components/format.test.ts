import { describe, expect, test } from '@jest/globals';
import {
	formatMoney,
	formatRelative,
	formatSeconds,
} from '../../../admin-ui/src/components/format.ts';

const NOW = Date.parse( '2026-11-21T12:00:00Z' );
const ago = ( ms: number ): string =>
	formatRelative( new Date( NOW - ms ).toISOString(), NOW );

describe( 'money', () => {
	test.each( [
		[ '1234.5', 'GBP', '£1,234.50' ],
		[ '-0.10', 'USD', '-$0.10' ],
		[ '1234', 'JPY', '¥1,234' ],
		// More digits than a float holds.
		[ '90071992547409931.27', 'GBP', '£90,071,992,547,409,931.27' ],
		[ '5.5', null, '5.5' ],
		[ '5.5', 'credits', '5.5 credits' ],
	] )( '%s %s is written %s', ( amount, currency, text ) => {
		expect( formatMoney( amount, currency ) ).toBe( text );
	} );
} );

describe( 'a moment', () => {
	test.each( [
		[ 0, 'just now' ],
		[ 4000, 'just now' ],
		[ 42_000, '42 seconds ago' ],
		[ 60_000, '1 minute ago' ],
		[ 59 * 60_000, '59 minutes ago' ],
		[ 3_600_000, '1 hour ago' ],
		[ 26 * 3_600_000, '1 day ago' ],
		[ 45 * 86_400_000, '1 month ago' ],
		[ 800 * 86_400_000, '2 years ago' ],
		[ -5 * 86_400_000, 'in 5 days' ],
	] )( '%d ms before now is %s', ( ms, text ) => {
		expect( ago( ms ) ).toBe( text );
	} );
} );

describe( 'a length of time', () => {
	test.each( [
		[ 0.64, '0.6 s' ],
		[ 2, '2 s' ],
		[ 75.4, '75 s' ],
		[ 150, '3 min' ],
		[ 7200, '2 hours' ],
	] )( '%d seconds are %s', ( seconds, text ) => {
		expect( formatSeconds( seconds ) ).toBe( text );
	} );
} );
