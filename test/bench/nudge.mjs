/**
 * What the plugin adds to a shopper's request: a paid checkout's hooks and the end of the request,
 * measured inside fresh requests of a real WordPress, with the plugin's callbacks and without in
 * turn. PHP's own server has no fastcgi_finish_request(), so what a shop with FPM hides from its
 * shoppers is in these figures.
 *
 * Black-holed: a listener whose queue is full. Linux then drops every further SYN, as a firewall
 * does, and the plugin waits until its own limit.
 */
import { copyFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, createServer as createListener } from 'node:net';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { makeSite, whyNoSite } from '../../build/wordpress.mjs';
import { percentile, root } from './kit.mjs';

const REQUESTS = 60;
const UP_BAR = '< 5 ms';
const OUTAGES = 5;

export async function nudge() {
	const why = whyNoSite();
	if ( why !== null ) {
		process.stderr.write( `nudge: skipped, ${ why }\n` );
		return [];
	}
	const site = await makeSite();
	const ends = [];
	try {
		copyFileSync(
			join( root, 'test/bench/nudge.php' ),
			join( site.dir, 'nudge-bench.php' )
		);
		const order = Number(
			await site.evaluate( 'echo wc_create_order()->get_id();' )
		);
		const one = async ( plugin ) =>
			await (
				await fetch(
					`${ site.url }/nudge-bench.php?order=${ order }&with=${ plugin }`
				)
			).json();
		const series = async () => {
			const added = [];
			const bare = [];
			for ( let n = 0; n < REQUESTS; n++ ) {
				const a = await one( 1 );
				const b = await one( 0 );
				added.push( a.hooks + a.shutdown );
				bare.push( b.hooks + b.shutdown );
			}
			return { added, bare };
		};
		const rows = [];
		const report = ( what, { added, bare }, bar ) =>
			rows.push( [
				`nudge: ${ what }`,
				`with ${ spread( added ) }, without ${ spread( bare ) }`,
				bar,
			] );

		await series();
		report( 'not paired', await series(), '' );

		const up = await sidecar( ends );
		await pair( site, up.url );
		report( 'sidecar up', await series(), UP_BAR );
		rows.push( [
			'nudge: sidecar up, nudges that arrived',
			`${ up.heard() } of ${ REQUESTS }`,
			'all',
		] );

		await pair( site, await closedPort() );
		report( 'refused', await series(), UP_BAR );

		const firsts = [];
		const nexts = [];
		const hole = await blackHole( ends );
		for ( let outage = 0; outage < OUTAGES; outage++ ) {
			await pair( site, hole );
			const times = [];
			for ( let n = 0; n < REQUESTS / OUTAGES; n++ ) {
				const { hooks, shutdown } = await one( 1 );
				times.push( hooks + shutdown );
			}
			firsts.push( times[ 0 ] );
			nexts.push( ...times.slice( 1 ) );
		}
		rows.push( [
			'nudge: black-holed, the first request',
			spread( firsts ),
			'≤ 150 ms',
		] );
		rows.push( [
			'nudge: black-holed, those of the next 60 s',
			spread( nexts ),
			UP_BAR,
		] );

		const slow = await sidecar( ends, 5000 );
		await pair( site, slow.url );
		rows.push( [
			'nudge: takes 5 s to answer, the first request',
			spread( [ ( await one( 1 ) ).shutdown ] ),
			'≤ 150 ms + the outbox',
		] );
		return rows;
	} finally {
		for ( const end of ends ) {
			await end();
		}
		await site.stop();
	}
}

const spread = ( times ) =>
	`p50 ${ percentile( times, 50 ).toFixed( 1 ) } p95 ${ percentile( times, 95 ).toFixed( 1 ) } max ${ Math.max( ...times ).toFixed( 1 ) } ms`;

/** Pairs the site with an address by hand, with a fresh key and no pause. */
async function pair( site, url ) {
	await site.evaluate( `
		$keys = new Pearlbridge\\Bridge\\Secret_Store( null );
		$keys->keep( new Pearlbridge\\Bridge\\Key( 'pk_0123456789abcdef', random_bytes( 32 ), time() ) );
		$record = new Pearlbridge\\Bridge\\Pairing_Record();
		$record->sidecar_url = '${ url }';
		$record->sidecar_id = 'bench';
		$record->connection = 'bench';
		$record->home = Pearlbridge\\Bridge\\Clone_Guard::fingerprint();
		$record->since = time();
		$record->save();
		delete_option( Pearlbridge\\Woo\\Nudge::OPTION );
	` );
}

/** Answers a nudge before doing any work, or after a delay. */
async function sidecar( ends, delay = 0 ) {
	let heard = 0;
	const server = createServer( ( request, response ) => {
		heard += 1;
		setTimeout( () => response.end( '{"ok":true}' ), delay ).unref();
	} ).listen( 0, '127.0.0.1' );
	await once( server, 'listening' );
	ends.push( async () => {
		server.closeAllConnections();
		server.close();
	} );
	return {
		url: `http://127.0.0.1:${ server.address().port }`,
		heard: () => heard,
	};
}

async function closedPort() {
	const server = createListener().listen( 0, '127.0.0.1' );
	await once( server, 'listening' );
	const { port } = server.address();
	server.close();
	await once( server, 'close' );
	return `http://127.0.0.1:${ port }`;
}

/** PHP listens, because Node accepts whatever comes; we fill its queue until nobody is let in. */
async function blackHole( ends ) {
	const child = spawn(
		'php',
		[
			'-r',
			`$s = stream_socket_server( 'tcp://127.0.0.1:0', $e, $m, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, stream_context_create( array( 'socket' => array( 'backlog' => 0 ) ) ) );
			echo stream_socket_get_name( $s, false ), "\\n"; fgets( STDIN );`,
		],
		{ stdio: [ 'pipe', 'pipe', 'inherit' ] }
	);
	const [ line ] = await once( child.stdout, 'data' );
	const port = Number( String( line ).trim().split( ':' ).at( -1 ) );
	const held = [];
	for ( let full = false; ! full && held.length < 50; ) {
		const socket = connect( port, '127.0.0.1' ).on( 'error', () => {} );
		held.push( socket );
		full = await Promise.race( [
			once( socket, 'connect' ).then( () => false ),
			new Promise( ( done ) => setTimeout( done, 300, true ) ),
		] );
	}
	ends.push( async () => {
		held.forEach( ( socket ) => socket.destroy() );
		child.stdin.end();
		await once( child, 'exit' );
	} );
	return `http://127.0.0.1:${ port }`;
}
