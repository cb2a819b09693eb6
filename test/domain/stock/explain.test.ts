import { describe, expect, test } from '@jest/globals';
import { stockSentence } from '../../../src/domain/stock/explain.ts';

const MAIN = { name: 'Main', onHand: 12 };
const ORDERS = [ 101, 104 ].map( ( orderId ) => ( {
	orderId,
	quantity: 1,
	why: '',
} ) );
const LIMITS = { buffer: 1, minimum: 0, maximum: null };

describe( 'the sentence that explains a figure', () => {
	test.each( [
		[
			'12 on hand in Main − 2 in flight (orders 101, 104) − 1 buffer = 9',
			{ wanted: 9 },
		],
		[
			'12 on hand in Main − 1 in flight (order 101) − 1 buffer = 10',
			{ orders: ORDERS.slice( 0, 1 ), wanted: 10 },
		],
		[
			'12 on hand in Main − 0 in flight − 1 buffer = 11',
			{ orders: [], wanted: 11 },
		],
		[
			'16 on hand (Main 12, North 4) − 2 in flight (orders 101, 104) − 1 buffer = 13',
			{ warehouses: [ MAIN, { name: 'North', onHand: 4 } ], wanted: 13 },
		],
		[
			'0 on hand − 2 in flight (orders 101, 104) − 1 buffer = -3, raised to the minimum 0',
			{ warehouses: [], wanted: 0 },
		],
		[
			'12 on hand in Main − 2 in flight (orders 101, 104) − 1 buffer = 9, cut to the maximum 5',
			{ wanted: 5 },
		],
	] )( '%s', ( sentence, change ) => {
		expect(
			stockSentence( {
				warehouses: [ MAIN ],
				orders: ORDERS,
				limits: LIMITS,
				...change,
			} )
		).toBe( sentence );
	} );

	test( 'names a few orders and counts the rest', () => {
		const orders = [ 1, 2, 3, 4, 5, 6, 7 ].map( ( orderId ) => ( {
			orderId,
			quantity: 1,
			why: '',
		} ) );
		expect(
			stockSentence( {
				warehouses: [ MAIN ],
				orders,
				limits: LIMITS,
				wanted: 4,
			} )
		).toContain( '7 in flight (orders 1, 2, 3, 4, 5 and 2 more)' );
	} );
} );
