import { describe, expect, test } from '@jest/globals';
import type { Choices } from '../../../src/contracts/answers.ts';
import { settingsSchema } from '../../../src/contracts/settings.ts';
import {
	reportChoices,
	reportCurrency,
} from '../../../src/domain/mapping/choices.ts';

const BRIGHTPEARL: NonNullable< Choices[ 'brightpearl' ] > = {
	channels: [ { id: 3, name: 'Web shop' } ],
	warehouses: [],
	priceLists: [],
	leadSources: [],
	orderStatuses: [
		{ id: 1, name: 'Draft / Quote' },
		{ id: 21, name: 'Awaiting engraving' },
	],
	shippingMethods: [
		{ id: 7, name: 'Royal Mail 48' },
		{ id: 8, name: 'Click & Collect' },
	],
	taxCodes: [
		{ code: 'T20', rate: '20.00' },
		{ code: 'T5', rate: '5' },
		{ code: 'DE19', rate: '19' },
		{ code: 'FR19', rate: '19' },
	],
	nominalCodes: [],
	paymentMethods: [
		{ code: 'STRIPE', name: 'Stripe' },
		{ code: 'BANK', name: 'Bank transfer' },
		{ code: 'PP', name: 'PayPal' },
	],
};
const STORE: NonNullable< Choices[ 'store' ] > = {
	statuses: [
		{ slug: 'processing', name: 'Processing' },
		{ slug: 'pending', name: 'Pending payment' },
		{ slug: 'engraving', name: 'Engraving' },
		{ slug: 'trash', name: 'Bin' },
	],
	paymentMethods: [
		{ id: 'stripe', title: 'Credit card (Stripe)' },
		{ id: 'bacs', title: 'Direct' },
		{ id: 'klarna', title: 'Klarna' },
	],
	shippingMethods: [
		{ id: 'flat_rate:1', title: 'Royal Mail', zone: 'UK' },
		{ id: 'local_pickup:2', title: 'Abholung', zone: '' },
	],
	taxRates: [
		{
			percent: '20.0000',
			class: 'standard',
			country: 'GB',
			state: '',
			label: 'VAT',
		},
		{ percent: '19', class: '', country: 'DE', state: '', label: 'MwSt' },
		{ percent: '7', class: '', country: 'DE', state: '', label: 'MwSt' },
	],
};

const report = ( orders: Record< string, unknown > = {} ) =>
	reportChoices(
		{ store: STORE, brightpearl: BRIGHTPEARL },
		settingsSchema.parse( { orders } ),
		{ name: 'My shop' }
	);
const of = ( store: string, orders?: Record< string, unknown > ) =>
	report( orders ).find( ( item ) => item.store === store );

describe( 'what is not mapped is told, with a guess', () => {
	test.each( [
		[ 'orders.channelId', 'channel-unset', 'warning', '3' ],
		[ 'engraving', 'status-left-out', 'warning', '21' ],
		[ 'stripe', 'payment-unmapped', 'error', '"STRIPE"' ],
		[ 'bacs', 'payment-unmapped', 'error', '"BANK"' ],
		[ 'flat_rate:1', 'shipping-none', 'warning', '7' ],
		[ 'local_pickup:2', 'shipping-none', 'warning', '8' ],
	] )( '%s', ( store, code, level, value ) => {
		expect( of( store ) ).toMatchObject( {
			code,
			level,
			brightpearl: null,
			proposal: { value, why: expect.stringMatching( /\.$/ ) },
		} );
	} );

	test( 'where nothing fits there is no guess', () => {
		expect( of( 'klarna' ) ).toMatchObject( {
			level: 'error',
			proposal: null,
		} );
	} );

	test( 'tax: a rule for the rate, more exact where several codes have it', () => {
		const rules = report( { tax: [ { percent: '5', code: 'T5' } ] } )
			.filter( ( { kind } ) => kind === 'tax' )
			.map( ( { proposal } ) =>
				proposal === null
					? null
					: ( JSON.parse( proposal.value ) as unknown )
			);
		const before = { percent: '5', code: 'T5' };
		expect( rules ).toEqual( [
			[ before, { percent: '20', code: 'T20' } ],
			[
				before,
				{ percent: '19', class: '', country: 'DE', code: 'DE19' },
			],
			null,
		] );
	} );
} );

describe( 'what is mapped is fine', () => {
	test.each( [
		[ 'orders.channelId', { channelId: 3 }, 'Web shop' ],
		[ 'stripe', { payments: { '*': 'PP' } }, 'PayPal' ],
		[ 'flat_rate:1', { shipping: { flat_rate: 7 } }, 'Royal Mail 48' ],
		[ 'engraving', { status: { engraving: 21 } }, 'Awaiting engraving' ],
		[ 'VAT', { tax: [ { percent: '20', code: 'T20' } ] }, 'T20' ],
	] )( '%s', ( store, orders, brightpearl ) => {
		expect( of( store, orders ) ).toMatchObject( {
			level: 'ok',
			brightpearl,
		} );
	} );

	test( 'a status that is no sale is left out without a word; the bin is none', () => {
		expect( of( 'pending' ) ).toMatchObject( { level: 'ok' } );
		expect( of( 'trash' ) ).toBeUndefined();
	} );
} );

test.each( [
	[ 'orders.channelId', { channelId: 9 }, 'channel-unknown' ],
	[ 'stripe', { payments: { stripe: 'OLD' } }, 'payment-unknown' ],
	[ 'flat_rate:1', { shipping: { '*': 99 } }, 'shipping-unknown' ],
	[ 'engraving', { status: { engraving: 99 } }, 'status-unknown' ],
	[ 'VAT', { taxDefault: 'T99' }, 'tax-unknown' ],
] )(
	'%s that names what Brightpearl does not have',
	( store, orders, code ) => {
		expect( of( store, orders ) ).toMatchObject( {
			code,
			brightpearl: code === 'payment-unknown' ? 'OLD' : null,
		} );
	}
);

test( 'the shop’s currency', () => {
	expect( reportCurrency( 'GBP', [ 'GBP' ] ) ).toMatchObject( [
		{ level: 'ok' },
	] );
	expect( reportCurrency( 'SEK', [ 'GBP' ] ) ).toMatchObject( [
		{ code: 'currency-unknown', level: 'error' },
	] );
	expect( reportCurrency( null, [ 'GBP' ] ) ).toEqual( [] );
	expect( reportCurrency( 'GBP', null ) ).toEqual( [] );
} );
