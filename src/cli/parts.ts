/**
 * What `main.ts` joins to the command line: the composition root, the sandboxes, the world.
 */
import type { OpenApp } from '../app-port.ts';
import type { Clock, Logger, Random } from '../contracts/world.ts';
import type { LogLevel } from './process-settings.ts';
import type { Sandboxes } from './sandbox-port.ts';

export interface Parts {
	readonly version: string;
	readonly clock: Clock;
	readonly random: Random;
	createLogger( level: LogLevel ): Logger;
	readonly openApp: OpenApp;
	/** Where the built console lies; may not exist. */
	readonly consoleDir: string;
	readonly sandboxes: Sandboxes;
}
