import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { conformance } from './cli.ts';
import { whyNothingRuns } from './probe.ts';
import { startSandboxTarget, type SandboxTarget } from './sandbox-target.ts';

let started: SandboxTarget;
beforeAll( async () => {
	started = await startSandboxTarget();
} );
afterAll( () => started.close() );

test( 'good keys let the cases run', async () => {
	expect( await whyNothingRuns( started.target, fetch ) ).toBeNull();
} );

test( 'a wrong token is told once, by the name of its variable, and nothing runs', async () => {
	const written: string[] = [];
	const stderr = jest
		.spyOn( process.stderr, 'write' )
		.mockImplementation( ( text ) => {
			written.push( String( text ) );
			return true;
		} );
	const printed: string[] = [];
	const exit = await conformance(
		[ '--base', started.target.baseUrl, '--account', 'sandbox-gb' ],
		{
			BRIGHTPEARL_APP_REF: 'sandbox_app',
			BRIGHTPEARL_ACCOUNT_TOKEN: 'not-the-token',
		},
		( text ) => printed.push( text )
	);
	stderr.mockRestore();
	expect( exit ).toBe( 2 );
	expect( printed ).toEqual( [] );
	const text = written.join( '' );
	expect( text ).toMatch( /^401: check .*BRIGHTPEARL_ACCOUNT_TOKEN/ );
	expect( text ).not.toContain( 'not-the-token' );
} );

test( 'nobody there is told by address', async () => {
	expect(
		await whyNothingRuns(
			{ ...started.target, baseUrl: 'http://127.0.0.1:9' },
			fetch
		)
	).toMatch( /^http:\/\/127\.0\.0\.1:9 does not answer: / );
} );
