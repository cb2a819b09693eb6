import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
	decimal,
	decimalsNeeded,
	money,
	sum,
} from '../../../src/domain/money.ts';
import {
	isWithin,
	plainStringsDisagree,
} from '../../../src/domain/orders/rows/amounts.ts';
import {
	generatedOrders,
	type GeneratedOrder,
} from '../../helpers/generated-orders.ts';
import {
	inputFor,
	plannedRows,
	settingsWith,
	totalAt,
} from '../../helpers/planning.ts';

/** The bar: 10 000 orders, half of them in each way of booking discounts. */
const RUNS = 5000;

describe.each( [ 'net', 'rows' ] as const )(
	'generated orders, discounts "%s"',
	( discounts ) => {
		const settings = settingsWith( {
			discounts,
			taxDefault: 'T20',
			tax: [],
		} );
		const plannedOf = (
			{ order, exact }: GeneratedOrder,
			withExact: boolean
		) => {
			const isOpen = plainStringsDisagree( order );
			return plannedRows(
				inputFor(
					{ order, exact: withExact && isOpen ? exact : null },
					{ settings }
				)
			);
		};

		test( "have the shop's total to the minor unit, in both readings of Brightpearl's rounding", () => {
			fc.assert(
				fc.property( generatedOrders, ( generated ) => {
					const { order } = generated;
					const { rows, problems, decimals } = plannedOf(
						generated,
						true
					);
					const total = money( decimal( order.total ), 2 );

					expect( problems ).toEqual( [] );
					expect( totalAt( rows, 2 ) ).toBe( total );
					expect( totalAt( rows, 4 ) ).toBe( total );
					// Halves may go apart: -0.005 of tax becomes -0.01, 9.005 of a total 9.01.
					const tax = sum(
						rows.map( ( row ) => decimal( row.tax ) )
					);
					expect(
						Number( tax.minus( order.totalTax ).abs() )
					).toBeLessThanOrEqual( decimals === 0 ? 1 : 0.01 );
					// What the shop itself can explain needs no row to make it up.
					expect(
						rows.map( ( { externalRef } ) => externalRef )
					).not.toContain( 'rounding' );
					expect(
						rows.every( ( row ) =>
							[ row.net, row.tax ].every(
								( value ) =>
									decimalsNeeded( decimal( value ) ) <=
									decimals
							)
						)
					).toBe( true );
				} ),
				{ numRuns: RUNS }
			);
		} );

		test( 'have it without the six decimals too, by a row of a few pennies', () => {
			fc.assert(
				fc.property( generatedOrders, ( generated ) => {
					const { order, shop } = generated;
					const { rows, settled, decimals } = plannedOf(
						generated,
						false
					);
					const total = money( decimal( order.total ), 2 );

					expect( totalAt( rows, 2 ) ).toBe( total );
					expect( totalAt( rows, 4 ) ).toBe( total );
					// Half a coin for each of at most ten rows and their tax.
					expect(
						isWithin(
							settled.unexplained,
							shop.currency === 'JPY' ? '10' : '0.10',
							decimals
						)
					).toBe( true );
				} ),
				{ numRuns: 500 }
			);
		} );
	}
);

test( 'the generator makes every kind of order', () => {
	const seen = new Set< string >();
	for ( const { order, shop } of fc.sample( generatedOrders, {
		numRuns: 500,
		seed: 1,
	} ) ) {
		seen.add( shop.currency );
		seen.add( `inclusive ${ shop.inclusive }` );
		seen.add( `at subtotal ${ shop.roundAtSubtotal }` );
		seen.add( `open ${ plainStringsDisagree( order ) }` );
		for ( const { rates, totalTax } of order.lines ) {
			seen.add( `${ rates.length } rates` );
			if ( rates.some( ( { compound } ) => compound ) ) {
				seen.add( 'compound' );
			}
			if ( rates.length > 0 && Number( totalTax ) === 0 ) {
				seen.add( 'zero' );
			}
		}
		if ( shop.exempt ) {
			seen.add( 'exempt' );
		}
		if ( order.fees.some( ( { total } ) => total.startsWith( '-' ) ) ) {
			seen.add( 'negative fee' );
		}
		if ( order.coupons.length > 0 ) {
			seen.add( 'coupon' );
		}
		if ( Number( order.total ) === 0 ) {
			seen.add( 'total 0' );
		}
	}
	expect( [ ...seen ].sort() ).toEqual( [
		'0 rates',
		'1 rates',
		'2 rates',
		'3 rates',
		'EUR',
		'GBP',
		'JPY',
		'at subtotal false',
		'at subtotal true',
		'compound',
		'coupon',
		'exempt',
		'inclusive false',
		'inclusive true',
		'negative fee',
		'open false',
		'open true',
		'total 0',
		'zero',
	] );
} );
