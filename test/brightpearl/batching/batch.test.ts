import { describe, expect, test } from '@jest/globals';
import type { Call, Sent } from '../../../src/brightpearl/transport/call.ts';
import { brightpearlConfigSchema } from '../../../src/contracts/connection.ts';
import type { HttpOutcome } from '../../../src/contracts/world.ts';
import { createBatchKit, done, payments, type Write } from './batch-kit.ts';
import {
	answer,
	createMemoryCache,
	createMemoryTokens,
	lost,
	settled,
	unreachable,
} from '../world.ts';

const bodies = ( sent: readonly Sent[] ) =>
	sent.map( ( one ) => ( one.kind === 'answer' ? one.body : one ) );
const orderOf = ( { body }: Write ) => ( body as { orderId: number } ).orderId;
const refused = ( message: string ) => ( {
	status: 400,
	body: { errors: [ { code: 'ACCC-001', message } ] },
} );
const HOUR = 3_600_000;

describe( 'writes that wait together', () => {
	test( 'leave in one request, each with its own answer, the batch’s request id and time', async () => {
		const kit = createBatchKit( {
			write: ( write ) => done( 900 + orderOf( write ) ),
		} );
		const sent = await kit.sendAll( payments( 10 ) );
		expect( kit.requests ).toHaveLength( 1 );
		expect( kit.requests[ 0 ] ).toMatchObject( {
			method: 'POST',
			url: 'https://euw1.brightpearlconnect.com/public-api/acmeshop/multi-message',
			headers: { 'content-type': 'application/json' },
			timeout: 120_000,
		} );
		expect( kit.batches[ 0 ] ).toMatchObject( {
			processingMode: 'SEQUENTIAL',
			onFail: 'CONTINUE',
		} );
		expect( bodies( sent ) ).toEqual(
			Array.from( { length: 10 }, ( _none, at ) => ( {
				response: 901 + at,
			} ) )
		);
		expect( sent[ 3 ] ).toMatchObject( { ruid: 'ruid-1' } );
		expect( kit.counted() ).toBe( 1 );
		expect( kit.counts ).toEqual( {
			'brightpearl_requests main order batch': 1,
			'brightpearl_messages main batched': 10,
		} );
	} );

	test( 'are more than ten: several requests; one alone is a call of its own after 15 ms', async () => {
		const kit = createBatchKit();
		const start = kit.clock.now();
		const sent = await kit.sendAll( payments( 21 ) );
		expect( sent.every( ( { kind } ) => kind === 'answer' ) ).toBe( true );
		expect(
			kit.batches.map( ( { messages } ) => messages.length )
		).toEqual( [ 10, 10 ] );
		expect(
			kit.writes.filter( ( { batched } ) => ! batched )
		).toHaveLength( 1 );
		expect( kit.times ).toEqual( [ start, start, start + 15 ] );
		expect( kit.counts ).toMatchObject( {
			'brightpearl_requests main order write': 1,
			'brightpearl_messages main single': 1,
			'brightpearl_messages main batched': 20,
		} );
	} );

	test( 'come from all lanes, the most urgent first', async () => {
		const kit = createBatchKit();
		const ask = ( lane: 'person' | 'order' | 'backfill', n: number ) =>
			kit.batcher.ask( lane, () => {} )( payments( 1, n )[ 0 ] as Call );
		const all = [
			ask( 'backfill', 1 ),
			ask( 'order', 2 ),
			ask( 'person', 3 ),
		];
		await kit.clock.runTo( kit.clock.now() + 20 );
		await settled();
		expect( kit.writes.map( orderOf ) ).toEqual( [ 3, 2, 1 ] );
		expect( kit.counts ).toMatchObject( {
			'brightpearl_requests main person batch': 1,
		} );
		await kit.clock.runTo( kit.clock.now() + 20 );
		expect( bodies( await Promise.all( all ) ) ).toEqual( [
			{ response: 3 },
			{ response: 2 },
			{ response: 1 },
		] );
	} );

	test( 'join a batch that waits for room in the budget', async () => {
		const figures = {
			'brightpearl-requests-remaining': '0',
			'brightpearl-next-throttle-period': '3000',
		};
		const kit = createBatchKit( { headers: figures } );
		await kit.sendAll( payments( 1 ) );
		const ask = kit.batcher.ask( 'order', () => {} );
		const all: Promise< Sent >[] = [];
		for ( let at = 0; at < 8; at++ ) {
			all.push( ask( payments( 1, 10 + at )[ 0 ] as Call ) );
			await kit.clock.runTo( kit.clock.now() + 200 );
		}
		expect( kit.requests ).toHaveLength( 1 );
		await kit.clock.runTo( kit.clock.now() + 3000 );
		expect(
			kit.batches.map( ( { messages } ) => messages.length )
		).toEqual( [ 8 ] );
		expect( ( await Promise.all( all ) )[ 7 ]?.kind ).toBe( 'answer' );
	} );

	test( 'that find no room go back unsent', async () => {
		const kit = createBatchKit( {
			headers: {
				'brightpearl-requests-remaining': '0',
				'brightpearl-next-throttle-period': '40000',
			},
		} );
		await kit.sendAll( payments( 1 ) );
		const ask = kit.batcher.ask( 'order', () => {} );
		const sent = Promise.all(
			payments( 3, 5 ).map( ( call ) => ask( call ) )
		);
		await kit.clock.runTo( kit.clock.now() + 1000 );
		kit.budgets.close();
		for ( const one of await sent ) {
			expect( one ).toMatchObject( {
				kind: 'failed',
				failure: {
					kind: 'retry',
					cause: 'busy',
					outcomeUnknown: false,
				},
			} );
		}
		expect( kit.requests ).toHaveLength( 1 );
	} );

	test( 'leave alone where they want to, have headers, or are no POST, PUT or DELETE', async () => {
		const kit = createBatchKit();
		await kit.sendAll( [
			{ method: 'GET', path: '/x/1' },
			{ method: 'PATCH', path: '/x/1', body: [] },
			{
				method: 'POST',
				path: '/x/2',
				body: {},
				headers: { 'if-match': '3' },
			},
			{ method: 'POST', path: '/x/3', body: {}, batch: false },
		] );
		expect( kit.batches ).toEqual( [] );
		expect( kit.requests ).toHaveLength( 4 );
		expect( kit.requests[ 2 ]?.headers[ 'if-match' ] ).toBe( '3' );
		expect( kit.counts ).toMatchObject( {
			'brightpearl_requests main order read': 1,
			'brightpearl_requests main order write': 3,
			'brightpearl_messages main single': 3,
		} );
	} );

	test( 'and concern one order stay in order: in one sequential batch, in two parallel ones', async () => {
		const calls: Call[] = [
			{
				method: 'POST',
				path: '/accounting-service/customer-payment',
				body: { orderId: 7 },
			},
			{
				method: 'POST',
				path: '/warehouse-service/order/7/reservation/warehouse/2',
				body: {},
			},
			...payments( 2, 20 ),
		];
		const sequential = createBatchKit();
		await sequential.sendAll( calls );
		expect(
			sequential.batches.map( ( { messages } ) =>
				messages.map( ( { uri } ) => uri.split( '/' )[ 2 ] )
			)
		).toEqual( [
			[
				'customer-payment',
				'order',
				'customer-payment',
				'customer-payment',
			],
		] );

		const parallel = createBatchKit( { mode: 'parallel' } );
		await parallel.sendAll( calls );
		expect( parallel.batches.map( ( one ) => one.processingMode ) ).toEqual(
			[ 'PARALLEL' ]
		);
		expect( parallel.writes.map( ( { batched } ) => batched ) ).toEqual( [
			true,
			true,
			true,
			false,
		] );
		expect( parallel.writes[ 3 ]?.path ).toContain( '/order/7/' );
	} );

	test( 'are never batched where that is off, and still keep their order', async () => {
		const kit = createBatchKit( {
			mode: 'off',
			whole: async () => {
				await kit.clock.sleep( 50 );
				return undefined;
			},
		} );
		const start = kit.clock.now();
		const sent = await kit.sendAll( [
			...payments( 1, 7 ),
			{
				method: 'POST',
				path: '/warehouse-service/order/7/reservation/warehouse/2',
				body: {},
			},
		] );
		expect( kit.batches ).toEqual( [] );
		expect( bodies( sent ) ).toEqual( [
			{ response: 1 },
			{ response: 2 },
		] );
		expect( kit.clock.now() - start ).toBeGreaterThanOrEqual( 100 );
	} );
} );

