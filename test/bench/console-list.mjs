/**
 * How fast the console is answered by a ledger of 100 000 orders: through the operations, as both
 * of its hosts ask them. SQLite works in the service's only thread, so each of these is also the
 * longest a webhook may have to wait for one.
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import {
	cli,
	dataDir,
	ms,
	percentile,
	silentConnection,
	start,
} from './kit.mjs';
import { createLedger } from './ledger.mjs';

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

const ledger = createLedger( {
	orders: ORDERS,
	problems: PROBLEMS,
	runs: RUNS,
} );
const { idOf, numberOf, salesOrderOf } = ledger;

export async function consoleList() {
	const dir = dataDir();
	await cli( dir.path, [
		'connection',
		'add',
		'--file',
		silentConnection( dir.path ),
	] );
	ledger.seed( join( dir.path, 'pearlbridge.db' ) );
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
