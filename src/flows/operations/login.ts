/**
 * login: a new one-time link to the console. Whoever may run commands on this machine may use the
 * console, too; the link carries that right over to a browser, once.
 */
import { createHash } from 'node:crypto';
import type { OperationOutput, Outcome } from '../../contracts/operations.ts';
import { MINUTE } from '../../contracts/primitives.ts';
import { done, failure, type OperationContext } from './context.ts';

const GOOD_FOR = 10 * MINUTE;

export async function login(
	context: OperationContext
): Promise< Outcome< OperationOutput< 'login' > > > {
	const { running, publicUrl } = context.service();
	if ( running === null ) {
		return failure(
			5,
			'service-not-running',
			'The console is shown by the service, and no service runs on this data dir.',
			'Start it with: pearlbridge serve'
		);
	}
	const { clock, random } = context.world;
	const token = Buffer.from( random.bytes( 32 ) ).toString( 'base64url' );
	const expiresAt = clock.now() + GOOD_FOR;
	await context.database.sessions.addLogin(
		createHash( 'sha256' ).update( token ).digest( 'hex' ),
		expiresAt
	);
	return done( {
		// In the fragment: it never reaches a server's log or another page.
		url: `${ publicUrl ?? running.url }/#login=${ token }`,
		expiresAt: new Date( expiresAt ).toISOString(),
	} );
}
