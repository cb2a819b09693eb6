import { describe, expect, test } from '@jest/globals';
import {
	settingsSchema,
	type OrderRule,
} from '../../../src/contracts/settings.ts';
import type { StoreOrder } from '../../../src/contracts/store.ts';
import { ruleFor } from '../../../src/domain/orders/rules.ts';
import {
	ADDRESS,
	anOrder,
	aShippingLine,
	NO_ADDRESS,
} from '../../helpers/an-order.ts';

type Condition = Omit< OrderRule, 'channelId' | 'warehouseId' | 'push' >;

const fits = ( rule: Condition, order: Partial< StoreOrder > = {} ): boolean =>
	ruleFor(
		anOrder( order ),
		settingsSchema.parse( {
			orders: { rules: [ { ...rule, channelId: 7 } ] },
		} ).orders.rules
	) !== null;

describe( 'rules of orders', () => {
	test.each< [ string, Condition, Partial< StoreOrder >, boolean ] >( [
		[ 'no condition', {}, {}, true ],
		[ 'the country of the delivery', { country: 'GB' }, {}, true ],
		[
			'another country than that of the delivery',
			{ country: 'GB' },
			{ shipping: { ...ADDRESS, country: 'FR' } },
			false,
		],
		[
			'the country of billing where nothing is delivered',
			{ country: 'FR' },
			{
				shipping: NO_ADDRESS,
				billing: { ...ADDRESS, country: ' fr ' },
			},
			true,
		],
		[ 'the payment method', { payment: 'stripe' }, {}, true ],
		[ 'another payment method', { payment: 'bacs' }, {}, false ],
		[
			'an order without a payment method',
			{ payment: '' },
			{ paymentMethod: '' },
			true,
		],
		[ 'the shipping method', { shipping: 'flat_rate' }, {}, true ],
		[ 'its instance', { shipping: 'flat_rate:2' }, {}, true ],
		[ 'another instance', { shipping: 'flat_rate:3' }, {}, false ],
		[
			'the second shipping line',
			{ shipping: 'local_pickup' },
			{
				shippingLines: [
					aShippingLine(),
					aShippingLine( { id: 9, methodId: 'local_pickup' } ),
				],
			},
			true,
		],
		[ 'the way it was made', { createdVia: 'store-api' }, {}, true ],
		[ 'another way', { createdVia: 'admin' }, {}, false ],
		[
			'meta that is there',
			{ meta: { key: '_b2b' } },
			{ meta: { _b2b: '0' } },
			true,
		],
		[
			'meta that is empty',
			{ meta: { key: '_b2b' } },
			{ meta: { _b2b: '' } },
			false,
		],
		[ 'meta that is not there', { meta: { key: 'toString' } }, {}, false ],
		[
			'the value of meta',
			{ meta: { key: '_b2b', is: 'yes' } },
			{ meta: { _b2b: 'yes' } },
			true,
		],
		[
			'another value of meta',
			{ meta: { key: '_b2b', is: 'yes' } },
			{ meta: { _b2b: 'no' } },
			false,
		],
		[
			'meta that must be empty',
			{ meta: { key: '_b2b', is: '' } },
			{},
			true,
		],
		[
			'all conditions but one',
			{ country: 'GB', payment: 'stripe', createdVia: 'admin' },
			{},
			false,
		],
	] )( '%s', ( _name, rule, order, expected ) => {
		expect( fits( rule, order ) ).toBe( expected );
	} );

	test( 'the first that fits speaks alone', () => {
		const { rules } = settingsSchema.parse( {
			orders: {
				rules: [
					{ country: 'FR', channelId: 1 },
					{ payment: 'stripe', warehouseId: 2 },
					{ channelId: 3, warehouseId: 3 },
				],
			},
		} ).orders;
		expect( ruleFor( anOrder(), rules ) ).toEqual( {
			payment: 'stripe',
			warehouseId: 2,
		} );
		expect( ruleFor( anOrder(), [] ) ).toBeNull();
	} );
} );