describe( 'one message among others', () => {
	test( 'fails alone, and is judged as a call of its own is', async () => {
		const told = [
			done( 1 ),
			refused( 'no such method' ),
			{ status: 409, body: { response: 'there already' } },
			{ status: 500, body: { errors: [ { code: 'CMNU-003' } ] } },
			{ status: 503, body: { response: 'unavailable' } },
			{ status: 200, body: {} },
		];
		const kit = createBatchKit( {
			write: ( _write, n ) => told[ n - 1 ] ?? done( 0 ),
		} );
		const sent = await kit.sendAll( payments( 6 ) );
		expect( kit.requests ).toHaveLength( 1 );
		expect( sent ).toMatchObject( [
			{ kind: 'answer', body: { response: 1 } },
			{
				kind: 'failed',
				status: 400,
				failure: {
					kind: 'hold',
					ruid: 'ruid-1',
					problem: {
						message:
							'Brightpearl refused POST /accounting-service/customer-payment: ACCC-001 no such method',
					},
				},
			},
			{ kind: 'failed', status: 409, failure: { kind: 'hold' } },
			{
				kind: 'failed',
				failure: { kind: 'retry', outcomeUnknown: true },
			},
			{
				kind: 'failed',
				failure: { kind: 'retry', outcomeUnknown: true },
			},
			{ kind: 'answer', body: {} },
		] );
		expect(
			kit.log.filter( ( { level } ) => level === 'warn' )
		).toHaveLength( 4 );
		expect( kit.log.at( -1 )?.fields ).toMatchObject( {
			path: '/accounting-service/customer-payment',
			ruid: 'ruid-1',
			batched: true,
		} );
	} );

	test( 'all fail alike: their shared status changes nothing, and it is no outage', async () => {
		for ( const status of [ 400, 404, 409, 500, 503 ] ) {
			const kit = createBatchKit( {
				write: () => ( {
					status,
					body: { errors: [ { code: 'ACCC-001', message: 'no' } ] },
				} ),
			} );
			for ( let turn = 0; turn < 6; turn++ ) {
				const sent = await kit.sendAll( payments( 2 ) );
				expect( sent ).toMatchObject( [
					{ status, failure: { kind: 'hold' } },
					{ status, failure: { kind: 'hold' } },
				] );
			}
			// Nobody concluded that batches are not taken.
			expect( kit.batches ).toHaveLength( 6 );
			expect( kit.pool.guard.wait() ).toBeNull();
		}
	} );

	test( 'that was too many stops the pool once, and was not executed', async () => {
		const kit = createBatchKit( {
			write: ( _write, n ) =>
				n === 1
					? done( 1 )
					: {
							status: 503,
							body: { response: 'too many requests' },
						},
			headers: {
				'brightpearl-requests-remaining': '0',
				'brightpearl-next-throttle-period': '12000',
			},
		} );
		const [ first, ...others ] = await kit.sendAll( payments( 4 ) );
		expect( first?.kind ).toBe( 'answer' );
		for ( const one of others ) {
			expect( one ).toMatchObject( {
				failure: {
					cause: 'throttled',
					after: 12_000,
					outcomeUnknown: false,
				},
			} );
		}
		expect( kit.counts[ 'brightpearl_throttled acmeshop|private' ] ).toBe(
			1
		);
		expect( kit.pool.budget.view().refused ).toBe( 1 );
	} );

	test( 'left undone is tried again; one told nothing of is looked for', async () => {
		const kit = createBatchKit( {
			whole: () =>
				answer( 207, {
					response: {
						processedMessages: [
							{
								label: 'm2',
								statusCode: 200,
								body: { content: '{"response":5}' },
							},
						],
						unprocessedMessages: [ 'm1' ],
					},
				} ),
		} );
		expect( await kit.sendAll( payments( 3 ) ) ).toMatchObject( [
			{ failure: { kind: 'retry', outcomeUnknown: false } },
			{ kind: 'answer', body: { response: 5 } },
			{ failure: { kind: 'retry', outcomeUnknown: true } },
		] );
		expect( kit.batches ).toHaveLength( 1 );
	} );

	test( 'turned away for its token is sent again by itself', async () => {
		const kit = createBatchKit( {
			write: ( { batched }, n ) =>
				batched && n === 2
					? { status: 401, body: { response: 'expired' } }
					: done( n ),
		} );
		expect( bodies( await kit.sendAll( payments( 3 ) ) ) ).toEqual( [
			{ response: 1 },
			{ response: 4 },
			{ response: 3 },
		] );
	} );

	test( 'never quotes a secret it was told, escaped in a text in a text', async () => {
		const kit = createBatchKit( {
			write: ( _write, n ) =>
				n === 1 ? done( 1 ) : refused( 'you sent ACCOUNT-TOKEN-1234' ),
		} );
		const sent = await kit.sendAll( payments( 2 ) );
		expect( JSON.stringify( [ sent, kit.log ] ) ).not.toContain(
			'ACCOUNT-TOKEN'
		);
	} );
} );

