/** Guesses by name, for what the two systems usually call their methods and statuses. */
import { expect, test } from '@jest/globals';
import { closest } from '../../../src/domain/mapping/similar.ts';

const SHIPPING = [
	'Express delivery',
	'Standard delivery',
	'Click & Collect',
	'Royal Mail 48',
	'DPD Next Day',
];
const PAYMENTS = [
	'Credit card',
	'Gift card',
	'PayPal',
	'Bank transfer',
	'Cheque',
	'Cash',
];
const STATUSES = [
	'Draft / Quote',
	'New web order',
	'Awaiting payment',
	'In process',
	'Part shipped',
	'Back order',
	'Invoiced',
	'On hold',
	'Cancelled',
];

const guessed = ( name: string, labels: readonly string[], key?: string ) =>
	closest(
		[ name ],
		labels.map( ( label ) => ( {
			value: label,
			label,
			names: [ label ],
		} ) ),
		key
	)?.value ?? null;

test.each( [
	[ 'Free delivery', null ],
	[ 'Free shipping', null ],
	[ 'Flat rate', null ],
	[ 'Same day delivery', null ],
	[ 'Express shipping', 'Express delivery' ],
	[ 'Standard shipping', 'Standard delivery' ],
	[ 'Standart delivery', 'Standard delivery' ],
	[ 'Royal Mail Tracked 48', 'Royal Mail 48' ],
	[ 'Click and collect', 'Click & Collect' ],
	[ 'DPD', 'DPD Next Day' ],
] )( 'shipping: %s is %s', ( name, meant ) => {
	expect( guessed( name, SHIPPING ) ).toBe( meant );
} );

test.each( [
	[ 'Direct bank transfer', undefined, 'Bank transfer' ],
	[ 'PayPal payments', undefined, 'PayPal' ],
	[ 'Cash on delivery', 'cod', 'Cash' ],
	[ 'Check payments', 'cheque', 'Cheque' ],
	[ 'Credit / debit', undefined, 'Credit card' ],
	[ 'Store card', undefined, null ],
	[ 'Klarna', undefined, null ],
	[ 'Payment by invoice', undefined, null ],
] )( 'payment: %s', ( name, key, meant ) => {
	expect( guessed( name, PAYMENTS, key ) ).toBe( meant );
} );

test.each( [
	[ 'On hold', 'On hold' ],
	[ 'Canceled', 'Cancelled' ],
	[ 'Awaiting collection', null ],
	[ 'Pending payment', null ],
	[ 'Completed', null ],
	[ 'Order received', null ],
	[ 'Refunded', null ],
] )( 'status: %s is %s', ( name, meant ) => {
	expect( guessed( name, STATUSES ) ).toBe( meant );
} );
