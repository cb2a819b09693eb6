/**
 * Two shops paired with one sidecar: no key sees, moves or counts anything of the other, tried
 * from both sides with everything a key may ask.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
	CONSOLE_OPERATIONS,
	type ConsoleOperationName,
} from '../../src/contracts/console.ts';
import {
	createBridgeScene,
	type BridgeScene,
} from '../helpers/bridge-scene.ts';
import type { Answered, FakePlugin } from '../helpers/fake-plugin.ts';

interface Side {
	readonly name: string;
	shop: FakePlugin;
	/** An order of its own, which the other has not. */
	readonly order: number;
}

let scene: BridgeScene;
const north: Side = { name: 'north', order: 770011, shop: null as never };
const south: Side = { name: 'south', order: 880022, shop: null as never };

beforeAll( async () => {
	scene = await createBridgeScene();
	for ( const side of [ north, south ] ) {
		side.shop = await scene.shop( `/${ side.name }` );
		await scene.connect( side.name, side.shop );
		await scene.pair( side.shop, side.name );
		await side.shop.call( 'POST', '/v1/nudge', { orders: [ side.order ] } );
		await scene.until( () => side.shop.orderReads.includes( side.order ) );
		await trouble( side );
	}
}, 30_000 );
afterAll( () => scene.close() );

/** A problem of its own: a copy of the shop delivers. */
async function trouble( { name, shop }: Side ): Promise< void > {
	await shop.deliver( 1, {
		secret: `the-webhook-secret-of-${ name }`,
		source: `https://copy-of-${ name }.example/`,
	} );
}

async function problemIds( { name }: Side ): Promise< number[] > {
	const { body } = await scene.run( 'problemsList', {
		connection: name,
		limit: null,
	} );
	return ( body as unknown as { items: { id: number }[] } ).items.map(
		( { id } ) => id
	);
}

const ask = (
	{ shop }: Side,
	name: string,
	input: unknown
): Promise< Answered > =>
	shop.call( 'POST', `/v1/console/${ name }`, { input, timeout: 2000 } );

const INPUTS: Partial<
	Record< ConsoleOperationName, ( of: Side ) => object >
> = {
	ordersShow: ( { order } ) => ( { orderId: order } ),
	ordersCompare: ( { order } ) => ( { orderId: order } ),
	ordersPush: ( { order } ) => ( { orderIds: [ order ] } ),
	ordersDecide: ( { order } ) => ( {
		orderIds: [ order ],
		decision: 'hold',
	} ),
	stockRunShow: () => ( { runId: 1 } ),
	stockExplain: () => ( { sku: 'MUG-1' } ),
	problemsRetry: () => ( { ids: null } ),
	settingsSave: () => ( { settings: {}, revision: 0 } ),
	connectionEdit: () => ( { change: {} } ),
	connectionConsentState: () => ( { state: 'none' } ),
	connectionAuthorize: () => ( { code: 'none' } ),
};
const names = Object.keys( CONSOLE_OPERATIONS ) as ConsoleOperationName[];
const bound = names.filter(
	( name ) => CONSOLE_OPERATIONS[ name ].bound !== null
);
const unbound = names.filter(
	( name ) => CONSOLE_OPERATIONS[ name ].bound === null
);

