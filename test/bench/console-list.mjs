/**
 * How fast the console is answered by a ledger of 100 000 orders: through the operations, as both
 * of its hosts ask them. SQLite works in the service's only thread, so each of these is also the
 * longest a webhook may have to wait for one.
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
	cli,
	dataDir,
	ms,
	percentile,
	silentConnection,
	start,
} from './kit.mjs';

const ORDERS = 100_000;
const PROBLEMS = 500;
const RUNS = 8_000;
const TRIES = 100;
const PAGE = 50;
const BAR = '< 100 ms';

const MINUTE = 60_000;
const NOW = Date.now();
const DAY = 1440 * MINUTE;
const iso = ( time ) => new Date( time ).toISOString();

/** Every 5 minutes, so that the window of a month holds some 8 600 of them. */
const placedAt = ( n ) => NOW - ( ORDERS - n ) * 5 * MINUTE;
const idOf = ( n ) => 500_000 + 7 * ( n % ORDERS );
const numberOf = ( n ) => String( 100_000 + ( n % ORDERS ) );
const salesOrderOf = ( n ) => 9_000_000 + ( n % ORDERS );

export async function consoleList() {
	const dir = dataDir();
	await cli( dir.path, [
		'connection',
		'add',
		'--file',
		silentConnection( dir.path ),
	] );
	seed( join( dir.path, 'pearlbridge.db' ) );
	const service = await start( dir.path, [ 'serve', '--port', '0' ] );
	const ask = operations( dir.path );
	try {
		return await measureAll( ask );
	} finally {
		ask.close();
		await service.stop();
		dir.remove();
	}
}

async function measureAll( ask ) {
	const rows = [];
	const measure = async ( what, inputOf ) => {
		const times = [];
		for ( let n = 0; n < TRIES; n++ ) {
			const [ name, input ] = inputOf( n );
			const began = performance.now();
			const answer = await ask( name, input );
			// The first answers are those of code that runs for the first time.
			if ( n >= TRIES / 10 ) {
				times.push( performance.now() - began );
			}
			if ( name === 'ordersList' && answer.total === 0 ) {
				throw new Error( `${ what }: nothing was found.` );
			}
		}
		rows.push( [
			`${ what }, p50 / p95`,
			`${ ms( percentile( times, 50 ) ) } / ${ ms( percentile( times, 95 ) ) }`,
			BAR,
		] );
	};
	const list = ( input ) => [ 'ordersList', { limit: PAGE, ...input } ];
	const deep = await cursorAt( ask, 1000 );

	await measure( `${ ORDERS } orders: first page`, () => list( {} ) );
	await measure( 'page 1000', () => list( { cursor: deep } ) );
	await measure( 'the synced, most of them', () =>
		list( { state: 'synced' } )
	);
	await measure( 'those with a problem', () => list( { state: 'problem' } ) );
	await measure( 'of one month', () =>
		list( { since: iso( NOW - 60 * DAY ), until: iso( NOW - 30 * DAY ) } )
	);
	await measure( 'search: one order by its number', ( n ) =>
		list( { search: numberOf( n * 1000 ) } )
	);
	await measure( 'search: a number that begins all of them', () =>
		list( { search: '1' } )
	);
	await measure( 'search: a number that begins the oldest tenth', () =>
		list( { search: '10' } )
	);
	await measure( 'search: all of them, of one state', () =>
		list( { search: '1', state: 'held' } )
	);
	await measure( 'search: by order id', ( n ) =>
		list( { search: String( idOf( n * 1000 ) ) } )
	);
	await measure( 'search: by sales order id', ( n ) =>
		list( { search: String( salesOrderOf( n * 1000 ) ) } )
	);
	await measure( 'status, with counts by state', () => [ 'status', {} ] );
	for ( const span of [ 'day', 'week', 'month' ] ) {
		await measure( `activity of a ${ span }`, () => [
			'activity',
			{ connection: 'main', span },
		] );
	}
	await measure( 'activity of a month, all connections', () => [
		'activity',
		{ span: 'month' },
	] );
	await measure( 'stock runs', () => [ 'stockRuns', {} ] );
	return rows;
}

async function cursorAt( ask, page ) {
	let cursor = null;
	// As many orders in fewer pages.
	for ( let skipped = 0; skipped < page * PAGE; skipped += 1000 ) {
		const answer = await ask( 'ordersList', { limit: 1000, cursor } );
		cursor = answer.nextCursor;
	}
	return cursor;
}

/** Straight into the tables, in one transaction: as the service would have written them. */
function seed( path ) {
	const database = new DatabaseSync( path );
	const insert = ( table, row ) =>
		database.prepare(
			`insert into ${ table } (${ Object.keys( row ).join( ', ' ) }) values (${ Object.keys(
				row
			)
				.map( ( name ) => `:${ name }` )
				.join( ', ' ) })`
		);
	database.exec( 'begin immediate' );
	const addLink = insert( 'order_links', linkRow( 0 ) );
	for ( let n = 0; n < ORDERS; n++ ) {
		addLink.run( linkRow( n ) );
	}
	const addProblem = insert( 'problems', problemRow( 0 ) );
	for ( let n = 0; n < ORDERS; n++ ) {
		if ( stateOf( n ) === 'problem' ) {
			addProblem.run( problemRow( n ) );
		}
	}
	const addRun = insert( 'stock_runs', runRow( 0 ) );
	for ( let n = 0; n < RUNS; n++ ) {
		addRun.run( runRow( n ) );
	}
	database.exec( 'commit' );
	database.close();
}

