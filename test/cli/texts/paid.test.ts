import { describe, expect, test } from '@jest/globals';
import { paidText } from '../../../src/cli/texts/paid.ts';
import type { Order } from '../../../src/contracts/answers.ts';

type Given = Parameters< typeof paidText >[ 0 ];

const told = (
	total: string,
	payments: readonly [ type: string, amount: string, currency?: string ][],
	credits: readonly string[] = []
): string | null =>
	paidText( {
		total,
		currency: 'GBP',
		brightpearl: {
			payments: payments.map(
				( [ type, amount, currency = 'GBP' ] ) => ( {
					type,
					amount,
					currency,
				} )
			),
			credits: credits.map( ( credit ) => ( { total: credit } ) ),
		} as unknown as Order[ 'brightpearl' ],
	} satisfies Given );

describe( 'what was paid and what is due', () => {
	test( 'an edit after payment is told with its amount', () => {
		expect( told( '58.94', [ [ 'RECEIPT', '34.97' ] ] ) ).toBe(
			'34.97 GBP; due 58.94 GBP, 23.97 GBP more than was paid'
		);
		expect( told( '30.00', [ [ 'RECEIPT', '34.9700' ] ] ) ).toBe(
			'34.97 GBP; due 30.00 GBP, 4.97 GBP less than was paid'
		);
	} );

	test( 'a refund lowers both', () => {
		expect( told( '34.97', [ [ 'RECEIPT', '34.97' ] ], [ '10.00' ] ) ).toBe(
			null
		);
		expect( told( '40.00', [ [ 'RECEIPT', '30.00' ] ], [ '10.00' ] ) ).toBe(
			'20.00 GBP; due 30.00 GBP, 10.00 GBP more than was paid'
		);
	} );

	test( 'nothing is said where nothing stands paid, or in another currency', () => {
		expect( told( '34.97', [] ) ).toBeNull();
		expect( told( '34.97', [ [ 'AUTH', '34.97' ] ] ) ).toBeNull();
		expect(
			told( '34.97', [
				[ 'RECEIPT', '34.97' ],
				[ 'PAYMENT', '34.97' ],
			] )
		).toBeNull();
		expect( told( '34.97', [ [ 'RECEIPT', '40.00', 'EUR' ] ] ) ).toBeNull();
		expect(
			paidText( { total: '1.00', currency: 'GBP', brightpearl: null } )
		).toBeNull();
	} );
} );
