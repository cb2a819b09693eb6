/** Bodies as production sends them (platform reference, §6.2), and what else may come. */
import { expect, test } from '@jest/globals';
import {
	readWebhook,
	WEBHOOK_BODY,
} from '../../../src/brightpearl/services/webhook-event.ts';

const read = ( body: unknown ) =>
	readWebhook(
		Buffer.from( typeof body === 'string' ? body : JSON.stringify( body ) )
	);

const SEEN =
	'{"accountCode":"acmeshop","resourceType":"order","id":"5906","lifecycleEvent":"modified","fullEvent":"order.modified.order-status","raisedOn":"2026-03-02T10:20:41.691Z","brightpearlVersion":"4.95.2647"}';

test( 'the body seen in production', () => {
	expect( read( SEEN ) ).toEqual( {
		account: 'acmeshop',
		event: 'order.modified.order-status',
		ids: [ 5906 ],
		version: '4.95.2647',
	} );
} );

test( 'what we subscribe with becomes such a body', () => {
	const values: Record< string, string > = {
		'account-code': 'acmeshop',
		'resource-type': 'order',
		'resource-id': '5906',
		'lifecycle-event': 'modified',
		'full-event': 'order.modified.order-status',
		'raised-on': '2026-03-02T10:20:41.691Z',
		'brightpearl-version': '4.95.2647',
	};
	expect(
		WEBHOOK_BODY.replace(
			/\$\{([a-z-]+)\}/g,
			( _, name: string ) => values[ name ] ?? '?'
		)
	).toBe( SEEN );
} );

test.each( [
	[ '1-3,7', [ 1, 2, 3, 7 ] ],
	[ '7.1', [ 7, 1 ] ],
	[ 12, [ 12 ] ],
	[ '', [] ],
	[ null, [] ],
	[ undefined, [] ],
] )( 'the ids of %j', ( id, ids ) => {
	expect( read( { fullEvent: 'product.modified', id } ) ).toMatchObject( {
		ids,
	} );
} );

test( 'fields may be missing, and more may be there', () => {
	expect( read( {} ) ).toEqual( {
		account: null,
		event: null,
		ids: [],
		version: null,
	} );
	expect( read( { id: '1', more: { of: 'it' } } ) ).toMatchObject( {
		ids: [ 1 ],
	} );
} );

test.each( [
	[ 'nothing', '' ],
	[ 'no JSON', '{"id":' ],
	[ 'a list', [] ],
	[ 'a text', '"x"' ],
	[
		'no bytes of a text',
		Buffer.from( [ 0xff, 0xfe ] ).toString( 'latin1' ),
	],
	[ 'no id set', { id: 'five' } ],
	[ 'a variable that was not filled in', { id: '${resource-id}' } ],
	[ 'a range without end', { id: '1-999999999999' } ],
	[ 'half an id', { id: 1.5 } ],
	[ 'a field of another type', { fullEvent: 7 } ],
	[ 'a field longer than any', { accountCode: 'x'.repeat( 201 ) } ],
] )( '%s is nothing we can read', ( _, body ) => {
	expect( read( body ) ).toBeNull();
} );
