/** The watchdog of webhooks: keeps ours, touches no other's, and gives up in time. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../../../src/contracts/primitives.ts';
import { TOPICS } from '../../../src/flows/watch/webhook-plan.ts';
import { status } from '../../../src/flows/operations/status.ts';
import {
	ADDRESS,
	BRIDGE,
	createKit,
	NAME,
	READ_ONLY,
	type Kit,
} from './kit.ts';

let kit: Kit;
afterEach( () => kit.close() );

const idOf = ( topic: string ) =>
	kit.hooks.list().find( ( hook ) => hook.topic === topic )?.id ?? 0;
const secretNow = async () =>
	( await kit.database.connections.find( NAME ) )?.record.store.webhookSecret;
const sweeps = async () => kit.database.queue.find( `${ NAME }/sweep:changed` );

describe( 'at first', () => {
	test( 'four are made, signed with a secret that is kept, and nobody is troubled', async () => {
		kit = await createKit();
		await kit.watch();
		expect(
			kit.hooks.list().map( ( { id: _, ...hook } ) => hook )
		).toEqual(
			TOPICS.map( ( topic ) => ( {
				name: `Pearlbridge ${ topic }`,
				topic,
				status: 'active',
				deliveryUrl: ADDRESS,
				secret: expect.stringMatching( /^[0-9a-f]{64}$/ ),
			} ) )
		);
		expect(
			new Set( kit.hooks.list().map( ( { secret } ) => secret ) )
		).toEqual( new Set( [ await secretNow() ] ) );
		expect( kit.told() ).toEqual( [] );
		expect( await sweeps() ).toBeNull();
	} );

	test( 'the next looks write nothing', async () => {
		kit = await createKit();
		await kit.watch();
		kit.hooks.writes.length = 0;
		await kit.watch();
		await kit.watch();
		expect( kit.hooks.writes ).toEqual( [] );
	} );

	test( 'a secret there is, is taken', async () => {
		kit = await createKit( { store: { webhookSecret: 'mine' } } );
		await kit.watch();
		expect( kit.hooks.list().map( ( { secret } ) => secret ) ).toEqual(
			Array( 4 ).fill( 'mine' )
		);
	} );

	test( 'those made by hand are left as they are, and others’ too', async () => {
		kit = await createKit( { store: { webhookSecret: 'mine' } } );
		for ( const topic of TOPICS ) {
			kit.hooks.add( { topic } );
		}
		kit.hooks.add( {
			deliveryUrl: 'https://other.example.test/',
			status: 'disabled',
		} );
		await kit.watch();
		expect( kit.hooks.writes ).toEqual( [] );
	} );

	test( 'those made by hand get our secret where we had none: no delivery was ever believed', async () => {
		kit = await createKit();
		kit.hooks.add( { topic: 'order.created' } );
		await kit.watch();
		expect(
			new Set( kit.hooks.list().map( ( { secret } ) => secret ) )
		).toEqual( new Set( [ await secretNow() ] ) );
		expect( kit.hooks.list() ).toHaveLength( 4 );
	} );
} );

test( 'another secret of the connection is given to them', async () => {
	kit = await createKit( { store: { webhookSecret: 'first' } } );
	await kit.watch();
	const stored = await kit.database.connections.find( NAME );
	await kit.database.connections.replace( {
		...stored!.record,
		store: { ...stored!.record.store, webhookSecret: 'second' },
	} );
	await kit.context.changed();
	await kit.watch();
	expect( kit.hooks.list().map( ( { secret } ) => secret ) ).toEqual(
		Array( 4 ).fill( 'second' )
	);
	kit.hooks.writes.length = 0;
	await kit.watch();
	expect( kit.hooks.writes ).toEqual( [] );
} );

test( 'another public address is given to those we made', async () => {
	kit = await createKit();
	await kit.watch();
	const ids = kit.hooks.list().map( ( { id } ) => id );
	kit.site.publicUrl = 'https://moved.example.test/below';
	await kit.watch();
	expect(
		kit.hooks.list().map( ( { id, deliveryUrl } ) => [ id, deliveryUrl ] )
	).toEqual(
		ids.map( ( id ) => [
			id,
			'https://moved.example.test/below/webhooks/woocommerce/main',
		] )
	);
} );

describe( 'one that the shop disabled', () => {
	test( 'is replaced, told, over, and the gap is swept', async () => {
		kit = await createKit();
		await kit.watch();
		const id = idOf( 'order.updated' );
		kit.hooks.set( id, { status: 'disabled' } );
		await kit.watch();
		expect( kit.hooks.all.has( id ) ).toBe( false );
		expect( kit.hooks.list() ).toHaveLength( 4 );
		expect(
			kit.hooks.list().every( ( { status } ) => status === 'active' )
		).toBe( true );
		expect( kit.told() ).toEqual( [ 'webhook-disabled' ] );
		expect( await kit.problem( 'webhook-disabled' ) ).toBeNull();
		expect( await sweeps() ).toMatchObject( { state: 'ready' } );
		expect( kit.fetched.map( ( { url } ) => url ) ).toEqual( [
			`${ BRIDGE }/healthz`,
		] );
		const written = await kit.database.journal.list(
			NAME,
			`connection:${ NAME }`
		);
		expect( written.at( -1 )?.message ).toBe(
			`made order.updated, deleted number ${ id }`
		);
	} );

	test.each( [ [ null ], [ 502 ] ] )(
		'waits while we cannot be reached (%s)',
		async ( health ) => {
			kit = await createKit();
			await kit.watch();
			kit.hooks.set( idOf( 'order.updated' ), { status: 'disabled' } );
			kit.hooks.writes.length = 0;
			kit.site.health = health;
			await kit.watch();
			await kit.watch();
			expect( kit.hooks.writes ).toEqual( [] );
			expect( kit.told() ).toEqual( [ 'webhook-disabled' ] );
			expect(
				( await kit.problem( 'webhook-disabled' ) )?.cause
			).toContain( `cannot be reached at ${ BRIDGE }` );
			kit.site.health = 200;
			await kit.watch();
			expect( await kit.problem( 'webhook-disabled' ) ).toBeNull();
			expect( kit.hooks.writes ).toHaveLength( 2 );
		}
	);

	test( 'is not replaced for ever: after three times in a day it stays told', async () => {
		kit = await createKit();
		await kit.watch();
		for ( let nth = 0; nth < 6; nth += 1 ) {
			kit.hooks.set( idOf( 'order.updated' ), { status: 'disabled' } );
			await kit.watch();
			await kit.clock.advance( HOUR );
		}
		expect(
			kit.hooks.writes.filter(
				( what ) => what === 'create order.updated'
			)
		).toHaveLength( 4 );
		expect( await kit.problem( 'webhook-disabled' ) ).toMatchObject( {
			cause: expect.stringContaining( '3 times within 24 hours' ),
			fix: expect.stringContaining( '24 hours old' ),
		} );
		await kit.clock.advance( DAY );
		await kit.watch();
		expect( await kit.problem( 'webhook-disabled' ) ).toBeNull();
	} );
} );

test( 'one that somebody deleted or paused comes back', async () => {
	kit = await createKit();
	await kit.watch();
	kit.hooks.all.delete( idOf( 'order.deleted' ) );
	kit.hooks.set( idOf( 'order.restored' ), { status: 'paused' } );
	await kit.watch();
	expect( kit.hooks.list() ).toHaveLength( 4 );
	expect(
		kit.hooks.list().every( ( { status } ) => status === 'active' )
	).toBe( true );
} );

test( 'what another service has at the same path of its own host stays as it is', async () => {
	kit = await createKit();
	const deliveryUrl = 'https://other.example.test/webhooks/woocommerce/main';
	const theirs = TOPICS.map( ( topic, nth ) =>
		kit.hooks.add( {
			name: `Pearlbridge ${ topic }`,
			topic,
			deliveryUrl,
			status: nth % 2 === 0 ? 'paused' : 'disabled',
		} )
	);
	await kit.watch();
	await kit.watch();
	expect( kit.hooks.list().slice( 0, 4 ) ).toEqual( theirs );
	expect( kit.hooks.list() ).toHaveLength( 8 );
	expect( kit.told() ).toEqual( [] );
} );

describe( 'a key that may only read', () => {
	test( 'is told once and tried once an hour', async () => {
		kit = await createKit();
		kit.hooks.refuses = READ_ONLY;
		for ( let nth = 0; nth < 6; nth += 1 ) {
			await kit.watch();
			await kit.clock.advance( 5 * MINUTE );
		}
		expect( kit.hooks.writes ).toEqual( [
			'create order.created refused',
		] );
		expect( kit.told() ).toEqual( [ 'webhook-disabled' ] );
		expect( await kit.problem( 'rights-store' ) ).toBeNull();
		expect( await kit.problem( 'webhook-disabled' ) ).toMatchObject( {
			cause: expect.stringContaining( 'may not write' ),
			fix: 'Make it read and write.',
		} );
		await kit.clock.advance( HOUR );
		kit.hooks.refuses = null;
		await kit.watch();
		expect( kit.hooks.list() ).toHaveLength( 4 );
		expect( await kit.problem( 'webhook-disabled' ) ).toBeNull();
	} );

	test( 'a connection that was changed is tried at once', async () => {
		kit = await createKit();
		kit.hooks.refuses = READ_ONLY;
		await kit.watch();
		kit.hooks.refuses = null;
		const stored = await kit.database.connections.find( NAME );
		await kit.database.connections.replace( {
			...stored!.record,
			store: { ...stored!.record.store, consumerKey: 'ck_better' },
		} );
		await kit.context.changed();
		await kit.watch();
		expect( kit.hooks.list() ).toHaveLength( 4 );
	} );
} );

test( 'a secret that cannot be read is the cause that is told, and only when something is to be done', async () => {
	kit = await createKit( { store: { webhookSecret: { env: 'GONE' } } } );
	await kit.watch();
	expect( kit.hooks.writes ).toEqual( [] );
	expect( await kit.problem( 'webhook-disabled' ) ).toMatchObject( {
		cause: expect.stringContaining( 'secret cannot be read' ),
	} );
	for ( const topic of TOPICS ) {
		kit.hooks.add( { topic } );
	}
	await kit.watch();
	expect( await kit.problem( 'webhook-disabled' ) ).toBeNull();
} );

test( 'a shop that does not answer is nobody’s webhook problem', async () => {
	kit = await createKit();
	kit.hooks.down = {
		kind: 'retry',
		cause: 'outage',
		side: 'store',
		message: 'It is down.',
		after: null,
		outcomeUnknown: false,
		ruid: null,
	};
	expect( await kit.watch() ).toMatchObject( {
		ok: false,
		failure: { kind: 'retry' },
	} );
	expect( kit.told() ).toEqual( [] );
} );

describe( 'only looked at', () => {
	test( 'by hand: what is missing or disabled is told, and nothing is written', async () => {
		kit = await createKit( { settings: { webhooks: 'manual' } } );
		for ( const topic of TOPICS.slice( 0, 3 ) ) {
			kit.hooks.add( { topic } );
		}
		kit.hooks.set( 1, { status: 'disabled' } );
		await kit.watch();
		expect( kit.hooks.writes ).toEqual( [] );
		expect( await kit.problem( 'webhook-disabled' ) ).toMatchObject( {
			message: expect.stringMatching(
				/order\.created is disabled, .*order\.restored is missing/
			),
			fix: expect.stringContaining( 'webhooks: auto' ),
		} );
		kit.hooks.set( 1, { status: 'active' } );
		kit.hooks.add( { topic: 'order.restored' } );
		await kit.watch();
		expect( await kit.problem( 'webhook-disabled' ) ).toBeNull();
	} );

	test.each( [ [ null ], [ 'https://bridge.example.test:8787' ] ] )(
		'the shop would not deliver to %s: none are made, one that stopped is told',
		async ( publicUrl ) => {
			kit = await createKit( { publicUrl } );
			await kit.watch();
			expect( kit.hooks.writes ).toEqual( [] );
			expect( kit.told() ).toEqual( [] );
			kit.hooks.add( {
				deliveryUrl: `${ publicUrl ?? 'http://127.0.0.1:8787' }/webhooks/woocommerce/main`,
				status: 'disabled',
			} );
			await kit.watch();
			expect( kit.hooks.writes ).toEqual( [] );
			expect( await kit.problem( 'webhook-disabled' ) ).toMatchObject( {
				fix: expect.stringContaining( 'PEARLBRIDGE_PUBLIC_URL' ),
			} );
		}
	);

	test( 'paired: the plugin keeps its own', async () => {
		kit = await createKit();
		await kit.database.pairings.save( {
			connection: NAME,
			siteId: '0b6ef1fa-6d2f-4f63-9d0b-25ae5e6b7a11',
			storeUrl: 'https://shop.example.test',
			pluginVersion: '1',
			wpVersion: '6',
			wcVersion: '9',
			wooKeyId: 1,
			webhookIds: [ 2 ],
			since: '2026-01-01T00:00:00Z',
		} );
		kit.hooks.add( { topic: 'order.created', status: 'disabled' } );
		kit.hooks.add( { topic: 'order.updated' } );
		await kit.watch();
		expect( kit.hooks.writes ).toEqual( [] );
		expect( kit.told() ).toEqual( [] );
		expect( kit.site.asked ).toBe( 0 );
		kit.hooks.set( 2, { status: 'disabled' } );
		await kit.watch();
		expect( await kit.problem( 'webhook-disabled' ) ).toMatchObject( {
			message: expect.stringContaining( 'order.updated is disabled' ),
			fix: expect.stringContaining( 'plugin' ),
		} );
	} );
} );

test( 'status shows them as they were last seen, with their last delivery', async () => {
	kit = await createKit( { store: { webhookSecret: 'mine' } } );
	await kit.watch();
	const { createHmac } = await import( 'node:crypto' );
	const rawBody = Buffer.from( '{"id":7}' );
	const deliver = () =>
		kit.intake.webhook( {
			connection: NAME,
			rawBody,
			headers: {
				'x-wc-webhook-signature': createHmac( 'sha256', 'mine' )
					.update( rawBody )
					.digest( 'base64' ),
				'x-wc-webhook-topic': 'order.updated',
				'x-wc-webhook-id': '2',
				'x-wc-webhook-source': 'https://shop.example.test/',
			},
		} );
	expect( await deliver() ).toBe( 'accepted' );
	const shown = async ( context = kit.context ) => {
		const { body } = await status(
			context,
			{ connection: null, waitIdle: false },
			{ signal: new AbortController().signal, deadline: 0 }
		);
		return 'connections' in body ? body.connections[ 0 ]?.webhooks : null;
	};
	const at = new Date( kit.clock.now() ).toISOString();
	const wanted = TOPICS.map( ( topic, nth ) => ( {
		id: nth + 1,
		topic,
		status: 'active',
		lastDeliveryAt: topic === 'order.updated' ? at : null,
	} ) );
	expect( await shown() ).toEqual( wanted );

	// Another process, or this one after a restart, knows as much.
	const elsewhere = {
		...kit.context,
		intake: { ...kit.intake, deliveries: () => [] },
	};
	expect( await shown( elsewhere ) ).toEqual( wanted );
	await kit.clock.advance( MINUTE - 1 );
	await deliver();
	expect( await shown( elsewhere ) ).toEqual( wanted );
	await kit.clock.advance( 1 );
	await deliver();
	expect( ( await shown( elsewhere ) )?.[ 1 ]?.lastDeliveryAt ).toBe(
		new Date( kit.clock.now() ).toISOString()
	);
} );
