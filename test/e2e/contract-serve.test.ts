/**
 * The command line's contract, §1: the life of a service, alone and under a launcher.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
	cp,
	mkdir,
	mkdtemp,
	readdir,
	readFile,
	rm,
	stat,
	writeFile,
} from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { readyEventSchema } from '../../src/contracts/answers.ts';
import { utcSchema } from '../../src/contracts/primitives.ts';
import { expectDocument, expectError, read } from './contract/documents.ts';
import { ADD_FILE, FILE } from './contract/program.ts';
import * as shapes from './contract/shapes.ts';
import {
	ask,
	createBench,
	eventually,
	LAUNCHER,
	type Bench,
} from './harness.ts';

function isAlive( pid: number ): boolean {
	try {
		process.kill( pid, 0 );
	} catch {
		return false;
	}
	try {
		// Dead, and only not collected yet by the process that took it over.
		return ! /^\d+ \(.*\) Z/.test(
			readFileSync( `/proc/${ pid }/stat`, 'utf8' )
		);
	} catch {
		return true;
	}
}

let bench: Bench;
beforeAll( async () => {
	bench = await createBench();
} );
afterAll( () => bench.end() );

describe( 'a service', () => {
	test( 'is ready with its address, found by service.json, and goes with exit 0', async () => {
		const service = await bench.serve();
		const ready = read(
			'ready',
			service.ready,
			readyEventSchema,
			shapes.SERVE_READY
		);
		expect( ready.dataDir ).toBe( bench.dataDir );
		expect( isAlive( ready.pid ) ).toBe( true );
		expect( await ask( `${ ready.url }/healthz` ) ).toEqual( { ok: true } );

		const path = join( bench.dataDir, 'service.json' );
		expect( ( await stat( path ) ).mode & 0o777 ).toBe( 0o600 );
		const found = read(
			'service.json',
			JSON.parse( await readFile( path, 'utf8' ) ),
			z.object( {
				pid: z.literal( ready.pid ),
				url: z.literal( ready.url ),
				token: z.string().min( 16 ),
				startedAt: utcSchema,
			} ),
			shapes.SERVICE_FILE
		);

		const { service: told } = expectDocument(
			'status',
			await bench.cli( [ 'status' ] )
		);
		expect( told ).toEqual( {
			running: true,
			pid: ready.pid,
			url: ready.url,
			startedAt: found.startedAt,
		} );
		const second = expectError(
			await bench.cli( [ 'serve', '--port', '0' ] ),
			2,
			'already-running'
		);
		expect( second.message ).toContain( String( ready.pid ) );

		expect( await service.stop( 'SIGTERM' ) ).toBe( 0 );
		await expect( stat( path ) ).rejects.toThrow( 'ENOENT' );
		const alone = expectDocument(
			'status',
			await bench.cli( [ 'status' ] )
		);
		expect( alone.service ).toEqual( {
			running: false,
			pid: null,
			url: null,
			startedAt: null,
		} );
	} );

	test( 'SIGINT ends it with exit 0, too', async () => {
		const service = await bench.serve();
		expect( await service.stop( 'SIGINT' ) ).toBe( 0 );
	} );

	test( 'commands do the same through it and by themselves', async () => {
		expectDocument(
			'connection',
			await bench.cli( ADD_FILE, JSON.stringify( FILE ) )
		);
		const lines = [
			'connection list',
			'connection show main',
			'settings get',
			'settings get sweep.every',
			'settings set sweep.evry=7m stock.bufer=1',
			'orders list',
			'orders show 1',
			'problems list',
			'problems retry 99',
			'connection show other',
		];
		const all = (): Promise< string[] > =>
			Promise.all(
				lines.map( async ( line ) => {
					const { code, stdout } = await bench.cli(
						line.split( ' ' )
					);
					return `${ line }: ${ code } ${ stdout }`;
				} )
			);
		const alone = await all();
		const service = await bench.serve();
		const through = await all();
		await service.stop();
		// What only a running service can know.
		const url = JSON.stringify(
			`${ service.ready.url }/webhooks/woocommerce/main`
		);
		expect( through.join() ).toContain( url );
		expect(
			through.map( ( line ) => line.replace( url, 'null' ) )
		).toEqual( alone );
	} );

	test( 'that was killed leaves a service.json nobody is misled by', async () => {
		const service = await bench.serve();
		await service.stop( 'SIGKILL' );
		expect( await readdir( bench.dataDir ) ).toContain( 'service.json' );
		const status = expectDocument(
			'status',
			await bench.cli( [ 'status' ] )
		);
		expect( status.service.running ).toBe( false );
	} );

	test( 'that is stuck cannot be reached: exit 5', async () => {
		const service = await bench.serve();
		process.kill( service.ready.pid, 'SIGSTOP' );
		try {
			expectError(
				await bench.cli( [ 'status', '--timeout', '1s' ] ),
				5,
				'service-unreachable'
			);
		} finally {
			process.kill( service.ready.pid, 'SIGCONT' );
		}
		await service.stop();
	} );
} );

describe( 'started by an older Node', () => {
	/** Makes this Node say it is older: the launcher looks for another then. */
	const older = [
		'--import',
		`data:text/javascript,${ encodeURIComponent(
			"Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}});" +
				"Object.defineProperty(process,'execPath',{value:'/usr/bin/node20'})"
		) }`,
	];

	test( 'arguments, streams and exit codes pass through the launcher', async () => {
		const [ good, bad ] = await Promise.all( [
			bench.cli( ADD_FILE, JSON.stringify( FILE ), { node: older } ),
			bench.cli( ADD_FILE, '{', { node: older } ),
		] );
		expectDocument( 'connection', good );
		expectError( bad, 2, 'invalid-json' );
	} );

	test( 'SIGTERM to the launcher ends the service with exit 0', async () => {
		const service = await bench.start( [ 'serve', '--port', '0' ], {
			node: older,
		} );
		expect( service.ready.pid ).not.toBe( service.process.pid );
		expect( await service.stop( 'SIGTERM' ) ).toBe( 0 );
		expect( isAlive( service.ready.pid ) ).toBe( false );
	} );

	test( 'kill -9 of the launcher ends the service within a second, a request under way or not', async () => {
		const service = await bench.start( [ 'serve', '--port', '0' ], {
			node: older,
		} );
		const { pid, url } = service.ready;
		const { port, host } = new URL( url );
		const half = connect( Number( port ), '127.0.0.1' );
		half.on( 'error', () => undefined );
		await once( half, 'connect' );
		half.write(
			`POST /webhooks/woocommerce/main HTTP/1.1\r\nHost: ${ host }\r\nContent-Length: 100\r\n\r\n{`
		);
		const killedAt = Date.now();
		await service.stop( 'SIGKILL' );
		await eventually(
			'the service is gone',
			async () => ! isAlive( pid ),
			5000
		);
		expect( Date.now() - killedAt ).toBeLessThan( 1000 );
		half.destroy();
	} );

	test( 'with no newer one beside it says one clear sentence', async () => {
		const dir = await mkdtemp( join( tmpdir(), 'pearl-no-node-' ) );
		try {
			await cp( dirname( LAUNCHER ), join( dir, 'bin' ), {
				recursive: true,
			} );
			await mkdir( join( dir, 'dist' ) );
			await writeFile( join( dir, 'dist', 'pearlbridge.mjs' ), '' );
			const launcher = join( dir, 'bin', basename( LAUNCHER ) );
			const options = { node: older, launcher };
			const [ forProgram, forPerson ] = await Promise.all( [
				bench.cli( [ 'status' ], undefined, options ),
				bench.cli( [ 'status' ], undefined, {
					...options,
					text: true,
				} ),
			] );
			expectError( forProgram, 2, 'node-too-old' );
			expect( forPerson ).toMatchObject( { code: 2, stdout: '' } );
			expect( forPerson.stderr ).toMatch( /Node 24/ );
		} finally {
			await rm( dir, { recursive: true, force: true } );
		}
	} );
} );
