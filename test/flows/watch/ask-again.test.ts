/** What is told of a side that does not answer ends when it does, though nobody else asks it. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { HOUR, MINUTE } from '../../../src/contracts/primitives.ts';
import type { ProblemCode } from '../../../src/contracts/problem.ts';
import type { Failure } from '../../../src/contracts/result.ts';
import { connectionSubject } from '../../../src/flows/connection-problems.ts';
import { createKit, NAME, type Kit } from './kit.ts';

let kit: Kit;
beforeEach( async () => {
	kit = await createKit();
	await kit.watch();
} );
afterEach( () => kit.close() );

const tell = ( code: ProblemCode ) =>
	kit.database.problems.raise( NAME, connectionSubject( NAME ), {
		code,
		message: 'It does not answer.',
		cause: null,
		fix: null,
		field: null,
	} );
const down = ( after: number | null = null ): Failure => ( {
	kind: 'retry',
	cause: 'outage',
	side: 'brightpearl',
	message: 'It is down.',
	after,
	outcomeUnknown: false,
	ruid: null,
} );
const asked = () =>
	kit.erp.calls.filter( ( call ) => call === 'configuration' ).length;

test.each( [ 'brightpearl-unreachable', 'throttled' ] as const )(
	'%s',
	async ( code ) => {
		await tell( code );
		kit.erp.before = () => down();
		await kit.watch();
		expect( await kit.problem( code ) ).not.toBeNull();
		kit.erp.before = () => null;
		await kit.watch();
		expect( await kit.problem( code ) ).toBeNull();
		expect( asked() ).toBe( 2 );
	}
);

test( 'Brightpearl is asked nothing without such a problem', async () => {
	await tell( 'webhook-disabled' );
	await kit.watch();
	expect( kit.erp.calls ).toEqual( [] );
} );

test( 'nor before the time it has named', async () => {
	await tell( 'brightpearl-unreachable' );
	kit.erp.before = () => down( HOUR );
	await kit.watch();
	kit.erp.before = () => null;
	await kit.clock.advance( HOUR - MINUTE );
	await kit.watch();
	expect( asked() ).toBe( 1 );
	await kit.clock.advance( MINUTE );
	await kit.watch();
	expect( asked() ).toBe( 2 );
	expect( await kit.problem( 'brightpearl-unreachable' ) ).toBeNull();
} );

test( 'what it stopped goes on', async () => {
	const key = `${ NAME }/order:7`;
	await kit.database.queue.enqueue( [
		{ key, kind: 'order', connection: NAME },
	] );
	const task = await kit.database.queue.claim();
	await kit.database.queue.settle( task!.lease, {
		kind: 'park',
		message: 'It is down.',
	} );
	await tell( 'brightpearl-unreachable' );
	await kit.watch();
	expect( await kit.database.queue.find( key ) ).toMatchObject( {
		state: 'ready',
	} );
} );

test( 'the shop is asked for what the sweeps ask, once it answers at all', async () => {
	await tell( 'store-unreachable' );
	let pages = 0;
	kit.orders.onPage = () => {
		pages += 1;
	};
	kit.orders.failingPage = 1;
	await kit.watch();
	expect( await kit.problem( 'store-unreachable' ) ).not.toBeNull();
	kit.orders.failingPage = null;
	const itself = kit.site.identity;
	kit.site.identity = {
		ok: false,
		failure: { ...down(), side: 'store' } as Failure,
	};
	await kit.watch();
	expect( pages ).toBe( 1 );
	kit.site.identity = itself;
	await kit.watch();
	expect( await kit.problem( 'store-unreachable' ) ).toBeNull();
	await kit.watch();
	expect( pages ).toBe( 2 );
} );
