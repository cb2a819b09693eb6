import { describe, expect, test } from '@jest/globals';
import {
	DEFAULTS,
	check,
} from '../../../../admin-ui/src/screens/settings/draft.ts';
import { describeValue } from '../../../../admin-ui/src/screens/settings/describe.ts';
import { labelOf } from '../../../../admin-ui/src/screens/settings/fields.ts';
import {
	staying,
	withMeta,
	withPart,
} from '../../../../admin-ui/src/screens/settings/order-rules.ts';
import type { DraftRule } from '../../../../admin-ui/src/screens/settings/order-rules.ts';
import {
	ANY,
	paymentOptions,
	shippingOptions,
} from '../../../../admin-ui/src/screens/settings/rule-options.ts';
import { writeAt } from '../../../../admin-ui/src/screens/settings/tree.ts';

const checked = ( rule: DraftRule ) =>
	check( writeAt( DEFAULTS, 'orders.rules', [ rule ] ) );

describe( 'a rule while it is typed', () => {
	test( 'ids become numbers and countries capitals once it is checked', () => {
		const read = checked( { country: ' gb', channelId: '3' } );
		expect( read.ok && read.settings.orders.rules ).toEqual( [
			{ country: 'GB', channelId: 3 },
		] );
	} );

	test( 'without a way to go it is told so, by its number', () => {
		const read = checked( { country: 'GB' } );
		expect( read.ok ? [] : read.faults ).toEqual( [
			{
				path: 'orders.rules.0',
				message:
					'choose a channel or a warehouse, or let such orders stay in the shop',
			},
		] );
		expect( labelOf( 'orders.rules.0' ) ).toBe( 'Rules: rule 1' );
		expect( labelOf( 'orders.rules.1.meta.key' ) ).toBe(
			'Rules: rule 2, Order meta: key'
		);
	} );

	test( 'a part that is emptied is no condition any more', () => {
		expect( withPart( { country: 'GB' }, 'country', undefined ) ).toEqual(
			{}
		);
		expect( withMeta( { meta: { key: 'gift' } }, { key: '' } ) ).toEqual(
			{}
		);
		expect( withMeta( {}, { key: 'gift' } ) ).toEqual( {
			meta: { key: 'gift' },
		} );
		expect(
			withMeta( { meta: { key: 'gift', is: 'yes' } }, { is: '' } )
		).toEqual( { meta: { key: 'gift' } } );
	} );

	test( 'an order that stays goes nowhere, and may go again', () => {
		const stays = staying( { country: 'GB', channelId: 3 }, true );
		expect( stays ).toEqual( { country: 'GB', push: false } );
		expect( checked( stays ).ok ).toBe( true );
		expect( staying( stays, false ) ).toEqual( { country: 'GB' } );
	} );
} );

describe( 'what a condition is chosen from', () => {
	const store = {
		statuses: [],
		paymentMethods: [ { id: 'stripe', title: 'Card' } ],
		shippingMethods: [
			{ id: 'flat_rate:2', title: 'Tracked', zone: 'UK' },
			{ id: 'flat_rate:7', title: 'Economy', zone: 'World' },
		],
		taxRates: [],
	};

	test( 'an order without a payment method is a choice, and “any” is another', () => {
		const values = paymentOptions( store, undefined ).map(
			( { value } ) => value
		);
		expect( values ).toEqual( [ 'stripe', '' ] );
		expect( values ).not.toContain( ANY );
	} );

	test( 'each method, and each kind once', () => {
		expect(
			shippingOptions( store, undefined ).map( ( { value } ) => value )
		).toEqual( [ 'flat_rate:2', 'flat_rate:7', 'flat_rate' ] );
	} );

	test( 'what was chosen stays in sight when the shop has it no more', () => {
		expect( paymentOptions( null, 'klarna' )[ 0 ]?.value ).toBe( 'klarna' );
	} );
} );

test( 'in the history a rule reads as one goes', () => {
	expect(
		describeValue(
			'orders.rules',
			[
				{ country: 'GB', meta: { key: 'gift', is: '1' }, channelId: 3 },
				{ push: false },
			],
			null
		)
	).toBe( 'GB gift=1 → 3, * → stays in the shop' );
	expect(
		describeValue(
			'orders.customFields',
			{ PCF_ORDERNO: 'number', PCF_GIFT: 'meta:_gift' },
			null
		)
	).toBe( 'PCF_ORDERNO → Order number, PCF_GIFT → order meta _gift' );
} );
