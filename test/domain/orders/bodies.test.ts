import { describe, expect, test } from '@jest/globals';
import {
	toContactBody,
	toCreditBody,
	toPaymentBody,
	toPostalAddressBody,
	toRefundBody,
	toReversalBody,
	toSalesOrderBody,
} from '../../../src/domain/orders/bodies.ts';
import { partiesOf } from '../../../src/domain/orders/head/contact.ts';
import type { PlannedCredit } from '../../../src/domain/orders/types.ts';
import { ADDRESS, aLine, anOrder, NO_ADDRESS } from '../../helpers/an-order.ts';
import {
	ACCOUNT,
	inputFor,
	plannedOrder,
	settingsWith,
} from '../../helpers/planning.ts';

const small = anOrder( {
	lines: [ aLine() ],
	shippingLines: [],
	total: '24.00',
	totalTax: '4.00',
	billing: { ...ADDRESS, company: 'Duarte &amp; Co' },
} );

const place = {
	addressLine1: '9 Harbour Row',
	addressLine2: 'Redcliffe',
	addressLine3: 'Bristol',
	addressLine4: 'Avon',
	postalCode: 'BS1 6XN',
	countryIsoCode: 'GBR',
};
const reach = { telephone: '+44 117 000 0001', email: 'ines@example.test' };

