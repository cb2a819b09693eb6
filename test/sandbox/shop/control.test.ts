import { afterEach, describe, expect, test } from '@jest/globals';
import {
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShopEvent } from '../../../src/sandbox/shop/index.ts';
import { at, closeAll, createTestClock, send, startShop } from './kit.ts';
import { startShopSandbox } from '../../../src/sandbox/shop/index.ts';

afterEach( closeAll );

const PATH = '/orders?per_page=1';

describe( 'faults', () => {
	test.each( [
		[ 'bom', 200, /^\ufeff?\[/ ],
		[ 'php-warning', 200, /^<br \/>\n<b>Warning<\/b>.*\n\[/ ],
		[ 'truncated', 200, /^\[\{"id":[^\]]*$/ ],
		[ 'empty', 200, /^$/ ],
		[ 'login-redirect', 302, /^$/ ],
		[ 'rate-limited', 429, /too_many_requests/ ],
		[ 'server-error', 500, /^<!DOCTYPE html>/ ],
		[ 'maintenance', 503, /scheduled maintenance/ ],
		[ 'error-after-work', 500, /internal_server_error/ ],
	] as const )( '%s answers %i', async ( kind, status, text ) => {
		const { call, shop, control } = await startShop();
		shop.sell();
		await control( 'POST', '/faults', { kind, count: 1 } );
		const broken = await call( 'GET', `${ PATH }&_fields=id,total` );
		expect( broken.status ).toBe( status );
		expect( broken.text ).toMatch( text );
		const whole = await call( 'GET', PATH );
		expect( [ whole.status, whole.json ] ).toEqual( [
			200,
			expect.any( Array ),
		] );
	} );

	test.each( [
		[ 'rate-limited', null, '30' ],
		[ 'rate-limited', 1, '1' ],
		[ 'maintenance', null, '600' ],
		[ 'maintenance', 0, '0' ],
	] as const )(
		'%s with %j asks to come back after %s s',
		async ( kind, retryAfter, header ) => {
			const { call, shop } = await startShop();
			shop.fault( { kind, retryAfter } );
			expect(
				( await call( 'GET', PATH ) ).headers.get( 'retry-after' )
			).toBe( header );
			shop.clearFaults();
			expect( ( await call( 'GET', PATH ) ).status ).toBe( 200 );
		}
	);

	test( 'the BOM is really there', async () => {
		const { call, shop, control } = await startShop();
		await control( 'POST', '/faults', {
			kind: 'bom',
			count: 1,
			path: '/wp-json',
		} );
		expect( shop.requests() ).toEqual( [] );
		const index = await fetch( `${ shop.url }/wp-json/` );
		const bytes = new Uint8Array( await index.arrayBuffer() );
		expect( [ ...bytes.slice( 0, 4 ) ] ).toEqual( [
			0xef, 0xbb, 0xbf, 0x7b,
		] );
		expect( ( await call( 'GET', PATH ) ).text ).toMatch( /^\[/ );
	} );

	test( 'a reset does nothing, a lost answer has done it', async () => {
		const { call, control } = await startShop();
		const count = async (): Promise< unknown > =>
			at( ( await control( 'GET', '/state' ) ).json, 'orders' );
		for ( const [ kind, orders ] of [
			[ 'reset', 0 ],
			[ 'lost-answer', 1 ],
			[ 'error-after-work', 2 ],
		] as const ) {
			await control( 'POST', '/faults', {
				kind,
				count: 1,
				method: 'POST',
				path: '/orders',
			} );
			const outcome = await call( 'POST', '/orders', {} ).then(
				( { status } ) => status,
				() => 'cut'
			);
			expect( [ kind, outcome, await count() ] ).toEqual( [
				kind,
				kind === 'error-after-work' ? 500 : 'cut',
				orders,
			] );
		}
	} );

	test( 'hit only their path and method, at their rate, and can be cleared', async () => {
		const { call, control } = await startShop();
		await control( 'POST', '/faults', {
			faults: [ { kind: 'maintenance', path: '/products', rate: 0.5 } ],
		} );
		const statuses = [];
		for ( let done = 0; done < 60; done++ ) {
			statuses.push( ( await call( 'GET', '/products/4200' ) ).status );
		}
		expect( new Set( statuses ) ).toEqual( new Set( [ 200, 503 ] ) );
		expect( ( await call( 'GET', PATH ) ).status ).toBe( 200 );
		await control( 'DELETE', '/faults' );
		expect(
			at( ( await control( 'GET', '/faults' ) ).json, 'faults' )
		).toEqual( [] );
	} );
} );

describe( 'the control', () => {
	test( 'refuses what it does not understand, and says which part', async () => {
		const { control } = await startShop();
		for ( const [ path, body, field ] of [
			[ '/sell', { cuont: 1 }, '' ],
			[ '/sell', { quantity: 0 }, 'quantity' ],
			[ '/settings', { timeZone: 'Mars/Olympus' }, 'timeZone' ],
			[ '/stock', { sku: 'LIN-APR', quantity: 1.5 }, 'quantity' ],
		] as const ) {
			const { status, json } = await control( 'POST', path, body );
			expect( status ).toBe( 400 );
			expect( at( json, 'details.0.path' ) ).toBe( field );
		}
		expect(
			( await control( 'POST', '/stock', { sku: 'NOPE', quantity: 1 } ) )
				.status
		).toBe( 404 );
		expect(
			(
				await control( 'POST', '/load-recorded', {
					directory: '/nowhere',
				} )
			).status
		).toBe( 400 );
		expect( ( await control( 'POST', '/nothing', {} ) ).status ).toBe(
			404
		);
	} );

	test( 'the request log holds no key and no signature', async () => {
		const { call, shop, control } = await startShop();
		await call( 'GET', '/orders?status=any&page=1' );
		await send(
			'GET',
			`${ shop.url }/wp-json/wc/v3/orders?consumer_key=ck_x&consumer_secret=cs_x&oauth_nonce=n`,
			{}
		);
		const { json, text } = await control( 'GET', '/requests' );
		expect( at( json, 'items.0' ) ).toMatchObject( {
			n: 1,
			method: 'GET',
			path: '/wp-json/wc/v3/orders',
			query: { status: 'any', page: '1' },
			status: 200,
		} );
		expect( at( json, 'items.1.query' ) ).toEqual( {} );
		expect( text ).not.toMatch( /ck_|cs_|oauth/ );
		expect( shop.requests( 1 ) ).toHaveLength( 1 );
	} );

	test( 'says what happens', async () => {
		const events: ShopEvent[] = [];
		const { shop, control } = await startShop( {
			onEvent: ( event ) => events.push( event ),
		} );
		const [ sold ] = shop.sell( {
			sku: 'LIN-APR',
			quantity: 2,
			paymentMethod: 'cod',
		} ).orders;
		await control( 'POST', '/stock', { sku: 'LIN-APR', quantity: 1 } );
		expect( events ).toEqual( [
			{
				kind: 'stock',
				productId: 4202,
				sku: 'LIN-APR',
				from: 4883,
				to: 4881,
				cause: 'order',
			},
			expect.objectContaining( {
				kind: 'order',
				orderId: sold?.id,
				status: 'processing',
				total: sold?.total,
			} ),
			{
				kind: 'stock',
				productId: 4202,
				sku: 'LIN-APR',
				from: 4881,
				to: 1,
				cause: 'hand',
			},
		] );
	} );

	test( 'the page shows names as text, whatever they hold', async () => {
		const { call, shop } = await startShop();
		await call( 'POST', '/orders', {
			billing: { first_name: '<script>alert(1)</script>' },
		} );
		const page = await ( await fetch( shop.url ) ).text();
		expect( page ).toContain( '&lt;script&gt;alert(1)&lt;/script&gt;' );
		expect( page ).not.toContain( '<script>' );
		expect( page ).toContain( 'Oak Serving Board' );
	} );
} );

describe( 'the saved state', () => {
	const directories: string[] = [];
	const stateFile = (): string => {
		const directory = mkdtempSync( join( tmpdir(), 'shop-' ) );
		directories.push( directory );
		return join( directory, 'deep', 'shop.json' );
	};
	afterEach( () => {
		for ( const directory of directories.splice( 0 ) ) {
			rmSync( directory, { recursive: true } );
		}
	} );

	test( 'goes on where it was: orders, stock, webhooks, settings, ids, port', async () => {
		const file = stateFile();
		const first = await startShop( { stateFile: file, seed: 3 } );
		first.shop.settings( { pricesIncludeTax: true } );
		await first.call( 'POST', '/webhooks', {
			topic: 'order.created',
			delivery_url: 'http://127.0.0.1:1/',
		} );
		const [ sold ] = first.shop.sell( { sku: 'LIN-APR' } ).orders;
		const { json: before } = await first.call(
			'GET',
			`/orders/${ sold?.id ?? 0 }`
		);
		await first.shop.close();
		const second = await startShop( { stateFile: file, seed: 3 } );
		expect( second.shop.url ).toBe( first.shop.url );
		expect( second.shop.ready ).toEqual( first.shop.ready );
		const { json: after } = await second.call(
			'GET',
			`/orders/${ sold?.id ?? 0 }`
		);
		expect( after ).toEqual( before );
		expect(
			at(
				( await second.call( 'GET', '/products/4202' ) ).json,
				'stock_quantity'
			)
		).toBe( 4882 );
		expect( ( await second.call( 'GET', '/webhooks' ) ).json ).toHaveLength(
			1
		);
		expect( second.shop.settings().pricesIncludeTax ).toBe( true );
		expect(
			second.shop.sell( { sku: 'LIN-APR' } ).orders[ 0 ]?.id
		).toBeGreaterThan( sold?.id ?? 0 );
	} );

	test( 'is written without waiting for the end, for its owner only', async () => {
		const file = stateFile();
		const { shop } = await startShop( { stateFile: file } );
		const [ sold ] = shop.sell().orders;
		let saved = '';
		for (
			let tries = 0;
			tries < 300 && ! saved.includes( `"id":${ sold?.id ?? 0 },` );
			tries++
		) {
			await new Promise( ( resolve ) => setTimeout( resolve, 10 ) );
			try {
				saved = readFileSync( file, 'utf8' );
			} catch {
				// Not yet.
			}
		}
		expect( saved ).toContain( `"id":${ sold?.id ?? 0 },` );
		expect( statSync( file ).mode % 0o1000 ).toBe( 0o600 );
	} );

	test( 'a file that is something else is left alone', async () => {
		const file = join(
			mkdtempSync( join( tmpdir(), 'shop-' ) ),
			'other.json'
		);
		directories.push( join( file, '..' ) );
		writeFileSync( file, '{"mine":true}' );
		await expect(
			startShopSandbox( { clock: createTestClock(), stateFile: file } )
		).rejects.toThrow( /not a saved shop sandbox/ );
		expect( readFileSync( file, 'utf8' ) ).toBe( '{"mine":true}' );
	} );

	test( 'a port that is taken is an error', async () => {
		const { shop } = await startShop();
		await expect(
			startShopSandbox( {
				clock: createTestClock(),
				port: Number( new URL( shop.url ).port ),
			} )
		).rejects.toThrow( /EADDRINUSE/ );
	} );
} );
