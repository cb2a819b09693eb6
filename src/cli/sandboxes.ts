/**
 * The two sandboxes as the command line runs them; loaded only when asked for.
 */
import type { Clock } from '../contracts/world.ts';
import type { RunningBrightpearl, RunningShop, Sandboxes, SandboxOptions } from './sandbox-port.ts';

export const sandboxes: Sandboxes = {
	async brightpearl( options ): Promise< RunningBrightpearl > {
		throw new Error( `not yet ${ options.port }` );
	},
	async shop( options ): Promise< RunningShop > {
		throw new Error( `not yet ${ options.port }` );
	},
	async demoSettings() {
		return {};
	},
};
export type { Clock, SandboxOptions };
