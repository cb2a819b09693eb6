/** Connections that are still to be filled in, and connections that a form changes. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
	connectionRecordSchema,
	type ConnectionEdit,
	type ConnectionRecord,
} from '../../../src/contracts/connection.ts';
import type { OperationName } from '../../../src/contracts/operations.ts';
import { taskKey } from '../../../src/contracts/queue.ts';
import { anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
beforeEach( async () => {
	scene = await createOrderScene();
} );
afterEach( () => scene.close() );

/** What a pairing makes. */
const BEGUN: ConnectionRecord = connectionRecordSchema.parse( {
	name: 'second',
	store: {
		type: 'woocommerce',
		url: 'https://second.example.test',
		consumerKey: null,
		consumerSecret: null,
		webhookSecret: 'the-secret-of-the-plugin',
	},
	brightpearl: null,
	settings: {
		goLive: '2026-01-01T00:00:00Z',
		orders: {
			tax: [
				{ percent: '20', code: 'T20' },
				{ percent: '0', code: 'T0' },
			],
			payments: { stripe: 'CARD' },
		},
	},
} );

const KEYS: ConnectionEdit[ 'store' ] = {
	consumerKey: 'ck_0123456789abcdef',
	consumerSecret: 'cs_0123456789abcdef',
};
const ACCOUNT: ConnectionEdit[ 'brightpearl' ] = {
	account: 'acme',
	apiDomain: 'euw1.brightpearlconnect.com',
	auth: { type: 'private-app', appRef: 'acme_test', accountToken: 'token' },
};

const edit = ( name: string, change: ConnectionEdit ) =>
	scene.run( 'connectionEdit', { name, change } );

async function pair( name: string ): Promise< void > {
	const { pairings } = scene.database;
	await pairings.save( {
		connection: name,
		siteId: '0b0d5f5e-7e0e-4b8e-9f43-0f6f5a5f2b11',
		storeUrl: 'https://second.example.test',
		pluginVersion: '1.0.0',
		wpVersion: '7.1',
		wcVersion: '11.0.1',
		wooKeyId: null,
		webhookIds: [],
		since: '2026-07-01T00:00:00.000Z',
	} );
	await pairings.putKey( {
		keyId: 'key-1',
		connection: name,
		secret: new Uint8Array( 32 ),
		slot: 'current',
		createdAt: '2026-07-01T00:00:00.000Z',
		expiresAt: null,
	} );
}

