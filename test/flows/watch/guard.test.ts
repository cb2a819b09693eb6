/** A shop that calls itself another site: everything of its connection rests until it is said why. */
import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { fail, ok } from '../../../src/contracts/result.ts';
import { MINUTE } from '../../../src/contracts/primitives.ts';
import { taskKey } from '../../../src/contracts/queue.ts';
import { connectionSite } from '../../../src/flows/operations/connection-site.ts';
import { status } from '../../../src/flows/operations/status.ts';
import { anOrder } from '../../helpers/an-order.ts';
import { createKit, NAME, SHOP, type Kit } from './kit.ts';

let kit: Kit;
afterEach( () => kit.close() );

const STAGING = 'https://staging.example.test';
const CALL = { signal: new AbortController().signal, deadline: 0 };
const says = ( home: string, storeId: string | null = 'A' ) => {
	kit.site.identity = ok( { home, storeId } );
};
const order = ( id: number ) =>
	kit.handle( { key: taskKey( NAME, 'order', id ), kind: 'order' } );
const answer = ( said: 'moved' | 'copy' ) =>
	connectionSite( kit.context, { name: NAME, answer: said }, CALL );
const health = async () => {
	const { body } = await status(
		kit.context,
		{ connection: null, waitIdle: false },
		CALL
	);
	return 'connections' in body ? body.connections[ 0 ] : null;
};

/** Known as it was, and another site now. */
async function elsewhere( storeId = 'A' ): Promise< void > {
	kit = await createKit();
	await kit.watch();
	says( STAGING, storeId );
	await kit.watch();
}

test( 'nothing of the connection is done, and it is told once', async () => {
	await elsewhere();
	kit.orders.put( anOrder( { id: 7 } ) );
	expect( await order( 7 ) ).toMatchObject( { kind: 'park' } );
	for ( const kind of [
		'sweep',
		'deep-sweep',
		'stock',
		'status-sweep',
	] as const ) {
		expect(
			await kit.handle( { key: taskKey( NAME, kind, 'x' ), kind } )
		).toEqual( { kind: 'done' } );
	}
	expect(
		await kit.handle( {
			key: taskKey( NAME, 'stock', 'pull' ),
			kind: 'stock',
			payload: { forced: true },
		} )
	).toMatchObject( { kind: 'park' } );
	expect( kit.orders.reads ).toEqual( [] );
	expect( kit.told() ).toEqual( [ 'site-moved' ] );
	expect( await health() ).toMatchObject( {
		health: 'paused',
		why: expect.stringContaining( STAGING ),
	} );
	expect( ( await kit.problem( 'site-moved' ) )?.fix ).toContain(
		`connection site ${ NAME } moved`
	);
} );

test( 'in what may be a copy no webhook is written', async () => {
	await elsewhere();
	kit.hooks.all.clear();
	kit.hooks.writes.length = 0;
	await kit.watch();
	expect( kit.hooks.writes ).toEqual( [] );
} );

test( 'clearing the problem by hand does not let it go on', async () => {
	await elsewhere();
	await kit.database.problems.clear( NAME, `connection:${ NAME }` );
	expect( await order( 7 ) ).toMatchObject( { kind: 'park' } );
	expect( await kit.problem( 'site-moved' ) ).not.toBeNull();
} );

test( 'it goes on by itself when the shop is itself again', async () => {
	await elsewhere();
	says( SHOP );
	await kit.watch();
	expect( await kit.problem( 'site-moved' ) ).toBeNull();
	kit.orders.put( anOrder( { id: 7 } ) );
	await order( 7 );
	expect( kit.orders.reads ).toContain( 7 );
} );

test( 'moved: the site is the shop, and what waited goes on', async () => {
	await elsewhere();
	await kit.database.orderLinks.save( NAME, 7, { state: 'queued' } );
	expect( await answer( 'moved' ) ).toMatchObject( {
		exit: 0,
		body: { name: NAME, live: true },
	} );
	expect( await kit.problem( 'site-moved' ) ).toBeNull();
	expect(
		await kit.database.queue.find( taskKey( NAME, 'order', 7 ) )
	).toMatchObject( { state: 'ready' } );
	kit.orders.put( anOrder( { id: 7 } ) );
	await order( 7 );
	expect( kit.orders.reads ).toContain( 7 );
	await kit.watch();
	expect( await kit.problem( 'site-moved' ) ).toBeNull();
	says( SHOP );
	await kit.watch();
	expect( await kit.problem( 'site-moved' ) ).not.toBeNull();
} );

test( 'copy: the connection rests without a problem, until somebody sets it live again', async () => {
	await elsewhere();
	expect( await answer( 'copy' ) ).toMatchObject( {
		exit: 0,
		body: { live: false, settings: { goLive: null } },
	} );
	expect( await kit.problem( 'site-moved' ) ).toBeNull();
	expect( await order( 7 ) ).toMatchObject( { kind: 'park' } );
	expect( await kit.problem( 'site-moved' ) ).toBeNull();
	const [ saved ] = await kit.database.connections.settingsHistory( NAME, 5 );
	expect( saved ).toMatchObject( {
		by: 'command line',
		changes: [ { key: 'goLive', to: null } ],
	} );

	const stored = await kit.database.connections.find( NAME );
	await kit.database.connections.replace( {
		...stored!.record,
		settings: {
			...stored!.record.settings,
			goLive: '2026-01-01T00:00:00Z',
		},
	} );
	await kit.context.changed();
	expect( await order( 7 ) ).toMatchObject( { kind: 'park' } );
	expect( await kit.problem( 'site-moved' ) ).not.toBeNull();
} );

