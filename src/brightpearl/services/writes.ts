/**
 * What came of a write that answers nothing (`200 {}`, platform reference, §4.1).
 */
import { fail, ok, type Result } from '../../contracts/result.ts';
import type { Ask, Call, Sent } from '../transport/call.ts';

export function done( sent: Sent ): Result< void > {
	return sent.kind === 'failed' ? fail( sent.failure ) : ok( undefined );
}

export async function write( ask: Ask, call: Call ): Promise< Result< void > > {
	return done( await ask( call ) );
}

/** The text of an unknown address (§4.3), not of an unknown record. */
const NO_ADDRESS = /Cannot find the resource/;

/**
 * Brightpearl knows the address, and nothing is there (404 CMNC-404): never what a wrong account
 * or somebody in between would say.
 */
export function isGone( sent: Sent ): boolean {
	return (
		sent.kind === 'failed' &&
		sent.status === 404 &&
		sent.failure.kind === 'hold' &&
		sent.failure.problem.message.includes( 'CMNC-404' ) &&
		! NO_ADDRESS.test( sent.failure.problem.message )
	);
}

/** What is gone already needs no deleting: a repeat after a lost answer is no failure. */
export async function remove(
	ask: Ask,
	path: string
): Promise< Result< void > > {
	const sent = await ask( { method: 'DELETE', path } );
	return isGone( sent ) ? ok( undefined ) : done( sent );
}
