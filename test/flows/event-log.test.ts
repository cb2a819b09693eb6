import { describe, expect, test } from '@jest/globals';
import { systemRandom } from '../../src/cli/system.ts';
import type { FlowEvent } from '../../src/contracts/events.ts';
import { createEventLog } from '../../src/flows/event-log.ts';
import { createEvents } from '../../src/flows/events.ts';

const changed = ( connection: string ): FlowEvent => ( {
	event: 'changed',
	connection,
	what: 'problems',
} );
const progress = ( runId: number, done: number ): FlowEvent => ( {
	event: 'progress',
	connection: 'a',
	runId,
	done,
	of: 10,
} );

function scene( limit = 5 ) {
	const events = createEvents();
	const log = createEventLog( { events, random: systemRandom, limit } );
	return { emit: events.emit, ...log };
}

describe( 'the event log', () => {
	test( 'without a cursor gives the present one and nothing that was', () => {
		const { emit, since } = scene();
		emit( changed( 'a' ) );
		const page = since( null, null );
		expect( page ).toMatchObject( { items: [], reset: false } );
		expect( since( page.cursor, null ) ).toEqual( page );
	} );

	test( 'gives each event once, in order, to who goes on from its cursor', () => {
		const { emit, since } = scene();
		const start = since( null, null ).cursor;
		emit( changed( 'a' ) );
		emit( changed( 'b' ) );
		const page = since( start, null );
		expect( page ).toMatchObject( {
			items: [ changed( 'a' ), changed( 'b' ) ],
			reset: false,
		} );
		emit( changed( 'c' ) );
		expect( since( page.cursor, null ).items ).toEqual( [
			changed( 'c' ),
		] );
	} );

	test( 'a connection sees only its own, and its cursor does not count what others do', () => {
		const { emit, since } = scene();
		const before = since( null, 'a' ).cursor;
		for ( let i = 0; i < 50; i += 1 ) {
			emit( changed( 'b' ) );
		}
		expect( since( before, 'a' ) ).toEqual( {
			items: [],
			cursor: before,
			reset: false,
		} );
		emit( changed( 'a' ) );
		const { items, cursor } = since( before, 'a' );
		expect( items ).toEqual( [ changed( 'a' ) ] );
		expect( cursor.split( '.' )[ 1 ] ).toBe( '1' );
	} );

	test( 'as many as it keeps can be caught up with, one more is a reset', () => {
		const { emit, since } = scene( 5 );
		const start = since( null, null ).cursor;
		for ( let i = 0; i < 5; i += 1 ) {
			emit( changed( `c${ i }` ) );
		}
		expect( since( start, null ) ).toMatchObject( { reset: false } );
		expect( since( start, null ).items ).toHaveLength( 5 );
		emit( changed( 'c5' ) );
		const late = since( start, null );
		expect( late ).toMatchObject( { items: [], reset: true } );
		expect( since( late.cursor, null ) ).toMatchObject( { reset: false } );
	} );

	test( 'a cursor of another run, of another connection, from the future or of no kind is a reset', () => {
		const { emit, since } = scene();
		emit( changed( 'a' ) );
		emit( changed( 'b' ) );
		const { cursor } = since( null, null );
		const [ epoch ] = cursor.split( '.' );
		for ( const unknown of [
			scene().since( null, null ).cursor,
			since( null, 'a' ).cursor,
			`${ epoch }.3`,
			`${ epoch }.-1`,
			`${ epoch }.1e0`,
			`${ epoch }`,
			'',
			'x'.repeat( 5000 ),
		] ) {
			expect( since( unknown, null ) ).toEqual( {
				items: [],
				cursor,
				reset: true,
			} );
		}
	} );

	test( 'who catches up is told only the last of how far each run has got', () => {
		const { emit, since } = scene();
		const start = since( null, null ).cursor;
		emit( progress( 1, 2 ) );
		emit( changed( 'a' ) );
		emit( progress( 1, 5 ) );
		emit( progress( 2, 1 ) );
		expect( since( start, null ).items ).toEqual( [
			changed( 'a' ),
			progress( 1, 5 ),
			progress( 2, 1 ),
		] );
	} );

	test( 'of the changes of a large run only the first are kept', () => {
		const { emit, since } = scene();
		const start = since( null, null ).cursor;
		emit( {
			event: 'stock',
			connection: 'a',
			runId: 1,
			state: 'done',
			changes: Array.from( { length: 5000 }, ( _, n ) => ( {
				sku: `S-${ n }`,
				from: 0,
				to: n,
			} ) ),
		} );
		const [ event ] = since( start, null ).items;
		expect( event?.event === 'stock' && event.changes.length ).toBe( 20 );
	} );

	test( 'a listener can read the event it is told of, until it leaves', () => {
		const { emit, since, subscribe } = scene();
		const start = since( null, null ).cursor;
		const seen: number[] = [];
		const leave = subscribe( () =>
			seen.push( since( start, null ).items.length )
		);
		emit( changed( 'a' ) );
		emit( changed( 'a' ) );
		leave();
		emit( changed( 'a' ) );
		expect( seen ).toEqual( [ 1, 2 ] );
	} );
} );
