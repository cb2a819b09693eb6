import { describe, expect, test } from '@jest/globals';
import { createThrottle } from '../../../src/sandbox/brightpearl/throttle.ts';
import { START, startHarness } from './harness.ts';

const PATH = '/integration-service/account-configuration';

describe( 'the fixed window', () => {
	const rules = { cap: 3, mode: 'fixed' } as const;

	test( 'turns with the UTC minute, whenever it was begun', () => {
		const throttle = createThrottle( 1 );
		const take = ( at: number ) =>
			throttle.take( 'pool', START + at, rules );
		expect( take( 50_000 ) ).toEqual( {
			allowed: true,
			remaining: 2,
			period: 10_000,
		} );
		take( 55_000 );
		take( 59_998 );
		expect( take( 59_999 ) ).toEqual( {
			allowed: false,
			remaining: 0,
			period: 1,
		} );
		expect( take( 60_000 ) ).toEqual( {
			allowed: true,
			remaining: 2,
			period: 60_000,
		} );
	} );

	test( 'at speed 60 a minute is a second', () => {
		const throttle = createThrottle( 60 );
		const take = ( at: number ) =>
			throttle.take( 'pool', START + at, rules );
		expect( take( 400 ).period ).toBe( 600 );
		take( 401 );
		take( 402 );
		expect( take( 403 ).allowed ).toBe( false );
		expect( take( 1000 ).allowed ).toBe( true );
	} );

	test( 'counts each pool by itself', () => {
		const throttle = createThrottle( 1 );
		for ( let n = 0; n < 4; n++ ) {
			throttle.take( 'one', START, rules );
		}
		expect( throttle.take( 'two', START, rules ).remaining ).toBe( 2 );
	} );
} );

test( 'the rolling mode lets one through for each that is a minute old', () => {
	const throttle = createThrottle( 1 );
	const take = ( at: number ) =>
		throttle.take( 'pool', START + at, { cap: 2, mode: 'rolling' } )
			.allowed;
	expect( [ take( 0 ), take( 30_000 ), take( 59_999 ) ] ).toEqual( [
		true,
		true,
		false,
	] );
	expect( [ take( 60_000 ), take( 60_001 ), take( 90_000 ) ] ).toEqual( [
		true,
		false,
		true,
	] );
} );

test( 'request 200 is served, request 201 is a 503 in words; both headers are on every answer', async () => {
	const bp = await startHarness();
	try {
		const first = await bp.call( 'GET', PATH );
		expect( first.headers.get( 'brightpearl-requests-remaining' ) ).toBe(
			'199'
		);
		expect( first.headers.get( 'brightpearl-next-throttle-period' ) ).toBe(
			'60000'
		);
		let last = first;
		for ( let n = 2; n <= 200; n++ ) {
			last = await bp.call( 'GET', PATH );
		}
		expect( last.status ).toBe( 200 );
		expect( last.headers.get( 'brightpearl-requests-remaining' ) ).toBe(
			'0'
		);
		bp.advance( 20_000 );
		const over = await bp.call( 'POST', '/contact-service/postal-address', {
			addressLine1: 'x',
		} );
		expect( over.status ).toBe( 503 );
		expect( over.json ).toEqual( {
			response:
				'You have sent too many requests. Please wait before sending another request',
		} );
		expect( over.headers.get( 'brightpearl-requests-remaining' ) ).toBe(
			'0'
		);
		expect( over.headers.get( 'brightpearl-next-throttle-period' ) ).toBe(
			'40000'
		);
		const state = await bp.control( 'GET', '/state?account=sandbox-gb' );
		expect( state.json.addresses ).toBe( 0 );

		// Another pool is not touched: OAuth has its own, and so has the other account.
		const oauth = await bp.call( 'GET', PATH, undefined, {
			auth: 'oauth',
		} );
		expect( oauth.headers.get( 'brightpearl-requests-remaining' ) ).toBe(
			'199'
		);
		const other = await bp.call( 'GET', PATH, undefined, {
			account: 'sandbox-us',
		} );
		expect( other.headers.get( 'brightpearl-requests-remaining' ) ).toBe(
			'199'
		);
		// Staff and account tokens share the private pool.
		expect(
			( await bp.call( 'GET', PATH, undefined, { auth: 'staff' } ) )
				.status
		).toBe( 503 );

		bp.advance( 40_000 );
		expect( ( await bp.call( 'GET', PATH ) ).status ).toBe( 200 );
	} finally {
		await bp.close();
	}
} );

test( 'the cap is a switch', async () => {
	const bp = await startHarness( { switches: { requestsPerMinute: 1000 } } );
	try {
		const { headers } = await bp.call( 'GET', PATH );
		expect( headers.get( 'brightpearl-requests-remaining' ) ).toBe( '999' );
	} finally {
		await bp.close();
	}
} );