function stateOf( n ) {
	if ( n % ( ORDERS / PROBLEMS ) === 7 ) {
		return 'problem';
	}
	return n % 100 === 50 ? 'held' : 'synced';
}

function linkRow( n ) {
	const placed = placedAt( n );
	const pushed = placed + 5_000 + ( ( n * 7919 ) % 60_000 );
	const state = stateOf( n );
	const synced = state === 'synced';
	return {
		connection: 'main',
		order_id: idOf( n ),
		number: numberOf( n ),
		state,
		store_status: n % 10 === 0 ? 'processing' : 'completed',
		placed_at: placed,
		gone: null,
		has_stock: 1,
		shipped: n % 10 === 0 ? 0 : 1,
		sales_order_id: synced ? salesOrderOf( n ) : null,
		pushed_at: synced ? iso( pushed ) : null,
		pushed_time: synced ? pushed : null,
		updated_at: iso( pushed ),
		doc: JSON.stringify( linkDoc( n, placed, synced ) ),
	};
}

function linkDoc( n, placed, synced ) {
	const total = `${ 20 + ( n % 300 ) }.40`;
	const tax = '3.40';
	return {
		placedAt: iso( placed ),
		modifiedAt: iso( placed + MINUTE ),
		currency: 'GBP',
		total,
		decision: null,
		forced: false,
		lines: [ 1, 2, 3 ].map( ( line ) => ( {
			lineId: 10 * n + line,
			productId: 100 + ( n % 500 ),
			variationId: 0,
			sku: `SKU-${ n % 500 }-${ line }`,
			reduced: 1,
		} ) ),
		refunds: [],
		payments: synced
			? [
					{
						n: 1,
						amount: total,
						paidAt: iso( placed ),
						paymentId: n + 1,
					},
				]
			: [],
		contactId: synced ? 1000 + n : null,
		allocation: null,
		pending: [],
		brightpearl: synced
			? {
					salesOrderId: salesOrderOf( n ),
					externalRef: `shop-${ idOf( n ) }`,
					reference: numberOf( n ),
					contactId: 1000 + n,
					statusId: 2,
					total,
					tax,
					allocation: 'all',
					cancelled: false,
					payments: [
						{
							paymentId: n + 1,
							type: 'RECEIPT',
							amount: total,
							currency: 'GBP',
							methodCode: 'CARD',
							transactionRef: `shop-${ idOf( n ) }-1`,
						},
					],
					credits: [],
				}
			: null,
		proof: synced
			? {
					checkedAt: iso( placed + MINUTE ),
					matches: true,
					total: { store: total, brightpearl: total },
					tax: { store: tax, brightpearl: tax },
					rows: { planned: 4, found: 4 },
				}
			: null,
		fingerprint: String( n ).padStart( 64, '0' ),
	};
}

function problemRow( n ) {
	return {
		connection: 'main',
		subject: `order:${ idOf( n ) }`,
		code: 'sku-unknown',
		message: `SKU-${ n } is not in Brightpearl.`,
		cause: 'It was never created there.',
		fix: 'Create the product, then retry.',
		field: null,
		since: iso( placedAt( n ) ),
		retryable: 1,
	};
}

function runRow( n ) {
	const started = NOW - ( RUNS - n ) * 5 * MINUTE;
	const changed = n % 20;
	const summary = {
		runId: n + 1,
		state: 'done',
		dryRun: false,
		startedAt: iso( started ),
		finishedAt: iso( started + 4_000 ),
		requests: { brightpearl: 3, store: 2 },
		skus: {
			mapped: 2000,
			unmapped: 4,
			read: 2000,
			changed,
			written: changed,
			skipped: 0,
			failed: 0,
		},
	};
	const changes = Array.from( { length: changed }, ( _, index ) => ( {
		sku: `SKU-${ index }`,
		productId: index + 1,
		variationId: null,
		from: 4,
		to: 5,
		onHand: 6,
		inFlight: 1,
		buffer: 0,
		written: true,
	} ) );
	return {
		connection: 'main',
		dry_run: 0,
		started_at: summary.startedAt,
		finished_at: summary.finishedAt,
		state: 'done',
		doc: JSON.stringify( { ...summary, changes, errors: [] } ),
		summary: JSON.stringify( { ...summary, errors: 0 } ),
		changed,
		failed: 0,
	};
}

/** The service's internal address, over one kept connection. */
function operations( dir ) {
	const service = JSON.parse(
		readFileSync( join( dir, 'service.json' ), 'utf8' )
	);
	const agent = new Agent( { keepAlive: true, maxSockets: 1 } );
	const ask = ( name, input ) =>
		new Promise( ( resolve, reject ) => {
			const call = request(
				`${ service.url }/v1/operations/${ name }`,
				{
					method: 'POST',
					agent,
					headers: {
						authorization: `Bearer ${ service.token }`,
						'content-type': 'application/json',
					},
				},
				( answer ) => {
					const parts = [];
					answer.on( 'data', ( part ) => parts.push( part ) );
					answer.on( 'error', reject );
					answer.on( 'end', () => {
						const text = Buffer.concat( parts ).toString();
						const { exit, body } = JSON.parse( text );
						if ( exit === 0 ) {
							resolve( body );
						} else {
							reject( new Error( `${ name }: ${ text }` ) );
						}
					} );
				}
			);
			call.on( 'error', reject );
			call.end( JSON.stringify( { input, timeout: 10_000 } ) );
		} );
	ask.close = () => agent.destroy();
	return ask;
}
