/**
 * Orders sold in the shop arrive by signed webhooks and are in Brightpearl: contact, sales
 * order, payment, allocation, proof.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
	CONNECTION,
	doubled,
	eventually,
	expectedRows,
	gbSettings,
	midnightIn,
	openScene,
	openStage,
	pence,
	PREFIX,
	type Scene,
	type SoldOrder,
	type Stage,
	type WooOrder,
} from './kit.ts';
import { WORLDS } from '../helpers/worlds.ts';
import { decimal } from '../../src/domain/money.ts';

/** Total, tax, currency and every row as the shop shows them. */
function expectSameMoney( found: SoldOrder, sold: WooOrder ): void {
	expect( {
		total: found.total,
		tax: found.tax,
		currency: found.currency,
	} ).toEqual( {
		total: pence( sold.total ),
		tax: pence( sold.total_tax ),
		currency: sold.currency,
	} );
	expect(
		found.rows.map( ( row ) => [
			row.externalRef,
			{ net: pence( row.net ), tax: pence( row.tax ) },
		] )
	).toEqual( [ ...expectedRows( sold ) ] );
}

/** One receipt of the total, dated when the shop was paid; none when it was not. */
function expectPaid(
	found: SoldOrder,
	sold: WooOrder,
	methodCode: string
): void {
	expect( found.payments ).toEqual(
		sold.date_paid_gmt === null
			? []
			: [
					expect.objectContaining( {
						transactionRef: `${ PREFIX }-${ sold.id }-p1`,
						type: 'RECEIPT',
						methodCode,
						currency: sold.currency,
						paid: pence( sold.total ),
						paidAt: `${ sold.date_paid_gmt }.000Z`,
					} ),
				]
	);
}

const TAX_ABROAD = [
	{ country: 'DE', percent: '19', code: 'DE19' },
	{ country: 'DE', percent: '7', code: 'DE7' },
	{ country: 'DE', percent: '26', code: 'DE19' },
	{ country: 'FR', percent: '20', code: 'FR20' },
	{ country: 'FR', percent: '5.5', code: 'FR20' },
	{ country: 'FR', percent: '25.5', code: 'FR20' },
];

