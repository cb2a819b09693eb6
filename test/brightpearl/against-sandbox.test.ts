/**
 * The client against the built-in Brightpearl over real HTTP, for each kind of app.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MANY_SIDED, WORLDS } from '../helpers/worlds.ts';
import {
	catalogue,
	newOrder,
	sellable,
	startSandboxKit,
	type Kind,
	type SandboxKit,
} from './sandbox-kit.ts';
import { systemClock } from '../../src/net/world.ts';
import { valueOf } from './world.ts';

describe.each( WORLDS )( 'in the $name world:', ( world ) => {
	let kit: SandboxKit;

	beforeAll( async () => {
		kit = await startSandboxKit( world );
	} );
	afterAll( () => kit.close() );

	describe.each< Kind >( [ 'private-app', 'staff-token', 'oauth' ] )(
		'as a %s',
		( kind ) => {
			test( 'the connection checks', async () => {
				const { client } = kit.connect( kit.configOf( kind ) );
				const check = await client.check();
				expect(
					check.findings.map(
						( { code, level } ) => `${ code } ${ level }`
					)
				).toEqual( [
					'account-ok ok',
					'services-ok ok',
					...( kind === 'oauth' ? [ 'token-ok ok' ] : [] ),
					kind === 'oauth'
						? 'instance-id-ok ok'
						: 'instance-id-missing warning',
				] );
				expect( check.channels.length ).toBeGreaterThan( 0 );
				expect( check.requestsRemaining ).toBeGreaterThan( 0 );
				expect( client.installationInstanceId() ).toBe(
					kind === 'oauth' ? kit.account.installationInstanceId : null
				);
			} );

			test( 'an order goes there and reads back: contact, rows, payment, reservation', async () => {
				const { client } = kit.connect( kit.configOf( kind ) );
				const product = await sellable( client, 2 );
				const body = await newOrder( client, product.productId );
				expect(
					valueOf(
						await client.contactsByEmail(
							( body.customer.address.email ?? '' ).toUpperCase()
						)
					)
				).toEqual( [ body.customer.id ] );

				const id = valueOf( await client.createSalesOrder( body ) );
				if ( id === null ) {
					throw new Error( 'no id' );
				}
				for ( const by of [
					{ externalRef: body.externalRef },
					{ customerRef: body.ref },
				] ) {
					expect(
						valueOf( await client.findSalesOrders( by ) )
					).toContainEqual(
						expect.objectContaining( {
							salesOrderId: id,
							externalRef: body.externalRef,
						} )
					);
				}

				const read = async () => {
					const [ order ] = valueOf(
						await client.salesOrders( [ id, 999_999_999 ] )
					);
					if ( ! order ) {
						throw new Error( 'not found' );
					}
					return order;
				};
				const order = await read();
				expect( order ).toMatchObject( {
					id,
					reference: body.ref,
					externalRef: body.externalRef,
					contactId: body.customer.id,
					total: '45.00',
					tax: '7.50',
					placedOn: '2026-03-02T09:14:05.000Z',
					warehouseId: 2,
					allocation: 'none',
					shipping: 'none',
					cancelled: false,
				} );
				expect(
					order.rows.map( ( row ) => [
						row.externalRef,
						row.productId,
					] )
				).toEqual( [
					[ 'line-1', product.productId ],
					[ 'ship-1', 1000 ],
				] );

				const payment = {
					transactionRef: `${ body.externalRef }-p1`,
					paymentMethodCode: 'CARD',
					paymentType: 'RECEIPT',
					orderId: id,
					currencyIsoCode: order.currency,
					exchangeRate: order.exchangeRate,
					amountPaid: '45.00',
					paymentDate: '2026-03-02T09:15:00.000+00:00',
				} as const;
				const paymentId = valueOf(
					await client.createPayment( payment )
				);
				const expected = {
					paymentId,
					transactionRef: payment.transactionRef,
					type: 'RECEIPT',
					orderId: id,
					amount: '45.00',
				};
				for ( const by of [
					{ transactionRef: payment.transactionRef },
					{ orderIds: [ id ] },
				] ) {
					expect( valueOf( await client.payments( by ) ) ).toEqual( [
						expect.objectContaining( expected ),
					] );
				}

				expect( valueOf( await client.reservation( id ) ) ).toBeNull();
				const [ line ] = order.rows;
				const products = [
					{
						productId: product.productId,
						salesOrderRowId: line?.id ?? 0,
						quantity: 2,
					},
				];
				valueOf( await client.createReservation( id, 2, products ) );
				expect( valueOf( await client.reservation( id ) ) ).toEqual( {
					warehouseId: 2,
					rows: {
						[ String( line?.id ) ]: {
							productId: product.productId,
							quantity: 2,
						},
					},
				} );
				expect( await read() ).toMatchObject( {
					allocation: 'all',
					paymentStatus: 'PAID',
				} );
			} );
		}
	);

	describe( 'what goes wrong', () => {
		test( 'a repeated POST is one order with the instance id, whatever the answer to the second', async () => {
			for ( const duplicateAnswer of [
				'id',
				'empty',
				'conflict',
			] as const ) {
				await kit.withSwitches( { duplicateAnswer }, async () => {
					const { client } = kit.connect( kit.configOf( 'oauth' ) );
					await client.configuration();
					const product = await sellable( client, 2 );
					const body = await newOrder( client, product.productId );
					const id = valueOf( await client.createSalesOrder( body ) );
					const again = valueOf(
						await client.createSalesOrder( body )
					);
					expect( [ id, null ] ).toContain( again );
					expect(
						valueOf(
							await client.findSalesOrders( {
								externalRef: body.externalRef,
							} )
						)
					).toHaveLength( 1 );
				} );
			}
		} );

		test.each(
			MANY_SIDED.forbidden.filter( ( value ) => value !== 'off' )
		)(
			'an order that is forbidden with %s is not taken for made, and is made once it is allowed',
			async ( forbidden ) => {
				const { client } = kit.connect( kit.configOf( 'private-app' ) );
				const product = await sellable( client, 2 );
				const body = await newOrder( client, product.productId );
				await kit.withSwitches( { forbidden }, async () => {
					expect(
						await client.createSalesOrder( body )
					).toMatchObject( {
						ok: false,
						failure:
							forbidden === 'html'
								? // A page may come from anybody in between.
									{ kind: 'retry', outcomeUnknown: true }
								: {
										kind: 'hold',
										problem: {
											code: 'credentials-brightpearl',
										},
									},
					} );
				} );
				valueOf( await client.createSalesOrder( body ) );
				expect(
					valueOf(
						await client.findSalesOrders( {
							externalRef: body.externalRef,
						} )
					)
				).toHaveLength( 1 );
			}
		);

		test( 'a lost and a cut answer of a write are unknown, and the order is found', async () => {
			for ( const fault of [ 'lost-answer', 'cut' ] ) {
				const { client } = kit.connect( kit.configOf( 'private-app' ) );
				const product = await sellable( client, 2 );
				const body = await newOrder( client, product.productId );
				await kit.control( 'faults', {
					kind: fault,
					method: 'POST',
					path: '/sales-order',
					count: 1,
				} );
				expect( await client.createSalesOrder( body ) ).toMatchObject( {
					failure: {
						kind: 'retry',
						cause: 'outage',
						outcomeUnknown: true,
					},
				} );
				expect(
					valueOf(
						await client.findSalesOrders( {
							externalRef: body.externalRef,
						} )
					)
				).toHaveLength( 1 );
			}
		} );

		test( 'both kinds of 503 are told apart, and a 500 is unknown for a write only', async () => {
			const { client } = kit.connect( kit.configOf( 'private-app' ) );
			const expectFailure = async ( fault: object, failure: object ) => {
				await kit.control( 'faults', {
					path: '/reservation',
					count: 1,
					...fault,
				} );
				expect( await client.reservation( 1 ) ).toMatchObject( {
					failure,
				} );
			};
			await expectFailure(
				{ kind: 'throttled' },
				{ kind: 'retry', cause: 'throttled', outcomeUnknown: false }
			);
			for ( const body of [ 'json', 'html' ] ) {
				await expectFailure(
					{ kind: 'unavailable', body },
					{ kind: 'retry', cause: 'outage', outcomeUnknown: false }
				);
			}
			await expectFailure(
				{ kind: 'error' },
				{ kind: 'retry', cause: 'outage', outcomeUnknown: false }
			);
			expect( client.budget().refused ).toBe( 1 );
		} );

		test( 'a wrong token holds and is quoted nowhere', async () => {
			const { client, log } = kit.connect( {
				...kit.configOf( 'private-app' ),
				auth: {
					type: 'private-app',
					appRef: kit.account.privateApp.appRef,
					accountToken: 'WRONG-TOKEN-12345',
				},
			} );
			const result = await client.configuration();
			expect( result ).toMatchObject( {
				failure: {
					kind: 'hold',
					problem: { code: 'credentials-brightpearl' },
				},
			} );
			expect( JSON.stringify( [ result, log ] ) ).not.toContain(
				'WRONG-TOKEN'
			);
		} );

		test( 'a token that runs out is renewed on the way, also where it rotates', async () => {
			await kit.withSwitches(
				{ refreshToken: 'rotate', tokenLifeSeconds: 1 },
				async () => {
					const { client, tokens } = kit.connect(
						kit.configOf( 'oauth' )
					);
					valueOf( await client.configuration() );
					const first = tokens.token;
					await systemClock.sleep( 1100 );
					valueOf( await client.taxCodes() );
					expect( tokens.token?.accessToken ).not.toBe(
						first?.accessToken
					);
					expect( tokens.token?.refreshToken ).not.toBe(
						first?.refreshToken
					);
				}
			);
		} );

		test( 'ids Brightpearl does not know spoil no availability', async () => {
			const { client } = kit.connect( kit.configOf( 'private-app' ) );
			const product = await sellable( client, 2 );
			const { byProduct } = valueOf(
				await client.availability( [
					product.productId,
					88_888_888,
					99_999_999,
				] )
			);
			expect( [ ...byProduct.keys() ] ).toEqual( [ product.productId ] );
		} );

		test( 'products are found by SKU and by id, as the catalogue has them', async () => {
			const { client } = kit.connect( kit.configOf( 'private-app' ) );
			const all = await catalogue( client );
			const [ one ] = all.filter( ( { sku } ) => sku !== '' );
			expect(
				valueOf( await client.productsBySku( one?.sku ?? '' ) )
			).toContainEqual( one );
			expect(
				valueOf(
					await client.productsById(
						all.map( ( { productId } ) => productId )
					)
				)
			).toEqual( all );
			expect(
				valueOf( await client.currencies() ).length
			).toBeGreaterThan( 0 );
			expect(
				valueOf( await client.warehouses() ).length
			).toBeGreaterThan( 0 );
		} );

		test( 'the cap is never exceeded over several windows, and everything arrives', async () => {
			const CAP = 10;
			await kit.withSwitches( { requestsPerMinute: CAP }, async () => {
				const { client } = kit.connect( kit.otherConfig(), {
					window:
						kit.usual.throttle === 'rolling' ? 'rolling' : 'minute',
				} );
				const all = await Promise.all(
					Array.from( { length: CAP * 2 + 5 }, ( _, at ) =>
						client
							.inLane( at % 2 === 0 ? 'stock' : 'person' )
							.reservation( at + 1 )
					)
				);
				expect( all.every( ( { ok } ) => ok ) ).toBe( true );
				expect( client.budget().refused ).toBe( 0 );
				expect( client.requests() ).toBe( all.length );
			} );
		} );
	} );
} );
