/**
 * The command line's contract, §4: the ledger's commands about orders and problems.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
	began,
	expectDocument,
	expectError,
	expectOrders,
	expectSummaries,
} from './contract/documents.ts';
import { openOrderScene, type OrderScene } from './contract/order-scene.ts';

let scene: OrderScene;
let stage: OrderScene[ 'stage' ];
beforeAll( async () => {
	scene = await openOrderScene();
	stage = scene.stage;
} );
afterAll( async () => {
	await scene.end();
} );

const cli: OrderScene[ 'program' ][ 'cli' ] = ( ...given ) =>
	scene.program.cli( ...given );
const sell: OrderScene[ 'sell' ] = ( ...given ) => scene.sell( ...given );
const soldOrders: OrderScene[ 'soldOrders' ] = ( ...given ) =>
	scene.soldOrders( ...given );
const setting: OrderScene[ 'setting' ] = ( ...given ) =>
	scene.setting( ...given );

const DAY = 24 * 60 * 60 * 1000;
const dayAt = ( moment: number ): string =>
	new Date( moment ).toISOString().slice( 0, 10 );
/** Whatever the day is in the shop's zone. */
const RECENTLY = `--from ${ dayAt( Date.now() - DAY ) } --to ${ dayAt( Date.now() + DAY ) }`;

describe( 'problems', () => {
	test( 'are listed with what, why and what to do, and are retried by id or all at once', async () => {
		await setting( 'orders.payments={"stripe":"CARD"}' );
		const ids = [
			await sell( { paymentMethod: 'paypal' } ),
			await sell( { paymentMethod: 'paypal' } ),
			await sell( { paymentMethod: 'paypal' } ),
		];
		expectOrders( await cli( `orders push ${ ids.join( ' ' ) }` ), 3 );
		const ours = async () => {
			const list = expectDocument(
				'problemList',
				await cli( 'problems list' )
			);
			expect( list.total ).toBe( list.items.length );
			return list.items.filter( ( { subject } ) =>
				ids.some( ( id ) => subject === `order:${ id }` )
			);
		};
		const problems = await ours();
		expect( problems ).toHaveLength( 3 );
		for ( const problem of problems ) {
			expect( problem ).toMatchObject( {
				connection: 'main',
				code: 'payment-unmapped',
				field: 'orders.payments',
				cause: expect.any( String ),
				fix: expect.any( String ),
			} );
		}
		expect(
			expectDocument( 'status', await cli( 'status' ) ).problems
		).toBeGreaterThanOrEqual( 3 );

		// Nothing changed: the problem comes back, under the same id.
		const of = ( id: number ) =>
			problems.find( ( { subject } ) => subject === `order:${ id }` )?.id;
		const [ first ] = ids;
		expect(
			expectDocument(
				'retried',
				await cli( `problems retry ${ of( first! ) }` )
			)
		).toEqual( { retried: 1 } );
		await cli( 'status --wait-idle' );
		expect( await ours() ).toHaveLength( 3 );

		await setting( 'orders.payments={"stripe":"CARD","paypal":"PAYPAL"}' );
		await cli( 'problems retry --all' );
		await cli( 'status --wait-idle' );
		expect( await ours() ).toEqual( [] );
		for ( const id of ids ) {
			expect(
				expectDocument( 'order', await cli( `orders show ${ id }` ) )
			).toMatchObject( { state: 'synced', problem: null } );
		}
		expectError(
			await cli( 'problems retry 999999' ),
			6,
			'unknown-problem'
		);
		await setting( 'orders.payments={"*":"CARD"}' );
	} );
} );

describe( 'orders hold, release, ignore', () => {
	test( 'an order that is not in the ledger is fetched and entered first', async () => {
		const [ held, ignored ] = [ await sell(), await sell() ];
		const [ hold ] = began(
			expectSummaries( await cli( `orders hold ${ held }` ) )
		);
		expect( hold ).toMatchObject( {
			orderId: held,
			number: String( held ),
			state: 'held',
			salesOrderId: null,
			problem: null,
		} );
		const [ ignore ] = began(
			expectSummaries( await cli( `orders ignore ${ ignored }` ) )
		);
		expect( ignore?.state ).toBe( 'ignored' );

		began(
			expectOrders( await cli( `orders push ${ held } ${ ignored }` ) )
		);
		await cli( 'status --wait-idle' );
		expect( [
			...( await soldOrders( held ) ),
			...( await soldOrders( ignored ) ),
		] ).toEqual( [] );
		expect(
			expectDocument( 'order', await cli( `orders show ${ held }` ) )
				.state
		).toBe( 'held' );
		expect(
			expectDocument( 'order', await cli( `orders show ${ ignored }` ) )
				.state
		).toBe( 'ignored' );

		const released = began(
			expectSummaries(
				await cli( `orders release ${ held } ${ ignored }` )
			)
		);
		expect( released.map( ( { orderId } ) => orderId ) ).toEqual( [
			held,
			ignored,
		] );
		await cli( 'status --wait-idle' );
		expect( await soldOrders( held ) ).toHaveLength( 1 );
	} );

	test( 'an order the shop does not have is exit 6, the others are done', async () => {
		const id = await sell();
		const results = expectSummaries(
			await cli( `orders hold 999999 ${ id }` ),
			6
		);
		expect( results ).toMatchObject( [
			{ orderId: 999999, error: { code: 'unknown-order' } },
			{ orderId: id, state: 'held' },
		] );
	} );
} );

