import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CONSOLE_OPERATIONS } from '../../src/contracts/console.ts';
import { OPERATIONS } from '../../src/contracts/operations.ts';
import { request } from 'node:http';
import { createScene, type LoggedIn, type Scene } from './console-scene.ts';

let scene: Scene;
let who: LoggedIn;
beforeEach( async () => {
	scene = await createScene();
	who = await scene.login();
} );
afterEach( () => scene.close() );

const KEY = 'click-12345678';

describe( 'operations of the console', () => {
	test( 'are handed on with their input read, a deadline and who asks', async () => {
		const before = Date.now();
		const { status, json } = await scene.operation( who, 'status', {
			timeout: 30_000,
			by: 'Mallory',
		} );
		expect( [ status, json() ] ).toEqual( [
			200,
			{ exit: 0, body: { done: true } },
		] );
		expect( scene.calls ).toEqual( [
			{
				name: 'status',
				input: { connection: null, waitIdle: false },
				call: expect.objectContaining( { by: 'console' } ),
			},
		] );
		const { deadline } = scene.calls[ 0 ]?.call ?? { deadline: 0 };
		expect( deadline - before ).toBeGreaterThanOrEqual( 30_000 );
		expect( deadline - before ).toBeLessThan( 60_000 );
	} );

	test( 'answer 200 whatever the exit', async () => {
		scene.answer = async () => ( { exit: 6, body: { error: {} } } );
		const { status, json } = await scene.operation( who, 'status' );
		expect( [ status, json()[ 'exit' ] ] ).toEqual( [ 200, 6 ] );
	} );

	test( 'a bad input is exit 2 with every fault of it', async () => {
		const { status, json } = await scene.operation( who, 'ordersPush', {
			input: { orderIds: [ 'x' ], nonsense: 1 },
		} );
		expect( [ status, json() ] ).toEqual( [
			200,
			{
				exit: 2,
				body: {
					error: expect.objectContaining( { code: 'invalid-input' } ),
				},
			},
		] );
		expect( scene.calls ).toEqual( [] );
	} );

	test( 'a defect is exit 1 without a word of what it was', async () => {
		scene.answer = async () => {
			throw new Error( 'at secret place' );
		};
		const { status, json, text } = await scene.operation( who, 'status' );
		expect( [ status, json()[ 'exit' ] ] ).toEqual( [ 200, 1 ] );
		expect( text ).not.toContain( 'secret place' );
		expect( scene.logged() ).toContain( 'secret place' );
	} );

	test.each(
		Object.keys( OPERATIONS ).filter(
			( name ) => ! Object.hasOwn( CONSOLE_OPERATIONS, name )
		)
	)( '%s is not for the console', async ( name ) => {
		const { status } = await scene.operation( who, name );
		expect( status ).toBe( 404 );
		expect( scene.calls ).toEqual( [] );
	} );

	test.each( [ 'constructor', '__proto__', 'nothing', '%00' ] )(
		'%s is none at all',
		async ( name ) => {
			const { status } = await scene.operation( who, name );
			expect( status ).toBe( 404 );
		}
	);

	test.each( [
		[ 'too long a wait', { timeout: 60_001 } ],
		[ 'a wait that is none', { timeout: -1 } ],
		[ 'a short key', { idempotencyKey: 'x' } ],
		[ 'a stray field', { stray: 1 } ],
	] )( '%s is a bad request', async ( _, body ) => {
		const { status, code } = await scene.operation( who, 'status', body );
		expect( [ status, code() ] ).toEqual( [ 400, 'bad-request' ] );
	} );
} );

