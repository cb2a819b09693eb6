import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
	cpSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';

function run( script: string, folder: string ): void {
	const { status, stderr } = spawnSync(
		process.execPath,
		[ join( 'build', script ), folder ],
		{ encoding: 'utf8' }
	);
	if ( status !== 0 ) {
		throw new Error( stderr );
	}
}

const { version } = JSON.parse( readFileSync( 'package.json', 'utf8' ) ) as {
	version: string;
};

let dist: string;
let bytes: Buffer;
let files: Record< string, Uint8Array >;
const text = ( name: string ): string =>
	strFromU8( files[ `pearlbridge/${ name }` ] ?? new Uint8Array() );
/** A line `Name: value` of a header. */
const header = ( name: string, of: string ): string | undefined =>
	new RegExp( `^[ *\\t]*${ name }:[ \\t]*(.+)$`, 'm' )
		.exec( of )?.[ 1 ]
		?.trim();

beforeAll( () => {
	dist = mkdtempSync( join( tmpdir(), 'pearlbridge-plugin-' ) );
	run( 'console.mjs', dist );
	run( 'plugin.mjs', dist );
	bytes = readFileSync( join( dist, 'pearlbridge-plugin.zip' ) );
	files = unzipSync( bytes );
} );
afterAll( () => rmSync( dist, { recursive: true, force: true } ) );

describe( 'the plugin as it is installed', () => {
	test( 'has one folder, named as its main file and its text domain', () => {
		const names = Object.keys( files );
		expect(
			names.filter( ( name ) => ! name.startsWith( 'pearlbridge/' ) )
		).toEqual( [] );
		expect( names ).toEqual(
			expect.arrayContaining(
				[
					'pearlbridge.php',
					'uninstall.php',
					'readme.txt',
					'changelog.txt',
					'license.txt',
					'src/Plugin.php',
					'assets/order-box.js',
					'assets/console.js',
					'assets/console.css',
					'assets/console.asset.php',
				].map( ( name ) => `pearlbridge/${ name }` )
			)
		);
		expect( header( 'Text Domain', text( 'pearlbridge.php' ) ) ).toBe(
			'pearlbridge'
		);
	} );

	test( 'says one version everywhere', () => {
		const main = text( 'pearlbridge.php' );
		expect( header( 'Version', main ) ).toBe( version );
		expect( main ).toContain(
			`define( 'PEARLBRIDGE_VERSION', '${ version }' );`
		);
		expect( header( 'Stable tag', text( 'readme.txt' ) ) ).toBe( version );
		expect( text( 'readme.txt' ) ).toContain( `= ${ version } =` );
		expect( text( 'changelog.txt' ) ).toMatch(
			new RegExp(
				`^\\*\\*\\* Pearlbridge Changelog \\*\\*\\*\\n\\n\\d{4}-\\d\\d-\\d\\d - version ${ version }\\n\\* `
			)
		);
	} );

	test( 'asks for the same WordPress and PHP in both places', () => {
		const main = text( 'pearlbridge.php' );
		const readme = text( 'readme.txt' );
		for ( const name of [ 'Requires at least', 'Requires PHP' ] ) {
			expect( header( name, main ) ).toBe( header( name, readme ) );
		}
		expect( header( 'Requires Plugins', main ) ).toBe( 'woocommerce' );
		expect( header( 'License', main ) ).toBe( 'GPL-2.0-or-later' );
		expect( header( 'Description', main )?.length ).toBeLessThan( 140 );
		expect( readme ).toContain( '== External services ==' );
	} );

	test( 'holds only what a plugin ships', () => {
		const strange = Object.keys( files ).filter(
			( name ) =>
				name.split( '/' ).some( ( part ) => part.startsWith( '.' ) ) ||
				/\.(md|map|ts|tsx|mjs|yml|xml|dist|lock|sh)$/.test( name )
		);
		expect( strange ).toEqual( [] );
	} );

	test( 'names no machine of ours, and no address on the machine it runs on', () => {
		const named = Object.entries( files )
			.filter(
				( [ name, content ] ) =>
					// The console knows the words, to judge what a person types, but no such address.
					( /\.js$/.test( name )
						? /https?:\/\/(localhost|127\.0\.0\.1)|node_modules/i
						: /localhost|127\.0\.0\.1|node_modules/i
					).test( strFromU8( content ) ) ||
					strFromU8( content ).includes( process.cwd() )
			)
			.map( ( [ name ] ) => name );
		expect( named ).toEqual( [] );
	} );

	test( 'lets nobody run a file by its address', () => {
		const open = Object.entries( files )
			.filter(
				( [ name, content ] ) =>
					name.endsWith( '.php' ) &&
					! name.endsWith( '.asset.php' ) &&
					! /defined\( '(ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;/.test(
						strFromU8( content )
					)
			)
			.map( ( [ name ] ) => name );
		expect( open ).toEqual( [] );
	} );

	test( 'is the same bytes from the same sources', () => {
		run( 'plugin.mjs', dist );
		expect(
			readFileSync( join( dist, 'pearlbridge-plugin.zip' ) ).equals(
				bytes
			)
		).toBe( true );
	} );
} );

describe( 'packing the plugin', () => {
	test( 'fails without a console, and over a file nobody would ship', () => {
		const folder = mkdtempSync( join( tmpdir(), 'pearlbridge-plugin-' ) );
		try {
			expect( () => run( 'plugin.mjs', folder ) ).toThrow(
				/build the console first/
			);
			cpSync( 'build', join( folder, 'build' ), { recursive: true } );
			cpSync( 'plugin', join( folder, 'plugin' ), { recursive: true } );
			cpSync(
				'node_modules/fflate',
				join( folder, 'node_modules/fflate' ),
				{
					recursive: true,
				}
			);
			writeFileSync( join( folder, 'plugin', '.htaccess' ), '' );
			const { status, stderr } = spawnSync(
				process.execPath,
				[ join( folder, 'build', 'plugin.mjs' ), dist ],
				{ encoding: 'utf8' }
			);
			expect( status ).not.toBe( 0 );
			expect( stderr ).toContain(
				'plugin/.htaccess is nothing a plugin ships'
			);
		} finally {
			rmSync( folder, { recursive: true, force: true } );
		}
	} );
} );
