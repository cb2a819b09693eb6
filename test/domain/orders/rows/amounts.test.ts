import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StoreLine, StoreOrder } from '../../../../src/contracts/store.ts';
import {
	decimal,
	money,
	roundTo,
	sum,
	type Decimal,
} from '../../../../src/domain/money.ts';
import { settleAmounts } from '../../../../src/domain/orders/rows/amounts.ts';
import { aLine, anOrder } from '../../../helpers/an-order.ts';

/** A line's net, tax, and what a coupon took off, in millionths. */
const line = fc.record( {
	net: fc.integer( { min: 0, max: 90_000_000 } ),
	tax: fc.integer( { min: 0, max: 18_000_000 } ),
	off: fc.integer( { min: 0, max: 5_000_000 } ),
} );
const lines = fc.array( line, { minLength: 1, maxLength: 30 } );
const coupons = fc.array( fc.integer( { min: 0, max: 500 } ), {
	maxLength: 3,
} );
const currency = fc.constantFrom( 'GBP', 'JPY' );

const millionths = ( value: number ): Decimal =>
	decimal( String( value ) ).div( 1_000_000 );

/** The order of a shop that rounds once, at the subtotal, as it prints it at `places`. */
function orderOf(
	items: readonly { net: number; tax: number; off: number }[],
	discounts: readonly number[],
	decimals: number,
	places: number
): StoreOrder {
	const printed = ( value: number ): string =>
		money( millionths( value ), places );
	const nets = sum( items.map( ( { net } ) => millionths( net ) ) );
	const taxes = sum( items.map( ( { tax } ) => millionths( tax ) ) );
	return anOrder( {
		lines: items.map( ( { net, tax, off }, index ): StoreLine =>
			aLine( {
				id: index + 1,
				total: printed( net ),
				totalTax: printed( tax ),
				subtotal: printed( net + off ),
				subtotalTax: printed( tax + Math.floor( off / 5 ) ),
			} )
		),
		shippingLines: [],
		coupons: discounts.map( ( pence, index ) => ( {
			id: index + 1,
			code: `c${ index }`,
			discount: money( millionths( pence * 10_000 ), 2 ),
			discountTax: '0.00',
		} ) ),
		total: money( roundTo( nets.plus( taxes ), decimals ), decimals ),
		totalTax: money( roundTo( taxes, decimals ), decimals ),
	} );
}

describe.each( [ 'net', 'rows' ] as const )(
	'amounts with discounts "%s"',
	( discounts ) => {
		test( 'six decimals always give the total and the tax, without a rounding row', () => {
			fc.assert(
				fc.property(
					lines,
					coupons,
					currency,
					( items, given, code ) => {
						const decimals = code === 'JPY' ? 0 : 2;
						const order = orderOf(
							items,
							given,
							decimals,
							decimals
						);
						const exact = {
							...orderOf( items, given, decimals, 6 ),
							total: order.total,
						};
						const settled = settleAmounts(
							order,
							exact,
							discounts,
							decimals
						);
						const net = sum(
							settled.amounts.map( ( amount ) => amount.net )
						);
						const tax = sum(
							settled.amounts.map( ( amount ) => amount.tax )
						);

						expect( settled.rounding ).toBeNull();
						expect( money( net.plus( tax ), 2 ) ).toBe(
							money( decimal( order.total ), 2 )
						);
						expect( money( tax, 2 ) ).toBe(
							money( decimal( order.totalTax ), 2 )
						);
						for ( const amount of settled.amounts ) {
							for ( const value of [ amount.net, amount.tax ] ) {
								expect(
									roundTo( value, decimals ).eq( value )
								).toBe( true );
							}
						}
					}
				)
			);
		} );

		test( 'plain strings alone give it too, with a rounding row only where they lack something', () => {
			fc.assert(
				fc.property( lines, coupons, ( items, given ) => {
					const order = orderOf( items, given, 2, 2 );
					const settled = settleAmounts( order, null, discounts, 2 );
					const rows = [
						...settled.amounts,
						...( settled.rounding ? [ settled.rounding ] : [] ),
					];
					const total = sum(
						rows.map( ( { net, tax } ) => net.plus( tax ) )
					);

					expect( money( total, 2 ) ).toBe( order.total );
					if ( settled.unexplained.eq( 0 ) ) {
						expect( settled.rounding ).toBeNull();
					}
				} )
			);
		} );
	}
);