describe.each( WORLDS )( 'in the $name world:', ( world ) => {
	describe( 'the British shop', () => {
		let stage: Stage;
		let scene: Scene;
		beforeAll( async () => {
			stage = await openStage( world );
			const settings = gbSettings();
			scene = await openScene( stage, {
				settings: {
					...settings,
					orders: {
						...settings.orders,
						tax: [ ...TAX_ABROAD, ...settings.orders.tax ],
					},
				},
			} );
			await scene.serve();
			await scene.webhooks();
		} );
		afterAll( async () => {
			await scene?.end();
			await stage?.end();
		} );

		test( 'an order paid by card is there with its rows, addresses, dates, payment and allocation', async () => {
			const { shop } = scene;
			const orderId = await shop.sellOne( {
				items: [
					{ sku: 'OSB-01', quantity: 2 },
					{ sku: 'CCS-RED', quantity: 3 },
					{ sku: 'BOOK-MOSS' },
					{ sku: 'SHIRT-M-EC' },
					{ sku: 'HP-1005' },
					{ sku: 'S&P-"6' },
				],
				paymentMethod: 'stripe',
				fee: { name: 'Gift wrapping', amount: '2.50' },
			} );
			const order = await scene.order( orderId, 'synced' );
			const sold = await shop.order( orderId );
			const found = await scene.soldOrder( orderId );

			expectSameMoney( found, sold );
			expectPaid( found, sold, 'CARD' );
			expect( found.payments[ 0 ]?.transactionCode ).toBe(
				sold.transaction_id
			);
			expect( found ).toMatchObject( {
				ref: sold.number,
				channelId: 7,
				warehouseId: 2,
				statusId: 2,
				placedOn: `${ sold.date_created_gmt }.000Z`,
				taxDate: midnightIn(
					'Europe/London',
					`${ sold.date_created_gmt }Z`
				),
				email: sold.billing[ 'email' ],
				paymentStatus: 'PAID',
				allocation: 'AAA',
			} );
			expect( found.deliveryAddress ).toMatchObject( {
				addressFullName: `${ sold.shipping[ 'first_name' ] } ${ sold.shipping[ 'last_name' ] }`,
				addressLine1: sold.shipping[ 'address_1' ],
				addressLine3: sold.shipping[ 'city' ],
				postalCode: sold.shipping[ 'postcode' ],
				country: 'GBR',
			} );
			expect( found.billingAddress ).toMatchObject( {
				addressLine1: sold.billing[ 'address_1' ],
				postalCode: sold.billing[ 'postcode' ],
				country: 'GBR',
			} );
			expect(
				found.rows
					.map( ( { sku, quantity, taxCode } ) => [
						sku,
						quantity,
						taxCode,
					] )
					.slice( 0, 6 )
			).toEqual( [
				[ 'OSB-01', '2.0000', 'T20' ],
				[ 'CCS-RED', '3.0000', 'T5' ],
				[ 'BOOK-MOSS', '1.0000', 'T0' ],
				[ 'SHIRT-M-EC', '1.0000', 'T20' ],
				[ 'HP-1005', '1.0000', 'T20' ],
				[ 'S&P-"6', '1.0000', 'T20' ],
			] );
			// HP-1005 keeps no stock: it is sold, not set aside.
			expect(
				Object.values( found.reservation?.rows ?? {} ).map(
					( { quantity } ) => quantity
				)
			).toEqual( [ 2, 3, 1, 1, 1 ] );
			expect( order ).toMatchObject( {
				salesOrderId: found.id,
				problem: null,
				pending: [],
				brightpearl: { allocation: 'all', contactId: found.customerId },
				proof: {
					matches: true,
					total: { store: sold.total, brightpearl: found.total },
					rows: {
						planned: found.rows.length,
						found: found.rows.length,
					},
				},
			} );
			const [ contact ] = ( await scene.state() ).contacts.filter(
				( { id } ) => id === found.customerId
			);
			expect( contact ).toMatchObject( {
				firstName: sold.billing[ 'first_name' ],
				lastName: sold.billing[ 'last_name' ],
				email: sold.billing[ 'email' ],
			} );
		} );

		test( 'whatever the shop sells at random is there to the penny, once', async () => {
			const { shop } = scene;
			const ids: number[] = [];
			for ( const country of [ 'GB', 'GB', 'DE', 'FR' ] ) {
				const { orders } = await shop.control< {
					orders: { id: number }[];
				} >( 'sell', { count: 5, country } );
				ids.push( ...orders.map( ( { id } ) => id ) );
			}
			expect( ids ).toHaveLength( 20 );
			for ( const id of ids ) {
				const order = await scene.order( id, 'synced' );
				expect( order.proof?.matches ).toBe( true );
				const sold = await shop.order( id );
				const found = await scene.soldOrder( id );
				expectSameMoney( found, sold );
				expectPaid(
					found,
					sold,
					{ stripe: 'CARD', paypal: 'PAYPAL' }[
						sold.payment_method
					] ?? 'CARD'
				);
			}
			expect( doubled( await scene.state() ) ).toEqual( [] );
		} );

		test( 'several orders of one new guest at once make one contact, whatever the spelling of the e-mail', async () => {
			const { shop } = scene;
			const sold = await Promise.all(
				[ 'Nora.Guest@Example.test', 'nora.guest@example.test' ].map(
					( email ) => shop.sell( { count: 4, email, sku: 'OSB-01' } )
				)
			);
			const ids = sold.flatMap( ( { orders } ) =>
				orders.map( ( { id } ) => id )
			);
			expect( ids ).toHaveLength( 8 );
			const contacts = new Set< number >();
			for ( const id of ids ) {
				await scene.order( id, 'synced' );
				contacts.add( ( await scene.soldOrder( id ) ).customerId );
			}
			expect( contacts.size ).toBe( 1 );
			expect( doubled( await scene.state() ) ).toEqual( [] );
		} );

		test.each( [
			{
				paymentMethod: 'cod',
				first: 'processing',
				paid: 'completed',
				code: 'CASH',
			},
			{
				paymentMethod: 'bacs',
				first: 'on-hold',
				paid: 'processing',
				code: 'BACS',
			},
		] )(
			'an order by $paymentMethod is pushed unpaid; when it is paid later, the payment is recorded once',
			async ( { paymentMethod, first, paid, code } ) => {
				const { shop } = scene;
				const id = await shop.sellOne( {
					sku: 'LIN-APR',
					quantity: 2,
					paymentMethod,
				} );
				await scene.order( id, 'synced' );
				const sold = await shop.order( id );
				expect( sold.status ).toBe( first );
				const unpaid = await scene.soldOrder( id );
				expectSameMoney( unpaid, sold );
				expect( unpaid.payments ).toEqual( [] );

				await shop.rest( 'PUT', `orders/${ id }`, { status: paid } );
				const found = await eventually(
					'the payment is recorded',
					async () => {
						const now = await scene.soldOrder( id );
						return now.payments.length > 0 ? now : null;
					}
				);
				expectPaid( found, await shop.order( id ), code );

				// Nothing that happens afterwards pays it again.
				await shop.rest( 'PUT', `orders/${ id }`, {
					customer_note: 'Please ring the bell',
				} );
				await scene.must( 0, 'orders', 'push', String( id ) );
				await scene.must( 0, 'status', '--wait-idle' );
				expect( ( await scene.soldOrder( id ) ).payments ).toHaveLength(
					1
				);
				expect(
					( await scene.order( id, 'synced' ) ).brightpearl?.payments
				).toHaveLength( 1 );
			}
		);

		test( 'a checkout that was not paid yet is no order; once paid it is', async () => {
			const { shop } = scene;
			const id = await shop.sellOne( {
				sku: 'OSB-01',
				status: 'pending',
			} );
			await scene.order( id, 'not-due' );
			expect(
				( await scene.state() ).orders.some(
					( { externalRef } ) => externalRef === `${ PREFIX }-${ id }`
				)
			).toBe( false );
			await shop.rest( 'PUT', `orders/${ id }`, {
				set_paid: true,
				transaction_id: 'pi_late',
			} );
			await scene.order( id, 'synced' );
			expectPaid(
				await scene.soldOrder( id ),
				await shop.order( id ),
				'CARD'
			);
		} );

		test.each( [
			{ there: 1, allocation: 'part', code: 'APA', reserved: [ 1 ] },
			{ there: 0, allocation: 'none', code: 'ANA', reserved: [] },
		] )(
			'with $there of 3 pieces in Brightpearl the allocation is told as "$allocation" and the order stands',
			async ( { there, allocation, code, reserved } ) => {
				const sku = `SCARCE-${ there }`;
				await scene.brightpearl.control( 'products', {
					account: scene.account.account,
					sku,
					quantity: there,
				} );
				await scene.shop.rest( 'POST', 'products', {
					name: 'Scarce',
					sku,
					regular_price: '3.30',
				} );
				const id = await scene.shop.sellOne( { sku, quantity: 3 } );
				const order = await scene.order( id, 'synced' );
				expect( order ).toMatchObject( {
					problem: null,
					brightpearl: { allocation },
					proof: { matches: true },
				} );
				const found = await scene.soldOrder( id );
				expect( found.allocation ).toBe( code );
				expect(
					Object.values( found.reservation?.rows ?? {} ).map(
						( { quantity } ) => quantity
					)
				).toEqual( reserved );
			}
		);

		test( 'a bundle is sold as one row; its parts are allocated and not counted as rows', async () => {
			const { shop } = scene;
			await shop.rest( 'POST', 'products', {
				name: 'Gift set',
				sku: 'BUNDLE-MIX',
				regular_price: '19.99',
			} );
			const id = await shop.sellOne( { sku: 'BUNDLE-MIX', quantity: 2 } );
			const order = await scene.order( id, 'synced' );
			const found = await scene.soldOrder( id );
			const named = found.rows.filter(
				( { externalRef } ) => externalRef !== null
			).length;
			expect( order ).toMatchObject( {
				brightpearl: { allocation: 'all' },
				proof: {
					matches: true,
					rows: { planned: named, found: named },
				},
			} );
			expect(
				Object.values( found.reservation?.rows ?? {} ).map(
					( { quantity } ) => quantity
				)
			).toEqual( [ 2, 6 ] );
		} );

		test( 'an order that is trashed and restored is told of and cleared by its webhooks', async () => {
			const { shop } = scene;
			const id = await shop.sellOne( { sku: 'OSB-01' } );
			await scene.order( id, 'synced' );
			await shop.rest( 'DELETE', `orders/${ id }` );
			expect( ( await scene.order( id, 'problem' ) ).problem?.code ).toBe(
				'cancelled-paid'
			);
			await shop.control( `orders/${ id }/untrash`, {} );
			expect( ( await scene.order( id, 'synced' ) ).problem ).toBeNull();
		} );

		test( 'a forged delivery moves nothing', async () => {
			const { total } = await scene.orders();
			const before = ( await scene.status() ).queue;
			const address = (
				await scene.must< { webhookUrl: string } >(
					0,
					'connection',
					'show',
					CONNECTION
				)
			).webhookUrl;
			const answer = await fetch( address, {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'x-wc-webhook-topic': 'order.updated',
					'x-wc-webhook-signature': Buffer.alloc( 32, 7 ).toString(
						'base64'
					),
				},
				body: JSON.stringify( { id: 999_999, status: 'processing' } ),
			} );
			expect( answer.status ).toBe( 401 );
			expect( ( await scene.status() ).queue ).toEqual( before );
			expect( ( await scene.orders() ).total ).toBe( total );
		} );

		test( 'status says that all is well', async () => {
			await scene.must( 0, 'status', '--wait-idle' );
			const status = await scene.status();
			expect( status ).toMatchObject( {
				problems: 0,
				queue: { ready: 0, running: 0, retrying: 0, parked: 0 },
				connections: [
					{ name: CONNECTION, live: true, health: 'ok', why: null },
				],
			} );
			expect(
				Object.keys( status.connections[ 0 ]?.orders ?? {} )
			).toEqual( [ 'synced' ] );
		} );

		test( 'no secret was told anywhere', async () => {
			expect( await scene.leaks() ).toEqual( [] );
		} );
	} );

	describe( 'the American shop', () => {
		let stage: Stage;
		let scene: Scene;
		beforeAll( async () => {
			stage = await openStage( world );
			await stage.shop.control( 'settings', {
				currency: 'USD',
				baseCountry: 'US',
				timeZone: 'America/New_York',
			} );
			const settings = gbSettings();
			scene = await openScene( stage, {
				account: 'sandbox-us',
				oauth: true,
				settings: {
					...settings,
					orders: {
						...settings.orders,
						tax: [
							{
								percent: '8.875',
								country: 'US',
								state: 'NY',
								code: 'NY',
							},
							{
								percent: '9.5',
								country: 'US',
								state: 'CA',
								code: 'CALA',
							},
							{ percent: '0', code: '-' },
						],
					},
				},
			} );
			await scene.serve();
			await scene.webhooks();
		} );
		afterAll( async () => {
			await scene?.end();
			await stage?.end();
		} );

		test( 'its orders are there with sales tax, in dollars, on the day of the account’s own zone', async () => {
			const { shop } = scene;
			const { orders } = await shop.sell( {
				count: 8,
				country: 'US',
				items: [
					{ sku: 'OSB-01', quantity: 3 },
					{ sku: 'LIN-APR' },
					{ sku: 'CCS-RED' },
				],
				paymentMethod: 'paypal',
			} );
			const codes = new Set< string >();
			for ( const { id } of orders ) {
				const order = await scene.order( id, 'synced' );
				expect( order.proof?.matches ).toBe( true );
				const sold = await shop.order( id );
				const found = await scene.soldOrder( id );
				expectSameMoney( found, sold );
				expectPaid( found, sold, 'PAYPAL' );
				expect( found ).toMatchObject( {
					currency: 'USD',
					placedOn: `${ sold.date_created_gmt }.000Z`,
					taxDate: midnightIn(
						'America/New_York',
						`${ sold.date_created_gmt }Z`
					),
					installedIntegrationInstanceId:
						scene.account.installationInstanceId,
					deliveryAddress: {
						country: 'USA',
						addressLine4: sold.shipping[ 'state' ],
					},
					allocation: 'AAA',
				} );
				expect( decimal( found.tax ).gt( 0 ) ).toBe( true );
				codes.add( found.rows[ 0 ]!.taxCode );
			}
			expect( [ ...codes ].sort() ).toEqual( [ 'CALA', 'NY' ] );
			expect( doubled( await scene.state() ) ).toEqual( [] );
			// Nothing went to the other account.
			expect(
				( await scene.brightpearl.state( 'sandbox-gb' ) ).orders
			).toEqual( [] );
		} );

		test( 'no secret was told anywhere, the token that was fetched among them', async () => {
			expect( await scene.leaks() ).toEqual( [] );
		} );
	} );
} );
