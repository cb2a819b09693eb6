import { describe, expect, test } from '@jest/globals';
import type { Reply } from '../../src/woocommerce/classify.ts';
import { readRefunds } from '../../src/woocommerce/refunds.ts';
import type { Query, Transport } from '../../src/woocommerce/transport.ts';
import { filesIn, readData, recorded } from './support.ts';

type Body = Record< string, unknown >;

/** A shop whose pages are these answers; what was asked is kept. */
function shopOf( ...replies: readonly ( unknown[] | Reply )[] ): {
	transport: Transport;
	asked: { route: string; query: Query | undefined }[];
} {
	const asked: { route: string; query: Query | undefined }[] = [];
	return {
		asked,
		transport: {
			get: async ( route: string, query?: Query ) => {
				const reply = replies[ asked.length ] ?? [];
				asked.push( { route, query } );
				return Array.isArray( reply )
					? {
							ok: true,
							status: 200,
							headers: {
								'x-wp-totalpages': String( replies.length ),
							},
							body: reply,
						}
					: reply;
			},
		} as unknown as Transport,
	};
}

function refundsFile( name: string ): Body[] {
	return readData< Body[] >( `orders/${ name }.refunds.json` );
}

describe( 'the refunds of an order', () => {
	test( 'are asked page by page, without who refunded', async () => {
		const [ late, early ] = refundsFile( '077-refund-two-successive' );
		const { transport, asked } = shopOf( [ late ], [ early ] );
		expect( await readRefunds( transport, 4418 ) ).toMatchObject( {
			ok: true,
			value: [ { id: 4419 }, { id: 4420 } ],
		} );
		expect( asked ).toEqual(
			[ 1, 2 ].map( ( page ) => ( {
				route: 'orders/4418/refunds',
				query: {
					per_page: 100,
					page,
					orderby: 'id',
					order: 'asc',
					_fields:
						'id,date_created_gmt,amount,reason,line_items,shipping_lines,fee_lines',
				},
			} ) )
		);
	} );

	test( 'are oldest first, whatever their ids, and once each', async () => {
		const [ entry ] = refundsFile( '074-refund-amount-only' );
		const at = ( id: number, time: string ): Body => ( {
			...entry,
			id,
			date_created_gmt: time,
		} );
		const { transport } = shopOf(
			[
				at( 5, '2026-11-21T05:00:01' ),
				at( 9, '2026-11-21T05:00:00' ),
				at( 3, '2026-11-21T05:00:01' ),
			],
			[ at( 3, '2026-11-21T05:00:01' ), at( 4, '2026-11-21T05:00:00' ) ]
		);
		const read = await readRefunds( transport, 4412 );
		expect( read.ok && read.value.map( ( { id } ) => id ) ).toEqual( [
			4, 9, 3, 5,
		] );
	} );

	test( 'end where a cache answers every page with the first', async () => {
		const [ entry ] = refundsFile( '074-refund-amount-only' );
		let asked = 0;
		const transport = {
			get: async () => {
				asked += 1;
				return {
					ok: true,
					status: 200,
					headers: {},
					body: Array.from( { length: 100 }, ( _, index ) => ( {
						...entry,
						id: 1 + index,
					} ) ),
				};
			},
		} as unknown as Transport;
		const read = await readRefunds( transport, 4412 );
		expect( read.ok && read.value ).toHaveLength( 100 );
		expect( asked ).toBe( 2 );
	} );

	test( 'of an order that the shop does not have are none', async () => {
		const { response } = recorded(
			'errors/200-refund-of-unknown-order.json'
		);
		const { transport } = shopOf( response.body as unknown[] );
		expect( await readRefunds( transport, 99999999 ) ).toEqual( {
			ok: true,
			value: [],
		} );
		const { transport: silent, asked } = shopOf();
		for ( const id of [ 0, -1, 1.5 ] ) {
			expect( await readRefunds( silent, id ) ).toEqual( {
				ok: true,
				value: [],
			} );
		}
		expect( asked ).toEqual( [] );
	} );

	test( 'are not taken for none when the shop does not answer', async () => {
		const failure = {
			kind: 'retry',
			problem: { code: 'store-unreachable' },
		};
		const { transport } = shopOf( refundsFile( '074-refund-amount-only' ), {
			ok: false,
			status: 503,
			code: null,
			failure,
		} as unknown as Reply );
		expect( await readRefunds( transport, 4412 ) ).toEqual( {
			ok: false,
			failure,
		} );
	} );

	test.each( [
		[ 'no list', { code: 'x' } ],
		[ 'an amount that is none', [ { amount: '1,00' } ] ],
		[ 'no time', [ { date_created_gmt: null } ] ],
		[ 'no lines at all', [ { line_items: undefined } ] ],
	] )( 'with %s are held', async ( _what, body ) => {
		const [ entry ] = refundsFile( '072-refund-full-restock' );
		const transport = {
			get: async () => ( {
				ok: true,
				status: 200,
				headers: {},
				body: Array.isArray( body )
					? body.map( ( change ) => ( { ...entry, ...change } ) )
					: body,
			} ),
		} as unknown as Transport;
		expect( await readRefunds( transport, 4408 ) ).toMatchObject( {
			ok: false,
			failure: {
				kind: 'hold',
				problem: {
					code: 'refused-by-store',
					message: expect.stringContaining(
						'the refunds of order 4408'
					),
				},
			},
		} );
	} );
} );

