/**
 * What the references leave open or warn of, where the built-in Brightpearl is well-behaved.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseIdSet } from '../../../src/brightpearl/search/id-set.ts';
import type { Result } from '../../../src/contracts/result.ts';
import { createKit, searchAnswer } from '../client-kit.ts';
import { answer, valueOf } from '../world.ts';

const fixtures = JSON.parse(
	readFileSync(
		new URL( '../../data/brightpearl-fixtures.json', import.meta.url ),
		'utf8'
	)
) as {
	writes: { name: string; body: { response: unknown } }[];
	webhook: { resource: object; delivery: { id: string } };
};

const refused = ( status: number, code: string, message: string ) =>
	answer( status, { errors: [ { code, message } ] } );

async function pages< T >(
	from: AsyncIterable< Result< readonly T[] > >
): Promise< T[] > {
	const all: T[] = [];
	for await ( const page of from ) {
		all.push( ...valueOf( page ) );
	}
	return all;
}

describe( 'a search', () => {
	const COLUMNS = [ 'contactId', 'primaryEmail' ];

	test( 'tells a row once that moved to the next page while it was read', async () => {
		const { client } = createKit( ( { query } ) =>
			query[ 'firstResult' ] === '1'
				? searchAnswer(
						COLUMNS,
						[
							[ 1, 'a@x.test' ],
							[ 2, '' ],
						],
						{
							more: true,
						}
					)
				: searchAnswer(
						COLUMNS,
						[
							[ 2, '' ],
							[ 3, null ],
						],
						{
							first: 3,
							more: false,
						}
					)
		);
		expect( await pages( client.contactPages( null ) ) ).toEqual( [
			{ contactId: 1, email: 'a@x.test' },
			{ contactId: 2, email: null },
			{ contactId: 3, email: null },
		] );
	} );

	test( 'that answers the same page for ever is left', async () => {
		const { asked, client } = createKit( () => ( {
			...searchAnswer( COLUMNS, [ [ 1, '' ] ] ),
			metaData: {
				morePagesAvailable: true,
				columns: COLUMNS.map( ( name ) => ( { name } ) ),
			},
		} ) );
		expect( await pages( client.contactPages( null ) ) ).toHaveLength( 1 );
		expect( asked ).toHaveLength( 2 );
	} );

	test( 'asks for what was made since, too, where nothing was changed yet', async () => {
		const { asked, client } = createKit( ( { query } ) =>
			searchAnswer(
				COLUMNS,
				query[ 'updatedOn' ] === undefined
					? [
							[ 7, 'new@x.test' ],
							[ 8, 'both@x.test' ],
						]
					: [ [ 8, 'both@x.test' ] ]
			)
		);
		const found = await pages(
			client.contactPages( '2026-04-17T09:00:00.000Z' )
		);
		expect( found.map( ( { contactId } ) => contactId ) ).toEqual( [
			8, 7,
		] );
		expect( asked.map( ( { query } ) => query ) ).toMatchObject( [
			{ updatedOn: '2026-04-17T09:00:00.000Z/' },
			{ createdOn: '2026-04-17T09:00:00.000Z/' },
		] );
	} );

	test( 'leaves strangers out before it reads them', async () => {
		const { client } = createKit( () =>
			searchAnswer(
				[ 'productId', 'SKU', 'stockTracked', 'productStatus' ],
				[
					[ 'odd', 'TOTE-NATURAL', 'perhaps', null ],
					[ 5, 'TOTE-NAT', true, 'LIVE' ],
				]
			)
		);
		expect( valueOf( await client.productsBySku( 'TOTE-NAT' ) ) ).toEqual( [
			{
				productId: 5,
				sku: 'TOTE-NAT',
				stockTracked: true,
				status: 'LIVE',
			},
		] );
	} );

	test( 'of reference data is followed to its last page', async () => {
		const { asked, client } = createKit( ( { query } ) => {
			const first = Number( query[ 'firstResult' ] );
			return searchAnswer(
				[ 'code', 'name', 'active' ],
				[ [ String( 4000 + first ), `Sales ${ first }`, true ] ],
				{ first, more: first < 3 }
			);
		} );
		expect(
			valueOf( await client.nominalCodes() ).map( ( { code } ) => code )
		).toEqual( [ '4001', '4002', '4003' ] );
		// The whole list is what was kept.
		expect( valueOf( await client.nominalCodes() ) ).toHaveLength( 3 );
		expect( asked ).toHaveLength( 3 );
	} );

	test( 'whose column takes no set is asked id by id', async () => {
		const { asked, client } = createKit( ( { query } ) =>
			/^\d+$/.test( query[ 'orderId' ] ?? '' )
				? searchAnswer(
						[
							'noteId',
							'orderId',
							'noteText',
							'isPublic',
							'dateAdded',
						],
						[
							[
								Number( query[ 'orderId' ] ) * 10,
								Number( query[ 'orderId' ] ),
								'Fragile',
								false,
								'2026-04-17T10:00:00.000-06:00',
							],
						]
					)
				: refused(
						500,
						'CMNC-018',
						'The filter orderId\\u003d1-2 cannot be parsed as: INTEGER'
					)
		);
		const notes = valueOf(
			await client.orderNotes( { orderIds: [ 2, 1 ] } )
		);
		expect( notes ).toEqual( [
			expect.objectContaining( { noteId: 10, orderId: 1 } ),
			{
				noteId: 20,
				orderId: 2,
				text: 'Fragile',
				isPublic: false,
				addedOn: '2026-04-17T16:00:00.000Z',
			},
		] );
		expect( asked ).toHaveLength( 3 );
	} );
} );

describe( 'a set', () => {
	test( 'of prices with one bad id loses only that one', async () => {
		const { asked, client } = createKit( ( { path } ) => {
			const ids = ( path.split( '/' )[ 3 ] ?? '' ).split( ',' );
			return ids.some( ( set ) => set.split( '-' ).includes( '3' ) ) ||
				ids.some( ( set ) => set === '1-4' )
				? refused( 400, 'PRDC-001', 'Product 3 is bad' )
				: ids.flatMap( ( set ) =>
						set.split( '-' ).map( ( id ) => ( {
							productId: Number( id ),
							priceLists: [
								{
									priceListId: 2,
									currencyCode: 'GBP',
									quantityPrice: { 1: '99.0000' },
								},
								{
									priceListId: 3,
									currencyCode: 'GBP',
									quantityPrice:
										id === '1'
											? {}
											: { 1: '20.0000', 5: '18.0000' },
								},
							],
						} ) )
					);
		} );
		const prices = valueOf( await client.prices( [ 4, 1, 3, 2 ], 3 ) );
		expect( [ ...prices.keys() ] ).toEqual( [ 1, 2, 4 ] );
		expect( prices.get( 1 )?.byQuantity.size ).toBe( 0 );
		expect( prices.get( 2 )?.byQuantity ).toEqual(
			new Map( [
				[ 1, '20.0000' ],
				[ 5, '18.0000' ],
			] )
		);
		expect( asked.map( ( { path } ) => path.split( '/' )[ 3 ] ) ).toEqual( [
			'1-4',
			'1-2',
			'3-4',
			'3',
			'4',
		] );
	} );

	test( 'of existing ids holds only what was asked for', async () => {
		const { asked, client } = createKit( () => ( {
			getUris: [ '/order/1-3,5', '/order/8-40' ],
		} ) );
		expect(
			valueOf( await client.existingOrders( [ 9, 1, 4, 5, 50 ] ) )
		).toEqual( [ 1, 5, 9 ] );
		expect( asked[ 0 ] ).toMatchObject( {
			method: 'OPTIONS',
			path: '/order-service/order/1,4-5,9,50',
		} );
	} );

	test( 'of existing ids is read as recorded', async () => {
		const [ some, none ] = fixtures.writes.filter( ( { name } ) =>
			name.startsWith( 'OPTIONS' )
		);
		const asking = [ 1, 3, 8, 100, 200, 320 ];
		expect(
			valueOf(
				await createKit(
					() => some?.body.response
				).client.existingOrders( asking )
			)
		).toEqual( [ 1, 8, 100, 320 ] );
		expect(
			valueOf(
				await createKit(
					() => none?.body.response
				).client.existingOrders( asking )
			)
		).toEqual( [] );
	} );

	test( 'of existing ids that is none is refused, not taken for empty', async () => {
		const { client } = createKit( () => ( { getUris: [ '/order/all' ] } ) );
		expect( await client.existingOrders( [ 1 ] ) ).toMatchObject( {
			ok: false,
			failure: {
				problem: { message: expect.stringContaining( '/order/all' ) },
			},
		} );
	} );

	test( 'of many orders is not cut up to share its requests', async () => {
		const { asked, client } = createKit( ( { path } ) =>
			path.includes( '/order/' ) ? [] : undefined
		);
		const ids = Array.from( { length: 200 }, ( _, at ) => at * 2 + 1 );
		valueOf( await client.salesOrders( ids ) );
		expect(
			asked.filter( ( { path } ) => path.includes( '/order/' ) )
		).toHaveLength( 1 );
	} );
} );

describe( 'reads of several callers', () => {
	const payment = ( paymentId: number, orderId: number ) => [
		paymentId,
		`ref-${ paymentId }`,
		'CARD',
		'RECEIPT',
		orderId,
		'GBP',
		'0.00',
		'10.00',
	];
	const COLUMNS = [
		'paymentId',
		'transactionRef',
		'paymentMethodCode',
		'paymentType',
		'orderId',
		'currencyCode',
		'amountAuthorized',
		'amountPaid',
	];

	test( 'each get their own payments, though there are more than a page', async () => {
		const { asked, client } = createKit( ( { query } ) =>
			query[ 'firstResult' ] === '1'
				? searchAnswer(
						COLUMNS,
						[ payment( 1, 11 ), payment( 2, 12 ) ],
						{
							more: true,
						}
					)
				: searchAnswer( COLUMNS, [ payment( 3, 11 ) ], { first: 3 } )
		);
		const found = await Promise.all(
			[ 11, 12, 13 ].map( async ( id ) =>
				valueOf( await client.payments( { orderIds: [ id ] } ) ).map(
					( { paymentId } ) => paymentId
				)
			)
		);
		expect( found ).toEqual( [ [ 1, 3 ], [ 2 ], [] ] );
		expect( asked.map( ( { query } ) => query[ 'orderId' ] ) ).toEqual( [
			'11-13',
			'11-13',
		] );
	} );

	test( 'a person waits for nobody', async () => {
		const { asked, client } = createKit( () =>
			searchAnswer( COLUMNS, [] )
		);
		const person = client.inLane( 'person' );
		await Promise.all( [
			person.payments( { orderIds: [ 1 ] } ),
			person.payments( { orderIds: [ 2 ] } ),
		] );
		expect( asked ).toHaveLength( 2 );
	} );
} );

describe( 'a delete', () => {
	test( 'of what is gone is done; at an address nobody knows it is not', async () => {
		const gone = createKit( () =>
			refused( 404, 'CMNC-404', 'Cannot find webhook: 9' )
		);
		expect( ( await gone.client.deleteWebhook( 9 ) ).ok ).toBe( true );
		const lost = createKit( () =>
			refused( 404, 'CMNC-404', 'Cannot find the resource /app/x' )
		);
		expect( ( await lost.client.deleteWebhook( 9 ) ).ok ).toBe( false );
		const html = createKit( () => answer( 404, '<html>' ) );
		expect( ( await html.client.deleteWebhook( 9 ) ).ok ).toBe( false );
	} );
} );

describe( 'payments', () => {
	test( 'of every type are sent with numbers where numbers are recorded', async () => {
		const { asked, client } = createKit( () => 1 );
		valueOf(
			await client.createPayment( {
				transactionRef: 'auth-1',
				transactionCode: 'pi-1',
				paymentMethodCode: 'CARD',
				paymentType: 'AUTH',
				orderId: 5,
				currencyIsoCode: 'GBP',
				amountPaid: '0',
				amountAuthorized: '12.30',
				authorizationExpiry: '2026-05-01T00:00:00.000+00:00',
				paymentDate: '2026-04-17T10:00:00.000+00:00',
			} )
		);
		expect( asked[ 0 ]?.body ).toMatchObject( {
			paymentType: 'AUTH',
			amountPaid: 0,
			amountAuthorized: 12.3,
			authorizationExpiry: '2026-05-01T00:00:00.000+00:00',
		} );
	} );
} );

describe( 'notes of goods', () => {
	const note = ( change: object = {} ) => ( {
		orderId: 20871,
		warehouseId: 2,
		transfer: false,
		status: { printed: true, shipped: false },
		shipping: { reference: '', shippingMethodId: 0 },
		orderRows: {
			45010: [
				{ productId: 1042, quantity: 2, locationId: 2 },
				{ productId: 1042, quantity: '1', locationId: 7 },
			],
		},
		lastEventVersion: 12,
		...change,
	} );

	test( 'a row split over locations is summed, and an empty reference is none', async () => {
		const { asked, client } = createKit( () => ( { 7712: note() } ) );
		expect(
			valueOf( await client.goodsOutNotes( { noteIds: [ 7712 ] } ) )
		).toEqual( [
			{
				noteId: 7712,
				orderId: 20871,
				warehouseId: 2,
				transfer: false,
				printed: true,
				picked: false,
				packed: false,
				shipped: false,
				shippedOn: null,
				tracking: null,
				shippingMethodId: null,
				boxes: null,
				weight: null,
				createdOn: null,
				rows: [ { orderRowId: 45010, productId: 1042, quantity: '3' } ],
				lastEventVersion: 12,
			},
		] );
		expect( asked[ 0 ]?.path ).toBe(
			'/warehouse-service/order/*/goods-note/goods-out/7712'
		);
	} );

	test.each( [ [ {} ], [ [] ] ] )( 'none is %j', async ( none ) => {
		const { client } = createKit( () => none );
		expect(
			valueOf( await client.goodsOutNotes( { orderIds: [ 1 ] } ) )
		).toEqual( [] );
	} );

	test( 'up to 500 ids share a request, as far as its address holds them', async () => {
		const { asked, client } = createKit( () => ( {} ) );
		valueOf(
			await client.goodsOutNotes( {
				orderIds: Array.from(
					{ length: 500 },
					( _, at ) => at * 2 + 1
				),
			} )
		);
		expect( asked.length ).toBeLessThanOrEqual( 2 );
		for ( const { request } of asked ) {
			expect( request.url.length ).toBeLessThan( 2100 );
		}
	} );

	test( 'a drop-ship note tells its tracking wherever it stands', async () => {
		const { client } = createKit( () => ( {
			1: note( { trackingReference: 'A', purchaseOrderId: 5 } ),
			2: note( { shipping: { reference: 'B' } } ),
			3: note( { shipping: {} } ),
		} ) );
		expect(
			valueOf(
				await client.dropShipNotes( { orderIds: [ 20871 ] } )
			).map( ( { tracking } ) => tracking )
		).toEqual( [ 'A', 'B', null ] );
	} );

	test( 'the answer to a new one is a list or the one id; anything else is unknown', async () => {
		const make = async ( said: unknown ) =>
			createKit( () => said ).client.createGoodsOutNotes( 1, {
				warehouses: [],
			} );
		expect( valueOf( await make( [ 1, 2 ] ) ) ).toEqual( [ 1, 2 ] );
		expect( valueOf( await make( 3 ) ) ).toEqual( [ 3 ] );
		expect( await make( 'done' ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'retry', outcomeUnknown: true },
		} );
	} );

	test( 'an event says which version it saw, and a wrong version is no repeat', async () => {
		const { asked, client } = createKit( () =>
			refused( 409, 'WHSC-000', 'Conflict' )
		);
		const event = {
			at: '2026-04-17T10:00:00.000Z',
			ownerId: 4,
			version: 12,
		};
		expect(
			( await client.addGoodsOutEvent( 1, { ...event, code: 'SHW' } ) ).ok
		).toBe( true );
		expect(
			( await client.addGoodsOutEvent( 1, { ...event, code: 'PIC' } ) ).ok
		).toBe( false );
		expect( asked[ 0 ]?.request.headers[ 'if-match' ] ).toBe( '12' );
		expect( asked[ 0 ]?.body ).toEqual( {
			events: [
				{ eventCode: 'SHW', occured: event.at, eventOwnerId: 4 },
			],
		} );
	} );
} );

