/** The program as a process of its own, over the fake app: what `src/main.ts` is with the real one. */
import { main } from '../../../src/cli/main.ts';
import {
	exitWith,
	processIo,
	systemClock,
	systemRandom,
} from '../../../src/cli/system.ts';
import { createLogger } from '../../../src/logging.ts';
import { fakeOpenApp } from './fake-app.ts';
import { noSandboxes } from './no-sandboxes.ts';

const { openApp } = fakeOpenApp( {
	connectionList: () => ( { exit: 0, body: { items: [] } } ),
	connectionAdd: ( { input } ) => ( { exit: 0, body: input } ),
	problemsRetry: () => ( { exit: 0, body: { retried: process.pid } } ),
	status: async ( { call } ) => {
		await systemClock.sleep( 60_000, call.signal );
		return { exit: 0, body: {} };
	},
} );

const code = await main( process.argv.slice( 2 ), processIo(), process.env, {
	version: '1.2.3',
	clock: systemClock,
	random: systemRandom,
	createLogger: ( level ) => createLogger( { level } ),
	openApp,
	consoleDir: 'console',
	sandboxes: noSandboxes,
} );
await exitWith( code );
