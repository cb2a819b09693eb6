/**
 * What orders, refunds, stock and shipments need besides, against the built-in Brightpearl.
 */
import {
	afterAll,
	beforeAll,
	beforeEach,
	describe,
	expect,
	test,
} from '@jest/globals';
import type { Brightpearl } from '../../../src/brightpearl/api.ts';
import type { BatchMode } from '../../../src/brightpearl/batching/batch.ts';
import type { Result } from '../../../src/contracts/result.ts';
import { WORLDS } from '../../helpers/worlds.ts';
import {
	newOrder,
	sellable,
	startSandboxKit,
	type SandboxKit,
} from '../sandbox-kit.ts';
import { valueOf } from '../world.ts';

describe.each( WORLDS )( 'in the $name world:', ( world ) => {
	let kit: SandboxKit;
	let client: Brightpearl;

	beforeAll( async () => {
		kit = await startSandboxKit( world );
	} );
	afterAll( () => kit.close() );

	/** Before everything that is made here. */
	const SINCE = new Date( Date.now() - 60_000 ).toISOString();

	async function pages< T >(
		from: AsyncIterable< Result< readonly T[] > >
	): Promise< T[] > {
		const all: T[] = [];
		for await ( const page of from ) {
			all.push( ...valueOf( page ) );
		}
		return all;
	}

	/** A new sales order of two pieces. */
	async function order() {
		await client.configuration();
		const product = await sellable( client, 2 );
		const body = await newOrder( client, product.productId );
		const id = valueOf( await client.createSalesOrder( body ) ) ?? 0;
		return { body, id, product };
	}

	async function read( id: number ) {
		const [ found ] = valueOf( await client.salesOrders( [ id ] ) );
		if ( ! found ) {
			throw new Error( `there is no order ${ id }` );
		}
		return found;
	}

	/** Order and reservation of its first row. */
	async function reserved() {
		const made = await order();
		const [ row ] = ( await read( made.id ) ).rows;
		const products = [
			{
				productId: made.product.productId,
				salesOrderRowId: row?.id ?? 0,
				quantity: 2,
			},
		];
		valueOf( await client.createReservation( made.id, 2, products ) );
		return { ...made, products };
	}

	describe.each< BatchMode >( [ 'off', 'sequential' ] )(
		'batches %s:',
		( batch ) => {
			beforeEach( () => {
				( { client } = kit.connect( kit.configOf( 'oauth' ), {
					batch,
				} ) );
			} );

			describe( 'orders', () => {
				test( 'tell addresses, dates and versions', async () => {
					const { id } = await order();
					expect( await read( id ) ).toMatchObject( {
						version: expect.any( Number ),
						createdOn: expect.stringMatching( /Z$/ ),
						taxDate: '2026-03-02T00:00:00.000Z',
						invoiceReference: null,
						invoiced: false,
						addresses: {
							delivery: {
								fullName: 'Ines Duarte',
								line1: '9 Harbour Row',
								line3: 'Bristol',
								postalCode: 'BS1 6XN',
								countryIso2: 'GB',
								countryIso3: 'GBR',
							},
						},
					} );
				} );

				test( 'change their status, with a note', async () => {
					const { id } = await order();
					const other = valueOf( await client.orderStatuses() ).find(
						( { disabled, id: statusId } ) =>
							! disabled && statusId !== 2
					);
					valueOf(
						await client.setOrderStatus( id, other?.id ?? 0, {
							text: 'Paid in the shop',
						} )
					);
					expect( ( await read( id ) ).statusId ).toBe( other?.id );
					const noteId = valueOf(
						await client.addOrderNote( id, {
							text: 'Leave at the door',
						} )
					);
					const notes = valueOf(
						await client.orderNotes( { orderIds: [ id ] } )
					);
					expect( notes.map( ( { text } ) => text ) ).toEqual( [
						'Paid in the shop',
						'Leave at the door',
					] );
					expect(
						valueOf( await client.orderNotes( { since: SINCE } ) )
					).toContainEqual(
						expect.objectContaining( {
							noteId,
							orderId: id,
							isPublic: false,
						} )
					);
				} );

				test( 'are patched, and answer what they are now', async () => {
					const { id } = await order();
					const after = valueOf(
						await client.patchOrder( id, [
							{
								op: 'replace',
								path: '/reference',
								value: '#changed',
							},
						] )
					);
					expect( after ).toMatchObject( {
						id,
						reference: '#changed',
					} );
					expect(
						await client.patchOrder( id, [
							{ op: 'add', path: '/reference', value: 'x' },
						] )
					).toMatchObject( {
						ok: false,
						failure: {
							kind: 'hold',
							problem: {
								message: expect.stringContaining( 'CMNC-044' ),
							},
						},
					} );
				} );

				test( 'get, change and lose rows', async () => {
					const { id, body } = await order();
					const taxCode = body.rows[ 0 ]?.taxCode ?? '';
					const rowId = valueOf(
						await client.addOrderRow( id, {
							name: 'Gift wrap',
							quantity: '1',
							taxCode,
							net: '5.00',
							tax: '1.00',
						} )
					);
					const rowNow = async () =>
						( await read( id ) ).rows.find(
							( row ) => row.id === rowId
						);
					expect( await rowNow() ).toMatchObject( {
						name: 'Gift wrap',
						tax: '1.00',
					} );
					valueOf(
						await client.patchOrderRow( id, rowId, [
							{
								op: 'replace',
								path: '/rowValue/taxCalculator',
								value: 'manual',
							},
							{
								op: 'replace',
								path: '/rowValue/rowNet/value',
								value: '10.00',
							},
						] )
					);
					expect( ( await rowNow() )?.net ).toBe( '10.0000' );
					valueOf( await client.deleteOrderRow( id, rowId ) );
					expect( await rowNow() ).toBeUndefined();
				} );

				test( 'hold custom fields: added, changed, chosen, emptied', async () => {
					const { id } = await order();
					const definitions = valueOf(
						await client.customFieldDefinitions( 'order' )
					);
					expect( definitions ).toContainEqual( {
						code: 'PCF_SOURCE',
						name: 'Source',
						type: 'SELECT',
						required: false,
						options: expect.arrayContaining( [
							{ id: 160, value: 'Web' },
						] ),
					} );
					const fields = async () =>
						valueOf( await client.orderCustomFields( id ) );
					expect( await fields() ).toEqual( {} );
					valueOf(
						await client.patchOrderCustomFields( id, {
							PCF_TEAM: 'North',
							PCF_SOURCE: { id: 160 },
							PCF_PARCELS: 2,
						} )
					);
					valueOf(
						await client.patchOrderCustomFields( id, {
							PCF_TEAM: 'South',
							PCF_SOURCE: { id: 161 },
							PCF_PARCELS: null,
						} )
					);
					expect( await fields() ).toEqual( {
						PCF_TEAM: 'South',
						PCF_SOURCE: { id: 161, value: 'Fair' },
					} );
					const before = client.requests();
					valueOf(
						await client.patchOrderCustomFields( id, {
							PCF_TEAM: 'South',
							PCF_PARCELS: null,
						} )
					);
					// Read, and nothing to write.
					expect( client.requests() - before ).toBe( 1 );
					expect(
						await client.patchOrderCustomFields( id, {
							PCF_PARCELS: 'many',
						} )
					).toMatchObject( { ok: false, failure: { kind: 'hold' } } );
				} );

				test( 'are invoiced once', async () => {
					const { id } = await order();
					valueOf( await client.closeSalesOrder( id ) );
					for ( let tries = 0; ; tries++ ) {
						const found = await read( id );
						if ( found.invoiced || tries > 50 ) {
							expect( found.invoiceReference ).toMatch(
								/^SI-\d+$/
							);
							break;
						}
						expect( found.invoiceReference ).toBeNull();
						await new Promise( ( next ) =>
							setTimeout( next, 100 )
						);
					}
					expect( ( await client.closeSalesOrder( id ) ).ok ).toBe(
						false
					);
				} );

				test( 'that were made or changed are told once each, and only existing ids exist', async () => {
					const { id } = await order();
					const { id: changed } = await order();
					valueOf(
						await client.patchOrder( changed, [
							{
								op: 'replace',
								path: '/reference',
								value: '#new',
							},
						] )
					);
					const found = await pages(
						client.changedSalesOrders( SINCE )
					);
					expect(
						found.filter( ( one ) =>
							[ id, changed ].includes( one.salesOrderId )
						)
					).toHaveLength( 2 );
					expect(
						new Set( found.map( ( one ) => one.salesOrderId ) ).size
					).toBe( found.length );
					expect(
						valueOf(
							await client.existingOrders( [
								changed,
								9_999_999,
								id,
							] )
						)
					).toEqual( [ id, changed ].sort( ( a, b ) => a - b ) );
				} );

				test( 'several callers’ reads leave as one', async () => {
					const ids = [
						await order(),
						await order(),
						await order(),
					].map( ( { id } ) => id );
					const before = client.requests();
					const found = await Promise.all( ids.map( read ) );
					expect( found.map( ( { id } ) => id ) ).toEqual( ids );
					expect( client.requests() - before ).toBe( 1 );
					await Promise.all(
						ids.map( async ( id ) =>
							valueOf(
								await client.payments( { orderIds: [ id ] } )
							)
						)
					);
					expect( client.requests() - before ).toBe( 2 );
				} );
			} );

			describe( 'refunds', () => {
				test( 'are a credit of the order and money out against it', async () => {
					const { id, body } = await order();
					const credit = {
						...body,
						externalRef: `${ body.externalRef }-r1`,
						parentId: id,
						rows: body.rows.slice( 1 ),
					};
					const creditId =
						valueOf( await client.createSalesCredit( credit ) ) ??
						0;
					for ( const by of [
						{ externalRef: credit.externalRef },
						{ parentId: id },
					] ) {
						expect(
							valueOf( await client.findSalesCredits( by ) )
						).toEqual( [
							expect.objectContaining( {
								salesCreditId: creditId,
								parentId: id,
								externalRef: credit.externalRef,
							} ),
						] );
					}
					expect(
						valueOf( await client.salesCredits( [ id, creditId ] ) )
					).toEqual( [
						expect.objectContaining( {
							id: creditId,
							parentOrderId: id,
							total: '5.00',
						} ),
					] );
					// A credit is no sales order, and has no part in what is found of them.
					expect(
						valueOf( await client.salesOrders( [ creditId ] ) )
					).toEqual( [] );

					const paymentId =
						valueOf(
							await client.createPayment( {
								transactionRef: `${ credit.externalRef }-out`,
								paymentMethodCode: 'CARD',
								paymentType: 'PAYMENT',
								orderId: creditId,
								currencyIsoCode: credit.currency.code,
								amountPaid: '5.00',
								paymentDate: '2026-03-03T10:00:00.000+00:00',
							} )
						) ?? 0;
					expect(
						await pages( client.paymentsSince( SINCE ) )
					).toContainEqual(
						expect.objectContaining( {
							paymentId,
							type: 'PAYMENT',
						} )
					);
					valueOf( await client.deletePayment( paymentId ) );
					expect(
						valueOf(
							await client.payments( { orderIds: [ creditId ] } )
						)
					).toEqual( [] );
					// Once more, as after a lost answer.
					valueOf( await client.deletePayment( paymentId ) );
				} );
			} );

			describe( 'what is set aside', () => {
				test.each( [ 'any', 'order', 'warehouse' ] as const )(
					'is given back where a reservation is deleted: %s',
					async ( reservationDelete ) => {
						const { id } = await reserved();
						await kit.withSwitches(
							{ reservationDelete },
							async () => {
								valueOf( await client.deleteReservation( id ) );
							}
						);
						expect(
							valueOf( await client.reservation( id ) )
						).toBeNull();
						valueOf( await client.deleteReservation( id ) );
					}
				);

				test( 'where it cannot be deleted, that is a problem with a way out', async () => {
					const { id } = await reserved();
					await kit.withSwitches(
						{ reservationDelete: 'none' },
						async () => {
							expect(
								await client.deleteReservation( id )
							).toMatchObject( {
								ok: false,
								failure: {
									kind: 'hold',
									problem: {
										fix: expect.stringContaining(
											'Un-allocate'
										),
									},
								},
							} );
						}
					);
				} );

				test( 'is changed', async () => {
					const { id, products } = await reserved();
					valueOf(
						await client.updateReservation(
							id,
							products.map( ( one ) => ( {
								...one,
								quantity: 1,
							} ) )
						)
					);
					const found = valueOf( await client.reservation( id ) );
					expect(
						Object.values( found?.rows ?? {} ).map(
							( row ) => row.quantity
						)
					).toEqual( [ 1 ] );
				} );
			} );

			describe( 'shipments', () => {
				test( 'a note is made, tracked, shipped once and found', async () => {
					const { id, products, product } = await reserved();
					const [ noteId = 0 ] = valueOf(
						await client.createGoodsOutNotes( id, {
							warehouses: [
								{
									warehouseId: 2,
									releaseDate:
										'2026-03-03T08:00:00.000+00:00',
									products,
								},
							],
						} )
					);
					valueOf(
						await client.updateGoodsOutNote( noteId, {
							reference: 'TRK123',
						} )
					);
					const event = {
						code: 'SHW',
						at: new Date().toISOString(),
						ownerId: 4,
					} as const;
					valueOf( await client.addGoodsOutEvent( noteId, event ) );
					valueOf( await client.addGoodsOutEvent( noteId, event ) );

					for ( const by of [
						{ orderIds: [ id ] },
						{ noteIds: [ noteId ] },
					] ) {
						const [ note ] = valueOf(
							await client.goodsOutNotes( by )
						);
						expect( note ).toMatchObject( {
							noteId,
							orderId: id,
							warehouseId: 2,
							transfer: false,
							shipped: true,
							shippedOn: expect.stringMatching( /Z$/ ),
							tracking: 'TRK123',
							rows: [
								{ productId: product.productId, quantity: '2' },
							],
						} );
					}
					expect(
						valueOf( await client.shippedNotes( { since: SINCE } ) )
					).toContainEqual(
						expect.objectContaining( { noteId, orderId: id } )
					);
					const rows = valueOf( await client.fulfilmentStatus( id ) );
					expect(
						rows.get( products[ 0 ]?.salesOrderRowId ?? 0 )
					).toEqual( {
						quantity: '2',
						fulfilled: '2',
						shipped: '2',
					} );
					expect(
						await pages( client.goodsMovements( SINCE ) )
					).toContainEqual(
						expect.objectContaining( {
							productId: product.productId,
							warehouseId: 2,
							quantity: -2,
							type: 'GO',
						} )
					);
					expect( ( await read( id ) ).shipping ).toBe( 'all' );
				} );

				test( 'a note that has not left is deleted', async () => {
					const { id, products } = await reserved();
					const [ noteId = 0 ] = valueOf(
						await client.createGoodsOutNotes( id, {
							warehouses: [
								{
									warehouseId: 2,
									releaseDate:
										'2026-03-03T08:00:00.000+00:00',
									products,
								},
							],
						} )
					);
					valueOf( await client.deleteGoodsOutNote( id, noteId ) );
					expect(
						valueOf(
							await client.goodsOutNotes( { orderIds: [ id ] } )
						)
					).toEqual( [] );
					expect(
						valueOf(
							await client.dropShipNotes( { orderIds: [ id ] } )
						)
					).toEqual( [] );
				} );
			} );

			describe( 'products', () => {
				test( 'bundles tell their components, and how many there are of them', async () => {
					const all = await pages( client.productPages() );
					const full = valueOf(
						await client.products(
							all.map( ( { productId } ) => productId )
						)
					);
					const bundle = full.find(
						( { components } ) => components.length > 1
					);
					if ( ! bundle ) {
						throw new Error( 'the sandbox has no bundle' );
					}
					expect( bundle.stockTracked ).toBe( false );
					expect( bundle.components[ 0 ] ).toEqual( {
						productId: expect.any( Number ),
						quantity: expect.any( Number ),
					} );
					const { byProduct } = valueOf(
						await client.availability(
							bundle.components.map(
								( { productId } ) => productId
							)
						)
					);
					const perWarehouse = Math.min(
						...bundle.components.map( ( { productId, quantity } ) =>
							Math.floor(
								( byProduct
									.get( productId )
									?.warehouses.get( 2 )?.onHand ?? 0 ) /
									quantity
							)
						)
					);
					expect(
						valueOf(
							await client.bundleAvailability( bundle.productId )
						).get( 2 )
					).toBe( perWarehouse );
				} );

				test( 'have prices on a list, and those without are told apart', async () => {
					const [ list ] = valueOf( await client.priceLists() );
					const product = await sellable( client, 2 );
					const prices = valueOf(
						await client.prices(
							[ product.productId ],
							list?.id ?? 0
						)
					);
					expect( prices.get( product.productId ) ).toMatchObject( {
						productId: product.productId,
						currency: 'GBP',
					} );
					expect(
						prices.get( product.productId )?.byQuantity.get( 1 )
					).toMatch( /^\d+\.\d+$/ );
					expect(
						valueOf(
							await client.prices( [ 9_999_999 ], list?.id ?? 0 )
						).size
					).toBe( 0 );
				} );

				test( 'only existing ones exist, and changes are told', async () => {
					const product = await sellable( client, 2 );
					expect(
						valueOf(
							await client.existingProducts( [
								product.productId,
								9_999_999,
							] )
						)
					).toEqual( [ product.productId ] );
					const future = new Date(
						Date.now() + 3_600_000
					).toISOString();
					expect(
						await pages( client.productChanges( future ) )
					).toEqual( [] );
					const ever = await pages(
						client.productChanges( '2000-01-01T00:00:00.000Z' )
					);
					expect( ever.length ).toBe(
						( await pages( client.productPages() ) ).length
					);
				} );
			} );

			describe( 'contacts', () => {
				test( 'are read, patched and told by e-mail', async () => {
					const { body } = await order();
					const contactId = body.customer.id ?? 0;
					const [ contact ] = valueOf(
						await client.contacts( [ contactId ] )
					);
					expect( contact ).toMatchObject( {
						contactId,
						firstName: 'Ines',
						email: body.customer.address.email,
						telephone: '+441170000001',
						isStaff: false,
					} );
					valueOf(
						await client.patchContact( contactId, [
							{
								op: 'replace',
								path: '/firstName',
								value: 'Inês',
							},
						] )
					);
					expect(
						valueOf( await client.contacts( [ contactId ] ) )[ 0 ]
							?.firstName
					).toBe( 'Inês' );
					for ( const since of [ null, SINCE ] ) {
						expect(
							(
								await pages( client.contactPages( since ) )
							).filter( ( one ) => one.contactId === contactId )
						).toEqual( [
							{ contactId, email: body.customer.address.email },
						] );
					}
					expect(
						valueOf( await client.contacts( [ 9_999_999 ] ) )
					).toEqual( [] );
				} );

				test( 'take a further address', async () => {
					const { body } = await order();
					const contactId = body.customer.id ?? 0;
					const addressId = valueOf(
						await client.createPostalAddress( {
							addressLine1: '1 Quay',
							postalCode: 'BS1 1AA',
							countryIsoCode: 'GBR',
						} )
					);
					valueOf(
						await client.setContactAddresses( contactId, [
							{ addressId, type: 'DEL' },
						] )
					);
					expect(
						valueOf( await client.contacts( [ contactId ] ) )[ 0 ]
							?.addressIds.DEL
					).toBe( addressId );
					expect(
						valueOf( await client.postalAddresses( [ addressId ] ) )
					).toEqual( [
						expect.objectContaining( {
							addressId,
							contactId,
							line1: '1 Quay',
							countryIso3: 'GBR',
						} ),
					] );
				} );

				test( 'hold custom fields and tags', async () => {
					const { body } = await order();
					const contactId = body.customer.id ?? 0;
					valueOf(
						await client.patchContactCustomFields( contactId, {
							PCF_SEGMENT: { id: 125 },
						} )
					);
					expect(
						valueOf( await client.contactCustomFields( contactId ) )
					).toEqual( { PCF_SEGMENT: { id: 125, value: 'Trade' } } );
					expect(
						valueOf( await client.contactTags() )
					).toContainEqual( {
						id: expect.any( Number ),
						name: expect.any( String ),
					} );
				} );
			} );

			describe( 'webhooks', () => {
				test( 'are made, listed and deleted', async () => {
					const hook = {
						subscribeTo: 'product.modified.on-hand-modified',
						httpMethod: 'POST',
						uriTemplate: 'https://shop.example.test/hook/secret',
						bodyTemplate: '{"id":"${resource-id}"}',
						contentType: 'application/json',
						idSetAccepted: true,
						qualityOfService: 1,
					} as const;
					const id = valueOf( await client.createWebhook( hook ) );
					expect( valueOf( await client.webhooks() ) ).toContainEqual(
						{
							id,
							...hook,
						}
					);
					valueOf( await client.deleteWebhook( id ) );
					expect(
						valueOf( await client.webhooks() ).map(
							( one ) => one.id
						)
					).not.toContain( id );
					valueOf( await client.deleteWebhook( id ) );
					expect(
						await client.createWebhook( {
							...hook,
							subscribeTo: 'contact.created',
						} )
					).toMatchObject( {
						ok: false,
						failure: {
							problem: {
								message: expect.stringContaining( 'INTC-064' ),
							},
						},
					} );
				} );
			} );

			describe( 'reference data', () => {
				test( 'currencies, rates, periods and locations', async () => {
					const currencies = valueOf(
						await client.currencyDetails()
					);
					expect(
						currencies.filter( ( { isBase } ) => isBase )
					).toHaveLength( 1 );
					expect( valueOf( await client.currencies() ) ).toEqual(
						currencies.map( ( { code } ) => code )
					);
					for ( const rate of valueOf(
						await client.exchangeRates()
					) ) {
						expect(
							currencies.map( ( { code } ) => code )
						).toContain( rate.currency );
					}
					for ( const period of valueOf(
						await client.accountingPeriods()
					) ) {
						expect( period.startsOn < period.endsOn ).toBe( true );
					}
					expect(
						valueOf( await client.defaultLocation( 2 ) )
					).toEqual( expect.any( Number ) );
				} );
			} );
		}
	);
} );
