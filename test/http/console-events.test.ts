import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { get, type IncomingMessage } from 'node:http';
import { systemRandom } from '../../src/cli/system.ts';
import type { FlowEvent } from '../../src/contracts/events.ts';
import { createEventLog } from '../../src/flows/event-log.ts';
import { createEvents } from '../../src/flows/events.ts';
import { createScene, type LoggedIn, type Scene } from './console-scene.ts';

let scene: Scene;
let who: LoggedIn;
beforeEach( async () => {
	scene = await createScene();
	who = await scene.login();
} );
afterEach( () => scene.close() );

const changed = ( connection: string ): FlowEvent => ( {
	event: 'changed',
	connection,
	what: 'problems',
} );

describe( 'the event stream', () => {
	test( 'begins with the present cursor, then tells what happens', async () => {
		scene.events.emit( changed( 'before' ) );
		const stream = await scene.stream( who.cookie );
		expect( stream.status ).toBe( 200 );
		expect( stream.headers ).toMatchObject( {
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store, no-transform',
			'x-accel-buffering': 'no',
			'x-content-type-options': 'nosniff',
		} );
		await stream.has( 1 );
		scene.events.emit( changed( 'a' ) );
		scene.events.emit( changed( 'b' ) );
		await stream.has( 2 );
		expect( stream.pages ).toEqual( [
			{ items: [], cursor: expect.any( String ), reset: false },
			{
				items: [ changed( 'a' ), changed( 'b' ) ],
				cursor: expect.any( String ),
				reset: false,
			},
		] );
		stream.leave();
	} );

	test( 'who comes back gets what was missed, by `after` or by Last-Event-ID', async () => {
		const stream = await scene.stream( who.cookie );
		await stream.has( 1 );
		const cursor = stream.pages[ 0 ]?.cursor ?? '';
		stream.leave();
		scene.events.emit( changed( 'a' ) );
		scene.events.emit( changed( 'b' ) );
		for ( const [ query, headers ] of [
			[ `?after=${ cursor }`, {} ],
			[ '', { 'last-event-id': cursor } ],
			// A browser that reconnects by itself repeats the address and adds the header.
			[ '?after=older.1', { 'last-event-id': cursor } ],
		] as const ) {
			const again = await scene.stream( who.cookie, query, headers );
			await again.has( 1 );
			expect( again.pages[ 0 ] ).toMatchObject( {
				items: [ changed( 'a' ), changed( 'b' ) ],
				reset: false,
			} );
			again.leave();
		}
	} );

	test( 'after a restart, or too late, it says to read everything anew', async () => {
		const stream = await scene.stream( who.cookie );
		await stream.has( 1 );
		const cursor = stream.pages[ 0 ]?.cursor ?? '';
		stream.leave();
		for ( let i = 0; i < 6; i += 1 ) {
			scene.events.emit( changed( 'a' ) );
		}
		const late = await scene.stream( who.cookie, `?after=${ cursor }` );
		await late.has( 1 );
		expect( late.pages[ 0 ] ).toMatchObject( { items: [], reset: true } );
		late.leave();
		await scene.restart();
		const anew = await scene.stream( who.cookie, `?after=${ cursor }` );
		await anew.has( 1 );
		expect( anew.pages[ 0 ] ).toMatchObject( { items: [], reset: true } );
		scene.events.emit( changed( 'b' ) );
		await anew.has( 2 );
		expect( anew.pages[ 1 ] ).toMatchObject( {
			items: [ changed( 'b' ) ],
			reset: false,
		} );
		anew.leave();
	} );

	test( 'tells all tabs alike', async () => {
		const tabs = await Promise.all(
			Array.from( { length: 12 }, () => scene.stream( who.cookie ) )
		);
		await Promise.all( tabs.map( ( tab ) => tab.has( 1 ) ) );
		scene.events.emit( changed( 'a' ) );
		await Promise.all( tabs.map( ( tab ) => tab.has( 2 ) ) );
		for ( const tab of tabs ) {
			expect( tab.pages[ 1 ]?.items ).toEqual( [ changed( 'a' ) ] );
			tab.leave();
		}
	} );

	test( 'a session follows it so many times and no more; places become free', async () => {
		const tabs = await Promise.all(
			Array.from( { length: 50 }, () => scene.stream( who.cookie ) )
		);
		const refused = await scene.stream( who.cookie );
		expect( [ refused.status, refused.headers[ 'retry-after' ] ] ).toEqual(
			[ 503, '5' ]
		);
		const other = await scene.login();
		const others = await scene.stream( other.cookie );
		expect( others.status ).toBe( 200 );
		others.leave();
		for ( const tab of tabs ) {
			tab.leave();
		}
		await Promise.all( tabs.map( ( tab ) => tab.ended ) );
		let status = 0;
		while ( status !== 200 ) {
			const free = await scene.stream( who.cookie );
			status = free.status;
			free.leave();
		}
	} );

	test( 'sends a sign of life', async () => {
		await scene.restart( { heartbeat: 10 } );
		const stream = await scene.stream( who.cookie );
		await stream.has( 3 );
		expect(
			new Set( stream.pages.map( ( { cursor } ) => cursor ) ).size
		).toBe( 1 );
		expect( stream.pages.flatMap( ( { items } ) => items ) ).toEqual( [] );
		stream.leave();
	} );

	test( 'logout ends the streams of that session, and no others', async () => {
		const other = await scene.login();
		const mine = [
			await scene.stream( who.cookie ),
			await scene.stream( who.cookie ),
		];
		const theirs = await scene.stream( other.cookie );
		await scene.ask( '/console/logout', {
			method: 'POST',
			headers: { cookie: who.cookie, 'x-pearlbridge-csrf': who.csrf },
		} );
		await Promise.all( mine.map( ( { ended } ) => ended ) );
		scene.events.emit( changed( 'a' ) );
		await theirs.has( 2 );
		theirs.leave();
	} );

	test( 'a session that ended otherwise is noticed with the next sign of life', async () => {
		await scene.restart( { heartbeat: 10 } );
		const stream = await scene.stream( who.cookie );
		await stream.has( 1 );
		scene.pass( 8 * 24 * 3_600_000 );
		await stream.ended;
	} );

	test( 'the server that closes ends it and does not wait for it', async () => {
		const stream = await scene.stream( who.cookie );
		await stream.has( 1 );
		const before = Date.now();
		await scene.restart();
		await stream.ended;
		expect( Date.now() - before ).toBeLessThan( 5_000 );
	} );

	test( 'a reader that does not read is cut off', async () => {
		const events = createEvents();
		const log = createEventLog( { events, random: systemRandom } );
		let isCutOff: () => void = () => undefined;
		const cutOff = new Promise< void >( ( resolve ) => {
			isCutOff = resolve;
		} );
		await scene.restart( {
			heartbeat: 60,
			eventLog: {
				...log,
				subscribe( listener ) {
					const leave = log.subscribe( listener );
					return () => {
						leave();
						isCutOff();
					};
				},
			},
		} );
		const response = await new Promise< IncomingMessage >( ( resolve ) => {
			get(
				`${ scene.url }/console/events`,
				{ agent: false, headers: { cookie: who.cookie } },
				resolve
			);
		} );
		response.on( 'error', () => undefined );
		response.pause();
		const large = 'x'.repeat( 2_000_000 );
		const telling = setInterval( () => events.emit( changed( large ) ), 5 );
		await cutOff;
		clearInterval( telling );
		response.destroy();
	} );

	test( 'a HEAD does not open one', async () => {
		const { status } = await scene.ask( '/console/events', {
			method: 'HEAD',
			headers: { cookie: who.cookie },
		} );
		expect( status ).toBe( 404 );
	} );
} );
