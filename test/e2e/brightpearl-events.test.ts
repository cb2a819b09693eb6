/**
 * Brightpearl tells of changes by itself: webhooks made over its API, as the service takes them.
 * They make it faster and tell of a new release; nothing depends on them.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	WEBHOOK_BODY,
	WEBHOOK_CONTENT_TYPE,
} from '../../src/brightpearl/services/webhook-event.ts';
import { brightpearlWebhookAddress } from '../../src/flows/webhook-address.ts';
import { webhookToken } from '../../src/signing/webhook-token.ts';
import {
	CONNECTION,
	eventually,
	gbSettings,
	goLiveNow,
	openScene,
	openStage,
	type Scene,
	type Stage,
} from './kit.ts';
import type { Started } from './harness.ts';

const ACCOUNT = 'sandbox-gb';

let stage: Stage;
let scene: Scene;
let service: Started;
let token: string;

beforeAll( async () => {
	stage = await openStage();
	await stage.brightpearl.switches( { requestsPerMinute: 5000 } );
	const settings = gbSettings();
	scene = await openScene( stage, {
		instanceId: true,
		settings: {
			...settings,
			goLive: await goLiveNow(),
			// Once at the start, and then not while anybody watches.
			stock: { ...settings.stock, every: '12h' },
		},
	} );
	service = await scene.serve();
	const key = await readFile( join( scene.bench.dataDir, 'key' ), 'utf8' );
	token = webhookToken( Buffer.from( key.trim(), 'base64' ), CONNECTION );
	for ( const subscribeTo of [
		'product',
		'order.modified',
		'sales-order.created',
		'goods-out-note',
	] ) {
		const made = await stage.brightpearl.api(
			ACCOUNT,
			'POST',
			'/integration-service/webhook',
			{
				subscribeTo,
				httpMethod: 'POST',
				uriTemplate: brightpearlWebhookAddress(
					service.ready.url,
					CONNECTION,
					token
				),
				bodyTemplate: WEBHOOK_BODY,
				contentType: WEBHOOK_CONTENT_TYPE,
				idSetAccepted: true,
				qualityOfService: 1,
			}
		);
		expect( [ made.status, await made.text() ] ).toEqual( [
			200,
			expect.stringMatching( /^\{"response":\d+\}$/ ),
		] );
	}
	await eventually(
		'the first pull is done',
		async () => runs().length === 1
	);
} );
afterAll( async () => {
	await scene?.end();
	await stage?.end();
} );

const runs = () => service.lines.filter( ( { event } ) => event === 'stock' );

async function figure( name: string ): Promise< number > {
	const text = await (
		await fetch( `${ service.ready.url }/metrics` )
	).text();
	const line = text
		.split( '\n' )
		.find( ( one ) => one.startsWith( `pearlbridge_${ name } ` ) );
	return Number( line?.slice( line.lastIndexOf( ' ' ) ) ?? 0 );
}
const accepted = () =>
	figure(
		`brightpearl_webhooks_total{connection="${ CONNECTION }",result="accepted"}`
	);

test( 'stock changed by hand in Brightpearl is in the shop without waiting for the interval', async () => {
	await scene.changeStock( 'OSB-01', { set: 33 } );
	await scene.changeStock( 'BWX-12', { set: 44 } );
	await scene.changeStock( 'OSB-01', { set: 34 } );
	await eventually(
		'the shop shows it',
		async () =>
			( await stage.shop.stock( 'OSB-01' ) ) === 34 &&
			( await stage.shop.stock( 'BWX-12' ) ) === 44
	);
	expect( await accepted() ).toBeGreaterThan( 0 );
	const [ , run, ...more ] = await eventually(
		'the run is told',
		async () => runs().length > 1 && runs()
	);
	expect( more ).toEqual( [] );
	expect( run ).toMatchObject( {
		connection: CONNECTION,
		state: 'done',
		changes: expect.arrayContaining( [
			expect.objectContaining( { sku: 'OSB-01', to: 34 } ),
			expect.objectContaining( { sku: 'BWX-12', to: 44 } ),
		] ),
	} );
} );

test( 'what the shop does not sell is no error of anybody’s', async () => {
	const before = await accepted();
	await stage.brightpearl.control( 'products', {
		account: ACCOUNT,
		sku: 'NOT-IN-THE-SHOP',
		quantity: 5,
	} );
	await eventually(
		'its webhooks are taken',
		async () => ( await accepted() ) > before
	);
	expect( await scene.problems() ).toEqual( [] );
} );

test( 'an order’s own events are taken, and make nothing twice', async () => {
	const before = await accepted();
	const id = await stage.shop.sellOne( {
		sku: 'LIN-APR',
		paymentMethod: 'stripe',
	} );
	await scene.must( 0, 'orders', 'push', String( id ) );
	await eventually(
		'its webhooks are taken',
		async () => ( await accepted() ) > before
	);
	expect( ( await scene.soldOrder( id ) ).externalRef ).toBe(
		`shop-${ id }`
	);
	expect( await scene.problems() ).toEqual( [] );
} );

test( 'another release of Brightpearl is counted, shown and raised', async () => {
	await stage.brightpearl.switches( { brightpearlVersion: '4.96.11' } );
	await scene.changeStock( 'OSB-01', { set: 35 } );
	const problem = await eventually( 'a person is told', async () =>
		( await scene.problems() ).find( ( { code } ) => code === 'api-drift' )
	);
	expect( problem ).toMatchObject( {
		subject: `connection:${ CONNECTION }`,
		message: expect.stringContaining( '4.96' ),
	} );
	expect(
		await figure(
			`brightpearl_drift_total{account="${ ACCOUNT }",endpoint="webhooks",kind="version"}`
		)
	).toBe( 1 );
	const check = await scene.cli( 'connection', 'check' );
	expect( check.stdout ).toContain( 'api-drift' );
	// It stops nothing.
	await eventually(
		'the shop shows it',
		async () => ( await stage.shop.stock( 'OSB-01' ) ) === 35
	);
} );

test( 'every call was answered 200, and nobody was told the token', async () => {
	const calls = await stage.brightpearl.api(
		ACCOUNT,
		'GET',
		'/integration-service/webhook'
	);
	expect( await calls.text() ).toContain( token );
	const deliveries = await stage.brightpearl.control<
		{ attempts: unknown[] }[]
	>( `deliveries?account=${ ACCOUNT }` );
	expect( deliveries.length ).toBeGreaterThan( 4 );
	expect(
		deliveries.filter( ( { attempts } ) => String( attempts ) !== '200' )
	).toEqual( [] );
	await fetch(
		brightpearlWebhookAddress( service.ready.url, CONNECTION, 'wrong' ),
		{ method: 'POST', body: '{}' }
	);
	await eventually( 'the wrong token is logged', async () =>
		service.stderr().includes( 'with a token' )
	);
	const shown = await scene.cli( 'connection', 'show' );
	expect(
		service.stderr() + JSON.stringify( service.lines ) + shown.stdout
	).not.toContain( token );
	expect( await scene.leaks() ).toEqual( [] );
} );
