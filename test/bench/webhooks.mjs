/** How fast a WooCommerce delivery is answered while 100 a second arrive. */
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
	silentConnection,
	sleep,
	start,
} from './kit.mjs';

const RATE = 100;
const SECONDS = 10;

export async function webhooks() {
	const dir = dataDir();
	await cli( dir.path, [
		'connection',
		'add',
		'--file',
		silentConnection( dir.path ),
	] );
	const service = await start( dir.path, [ 'serve', '--port', '0' ] );
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
	const deliver = ( id ) =>
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
						'x-wc-webhook-signature': createHmac(
							'sha256',
							'whs_bench'
						)
							.update( body )
							.digest( 'base64' ),
					},
				},
				( answer ) => {
					answer.resume().on( 'end', () => {
						times.push( performance.now() - began );
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
	for ( let n = 0; n < RATE * SECONDS; n++ ) {
		await sleep(
			Math.max( began + ( n * 1000 ) / RATE - performance.now(), 0 )
		);
		pending.push( deliver( 10000 + n ) );
	}
	await Promise.all( pending );
	agent.destroy();
	await service.stop();
	dir.remove();
	return [
		[
			`webhook answer at ${ RATE }/s, p50`,
			ms( percentile( times, 50 ) ),
			'',
		],
		[
			`webhook answer at ${ RATE }/s, p99`,
			ms( percentile( times, 99 ) ),
			'< 10 ms',
		],
		[
			'webhook answers by status',
			JSON.stringify( Object.fromEntries( statuses ) ),
			'all 200',
		],
	];
}
