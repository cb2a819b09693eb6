import { describe, expect, test } from '@jest/globals';
import { createLive } from '../../../admin-ui/src/api/live.ts';
import type { LivePage, LiveState } from '../../../admin-ui/src/host.ts';
import type { FlowEvent } from '../../../src/contracts/events.ts';

const changed: FlowEvent = {
	event: 'changed',
	connection: 'demo',
	what: 'settings',
};

function started() {
	let page: ( page: LivePage ) => void = () => {};
	let state: ( state: LiveState ) => void = () => {};
	const live = createLive( {
		events( onPage, onState ) {
			page = onPage;
			state = onState;
			return () => {};
		},
	} );
	const heard: string[] = [];
	live.onEvent( ( { event } ) => heard.push( event ) );
	live.onReset( () => heard.push( 'reset' ) );
	live.onState( () => heard.push( live.state() ) );
	live.start();
	return {
		live,
		heard,
		page: ( next: LivePage ) => page( next ),
		state: ( next: LiveState ) => state( next ),
	};
}

describe( 'what happens', () => {
	test( 'is told to everybody who watches, a reset before the events after it', () => {
		const { heard, page } = started();
		page( { items: [ changed, changed ], reset: true } );
		page( { items: [], reset: false } );
		expect( heard ).toEqual( [ 'reset', 'changed', 'changed' ] );
	} );

	test( 'tells each state once, and has everything read anew after a lost connection', () => {
		const { heard, state } = started();
		for ( const next of [
			'live',
			'live',
			'reconnecting',
			'reconnecting',
			'live',
		] as const ) {
			state( next );
		}
		expect( heard ).toEqual( [ 'live', 'reconnecting', 'live', 'reset' ] );
	} );

	test( 'is not told to who has stopped watching', () => {
		const { live, page } = started();
		let count = 0;
		const stop = live.onEvent( () => {
			count += 1;
		} );
		page( { items: [ changed ], reset: false } );
		stop();
		page( { items: [ changed ], reset: false } );
		expect( count ).toBe( 1 );
	} );
} );
