/**
 * Batches against the built-in Brightpearl over real HTTP: what its request log says was sent,
 * and what it then has.
 */
import {
	afterAll,
	afterEach,
	beforeAll,
	describe,
	expect,
	test,
} from '@jest/globals';
import type {
	Brightpearl,
	SalesOrderBody,
} from '../../../src/brightpearl/api.ts';
import type { BatchMode } from '../../../src/brightpearl/batching/batch.ts';
import type { Switches } from '../../../src/sandbox/brightpearl/index.ts';
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
	beforeAll( async () => {
		kit = await startSandboxKit( world );
	} );
	afterAll( () => kit.close() );
	afterEach( async () => {
		// A list replaces what is set.
		await kit.control( 'faults', [] );
		kit.sandbox.setSwitches( kit.usual );
	} );

	interface Logged {
		readonly n: number;
		readonly method: string;
		readonly path: string;
		readonly status: number;
		readonly messages?: number;
	}

	async function logged( since = 0 ): Promise< Logged[] > {
		const answer = await fetch(
			`${ kit.sandbox.url }/_sandbox/requests?since=${ since }`
		);
		return ( ( await answer.json() ) as { requests: Logged[] } ).requests;
	}

	/** The requests that `work` made, without their query: `POST multi-message ×10`. */
	async function requestsOf( work: () => Promise< unknown > ) {
		const before = ( await logged() ).at( -1 )?.n ?? 0;
		await work();
		return ( await logged( before ) ).map(
			( { messages, method, path } ) =>
				`${ method } ${ path.split( '?' )[ 0 ]?.split( '/' ).at( -1 ) }${
					messages === undefined ? '' : ` ×${ messages }`
				}`
		);
	}

	const connect = ( batch: BatchMode ) =>
		kit.connect( kit.configOf( 'private-app' ), { batch } );

	let made = 0;
	const address = () => ( {
		addressLine1: `${ ( made += 1 ) } Quay`,
		postalCode: 'BS1 6XN',
		countryIsoCode: 'GBR',
	} );
	const addresses = ( client: Brightpearl, count: number ) =>
		Promise.all(
			Array.from( { length: count }, () =>
				client.createPostalAddress( address() )
			)
		);

	describe.each< BatchMode >( [ 'sequential', 'parallel' ] )(
		'in %s batches',
		( mode ) => {
			test( 'ten writes of one kind are one request, and each learns its own id', async () => {
				const { client } = connect( mode );
				await client.ready();
				const ids: number[] = [];
				const requests = await requestsOf( async () => {
					ids.push(
						...( await addresses( client, 10 ) ).map( valueOf )
					);
				} );
				expect( requests ).toEqual( [ 'POST multi-message ×10' ] );
				expect( new Set( ids ).size ).toBe( 10 );
			} );

			test( 'ten orders are made and paid, ten writes to a request', async () => {
				const { client } = connect( mode );
				const { productId } = await sellable( client, 2 );
				const bodies: SalesOrderBody[] = [];
				for ( let at = 0; at < 10; at++ ) {
					bodies.push( await newOrder( client, productId ) );
				}
				const ids: number[] = [];
				const creates = await requestsOf( async () => {
					const all = await Promise.all(
						bodies.map( ( body ) =>
							client.createSalesOrder( body )
						)
					);
					ids.push( ...all.map( ( one ) => valueOf( one ) ?? 0 ) );
				} );
				expect( creates ).toEqual( [ 'POST multi-message ×10' ] );

				// Each id is that of its own body, not of its neighbour's.
				const orders = valueOf( await client.salesOrders( ids ) );
				for ( const [ at, id ] of ids.entries() ) {
					expect(
						orders.find( ( order ) => order.id === id )?.externalRef
					).toBe( bodies[ at ]?.externalRef );
				}

				const payments = await requestsOf( async () => {
					const all = await Promise.all(
						orders.map( ( order ) =>
							client.createPayment( {
								transactionRef: `${ order.externalRef }-p1`,
								paymentMethodCode: 'CARD',
								paymentType: 'RECEIPT',
								orderId: order.id,
								currencyIsoCode: order.currency,
								amountPaid: order.total,
								paymentDate: '2026-03-02T09:15:00.000+00:00',
							} )
						)
					);
					all.forEach( valueOf );
				} );
				expect( payments ).toEqual( [ 'POST multi-message ×10' ] );
				const paid = valueOf(
					await client.payments( { orderIds: ids } )
				);
				expect( paid.map( ( { orderId } ) => orderId ).sort() ).toEqual(
					[ ...ids ].sort()
				);
			} );

			test( 'one that is refused does not spoil the others', async () => {
				const { client } = connect( mode );
				await client.ready();
				const requests = await requestsOf( async () => {
					const [ bad, ...good ] = await Promise.all( [
						client.createPayment( {
							transactionRef: `none-${ mode }`,
							paymentMethodCode: 'CARD',
							paymentType: 'RECEIPT',
							orderId: 99_999_999,
							currencyIsoCode: 'GBP',
							amountPaid: '1.00',
							paymentDate: '2026-03-02T09:15:00.000+00:00',
						} ),
						client.createPostalAddress( address() ),
						client.createPostalAddress( address() ),
					] );
					expect( bad ).toMatchObject( {
						ok: false,
						failure: {
							kind: 'hold',
							problem: { code: 'refused-by-brightpearl' },
						},
					} );
					good.forEach( valueOf );
				} );
				expect( requests ).toEqual( [ 'POST multi-message ×3' ] );
			} );

			test.each< Switches[ 'batchAllFailed' ] >( [ 'shared', 'mixed' ] )(
				'all that are refused are told why, with a status that is %s',
				async ( batchAllFailed ) => {
					kit.sandbox.setSwitches( { batchAllFailed } );
					const { client } = connect( mode );
					await client.ready();
					const bad = () =>
						client.createPostalAddress( {
							...address(),
							countryIsoCode: 'nowhere',
						} );
					const requests = await requestsOf( async () => {
						for ( const one of await Promise.all( [
							bad(),
							bad(),
						] ) ) {
							expect( one ).toMatchObject( {
								ok: false,
								failure: { kind: 'hold' },
							} );
						}
					} );
					expect( requests ).toEqual( [ 'POST multi-message ×2' ] );
				}
			);

			test.each< Switches[ 'multiMessage' ] >( [
				'off',
				'refused',
				'forbidden',
			] )(
				'where the account takes none (%s) they go one by one, and stay so',
				async ( multiMessage ) => {
					kit.sandbox.setSwitches( { multiMessage } );
					const { client, log } = connect( mode );
					await client.ready();
					const first = await requestsOf( async () => {
						( await addresses( client, 3 ) ).forEach( valueOf );
					} );
					expect( [ ...first ].sort() ).toEqual( [
						'POST multi-message ×0',
						'POST postal-address',
						'POST postal-address',
						'POST postal-address',
					] );
					const next = await requestsOf( () =>
						addresses( client, 2 )
					);
					expect( next ).toEqual( [
						'POST postal-address',
						'POST postal-address',
					] );
					expect(
						log.filter( ( { message } ) =>
							/no batches/.test( message )
						)
					).toHaveLength( 1 );
				}
			);

			test( 'an answer that is lost leaves all unknown, and all were done', async () => {
				const { client } = connect( mode );
				const { productId } = await sellable( client, 2 );
				const bodies = [
					await newOrder( client, productId ),
					await newOrder( client, productId ),
				];
				await kit.control( 'faults', {
					kind: 'lost-answer',
					path: '/multi-message',
					count: 1,
				} );
				for ( const one of await Promise.all(
					bodies.map( ( body ) => client.createSalesOrder( body ) )
				) ) {
					expect( one ).toMatchObject( {
						failure: { kind: 'retry', outcomeUnknown: true },
					} );
				}
				for ( const { externalRef } of bodies ) {
					expect(
						valueOf(
							await client.findSalesOrders( { externalRef } )
						)
					).toHaveLength( 1 );
				}
			} );

			test( 'one of its messages fails by chance: only that one is in doubt', async () => {
				const { client } = connect( mode );
				await client.ready();
				await kit.control( 'faults', {
					kind: 'error',
					path: '/postal-address',
					count: 1,
				} );
				const all = await addresses( client, 3 );
				const doubtful = all.filter( ( one ) => ! one.ok );
				expect( doubtful ).toMatchObject( [
					{ failure: { kind: 'retry', outcomeUnknown: true } },
				] );
			} );

			test( 'a message that was not worked on was not executed', async () => {
				const { client } = connect( mode );
				await client.ready();
				await kit.control( 'faults', {
					kind: 'throttled',
					path: '/postal-address',
					count: 1,
				} );
				const all = await addresses( client, 3 );
				expect( all.filter( ( one ) => ! one.ok ) ).toMatchObject( [
					{ failure: { kind: 'retry', outcomeUnknown: false } },
				] );
			} );

			test( 'a batch that is too many was not executed', async () => {
				const { client } = connect( mode );
				await client.ready();
				await kit.control( 'faults', {
					kind: 'throttled',
					path: '/multi-message',
					count: 1,
				} );
				for ( const one of await addresses( client, 3 ) ) {
					expect( one ).toMatchObject( {
						failure: { cause: 'throttled', outcomeUnknown: false },
					} );
				}
			} );
		}
	);

	test( 'two hundred writes at once are twenty requests, and none is lost', async () => {
		const { client } = connect( 'sequential' );
		await client.ready();
		const ids: number[] = [];
		const requests = await requestsOf( async () => {
			ids.push( ...( await addresses( client, 200 ) ).map( valueOf ) );
		} );
		expect( new Set( ids ).size ).toBe( 200 );
		expect( requests ).toHaveLength( 20 );
		expect( client.requests() ).toBe( 20 );
	} );
} );