describe( 'orders list and show', () => {
	test( 'pages by cursor, newest first, every order once', async () => {
		const all = expectDocument(
			'orderList',
			await cli( 'orders list --limit 1000' )
		);
		expect( all.items ).toHaveLength( all.total );
		expect( all.nextCursor ).toBeNull();
		expect( all.total ).toBeGreaterThan( 5 );
		const limit = Math.ceil( all.total / 3 );
		const pages = [];
		let cursor: string | null = null;
		do {
			const page: typeof all = expectDocument(
				'orderList',
				await cli( [
					'orders',
					'list',
					'--limit',
					String( limit ),
					...( cursor === null ? [] : [ '--cursor', cursor ] ),
				] )
			);
			expect( page.total ).toBe( all.total );
			pages.push( page.items );
			cursor = page.nextCursor;
		} while ( cursor !== null );
		expect( pages.map( ( { length } ) => length ) ).toEqual( [
			limit,
			limit,
			all.total - 2 * limit,
		] );
		expect( pages.flat() ).toEqual( all.items );
		expectError(
			await cli( 'orders list --cursor nonsense' ),
			2,
			'invalid-cursor'
		);
		expectError( await cli( 'orders list --limit 0' ), 2, 'invalid-input' );
	} );

	test( 'chooses by state and by time', async () => {
		const [ all, synced, later ] = await Promise.all( [
			cli( 'orders list --limit 1000' ),
			cli( 'orders list --limit 1000 --state synced' ),
			cli( 'orders list --since 2999-01-01T00:00:00Z' ),
		] );
		const { items } = expectDocument( 'orderList', all );
		expect( expectDocument( 'orderList', synced ).items ).toEqual(
			items.filter( ( { state } ) => state === 'synced' )
		);
		expect( expectDocument( 'orderList', later ) ).toEqual( {
			items: [],
			total: 0,
			nextCursor: null,
		} );
		const { connections } = expectDocument(
			'status',
			await cli( 'status' )
		);
		const counted: Record< string, number > = {};
		for ( const { state } of items ) {
			counted[ state ] = ( counted[ state ] ?? 0 ) + 1;
		}
		expect( connections[ 0 ]?.orders ).toEqual( counted );
	} );

	test( 'an order nobody knows, or of no connection, is exit 6', async () => {
		expectError( await cli( 'orders show 999999' ), 6, 'unknown-order' );
		expectError(
			await cli( 'orders list --connection other' ),
			6,
			'unknown-connection'
		);
	} );
} );

