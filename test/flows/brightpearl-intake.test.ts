/** Brightpearl's deliveries at the door: who is heard, and what it makes us look at again. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConnectionRecord } from '../../src/contracts/connection.ts';
import type { CachedProduct, Database } from '../../src/contracts/database.ts';
import type { Counter } from '../../src/contracts/meter.ts';
import { SECOND } from '../../src/contracts/primitives.ts';
import type { TaskPayload } from '../../src/contracts/queue.ts';
import type { LogFields, Logger } from '../../src/contracts/world.ts';
import {
	createBrightpearlIntake,
	type BrightpearlIntake,
} from '../../src/flows/brightpearl-intake.ts';
import { webhookToken } from '../../src/signing/webhook-token.ts';
import { connectionFile } from '../battery/samples.ts';
import {
	KEY,
	openSqliteBench,
	type SqliteBench,
} from '../battery/sqlite-bench.ts';

const ACCOUNT = 'acmeshop';
const PULL = 'main/stock:pull';

let bench: SqliteBench;
let database: Database;
let intake: BrightpearlIntake;
let versions: [ string, string ][];
let counted: string[];
let logged: { fields: LogFields; message: string }[];
let broken: Error | null;

beforeEach( async () => {
	bench = await openSqliteBench();
	database = await bench.open();
	versions = [];
	counted = [];
	logged = [];
	broken = null;
	const note = ( fields: LogFields, message: string ): void => {
		logged.push( { fields, message } );
	};
	const logger: Logger = {
		debug: note,
		info: note,
		warn: note,
		error: note,
		child: () => logger,
	};
	intake = createBrightpearlIntake( {
		connections: {
			stored: ( name ) =>
				broken === null
					? database.connections.find( name )
					: Promise.reject( broken ),
		},
		database,
		drift: {
			versionSeen: ( ...seen ) => {
				versions.push( seen );
				return Promise.resolve();
			},
		},
		key: KEY,
		meter: {
			count: ( name: Counter, labels ) =>
				counted.push(
					`${ name } ${ labels[ 'connection' ] } ${ labels[ 'result' ] }`
				),
		},
		clock: bench.clock,
		logger,
	} );
	await connect();
	await database.products.upsert( ACCOUNT, [
		product( 1001, 'MUG' ),
		product( 1002, 'CAP' ),
		product( 1003, 'SERVICE', false ),
		product( 1004, '' ),
	] );
} );
afterEach( () => bench.destroy() );

const product = (
	productId: number,
	sku: string,
	stockTracked = true
): CachedProduct => ( { productId, sku, stockTracked, status: 'LIVE' } );

async function connect(
	change: ( file: ConnectionRecord ) => ConnectionRecord = ( file ) => file
): Promise< void > {
	const file = connectionFile( 'main', ACCOUNT );
	await database.connections.put(
		change( {
			...file,
			settings: {
				...file.settings,
				goLive: new Date( bench.clock.now() ).toISOString(),
			},
		} )
	);
}

const tell = (
	body: unknown,
	{ connection = 'main', token = webhookToken( KEY, connection ) } = {}
) =>
	intake.webhook( {
		connection,
		token,
		rawBody: Buffer.from(
			typeof body === 'string' ? body : JSON.stringify( body )
		),
	} );

const changed = ( id: string, more: Record< string, unknown > = {} ) =>
	tell( {
		accountCode: ACCOUNT,
		resourceType: 'product',
		id,
		lifecycleEvent: 'modified',
		fullEvent: 'product.modified.on-hand-modified',
		raisedOn: '2026-01-01T00:00:00.000Z',
		brightpearlVersion: '4.95.2647',
		...more,
	} );

/** What the pull that waits was told; null = none waits. */
async function waiting(): Promise< TaskPayload | null > {
	if ( ( await database.queue.find( PULL ) ) === null ) {
		return null;
	}
	await bench.clock.advance( 5 * SECOND );
	return ( await database.queue.claim() )?.payload ?? null;
}

