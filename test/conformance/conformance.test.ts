import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { collectCases } from './collect.ts';
import type { Collected } from './collect.ts';
import { createPace } from './pace.ts';
import { runCase, runCases } from './run.ts';
import { startSandboxTarget } from './sandbox-target.ts';
import type { SandboxTarget } from './sandbox-target.ts';

const clock = {
	now: () => Date.now(),
	sleep: () => {
		throw new Error( 'The sandbox has no cap here: nothing may wait' );
	},
};

const all = await collectCases();

/** Services that are the same whatever an account's zone and currency are. */
const EVERYWHERE_ALIKE = [ 'auth', 'webhook' ];

// What is taken for granted of one account shows on one with another zone, currency and tax.
describe.each( [
	[ 'sandbox-gb', all ],
	[
		'sandbox-us',
		all.filter( ( { service } ) => ! EVERYWHERE_ALIKE.includes( service ) ),
	],
] as const )( 'on %s', ( code, cases ) => {
	let started: SandboxTarget;
	beforeAll( async () => {
		started = await startSandboxTarget( code );
	} );
	afterAll( () => started.close() );

	const byService = new Map< string, Collected[] >();
	for ( const found of cases ) {
		byService.set( found.service, [
			...( byService.get( found.service ) ?? [] ),
			found,
		] );
	}

	// A case that skips itself fails here: the sandbox has everything a case may ask for.
	describe.each( [ ...byService ] )( '%s', ( _service, own ) => {
		test.each(
			own.map( ( { entry } ) => [ entry.id, entry.fact, entry ] as const )
		)( '%s: %s', async ( _id, _fact, entry ) => {
			await runCase(
				entry,
				{ ...clock, target: started.target, write: true, fetch },
				createPace( clock )
			);
		} );
	} );
} );

describe( 'on an account nobody has ordered from', () => {
	let started: SandboxTarget;
	beforeAll( async () => {
		started = await startSandboxTarget( 'sandbox-gb', { isFresh: true } );
	} );
	afterAll( () => started.close() );

	/** As against a real account: without the control API. */
	const outcomes = async ( write: boolean ) => {
		const results = await runCases( all, {
			...clock,
			target: { ...started.target, sandbox: false },
			write,
			fetch,
		} );
		return {
			failed: results.filter( ( { outcome } ) => outcome === 'failed' ),
			passed: results.filter( ( { outcome } ) => outcome === 'passed' )
				.length,
		};
	};

	test( 'reading cases pass or are skipped', async () => {
		const { failed, passed } = await outcomes( false );
		expect( failed ).toEqual( [] );
		expect( passed ).toBeGreaterThan( 100 );
	} );

	test( 'writing cases make what they need', async () => {
		const { failed, passed } = await outcomes( true );
		expect( failed ).toEqual( [] );
		expect( passed ).toBeGreaterThan( 400 );
	} );
} );