describe( 'orders backfill', () => {
	test( 'counts, pushes what is not there yet, and tells how far it is', async () => {
		const id = await sell();
		const line = `orders backfill ${ RECENTLY }`;
		const before = await stage.brightpearl.lastRequest();
		const dry = expectDocument(
			'backfill',
			await cli( `${ line } --dry-run` )
		);
		// What other tests have pushed is there already.
		expect( dry.total ).toBeGreaterThan( 0 );
		expect( dry.total + ( dry.there ?? 0 ) ).toBeGreaterThan( 5 );
		expect(
			( await stage.brightpearl.requests( before ) ).filter(
				( { method } ) => method !== 'GET'
			)
		).toEqual( [] );
		expect( await soldOrders( id ) ).toEqual( [] );

		const result = expectDocument(
			'backfill',
			await cli( `${ line } --wait` )
		);
		expect( result ).toMatchObject( {
			state: 'done',
			total: dry.total,
			problems: 0,
			remaining: 0,
		} );
		expect( result.id ).toBeGreaterThan( 0 );
		expect( await soldOrders( id ) ).toHaveLength( 1 );
		expect(
			expectDocument(
				'backfill',
				await cli( `orders backfill show ${ result.id }` )
			)
		).toEqual( result );
		const none = expectDocument(
			'backfill',
			await cli(
				'orders backfill --from 2020-01-01 --to 2020-01-31 --wait'
			)
		);
		expect( none ).toMatchObject( {
			state: 'done',
			total: 0,
			remaining: 0,
		} );
	} );

	test( 'can be cancelled: what is pushed stays, the rest does not follow', async () => {
		const ids = [
			await sell(),
			await sell(),
			await sell(),
			await sell(),
			await sell(),
			await sell(),
			await sell(),
			await sell(),
		];
		await stage.brightpearl.fault( {
			kind: 'slow',
			ms: 8000,
			path: '/contact-service/contact-search',
		} );
		const { id, state } = expectDocument(
			'backfill',
			await cli( `orders backfill ${ RECENTLY }` )
		);
		expect( state ).toBe( 'running' );
		const cancelled = expectDocument(
			'backfill',
			await cli( `orders backfill cancel ${ id }` )
		);
		expect( cancelled.state ).toBe( 'cancelled' );
		expectDocument( 'status', await cli( 'status --wait-idle' ) );
		await stage.brightpearl.clearFaults();
		const pushed = await Promise.all( ids.map( soldOrders ) );
		expect( pushed.flat().length ).toBeLessThan( ids.length );
		expect(
			expectDocument(
				'backfill',
				await cli( `orders backfill show ${ id }` )
			).state
		).toBe( 'cancelled' );
		expectError(
			await cli( 'orders backfill show 999999' ),
			6,
			'unknown-backfill'
		);
		expectError(
			await cli( 'orders backfill cancel 999999' ),
			6,
			'unknown-backfill'
		);
	} );
} );

describe( 'orders sweep', () => {
	test( 'of a connection that is not live scans and queues nothing', async () => {
		expect(
			expectDocument( 'sweep', await cli( 'orders sweep --wait' ) )
		).toMatchObject( { scanned: 0, queued: 0, cursor: null } );
		expect(
			expectDocument(
				'sweep',
				await cli( 'orders sweep --since 2026-01-01T00:00:00Z --deep' )
			)
		).toMatchObject( { scanned: 0, queued: 0 } );
	} );

	test( 'finds what no webhook told of, from where the last one ended', async () => {
		const goLive = new Date( Date.now() - 3_600_000 ).toISOString();
		await setting( `goLive=${ goLive }` );
		const id = await sell();
		const first = expectDocument(
			'sweep',
			await cli( 'orders sweep --wait' )
		);
		expect( first.scanned ).toBeGreaterThan( 5 );
		expect( first.queued ).toBeGreaterThanOrEqual( 1 );
		expect( first.cursor ).not.toBeNull();
		expect( await soldOrders( id ) ).toHaveLength( 1 );
		const second = expectDocument(
			'sweep',
			await cli( 'orders sweep --deep' )
		);
		expect( Date.parse( second.since! ) ).toBeLessThanOrEqual(
			Date.parse( first.cursor! )
		);
		const given = expectDocument(
			'sweep',
			await cli( 'orders sweep --since 2999-01-01T00:00:00+01:00' )
		);
		expect( given ).toMatchObject( {
			scanned: 0,
			queued: 0,
			since: '2998-12-31T23:00:00.000Z',
		} );
		const { connections } = expectDocument(
			'status',
			await cli( 'status' )
		);
		expect( connections[ 0 ] ).toMatchObject( {
			live: true,
			sweep: { at: expect.any( String ), cursor: expect.any( String ) },
		} );
	} );
} );

describe( 'without --json', () => {
	test( 'every command that reads answers in words, with nothing on stderr', async () => {
		const { items } = expectDocument(
			'orderList',
			await cli( 'orders list --state synced --limit 1' )
		);
		const id = items[ 0 ]?.orderId;
		const lines = [
			'status',
			'connection list',
			'connection show main',
			'connection check main',
			'settings get',
			'settings get goLive',
			'orders list',
			`orders show ${ id }`,
			`orders push ${ id }`,
			`orders push ${ id } --dry-run`,
			'orders sweep',
			'orders backfill show 1',
			'stock explain OSB-01',
			'stock pull --sku OSB-01',
			'problems list',
		];
		await Promise.all(
			lines.map( async ( line ) => {
				const result = await cli( line, { text: true } );
				expect( {
					line,
					code: result.code,
					stderr: result.stderr,
				} ).toEqual( {
					line,
					code: 0,
					stderr: '',
				} );
				expect( result.stdout ).toMatch( /\S/ );
				expect( result.stdout ).not.toMatch( /undefined|NaN|\[object/ );
			} )
		);
	} );
} );