describe( 'a stock change in Brightpearl', () => {
	test( 'is a pull of those SKUs, a few seconds later', async () => {
		expect( await changed( '1001-1002' ) ).toBe( 'accepted' );
		expect( await database.queue.claim() ).toBeNull();
		expect( await waiting() ).toEqual( { skus: [ 'MUG', 'CAP' ] } );
		expect( counted ).toEqual( [ 'brightpearl_webhooks main accepted' ] );
		expect( logged ).toEqual( [] );
	} );

	test( 'of a burst is one pull, which a burst without end does not put off', async () => {
		await changed( '1001' );
		const due = ( await database.queue.find( PULL ) )?.dueAt;
		await bench.clock.advance( 4 * SECOND );
		await changed( '1002' );
		await changed( '1001' );
		expect( ( await database.queue.find( PULL ) )?.dueAt ).toBe( due );
		expect( await waiting() ).toEqual( { skus: [ 'MUG', 'CAP' ] } );
		expect( await database.queue.claim() ).toBeNull();
	} );

	test( 'while a pull goes on is one more', async () => {
		await changed( '1001' );
		await bench.clock.advance( 5 * SECOND );
		const running = await database.queue.claim();
		await changed( '1002' );
		await database.queue.settle( running!.lease, { kind: 'done' } );
		expect( await waiting() ).toEqual( { skus: [ 'CAP' ] } );
	} );

	test( 'takes nothing away from the schedule’s pull of everything', async () => {
		await database.queue.enqueue( [
			{ key: PULL, kind: 'stock', connection: 'main' },
		] );
		await changed( '1001' );
		expect( ( await database.queue.claim() )?.payload ).toEqual( {} );
	} );

	test( 'of more than 200 products is a pull of everything', async () => {
		await changed( '1-200' );
		expect( await waiting() ).toBeNull();
		await changed( '1-201' );
		expect( await waiting() ).toEqual( {} );
	} );

	test.each( [
		[ 'that our copy does not have', '9001' ],
		[ 'without stock, or without a SKU', '1003,1004' ],
		[ 'that is not named', '' ],
	] )( 'of a product %s is nothing', async ( _, id ) => {
		expect( await changed( id ) ).toBe( 'accepted' );
		expect( await waiting() ).toBeNull();
	} );

	test.each( [
		[ 'before go-live', { goLive: null } ],
		[ 'before a go-live to come', { goLive: '2030-01-01T00:00:00Z' } ],
	] )( '%s is nothing', async ( _, change ) => {
		await connect( ( file ) => ( {
			...file,
			settings: { ...file.settings, ...change },
		} ) );
		expect( await changed( '1001' ) ).toBe( 'accepted' );
		expect( await waiting() ).toBeNull();
	} );

	test( 'where pulls by themselves are off is nothing', async () => {
		await connect( ( file ) => ( {
			...file,
			settings: {
				...file.settings,
				stock: { ...file.settings.stock, every: null },
			},
		} ) );
		expect( await changed( '1001' ) ).toBe( 'accepted' );
		expect( await waiting() ).toBeNull();
	} );
} );

test.each( [
	'order.modified',
	'order.modified.order-status',
	'sales-order.created',
	'goods-out-note.modified.shipped',
	'product.modified',
	'product.created',
	'something.new',
] )( '%s is taken, and tells the version', async ( fullEvent ) => {
	expect( await changed( '1001', { fullEvent } ) ).toBe( 'accepted' );
	expect( await waiting() ).toBeNull();
	expect( versions ).toEqual( [ [ ACCOUNT, '4.95.2647' ] ] );
} );

test( 'fields that are missing are no reason to ask for it again', async () => {
	expect( await tell( {} ) ).toBe( 'accepted' );
	expect(
		await changed( '1001', {
			accountCode: undefined,
			brightpearlVersion: undefined,
		} )
	).toBe( 'accepted' );
	expect( await waiting() ).toEqual( { skus: [ 'MUG' ] } );
	expect( versions ).toEqual( [] );
} );

test( 'another account’s delivery is logged and ignored, its version too', async () => {
	expect( await changed( '1001', { accountCode: 'other' } ) ).toBe(
		'accepted'
	);
	expect( await waiting() ).toBeNull();
	expect( versions ).toEqual( [] );
	expect( logged ).toHaveLength( 1 );
	expect( logged[ 0 ]?.fields ).toEqual( {
		connection: 'main',
		account: ACCOUNT,
		told: 'other',
	} );
	expect( counted ).toEqual( [ 'brightpearl_webhooks main ignored' ] );
} );

test( 'so is one of a connection that is still to be filled in', async () => {
	await connect( ( file ) => ( { ...file, brightpearl: null } ) );
	expect( await changed( '1001' ) ).toBe( 'accepted' );
	expect( await waiting() ).toBeNull();
	expect( counted ).toEqual( [ 'brightpearl_webhooks main ignored' ] );
} );

test.each( [ '', 'no json', '[]', '{"id":"five"}' ] )(
	'the body %j is taken, and one line of the log',
	async ( body ) => {
		expect( await tell( body ) ).toBe( 'accepted' );
		expect( logged ).toHaveLength( 1 );
		expect( logged[ 0 ]?.fields ).toEqual( {
			connection: 'main',
			bytes: body.length,
		} );
		expect( counted ).toEqual( [ 'brightpearl_webhooks main unreadable' ] );
	}
);

test( 'a wrong token and a connection there is none of are one answer, and nothing happens', async () => {
	for ( const whose of [
		{ token: 'wrong' },
		{ token: webhookToken( KEY, 'other' ) },
		{ connection: 'other' },
		{ connection: 'other', token: webhookToken( KEY, 'main' ) },
	] ) {
		expect( await tell( { id: '1001' }, whose ) ).toBe( 'unknown' );
	}
	expect( [ counted, logged, versions ] ).toEqual( [ [], [], [] ] );
} );

test( 'what cannot be stored is to come again, and the log does not tell the token', async () => {
	broken = new Error( 'disk I/O error' );
	expect( await changed( '1001' ) ).toBe( 'cannot-store' );
	expect( logged[ 0 ]?.fields ).toEqual( {
		connection: 'main',
		err: broken,
	} );
	// Strangers learn nothing of it.
	expect( await tell( {}, { token: 'wrong' } ) ).toBe( 'unknown' );
	broken = null;
	await database.close();
	expect( await changed( '1001' ) ).toBe( 'cannot-store' );
} );
