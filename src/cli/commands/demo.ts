/**
 * Both sandboxes and the service, connected and live, in one process: what Pearlbridge does,
 * with no account anywhere. Stopped and started again it goes on where it was.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../app-port.ts';
import {
	isErrorAnswer,
	parseOperationInput,
	type OperationInput,
	type OperationName,
	type OperationOutput,
} from '../../contracts/operations.ts';
import { MINUTE, SECOND } from '../../contracts/primitives.ts';
import { webhookAddress } from '../../flows/webhook-address.ts';
import type { Call, Command } from '../command.ts';
import { writeWhole } from '../data-dir.ts';
import { printEvents } from '../event-line.ts';
import { errorCode, failure, refusal, type CliFailure } from '../failure.ts';
import { untilStopped } from '../io.ts';
import type {
	RunningBrightpearl,
	RunningShop,
	SandboxOptions,
} from '../sandbox-port.ts';
import { openService, type Opened, type Running } from '../serve.ts';
import { fields, sections } from '../text.ts';
import { SANDBOX_PORTS } from './sandbox.ts';

const CONNECTION = 'demo';
const SELL_EVERY = 6 * SECOND;
const WORK_EVERY = 20 * SECOND;

export const demo: Command = {
	words: [ 'demo' ],
	summary: 'Both sandboxes and the service, connected and live',
	takes: '',
	arguments: { min: 0, max: 0 },
	flags: {},
	defaultDataDir: '.pearlbridge-demo',
	usesData: true,
	run: runDemo,
};

async function runDemo( call: Call ): Promise< number > {
	const { settings, output } = call;
	// A picture for a person is not calm with log lines in it; who asks for them gets them.
	const log =
		output.json || settings.given.has( 'log' ) ? settings.log : 'warn';
	const opened = await openService( call, log );
	if ( ! opened.ok ) {
		output.failure( opened.error );
		return opened.exit;
	}
	const closing: ( () => Promise< void > )[] = [ opened.stop ];
	try {
		const refused = await runConnected( call, opened, closing );
		if ( refused !== null ) {
			output.failure( refused.error );
			return refused.exit;
		}
		return 0;
	} finally {
		// The service first: it still talks to the sandboxes while it drains.
		for ( const close of closing ) {
			await close();
		}
	}
}

async function runConnected(
	call: Call,
	opened: Opened,
	closing: ( () => Promise< void > )[]
): Promise< CliFailure | null > {
	const foreign = await foreignConnection( call, opened.app );
	if ( foreign !== null ) {
		return foreign;
	}
	await writeWhole( mark( call ), '' );
	const brightpearl = await atFreePort( ( port ) =>
		call.parts.sandboxes.brightpearl(
			sandboxOptions( call, 'brightpearl', port )
		)
	);
	closing.push( brightpearl.close );
	const shop = await atFreePort( ( port ) =>
		call.parts.sandboxes.shop( sandboxOptions( call, 'shop', port ) )
	);
	closing.push( shop.close );
	const added = await connect( call, opened.app, brightpearl, shop );
	if ( added !== null ) {
		return added;
	}
	const running = await startService( call, opened );
	if ( ! running.ok ) {
		return running;
	}
	const link = await ask( call, opened.app, 'login', {} );
	if ( ! link.ok ) {
		return link;
	}
	announce( call, running, brightpearl, shop, link.value.url );
	printEvents( opened.app, call.output );
	shop.sell( {
		webhookUrl: webhookAddress( running.url, CONNECTION ),
		every: SELL_EVERY,
	} );
	brightpearl.work( WORK_EVERY );
	await untilStopped( call.io.stop );
	return null;
}

/** Its being there tells the demo's data dir from one that is somebody's. */
function mark( { settings }: Call ): string {
	return join( settings.dataDir, 'demo' );
}

/** The demo never runs on somebody's real connection. */
async function foreignConnection(
	call: Call,
	app: App
): Promise< CliFailure | null > {
	const list = await ask( call, app, 'connectionList', {} );
	if ( ! list.ok ) {
		return list;
	}
	const others = list.value.items.filter(
		( { name } ) => name !== CONNECTION || ! existsSync( mark( call ) )
	);
	return others.length === 0
		? null
		: refusal(
				'not-a-demo',
				`The data dir ${ call.settings.dataDir } holds a connection that is not the demo's: ${ others
					.map( ( { name } ) => name )
					.join( ', ' ) }.`,
				{
					fix: 'Run pearlbridge serve for it, or give the demo another --data-dir.',
				}
			);
}

/**
 * Stored anew each time: the sandboxes may answer at other ports than last time. The settings
 * are the demo's the first time only; afterwards they are what a person has made of them.
 */
