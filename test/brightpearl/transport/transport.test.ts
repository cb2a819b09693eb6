import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../../src/brightpearl/transport/call.ts';
import { createBatchKit } from '../batching/batch-kit.ts';
import { answer, lost, settled, unreachable } from '../world.ts';

const GET: Call = { method: 'GET', path: '/thing-service/thing/1' };
const FIGURES = {
	'brightpearl-requests-remaining': '0',
	'brightpearl-next-throttle-period': '3000',
};

describe( 'a call that is made late', () => {
	test( 'is made when there is room, and not before', async () => {
		const kit = createBatchKit( { headers: FIGURES } );
		const counted: string[] = [];
		const askLate = kit.transport.askLate( 'order', () =>
			counted.push( 'request' )
		);
		await askLate( () => GET );
		let made = 0;
		const sent = askLate( () => {
			made += 1;
			return { ...GET, path: '/thing-service/thing/2' };
		} );
		await kit.clock.runTo( kit.clock.now() + 2000 );
		expect( made ).toBe( 0 );
		await kit.clock.runTo( kit.clock.now() + 2000 );
		expect( made ).toBe( 1 );
		expect( await sent ).toMatchObject( { kind: 'answer' } );
		expect( counted ).toHaveLength( 2 );
	} );

	test( 'may find nothing to send: nothing is counted, and its place is free', async () => {
		const kit = createBatchKit();
		const counted: string[] = [];
		const askLate = kit.transport.askLate( 'order', () =>
			counted.push( 'request' )
		);
		// More than may be in flight at once.
		for ( let turn = 0; turn < 60; turn++ ) {
			expect( await askLate( () => null ) ).toBeNull();
		}
		expect( counted ).toEqual( [] );
		expect( kit.counts ).toEqual( {} );
		expect( kit.requests ).toEqual( [] );
		expect( await askLate( () => GET ) ).toMatchObject( {
			kind: 'answer',
		} );
	} );

	test( 'and finds nothing during an outage, leaves the probe to the next', async () => {
		let down = true;
		const kit = createBatchKit( {
			whole: () => ( down ? unreachable : undefined ),
		} );
		const ask = kit.transport.ask( 'order', () => {} );
		for ( let turn = 0; turn < 5; turn++ ) {
			await ask( GET );
		}
		expect( await ask( GET ) ).toMatchObject( {
			failure: { cause: 'outage', after: 1500 },
		} );
		kit.clock.set( kit.clock.now() + 1500 );
		const askLate = kit.transport.askLate( 'order', () => {} );
		expect( await askLate( () => null ) ).toBeNull();
		down = false;
		expect( await ask( GET ) ).toMatchObject( { kind: 'answer' } );
	} );

	test( 'by somebody who throws gives its place back', async () => {
		const kit = createBatchKit();
		const askLate = kit.transport.askLate( 'order', () => {} );
		for ( let turn = 0; turn < 60; turn++ ) {
			await expect(
				askLate( () => {
					throw new Error( 'defect' );
				} )
			).rejects.toThrow( 'defect' );
		}
		expect( await askLate( () => GET ) ).toMatchObject( {
			kind: 'answer',
		} );
	} );
} );

describe( 'a request', () => {
	test.each( [
		'GET',
		'POST',
		'PUT',
		'PATCH',
		'DELETE',
		'OPTIONS',
	] as const )(
		'%s leaves with its own headers and body, and its outcome is judged as a read or a write',
		async ( method ) => {
			const isRead = method === 'GET' || method === 'OPTIONS';
			const kit = createBatchKit( { whole: () => lost } );
			const sent = await kit.transport.ask( 'stock', () => {} )( {
				method,
				path: '/thing-service/thing/1',
				headers: {
					'if-match': '7',
					'brightpearl-account-token': 'mine',
				},
				...( isRead ? {} : { body: [ { op: 'replace' } ] } ),
			} );
			expect( sent ).toMatchObject( {
				failure: { kind: 'retry', outcomeUnknown: ! isRead },
			} );
			const [ request ] = kit.requests;
			expect( request ).toMatchObject( {
				method,
				timeout: isRead ? 30_000 : 60_000,
			} );
			expect( request?.headers ).toMatchObject( {
				accept: 'application/json',
				'if-match': '7',
				// Nobody speaks in another's name.
				'brightpearl-account-token': 'ACCOUNT-TOKEN-1234',
			} );
			expect( request?.body ).toBe(
				isRead ? undefined : '[{"op":"replace"}]'
			);
			expect( request?.headers[ 'content-type' ] ).toBe(
				isRead ? undefined : 'application/json'
			);
			expect( kit.requests ).toHaveLength( 1 );
			expect(
				kit.counts[
					`brightpearl_requests main stock ${ isRead ? 'read' : 'write' }`
				]
			).toBe( 1 );
			expect( kit.counts[ 'brightpearl_outages main' ] ).toBe( 1 );
		}
	);

	test( 'that is too many is counted by pool', async () => {
		const kit = createBatchKit( {
			whole: () =>
				answer( 503, { response: 'too many requests' }, FIGURES ),
		} );
		await kit.transport.ask( 'order', () => {} )( GET );
		await settled();
		expect( kit.counts ).toMatchObject( {
			'brightpearl_throttled acmeshop|private': 1,
		} );
		expect( kit.counts ).not.toHaveProperty( 'brightpearl_outages main' );
	} );
} );