describe( 'the same click', () => {
	const push = ( more: Record< string, unknown > = {} ) =>
		scene.operation( who, 'ordersPush', {
			input: { orderIds: [ 1 ] },
			idempotencyKey: KEY,
			...more,
		} );

	test( 'is done once and answered twice', async () => {
		let finish: () => void = () => undefined;
		const finished = new Promise< void >( ( resolve ) => {
			finish = resolve;
		} );
		scene.answer = async () => {
			await finished;
			return { exit: 0, body: { n: scene.calls.length } };
		};
		const both = Promise.all( [ push(), push() ] );
		finish();
		const [ one, two ] = await both;
		expect( [ one?.text, two?.text, ( await push() ).text ] ).toEqual( [
			one?.text,
			one?.text,
			one?.text,
		] );
		expect( scene.calls ).toHaveLength( 1 );
	} );

	test( 'is another click with another key, without one, or of another session', async () => {
		await push();
		await push( { idempotencyKey: 'click-87654321' } );
		await push( { idempotencyKey: null } );
		await push( { idempotencyKey: null } );
		who = await scene.login();
		await push();
		expect( scene.calls ).toHaveLength( 5 );
	} );

	test( 'cannot ask for something else: that is refused, not answered with what came of the first', async () => {
		await push();
		const other = [
			await push( { input: { orderIds: [ 2 ] } } ),
			await scene.operation( who, 'ordersDecide', {
				input: { orderIds: [ 1 ], decision: 'hold' },
				idempotencyKey: KEY,
			} ),
		];
		expect(
			other.map( ( { status, code } ) => [ status, code() ] )
		).toEqual( [
			[ 409, 'key-reused' ],
			[ 409, 'key-reused' ],
		] );
		expect( ( await push() ).status ).toBe( 200 );
		expect( scene.calls ).toHaveLength( 1 );
	} );

	test( 'reading is done anew each time', async () => {
		await scene.operation( who, 'status', { idempotencyKey: KEY } );
		await scene.operation( who, 'status', { idempotencyKey: KEY } );
		expect( scene.calls ).toHaveLength( 2 );
	} );

	test( 'whose answer was lost goes on, and the next one gets its answer', async () => {
		let begin: () => void = () => undefined;
		const begun = new Promise< void >( ( resolve ) => {
			begin = resolve;
		} );
		let finish: () => void = () => undefined;
		const finished = new Promise< void >( ( resolve ) => {
			finish = resolve;
		} );
		scene.answer = async ( { signal } ) => {
			begin();
			await finished;
			return { exit: 0, body: { stopped: signal.aborted } };
		};
		const lost = request( `${ scene.url }/console/operations/ordersPush`, {
			method: 'POST',
			agent: false,
			headers: { cookie: who.cookie, 'x-pearlbridge-csrf': who.csrf },
		} );
		const cut = new Promise< void >( ( resolve ) =>
			lost.once( 'close', () => resolve() )
		);
		lost.on( 'error', () => undefined );
		lost.end(
			JSON.stringify( {
				input: { orderIds: [ 1 ] },
				timeout: 1000,
				idempotencyKey: KEY,
			} )
		);
		await begun;
		lost.destroy();
		await cut;
		const again = push();
		finish();
		expect( ( await again ).json() ).toEqual( {
			exit: 0,
			body: { stopped: false },
		} );
		expect( scene.calls ).toHaveLength( 1 );
	} );
} );

test( 'a reading that nobody waits for any more is told so', async () => {
	let told: () => void = () => undefined;
	const stopped = new Promise< void >( ( resolve ) => {
		told = resolve;
	} );
	let leave: () => void = () => undefined;
	scene.answer = ( { signal } ) =>
		new Promise( ( resolve ) => {
			signal.addEventListener( 'abort', () => {
				told();
				resolve( { exit: 7, body: {} } );
			} );
			leave();
		} );
	const asked = request( `${ scene.url }/console/operations/status`, {
		method: 'POST',
		agent: false,
		headers: { cookie: who.cookie, 'x-pearlbridge-csrf': who.csrf },
	} );
	asked.on( 'error', () => undefined );
	leave = () => asked.destroy();
	asked.end( JSON.stringify( { input: {}, timeout: 60_000 } ) );
	await stopped;
} );
