/** The keys of the shop's API and the secret of its webhooks, as the plugin hands them over. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HOUR, MINUTE } from '../../../src/contracts/primitives.ts';
import {
	createBridgeScene,
	type BridgeScene,
} from '../../helpers/bridge-scene.ts';
import type { Answered, FakePlugin } from '../../helpers/fake-plugin.ts';

let scene: BridgeScene;
let shop: FakePlugin;

async function begin( publicUrl: string | null = null ): Promise< void > {
	scene = await createBridgeScene( { publicUrl } );
	shop = await scene.shop();
	await scene.connect( 'main', shop );
	await scene.pair( shop, 'main' );
}
beforeEach( () => begin() );
afterEach( () => scene.close() );

const refusalOf = ( { status, body }: Answered ) => [
	status,
	( body[ 'error' ] as { code?: string } | undefined )?.code,
];
const put = ( body: unknown ) => shop.call( 'PUT', '/v1/store', body );
const keyTail = async () =>
	(
		( await scene.run( 'connectionShow', { name: 'main' } ) ).body as {
			store?: { keyTail?: string };
		}
	 ).store?.keyTail;

describe( 'keys', () => {
	test( 'are kept when the shop answers to them', async () => {
		shop.consumerKeys.add( 'ck_of_the_plugin' );
		const answer = await put( {
			consumerKey: 'ck_of_the_plugin',
			consumerSecret: 'cs_of_the_plugin',
			keyId: 12,
		} );
		expect( answer ).toMatchObject( {
			status: 200,
			body: { ok: true, connection: 'main' },
		} );
		expect( await keyTail() ).toBe( 'ugin' );
	} );

	test( 'are refused in the words of the shop when it does not', async () => {
		const answer = await put( {
			consumerKey: 'ck_of_another',
			consumerSecret: 'cs_of_another',
			keyId: 12,
		} );
		expect( refusalOf( answer ) ).toEqual( [ 422, 'credentials-store' ] );
		expect( JSON.stringify( answer.body ) ).toContain(
			'Consumer key is invalid'
		);
		expect( await keyTail() ).toBe( 'main' );
	} );

	test( 'are refused when the shop cannot be reached', async () => {
		await shop.stop();
		const answer = await put( {
			consumerKey: 'ck_a',
			consumerSecret: 'cs_a',
		} );
		expect( refusalOf( answer ) ).toEqual( [ 422, 'store-unreachable' ] );
		await shop.start();
		expect( await keyTail() ).toBe( 'main' );
	} );

	test.each( [
		[ 'a line end', 'cs_of\r\nHost: elsewhere' ],
		[ 'a space', ' cs_of_the_plugin' ],
		[ 'no end', 'x'.repeat( 900_000 ) ],
		[ 'nothing', '' ],
	] )( 'with %s are none', async ( _, secret ) => {
		shop.consumerKeys.add( 'ck_of_the_plugin' );
		for ( const body of [
			{ consumerKey: 'ck_of_the_plugin', consumerSecret: secret },
			{ webhookSecret: secret.padEnd( 16, '\n' ) },
		] ) {
			expect( refusalOf( await put( body ) ) ).toEqual( [
				400,
				'bad-request',
			] );
		}
		expect( await keyTail() ).toBe( 'main' );
	} );

	test( 'that come while the connection is changed do not undo the change', async () => {
		shop.consumerKeys.add( 'ck_slow_key' );
		const wait = shop.hold();
		const putting = put( {
			consumerKey: 'ck_slow_key',
			consumerSecret: 'cs_slow',
		} );
		await wait.reached;
		await scene.run( 'connectionRemove', { name: 'main' } );
		wait.go();
		expect( refusalOf( await putting ) ).toEqual( [ 404, 'not-found' ] );
		expect(
			await scene.run( 'connectionShow', { name: 'main' } )
		).toMatchObject( { exit: 6 } );
	} );

	test( 'go together', async () => {
		expect( refusalOf( await put( { consumerKey: 'ck_alone' } ) ) ).toEqual(
			[ 400, 'bad-request' ]
		);
	} );

	test( 'fill in a connection that a pairing made', async () => {
		const other = await scene.shop( '/two' );
		await scene.pair( other, null );
		other.consumerKeys.add( 'ck_filled_in' );
		const { status } = await other.call( 'PUT', '/v1/store', {
			consumerKey: 'ck_filled_in',
			consumerSecret: 'cs_filled_in',
		} );
		expect( status ).toBe( 200 );
		const { body } = await scene.run( 'connectionShow', {
			name: other.connection,
		} );
		expect( body ).toMatchObject( { store: { keyTail: 'd_in' } } );
	} );

	test( 'are in no log', async () => {
		await put( { consumerKey: 'ck_logged', consumerSecret: 'cs_logged' } );
		expect( scene.log() ).not.toMatch( /[ck]s?_logged/ );
	} );
} );

describe( 'the webhook secret', () => {
	const OLD = 'the-webhook-secret-of-main';
	const NEW = 'a-new-secret-of-the-plugin';

	test( 'is replaced, and the one before is good for an hour', async () => {
		await put( { webhookSecret: NEW, webhookIds: [ 1, 2, 3, 4 ] } );
		// Sent again after a lost answer: that must not end the old one.
		await put( { webhookSecret: NEW, webhookIds: [ 1, 2, 3, 4 ] } );
		const status = async ( secret: string ) =>
			( await shop.deliver( 5, { secret } ) ).status;
		expect( [ await status( NEW ), await status( OLD ) ] ).toEqual( [
			200, 200,
		] );
		expect( await status( 'neither' ) ).toBe( 401 );
		scene.forward( HOUR + MINUTE );
		expect( [ await status( NEW ), await status( OLD ) ] ).toEqual( [
			200, 401,
		] );
	} );

	test( 'stays when only keys come', async () => {
		shop.consumerKeys.add( 'ck_more' );
		await put( { consumerKey: 'ck_more', consumerSecret: 'cs_more' } );
		expect( ( await shop.deliver( 5, { secret: OLD } ) ).status ).toBe(
			200
		);
	} );
} );

describe( 'an approval in WooCommerce', () => {
	const CALLBACK = 'https://bridge.example/pearl/oauth/woocommerce';
	const ask = async () => {
		const { body } = await shop.call(
			'POST',
			'/v1/store/authorization',
			{}
		);
		return body as { state: string; callbackUrl: string | null };
	};
	const callBack = ( change: Record< string, unknown > ) =>
		fetch( `${ scene.url }/oauth/woocommerce`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify( {
				key_id: 3,
				consumer_key: 'ck_approved',
				consumer_secret: 'cs_approved',
				key_permissions: 'read_write',
				...change,
			} ),
		} ).then( ( { status } ) => status );

	beforeEach( async () => {
		await scene.close();
		await begin( 'https://bridge.example/pearl' );
		shop.consumerKeys.add( 'ck_approved' );
	} );

	test( 'brings its keys to the public address, once', async () => {
		const { state, callbackUrl } = await ask();
		expect( callbackUrl ).toBe( CALLBACK );
		expect( ( await shop.call( 'GET', '/v1/ping' ) ).body ).toMatchObject( {
			webhookUrl:
				'https://bridge.example/pearl/webhooks/woocommerce/main',
		} );
		expect( state ).toMatch( /^[0-9a-f]{32,}$/ );
		expect( await callBack( { user_id: state } ) ).toBe( 200 );
		expect( await keyTail() ).toBe( 'oved' );
		expect( await callBack( { user_id: state } ) ).toBe( 404 );
	} );

	test( 'is not believed when nobody asked for it, or too late', async () => {
		expect( await callBack( { user_id: '0'.repeat( 48 ) } ) ).toBe( 404 );
		const { state } = await ask();
		scene.forward( 10 * MINUTE );
		expect( await callBack( { user_id: state } ) ).toBe( 404 );
		expect( await keyTail() ).toBe( 'main' );
	} );

	test( 'is refused when the shop does not take the key, and WooCommerce deletes it', async () => {
		const { state } = await ask();
		expect(
			await callBack( { user_id: state, consumer_key: 'ck_foreign' } )
		).toBe( 422 );
		expect( await keyTail() ).toBe( 'main' );
	} );

	test( 'is refused when it may only read', async () => {
		const { state } = await ask();
		expect(
			await callBack( { user_id: state, key_permissions: 'read' } )
		).toBe( 400 );
	} );

	test( 'goes through the shop where the sidecar has no public https address', async () => {
		await scene.close();
		await begin();
		expect( await ask() ).toMatchObject( { callbackUrl: null } );
	} );
} );

describe( 'a delivery of a paired shop', () => {
	const secret = 'the-webhook-secret-of-main';
	const problems = async () =>
		(
			(
				await scene.run( 'problemsList', {
					connection: 'main',
					limit: null,
				} )
			).body as {
				items?: { code: string }[];
			}
		 ).items?.map( ( { code } ) => code );

	test( 'that is signed v1 must fit, and is good once', async () => {
		const good = await shop.deliver( 5, { secret, signed: true } );
		expect( good.status ).toBe( 200 );
		expect(
			(
				await shop.deliver( 5, {
					secret,
					signed: true,
					headers: {
						'x-bridge-signature': `v1=${ Buffer.alloc( 32 ).toString( 'base64' ) }`,
					},
				} )
			).status
		).toBe( 401 );
		expect(
			(
				await shop.deliver( 5, {
					secret,
					headers: { 'x-bridge-key': 'pk_only_this' },
				} )
			).status
		).toBe( 401 );
	} );

	test( 'that is sent again byte for byte is refused', async () => {
		const { sign } = await import( '../../../src/signing/signature.ts' );
		const headers = sign(
			shop.keys[ 0 ]!,
			{
				method: 'POST',
				path: '/webhooks/woocommerce/main',
				body: Buffer.from( JSON.stringify( { id: 5 } ) ),
			},
			{ now: scene.clock.now(), nonce: new Uint8Array( 16 ).fill( 3 ) }
		);
		const again = async () =>
			( await shop.deliver( 5, { secret, headers } ) ).status;
		expect( [ await again(), await again() ] ).toEqual( [ 200, 401 ] );
	} );

	test( 'signed with the key of another connection is refused', async () => {
		const other = await scene.shop( '/two' );
		await scene.pair( other, null );
		const { sign } = await import( '../../../src/signing/signature.ts' );
		const headers = sign(
			other.keys[ 0 ]!,
			{
				method: 'POST',
				path: '/webhooks/woocommerce/main',
				body: Buffer.from( JSON.stringify( { id: 5 } ) ),
			},
			{ now: scene.clock.now(), nonce: new Uint8Array( 16 ).fill( 4 ) }
		);
		expect( ( await shop.deliver( 5, { secret, headers } ) ).status ).toBe(
			401
		);
	} );

	test.each( [
		[
			'of another scheme',
			( home: string ) => home.replace( 'http:', 'https:' ),
		],
		[ 'in the folder of a language', ( home: string ) => `${ home }/en/` ],
	] )(
		'from the paired host is taken, be its source %s',
		async ( _, sourceOf ) => {
			await shop.deliver( 71, { secret, source: sourceOf( shop.home ) } );
			await scene.until( () => shop.orderReads.includes( 71 ) );
			expect( await problems() ).not.toContain( 'site-moved' );
		}
	);

	test( 'that our plugin has signed is taken, whatever address a language plugin gives the site', async () => {
		await shop.deliver( 72, {
			secret,
			source: 'https://fr.shop.example/',
			signed: true,
		} );
		await scene.until( () => shop.orderReads.includes( 72 ) );
		expect( await problems() ).not.toContain( 'site-moved' );
	} );

	test( 'from another port of the host is another site’s', async () => {
		const other = await scene.shop( '/two' );
		await shop.deliver( 73, { secret, source: other.home } );
		expect( await problems() ).toContain( 'site-moved' );
	} );

	test( 'from a copy of the site is answered, and nothing is done for it', async () => {
		const answer = await shop.deliver( 77, {
			secret,
			source: 'https://staging.example/',
		} );
		expect( answer.status ).toBe( 200 );
		await shop.deliver( 78, { secret } );
		await scene.until( () => shop.orderReads.includes( 78 ) );
		expect( shop.orderReads ).not.toContain( 77 );
		expect( await problems() ).toContain( 'site-moved' );
	} );
} );

describe( 'a shop that has moved', () => {
	const secret = 'the-webhook-secret-of-main';

	test( 'says so, and its deliveries are believed again', async () => {
		const moved = await scene.shop( '/moved' );
		moved.consumerKeys.add( 'ck_shop_main' );
		moved.siteId = shop.siteId;
		moved.keys = shop.keys;
		moved.connection = 'main';
		await moved.deliver( 91, { secret } );
		expect( moved.orderReads ).toEqual( [] );

		const answer = await moved.call( 'POST', '/v1/moved', {
			siteId: moved.siteId,
			storeUrl: moved.home,
		} );
		expect( answer ).toMatchObject( {
			status: 200,
			body: { connection: 'main' },
		} );
		await moved.deliver( 92, { secret } );
		await scene.until( () => moved.orderReads.includes( 92 ) );
		const { body } = await scene.run( 'connectionShow', { name: 'main' } );
		expect( body ).toMatchObject( {
			store: { url: moved.home },
			// Orders are found again by it.
			settings: { orders: { refPrefix: '127-0-0-1' } },
		} );
		expect(
			(
				await scene.run( 'problemsList', {
					connection: 'main',
					limit: null,
				} )
			).body
		).toMatchObject( { total: 0 } );
	} );

	test( 'is asked at its new address before it is believed', async () => {
		const answer = await shop.call( 'POST', '/v1/moved', {
			siteId: shop.siteId,
			storeUrl: 'http://127.0.0.1:1',
		} );
		expect( refusalOf( answer ) ).toEqual( [ 422, 'move-not-confirmed' ] );
		// Nor does it learn what listens in the sidecar's network.
		const other = await scene.shop( '/two' );
		expect(
			(
				await shop.call( 'POST', '/v1/moved', {
					siteId: shop.siteId,
					storeUrl: other.home,
				} )
			).body
		).toEqual( answer.body );
		expect( scene.log() ).toContain( 'was not confirmed' );
	} );

	async function movedTo( path: string ): Promise< FakePlugin > {
		const moved = await scene.shop( path );
		moved.consumerKeys.add( 'ck_shop_main' );
		moved.siteId = shop.siteId;
		moved.keys = shop.keys;
		moved.connection = 'main';
		return moved;
	}
	const move = ( moved: FakePlugin ) =>
		moved.call( 'POST', '/v1/moved', {
			siteId: moved.siteId,
			storeUrl: moved.home,
		} );

	test( 'leaves settings alone that were saved while it was asked', async () => {
		const moved = await movedTo( '/moved' );
		const wait = moved.hold();
		const moving = move( moved );
		await wait.reached;
		await scene.run( 'settingsSet', {
			connection: 'main',
			changes: [ { key: 'orders.delay', text: '7m' } ],
		} );
		wait.go();
		expect( ( await moving ).status ).toBe( 200 );
		expect(
			( await scene.run( 'connectionShow', { name: 'main' } ) ).body
		).toMatchObject( {
			store: { url: moved.home },
			settings: { orders: { delay: '7m' } },
		} );
	} );

	test( 'does not bring back a connection that was removed meanwhile', async () => {
		const moved = await movedTo( '/moved' );
		const wait = moved.hold();
		const moving = move( moved );
		await wait.reached;
		await scene.run( 'connectionRemove', { name: 'main' } );
		wait.go();
		expect( refusalOf( await moving ) ).toEqual( [ 404, 'not-found' ] );
		expect(
			await scene.run( 'connectionShow', { name: 'main' } )
		).toMatchObject( { exit: 6 } );
	} );

	test( 'does not bring back a pairing that was ended meanwhile', async () => {
		const moved = await movedTo( '/moved' );
		const wait = moved.hold();
		const moving = move( moved );
		await wait.reached;
		await scene.run( 'connectionUnpair', { name: 'main' } );
		wait.go();
		expect( refusalOf( await moving ) ).toEqual( [ 404, 'not-found' ] );
		expect(
			( await scene.run( 'connectionShow', { name: 'main' } ) ).body
		).toMatchObject( { paired: null, store: { url: shop.home } } );
	} );

	test( 'does not take the address of another connection, nor another site’s place', async () => {
		const other = await scene.shop( '/two' );
		await scene.connect( 'other', other );
		const taken = await shop.call( 'POST', '/v1/moved', {
			siteId: shop.siteId,
			storeUrl: `${ other.home }/`,
		} );
		expect( refusalOf( taken ) ).toEqual( [ 409, 'known-site' ] );
		expect( JSON.stringify( taken.body ) ).not.toMatch( /other/ );
		expect(
			refusalOf(
				await shop.call( 'POST', '/v1/moved', {
					siteId: other.siteId,
					storeUrl: shop.home,
				} )
			)
		).toEqual( [ 409, 'known-site' ] );
	} );
} );