describe( 'one that is still to be filled in', () => {
	beforeEach( () => scene.put( BEGUN ) );

	test( 'is shown with what it has, and who it is paired with', async () => {
		await pair( 'second' );
		const { body } = await scene.run( 'connectionShow', {
			name: 'second',
		} );
		expect( body ).toMatchObject( {
			name: 'second',
			live: false,
			store: { url: 'https://second.example.test', keyTail: null },
			brightpearl: null,
			paired: {
				siteId: '0b0d5f5e-7e0e-4b8e-9f43-0f6f5a5f2b11',
				keyId: 'key-1',
				since: '2026-07-01T00:00:00.000Z',
			},
		} );
		const list = await scene.run( 'connectionList', {} );
		expect( list.body ).toMatchObject( {
			items: [ { name: 'main' }, { name: 'second' } ],
		} );
	} );

	test( 'is paused, and says what is missing', async () => {
		const { body } = await scene.run( 'status', {
			connection: 'second',
			waitIdle: false,
		} );
		expect( body ).toMatchObject( {
			connections: [
				{
					name: 'second',
					live: false,
					health: 'paused',
					why: 'Still to be filled in: store.consumerKey, store.consumerSecret, brightpearl.',
				},
			],
		} );
	} );

	test( 'its settings, orders and problems can be looked at', async () => {
		const connection = 'second';
		const asked = [
			await scene.run( 'settingsShow', { connection } ),
			await scene.run( 'settingsGet', { connection, key: 'goLive' } ),
			await scene.run( 'settingsSet', {
				connection,
				changes: [ { key: 'orders.delay', text: '1m' } ],
			} ),
			await scene.run( 'ordersList', {
				connection,
				state: null,
				since: null,
				until: null,
				search: null,
				customer: null,
				problem: null,
				limit: 10,
				cursor: null,
			} ),
			await scene.run( 'problemsList', { connection, limit: null } ),
			await scene.run( 'activity', { connection, span: 'day' } ),
			await scene.run( 'stockRuns', {
				connection,
				limit: 10,
				cursor: null,
			} ),
		];
		expect( asked.map( ( { exit } ) => exit ) ).toEqual(
			asked.map( () => 0 )
		);
	} );

	test.each< [ OperationName, object ] >( [
		[ 'ordersPush', { orderIds: [ 1 ], dryRun: false, wait: true } ],
		[ 'ordersCompare', { orderId: 1 } ],
		[ 'ordersSweep', { since: null, deep: false, wait: false } ],
		[ 'stockPull', { skus: null, dryRun: false } ],
		[ 'stockExplain', { sku: 'MUG' } ],
		[ 'choices', { fresh: false } ],
	] )( '%s is refused with what is missing', async ( name, input ) => {
		const { exit, body } = await scene.run( name, {
			connection: 'second',
			...input,
		} as never );
		expect( exit ).toBe( 2 );
		expect( body ).toMatchObject( {
			error: {
				code: 'connection-incomplete',
				message: expect.stringContaining( 'store.consumerKey' ),
				fix: expect.any( String ),
				details: [
					{ path: 'store.consumerKey' },
					{ path: 'store.consumerSecret' },
					{ path: 'brightpearl' },
				],
			},
		} );
	} );

	test( 'an order told of meanwhile is pushed once it is filled in', async () => {
		scene.shop.put( anOrder( { id: 1 } ) );
		scene.start();
		await scene.database.queue.enqueue( [
			{
				key: taskKey( 'second', 'order', 1 ),
				kind: 'order',
				connection: 'second',
			},
		] );
		await scene.rest();
		expect( scene.erp.sales ).toHaveLength( 0 );

		const keys = await edit( 'second', { store: KEYS } );
		expect( keys ).toMatchObject( {
			exit: 0,
			body: { store: { keyTail: 'cdef' }, brightpearl: null },
		} );
		await scene.rest();
		expect( scene.erp.sales ).toHaveLength( 0 );

		const whole = await edit( 'second', { brightpearl: ACCOUNT } );
		expect( whole ).toMatchObject( { exit: 0, body: { live: true } } );
		await scene.rest();
		expect( scene.erp.sales ).toMatchObject( [
			{ externalRef: 'second-example-test-1' },
		] );
	} );

	test( 'a file fills it in as well, and keeps the secret the plugin made', async () => {
		await pair( 'second' );
		const { name, store, settings } = BEGUN;
		const { exit } = await scene.run( 'connectionAdd', {
			replace: true,
			file: {
				name,
				settings,
				store: {
					type: store.type,
					url: store.url,
					consumerKey: 'ck_new',
					consumerSecret: 'cs_new',
				},
				brightpearl: {
					account: 'acme',
					apiDomain: 'euw1.brightpearlconnect.com',
					auth: {
						type: 'private-app',
						appRef: 'acme_test',
						accountToken: 'token',
					},
				},
			},
		} );
		expect( exit ).toBe( 0 );
		const stored = await scene.database.connections.find( 'second' );
		expect( stored?.file?.store.webhookSecret ).toBe(
			'the-secret-of-the-plugin'
		);
	} );

	test( 'it is removed like any other', async () => {
		const { exit } = await scene.run( 'connectionRemove', {
			name: 'second',
		} );
		expect( exit ).toBe( 0 );
		expect( await scene.database.connections.find( 'second' ) ).toBeNull();
	} );
} );

