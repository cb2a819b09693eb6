import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorAnswerSchema } from '../../src/contracts/answers.ts';
import { createBench, type Bench } from './program/run-main.ts';

const FILE = {
	name: 'main',
	store: {
		type: 'woocommerce',
		url: 'https://shop.example.test',
		consumerKey: 'ck_hush',
		consumerSecret: { env: 'WOO_SECRET' },
	},
	brightpearl: {
		account: 'acmeshop',
		apiDomain: 'euw1.brightpearlconnect.com',
		auth: {
			type: 'private-app',
			appRef: 'acmeshop_woo',
			accountToken: { file: 'secrets/bp' },
		},
	},
};

let bench: Bench;
beforeEach( () => {
	bench = createBench( {
		connectionAdd: () => ( {
			exit: 0,
			body: { name: 'main' },
		} ),
	} );
} );
afterEach( () => bench.remove() );

function write( text: string ): string {
	writeFileSync( join( bench.dir, 'connection.json' ), text );
	return 'connection.json';
}

describe( 'connection add', () => {
	test.each( [
		[ 'from a file', false ],
		[ 'from stdin', true ],
	] )(
		'%s: the whole file with its defaults reaches the operation',
		async ( _, stdin ) => {
			const text = JSON.stringify( FILE );
			const { exit, json } = await bench.run(
				[
					'connection',
					'add',
					'--file',
					stdin ? '-' : write( text ),
					'--json',
				],
				{ stdin: text }
			);
			expect( exit ).toBe( 0 );
			expect( json() ).toEqual( { name: 'main' } );
			expect( bench.fake.runs[ 0 ]?.input ).toMatchObject( {
				replace: false,
				file: {
					...FILE,
					brightpearl: {
						...FILE.brightpearl,
						auth: {
							...FILE.brightpearl.auth,
							// Relative to where the person stood, not to where the service runs.
							accountToken: {
								file: join( bench.dir, 'secrets/bp' ),
							},
						},
					},
					settings: { orders: { refPrefix: null } },
				},
			} );
		}
	);

	test( '--replace is passed on', async () => {
		await bench.run( [
			'connection',
			'add',
			'--replace',
			'--file',
			write( JSON.stringify( FILE ) ),
		] );
		expect( bench.fake.runs[ 0 ]?.input ).toMatchObject( {
			replace: true,
		} );
	} );

	test( 'a syntax error names line and column, and quotes nothing of the file', async () => {
		const { exit, json, stdout } = await bench.run( [
			'connection',
			'add',
			'--json',
			'--file',
			write( '{\n  "name": "main",\n  "store": ck_hush_hush\n}' ),
		] );
		expect( exit ).toBe( 2 );
		expect( errorAnswerSchema.parse( json() ).error ).toMatchObject( {
			code: 'invalid-json',
			message:
				'connection.json is not JSON: unexpected "c" (line 3, column 12).',
			details: [ { path: 'line 3, column 12' } ],
		} );
		expect( stdout ).not.toContain( 'hush' );
	} );

	test( 'all faults of a file are told at once by path, never by value', async () => {
		const { exit, json, stdout } = await bench.run( [
			'connection',
			'add',
			'--json',
			'--file',
			write(
				JSON.stringify( {
					...FILE,
					name: 'Main!',
					extra: 'ck_hush',
					store: {
						...FILE.store,
						consumerSecret: { environment: 'cs_hush' },
					},
					brightpearl: {
						account: 'acmeshop',
						apiDomain: 'evil.example',
						auth: { type: 'private-app', acountToken: 'hush' },
					},
					settings: { orders: { delay: 'soon', taxes: [] } },
				} )
			),
		] );
		const { error } = errorAnswerSchema.parse( json() );
		expect( exit ).toBe( 2 );
		expect( error.code ).toBe( 'invalid-config' );
		expect( error.details?.map( ( { path } ) => path ).sort() ).toEqual( [
			'brightpearl.apiDomain',
			'brightpearl.auth.accountToken',
			'brightpearl.auth.acountToken',
			'brightpearl.auth.appRef',
			'extra',
			'name',
			'settings.orders.delay',
			'settings.orders.taxes',
			'store.consumerSecret',
		] );
		expect( stdout ).not.toContain( 'hush' );
		expect( bench.fake.runs ).toEqual( [] );
	} );

	test.each( [
		[ 'nowhere.json', /there is no such file/ ],
		[ '.', /it is a directory/ ],
	] )( 'a file that cannot be read: %s', async ( file, message ) => {
		const { exit, json } = await bench.run( [
			'connection',
			'add',
			'--json',
			'--file',
			file,
		] );
		expect( exit ).toBe( 2 );
		const { error } = errorAnswerSchema.parse( json() );
		expect( error.code ).toBe( 'unreadable-file' );
		expect( error.message ).toMatch( message );
	} );

	test( 'a file that is not text, or endless', async () => {
		writeFileSync(
			join( bench.dir, 'latin.json' ),
			Buffer.from( [ 0x22, 0xe9, 0x22 ] )
		);
		const latin = await bench.run( [
			'connection',
			'add',
			'--file',
			'latin.json',
		] );
		expect( [ latin.exit, latin.stderr ] ).toEqual( [
			2,
			'latin.json cannot be read: it is not UTF-8 text.\n',
		] );
		const endless = await bench.run(
			[ 'connection', 'add', '--file', '-' ],
			{
				stdin: 'x'.repeat( 1024 * 1024 + 1 ),
			}
		);
		expect( [ endless.exit, endless.stderr ] ).toEqual( [
			2,
			'stdin cannot be read: it is larger than 1 MB.\n',
		] );
	} );

	test( 'without --file it says so', async () => {
		const { exit, stderr } = await bench.run( [ 'connection', 'add' ] );
		expect( exit ).toBe( 2 );
		expect( stderr ).toMatch( /needs --file FILE/ );
	} );
} );
