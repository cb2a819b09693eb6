/** Parse, build, run, stop on signals. */
import { fileURLToPath } from 'node:url';
import { main } from './cli/main.ts';
import { sandboxes } from './cli/sandboxes.ts';
import {
	exitWith,
	processIo,
	systemClock,
	systemRandom,
} from './cli/system.ts';
import { createLogger } from './logging.ts';

declare const __VERSION__: string;

const code = await main( process.argv.slice( 2 ), processIo(), process.env, {
	version: __VERSION__,
	clock: systemClock,
	random: systemRandom,
	createLogger: ( level ) => createLogger( { level } ),
	openApp: async ( options ) =>
		( await import( './app.ts' ) ).openApp( options ),
	consoleDir: fileURLToPath( new URL( 'console', import.meta.url ) ),
	sandboxes,
} );
await exitWith( code );