describe( 'one that a form changes', () => {
	test( 'keeps the secrets that are left out, and its ledger', async () => {
		scene.shop.put( anOrder( { id: 1 } ) );
		scene.start();
		await scene.tell( 1 );
		await scene.rest();
		const { exit } = await edit( 'main', {
			store: { webhookSecret: 'another-secret' },
			brightpearl: { auth: { type: 'private-app', appRef: 'acme_new' } },
		} );
		expect( exit ).toBe( 0 );
		const stored = await scene.database.connections.find( 'main' );
		expect( stored?.file ).toMatchObject( {
			store: {
				consumerKey: 'ck_test',
				consumerSecret: 'cs_test',
				webhookSecret: 'another-secret',
			},
			brightpearl: {
				auth: { appRef: 'acme_new', accountToken: 'token' },
			},
		} );
		expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
		expect( scene.events ).toContainEqual( {
			event: 'changed',
			connection: 'main',
			what: 'connection',
		} );
	} );

	test( 'takes deliveries under the earlier webhook secret for a while', async () => {
		await edit( 'main', { store: { webhookSecret: 'first' } } );
		await edit( 'main', { store: { webhookSecret: 'second' } } );
		const stored = await scene.database.connections.find( 'main' );
		expect( stored?.record.store ).toMatchObject( {
			webhookSecret: 'second',
			previousWebhookSecret: {
				secret: 'first',
				until: '2026-07-02T13:00:00.000Z',
			},
		} );
		// The same once more, as a form may send it, does not end that while.
		await edit( 'main', { store: { webhookSecret: 'second' } } );
		const after = await scene.database.connections.find( 'main' );
		expect( after?.record.store ).toEqual( stored?.record.store );
	} );

	test( 'by a file as well', async () => {
		await edit( 'main', { store: { webhookSecret: 'first' } } );
		const { file } = ( await scene.database.connections.find( 'main' ) )!;
		await scene.run( 'connectionAdd', {
			replace: true,
			file: {
				...file!,
				store: { ...file!.store, webhookSecret: 'second' },
			},
		} );
		const stored = await scene.database.connections.find( 'main' );
		expect( stored?.record.store.previousWebhookSecret?.secret ).toBe(
			'first'
		);
	} );

	test( 'needs all secrets of another way to sign in, and hears of every fault', async () => {
		const { exit, body } = await edit( 'main', {
			brightpearl: {
				account: 'NOT AN ACCOUNT',
				apiDomain: 'evil.example.test',
				auth: { type: 'staff-token', appRef: 'acme_test' },
			},
		} );
		expect( exit ).toBe( 2 );
		expect( body ).toMatchObject( {
			error: { code: 'invalid-connection' },
		} );
		const { error } = body as {
			error: { details: { path: string }[] };
		};
		expect( error.details.map( ( { path } ) => path ).sort() ).toEqual( [
			'brightpearl.account',
			'brightpearl.apiDomain',
			'brightpearl.auth.staffToken',
		] );
		const stored = await scene.database.connections.find( 'main' );
		expect( stored?.file?.brightpearl.account ).toBe( 'acme' );
	} );

	test( 'cannot take a prefix that another connection of the account has', async () => {
		await scene.put( BEGUN );
		await edit( 'second', { store: KEYS } );
		const { exit, body } = await edit( 'second', {
			store: { url: 'https://www.shop.example.test' },
			brightpearl: ACCOUNT,
		} );
		expect( exit ).toBe( 2 );
		expect( body ).toMatchObject( { error: { code: 'prefix-taken' } } );
	} );

	test( 'keeps its address while it is paired', async () => {
		await scene.put( BEGUN );
		await pair( 'second' );
		const moved = await edit( 'second', {
			store: { url: 'https://elsewhere.example.test' },
		} );
		expect( moved ).toMatchObject( {
			exit: 2,
			body: {
				error: {
					code: 'store-paired',
					details: [ { path: 'store.url' } ],
				},
			},
		} );
		await scene.database.pairings.remove( 'second' );
		const { exit } = await edit( 'second', {
			store: { url: 'https://elsewhere.example.test' },
		} );
		expect( exit ).toBe( 0 );
	} );

	test( 'forgets the token of another account', async () => {
		const token = {
			accessToken: 'a',
			refreshToken: 'r',
			expiresAt: '2026-08-01T00:00:00.000Z',
			tokenType: 'Bearer',
			apiDomain: null,
			installationInstanceId: null,
		};
		const { connections } = scene.database;
		await connections.saveToken( 'main', token );
		await edit( 'main', { brightpearl: { sandbox: false } } );
		expect( await connections.token( 'main' ) ).toEqual( token );
		await edit( 'main', {
			brightpearl: {
				account: 'other',
				auth: { type: 'private-app', accountToken: 'of-the-other' },
			},
		} );
		expect( await connections.token( 'main' ) ).toBeNull();
		await connections.saveToken( 'main', token );
		await edit( 'main', {
			brightpearl: {
				apiDomain: 'use1.brightpearlconnect.com',
				auth: { type: 'private-app', accountToken: 'once-more' },
			},
		} );
		expect( await connections.token( 'main' ) ).toBeNull();
	} );

	test.each< NonNullable< ConnectionEdit[ 'brightpearl' ] > >( [
		{ account: 'other' },
		{ apiDomain: 'use1.brightpearlconnect.com' },
		{ sandbox: true, apiDomain: 'http://127.0.0.1:1' },
		{ sandbox: true },
		{ oauthUrl: 'https://oauth.brightpearl.com/token' },
		{ account: 'other', auth: { type: 'private-app', appRef: 'new' } },
	] )(
		'sends no secret to another place than before: %j',
		async ( change ) => {
			const before = await scene.database.connections.find( 'main' );
			const { exit, body } = await edit( 'main', {
				brightpearl: change,
			} );
			expect( exit ).toBe( 2 );
			expect( body ).toMatchObject( {
				error: {
					code: 'invalid-connection',
					details: [
						{
							path: 'brightpearl.auth.accountToken',
							message: expect.stringContaining( 'given again' ),
						},
					],
				},
			} );
			expect( await scene.database.connections.find( 'main' ) ).toEqual(
				before
			);
			const again = await edit( 'main', {
				brightpearl: {
					...change,
					auth: { type: 'private-app', accountToken: 'of-the-new' },
				},
			} );
			expect( again.exit ).toBe( 0 );
		}
	);

	test( 'asks for every secret of OAuth again, and forgets its access token', async () => {
		const oauth = {
			type: 'oauth' as const,
			clientId: 'client',
			devRef: 'dev',
			clientSecret: 'secret',
			refreshToken: 'refresh',
			accessToken: 'access',
			expiresAt: '2026-08-01T00:00:00.000Z',
		};
		expect(
			( await edit( 'main', { brightpearl: { auth: oauth } } ) ).exit
		).toBe( 0 );
		const { body } = await edit( 'main', {
			brightpearl: { account: 'other' },
		} );
		const { error } = body as {
			error: { details: { path: string }[] };
		};
		expect( error.details.map( ( { path } ) => path ) ).toEqual( [
			'brightpearl.auth.clientSecret',
			'brightpearl.auth.refreshToken',
		] );
		const given = await edit( 'main', {
			brightpearl: {
				account: 'other',
				auth: { type: 'oauth', clientSecret: 's', refreshToken: 'r' },
			},
		} );
		expect( given.exit ).toBe( 0 );
		const stored = await scene.database.connections.find( 'main' );
		expect( stored?.record.brightpearl?.auth ).toEqual( {
			type: 'oauth',
			clientId: 'client',
			devRef: 'dev',
			clientSecret: 's',
			refreshToken: 'r',
		} );
	} );

	describe( 'whose app or secret changes', () => {
		const OAUTH = {
			type: 'oauth' as const,
			clientId: 'client',
			devRef: 'dev',
			clientSecret: 'secret',
		};
		const TOKEN = {
			accessToken: 'a',
			refreshToken: 'r',
			expiresAt: '2026-08-01T00:00:00.000Z',
			tokenType: 'Bearer',
			apiDomain: 'euw1.brightpearlconnect.com',
			installationInstanceId: 13,
			provenBy: 'digest',
		};
		beforeEach( async () => {
			await edit( 'main', { brightpearl: { auth: OAUTH } } );
			await scene.database.connections.saveToken( 'main', TOKEN );
		} );
		const kept = () => scene.database.connections.token( 'main' );

		test( 'drops the access token, and not the consent', async () => {
			await edit( 'main', {
				brightpearl: { auth: { ...OAUTH, clientSecret: 'rotated' } },
			} );
			expect( await kept() ).toEqual( {
				...TOKEN,
				accessToken: '',
				expiresAt: expect.any( String ),
			} );
		} );

		test( 'the same by a file', async () => {
			const { file } =
				( await scene.database.connections.find( 'main' ) )!;
			const { brightpearl } = file!;
			const replace = ( clientSecret: string ) =>
				scene.run( 'connectionAdd', {
					replace: true,
					file: {
						...file!,
						brightpearl: {
							...brightpearl,
							auth: { ...OAUTH, clientSecret },
						},
					},
				} );
			await replace( 'secret' );
			expect( await kept() ).toEqual( TOKEN );
			await replace( 'rotated' );
			expect( await kept() ).toMatchObject( {
				accessToken: '',
				refreshToken: 'r',
			} );
		} );

		test( 'another app has no instance of the one before', async () => {
			await edit( 'main', {
				brightpearl: { auth: { ...OAUTH, clientId: 'another' } },
			} );
			expect( await kept() ).toMatchObject( {
				accessToken: '',
				refreshToken: 'r',
				installationInstanceId: null,
			} );
		} );

		test( 'anything else leaves the token alone', async () => {
			await edit( 'main', {
				store: KEYS,
				brightpearl: { auth: { ...OAUTH, devRef: 'other' } },
			} );
			expect( await kept() ).toEqual( TOKEN );
		} );
	} );

	test( 'is not made again when it was removed before its turn came', async () => {
		const { locks, connections } = scene.database;
		let editing: ReturnType< typeof edit > | null = null;
		await locks.withLock( 'connection:main', { wait: 1000 }, async () => {
			editing = edit( 'main', { store: { webhookSecret: 'late' } } );
			await connections.remove( 'main' );
		} );
		expect( await editing! ).toMatchObject( {
			exit: 6,
			body: { error: { code: 'unknown-connection' } },
		} );
		expect( await connections.find( 'main' ) ).toBeNull();
	} );

	test( 'is removed in its turn, or what is being written would come back', async () => {
		const { locks, connections } = scene.database;
		let removing: Promise< unknown > | null = null;
		await locks.withLock( 'connection:main', { wait: 1000 }, async () => {
			const stored = ( await connections.find( 'main' ) )!;
			removing = scene.run( 'connectionRemove', { name: 'main' } );
			// All that it would take, were it not to wait.
			await connections.list();
			await connections.list();
			await connections.put( stored.record );
			expect( await connections.find( 'main' ) ).not.toBeNull();
		} );
		expect( await removing! ).toMatchObject( { exit: 0 } );
		expect( await connections.find( 'main' ) ).toBeNull();
	} );
} );