describe( 'a batch as a whole', () => {
	test( 'without an answer leaves every outcome unknown; never sent, none', async () => {
		for ( const [ outcome, unknown ] of [
			[ lost, true ],
			[ answer( 200, '{"response":{"processed' ), true ],
			[ answer( 503, '<html>down</html>' ), true ],
			[ unreachable, false ],
		] as const ) {
			const kit = createBatchKit( { whole: () => outcome } );
			const sent = await kit.sendAll( payments( 3 ) );
			expect( kit.requests ).toHaveLength( 1 );
			for ( const one of sent ) {
				expect( one ).toMatchObject( {
					failure: {
						kind: 'retry',
						cause: 'outage',
						outcomeUnknown: unknown,
					},
				} );
			}
			expect( kit.counts[ 'brightpearl_outages main' ] ).toBe( 1 );
		}
	} );

	test( 'that was too many was not executed', async () => {
		const kit = createBatchKit( {
			whole: () =>
				answer(
					503,
					{ response: 'You have sent too many requests.' },
					{ 'brightpearl-next-throttle-period': '9000' }
				),
		} );
		for ( const one of await kit.sendAll( payments( 3 ) ) ) {
			expect( one ).toMatchObject( {
				failure: {
					cause: 'throttled',
					after: 9000,
					outcomeUnknown: false,
				},
			} );
		}
		expect( kit.counts[ 'brightpearl_throttled acmeshop|private' ] ).toBe(
			1
		);
	} );

	test( 'with a token that has run out is sent once more with a new one', async () => {
		const config = brightpearlConfigSchema.parse( {
			account: 'acmeshop',
			apiDomain: 'euw1.brightpearlconnect.com',
			auth: {
				type: 'oauth',
				clientId: 'pearl',
				devRef: 'dev1',
				refreshToken: 'REFRESH-1',
			},
		} );
		const tokens = createMemoryTokens( {
			accessToken: 'ACCESS-1',
			refreshToken: 'REFRESH-1',
			expiresAt: '2026-04-20T00:00:00.000Z',
			tokenType: 'Bearer',
			apiDomain: 'euw1.brightpearlconnect.com',
			installationInstanceId: null,
		} );
		const kit = createBatchKit( {
			config,
			tokens,
			whole( { headers, url } ) {
				if ( url.includes( '/token/' ) ) {
					return answer( 200, {
						access_token: 'ACCESS-2',
						refresh_token: 'REFRESH-2',
						expires_in: 604800,
						token_type: 'Bearer',
						api_domain: 'euw1.brightpearlconnect.com',
					} );
				}
				return headers[ 'authorization' ] === 'Bearer ACCESS-2'
					? undefined
					: answer( 401, { response: 'expired' } );
			},
		} );
		const sent = await kit.sendAll( payments( 4 ) );
		expect( sent.every( ( { kind } ) => kind === 'answer' ) ).toBe( true );
		expect( kit.batches ).toHaveLength( 2 );
		expect( kit.batches[ 0 ] ).toEqual( kit.batches[ 1 ] );
		expect( kit.writes ).toHaveLength( 4 );
	} );

	test( 'whose token stays refused holds every member', async () => {
		const kit = createBatchKit( {
			whole: () => answer( 401, { response: 'no' } ),
		} );
		for ( const one of await kit.sendAll( payments( 3 ) ) ) {
			expect( one ).toMatchObject( {
				failure: { problem: { code: 'credentials-brightpearl' } },
			} );
		}
		expect( kit.requests ).toHaveLength( 1 );
	} );

	test( 'a fetch that throws, against its contract, tells every member and frees its place', async () => {
		let broken = true;
		const kit = createBatchKit( {
			whole() {
				if ( broken ) {
					throw new Error( 'defect' );
				}
				return undefined;
			},
		} );
		for ( let turn = 0; turn < 3; turn++ ) {
			await expect( kit.sendAll( payments( 3 ) ) ).rejects.toThrow(
				'defect'
			);
		}
		broken = false;
		expect( ( await kit.sendAll( payments( 3 ) ) )[ 2 ]?.kind ).toBe(
			'answer'
		);
	} );
} );

