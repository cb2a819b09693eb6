import { expect, test } from '@jest/globals';
import { settingsSchema } from '../../src/contracts/settings.ts';
import { settingsChanges } from '../../src/domain/settings-changes.ts';

const of = ( input: unknown ) => settingsSchema.parse( input );

test( 'equal settings differ in nothing, whatever the order of their keys', () => {
	expect(
		settingsChanges(
			of( { orders: { payments: { a: 'X', b: 'Y' } } } ),
			of( { orders: { payments: { b: 'Y', a: 'X' } } } )
		)
	).toEqual( [] );
} );

test( 'what differs is told by its path, and nothing else', () => {
	expect(
		settingsChanges(
			of( { orders: { payments: { stripe: 'CARD' } } } ),
			of( {
				goLive: '2026-11-01T00:00:00Z',
				orders: { payments: { stripe: 'STRIPE', bacs: 'BACS' } },
				stock: { breaker: { percent: 30 } },
			} )
		)
	).toEqual( [
		{ key: 'goLive', from: null, to: '2026-11-01T00:00:00.000Z' },
		{ key: 'orders.payments.stripe', from: 'CARD', to: 'STRIPE' },
		{ key: 'orders.payments.bacs', from: null, to: 'BACS' },
		{ key: 'stock.breaker.percent', from: 20, to: 30 },
	] );
} );

test( 'a list is told whole', () => {
	const rule = { percent: '20', code: 'T20' };
	expect(
		settingsChanges( of( {} ), of( { orders: { tax: [ rule ] } } ) )
	).toEqual( [ { key: 'orders.tax', from: [], to: [ rule ] } ] );
} );

test( 'a status that is pushed no more is not mistaken for the account’s own', () => {
	expect(
		settingsChanges(
			of( { orders: { status: { processing: null, completed: 4 } } } ),
			of( { orders: { status: { completed: 4 } } } )
		)
	).toEqual( [
		{
			key: 'orders.status',
			from: { processing: null, completed: 4 },
			to: { completed: 4 },
		},
	] );
} );

test( 'text that becomes an object is told as both', () => {
	expect(
		settingsChanges(
			of( {} ),
			of( { orders: { missingSku: { productId: 7 } } } )
		)
	).toEqual( [
		{ key: 'orders.missingSku', from: 'hold', to: { productId: 7 } },
	] );
} );
