import { expect, test } from '@jest/globals';
import { exchangeRateOf } from '../../../../src/domain/orders/head/exchange-rate.ts';
import { anOrder } from '../../../helpers/an-order.ts';
import { settingsWith } from '../../../helpers/planning.ts';
import { recordedOrder } from '../../../helpers/store-order.ts';

const KEY = '_alg_wc_exchange_rate';
const settings = settingsWith( { exchangeRateMeta: KEY } );

test( 'the rate of a recorded order', () => {
	const { order } = recordedOrder( '070' );
	expect( exchangeRateOf( order, settings ) ).toBe( '1.2674' );
	expect( exchangeRateOf( order, settingsWith() ) ).toBeNull();
} );

test( 'an order in the base currency has none', () => {
	const { order } = recordedOrder( '070' );
	expect( exchangeRateOf( order, settings, 'USD' ) ).toBeNull();
	expect( exchangeRateOf( order, settings, 'GBP' ) ).toBe( '1.2674' );
} );

test.each( [
	[ '1.23456789', '1.234568' ],
	[ '0.0000014', '0.000001' ],
	[ ' 162 ', '162' ],
	[ '1.500000', '1.5' ],
	[ '0', null ],
	[ '0.0000001', null ],
	[ '-1.2', null ],
	[ '1,2', null ],
	[ '1e3', null ],
	[ 'NaN', null ],
	[ '', null ],
] )( '"%s" is %j', ( text, expected ) => {
	expect(
		exchangeRateOf( anOrder( { meta: { [ KEY ]: text } } ), settings )
	).toBe( expected );
} );

test( 'a key that every object has is no rate', () => {
	expect(
		exchangeRateOf(
			anOrder(),
			settingsWith( { exchangeRateMeta: 'constructor' } )
		)
	).toBeNull();
} );
