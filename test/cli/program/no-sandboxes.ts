import type { Sandboxes } from '../../../src/cli/sandbox-port.ts';

const none = async (): Promise< never > => {
	throw new Error( 'there are no sandboxes here' );
};

export const noSandboxes: Sandboxes = {
	brightpearl: none,
	shop: none,
	demoSettings: none,
};
