import { describe, expect, test } from '@jest/globals';
import type { StoreNote } from '../../../../src/contracts/store.ts';
import { notesOf } from '../../../../src/domain/orders/head/order-notes.ts';
import { anOrder } from '../../../helpers/an-order.ts';
import { settingsWith } from '../../../helpers/planning.ts';
import { recordedOrder } from '../../../helpers/store-order.ts';

const note = ( more: Partial< StoreNote > = {} ): StoreNote => ( {
	id: 8757,
	text: 'Sent <b>today</b>.',
	addedAt: '2026-11-21T05:26:38.000Z',
	toCustomer: true,
	...more,
} );

const notes = (
	customerNote: string,
	wanted: Record< string, unknown > = {},
	shop: readonly StoreNote[] = []
) =>
	notesOf(
		anOrder( { customerNote } ),
		shop,
		settingsWith( { notes: wanted } )
	);

describe( "the customer's note", () => {
	test( 'keeps its lines and its pictures', () => {
		expect(
			notesOf( recordedOrder( '109' ).order, [], settingsWith() )
		).toEqual( [
			{
				key: expect.stringMatching( /^customer:[\da-f]{16}$/ ),
				text: 'Customer note: Please leave by the back door.\nDog is friendly 🐶 — mostly.\n\nCall 07700 900123 & ask for "Jo"\n- thanks',
			},
		] );
	} );

	test( 'loses markup and encoding, and empty lines in a row', () => {
		expect(
			notes(
				'A &amp; B <b>bold</b><br>5 &lt; 6\r\n\r\n\r\n\tEnd \u0007'
			)[ 0 ]?.text
		).toBe( 'Customer note: A & B bold\n5 < 6\n\nEnd' );
	} );

	test( 'that is nothing is none', () => {
		expect( notes( ' \n<p></p>' ) ).toEqual( [] );
	} );

	test( 'is left out when the settings say so', () => {
		expect( notes( 'Ring', { customer: false } ) ).toEqual( [] );
	} );

	test( 'has another key once it is edited, and the same while it is not', () => {
		const [ first ] = notes( 'Ring twice' );
		expect( notes( ' Ring twice\n' )[ 0 ] ).toEqual( first );
		expect( notes( 'Ring once' )[ 0 ]?.key ).not.toBe( first?.key );
	} );

	test( 'is bounded', () => {
		const text = notes( 'word '.repeat( 3000 ) )[ 0 ]?.text ?? '';
		expect( text.length ).toBeLessThanOrEqual( 2015 );
		expect( text ).toMatch( /word…$/ );
	} );
} );

describe( 'notes of the shop', () => {
	const toCustomer = note();
	const own = note( {
		id: 8758,
		text: 'Stock: Board (4735&rarr;4732), 3 &times; &pound;5',
		toCustomer: false,
	} );

	test.each( [
		[ 'none', [] ],
		[ 'customer', [ 'note-8757' ] ],
		[ 'all', [ 'note-8757', 'note-8758' ] ],
	] )( '"%s"', ( order, keys ) => {
		expect(
			notes( '', { order }, [ toCustomer, own ] ).map(
				( { key } ) => key
			)
		).toEqual( keys );
	} );

	test( 'say when they were written', () => {
		expect(
			notes( '', { order: 'all' }, [ toCustomer, own ] ).map(
				( { text } ) => text
			)
		).toEqual( [
			'Shop note 2026-11-21 05:26 UTC: Sent today.',
			'Shop note 2026-11-21 05:26 UTC: Stock: Board (4735→4732), 3 × £5',
		] );
	} );

	test( 'that are our own or say nothing are left out', () => {
		expect(
			notes( '', { order: 'all' }, [
				note( { text: 'Pearlbridge: sales order 20871.' } ),
				note( { text: '<p> </p>' } ),
			] )
		).toEqual( [] );
	} );

	test( "come after the customer's", () => {
		expect(
			notes( 'Ring', { order: 'customer' }, [ toCustomer ] ).map(
				( { key } ) => key.slice( 0, 5 )
			)
		).toEqual( [ 'custo', 'note-' ] );
	} );
} );
