/** Suites that need a real WordPress; elsewhere they are skipped, counted, and say so. */
import { describe } from '@jest/globals';
import { whyNoSite } from '../../../../build/wordpress.mjs';

export function describeOnWordPress( name: string, body: () => void ): void {
	const why = whyNoSite();
	if ( why !== null ) {
		process.stderr.write(
			`\nSKIPPED: ${ name }: no WordPress can be made on this machine. ${ why }\n`
		);
	}
	( why === null ? describe : describe.skip )( name, body );
}
