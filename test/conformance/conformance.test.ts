import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { collectCases } from './collect.ts';
import type { Collected } from './collect.ts';
import { createPace } from './pace.ts';
import { runCase } from './run.ts';
import { startSandboxTarget } from './sandbox-target.ts';
import type { SandboxTarget } from './sandbox-target.ts';

let started: SandboxTarget;
beforeAll( async () => {
	started = await startSandboxTarget();
} );
afterAll( () => started.close() );

const clock = {
	now: () => Date.now(),
	sleep: () => {
		throw new Error( 'The sandbox has no cap here: nothing may wait' );
	},
};

const byService = new Map< string, Collected[] >();
for ( const found of await collectCases() ) {
	byService.set( found.service, [
		...( byService.get( found.service ) ?? [] ),
		found,
	] );
}

// A case that skips itself fails here: the sandbox has everything a case may ask for.
describe.each( [ ...byService ] )( '%s', ( _service, cases ) => {
	test.each(
		cases.map( ( { entry } ) => [ entry.id, entry.fact, entry ] as const )
	)( '%s: %s', async ( _id, _fact, entry ) => {
		await runCase(
			entry,
			{ ...clock, target: started.target, write: true, fetch },
			createPace( clock )
		);
	} );
} );
