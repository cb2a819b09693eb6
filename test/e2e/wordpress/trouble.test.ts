import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { ConnectionView, Order } from '../../../src/contracts/answers.ts';
import type { Problem } from '../../../src/contracts/problem.ts';
import { eventually } from '../harness.ts';
import { describeOnWordPress } from './kit/describe.ts';
import { figure } from './kit/figures.ts';
import { noticesOf, type Person } from './kit/person.ts';
import { openShop, type Shop } from './kit/shop.ts';
import { openSidecar, type Sidecar } from './kit/sidecar.ts';
import {
	ask,
	bringUp,
	done,
	pairing,
	pairShop,
	soldOrder,
	type PairingView,
} from './kit/steps.ts';
import { together } from './kit/together.ts';

const OUTBOX = /\/sidecar\/outbox\?/;
const ACKNOWLEDGE = /\/sidecar\/outbox\/ack$/;
const NUDGE = /^\/v1\/nudge$/;
/** What is promised: from the sidecar's start, and when only the network was gone. */
const AFTER_START = 5000;
const AFTER_OUTAGE = 30_000;
/** All that a request may cost while the sidecar is a black hole, once. */
const BLACK_HOLE = 150;

describeOnWordPress( 'A shop in trouble', () => {
	let shop: Shop;
	let sidecar: Sidecar;
	let owner: Person;
	let connection = '';
	let product = 0;

	beforeAll( async () => {
		[ shop, sidecar ] = await together( openShop(), openSidecar() );
		await sidecar.serve();
		owner = await shop.owner();
		connection = await bringUp( shop, sidecar );
		product = await shop.product( 'OSB-01', 10_000 );
	}, 120_000 );

	afterAll( async () => {
		await Promise.all( [ shop?.end(), sidecar?.end() ] );
	}, 120_000 );

	afterEach( async () => {
		await Promise.all( [ shop?.gate.open(), sidecar?.gate.open() ] );
	} );

	/** The plugin tries again, as after its minute of silence. */
	function forgetPause(): void {
		shop.site.evaluate(
			"delete_option( 'pearlbridge_nudge_paused_until' );"
		);
	}

	async function isSynced( id: number ): Promise< void > {
		// A nudge that came too late is made up for by the next look into the outbox.
		await sidecar.order( connection, id, 'synced', AFTER_OUTAGE + 15_000 );
		expect( await soldOrder( shop, sidecar, id ) ).not.toBeNull();
	}

	const problemOf = ( subject: string ): Promise< Problem > =>
		eventually( `a problem of ${ subject }`, async () => {
			const { items } = await sidecar.operation< {
				items: Problem[];
			} >( 'problemsList', { connection } );
			return items.find( ( problem ) => problem.subject === subject );
		} );

	test( 'while the sidecar is stopped every checkout works, its order waits in the outbox, and after a start all come with one request', async () => {
		await sidecar.stop();
		await sidecar.gate.refuse();
		const orders: number[] = [];
		const times: number[] = [];
		for ( const way of [
			'classic',
			'block',
			'rest',
			'classic',
			'classic',
			'block',
		] as const ) {
			const began = performance.now();
			orders.push( await shop.order( way, product ) );
			times.push( performance.now() - began );
		}
		figure( 'checkouts with the sidecar stopped, ms', times );
		expect( new Set( shop.outbox() ) ).toEqual( new Set( orders ) );
		// Asked while it is down, the console says what is the matter and what to do.
		const { status, body } = await ask( owner, 'status' );
		expect( status ).toBe( 502 );
		expect( body ).toMatchObject( {
			code: 'sidecar_unreachable',
			message: expect.stringMatching( /sidecar/i ) as unknown,
			data: { fix: expect.stringMatching( /.{20}/ ) as unknown },
		} );
		expect( ( await pairing( owner ) ).outbox.waiting ).toBe( 6 );

		await sidecar.gate.open();
		const began = Date.now();
		const { ready } = await sidecar.serve();
		const started = Date.now();
		await eventually(
			'the outbox is empty',
			async () => shop.gate.requests( ACKNOWLEDGE, began ).length > 0,
			AFTER_START
		);
		const taken = shop.gate.requests( ACKNOWLEDGE, began )[ 0 ]!.at;
		figure( 'outbox taken after ready, ms', [ taken - started ] );
		figure( 'start of the sidecar, ms', [ ready[ 'ms' ] as number ] );
		expect( taken - started ).toBeLessThan( AFTER_START );
		expect( shop.gate.requests( OUTBOX, began ) ).toHaveLength( 1 );
		for ( const id of orders ) {
			await isSynced( id );
		}
		expect( shop.outbox() ).toEqual( [] );
	}, 120_000 );

	test( 'a sidecar that swallows what it is told costs one request one timeout, and then nothing', async () => {
		forgetPause();
		const free: number[] = [];
		for ( let nth = 0; nth < 5; nth += 1 ) {
			const began = performance.now();
			await shop.order( 'classic', product );
			free.push( performance.now() - began );
		}
		// On a busy machine an answer may have come too late already.
		forgetPause();
		sidecar.gate.swallow();
		const before = sidecar.gate.swallowed();
		const held: number[] = [];
		for ( let nth = 0; nth < 5; nth += 1 ) {
			const began = performance.now();
			await shop.order( 'classic', product );
			held.push( performance.now() - began );
		}
		figure( 'checkouts with the sidecar up, ms', free );
		figure( 'checkouts into a black hole, ms', held );
		// One connection in five orders: the others did not try.
		expect( sidecar.gate.swallowed() - before ).toBe( 1 );
		expect( held[ 0 ]! ).toBeLessThan(
			Math.max( ...free ) + 5 * BLACK_HOLE
		);
		const { nudge } = await pairing( owner );
		expect( Date.parse( nudge.pausedUntil! ) ).toBeGreaterThan(
			Date.now()
		);
		await sidecar.gate.open();
		forgetPause();
		const last = await shop.order( 'classic', product );
		await isSynced( last );
		expect( shop.outbox() ).toEqual( [] );
	}, 120_000 );

	test( 'when only the network was gone, the outbox is read within 30 s of its return, with one request', async () => {
		await shop.gate.refuse();
		await sidecar.gate.refuse();
		const orders: number[] = [];
		for ( let nth = 0; nth < 4; nth += 1 ) {
			orders.push( await shop.orderOnTheSpot( product ) );
		}
		expect( new Set( shop.outbox() ) ).toEqual( new Set( orders ) );
		await shop.gate.open();
		await sidecar.gate.open();
		const back = Date.now();
		await eventually(
			'the outbox is read',
			async () => shop.gate.requests( ACKNOWLEDGE, back ).length > 0,
			AFTER_OUTAGE
		);
		figure( 'outbox taken after the network was back, ms', [
			shop.gate.requests( ACKNOWLEDGE, back )[ 0 ]!.at - back,
		] );
		expect( shop.gate.requests( OUTBOX, back ) ).toHaveLength( 1 );
		for ( const id of orders ) {
			await isSynced( id );
		}
	}, 120_000 );

	test( 'what the shop’s own times never show comes by the outbox: a deleted refund, the trash, an order that is gone', async () => {
		forgetPause();
		const [ refunded, trashed, deleted ] = [
			await shop.order( 'classic', product ),
			await shop.order( 'classic', product ),
			await shop.order( 'rest', product ),
		];
		for ( const id of [ refunded, trashed, deleted ] ) {
			await isSynced( id );
		}
		const { id: refund } = await owner.must< { id: number } >(
			'POST',
			`wc/v3/orders/${ refunded }/refunds`,
			{ amount: '4.00', reason: 'scratched', api_refund: false }
		);
		const creditIs = ( total: string ) =>
			eventually( `its credit is ${ total }`, async () => {
				const { brightpearl } = await sidecar.order(
					connection,
					refunded
				);
				return brightpearl?.credits.some(
					( credit ) =>
						credit.refundId === refund && credit.total === total
				);
			} );
		await creditIs( '4.00' );
		await owner.must(
			'DELETE',
			`wc/v3/orders/${ refunded }/refunds/${ refund }?force=true`
		);
		await owner.must( 'DELETE', `wc/v3/orders/${ trashed }` );
		await owner.must( 'DELETE', `wc/v3/orders/${ deleted }?force=true` );
		await creditIs( '0.00' );
		for ( const id of [ trashed, deleted ] ) {
			await eventually( `order ${ id } is called off`, async () => {
				const order = await sidecar.operation< Order >( 'ordersShow', {
					connection,
					orderId: id,
				} );
				return (
					order.problem?.code === 'cancelled-paid' ||
					order.brightpearl?.cancelled === true
				);
			} );
		}
		// Back from the trash it is an order again.
		await shop.run( `wc_get_order( ${ trashed } )->untrash();` );
		await sidecar.order( connection, trashed );
	}, 120_000 );

	test( 'webhooks that WooCommerce gave up are switched on again once the sidecar answers, and not before', async () => {
		const id = await shop.order( 'classic', product );
		const deliver = `foreach ( get_option( 'pearlbridge_webhooks' ) as $hook ) { ( new WC_Webhook( $hook ) )->deliver( ${ id } ); }`;
		await sidecar.gate.refuse();
		await shop.run( `for ( $n = 0; $n < 7; $n++ ) { ${ deliver } }` );
		const given = await pairing( owner );
		expect( given.webhooks.map( ( { status } ) => status ) ).toEqual(
			given.webhooks.map( () => 'disabled' )
		);
		expect( given.webhooks ).toHaveLength( 4 );
		const { body: plugins } = await owner.page( '/wp-admin/plugins.php' );
		expect( noticesOf( plugins ) ).toContain(
			'switched off webhooks of Pearlbridge'
		);
		const repair = "do_action( 'pearlbridge_repair_webhooks' );";
		await shop.run( repair );
		expect( ( await pairing( owner ) ).webhooks[ 0 ]?.status ).toBe(
			'disabled'
		);
		await sidecar.gate.open();
		await shop.run( repair );
		expect( ( await pairing( owner ) ).webhooks ).toEqual(
			given.webhooks.map( ( webhook ) => ( {
				...webhook,
				status: 'active',
				failures: 0,
			} ) )
		);
		const since = Date.now();
		await shop.run( deliver );
		expect(
			sidecar.gate.requests( /^\/webhooks\/woocommerce\//, since )
		).toHaveLength( 4 );
		expect( ( await pairing( owner ) ).webhooks[ 0 ]?.failures ).toBe( 0 );
	}, 120_000 );

	test( 'the key is replaced while orders come in, and none is lost', async () => {
		forgetPause();
		const { keyId: before } = await pairing( owner );
		const keys = new Set( [ before ] );
		const orders: number[] = [];
		await Promise.all( [
			( async () => {
				for ( let nth = 0; nth < 10; nth += 1 ) {
					orders.push( await shop.order( 'classic', product ) );
				}
			} )(),
			( async () => {
				for ( let nth = 0; nth < 3; nth += 1 ) {
					const { keyId } = await owner.must< PairingView >(
						'POST',
						'pearlbridge/v1/pairing/rotate',
						{}
					);
					keys.add( keyId );
				}
			} )(),
		] );
		expect( keys.size ).toBe( 4 );
		for ( const id of orders ) {
			await isSynced( id );
		}
		// Both directions go on with the last of them.
		await done( owner, 'status' );
		forgetPause();
		const nudges = sidecar.gate.requests( NUDGE ).length;
		await isSynced( await shop.order( 'classic', product ) );
		expect( sidecar.gate.requests( NUDGE ).length ).toBe( nudges + 1 );
	}, 120_000 );

	test( 'an API key that somebody has deleted is told, and one click makes another', async () => {
		const { keys } = await pairing( owner );
		shop.site.evaluate(
			`global $wpdb; $wpdb->delete( $wpdb->prefix . 'woocommerce_api_keys', array( 'key_id' => ${ keys.keyId } ) );`
		);
		expect( ( await pairing( owner ) ).keys.state ).toBe( 'none' );
		const id = await shop.order( 'classic', product );
		const problem = await problemOf( `connection:${ connection }` );
		expect( problem ).toMatchObject( { code: 'credentials-store' } );
		await owner.must( 'POST', 'pearlbridge/v1/keys/own', {} );
		await isSynced( id );
	}, 120_000 );

	test( 'a pairing that was ended in the sidecar is told in wp-admin, and pairing again goes on where it was', async () => {
		await sidecar.operation< ConnectionView >( 'connectionUnpair', {
			name: connection,
		} );
		const { status, body } = await ask( owner, 'orders-list' );
		expect( status ).toBe( 401 );
		expect( body ).toMatchObject( {
			code: 'sidecar_rejected',
			message: expect.stringMatching( /does not know/ ) as unknown,
		} );
		const { body: plugins } = await owner.page( '/wp-admin/plugins.php' );
		expect( noticesOf( plugins ) ).toMatch(
			/its sidecar does not know this shop any more\. Forget the pairing and pair again/
		);
		await owner.must( 'POST', 'pearlbridge/v1/pairing/forget', {} );
		expect( await pairShop( shop, sidecar ) ).toBe( connection );
		await owner.must( 'POST', 'pearlbridge/v1/keys/own', {} );
		await isSynced( await shop.order( 'classic', product ) );
	}, 120_000 );

	async function choose( choice: 'moved' | 'copy' ): Promise< void > {
		const { body: page } = await owner.page( '/wp-admin/plugins.php' );
		expect( noticesOf( page ) ).toContain(
			'the address of this site has changed since it was paired'
		);
		const [ , nonce = '' ] =
			/name="action" value="pearlbridge_moved"[\s\S]*?name="_wpnonce" value="([0-9a-f]+)"/.exec(
				page
			) ?? [];
		const { status } = await owner.submit( '/wp-admin/admin-post.php', {
			action: 'pearlbridge_moved',
			_wpnonce: nonce,
			choice,
		} );
		expect( status ).toBe( 302 );
		const { body: after } = await owner.page( '/wp-admin/plugins.php' );
		expect( noticesOf( after ) ).not.toContain( 'Pearlbridge is paused' );
	}

	test( 'a site under another address pauses and asks: moved goes on there, a copy forgets', async () => {
		const here = shop.url;
		const there = here.replace( '127.0.0.1', 'localhost' );
		await shop.moveTo( there );
		owner = await shop.owner();
		expect( ( await pairing( owner ) ).state ).toBe( 'moved' );
		const since = Date.now();
		const paused = await shop.order( 'classic', product );
		const { status, body } = await ask( owner, 'status' );
		expect( { status, body } ).toMatchObject( {
			status: 409,
			body: { code: 'site_moved' },
		} );
		// Nothing was signed: the sidecar heard nothing at all.
		expect( sidecar.gate.requests( /^/, since ) ).toEqual( [] );

		await choose( 'moved' );
		expect( ( await pairing( owner ) ).state ).toBe( 'paired' );
		const { store } = await done< ConnectionView >(
			owner,
			'connection-show'
		);
		expect( store.url ).toBe( there );
		await isSynced( await shop.order( 'classic', product ) );
		expect(
			await sidecar.operation( 'ordersShow', {
				connection,
				orderId: paused,
			} )
		).toBeDefined();

		// A second copy under the old address: this one is forgotten.
		const { siteId } = await pairing( owner );
		await shop.moveTo( here );
		owner = await shop.owner();
		const again = Date.now();
		await choose( 'copy' );
		const view = await pairing( owner );
		expect( view ).toMatchObject( {
			state: 'unpaired',
			webhooks: [],
			keys: { state: 'none' },
		} );
		expect( view.siteId ).not.toBe( siteId );
		expect( sidecar.gate.requests( /^/, again ) ).toEqual( [] );
		// The sidecar still belongs to the shop it was.
		const { paired } = await sidecar.operation< ConnectionView >(
			'connectionShow',
			{ name: connection }
		);
		expect( paired?.siteId ).toBe( siteId );
	}, 120_000 );

	test( 'WordPress has logged no errors of ours', () => {
		expect(
			shop.site
				.debugLog()
				.split( '\n' )
				.filter( ( line ) => /pearlbridge/i.test( line ) )
		).toEqual( [] );
	} );
} );