describe( 'bodies for Brightpearl', () => {
	test( "the sales order, with Brightpearl's defaults left to it", () => {
		const input = inputFor(
			{ order: small, exact: null },
			{ account: { ...ACCOUNT, installationInstanceId: null } }
		);
		const body = toSalesOrderBody( plannedOrder( input ).salesOrder, 412 );
		const billing = {
			addressFullName: 'Ines Duarte',
			companyName: 'Duarte & Co',
			...place,
			...reach,
		};
		expect( JSON.parse( JSON.stringify( body ) ) ).toEqual( {
			customer: { id: 412, address: billing },
			billing: { contactId: 412, address: billing },
			ref: '4336',
			externalRef: 'shop-4336',
			placedOn: '2026-07-01T23:30:00.000+00:00',
			taxDate: '2026-07-02T00:00:00.000+01:00',
			priceModeCode: 'EXC',
			currency: { code: 'GBP' },
			delivery: {
				address: { addressFullName: 'Ines Duarte', ...place, ...reach },
			},
			rows: [
				{
					productId: 4200,
					name: 'Oak Serving Board',
					quantity: '2',
					taxCode: 'T20',
					net: '20.00',
					tax: '4.00',
					externalRef: 'line-1',
					sequence: 1,
				},
			],
		} );
	} );

	test( 'what the settings name is there, a shipping method 0 too', () => {
		const settings = settingsWith( {
			status: { processing: 5 },
			channelId: 7,
			warehouseId: 2,
			priceListId: 3,
			leadSourceId: 4,
		} );
		const input = inputFor(
			{
				order: anOrder( { billing: ADDRESS, shipping: NO_ADDRESS } ),
				exact: null,
			},
			{ settings }
		);
		const body = toSalesOrderBody( plannedOrder( input ).salesOrder, null );
		expect( body ).toMatchObject( {
			customer: { id: null },
			installedIntegrationInstanceId: 77,
			statusId: 5,
			channelId: 7,
			warehouseId: 2,
			priceListId: 3,
			leadSourceId: 4,
			delivery: {
				shippingMethodId: 0,
				address: { addressLine1: '9 Harbour Row' },
			},
		} );
		expect( body.rows.map( ( { sequence } ) => sequence ) ).toEqual( [
			1, 2, 3,
		] );
		expect( body.rows[ 2 ] ).not.toHaveProperty( 'productId' );
	} );

	test( 'the payment', () => {
		const payment = {
			n: 1,
			transactionRef: 'shop-4336-p1',
			transactionCode: 'pi_1',
			methodCode: 'CARD',
			amount: '24.00',
			currency: 'GBP',
			paidAt: '2026-07-01T23:30:04.000+00:00',
		};
		expect( toPaymentBody( payment, 20871, '1.000000' ) ).toEqual( {
			transactionRef: 'shop-4336-p1',
			transactionCode: 'pi_1',
			paymentMethodCode: 'CARD',
			paymentType: 'RECEIPT',
			orderId: 20871,
			currencyIsoCode: 'GBP',
			exchangeRate: '1.000000',
			amountPaid: '24.00',
			paymentDate: '2026-07-01T23:30:04.000+00:00',
			journalRef: 'shop-4336-p1',
		} );
		const without = toPaymentBody(
			{ ...payment, transactionCode: '' },
			20871,
			null
		);
		expect( without ).not.toHaveProperty( 'transactionCode' );
		expect( without ).not.toHaveProperty( 'exchangeRate' );
	} );

	test( "the shop's own exchange rate, fixed", () => {
		const order = {
			...small,
			currency: 'EUR',
			meta: { _rate: '1.234567891' },
		};
		const settings = settingsWith( { exchangeRateMeta: '_rate' } );
		expect(
			toSalesOrderBody(
				plannedOrder( inputFor( { order, exact: null }, { settings } ) )
					.salesOrder,
				412
			).currency
		).toEqual( {
			code: 'EUR',
			fixedExchangeRate: true,
			exchangeRate: '1.234568',
		} );
	} );

	test( 'the credit, tied to its order and at its rate', () => {
		const { billing, delivery } = partiesOf( small );
		const credit: PlannedCredit = {
			refundId: 77,
			externalRef: 'shop-4336-r77',
			ref: '4336',
			placedOn: '2026-07-03T09:00:00.000+00:00',
			taxDate: '2026-07-03T00:00:00.000+01:00',
			warehouseId: 2,
			channelId: null,
			priceListId: null,
			leadSourceId: 4,
			priceMode: 'INC',
			currency: 'EUR',
			billing,
			delivery,
			rows: [
				{
					externalRef: 'line-1',
					productId: 4200,
					name: 'Oak Serving Board',
					quantity: '1',
					taxCode: 'T20',
					net: '10.00',
					tax: '2.00',
					nominalCode: '4000',
				},
				{
					externalRef: 'refund',
					productId: null,
					name: 'Refund: goodwill',
					quantity: '1',
					taxCode: 'T9',
					net: '1.00',
					tax: '0.00',
					nominalCode: null,
				},
			],
			total: '13.00',
			installationInstanceId: 77,
		};
		const body = toCreditBody( credit, {
			contactId: 412,
			parentId: 20871,
			exchangeRate: '1.234568',
		} );
		expect( JSON.parse( JSON.stringify( body ) ) ).toMatchObject( {
			customer: { id: 412, address: { companyName: 'Duarte & Co' } },
			billing: { contactId: 412 },
			parentId: 20871,
			ref: '4336',
			externalRef: 'shop-4336-r77',
			installedIntegrationInstanceId: 77,
			placedOn: '2026-07-03T09:00:00.000+00:00',
			taxDate: '2026-07-03T00:00:00.000+01:00',
			warehouseId: 2,
			leadSourceId: 4,
			priceModeCode: 'INC',
			currency: {
				code: 'EUR',
				fixedExchangeRate: true,
				exchangeRate: '1.234568',
			},
			delivery: { address: { addressFullName: 'Ines Duarte', ...place } },
			rows: [
				{
					productId: 4200,
					quantity: '1',
					net: '10.00',
					tax: '2.00',
					externalRef: 'line-1',
					sequence: 1,
				},
				{ name: 'Refund: goodwill', net: '1.00', sequence: 2 },
			],
		} );
		expect( Object.keys( body ) ).not.toEqual(
			expect.arrayContaining( [ 'statusId' ] )
		);
		expect( body ).not.toHaveProperty( 'channelId' );
		expect(
			toCreditBody( credit, {
				contactId: 412,
				parentId: 20871,
				exchangeRate: null,
			} ).currency
		).toEqual( { code: 'EUR' } );
	} );

	test( 'the money of a refund goes out on its credit', () => {
		expect(
			toRefundBody(
				{
					refundId: 77,
					transactionRef: 'shop-4336-r77',
					transactionCode: '',
					methodCode: 'CARD',
					amount: '13.00',
					currency: 'GBP',
					paidAt: '2026-07-03T09:00:00.000+00:00',
				},
				30001,
				null
			)
		).toEqual( {
			transactionRef: 'shop-4336-r77',
			paymentMethodCode: 'CARD',
			paymentType: 'PAYMENT',
			orderId: 30001,
			currencyIsoCode: 'GBP',
			amountPaid: '13.00',
			paymentDate: '2026-07-03T09:00:00.000+00:00',
			journalRef: 'shop-4336-r77',
		} );
	} );

	test.each( [ 'PAYMENT', 'RECEIPT' ] as const )(
		'a reversal by %s goes the other way, where the money was recorded',
		( type ) => {
			expect(
				toReversalBody(
					{
						transactionRef: 'shop-4336-p1-x',
						paymentId: 935253,
						orderId: 20871,
						how: 'payment',
						type,
						methodCode: 'CARD',
						amount: '24.00',
						currency: 'GBP',
						at: '2026-07-04T09:00:00.000+00:00',
					},
					'1.000000'
				)
			).toEqual( {
				transactionRef: 'shop-4336-p1-x',
				paymentMethodCode: 'CARD',
				paymentType: type,
				orderId: 20871,
				currencyIsoCode: 'GBP',
				exchangeRate: '1.000000',
				amountPaid: '24.00',
				paymentDate: '2026-07-04T09:00:00.000+00:00',
				journalRef: 'shop-4336-p1-x',
			} );
		}
	);

	test( 'the contact and its postal address, which has no name', () => {
		const { contact } = partiesOf( small );
		expect( toContactBody( contact, 901 ) ).toEqual( {
			firstName: 'Ines',
			lastName: 'Duarte',
			companyName: 'Duarte & Co',
			email: 'ines@example.test',
			phone: '+44 117 000 0001',
			addressId: 901,
		} );
		expect( toPostalAddressBody( contact.address ) ).toEqual( place );
		expect(
			toPostalAddressBody( { ...contact.address, line2: '', state: '' } )
		).not.toHaveProperty( 'addressLine4' );
	} );
} );
