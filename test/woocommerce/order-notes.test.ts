import { describe, expect, test } from '@jest/globals';
import type { Reply } from '../../src/woocommerce/classify.ts';
import { readOrderNotes } from '../../src/woocommerce/order-notes.ts';
import type { Query, Transport } from '../../src/woocommerce/transport.ts';
import { filesIn, readData } from './support.ts';

type Body = Record< string, unknown >;

function shopOf( reply: unknown ): {
	transport: Transport;
	asked: { route: string; query: Query | undefined }[];
} {
	const asked: { route: string; query: Query | undefined }[] = [];
	return {
		asked,
		transport: {
			get: async ( route: string, query?: Query ) => {
				asked.push( { route, query } );
				return reply as Reply;
			},
		} as unknown as Transport,
	};
}

function answering( body: unknown ): Transport {
	return shopOf( { ok: true, status: 200, headers: {}, body } ).transport;
}

function refusing( status: number, code: string ): Transport {
	return shopOf( {
		ok: false,
		status,
		code,
		failure: { kind: 'retry', problem: { code } },
	} ).transport;
}

const NOTE = {
	id: 8,
	date_created_gmt: '2026-11-21T05:26:03',
	note: 'Left at the door',
	customer_note: true,
};

describe( 'the notes of an order', () => {
	test( 'are asked all at once, without who wrote them', async () => {
		const { transport, asked } = shopOf( {
			ok: true,
			status: 200,
			headers: {},
			body: [],
		} );
		await readOrderNotes( transport, 4343 );
		expect( asked ).toEqual( [
			{
				route: 'orders/4343/notes',
				query: {
					type: 'any',
					_fields: 'id,date_created_gmt,note,customer_note',
				},
			},
		] );
	} );

	test( 'are oldest first, those of one second by id', async () => {
		const read = await readOrderNotes(
			answering( [
				{ ...NOTE, id: 9 },
				NOTE,
				{
					...NOTE,
					id: 10,
					date_created_gmt: '2026-11-21T05:26:02',
					customer_note: null,
				},
			] ),
			1
		);
		expect( read ).toEqual( {
			ok: true,
			value: [
				{
					id: 10,
					text: 'Left at the door',
					addedAt: '2026-11-21T05:26:02.000Z',
					toCustomer: false,
				},
				{
					id: 8,
					text: 'Left at the door',
					addedAt: '2026-11-21T05:26:03.000Z',
					toCustomer: true,
				},
				{
					id: 9,
					text: 'Left at the door',
					addedAt: '2026-11-21T05:26:03.000Z',
					toCustomer: true,
				},
			],
		} );
	} );

	test( 'of an order that the shop does not have are none', async () => {
		expect(
			await readOrderNotes(
				refusing( 404, 'woocommerce_rest_shop_order_invalid_id' ),
				99999999
			)
		).toEqual( { ok: true, value: [] } );
		const { transport, asked } = shopOf( null );
		expect( await readOrderNotes( transport, 0 ) ).toEqual( {
			ok: true,
			value: [],
		} );
		expect( asked ).toEqual( [] );
	} );

	test( 'are not taken for none because of another 404', async () => {
		expect(
			await readOrderNotes( refusing( 404, 'rest_no_route' ), 4343 )
		).toMatchObject( { ok: false, failure: { kind: 'retry' } } );
	} );

	test.each( [
		[ 'is no list', { code: 'x' } ],
		[ 'has a note without a time', [ { ...NOTE, date_created_gmt: '' } ] ],
	] )( 'are held when the answer %s', async ( _what, body ) => {
		expect( await readOrderNotes( answering( body ), 4343 ) ).toMatchObject(
			{
				ok: false,
				failure: {
					kind: 'hold',
					problem: {
						message: expect.stringContaining(
							'the notes of order 4343'
						),
					},
				},
			}
		);
	} );
} );

test( 'every recorded note can be read', async () => {
	const files = filesIn( 'orders' ).filter( ( file ) =>
		file.endsWith( '.notes.json' )
	);
	expect( files.length ).toBeGreaterThan( 100 );
	for ( const file of files ) {
		const body = readData< Body[] >( `orders/${ file }` );
		const read = await readOrderNotes( answering( body ), 1 );
		const notes = read.ok ? read.value : [];
		expect( [ file, notes.length ] ).toEqual( [ file, body.length ] );
		const sent = body.filter(
			( note ) => note[ 'customer_note' ] === true
		);
		expect( notes.filter( ( note ) => note.toCustomer ) ).toHaveLength(
			sent.length
		);
	}
} );