describe( 'custom fields', () => {
	test( 'a field emptied meanwhile is added instead of replaced', async () => {
		let held: object = { PCF_TEAM: 'North' };
		const { asked, client } = createKit( ( { method } ) => {
			if ( method === 'GET' ) {
				return held;
			}
			const had = 'PCF_TEAM' in held;
			held = {};
			return had ? refused( 400, 'CMNC-038', 'no such path' ) : {};
		} );
		valueOf(
			await client.patchOrderCustomFields( 1, { PCF_TEAM: 'South' } )
		);
		expect(
			asked
				.filter( ( { method } ) => method === 'PATCH' )
				.map( ( { body } ) => JSON.parse( String( body ) ) )
		).toEqual( [
			[ { op: 'replace', path: '/PCF_TEAM', value: 'South' } ],
			[ { op: 'add', path: '/PCF_TEAM', value: 'South' } ],
		] );
	} );
} );

describe( 'a wrong type', () => {
	test.each( [
		[
			'contacts',
			[ { contactId: 1, communication: { emails: 5 } } ],
			'response.0.communication.emails',
		],
		[
			'products',
			[ { id: 1, stock: { stockTracked: 'maybe' } } ],
			'response.0.stock.stockTracked',
		],
	] as const )(
		'in %s is refused with endpoint, field and request id',
		async ( method, said, field ) => {
			const { client } = createKit( () => said );
			expect( await client[ method ]( [ 1 ] ) ).toMatchObject( {
				ok: false,
				failure: {
					kind: 'hold',
					problem: {
						code: 'defect',
						message: expect.stringMatching(
							new RegExp(
								`GET /.*-service/.*/1.*${ field.replaceAll( '.', '\\.' ) }.*ruid-1`
							)
						),
					},
				},
			} );
		}
	);
} );

