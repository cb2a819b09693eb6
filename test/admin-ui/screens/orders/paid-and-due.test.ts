import { describe, expect, test } from '@jest/globals';
import {
	dueText,
	paidAndDue,
} from '../../../../admin-ui/src/screens/orders/paid-and-due.ts';
import type { OrderComparison } from '../../../../src/contracts/answers.ts';

type Sides = Parameters< typeof paidAndDue >[ 0 ];

const sides = (
	total: string,
	payments: readonly [ type: string, amount: string, currency?: string ][],
	refunds: readonly string[] = []
): Sides => ( {
	store: {
		total,
		currency: 'GBP',
		refunds: refunds.map( ( amount, id ) => ( {
			id,
			reason: '',
			total: amount,
		} ) ),
	} as unknown as OrderComparison[ 'store' ],
	brightpearl: {
		payments: payments.map( ( [ type, amount, currency = 'GBP' ] ) => ( {
			type,
			amount,
			currency,
		} ) ),
	} as unknown as OrderComparison[ 'brightpearl' ],
} );
const told = ( ...given: Parameters< typeof sides > ): string | null => {
	const money = paidAndDue( sides( ...given ) );
	return money === null ? null : dueText( money );
};

describe( 'what was paid and what is due', () => {
	test( 'an edit after payment is told with its amount', () => {
		expect( told( '58.94', [ [ 'RECEIPT', '34.97' ] ] ) ).toBe(
			'£58.94 due, £23.97 more than was paid (£34.97)'
		);
		expect( told( '30.00', [ [ 'RECEIPT', '34.97' ] ] ) ).toBe(
			'£30.00 due, £4.97 less than was paid (£34.97)'
		);
	} );

	test( 'a refund lowers both', () => {
		expect(
			told( '34.97', [ [ 'RECEIPT', '34.97' ] ], [ '10.00' ] )
		).toBeNull();
		expect( told( '40.00', [ [ 'RECEIPT', '30.00' ] ], [ '10.00' ] ) ).toBe(
			'£30.00 due, £10.00 more than was paid (£20.00)'
		);
	} );

	test( 'nothing is said where nothing stands paid, or all of it is', () => {
		expect( told( '34.97', [] ) ).toBeNull();
		expect( told( '34.97', [ [ 'AUTH', '34.97' ] ] ) ).toBeNull();
		expect( told( '34.97', [ [ 'RECEIPT', '34.9700' ] ] ) ).toBeNull();
		expect(
			told( '34.97', [
				[ 'RECEIPT', '34.97' ],
				[ 'PAYMENT', '34.97' ],
			] )
		).toBeNull();
	} );

	test( 'nor in another currency, nor of one side alone', () => {
		expect( told( '34.97', [ [ 'RECEIPT', '40.00', 'EUR' ] ] ) ).toBeNull();
		expect(
			paidAndDue( { ...sides( '1.00', [] ), store: null } )
		).toBeNull();
	} );
} );
