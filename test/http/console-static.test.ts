import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readConsoleFiles } from '../../src/http/console/static.ts';
import { createScene, type Scene } from './console-scene.ts';

const INDEX =
	'<!doctype html><script src="assets/console-ABCDEFG2.js"></script>';
const SCRIPT = `console.log( "${ 'pearl '.repeat( 500 ) }" );`;

let dir: string;
let scene: Scene;
beforeEach( async () => {
	dir = mkdtempSync( join( tmpdir(), 'pearlbridge-static-' ) );
	mkdirSync( join( dir, 'assets/charts' ), { recursive: true } );
	writeFileSync( join( dir, 'index.html' ), INDEX );
	writeFileSync( join( dir, 'secret.txt' ), 'not ours to give' );
	writeFileSync( join( dir, 'assets/console-ABCDEFG2.js' ), SCRIPT );
	writeFileSync( join( dir, 'assets/charts/uplot-HIJKLMN3.css' ), 'a{}' );
	writeFileSync( join( dir, 'assets/console.js' ), 'plain' );
	writeFileSync( join( dir, 'assets/logo.png' ), Buffer.alloc( 5000 ) );
	scene = await createScene( { files: await readConsoleFiles( dir ) } );
} );
afterEach( async () => {
	await scene.close();
	rmSync( dir, { recursive: true, force: true } );
} );

const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

describe( 'the files of the console', () => {
	test( 'the page comes to everybody who reaches it, under a strict policy, and is asked for anew', async () => {
		for ( const path of [ '/', '/?from=mail' ] ) {
			const { status, text, headers } = await scene.ask( path );
			expect( [ status, text ] ).toEqual( [ 200, INDEX ] );
			expect( headers ).toMatchObject( {
				'content-type': 'text/html; charset=utf-8',
				'content-security-policy': POLICY,
				'cache-control': 'no-cache',
				'x-content-type-options': 'nosniff',
				'x-frame-options': 'DENY',
				'referrer-policy': 'same-origin',
			} );
		}
	} );

	test( 'what carries its hash in its name is kept for ever, the rest is not', async () => {
		const kept = 'public, max-age=31536000, immutable';
		for ( const [ path, type, caching ] of [
			[
				'/assets/console-ABCDEFG2.js',
				'text/javascript; charset=utf-8',
				kept,
			],
			[
				'/assets/charts/uplot-HIJKLMN3.css',
				'text/css; charset=utf-8',
				kept,
			],
			[
				'/assets/console.js',
				'text/javascript; charset=utf-8',
				'no-cache',
			],
			[ '/assets/logo.png', 'image/png', 'no-cache' ],
		] as const ) {
			const { status, headers } = await scene.ask( path );
			expect( [
				status,
				headers[ 'content-type' ],
				headers[ 'cache-control' ],
			] ).toEqual( [ 200, type, caching ] );
		}
	} );

	test( 'come compressed to who takes that', async () => {
		const path = '/assets/console-ABCDEFG2.js';
		for ( const accepted of [ 'gzip', 'br, gzip;q=0.5', 'GZIP' ] ) {
			const { headers, text } = await scene.ask( path, {
				headers: { 'accept-encoding': accepted },
			} );
			expect( headers ).toMatchObject( {
				'content-encoding': 'gzip',
				vary: 'accept-encoding',
			} );
			const bytes = Buffer.from( text, 'latin1' );
			expect( bytes.length ).toBeLessThan( SCRIPT.length / 10 );
			expect( gunzipSync( bytes ).toString() ).toBe( SCRIPT );
		}
		for ( const refused of [ '', 'identity', 'gzip;q=0', 'br' ] ) {
			const { headers, text } = await scene.ask( path, {
				headers: { 'accept-encoding': refused },
			} );
			expect( headers[ 'content-encoding' ] ).toBeUndefined();
			expect( text ).toBe( SCRIPT );
		}
		const image = await scene.ask( '/assets/logo.png', {
			headers: { 'accept-encoding': 'gzip' },
		} );
		expect( image.headers[ 'content-encoding' ] ).toBeUndefined();
	} );

	test( 'are not sent again to who has them', async () => {
		const { headers } = await scene.ask( '/' );
		const etag = String( headers.etag );
		for ( const known of [ etag, `"x", ${ etag }` ] ) {
			const again = await scene.ask( '/', {
				headers: { 'if-none-match': known },
			} );
			expect( [ again.status, again.text ] ).toEqual( [ 304, '' ] );
		}
		const other = await scene.ask( '/', {
			headers: { 'if-none-match': 'W/"x"' },
		} );
		expect( other.status ).toBe( 200 );
	} );

	test.each( [
		'/assets/nothing.js',
		'/assets/',
		'/assets/../secret.txt',
		'/assets/%2e%2e/secret.txt',
		'/assets/..%2fsecret.txt',
		'/secret.txt',
		'/index.html',
		'/assets/%00',
	] )( '%s is not among them', async ( path ) => {
		const { status, text } = await scene.ask( path );
		expect( status ).toBe( 404 );
		expect( text ).not.toContain( 'not ours' );
	} );

	test( 'a HEAD tells the same without them', async () => {
		const { status, headers, text } = await scene.ask( '/', {
			method: 'HEAD',
		} );
		expect( [ status, text, headers[ 'content-length' ] ] ).toEqual( [
			200,
			'',
			String( INDEX.length ),
		] );
	} );

	test( 'where they were not built a page says so, and the rest works', async () => {
		expect( await readConsoleFiles( join( dir, 'nowhere' ) ) ).toBeNull();
		await scene.restart( { files: null } );
		const { status, text, headers } = await scene.ask( '/' );
		expect( status ).toBe( 503 );
		expect( headers[ 'content-type' ] ).toBe( 'text/html; charset=utf-8' );
		expect( text ).toContain( 'npm run build' );
		const { cookie } = await scene.login();
		const session = await scene.ask( '/console/session', {
			headers: { cookie },
		} );
		expect( session.status ).toBe( 200 );
	} );
} );
