/** Processes and figures for the benchmarks. Everything listens on 127.0.0.1 and ends by itself. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath( new URL( '../..', import.meta.url ) );
const launcher = join( root, 'bin/pearlbridge.mjs' );

export function dataDir() {
	const path = mkdtempSync( join( tmpdir(), 'pearlbridge-bench-' ) );
	return {
		path,
		remove: () => rmSync( path, { recursive: true, force: true } ),
	};
}

/** Starts a long-running command and resolves at its `ready` line. */
export async function start( dir, args ) {
	const began = performance.now();
	const child = spawn( process.execPath, [ launcher, ...args, '--json' ], {
		env: {
			...process.env,
			PEARLBRIDGE_DATA_DIR: dir,
			PEARLBRIDGE_LOG: 'silent',
		},
		stdio: [ 'ignore', 'pipe', 'inherit' ],
	} );
	const exited = once( child, 'exit' );
	const lines = createInterface( { input: child.stdout } );
	const events = [];
	const ready = await new Promise( ( resolve, reject ) => {
		lines.on( 'line', ( line ) => {
			const event = JSON.parse( line );
			event.seenAt = performance.now() - began;
			if ( event.event === 'ready' ) {
				resolve( event );
			} else {
				events.push( event );
			}
		} );
		void exited.then( () =>
			reject( new Error( `${ args.join( ' ' ) } ended` ) )
		);
	} );
	return {
		ready,
		events,
		readyAfter: performance.now() - began,
		/** Memory of the process that serves, in MB. */
		rss() {
			const status = readFileSync(
				`/proc/${ ready.pid }/status`,
				'utf8'
			);
			return Number( /VmRSS:\s+(\d+) kB/.exec( status )?.[ 1 ] ) / 1024;
		},
		async stop() {
			child.kill( 'SIGTERM' );
			await exited;
		},
	};
}

export async function cli( dir, args ) {
	const child = spawn( process.execPath, [ launcher, ...args, '--json' ], {
		env: {
			...process.env,
			PEARLBRIDGE_DATA_DIR: dir,
			PEARLBRIDGE_LOG: 'silent',
		},
		stdio: [ 'ignore', 'pipe', 'inherit' ],
	} );
	let out = '';
	child.stdout.on( 'data', ( chunk ) => ( out += chunk ) );
	await once( child, 'close' );
	return JSON.parse( out );
}

/** A connection whose two sides are never asked for anything. */
export function silentConnection( dir ) {
	const file = join( dir, 'connection.json' );
	writeFileSync(
		file,
		JSON.stringify( {
			name: 'main',
			store: {
				type: 'woocommerce',
				url: 'http://127.0.0.1:9',
				consumerKey: 'ck_bench_key',
				consumerSecret: 'cs_bench',
				webhookSecret: 'whs_bench',
			},
			brightpearl: {
				account: 'bench',
				apiDomain: 'http://127.0.0.1:9',
				sandbox: true,
				auth: {
					type: 'private-app',
					appRef: 'bench_app',
					accountToken: 'token',
				},
			},
		} )
	);
	return file;
}

export function percentile( values, p ) {
	const sorted = [ ...values ].sort( ( a, b ) => a - b );
	return sorted[
		Math.min(
			sorted.length - 1,
			Math.ceil( ( p / 100 ) * sorted.length ) - 1
		)
	];
}

export const median = ( values ) => percentile( values, 50 );
export const ms = ( value ) => `${ value.toFixed( 1 ) } ms`;
export const sleep = ( time ) =>
	new Promise( ( resolve ) => setTimeout( resolve, time ) );
