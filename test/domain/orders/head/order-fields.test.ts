import { describe, expect, test } from '@jest/globals';
import type { FieldSource } from '../../../../src/contracts/settings.ts';
import type { StoreOrder } from '../../../../src/contracts/store.ts';
import {
	customFieldsOf,
	vatNumberOf,
} from '../../../../src/domain/orders/head/order-fields.ts';
import { anOrder, aShippingLine } from '../../../helpers/an-order.ts';
import { recordedOrder } from '../../../helpers/store-order.ts';

const field = (
	source: FieldSource,
	order: Partial< StoreOrder > = {}
): string | undefined =>
	customFieldsOf( anOrder( order ), { PCF_X: source } ).PCF_X;

describe( 'custom fields', () => {
	test.each< [ FieldSource, Partial< StoreOrder >, string ] >( [
		[ 'number', { number: 'A-17' }, 'A-17' ],
		[
			'customerNote',
			{ customerNote: 'By the back door.\nTom &amp; Jo' },
			'By the back door. Tom & Jo',
		],
		[ 'paymentMethod', {}, 'stripe' ],
		[ 'paymentMethodTitle', {}, 'Credit / Debit Card' ],
		[ 'transactionId', {}, 'pi_1' ],
		[ 'createdVia', {}, 'store-api' ],
		[
			'coupons',
			{
				coupons: [ 'spring', 'vip' ].map( ( code, id ) => ( {
					id,
					code,
					discount: '1.00',
					discountTax: '0.00',
				} ) ),
			},
			'spring, vip',
		],
		[ 'coupons', {}, '' ],
		[
			'shippingMethod',
			{
				shippingLines: [
					aShippingLine(),
					aShippingLine( { id: 9, name: '<b>DPD</b> &amp; more' } ),
				],
			},
			'Royal Mail, DPD & more',
		],
		[ 'meta:_po_number', { meta: { _po_number: ' PO-4711 ' } }, 'PO-4711' ],
		[ 'meta:_po_number', {}, '' ],
		[ 'meta:constructor', {}, '' ],
		[ 'vatNumber', {}, '' ],
	] )( '%s of %j', ( source, order, expected ) => {
		expect( field( source, order ) ).toBe( expected );
	} );

	test( 'of a recorded order, each under its own code', () => {
		expect(
			customFieldsOf( recordedOrder( '099' ).order, {
				PCF_PO: 'meta:_wc_other/acme/po-number',
				PCF_DAY: 'meta:Delivery Date',
				PCF_NONE: 'meta:_nothing',
			} )
		).toEqual( {
			PCF_PO: 'PO-4711',
			PCF_DAY: expect.stringMatching( /\d/ ),
			PCF_NONE: '',
		} );
	} );

	test( 'are one line of at most 255', () => {
		expect(
			field( 'customerNote', { customerNote: 'word '.repeat( 100 ) } )
				?.length
		).toBeLessThanOrEqual( 255 );
	} );
} );

describe( 'the VAT number', () => {
	test( 'of a recorded order', () => {
		expect( vatNumberOf( recordedOrder( '010' ).order ) ).toBe(
			'GB123456789'
		);
	} );

	test.each( [
		[ '_billing_vat_number' ],
		[ '_vat_number' ],
		[ 'billing_vat' ],
		[ '_billing_eu_vat_number' ],
		[ 'vat_number' ],
		[ '_billing_vat_id' ],
		[ '_wc_billing/acme/vat-number' ],
		[ '_wc_other/acme/eu_vat_id' ],
		[ '_wc_shipping/acme/vat' ],
	] )( 'is found under %s', ( key ) => {
		expect( vatNumberOf( { meta: { other: 'x', [ key ]: 'GB1' } } ) ).toBe(
			'GB1'
		);
	} );

	test.each( [
		[ 'is_vat_exempt', 'no' ],
		[ '_vat_number_validated', 'valid' ],
		[ '_wc_billing/acme/private', 'x' ],
		[ '_wc_other/acme/vat-exempt', '1' ],
	] )( 'is not what %s says', ( key, value ) => {
		expect( vatNumberOf( { meta: { [ key ]: value } } ) ).toBe( '' );
	} );

	test( 'is the first that is not empty, billing before the rest', () => {
		expect(
			vatNumberOf( {
				meta: {
					'_wc_shipping/acme/vat-number': 'S',
					'_wc_billing/acme/vat-number': 'B',
					_billing_vat_number: ' ',
				},
			} )
		).toBe( 'B' );
	} );
} );