test.each( [ 'moved', 'copy' ] as const )(
	'there is nothing to say %s to while the shop is where it was',
	async ( said ) => {
		kit = await createKit();
		await kit.watch();
		expect( await answer( said ) ).toMatchObject( {
			exit: 6,
			body: { error: { code: 'not-moved' } },
		} );
		expect( ( await health() )?.live ).toBe( true );
	}
);

test( 'another shop in the same place is told as one', async () => {
	kit = await createKit();
	await kit.watch();
	says( SHOP, 'B' );
	await kit.watch();
	expect( await kit.problem( 'site-moved' ) ).toMatchObject( {
		message: expect.stringContaining( 'another id' ),
		cause: expect.stringContaining( 'order numbers' ),
	} );
} );

describe( 'before the first order after a start', () => {
	test( 'the shop is asked, once', async () => {
		kit = await createKit();
		kit.orders.put( anOrder( { id: 7 } ), anOrder( { id: 8 } ) );
		await Promise.all( [ order( 7 ), order( 8 ) ] );
		await order( 7 );
		expect( kit.site.asked ).toBe( 1 );
		expect( kit.orders.reads ).toContain( 8 );
	} );

	test( 'a copy pushes nothing', async () => {
		kit = await createKit();
		await kit.watch();
		says( STAGING );
		// A connection that changed has a client of its own, as after a start.
		const stored = await kit.database.connections.find( NAME );
		await kit.database.connections.replace( stored!.record );
		await kit.context.changed();
		expect( await order( 7 ) ).toMatchObject( { kind: 'park' } );
		expect( kit.orders.reads ).toEqual( [] );
	} );

	test( 'a shop that does not answer stops nothing, and is asked again a minute later', async () => {
		kit = await createKit();
		kit.orders.put( anOrder( { id: 7 } ) );
		kit.site.identity = fail( {
			kind: 'retry',
			cause: 'outage',
			side: 'store',
			message: 'It is down.',
			after: null,
			outcomeUnknown: false,
			ruid: null,
		} );
		await order( 7 );
		await order( 7 );
		expect( kit.orders.reads.length ).toBeGreaterThan( 0 );
		expect( kit.site.asked ).toBe( 1 );
		await kit.clock.advance( MINUTE );
		says( SHOP );
		await order( 7 );
		await order( 7 );
		expect( kit.site.asked ).toBe( 2 );
	} );
} );

test( 'a connection with the plugin is asked nothing and answers in wp-admin', async () => {
	await elsewhere();
	const { asked } = kit.site;
	await kit.database.pairings.save( {
		connection: NAME,
		siteId: '0b6ef1fa-6d2f-4f63-9d0b-25ae5e6b7a11',
		storeUrl: SHOP,
		pluginVersion: '1',
		wpVersion: '6',
		wcVersion: '9',
		wooKeyId: 1,
		webhookIds: [],
		since: '2026-01-01T00:00:00Z',
	} );
	kit.orders.put( anOrder( { id: 7 } ) );
	await order( 7 );
	expect( kit.orders.reads ).toContain( 7 );
	expect( kit.site.asked ).toBe( asked );
	expect( await answer( 'moved' ) ).toMatchObject( {
		exit: 2,
		body: { error: { code: 'store-paired' } },
	} );
} );

describe( 'a delivery of a connection without the plugin', () => {
	const SECRET = 'mine';
	const deliver = async ( source: string | null ) => {
		const rawBody = Buffer.from( '{"id":7}' );
		const answered = await kit.intake.webhook( {
			connection: NAME,
			rawBody,
			headers: {
				'x-wc-webhook-signature': createHmac( 'sha256', SECRET )
					.update( rawBody )
					.digest( 'base64' ),
				'x-wc-webhook-topic': 'order.updated',
				...( source === null ? {} : { 'x-wc-webhook-source': source } ),
			},
		} );
		const task = await kit.database.queue.find(
			taskKey( NAME, 'order', 7 )
		);
		return [ answered, task !== null ];
	};

	test.each( [
		[ `${ SHOP }/`, true ],
		[ 'http://www.shop.example.test/en/', true ],
		[ null, true ],
		[ `${ STAGING }/`, false ],
		[ 'https://shop.example.test.evil.test/', false ],
	] )( 'of %s is believed: %s', async ( source, believed ) => {
		kit = await createKit( { store: { webhookSecret: SECRET } } );
		expect( await deliver( source ) ).toEqual( [ 'accepted', believed ] );
		expect( kit.told() ).toEqual( believed ? [] : [ 'site-moved' ] );
	} );

	test( 'is believed of what the shop calls itself, too: a proxy may stand between', async () => {
		kit = await createKit( { store: { webhookSecret: SECRET } } );
		says( 'https://www.harbour.example.test' );
		await kit.watch();
		expect( await deliver( 'https://harbour.example.test/' ) ).toEqual( [
			'accepted',
			true,
		] );
	} );
} );
