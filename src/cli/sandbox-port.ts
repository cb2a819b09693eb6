/**
 * What the command line needs of the two sandboxes.
 */
import type { Clock, Logger, Random } from '../contracts/world.ts';

export interface SandboxOptions {
	readonly host: string;
	/** 0 = any free one. */
	readonly port: number;
	readonly seed: number;
	/** How many times faster than real its throttle's minute passes. */
	readonly speed: number;
	/** Where it keeps its state over restarts; null = in memory only. */
	readonly stateFile: string | null;
	readonly clock: Clock;
	readonly random: Random;
	readonly logger: Logger;
}

/** A line of the sandbox's `ready`, beside `event`, `url` and `pid`. */
export interface BrightpearlReady {
	readonly accounts: readonly {
		readonly account: string;
		readonly apiDomain: string;
		readonly oauthUrl: string;
		readonly installationInstanceId: number;
		readonly privateApp: {
			readonly appRef: string;
			readonly accountToken: string;
			readonly staffToken: string;
		};
		readonly oauth: {
			readonly clientId: string;
			readonly clientSecret: string;
			readonly devRef: string;
			readonly refreshToken: string;
		};
	}[];
}

export interface ShopReady {
	readonly consumerKey: string;
	readonly consumerSecret: string;
	readonly webhookSecret: string;
}

export interface RunningSandbox< Ready > {
	readonly url: string;
	readonly ready: Ready;
	/** Keeps its state (see `stateFile`), then stops listening. */
	close(): Promise< void >;
}

export interface RunningBrightpearl extends RunningSandbox< BrightpearlReady > {
	/** Staff at work: every so often, goods come in and stock changes. */
	work( every: number ): void;
}

export interface RunningShop extends RunningSandbox< ShopReady > {
	/** Sells every so often and tells `webhookUrl` of it, signed. */
	sell( options: {
		readonly webhookUrl: string;
		readonly every: number;
	} ): void;
}

export interface Sandboxes {
	/** Rejects with an `EADDRINUSE` error when the port is taken. */
	brightpearl( options: SandboxOptions ): Promise< RunningBrightpearl >;
	shop( options: SandboxOptions ): Promise< RunningShop >;
	/** Settings under which the two sandboxes fit each other, for the demo's connection. */
	demoSettings(): Promise< Readonly< Record< string, unknown > > >;
}
