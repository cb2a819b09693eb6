/**
 * What needs a person has its problem: what, why, what to do. Once that is done, the order goes
 * on; meanwhile all others do.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Order } from '../../src/contracts/answers.ts';
import {
	CONNECTION,
	eventually,
	expectInPlainWords,
	gbSettings,
	goLiveNow,
	openScene,
	openStage,
	pence,
	RECORDED,
	type Scene,
	type Stage,
	type WooOrder,
} from './kit.ts';
import { WORLDS } from '../helpers/worlds.ts';

describe.each( WORLDS )( 'in the $name world:', ( world ) => {
	let stage: Stage;
	beforeAll( async () => {
		stage = await openStage( world );
		await stage.brightpearl.switches( { requestsPerMinute: 5000 } );
	} );
	afterAll( () => stage?.end() );

	describe( 'an order that needs a person', () => {
		let scene: Scene;
		beforeAll( async () => {
			const settings = gbSettings();
			const { stripe, bacs, cod } = settings.orders.payments;
			scene = await openScene( stage, {
				settings: {
					...settings,
					goLive: await goLiveNow(),
					orders: {
						...settings.orders,
						payments: { stripe, bacs, cod },
					},
				},
			} );
			await scene.serve();
			await scene.webhooks();
		} );
		afterAll( () => scene?.end() );

		/** The order waits with this problem, has nothing in Brightpearl, and `orders push` ends with 3. */
		async function waitsWith(
			orderId: number,
			code: string,
			field: string | RegExp
		): Promise< Order > {
			const order = await scene.order( orderId, 'problem' );
			expect( order ).toMatchObject( {
				salesOrderId: null,
				problem: {
					code,
					subject: `order:${ orderId }`,
					connection: CONNECTION,
					retryable: true,
				},
			} );
			expect( order.problem?.field ).toMatch( field );
			expectInPlainWords( order.problem );
			expect( await scene.problems() ).toMatchObject( [
				{ code, subject: `order:${ orderId }` },
			] );
			const { results } = await scene.must< { results: Order[] } >(
				3,
				'orders',
				'push',
				String( orderId )
			);
			expect( results[ 0 ]?.problem?.code ).toBe( code );
			return order;
		}

		/** A person has put it right and says "retry". */
		async function retried( orderId: number ): Promise< void > {
			await scene.must( 0, 'problems', 'retry', '--all' );
			const order = await scene.order( orderId, 'synced' );
			expect( order ).toMatchObject( {
				problem: null,
				proof: { matches: true },
			} );
			expect( await scene.problems() ).toEqual( [] );
		}

		test( 'for a SKU that Brightpearl does not have is synced once the product is there', async () => {
			await scene.shop.rest( 'POST', 'products', {
				name: 'Novelty',
				sku: 'NOVELTY-1',
				regular_price: '8.40',
			} );
			const orderId = await scene.shop.sellOne( {
				items: [ { sku: 'NOVELTY-1' }, { sku: 'OSB-01' } ],
			} );
			const other = await scene.shop.sellOne( { sku: 'OSB-01' } );
			const { problem } = await waitsWith(
				orderId,
				'sku-unknown',
				'orders.missingSku'
			);
			expect( problem?.message ).toContain( '"NOVELTY-1"' );
			// Nobody else waits for it.
			await scene.order( other, 'synced' );

			await scene.brightpearl.control( 'products', {
				account: scene.account.account,
				sku: 'NOVELTY-1',
				quantity: 4,
			} );
			await retried( orderId );
			expect( await scene.soldOrder( orderId ) ).toMatchObject( {
				allocation: 'AAA',
			} );
		} );

		test( 'for a SKU that Brightpearl has twice is synced once it has it once', async () => {
			const { account } = scene.account;
			await scene.shop.rest( 'POST', 'products', {
				name: 'Twin',
				sku: 'TWIN-1',
				regular_price: '3.10',
			} );
			await scene.brightpearl.control( 'products', {
				account,
				sku: 'TWIN-1',
				quantity: 4,
			} );
			await scene.brightpearl.control( 'products', {
				account,
				sku: 'TWIN-1',
				quantity: 4,
			} );
			const orderId = await scene.shop.sellOne( { sku: 'TWIN-1' } );
			await waitsWith( orderId, 'sku-duplicate', 'sku' );
			await scene.brightpearl.control(
				'products',
				{ account, sku: 'TWIN-1' },
				'DELETE'
			);
			await retried( orderId );
		} );

		test( 'paid by a method that is not mapped is synced once it is', async () => {
			const orderId = await scene.shop.sellOne( {
				sku: 'OSB-01',
				paymentMethod: 'paypal',
			} );
			const { problem } = await waitsWith(
				orderId,
				'payment-unmapped',
				'orders.payments'
			);
			expect( problem?.message ).toContain( '"paypal"' );
			await scene.must(
				0,
				'settings',
				'set',
				'orders.payments.paypal=PAYPAL'
			);
			await retried( orderId );
			expect(
				( await scene.soldOrder( orderId ) ).payments
			).toMatchObject( [ { methodCode: 'PAYPAL' } ] );
		} );

		test( 'taxed at a rate that is not mapped is synced once it is', async () => {
			const orderId = await scene.shop.sellOne( {
				sku: 'OSB-01',
				country: 'DE',
			} );
			const { problem } = await waitsWith(
				orderId,
				'tax-unmapped',
				'orders.tax'
			);
			expect( problem?.fix ).toContain( '"percent":"19"' );
			await scene.must(
				0,
				'settings',
				'set',
				'orders.taxDefault=NO-SUCH'
			);
			await waitsWith( orderId, 'tax-unmapped', 'orders.tax' );
			await scene.must( 0, 'settings', 'set', 'orders.taxDefault=DE19' );
			await retried( orderId );
			expect(
				( await scene.soldOrder( orderId ) ).rows[ 0 ]?.taxCode
			).toBe( 'DE19' );
		} );

		test( 'without an e-mail address goes on by itself when the shop has one', async () => {
			const { id } = await scene.shop.rest< { id: number } >(
				'POST',
				'orders',
				{
					status: 'processing',
					payment_method: 'stripe',
					billing: {
						first_name: 'Ada',
						last_name: 'Quill',
						address_1: '1 Mill Road',
						city: 'Ludlow',
						country: 'GB',
					},
					line_items: [ { sku: 'OSB-01', quantity: 1 } ],
				}
			);
			await waitsWith( id, 'contact-incomplete', 'billing.email' );
			await scene.shop.rest( 'PUT', `orders/${ id }`, {
				billing: { email: 'ada.quill@example.test' },
			} );
			await scene.order( id, 'synced' );
			expect( await scene.soldOrder( id ) ).toMatchObject( {
				email: 'ada.quill@example.test',
			} );
			expect( await scene.problems() ).toEqual( [] );
		} );

		test( 'in a currency that Brightpearl does not have waits', async () => {
			const { id } = await scene.shop.rest< { id: number } >(
				'POST',
				'orders',
				{
					status: 'processing',
					currency: 'SEK',
					payment_method: 'stripe',
					billing: {
						first_name: 'Ada',
						last_name: 'Quill',
						address_1: '1 Mill Road',
						country: 'GB',
						email: 'ada.quill@example.test',
					},
					line_items: [ { sku: 'OSB-01', quantity: 1 } ],
				}
			);
			await waitsWith( id, 'currency-unknown', 'currency' );
			await scene.must( 0, 'orders', 'ignore', String( id ) );
		} );

		test( 'whose total needs more than two decimals waits', async () => {
			await scene.shop.control( 'settings', { decimals: 4 } );
			const orderId = await scene.shop.sellOne( {
				sku: 'NAIL-40',
				quantity: 3,
			} );
			await waitsWith( orderId, 'currency-precision', 'total' );
			await scene.must( 0, 'orders', 'ignore', String( orderId ) );
			await scene.shop.control( 'settings', { decimals: 2 } );
		} );

		test( 'whose lines do not add up to its total waits until the limit allows the pennies', async () => {
			await scene.must(
				0,
				'settings',
				'set',
				'orders.roundingLimit=0',
				'orders.taxDefault=IE23',
				'orders.payments.*=CARD'
			);
			const { orders } = await scene.shop.control< { orders: number[] } >(
				'load-recorded',
				{
					directory: RECORDED,
					only: [ '088' ],
					dates: 'now',
				}
			);
			await waitsWith(
				orders[ 0 ]!,
				'total-mismatch',
				'orders.roundingLimit'
			);
			await scene.must(
				0,
				'settings',
				'set',
				'orders.roundingLimit=0.05'
			);
			await retried( orders[ 0 ]! );
			const found = await scene.soldOrder( orders[ 0 ]! );
			expect( found.total ).toBe( '37.81' );
			expect( found.rows.at( -1 )?.externalRef ).toBe( 'rounding' );
		} );

		/** Somebody in the shop doubles the first line. */
		const twice = ( orderId: number, { line_items }: WooOrder ) =>
			scene.shop.rest( 'PUT', `orders/${ orderId }`, {
				line_items: [
					{
						id: line_items[ 0 ]!.id,
						quantity: 2,
						subtotal: '57.94',
						total: '57.94',
					},
				],
			} );

		test( 'edited in Brightpearl after the push is told when anything looks at it again', async () => {
			const orderId = await scene.shop.sellOne( {
				items: [ { sku: 'HP-1005' }, { sku: 'HP-1006' } ],
			} );
			await scene.order( orderId, 'synced' );
			const { id, rows } = await scene.soldOrder( orderId );
			const row = rows[ 1 ]!;
			const edit = ( path: string, body?: unknown ) =>
				scene.brightpearl.api(
					scene.account.account,
					body === undefined ? 'DELETE' : 'POST',
					path,
					body
				);
			expect(
				( await edit( `/order-service/order/${ id }/row/${ row.id }` ) )
					.status
			).toBe( 200 );
			const { results } = await scene.must< { results: Order[] } >(
				3,
				'orders',
				'push',
				String( orderId )
			);
			expect( results[ 0 ] ).toMatchObject( {
				state: 'problem',
				salesOrderId: id,
				problem: { code: 'total-mismatch' },
				proof: {
					matches: false,
					rows: { planned: rows.length, found: rows.length - 1 },
				},
			} );
			expectInPlainWords( results[ 0 ]!.problem );
			// Staff put the row back.
			const again = await edit( `/order-service/order/${ id }/row`, {
				productId: row.productId,
				productName: row.name,
				quantity: { magnitude: row.quantity },
				rowValue: {
					taxCode: row.taxCode,
					rowNet: { value: row.net },
					rowTax: { value: row.tax },
				},
			} );
			expect( again.status ).toBe( 200 );
			await retried( orderId );
		} );

		test( 'edited in the shop after it was paid is brought to Brightpearl; the payment stays what was paid', async () => {
			const orderId = await scene.shop.sellOne( {
				sku: 'HP-1005',
				quantity: 1,
			} );
			const before = await scene.order( orderId, 'synced' );
			const sold = await scene.shop.order( orderId );
			await twice( orderId, sold );
			await eventually(
				'it is amended',
				async () =>
					( await scene.soldOrder( orderId ) ).total !==
					before.brightpearl?.total
			);
			await scene.order( orderId, 'synced' );
			const edited = await scene.shop.order( orderId );
			const found = await scene.soldOrder( orderId );
			expect( [
				found.total,
				found.payments.map( ( { paid } ) => paid ),
			] ).toEqual( [ pence( edited.total ), [ pence( sold.total ) ] ] );
			expect( found.rows[ 0 ] ).toMatchObject( {
				quantity: expect.stringMatching( /^2(\.0+)?$/ ) as unknown,
				externalRef: `line-${ sold.line_items[ 0 ]!.id }`,
			} );
			expect( await scene.problems() ).toEqual( [] );
		} );

		test( 'edited on both sides shows both, writes neither, and takes a person’s word', async () => {
			const orderId = await scene.shop.sellOne( { sku: 'HP-1005' } );
			await scene.order( orderId, 'synced' );
			const sold = await scene.shop.order( orderId );
			const { id, rows } = await scene.soldOrder( orderId );
			const changed = await scene.brightpearl.api(
				scene.account.account,
				'PATCH',
				`/order-service/order/${ id }/row/${ rows[ 0 ]!.id }`,
				[
					{
						op: 'replace',
						path: '/rowValue/rowNet/value',
						value: '20.00',
					},
				]
			);
			expect( changed.status ).toBe( 200 );
			await twice( orderId, sold );
			const order = await scene.order( orderId, 'problem' );
			expect( order.problem?.code ).toBe( 'changed-on-both-sides' );
			expectInPlainWords( order.problem );
			expect( order.conflicts ).toMatchObject( [
				{
					what: `line-${ sold.line_items[ 0 ]!.id }`,
					brightpearl: expect.stringContaining( '20.00' ) as unknown,
				},
			] );
			expect( ( await scene.soldOrder( orderId ) ).rows[ 0 ]?.net ).toBe(
				'20.0000'
			);

			await scene.must(
				0,
				'orders',
				'resolve',
				String( orderId ),
				'--side',
				'store'
			);
			await scene.order( orderId, 'synced' );
			expect( ( await scene.soldOrder( orderId ) ).total ).toBe(
				pence( ( await scene.shop.order( orderId ) ).total )
			);
			expect( await scene.problems() ).toEqual( [] );
		} );

		test( 'that Brightpearl refuses is synced once what it names is put right, and is there once', async () => {
			await scene.must( 0, 'settings', 'set', 'orders.channelId=99' );
			const orderId = await scene.shop.sellOne( { sku: 'OSB-01' } );
			const order = await scene.order( orderId, 'problem' );
			expect( order.problem ).toMatchObject( {
				code: 'refused-by-brightpearl',
				message: expect.stringContaining(
					'There is no channel 99'
				) as unknown,
			} );
			await scene.must( 3, 'orders', 'push', String( orderId ) );
			await scene.must( 0, 'settings', 'set', 'orders.channelId=7' );
			await retried( orderId );
			expect( await scene.soldOrder( orderId ) ).toMatchObject( {
				channelId: 7,
			} );
		} );

		test( 'paid and then cancelled in the shop waits for a person to decide', async () => {
			const orderId = await scene.shop.sellOne( { sku: 'OSB-01' } );
			await scene.order( orderId, 'synced' );
			await scene.shop.rest( 'PUT', `orders/${ orderId }`, {
				status: 'cancelled',
			} );
			const order = await scene.order( orderId, 'problem' );
			expect( order.problem?.code ).toBe( 'cancelled-paid' );
			expectInPlainWords( order.problem );
			const held = await scene.soldOrder( orderId );
			expect( held ).toMatchObject( {
				cancelled: false,
				payments: [ {} ],
				reservation: null,
			} );
			// Saying so settles nothing; giving the money back in the shop does.
			await scene.must( 0, 'problems', 'retry', '--all' );
			await scene.must( 0, 'status', '--wait-idle' );
			await scene.order( orderId, 'problem' );
			await scene.shop.rest( 'POST', `orders/${ orderId }/refunds`, {
				amount: order.total,
				api_refund: false,
			} );
			expect(
				( await scene.order( orderId, 'synced' ) ).brightpearl?.credits
			).toMatchObject( [ { total: pence( order.total ?? '' ) } ] );
		} );

		test( 'and goes to the trash before it was pushed needs nobody any more', async () => {
			await scene.shop.rest( 'POST', 'products', {
				name: 'Nobody’s',
				sku: 'NOBODYS-1',
				regular_price: '8.40',
			} );
			const orderId = await scene.shop.sellOne( { sku: 'NOBODYS-1' } );
			await waitsWith( orderId, 'sku-unknown', 'orders.missingSku' );
			await scene.shop.rest( 'DELETE', `orders/${ orderId }` );
			await scene.order( orderId, 'not-due' );
			expect( await scene.problems() ).toEqual( [] );
		} );

		test( 'an order of the shop that does not exist is answered with 6', async () => {
			const answer = await scene.must< {
				results: { error: { code: string } }[];
			} >( 6, 'orders', 'push', '999999' );
			expect( answer.results[ 0 ]?.error.code ).toBe( 'unknown-order' );
		} );

		test( 'no secret was told anywhere', async () => {
			expect( await scene.leaks() ).toEqual( [] );
		} );
	} );

	describe.each( [ { instanceId: false }, { instanceId: true } ] )(
		'a reference that is somebody else’s (instance id given: $instanceId)',
		( { instanceId } ) => {
			let scene: Scene;
			beforeAll( async () => {
				const settings = gbSettings();
				scene = await openScene( stage, {
					instanceId,
					settings: {
						...settings,
						goLive: await goLiveNow(),
						orders: {
							...settings.orders,
							refPrefix: instanceId ? 'with-id' : 'without-id',
						},
					},
				} );
			} );
			afterAll( () => scene?.end() );

			test( 'is never adopted, never paid and never made twice', async () => {
				const { account, installationInstanceId } = scene.account;
				const [ contact ] = ( await scene.state() ).contacts;
				const orderId = await scene.shop.sellOne( { sku: 'OSB-01' } );
				const externalRef = `${ instanceId ? 'with-id' : 'without-id' }-${ orderId }`;
				const made = await scene.brightpearl.api(
					account,
					'POST',
					'/order-service/sales-order',
					{
						customer: { id: contact!.id },
						billing: { contactId: contact!.id },
						ref: 'ANOTHER SHOP',
						externalRef,
						...( instanceId
							? {
									installedIntegrationInstanceId:
										installationInstanceId,
								}
							: {} ),
						rows: [
							{
								name: 'Something else',
								quantity: '1',
								taxCode: 'T20',
								net: '10.00',
								tax: '2.00',
							},
						],
					}
				);
				expect( made.status ).toBe( 200 );
				const foreign = await scene.soldOrder( orderId );

				const { results } = await scene.must< { results: Order[] } >(
					3,
					'orders',
					'push',
					String( orderId )
				);
				expect( results[ 0 ] ).toMatchObject( {
					state: 'problem',
					salesOrderId: null,
					problem: {
						code: 'reference-taken',
						field: 'orders.refPrefix',
					},
				} );
				expectInPlainWords( results[ 0 ]!.problem );
				await scene.must( 3, 'orders', 'push', String( orderId ) );
				expect( await scene.soldOrder( orderId ) ).toEqual( foreign );
			} );
		}
	);
} );
