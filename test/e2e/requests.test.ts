/**
 * What one live order costs Brightpearl's allowance: how many requests until it is there and
 * proven, and what follows.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
	eventually,
	gbSettings,
	openScene,
	openStage,
	type Scene,
	type Stage,
} from './kit.ts';

let stage: Stage;
let scene: Scene;
beforeAll( async () => {
	stage = await openStage();
	scene = await openScene( stage, {
		oauth: true,
		settings: { ...gbSettings(), stock: { every: '1h' } },
	} );
	await scene.brightpearl.control( 'contacts', {
		account: scene.account.account,
		count: 3,
		prefix: 'known',
		domain: 'example.test',
		from: 1,
	} );
	// The catalogue is known, and what every order is planned with.
	await scene.must( 0, 'stock', 'pull' );
	await scene.serve();
	await scene.webhooks();
	await scene.order( await sell( 'known3@example.test' ), 'synced' );
} );
afterAll( async () => {
	await scene?.end();
	await stage?.end();
} );

function sell( email: string ): Promise< number > {
	return scene.shop.sellOne( { sku: 'OSB-01', quantity: 1, email } );
}

/** Method and path without account, query and ids. */
async function sentSince( last: number ): Promise< string[] > {
	const requests = await scene.brightpearl.requests( last );
	return requests.map( ( { method, path } ) =>
		`${ method } ${ path }`
			.replace( /\/public-api\/[^/]+/, '' )
			.replace( /\?.*$/, '' )
			.replace( /\/[\d,-]+(?=\/|$)/g, '' )
	);
}

/** Sells with payments and reservations out of order, so that nothing but the order gets through. */
async function provenOnly( email: string ): Promise< {
	readonly orderId: number;
	readonly sent: readonly string[];
} > {
	await scene.brightpearl.fault( {
		kind: 'unavailable',
		path: '/multi-message',
	} );
	const last = await scene.brightpearl.lastRequest();
	const orderId = await sell( email );
	await eventually(
		'the order is proven',
		async () => ( await scene.orderOf( orderId ) )?.proof?.matches === true
	);
	const sent = await sentSince( last );
	await scene.brightpearl.clearFaults();
	const order = await scene.order( orderId, 'synced' );
	expect( order.brightpearl ).toMatchObject( {
		allocation: 'all',
		payments: [ { type: 'RECEIPT', amount: order.total } ],
	} );
	const proven = sent.indexOf( 'GET /order-service/order' ) + 1;
	return { orderId, sent: sent.slice( 0, proven ) };
}

describe( 'a live order', () => {
	test( 'of a known customer is proven at the third request', async () => {
		const { sent } = await provenOnly( 'known1@example.test' );
		expect( sent ).toEqual( [
			'GET /contact-service/contact-search',
			'POST /order-service/sales-order',
			'GET /order-service/order',
		] );
	} );

	test( 'of a new one at the fifth', async () => {
		const { sent } = await provenOnly( 'new@example.test' );
		expect( sent ).toEqual( [
			'GET /contact-service/contact-search',
			'POST /contact-service/postal-address',
			'POST /contact-service/contact',
			'POST /order-service/sales-order',
			'GET /order-service/order',
		] );
	} );

	test( 'has its payment and its allocation in one request, and both are read back in one more', async () => {
		const last = await scene.brightpearl.lastRequest();
		await scene.order( await sell( 'known2@example.test' ), 'synced' );
		expect( ( await sentSince( last ) ).slice( 3 ) ).toEqual( [
			'POST /multi-message',
			'GET /order-service/order',
		] );
	} );
} );
