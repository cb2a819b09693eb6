import { describe, expect, test } from '@jest/globals';
import { contactIncomplete, totalMismatch } from '../../src/domain/problems.ts';

describe( 'what a person is told to do', () => {
	test( 'an order without an e-mail address may go to the collective contact', () => {
		const email = { field: 'billing.email', what: 'no e-mail address' };
		const country = { field: 'billing.country', what: 'no country' };
		expect( contactIncomplete( [ email, country ] ) ).toMatchObject( {
			field: 'billing.email, billing.country',
			fix: expect.stringContaining( 'orders.guestEmail' ),
		} );
		expect( contactIncomplete( [ country ] ).fix ).not.toContain(
			'guestEmail'
		);
	} );

	test( 'lines that do not add up may be booked as they are', () => {
		const { message, fix, field } = totalMismatch(
			{ total: '30.00', currency: 'GBP' },
			'37.77',
			'0.05'
		);
		expect( message ).toContain( '37.77 GBP' );
		expect( fix ).toMatch( /roundingLimit \(now 0\.05\).*totalMismatch/ );
		expect( field ).toBe( 'orders.roundingLimit' );
	} );
} );
