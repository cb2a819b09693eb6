import { describe, expect, test } from '@jest/globals';
import type { MappingItem } from '../../../../src/contracts/answers.ts';
import { settingsSchema } from '../../../../src/contracts/settings.ts';
import {
	aliasCsv,
	clashing,
	isProposed,
	withAliases,
	withProposals,
} from '../../../../admin-ui/src/screens/readiness/proposals.ts';
import type { Proposed } from '../../../../admin-ui/src/screens/readiness/proposals.ts';
import { anItem } from '../../helpers/mapping-item.ts';

function proposed(
	key: string,
	value: string,
	more: Partial< MappingItem > = {}
): Proposed {
	const item = anItem( {
		...more,
		proposal: { key, value, label: value, why: 'The names are alike.' },
	} );
	if ( ! isProposed( item ) ) {
		throw new Error( 'It has a proposal.' );
	}
	return item;
}

describe( 'proposals that are taken over', () => {
	const before = settingsSchema.parse( {
		goLive: '2026-11-21T09:00:00Z',
		orders: {
			payments: { stripe: 'CARD' },
			tax: [ { percent: '20', code: 'T20' } ],
		},
	} );
	const after = ( ...chosen: readonly Proposed[] ) =>
		settingsSchema.parse( withProposals( before, chosen ) );

	test( 'are set at their keys, and nothing else is', () => {
		expect(
			after(
				proposed( 'orders.payments.paypal', '"PAYPAL"' ),
				proposed( 'orders.shipping.flat_rate:2', '3' ),
				proposed( 'orders.taxDefault', '"T0"' )
			)
		).toEqual( {
			...before,
			orders: {
				...before.orders,
				payments: { stripe: 'CARD', paypal: 'PAYPAL' },
				shipping: { ...before.orders.shipping, 'flat_rate:2': 3 },
				taxDefault: 'T0',
			},
		} );
	} );

	test( 'a word of the shop may have dots in it', () => {
		expect(
			after( proposed( 'orders.payments.pay.later.v2', '"PL"' ) ).orders
				.payments
		).toEqual( { stripe: 'CARD', 'pay.later.v2': 'PL' } );
	} );

	test( 'a text that is no JSON is taken as it is, as the command line takes it', () => {
		expect(
			after( proposed( 'orders.payments.cod', 'CASH' ) ).orders.payments[
				'cod'
			]
		).toBe( 'CASH' );
	} );

	test( 'rules are added to those there are, each once', () => {
		const five =
			'[{"percent":"20","code":"T20"},{"percent":"5","code":"T5"}]';
		const zero =
			'[{"percent":"20","code":"T20"},{"percent":"0","code":"T0"}]';
		expect(
			after(
				proposed( 'orders.tax', five ),
				proposed( 'orders.tax', zero )
			).orders.tax.map( ( { code } ) => code )
		).toEqual( [ 'T20', 'T5', 'T0' ] );
	} );

	test( 'an alias is no setting', () => {
		expect( after( proposed( 'alias', 'mug-1' ) ) ).toEqual( before );
	} );

	test( 'two values for one setting or SKU cannot both hold', () => {
		expect(
			clashing( [
				proposed( 'orders.taxDefault', '"T0"' ),
				proposed( 'orders.taxDefault', '"T20"' ),
				proposed( 'alias', 'mug-1', { store: 'MUG-1' } ),
				proposed( 'alias', 'mug 1', { store: 'MUG-1' } ),
				proposed( 'orders.payments.a', '"A"' ),
				proposed( 'orders.payments.b', '"B"' ),
			] )
		).toEqual( [ 'orders.taxDefault', 'MUG-1' ] );
	} );
} );

describe( 'aliases', () => {
	test( 'that there are stay, but where a chosen one says otherwise', () => {
		expect(
			withAliases(
				[
					{ sku: 'A', alias: 'a' },
					{ sku: 'MUG-1', alias: 'old' },
				],
				[
					proposed( 'alias', 'mug-1', { store: 'MUG-1' } ),
					proposed( 'alias', '"TOTE, L"', { store: 'TOTE' } ),
					proposed( 'orders.taxDefault', '"T0"' ),
				]
			)
		).toEqual( [
			{ sku: 'A', alias: 'a' },
			{ sku: 'MUG-1', alias: 'mug-1' },
			{ sku: 'TOTE', alias: 'TOTE, L' },
		] );
	} );

	test( 'go out as the table that the import reads', () => {
		expect(
			aliasCsv( [
				{ sku: 'A,1', alias: '-a' },
				{ sku: 'B', alias: 'b "x"' },
			] )
		).toBe( 'sku,alias\r\n"A,1",-a\r\nB,"b ""x"""\r\n' );
	} );
} );
