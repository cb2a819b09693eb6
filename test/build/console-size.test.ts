import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The bars of the script budget, in bytes. */
const KB = 1000;

let dist: string;
let sizes: Record< string, { readonly raw: number; readonly gzip: number } >;
beforeAll( () => {
	dist = mkdtempSync( join( tmpdir(), 'pearlbridge-console-' ) );
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[ join( 'build', 'console.mjs' ), dist ],
		{ encoding: 'utf8' }
	);
	if ( status !== 0 ) {
		throw new Error( stderr );
	}
	sizes = Object.fromEntries(
		stdout
			.trim()
			.split( '\n' )
			.map( ( line ) => {
				const [ , name = '', gzip, raw ] =
					/^(\w+) +([\d.]+) KB gzip +([\d.]+) KB raw$/.exec( line ) ??
					[];
				return [
					name,
					{ gzip: Number( gzip ) * KB, raw: Number( raw ) * KB },
				];
			} )
	);
}, 60_000 );
afterAll( () => rmSync( dist, { recursive: true, force: true } ) );

const text = ( ...path: string[] ): string =>
	readFileSync( join( dist, ...path ), 'utf8' );

const scripts = ( folder: string ): string =>
	readdirSync( join( dist, folder ) )
		.filter( ( name ) => name.endsWith( '.js' ) )
		.map( ( name ) => text( folder, name ) )
		.join( '\n' );

describe( 'the built console', () => {
	test( 'in wp-admin stays below its bars', () => {
		expect( sizes[ 'wpFirst' ]?.gzip ).toBeLessThanOrEqual( 90 * KB );
		expect( sizes[ 'wpFirst' ]?.raw ).toBeLessThanOrEqual( 293 * KB );
	} );

	test( 'at the sidecar stays below its bars', () => {
		expect( sizes[ 'ownFirst' ]?.gzip ).toBeLessThanOrEqual( 200 * KB );
		expect( sizes[ 'ownAll' ]?.gzip ).toBeLessThanOrEqual( 300 * KB );
	} );

	test( 'takes React and the WordPress packages from wp-admin, and says which', () => {
		const script = scripts( 'wp' );
		expect( script ).not.toMatch( /react\.(element|transitional)/ );
		expect( script ).toContain( 'window.wp.element' );
		expect( text( 'wp', 'console.asset.php' ) ).toMatch(
			/^<\?php return array\( 'dependencies' => array\( ('[a-z0-9-]+'(, )?)+ \), 'version' => '[0-9a-f]{20}' \);\n$/
		);
		for ( const handle of [
			'react-jsx-runtime',
			'wp-api-fetch',
			'wp-components',
			'wp-element',
			'wp-i18n',
		] ) {
			expect( text( 'wp', 'console.asset.php' ) ).toContain(
				`'${ handle }'`
			);
		}
	} );

	test( 'uses no experimental or private component', () => {
		expect( scripts( 'wp' ) ).not.toMatch(
			/__(experimental|unstable)[A-Z]|privateApis/
		);
	} );

	test( 'brings the chart only when it is asked for', () => {
		for ( const [ folder, first ] of [
			[ 'wp', text( 'wp', 'console.js' ) ],
			[ 'console/assets', text( 'console', 'index.html' ) ],
		] as const ) {
			const chart = readdirSync( join( dist, folder ) ).find( ( name ) =>
				name.startsWith( 'chart-' )
			);
			expect( text( folder, String( chart ) ) ).toContain( 'u-hz' );
			expect( first ).not.toContain( chart );
		}
	} );

	test( 'names only files that are there, relative to the page, and no other host', () => {
		const page = text( 'console', 'index.html' );
		const named = [ ...page.matchAll( /(?:src|href)="(\.[^"]+)"/g ) ].map(
			( [ , path = '' ] ) => path
		);
		expect( named.length ).toBeGreaterThanOrEqual( 2 );
		for ( const path of named ) {
			expect( text( 'console', path ).length ).toBeGreaterThan( 0 );
		}
		expect( page ).not.toMatch( /https?:\/\// );
		expect( page ).not.toMatch( /<script(?![^>]*\ssrc=)/ );
	} );

	test( 'keeps the texts for the translators', () => {
		expect( scripts( 'wp' ) ).toMatch(
			/__\)?\("Nothing needs you","pearlbridge"\)/
		);
	} );
} );