async function connect(
	call: Call,
	app: App,
	brightpearl: RunningBrightpearl,
	shop: RunningShop
): Promise< CliFailure | null > {
	const [ account ] = brightpearl.ready.accounts;
	if ( account === undefined ) {
		return failure(
			1,
			'defect',
			'The Brightpearl sandbox has no account.'
		);
	}
	const existing = await ask( call, app, 'connectionList', {} );
	if ( ! existing.ok ) {
		return existing;
	}
	const settings = existing.value.items[ 0 ]?.settings ?? {
		...( await call.parts.sandboxes.demoSettings() ),
		goLive: new Date( call.parts.clock.now() ).toISOString(),
	};
	const added = await ask( call, app, 'connectionAdd', {
		file: {
			name: CONNECTION,
			store: { type: 'woocommerce', url: shop.url, ...shop.ready },
			brightpearl: {
				account: account.account,
				apiDomain: account.apiDomain,
				installationInstanceId: account.installationInstanceId,
				sandbox: true,
				auth: {
					type: 'private-app',
					appRef: account.privateApp.appRef,
					accountToken: account.privateApp.accountToken,
				},
			},
			settings,
		},
		replace: true,
	} );
	return added.ok ? null : added;
}

/** The usual port when it is free; somebody who named one gets that or none. */
async function startService(
	{ settings }: Call,
	opened: Opened
): Promise< Running | CliFailure > {
	const running = await opened.start( settings.port );
	return ! running.ok &&
		running.error.code === 'port-in-use' &&
		! settings.given.has( 'port' )
		? opened.start( 0 )
		: running;
}

async function atFreePort< T >(
	start: ( port: number | null ) => Promise< T >
): Promise< T > {
	try {
		return await start( null );
	} catch ( error ) {
		if ( errorCode( error ) !== 'EADDRINUSE' ) {
			throw error;
		}
		return start( 0 );
	}
}

/** `port` null = the sandbox's usual one. */
function sandboxOptions(
	{ settings, parts }: Call,
	kind: keyof typeof SANDBOX_PORTS,
	port: number | null
): SandboxOptions {
	return {
		host: '127.0.0.1',
		port: port ?? SANDBOX_PORTS[ kind ],
		seed: 1,
		// A minute of the demo is not spent waiting for the throttle.
		speed: 60,
		stateFile: join( settings.dataDir, `sandbox-${ kind }.json` ),
		clock: parts.clock,
		random: parts.random,
		logger: parts.createLogger( 'warn' ),
	};
}

function announce(
	{ settings, io, output, parts }: Call,
	running: Running,
	brightpearl: RunningBrightpearl,
	shop: RunningShop,
	consoleLink: string
): void {
	output.line(
		{
			event: 'ready',
			url: running.url,
			pid: io.pid,
			dataDir: settings.dataDir,
			version: parts.version,
			ms: Math.round( io.uptime() ),
			console: consoleLink,
			brightpearl: { url: brightpearl.url, ...brightpearl.ready },
			shop: { url: shop.url, ...shop.ready },
		},
		sections(
			`Pearlbridge ${ parts.version }, demo: a shop that sells, a Brightpearl that takes its orders.`,
			'Open the console (this link works once, for ten minutes):',
			`  ${ consoleLink }`,
			`Another link: pearlbridge login --data-dir ${ quoted( settings.dataDir ) }`,
			fields( [
				[ 'Service', running.url ],
				[ 'Shop sandbox', shop.url ],
				[ 'Brightpearl sandbox', brightpearl.url ],
				[ 'Data', settings.dataDir ],
			] ),
			'Orders and stock appear below. Ctrl-C stops everything; the next start goes on from here.\n'
		)
	);
}

/** As a shell takes it. */
function quoted( path: string ): string {
	return /^[\w./:\\-]+$/.test( path )
		? path
		: `'${ path.replaceAll( "'", "'\\''" ) }'`;
}

/** One operation's answer, or its failure. */
async function ask< N extends OperationName >(
	{ parts, io }: Call,
	app: App,
	name: N,
	raw: unknown
): Promise<
	{ readonly ok: true; readonly value: OperationOutput< N > } | CliFailure
> {
	const read = parseOperationInput( name, raw );
	if ( ! read.ok ) {
		return { ok: false, exit: 2, error: read.error };
	}
	const input: OperationInput< N > = read.input;
	const outcome = await app.operations.run( name, input, {
		signal: io.stop,
		deadline: parts.clock.now() + MINUTE,
	} );
	return isErrorAnswer( outcome.body )
		? { ok: false, exit: outcome.exit, error: outcome.body.error }
		: { ok: true, value: outcome.body as OperationOutput< N > };
}
