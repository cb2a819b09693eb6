/**
 * How fast a WooCommerce delivery is answered while 100 a second arrive: with both sides there and
 * the orders being pushed, and with both sides down and every task being tried again.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import {
	cli,
	dataDir,
	ms,
	percentile,
	root,
	sandboxConnection,
	silentConnection,
	sleep,
	start,
} from './kit.mjs';

const RATE = 100;
const SECONDS = 10;
/** Not counted: the first sweep and stock pull, and code that runs for the first time. */
const WARM_UP = 3;
/** Distinct ones: a shop's deliveries are mostly updates of the same few orders. */
const ORDERS = 100;

export async function webhooks() {
	const dir = dataDir();
	// At Brightpearl's own pace: 200 requests a minute.
	const brightpearl = await start( dir.path, [
		'sandbox',
		'brightpearl',
		'--port',
		'0',
	] );
	const shop = await start( dir.path, [ 'sandbox', 'shop', '--port', '0' ] );
	const sold = await fetch( `${ shop.ready.url }/_sandbox/sell`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify( { count: ORDERS } ),
	} );
	const ids = ( await sold.json() ).orders.map( ( { id } ) => id );
	const up = await measure(
		dir.path,
		sandboxConnection( dir.path, shop.ready, brightpearl.ready ),
		shop.ready.webhookSecret,
		( n ) => ids[ n % ids.length ]
	);
	await shop.stop();
	await brightpearl.stop();
	dir.remove();

	const other = dataDir();
	const down = await measure(
		other.path,
		silentConnection( other.path ),
		'whs_bench',
		( n ) => 10000 + n
	);
	other.remove();
	return [
		...rows( `webhook answer at ${ RATE }/s`, up, '< 10 ms' ),
		...rows( `the same with both sides down`, down, '' ),
	];
}

function rows( what, { times, statuses }, bar ) {
	return [
		[ `${ what }, p50`, ms( percentile( times, 50 ) ), '' ],
		[ `${ what }, p99`, ms( percentile( times, 99 ) ), bar ],
		[
			`${ what }, by status`,
			JSON.stringify( Object.fromEntries( statuses ) ),
			'all 200',
		],
	];
}

/** Answer times of RATE × SECONDS signed deliveries. */
async function measure( path, file, secret, idOf ) {
	await cli( path, [ 'connection', 'add', '--file', file ] );
	const service = await start( path, [ 'serve', '--port', '0' ] );
	const order = JSON.parse(
		readFileSync(
			join(
				root,
				'test/data/woocommerce/orders/001-simple-guest-card.json'
			),
			'utf8'
		)
	);
	const agent = new Agent( { keepAlive: true, maxSockets: 16 } );
	const times = [];
	const statuses = new Map();
	const deliver = ( id, counted ) =>
		new Promise( ( resolve ) => {
			const body = Buffer.from( JSON.stringify( { ...order, id } ) );
			const began = performance.now();
			const call = request(
				`${ service.ready.url }/webhooks/woocommerce/main`,
				{
					method: 'POST',
					agent,
					headers: {
						'content-type': 'application/json',
						'content-length': body.length,
						'x-wc-webhook-topic': 'order.updated',
						'x-wc-webhook-resource': 'order',
						'x-wc-webhook-event': 'updated',
						'x-wc-webhook-id': '1',
						'x-wc-webhook-signature': createHmac( 'sha256', secret )
							.update( body )
							.digest( 'base64' ),
					},
				},
				( answer ) => {
					answer.resume().on( 'end', () => {
						if ( counted ) {
							times.push( performance.now() - began );
						}
						statuses.set(
							answer.statusCode,
							( statuses.get( answer.statusCode ) ?? 0 ) + 1
						);
						resolve();
					} );
				}
			);
			call.end( body );
		} );
	const began = performance.now();
	const pending = [];
	for ( let n = 0; n < RATE * ( WARM_UP + SECONDS ); n++ ) {
		await sleep(
			Math.max( began + ( n * 1000 ) / RATE - performance.now(), 0 )
		);
		pending.push( deliver( idOf( n ), n >= RATE * WARM_UP ) );
	}
	await Promise.all( pending );
	agent.destroy();
	await service.stop();
	return { times, statuses };
}