describe( 'webhooks', () => {
	test( 'the recorded one is read, with templates and destination', async () => {
		const { client } = createKit( () => [ fixtures.webhook.resource ] );
		expect( valueOf( await client.webhooks() ) ).toEqual( [
			fixtures.webhook.resource,
		] );
		expect( parseIdSet( fixtures.webhook.delivery.id ) ).toEqual( [
			5906, 5907, 5908, 5911,
		] );
	} );

	test( 'none at all may be a 404', async () => {
		const { client } = createKit( () =>
			refused( 404, 'CMNC-404', 'No webhooks available' )
		);
		expect( valueOf( await client.webhooks() ) ).toEqual( [] );
	} );

	test( 'are simulated with what a template holds', async () => {
		const { asked, client } = createKit( () => answer( 200, {} ) );
		valueOf(
			await client.simulateWebhook( 5, { '${resource-id}': '1-5,99' } )
		);
		expect( asked[ 0 ] ).toMatchObject( {
			method: 'POST',
			path: '/integration-service/webhook/5/simulate',
			body: { testData: { '${resource-id}': '1-5,99' } },
		} );
	} );
} );

describe( 'accounting', () => {
	test( 'a period’s odd time is read, and one that is none is refused', async () => {
		const { client } = createKit( () => [
			{
				id: 3,
				startDate: '2015-01-01T00:00:00.000Z',
				endDate: '2015-01-31T23:59:59:999Z',
				closedDate: '2015-03-01T10:00:00.000+01:00',
			},
		] );
		expect( valueOf( await client.accountingPeriods() ) ).toEqual( [
			{
				id: 3,
				startsOn: '2015-01-01T00:00:00.000Z',
				endsOn: '2015-01-31T23:59:59.999Z',
				closedOn: '2015-03-01T09:00:00.000Z',
			},
		] );
		const odd = createKit( () => [
			{ id: 3, startDate: 'January', endDate: 'February' },
		] );
		expect( ( await odd.client.accountingPeriods() ).ok ).toBe( false );
	} );

	test( 'rates are named by currency, the latest first', async () => {
		const { client } = createKit( ( { path } ) =>
			path.endsWith( '/currency-search' )
				? searchAnswer(
						[ 'id', 'code', 'exchangeRate', 'isDefault' ],
						[
							[ 1, 'GBP', '1.000000', true ],
							[ 2, 'EUR', '1.150000', false ],
						]
					)
				: [
						{
							currencyId: 2,
							rateActiveFrom: '1970-01-01T00:00:00.000Z',
							rate: '1.100000',
						},
						{
							currencyId: 2,
							rateActiveFrom: '2026-04-01T00:00:00.000+01:00',
							rate: 1.15,
						},
						{ currencyId: 9, rateActiveFrom: null, rate: '2' },
					]
		);
		expect( valueOf( await client.exchangeRates() ) ).toEqual( [
			{
				currency: 'EUR',
				activeFrom: '2026-03-31T23:00:00.000Z',
				rate: '1.15',
			},
			{
				currency: 'EUR',
				activeFrom: '1970-01-01T00:00:00.000Z',
				rate: '1.100000',
			},
		] );
	} );
} );
