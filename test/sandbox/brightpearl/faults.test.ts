import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
	createFaults,
	faultSchema,
} from '../../../src/sandbox/brightpearl/faults.ts';
import { orderBody, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
beforeEach( async () => {
	bp = await startHarness();
} );
afterEach( () => bp.close() );

const PATH = '/contact-service/postal-address';
const make = () => bp.call( 'POST', PATH, { addressLine1: 'x' } );
const made = async () =>
	Number(
		( await bp.control( 'GET', '/state?account=sandbox-gb' ) ).json
			.addresses
	);
const fault = ( body: unknown ) => bp.control( 'POST', '/faults', body );

test( 'a lost answer: the work is done, the connection ends without a word', async () => {
	await fault( { kind: 'lost-answer', method: 'POST', count: 1 } );
	await expect( make() ).rejects.toThrow( 'fetch failed' );
	expect( await made() ).toBe( 1 );
	const log = await bp.control( 'GET', '/requests' );
	expect( [ ...( log.json.requests ?? [] ) ].at( -1 ) ).toMatchObject( {
		status: 0,
		fault: 'lost-answer',
	} );
	expect( ( await make() ).status ).toBe( 200 );
} );

test( 'a cut body: the status arrives, half of the JSON does', async () => {
	await fault( { kind: 'cut', count: 1 } );
	await expect( make() ).rejects.toThrow();
	expect( await made() ).toBe( 1 );
} );

test( 'both kinds of 503 leave the work undone, and are told apart by their text', async () => {
	await fault( [
		{ kind: 'throttled', count: 1 },
		{ kind: 'unavailable', count: 1 },
		{ kind: 'unavailable', count: 1, body: 'html' },
	] );
	const throttled = await make();
	expect( throttled.status ).toBe( 503 );
	expect( throttled.text ).toContain( 'too many requests' );
	expect( throttled.headers.get( 'brightpearl-requests-remaining' ) ).toBe(
		'0'
	);
	const outage = await make();
	expect( outage.status ).toBe( 503 );
	expect( outage.json ).toEqual( { response: 'Service unavailable' } );
	expect( outage.headers.get( 'brightpearl-requests-remaining' ) ).toBe(
		'198'
	);
	const page = await make();
	expect( page.status ).toBe( 503 );
	expect( page.headers.get( 'content-type' ) ).toContain( 'text/html' );
	expect( await made() ).toBe( 0 );
} );

test( 'an outage or error can come after the work was done', async () => {
	await fault( [
		{ kind: 'error', count: 1, committed: true },
		{ kind: 'error', count: 1 },
	] );
	const first = await make();
	expect( first.status ).toBe( 500 );
	expect( first.json ).toEqual( {
		errors: [ { code: 'CMNU-003', message: 'Internal Server Error' } ],
	} );
	expect( await made() ).toBe( 1 );
	expect( ( await make() ).status ).toBe( 500 );
	expect( await made() ).toBe( 1 );
} );

test( 'a slow answer is a whole one that waits', async () => {
	await fault( { kind: 'slow', ms: 7000, count: 1 } );
	expect( ( await make() ).status ).toBe( 200 );
	expect( bp.slept ).toEqual( [ 7000 ] );
} );

test( 'method, path and account choose what goes wrong', async () => {
	await fault( {
		kind: 'error',
		method: 'POST',
		path: '/order-service/*order',
		account: 'sandbox-gb',
	} );
	expect( ( await make() ).status ).toBe( 200 );
	const customer = await bp.contact();
	const order = orderBody( customer );
	expect(
		( await bp.call( 'POST', '/order-service/sales-order', order ) ).status
	).toBe( 500 );
	expect( ( await bp.call( 'GET', '/order-service/order/1' ) ).status ).toBe(
		200
	);
	await fault( [] );
	expect(
		( await bp.call( 'POST', '/order-service/sales-order', order ) ).status
	).toBe( 200 );
} );

test( 'the token endpoint fails only where it is named', async () => {
	await fault( { kind: 'unavailable' } );
	expect( ( await bp.refresh() ).status ).toBe( 200 );
	await fault( { kind: 'unavailable', path: '/oauth/token' } );
	expect( ( await bp.refresh() ).status ).toBe( 503 );
} );

test( 'the same seed makes the same sequence, and the rate is kept', () => {
	const run = ( seed: number ) => {
		const faults = createFaults( seed );
		faults.add( faultSchema.parse( { kind: 'error', rate: 0.3 } ) );
		return Array.from(
			{ length: 1000 },
			() =>
				faults.pick( {
					method: 'GET',
					path: '/public-api/a/b',
					account: 'a',
				} ) !== null
		);
	};
	expect( run( 1 ) ).toEqual( run( 1 ) );
	expect( run( 1 ) ).not.toEqual( run( 2 ) );
	const hits = run( 1 ).filter( Boolean ).length;
	expect( hits ).toBeGreaterThan( 240 );
	expect( hits ).toBeLessThan( 360 );
} );

test( 'a fault that makes no sense is refused', async () => {
	expect( ( await fault( { kind: 'fire' } ) ).status ).toBe( 400 );
	expect( ( await fault( { kind: 'error', rate: 2 } ) ).status ).toBe( 400 );
	expect( ( await bp.control( 'GET', '/faults' ) ).json ).toEqual( [] );
} );