describe.each( [
	[ 'north', 'south' ],
	[ 'south', 'north' ],
] )( '%s', ( mine, other ) => {
	const self = () => ( mine === 'north' ? north : south );
	const them = () => ( other === 'north' ? north : south );

	test.each( bound )( 'asks %s for itself only', async ( name ) => {
		const field = CONSOLE_OPERATIONS[ name ].bound ?? '';
		const input = INPUTS[ name ]?.( self() ) ?? {};
		const foreign = await ask( self(), name, {
			...input,
			[ field ]: other,
		} );
		expect( foreign ).toMatchObject( {
			status: 403,
			body: { error: { code: 'foreign-connection' } },
		} );
		for ( const own of [ undefined, null, mine ] ) {
			const answer = await ask( self(), name, {
				...input,
				[ field ]: own,
			} );
			expect( answer.status ).toBe( 200 );
			const text = JSON.stringify( answer.body );
			expect( text ).not.toContain( other );
			expect( text ).not.toContain( them().shop.siteId );
			expect( text ).not.toContain( String( them().order ) );
			expect( answer.body[ 'exit' ] ).not.toBe( 1 );
		}
	} );

	test.each( unbound )( 'has no %s', async ( name ) => {
		const answer = await ask( self(), name, { name: mine } );
		expect( answer ).toMatchObject( {
			status: 404,
			body: { error: { code: 'not-found' } },
		} );
	} );

	test.each( [ 'settingsSet', 'settingsGet', 'login', '__proto__' ] )(
		'has no %s, which is for no console',
		async ( name ) => {
			expect( ( await ask( self(), name, {} ) ).status ).toBe( 404 );
		}
	);

	test( 'counts its own problems and tasks', async () => {
		await trouble( them() );
		const { body } = await ask( self(), 'status', {} );
		expect( body ).toMatchObject( {
			exit: 0,
			body: {
				problems: ( await problemIds( self() ) ).length,
				connections: [ { name: mine } ],
			},
		} );
	} );

	test( 'does not retry a problem of the other by its id', async () => {
		await trouble( them() );
		const before = await problemIds( them() );
		expect( before ).not.toEqual( [] );
		const answer = await ask( self(), 'problemsRetry', { ids: before } );
		expect( answer.body ).toMatchObject( {
			exit: 6,
			body: { error: { code: 'unknown-problem' } },
		} );
		expect( await problemIds( them() ) ).toEqual( before );
	} );

	test( 'does not find an order of the other', async () => {
		const { body } = await ask( self(), 'ordersList', {
			search: String( them().order ),
		} );
		expect( body ).toMatchObject( { exit: 0, body: { total: 0 } } );
	} );

	test( 'reads its own events, and a cursor of the other is unknown to it', async () => {
		const begin = async ( { shop }: Side ) =>
			String(
				( await shop.call( 'GET', '/v1/events' ) ).body[ 'cursor' ]
			);
		const [ own, theirs ] = [
			await begin( self() ),
			await begin( them() ),
		];
		// Something happens there, and nothing here.
		await scene.run( 'connectionEdit', { name: other, change: {} } );
		const after = async ( { shop }: Side, cursor: string ) =>
			( await shop.call( 'GET', `/v1/events?after=${ cursor }` ) ).body;
		const foreign = ( await after( self(), own ) )[ 'items' ] as {
			connection: string;
		}[];
		expect(
			foreign.filter( ( { connection } ) => connection !== mine )
		).toEqual( [] );
		expect( JSON.stringify( await after( them(), theirs ) ) ).toContain(
			other
		);
		expect( await after( self(), theirs ) ).toMatchObject( {
			reset: true,
			items: [],
		} );
	} );

	test( 'nudges its own shop only', async () => {
		const seen = them().shop.orderReads.length;
		const asked = them().shop.asked.length;
		self().shop.orderReads.length = 0;
		await self().shop.call( 'POST', '/v1/nudge', {
			orders: [ them().order ],
		} );
		await scene.until( () =>
			self().shop.orderReads.includes( them().order )
		);
		expect( them().shop.orderReads ).toHaveLength( seen );
		expect(
			them()
				.shop.asked.slice( asked )
				.filter( ( one ) => ! one.startsWith( 'GET sidecar/outbox' ) )
		).toEqual( [] );
	} );

	test( 'stores keys of its own shop only', async () => {
		const shown = () => scene.run( 'connectionShow', { name: other } );
		const before = await shown();
		self().shop.consumerKeys.add( `ck_new_${ mine }` );
		const { status } = await self().shop.call( 'PUT', '/v1/store', {
			consumerKey: `ck_new_${ mine }`,
			consumerSecret: 'cs_new',
			connection: other,
			name: other,
		} );
		expect( status ).toBe( 200 );
		expect( await shown() ).toEqual( before );
	} );

	test( 'does not use up an idempotency key of the other', async () => {
		const once = ( { shop }: Side ) =>
			shop.call( 'POST', '/v1/console/problemsRetry', {
				input: { ids: null },
				timeout: 1000,
				idempotencyKey: 'the-very-same-click',
			} );
		const own = await once( self() );
		expect( await once( self() ) ).toMatchObject( { body: own.body } );
		const { body } = await once( them() );
		expect( JSON.stringify( body ) ).not.toContain( mine );
	} );

	const kept = ( secret: unknown ) => ( {
		store: { consumerKey: secret },
	} );
	test.each< [ string, object, string ] >( [
		[ 'a file', kept( { file: '/etc/hostname' } ), 'store.consumerKey' ],
		[ 'a variable', kept( { env: 'HOME' } ), 'store.consumerKey' ],
		[
			'a file for Brightpearl',
			{
				brightpearl: {
					auth: {
						type: 'private-app',
						accountToken: { file: '/etc/hostname' },
					},
				},
			},
			'brightpearl.auth.accountToken',
		],
		[
			'a sandbox',
			{ brightpearl: { sandbox: true } },
			'brightpearl.sandbox',
		],
		[
			'an address on this machine',
			{ brightpearl: { apiDomain: 'http://127.0.0.1:9' } },
			'brightpearl.apiDomain',
		],
		[
			'an address on this machine for OAuth',
			{ brightpearl: { oauthUrl: 'http://127.0.0.1:9/token' } },
			'brightpearl.oauthUrl',
		],
	] )( 'cannot name %s', async ( _, change, path ) => {
		const before = await scene.run( 'connectionShow', { name: mine } );
		const { status, body } = await ask( self(), 'connectionEdit', {
			change,
		} );
		expect( [ status, body ] ).toMatchObject( [
			200,
			{ exit: 2, body: { error: { details: [ { path } ] } } },
		] );
		expect( await scene.run( 'connectionShow', { name: mine } ) ).toEqual(
			before
		);
	} );

	test( 'does not send what is kept to another host of Brightpearl', async () => {
		const { body } = await ask( self(), 'connectionEdit', {
			change: {
				brightpearl: { apiDomain: 'euw1.brightpearlconnect.com' },
			},
		} );
		expect( body ).toMatchObject( {
			exit: 2,
			body: {
				error: {
					details: [ { path: 'brightpearl.auth.accountToken' } ],
				},
			},
		} );
	} );

	test( 'fills in its own keys as text, and keeps the sandbox it has', async () => {
		const edited = await ask( self(), 'connectionEdit', {
			change: {
				store: { consumerSecret: `cs_${ mine }` },
				brightpearl: {
					auth: { type: 'private-app', accountToken: 'token' },
				},
			},
		} );
		expect( edited.body ).toMatchObject( {
			exit: 0,
			body: { brightpearl: { apiDomain: 'http://127.0.0.1:1' } },
		} );
	} );

	test( 'rotates its own keys, and the other’s stay good', async () => {
		await self().shop.rotate();
		for ( const { shop } of [ self(), them() ] ) {
			expect( ( await shop.call( 'GET', '/v1/ping' ) ).status ).toBe(
				200
			);
		}
	} );
} );

test( 'a pairing that ends leaves the other as it is', async () => {
	await north.shop.call( 'POST', '/v1/revoke', {} );
	expect( ( await north.shop.call( 'GET', '/v1/ping' ) ).status ).toBe( 401 );
	expect( ( await south.shop.call( 'GET', '/v1/ping' ) ).body ).toMatchObject(
		{
			connection: 'south',
		}
	);
} );
