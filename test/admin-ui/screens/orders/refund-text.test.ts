import { expect, test } from '@jest/globals';
import {
	creditText,
	deletedRefunds,
	deletedText,
} from '../../../../admin-ui/src/screens/orders/refund-text.ts';
import type { OrderComparison } from '../../../../src/contracts/answers.ts';

const store = {
	refunds: [ { id: 5007, reason: '', total: '4.00' } ],
} as unknown as OrderComparison[ 'store' ];
const kept = { salesCreditId: 20025, refundId: 5007, total: '4.00' };
const emptied = { salesCreditId: 20026, refundId: 5009, total: '0.00' };

test( 'a refund that was deleted is said on both sides', () => {
	const deleted = deletedRefunds( store, [ kept, emptied ] );
	expect( deleted ).toEqual( [ 5009 ] );
	expect( deletedText( 5009 ) ).toBe( 'refund 5009 deleted' );
	expect( creditText( emptied, deleted ) ).toBe(
		'credit 20026, its refund 5009 deleted'
	);
	expect( creditText( kept, deleted ) ).toBe(
		'credit 20025 for refund 5007'
	);
} );

test( 'a shop that could not be asked has deleted nothing', () => {
	expect( deletedRefunds( null, [ emptied ] ) ).toEqual( [] );
} );