describe( 'an account that takes no batches', () => {
	const refusals: [ string, HttpOutcome, number ][] = [
		[
			'404',
			answer( 404, {
				errors: [
					{
						code: 'CMNC-404',
						message: 'Cannot find the resource /multi-message',
					},
				],
			} ),
			24 * HOUR,
		],
		[ '403', answer( 403, { response: 'not for this app' } ), 24 * HOUR ],
		[ '405', answer( 405, { response: 'no' } ), 24 * HOUR ],
		[ '501', answer( 501, { response: 'no' } ), 24 * HOUR ],
		[
			'400',
			answer( 400, {
				errors: [ { code: 'CMNC-907', message: 'not available' } ],
			} ),
			HOUR,
		],
		[ '413', answer( 413, { response: 'too large' } ), HOUR ],
	];
	test.each( refusals )(
		'is told by %s: they are sent one by one, and so are those that follow',
		async ( _status, outcome, span ) => {
			const cache = createMemoryCache();
			const options = {
				cache,
				whole: ( _request: unknown, batch: unknown ) =>
					batch === null ? undefined : outcome,
			};
			const kit = createBatchKit( options );
			const start = kit.clock.now();
			const sent = await kit.sendAll( payments( 4 ) );
			expect( bodies( sent ) ).toEqual(
				[ 1, 2, 3, 4 ].map( ( response ) => ( { response } ) )
			);
			expect( kit.requests ).toHaveLength( 5 );
			await kit.sendAll( payments( 4 ) );
			expect( kit.batches ).toHaveLength( 1 );
			expect( kit.requests ).toHaveLength( 9 );
			expect( kit.counted() ).toBe( 9 );
			expect(
				kit.log.filter( ( { message } ) =>
					/no batches/.test( message )
				)
			).toHaveLength( 1 );

			// After a restart too.
			const again = createBatchKit( options );
			await again.sendAll( payments( 2 ) );
			expect( again.batches ).toHaveLength( 0 );

			// And it is tried again some day.
			kit.clock.set( start + span + 1000 );
			await kit.sendAll( payments( 2 ) );
			expect( kit.batches ).toHaveLength( 2 );
			expect( kit.pool.guard.wait() ).toBeNull();
		}
	);

	test( 'keeps the order of what concerns one order', async () => {
		const kit = createBatchKit( {
			whole: async ( _request, batch ) => {
				if ( batch ) {
					return answer( 404, { response: 'no' } );
				}
				await kit.clock.sleep( 30 );
				return undefined;
			},
		} );
		const calls: Call[] = [ 'a', 'b', 'c' ].map( ( name ) => ( {
			method: 'POST',
			path: `/order-service/order/7/${ name }`,
			body: {},
		} ) );
		expect( bodies( await kit.sendAll( calls ) ) ).toEqual( [
			{ response: 1 },
			{ response: 2 },
			{ response: 3 },
		] );
	} );

	test( 'lets a slow first write of one order hold up the second, and no other order', async () => {
		let at: number | null = null;
		const told: string[] = [];
		const kit = createBatchKit( {
			write: ( { path }, n ) => {
				told.push( path );
				return done( n );
			},
			whole: async ( request, batch ) => {
				if ( batch ) {
					return answer( 404, { response: 'no' } );
				}
				if ( request.url.endsWith( '/order/7/first' ) ) {
					at = kit.clock.now();
					await kit.clock.sleep( 300 );
				}
				return undefined;
			},
		} );
		const calls: Call[] = [ '7/first', '7/second', '8/other' ].map(
			( path ) => ( {
				method: 'POST',
				path: `/order-service/order/${ path }`,
				body: {},
			} )
		);
		await kit.sendAll( calls );
		expect( told ).toEqual( [
			'/order-service/order/8/other',
			'/order-service/order/7/first',
			'/order-service/order/7/second',
		] );
		expect( kit.times.at( -1 ) ).toBe( ( at ?? 0 ) + 300 );
	} );

	test( 'may also answer what nobody understands: then what was sent is unknown, and the next go singly', async () => {
		for ( const outcome of [
			answer( 404, '<html>not found</html>' ),
			answer( 405, '<html>no</html>' ),
			answer( 200, {
				response: {
					processedMessages: [
						{ label: '?', statusCode: 200, body: {} },
					],
				},
			} ),
		] ) {
			const kit = createBatchKit( {
				whole: ( _request, batch ) => ( batch ? outcome : undefined ),
			} );
			for ( const one of await kit.sendAll( payments( 2 ) ) ) {
				expect( one ).toMatchObject( {
					failure: { outcomeUnknown: true },
				} );
			}
			expect(
				( await kit.sendAll( payments( 2 ) ) ).map(
					( { kind } ) => kind
				)
			).toEqual( [ 'answer', 'answer' ] );
			expect( kit.batches ).toHaveLength( 1 );
		}
	} );

	test( 'or stumble over every batch: after three they go singly', async () => {
		const kit = createBatchKit( {
			whole: ( _request, batch ) =>
				batch
					? answer( 500, {
							errors: [ { code: 'CMNU-003', message: 'oops' } ],
						} )
					: undefined,
		} );
		for ( let turn = 0; turn < 3; turn++ ) {
			for ( const one of await kit.sendAll( payments( 2 ) ) ) {
				expect( one ).toMatchObject( {
					failure: { outcomeUnknown: true },
				} );
			}
		}
		expect( ( await kit.sendAll( payments( 2 ) ) )[ 0 ]?.kind ).toBe(
			'answer'
		);
		expect( kit.batches ).toHaveLength( 3 );
	} );

	test( 'is not concluded from an outage', async () => {
		let down = true;
		const kit = createBatchKit( {
			whole: () => ( down ? lost : undefined ),
		} );
		for ( let turn = 0; turn < 4; turn++ ) {
			await kit.sendAll( payments( 2 ) );
		}
		down = false;
		await kit.sendAll( payments( 2 ) );
		expect( kit.batches ).toHaveLength( 5 );
	} );

	test( 'is remembered as well as can be where the cache fails', async () => {
		const cache = {
			...createMemoryCache(),
			put: () => Promise.reject( new Error( 'disk full' ) ),
		};
		const kit = createBatchKit( {
			cache,
			whole: ( _request, batch ) =>
				batch ? answer( 404, { response: 'no' } ) : undefined,
		} );
		const sent = await kit.sendAll( payments( 2 ) );
		expect( sent.every( ( { kind } ) => kind === 'answer' ) ).toBe( true );
		await kit.sendAll( payments( 2 ) );
		expect( kit.batches ).toHaveLength( 1 );
	} );
} );

describe( 'closing', () => {
	test( 'sends those who wait for company away, unsent', async () => {
		const kit = createBatchKit();
		const ask = kit.batcher.ask( 'order', () => {} );
		const all = payments( 2 ).map( ( call ) => ask( call ) );
		await settled();
		kit.batcher.close();
		for ( const one of await Promise.all( all ) ) {
			expect( one ).toMatchObject( {
				failure: { cause: 'busy', outcomeUnknown: false },
			} );
		}
		expect( kit.requests ).toHaveLength( 0 );
		expect( kit.clock.sleepers() ).toBe( 0 );
	} );
} );
