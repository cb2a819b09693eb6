import { expect, test } from '@jest/globals';
import type { HttpAnswer, HttpOutcome } from '../../src/contracts/world.ts';
import { createHttpFetch } from '../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../src/net/world.ts';
import { startShopSandbox } from '../../src/sandbox/shop/index.ts';
import { createWooCommerce } from '../../src/woocommerce/store.ts';
import { answer, json, plainSecrets } from './support.ts';

const logger = {
	debug: () => {},
	info: () => {},
	warn: () => {},
	error: () => {},
	child: () => logger,
};

/** The recorded shop's answers, and what a test puts in their place. */
function shop( instead: Record< string, HttpAnswer > = {} ) {
	const recorded: Record< string, HttpAnswer > = {
		'reports/orders/totals': answer(
			'settings/order-statuses.totals.json'
		),
		payment_gateways: answer( 'settings/payment_gateways.json' ),
		'shipping/zones': answer( 'settings/shipping.zones.json' ),
		'shipping/zones/0/methods': answer(
			'settings/shipping.zone-0.methods.json'
		),
		'shipping/zones/2/methods': answer(
			'settings/shipping.zone-2.methods.json'
		),
		taxes: answer( 'settings/taxes.json' ),
	};
	const asked: string[] = [];
	const store = createWooCommerce( {
		connection: 'main',
		config: {
			type: 'woocommerce',
			url: 'https://shop.example.test',
			consumerKey: 'ck_1',
			consumerSecret: 'cs_1',
		},
		world: {
			clock: systemClock,
			random: systemRandom,
			logger,
			fetch: ( { url } ): Promise< HttpOutcome > => {
				const { pathname } = new URL( url );
				const route = pathname.replace( '/wp-json/wc/v3/', '' );
				asked.push( route );
				const given = instead[ route ] ?? recorded[ route ];
				return Promise.resolve(
					given === undefined
						? {
								ok: false,
								reason: 'network',
								message: 'Nobody answers.',
								sent: false,
							}
						: { ok: true, answer: given }
				);
			},
		},
		readSecret: plainSecrets,
	} );
	return { store, asked };
}

const refusal = json(
	{
		code: 'woocommerce_rest_cannot_view',
		message: 'Sorry, you cannot list resources.',
		data: { status: 403 },
	},
	403
);

test( 'the recorded shop’s choices are read', async () => {
	const read = await shop().store.choices();
	expect( read ).toEqual( {
		ok: true,
		value: {
			unread: [],
			statuses: [
				{ slug: 'pending', name: 'Pending payment' },
				{ slug: 'processing', name: 'Processing' },
				{ slug: 'on-hold', name: 'On hold' },
				{ slug: 'completed', name: 'Completed' },
				{ slug: 'cancelled', name: 'Cancelled' },
				{ slug: 'refunded', name: 'Refunded' },
				{ slug: 'failed', name: 'Failed' },
			],
			paymentMethods: [
				{ id: 'bacs', title: 'Bank transfer' },
				{ id: 'cod', title: 'Cash on delivery' },
				{ id: 'stripe', title: 'Credit / Debit Card' },
			],
			shippingMethods: [
				...[
					[ 'flat_rate:7', 'International Standard' ],
					[ 'flat_rate:8', 'Economy' ],
				].map( ( [ id, title ] ) => ( {
					id,
					title,
					zone: 'Locations not covered by your other zones',
				} ) ),
				...[
					[ 'flat_rate:2', 'Royal Mail Tracked 48' ],
					[ 'flat_rate:3', 'DPD Next Day (by 12:00)' ],
					[ 'flat_rate:4', 'Untaxed courier' ],
					[ 'local_pickup:5', 'Click & Collect' ],
					[ 'free_shipping:6', 'Free delivery' ],
				].map( ( [ id, title ] ) => ( { id, title, zone: 'UK' } ) ),
			],
			taxRates: [
				[ '20', 'standard', 'VAT' ],
				[ '5', 'reduced-rate', 'VAT reduced' ],
				[ '0', 'zero-rate', 'VAT zero' ],
			].map( ( [ percent, taxClass, label ] ) => ( {
				percent,
				class: taxClass,
				country: 'GB',
				state: '',
				label,
			} ) ),
		},
	} );
} );

test( 'a list that the key may not read stays empty, and is told', async () => {
	const read = await shop( {
		payment_gateways: refusal,
		'shipping/zones/2/methods': json( { not: 'a list' } ),
	} ).store.choices();
	expect( read ).toMatchObject( {
		ok: true,
		value: {
			paymentMethods: [],
			shippingMethods: [],
			unread: [ expect.any( String ), expect.any( String ) ],
		},
	} );
	expect( read.ok && read.value.taxRates ).toHaveLength( 3 );
} );

test( 'entries that make no sense are left out', async () => {
	const read = await shop( {
		taxes: json( [
			{ rate: '20.0000', name: 'VAT', country: 'GB' },
			{ rate: 'much' },
			null,
		] ),
	} ).store.choices();
	expect( read.ok && read.value.taxRates ).toEqual( [
		{ percent: '20', class: '', country: 'GB', state: '', label: 'VAT' },
	] );
} );

test( 'where every list is refused, the refusal is the answer', async () => {
	const { store } = shop(
		Object.fromEntries(
			[
				'reports/orders/totals',
				'payment_gateways',
				'shipping/zones',
				'taxes',
			].map( ( route ) => [ route, refusal ] )
		)
	);
	expect( await store.choices() ).toMatchObject( {
		ok: false,
		failure: { kind: 'hold' },
	} );
} );

test( 'a shop that does not answer is not asked for more', async () => {
	const { store, asked } = shop( {
		payment_gateways: json( { code: 'down' }, 503 ),
	} );
	expect( await store.choices() ).toMatchObject( {
		ok: false,
		failure: { kind: 'retry' },
	} );
	expect( asked ).toEqual( [ 'reports/orders/totals', 'payment_gateways' ] );
} );

test( 'the sandbox gives all of them, tax rates by the page', async () => {
	const sandbox = await startShopSandbox( { clock: systemClock } );
	const fetch = createHttpFetch( { clock: systemClock } );
	try {
		const read = await createWooCommerce( {
			connection: 'main',
			config: {
				type: 'woocommerce',
				url: sandbox.url,
				consumerKey: sandbox.ready.consumerKey,
				consumerSecret: sandbox.ready.consumerSecret,
			},
			world: { clock: systemClock, random: systemRandom, logger, fetch },
			readSecret: plainSecrets,
		} ).choices();
		expect( read ).toMatchObject( { ok: true, value: { unread: [] } } );
		if ( read.ok ) {
			expect( read.value.paymentMethods.map( ( { id } ) => id ) ).toEqual(
				[ 'bacs', 'cod', 'stripe', 'paypal' ]
			);
			expect( read.value.shippingMethods ).toHaveLength( 7 );
			expect( read.value.taxRates ).toHaveLength( 27 );
		}
	} finally {
		await fetch.close();
		await sandbox.close();
	}
} );
