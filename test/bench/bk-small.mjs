/**
 * What a backlog costs: 1 000 orders of new customers, all paid and allocated, at Brightpearl's
 * cap of 200 requests a minute. Requests are counted in the sandbox's own log.
 */
import { cli, dataDir, sandboxConnection, sleep, start } from './kit.mjs';

const ORDERS = 100;
const SKU = 'OSB-01';
const LONGEST = 60_000;

export async function backlog() {
	return [
		...rows(
			'OAuth, instance id known',
			await measure( 'oauth', 6 ),
			true
		),
		// Ten seconds for a minute: only the requests are of interest.
		...rows(
			'private app without one',
			await measure( 'private', 6 ),
			false
		),
	];
}

function rows( what, found, hasBar ) {
	const orders = `backlog of ${ ORDERS } orders, ${ what }`;
	return [
		[
			`${ orders }, requests per order`,
			found.perOrder.toFixed( 3 ),
			hasBar ? '<= 0.6' : '',
		],
		...( hasBar
			? [
					[
						`${ orders }, orders a minute`,
						found.perMinute.toFixed( 0 ),
						'>= 300',
					],
				]
			: [] ),
		[ `${ orders }, refused as too many`, String( found.refused ), '0' ],
		[
			`${ orders }, synced and proven`,
			String( found.proven ),
			String( ORDERS ),
		],
		[ `${ orders }, by endpoint`, found.endpoints, '' ],
	];
}

async function post( url, path, body ) {
	const answer = await fetch( `${ url }/_sandbox/${ path }`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify( body ),
	} );
	if ( ! answer.ok ) {
		throw new Error(
			`${ path }: ${ answer.status } ${ await answer.text() }`
		);
	}
	return answer.json();
}

async function measure( auth, speed ) {
	const dir = dataDir();
	const brightpearl = await start( dir.path, [
		'sandbox',
		'brightpearl',
		'--port',
		'0',
		'--speed',
		String( speed ),
	] );
	const shop = await start( dir.path, [ 'sandbox', 'shop', '--port', '0' ] );
	const [ account ] = brightpearl.ready.accounts;
	await post( brightpearl.ready.url, 'stock', {
		account: account.account,
		sku: SKU,
		set: 10 * ORDERS,
	} );
	await post( shop.ready.url, 'stock', { sku: SKU, quantity: 10 * ORDERS } );
	await cli( dir.path, [
		'connection',
		'add',
		'--file',
		sandboxConnection( dir.path, shop.ready, brightpearl.ready, auth ),
	] );
	// The catalogue is known, as on any day but the first.
	await cli( dir.path, [ 'stock', 'pull', '--timeout', '60s' ] );
	for ( let n = 0; n < ORDERS; n++ ) {
		await post( shop.ready.url, 'sell', {
			sku: SKU,
			quantity: 1,
			email: `buyer-${ n }@example.test`,
			guest: true,
			status: 'processing',
			paymentMethod: 'stripe',
		} );
	}
	const log = async ( since ) => {
		const answer = await fetch(
			`${ brightpearl.ready.url }/_sandbox/requests?since=${ since }`
		);
		return answer.json();
	};
	// From the start of a window, so that nothing of an earlier one is used.
	const minute = 60_000 / speed;
	await sleep( minute - ( Date.now() % minute ) + 200 );
	const before = await log( 0 );
	const began = Date.now();
	const service = await start( dir.path, [ 'serve', '--port', '0' ] );
	const synced = new Set();
	let ended = null;
	let read = 0;
	while ( ended === null && Date.now() - began < LONGEST ) {
		await sleep( 250 );
		for ( ; read < service.events.length; read++ ) {
			const event = service.events[ read ];
			if ( event.event === 'order' && event.state === 'synced' ) {
				synced.add( event.orderId );
				ended = synced.size === ORDERS ? event.at : null;
			}
		}
	}
	const after = await log( before.last );
	console.error('elapsed', Date.now()-began, JSON.stringify(await cli(dir.path,['status'])).slice(0,900));
	const all=await cli(dir.path,['orders','list','--limit','100']); const un=all.items.filter(o=>o.state!=='synced'); console.error(un.length, JSON.stringify(un.slice(0,2))); if(un[0]) console.error(JSON.stringify(await cli(dir.path,['orders','show',String(un[0].orderId)])).slice(0,3000));
	const listed = await cli( dir.path, [
		'orders',
		'list',
		'--state',
		'synced',
		'--limit',
		'1',
	] );
	await service.stop();
	await shop.stop();
	await brightpearl.stop();
	dir.remove();
	const sent = after.requests.filter( ( { pool } ) => pool !== null );
	const byEndpoint = new Map();
	for ( const { method, path } of sent ) {
		const name = `${ method } ${ path
			.replace( /^\/public-api\/[^/]+/, '' )
			.replace( /\?.*$/, '' )
			.replace( /\/[\d,.*-]+/g, '' ) }`;
		byEndpoint.set( name, ( byEndpoint.get( name ) ?? 0 ) + 1 );
	}
	return {
		perOrder: sent.length / ORDERS,
		perMinute: ( ORDERS * 60_000 ) / ( ( ended ?? Date.now() ) - began ),
		refused: sent.filter( ( { status } ) => status === 503 ).length,
		proven: listed.total,
		endpoints: [ ...byEndpoint ]
			.sort( ( a, b ) => b[ 1 ] - a[ 1 ] )
			.map( ( [ name, count ] ) => `${ name } ${ count }` )
			.join( ', ' ),
	};
}
