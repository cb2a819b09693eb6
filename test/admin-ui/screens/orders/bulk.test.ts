import { describe, expect, test } from '@jest/globals';
import {
	accepted,
	beginBulk,
	finishedOf,
	isOver,
	settled,
	stopped,
	totalOf,
} from '../../../../admin-ui/src/screens/orders/bulk.ts';

describe( 'a deed done to many orders', () => {
	test( 'a pushed order is finished only when its task has come to an end', () => {
		let bulk = beginBulk( 'push', [ 1, 2, 3 ] );
		bulk = accepted( bulk, 1, { state: 'queued' } );
		bulk = accepted( bulk, 2, { state: 'queued' } );
		bulk = accepted( bulk, 3, { state: 'queued' } );
		expect( finishedOf( bulk ) ).toBe( 0 );
		bulk = settled( bulk, 1, 'working' );
		expect( finishedOf( bulk ) ).toBe( 0 );
		bulk = settled( bulk, 1, 'synced' );
		bulk = settled( bulk, 2, 'problem' );
		expect( isOver( bulk ) ).toBe( false );
		bulk = settled( bulk, 3, 'not-due' );
		expect( bulk ).toMatchObject( { done: 2, troubled: [ 2 ] } );
		expect( isOver( bulk ) ).toBe( true );
	} );

	test( 'an order that was done by the time of the answer is not waited for', () => {
		const bulk = accepted( beginBulk( 'push', [ 1 ] ), 1, {
			state: 'synced',
		} );
		expect( isOver( bulk ) ).toBe( true );
		expect( bulk.done ).toBe( 1 );
	} );

	test( 'a decision is done when it is recorded', () => {
		const bulk = accepted( beginBulk( 'release', [ 1 ] ), 1, {
			state: 'queued',
		} );
		expect( isOver( bulk ) ).toBe( true );
		expect( bulk.done ).toBe( 1 );
	} );

	test( 'nothing is counted twice', () => {
		let bulk = beginBulk( 'push', [ 1, 2 ] );
		bulk = accepted( bulk, 1, { state: 'synced' } );
		bulk = accepted( bulk, 1, { state: 'synced' } );
		bulk = settled( bulk, 1, 'synced' );
		bulk = settled( bulk, 9, 'synced' );
		expect( finishedOf( bulk ) ).toBe( 1 );
		expect( totalOf( bulk ) ).toBe( 2 );
	} );

	test( 'what was refused, and what was never sent, is told with its reason', () => {
		let bulk = beginBulk( 'push', [ 1, 2, 3 ] );
		bulk = accepted( bulk, 1, { message: 'The shop has no such order.' } );
		bulk = stopped( bulk, 'Unreachable.' );
		expect( isOver( bulk ) ).toBe( true );
		expect( bulk.faults ).toEqual( [
			{ orderId: 1, message: 'The shop has no such order.' },
			{ orderId: 2, message: 'Unreachable.' },
			{ orderId: 3, message: 'Unreachable.' },
		] );
	} );
} );
