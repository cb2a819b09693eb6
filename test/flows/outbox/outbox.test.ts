/** The plugin's outbox: read on a nudge, at start and from time to time; nothing of it is lost. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HOUR } from '../../../src/contracts/primitives.ts';
import {
	createBridgeScene,
	type BridgeScene,
} from '../../helpers/bridge-scene.ts';
import type { FakePlugin, OutboxRow } from '../../helpers/fake-plugin.ts';

let scene: BridgeScene;
let shop: FakePlugin;

beforeEach( async () => {
	scene = await createBridgeScene();
	shop = await scene.shop();
	await scene.connect( 'main', shop );
	await scene.pair( shop, 'main' );
	await scene.until( () => reads().length > 0 );
	shop.asked.length = 0;
} );
afterEach( () => scene.close() );

const reads = () =>
	shop.asked.filter( ( asked ) => asked.startsWith( 'GET sidecar/outbox' ) );
const row = (
	id: number,
	objectId: number,
	kind: OutboxRow[ 'kind' ] = 'order'
): OutboxRow => ( { id, kind, objectId, at: 1_790_000_000 } );
const isRead = ( ...ids: number[] ) =>
	scene.until( () => ids.every( ( id ) => shop.orderReads.includes( id ) ) );
const problems = async () =>
	(
		(
			await scene.run( 'problemsList', {
				connection: 'main',
				limit: null,
			} )
		).body as {
			items?: { code: string; message: string }[];
		}
	 ).items ?? [];

test( 'a nudge has it read, with one request and its acknowledgement', async () => {
	shop.rows = [
		row( 4, 100 ),
		row( 5, 101 ),
		row( 7, 100 ),
		row( 8, 55, 'product' ),
	];
	const answer = await shop.call( 'POST', '/v1/nudge', {} );
	expect( answer ).toMatchObject( { status: 200, body: { ok: true } } );
	await isRead( 100, 101 );
	await scene.until( () => shop.rows.length === 0 );
	expect( shop.asked ).toEqual( [
		'GET sidecar/outbox?after=0&limit=5000',
		'POST sidecar/outbox/ack',
	] );
	expect( shop.orderReads ).not.toContain( 55 );
} );

test( 'a nudge without a body is one too', async () => {
	expect( ( await shop.call( 'POST', '/v1/nudge' ) ).status ).toBe( 200 );
	await scene.until( () => reads().length === 1 );
} );

test( 'ids in a nudge make tasks, though they stand in no outbox', async () => {
	await shop.call( 'POST', '/v1/nudge', { orders: [ 200, 201 ] } );
	await isRead( 200, 201 );
} );

test( 'it is read page by page, and each page is acknowledged', async () => {
	shop.rows = Array.from( { length: 5001 }, ( _, nth ) =>
		row( nth + 1, 300 + ( nth % 2 ) )
	);
	await shop.call( 'POST', '/v1/nudge', {} );
	await scene.until( () => shop.rows.length === 0 );
	expect( shop.asked ).toEqual( [
		'GET sidecar/outbox?after=0&limit=5000',
		'POST sidecar/outbox/ack',
		'GET sidecar/outbox?after=5000&limit=5000',
		'POST sidecar/outbox/ack',
	] );
} );

test( 'what an hour without the sidecar left is taken at its start, with one request', async () => {
	await scene.restart( { begin: false } );
	shop.rows = Array.from( { length: 60 }, ( _, nth ) =>
		row( nth + 1, 400 + nth )
	);
	scene.forward( HOUR );
	await scene.restart();
	const started = Date.now();
	await scene.until( () => shop.rows.length === 0 );
	await isRead( 400, 459 );
	expect( Date.now() - started ).toBeLessThan( 5000 );
	expect( reads() ).toHaveLength( 1 );
} );

test( 'a restart within the interval reads it all the same', async () => {
	await scene.restart();
	await scene.until( () => reads().length > 0 );
} );

test( 'a connection still to be filled in takes its orders and keeps them', async () => {
	const other = await scene.shop( '/two' );
	await scene.pair( other, null );
	other.rows = [ row( 1, 500 ) ];
	await other.call( 'POST', '/v1/nudge', {} );
	await scene.until( () => other.rows.length === 0 );
	other.consumerKeys.add( 'ck_late' );
	await other.call( 'PUT', '/v1/store', {
		consumerKey: 'ck_late',
		consumerSecret: 'cs_late',
	} );
	await scene.run( 'connectionEdit', {
		name: other.connection,
		change: {
			brightpearl: {
				account: 'late',
				apiDomain: 'http://127.0.0.1:1',
				sandbox: true,
				auth: {
					type: 'private-app',
					appRef: 'late_app',
					accountToken: 'token',
				},
			},
		},
	} );
	await scene.until( () => other.orderReads.includes( 500 ) );
} );

describe( 'a plugin that refuses', () => {
	test.each( [
		[
			404,
			{ code: 'rest_no_route', message: 'No route.' },
			'switched off',
		],
		[ 503, { code: 'down', message: 'Down.' }, 'cannot be reached' ],
	] )(
		'with %i is told once it lasts, and its rows are read when it answers again',
		async ( status, body, words ) => {
			shop.rows = [ row( 1, 600 ) ];
			shop.failure = { status, body };
			await shop.call( 'POST', '/v1/nudge', {} );
			await scene.until( () => reads().length === 1 );
			expect( await problems() ).toEqual( [] );
			await scene.until( async () => ( await problems() ).length > 0 );
			const [ told ] = await problems();
			expect( told?.code ).toBe( 'plugin-unreachable' );
			expect( JSON.stringify( told ) ).toContain( words );
			shop.failure = null;
			await isRead( 600 );
			await scene.until( async () => ( await problems() ).length === 0 );
		},
		20_000
	);
} );

test( 'after a rotation whose answer was lost the plugin is called with the key it knows', async () => {
	const [ old ] = shop.keys;
	await shop.rotate();
	shop.keys = [ old! ];
	shop.rows = [ row( 1, 700 ) ];
	await shop.call( 'POST', '/v1/nudge', {} );
	await isRead( 700 );
} );

test( 'no address of the shop is asked twice: what a page cache kept is never read', async () => {
	for ( const times of [ 1, 2 ] ) {
		await shop.call( 'POST', '/v1/nudge', {} );
		await scene.until( () => reads().length >= times );
	}
	const addresses = shop.addresses.filter( ( address ) =>
		address.includes( 'outbox?' )
	);
	expect( addresses.length ).toBeGreaterThan( 1 );
	expect( new Set( addresses ).size ).toBe( addresses.length );
} );
