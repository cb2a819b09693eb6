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
			event.at = Date.now();
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
			const late = setTimeout( () => child.kill( 'SIGKILL' ), 12000 );
			await exited;
			clearTimeout( late );
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

/** Credentials of the sandbox's first account: as an installed app, or as a private app. */
function credentials( account, auth ) {
	return auth === 'oauth'
		? {
				oauthUrl: account.oauthUrl,
				auth: { type: 'oauth', ...account.oauth },
			}
		: {
				...( auth === 'private'
					? {}
					: {
							installationInstanceId:
								account.installationInstanceId,
						} ),
				auth: {
					type: 'private-app',
					appRef: account.privateApp.appRef,
					accountToken: account.privateApp.accountToken,
				},
			};
}

/**
 * A live connection of the two sandboxes.
 *
 * @param auth `oauth`, `private` (without an instance id), or else a private app that has one.
 */
export function sandboxConnection( dir, shop, brightpearl, auth = null ) {
	const file = join( dir, 'connection.json' );
	const [ account ] = brightpearl.accounts;
	writeFileSync(
		file,
		JSON.stringify( {
			name: 'main',
			store: {
				type: 'woocommerce',
				url: shop.url,
				consumerKey: shop.consumerKey,
				consumerSecret: shop.consumerSecret,
				webhookSecret: shop.webhookSecret,
			},
			brightpearl: {
				account: account.account,
				apiDomain: account.apiDomain,
				sandbox: true,
				...credentials( account, auth ),
			},
			settings: {
				goLive: new Date( Date.now() - 3600000 ).toISOString(),
				orders: {
					channelId: 7,
					payments: { '*': 'CARD' },
					tax: [
						{ percent: '20', code: 'T20' },
						{ percent: '5', code: 'T5' },
						{ percent: '0', code: 'T0' },
					],
					taxDefault: 'T20',
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
