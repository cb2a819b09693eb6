import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '../../src/contracts/primitives.ts';
import type { Clock } from '../../src/contracts/world.ts';
import { createOnce } from '../../src/http/idempotency.ts';

const click = ( scope: string, key: string | null, asked = 'this' ) => ( {
	scope,
	key,
	asked,
} );

function scene( limit = 500 ) {
	let now = 0;
	let ran = 0;
	const clock: Clock = { now: () => now, sleep: async () => undefined };
	const once = createOnce( { clock, limit } );
	return {
		once,
		pass: ( ms: number ) => {
			now += ms;
		},
		work: async () => ( ran += 1 ),
		ran: () => ran,
	};
}

describe( 'once', () => {
	test( 'the same key is answered with what came of the first, also while that runs', async () => {
		const { once, work } = scene();
		const both = await Promise.all( [
			once.run( click( 's', 'key-1' ), work ),
			once.run( click( 's', 'key-1' ), work ),
		] );
		expect( both ).toEqual( [ 1, 1 ] );
		expect( await once.run( click( 's', 'key-1' ), work ) ).toBe( 1 );
	} );

	test( 'another key, another scope and no key at all run anew', async () => {
		const { once, work } = scene();
		expect( await once.run( click( 's', 'key-1' ), work ) ).toBe( 1 );
		expect( await once.run( click( 's', 'key-2' ), work ) ).toBe( 2 );
		expect( await once.run( click( 't', 'key-1' ), work ) ).toBe( 3 );
		expect( await once.run( click( 's', null ), work ) ).toBe( 4 );
		expect( await once.run( click( 's', null ), work ) ).toBe( 5 );
	} );

	test( 'the same key for something else is refused, also while the first runs', async () => {
		const { once, work, ran } = scene();
		const first = once.run( click( 's', 'key-1', 'this' ), work );
		expect( once.run( click( 's', 'key-1', 'that' ), work ) ).toBeNull();
		expect( await first ).toBe( 1 );
		expect( once.run( click( 's', 'key-1', 'that' ), work ) ).toBeNull();
		expect( await once.run( click( 's', 'key-1', 'this' ), work ) ).toBe(
			1
		);
		expect( ran() ).toBe( 1 );
	} );

	test( 'scope and key cannot be read as one another', async () => {
		const { once, work } = scene();
		await once.run( click( 'a/b', 'c' ), work );
		expect( await once.run( click( 'a', 'b/c' ), work ) ).toBe( 2 );
	} );

	test( 'is remembered for ten minutes from its end, not longer', async () => {
		const { once, work, pass } = scene();
		let finish: ( value: number ) => void = () => undefined;
		const slow = once.run(
			click( 's', 'key-1' ),
			() =>
				new Promise< number >( ( resolve ) => {
					finish = resolve;
				} )
		);
		pass( 20 * MINUTE );
		const again = once.run( click( 's', 'key-1' ), work );
		finish( 42 );
		expect( await Promise.all( [ slow, again ] ) ).toEqual( [ 42, 42 ] );
		pass( 10 * MINUTE );
		expect( await once.run( click( 's', 'key-1' ), work ) ).toBe( 42 );
		pass( 1 );
		expect( await once.run( click( 's', 'key-1' ), work ) ).toBe( 1 );
	} );

	test( 'work that broke is not remembered', async () => {
		const { once, work } = scene();
		await expect(
			once.run( click( 's', 'key-1' ), async () => {
				throw new Error( 'defect' );
			} )
		).rejects.toThrow( 'defect' );
		expect( await once.run( click( 's', 'key-1' ), work ) ).toBe( 1 );
	} );

	test( 'beyond its limit it forgets the oldest, but nothing that runs', async () => {
		const { once, work, ran } = scene( 2 );
		let finish: ( value: number ) => void = () => undefined;
		const running = once.run(
			click( 's', 'running' ),
			() =>
				new Promise< number >( ( resolve ) => {
					finish = resolve;
				} )
		);
		for ( const key of [ 'a', 'b', 'c', 'd' ] ) {
			await once.run( click( 's', key ), work );
		}
		expect( ran() ).toBe( 4 );
		await once.run( click( 's', 'a' ), work );
		expect( ran() ).toBe( 5 );
		const joined = once.run( click( 's', 'running' ), work );
		finish( 7 );
		expect( await Promise.all( [ running, joined ] ) ).toEqual( [ 7, 7 ] );
	} );
} );
