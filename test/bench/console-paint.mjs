/**
 * What a person waits for in front of the console: each screen opened cold (nothing in the
 * browser's cache, nothing of the page in memory) over a ledger of 10 000 orders, and how soon
 * what just happened is seen.
 */
import { join } from 'node:path';
import { launch, whyNoBrowser } from '../e2e/browser/kit/launch.ts';
import {
	cli,
	dataDir,
	ms,
	percentile,
	sandboxConnection,
	silentConnection,
	start,
} from './kit.mjs';
import { createLedger } from './ledger.mjs';

const ORDERS = 10_000;
const TRIES = 5;
const SALES = 20;
const PAINT_BAR = '< 1 s';
const PATIENCE = 20_000;

const ledger = createLedger( { orders: ORDERS, problems: 50, runs: 2_000 } );

/** Screen → its address, and what of it a person came for. */
const SCREENS = {
	Overview: [ 'overview', '.pb-strip' ],
	'Overview, with its charts': [ 'overview', '.pb-chart canvas' ],
	Orders: [ 'orders/main', '.pb-table th[role=rowheader]' ],
	'one order': [
		`orders/main/${ ledger.idOf( 42 ) }`,
		'.pb-order .pb-facts',
	],
	Stock: [ 'stock/main', '.pb-table th[role=rowheader]' ],
	Problems: [ 'problems', '.pb-problem' ],
	Settings: [ 'settings/main', 'main form input, main form select' ],
	Connections: [ 'connections', 'main section, main article, main table' ],
};

export async function consolePaint() {
	const missing = whyNoBrowser();
	if ( missing !== null ) {
		return [ [ 'console in a browser', missing, '' ] ];
	}
	const browser = await launch();
	try {
		return [
			...( await paints( browser ) ),
			...( await eventsSeen( browser ) ),
		];
	} finally {
		await browser.close();
	}
}

async function paints( browser ) {
	const dir = dataDir();
	await cli( dir.path, [
		'connection',
		'add',
		'--file',
		silentConnection( dir.path ),
	] );
	ledger.seed( join( dir.path, 'pearlbridge.db' ) );
	const service = await start( dir.path, [ 'serve', '--port', '0' ] );
	try {
		const rows = [];
		const { url } = await cli( dir.path, [ 'login' ] );
		const state = await signIn( browser, url );
		for ( const [ name, [ address, content ] ] of Object.entries(
			SCREENS
		) ) {
			const times = [];
			for ( let n = 0; n < TRIES; n++ ) {
				times.push(
					await paint( browser, state, {
						url: `${ service.ready.url }/#/${ address }`,
						content,
					} )
				);
			}
			rows.push( [
				`${ name } over ${ ORDERS } orders: painted, median / slowest of ${ TRIES }`,
				`${ ms( percentile( times, 50 ) ) } / ${ ms( Math.max( ...times ) ) }`,
				PAINT_BAR,
			] );
		}
		rows.push( ...( await memory( browser, state, service ) ) );
		return rows;
	} finally {
		await service.stop();
		dir.remove();
	}
}

/** The session's cookie, for browsers that have nothing else. */
async function signIn( browser, link ) {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto( link );
	await page.locator( 'main h1' ).waitFor();
	const state = await context.storageState();
	await context.close();
	return state;
}

/** From the navigation's start to the frame that shows the content. */
async function paint( browser, storageState, { url, content } ) {
	const context = await browser.newContext( { storageState } );
	try {
		const page = await context.newPage();
		await page.addInitScript( {
			content: `window.painted = new Promise( ( resolve ) => {
				const look = () => {
					const found = document.querySelector( ${ JSON.stringify( content ) } );
					if ( found !== null && found.getClientRects().length > 0 ) {
						// The next frame's callback runs after this one was drawn.
						requestAnimationFrame( () => resolve( performance.now() ) );
					} else {
						requestAnimationFrame( look );
					}
				};
				requestAnimationFrame( look );
			} );`,
		} );
		await page.goto( url );
		await page.locator( content ).first().waitFor( { timeout: PATIENCE } );
		return await page.evaluate( 'window.painted' );
	} finally {
		await context.close();
	}
}

async function memory( browser, storageState, service ) {
	const context = await browser.newContext( { storageState } );
	const page = await context.newPage();
	await page.goto( `${ service.ready.url }/#/orders/main` );
	await page.locator( SCREENS.Orders[ 1 ] ).first().waitFor();
	const devtools = await context.newCDPSession( page );
	await devtools.send( 'HeapProfiler.collectGarbage' );
	const { usedSize } = await devtools.send( 'Runtime.getHeapUsage' );
	await context.close();
	return [
		[
			'the list of orders in the browser, JavaScript memory',
			`${ ( usedSize / 1e6 ).toFixed( 1 ) } MB`,
			'',
		],
		[
			`the service after all that, memory`,
			`${ service.rss().toFixed( 0 ) } MB`,
			'',
		],
	];
}

/** From the line of `serve --json` that tells of a synced order to its row in the list. */
async function eventsSeen( browser ) {
	const [ sandboxes, dir ] = [ dataDir(), dataDir() ];
	const [ brightpearl, shop ] = await Promise.all(
		[ 'brightpearl', 'shop' ].map( ( kind ) =>
			start( sandboxes.path, [
				'sandbox',
				kind,
				'--port',
				'0',
				'--speed',
				'60',
			] )
		)
	);
	await cli( dir.path, [
		'connection',
		'add',
		'--file',
		sandboxConnection( dir.path, shop.ready, brightpearl.ready ),
	] );
	const service = await start( dir.path, [ 'serve', '--port', '0' ] );
	try {
		const { url } = await cli( dir.path, [ 'login' ] );
		const page = await ( await browser.newContext() ).newPage();
		await page.goto( url );
		await page.locator( 'main h1' ).waitFor();
		await page.goto( `${ service.ready.url }/#/orders/main` );
		await page.locator( '.pb-live--live' ).waitFor();
		const times = [];
		for ( let n = 0; n < SALES; n++ ) {
			times.push( await seenAfter( dir.path, page, shop, service ) );
		}
		return [
			[
				`an event is seen in the list, median / slowest of ${ SALES }`,
				`${ ms( percentile( times, 50 ) ) } / ${ ms( Math.max( ...times ) ) }`,
				'< 2 s',
			],
		];
	} finally {
		for ( const one of [ service, shop, brightpearl ] ) {
			await one.stop();
		}
		sandboxes.remove();
		dir.remove();
	}
}

async function seenAfter( dir, page, shop, service ) {
	const sold = await fetch( `${ shop.ready.url }/_sandbox/sell`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: '{}',
	} );
	const { orders } = await sold.json();
	const [ { id } ] = orders;
	// The frame after the one in which its row said so.
	await page.evaluate( `window.seen = new Promise( ( resolve ) => {
		const look = () => {
			const link = document.querySelector( 'main a[href$="/${ id }"]' );
			if ( link?.closest( 'tr' )?.textContent.includes( 'Synced' ) ) {
				resolve( Date.now() );
			} else {
				requestAnimationFrame( look );
			}
		};
		look();
	} ); 0` );
	await cli( dir, [ 'orders', 'push', String( id ) ] );
	const seen = await page.evaluate( 'window.seen' );
	const event = service.events.find(
		( { orderId, state } ) => orderId === id && state === 'synced'
	);
	return seen - event.at;
}