describe( 'a refund', () => {
	async function read( body: unknown ): Promise< unknown > {
		const { transport } = shopOf( [ body ] );
		const result = await readRefunds( transport, 1 );
		return result.ok ? result.value[ 0 ] : result;
	}

	test( 'has what was given back as positive figures, by the order’s lines', async () => {
		expect(
			await read( refundsFile( '072-refund-full-restock' )[ 0 ] )
		).toEqual( {
			id: 4409,
			reason: 'Customer changed their mind',
			amount: '51.56',
			createdAt: '2026-11-21T05:26:38.000Z',
			lines: [
				{
					kind: 'line',
					itemId: 1746,
					name: 'Oak Serving Board',
					quantity: '3',
					total: '29.97',
					totalTax: '5.99',
				},
				{
					kind: 'line',
					itemId: 1747,
					name: 'Beeswax Candle',
					quantity: '7',
					total: '8.05',
					totalTax: '1.61',
				},
				{
					kind: 'ship',
					itemId: 1748,
					name: 'Royal Mail Tracked 48',
					quantity: '0',
					total: '4.95',
					totalTax: '0.99',
				},
			],
		} );
	} );

	test( 'of tax only has no value and no pieces', async () => {
		expect(
			await read( refundsFile( '076-refund-tax-only' )[ 0 ] )
		).toMatchObject( {
			lines: [ { quantity: '0', total: '0.00', totalTax: '5.99' } ],
		} );
	} );

	test( 'has its fees', async () => {
		expect(
			await read( refundsFile( '081-refund-fee-and-coupon-order' )[ 0 ] )
		).toMatchObject( {
			lines: [
				{ kind: 'line', itemId: 1795 },
				{ kind: 'fee', itemId: 1799, name: 'Handling', total: '3.33' },
			],
		} );
	} );

	test( 'without an amount is one of nothing (recorded)', async () => {
		const { response } = recorded( 'errors/201-refund-no-amount.json' );
		expect( await read( response.body ) ).toMatchObject( {
			amount: '0.00',
		} );
	} );

	test( 'keeps the sign of a gift card that is given back, and knows a line that names none', async () => {
		const [ entry ] = refundsFile( '081-refund-fee-and-coupon-order' );
		const [ fee ] = entry?.[ 'fee_lines' ] as Body[];
		const given = await read( {
			...entry,
			line_items: [],
			fee_lines: [
				{ ...fee, total: '5.00', total_tax: '-0.00', meta_data: null },
				{
					...fee,
					meta_data: [ { key: '_refunded_item_id', value: 7 } ],
				},
				{
					...fee,
					meta_data: [ { key: '_refunded_item_id', value: 'x' } ],
				},
			],
		} );
		expect( given ).toMatchObject( {
			lines: [
				{ total: '-5.00', totalTax: '0.00', itemId: null },
				{ itemId: 7 },
				{ itemId: null },
			],
		} );
	} );
} );

test( 'every recorded refund can be read', async () => {
	const files = filesIn( 'orders' ).filter( ( file ) =>
		file.endsWith( '.refunds.json' )
	);
	expect( files ).toHaveLength( 11 );
	for ( const file of files ) {
		const body = readData< Body[] >( `orders/${ file }` );
		const { transport } = shopOf( body );
		const read = await readRefunds( transport, 1 );
		expect( read.ok && read.value ).toHaveLength( body.length );
	}
} );
