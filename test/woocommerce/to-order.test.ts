import { describe, expect, test } from '@jest/globals';
import type { StoreOrder } from '../../src/contracts/store.ts';
import { toOrder } from '../../src/woocommerce/to-order.ts';
import { filesIn, readData } from './support.ts';

const FILES = filesIn( 'orders' ).filter(
	( name ) => ! /\.(notes|refunds)\.json$/.test( name )
);

type Json = Record< string, unknown >;

function read( json: unknown ): StoreOrder {
	const result = toOrder( json );
	if ( ! result.ok ) {
		throw new Error( result.why );
	}
	return result.order;
}

function order( file: string ): StoreOrder {
	return read( readData( `orders/${ file }.json` ) );
}

const SIMPLE = '001-simple-guest-card';

function changed( change: ( json: Json ) => void ): unknown {
	const json = readData< Json >( `orders/${ SIMPLE }.json` );
	change( json );
	return json;
}

describe( 'a recorded order', () => {
	test( 'of each kind is there', () => {
		expect( FILES.length ).toBeGreaterThan( 150 );
	} );

	test.each( FILES )( '%s maps with nothing lost', ( file ) => {
		const json = readData< Json >( `orders/${ file }` );
		const mapped = read( json );
		const rows = ( name: string ): Json[] => json[ name ] as Json[];
		const sameAmounts = (
			ours: readonly { total: string; totalTax: string }[],
			theirs: readonly Json[]
		): void =>
			expect(
				ours.map( ( { total, totalTax } ) => [ total, totalTax ] )
			).toEqual( theirs.map( ( row ) => [ row.total, row.total_tax ] ) );
		expect( mapped ).toMatchObject( {
			id: json.id,
			number: json.number,
			status: json.status,
			total: json.total,
			totalTax: json.total_tax,
			currency: json.currency,
			placedAt: `${ String( json.date_created_gmt ) }.000Z`,
			modifiedAt: `${ String( json.date_modified_gmt ) }.000Z`,
			paidAt:
				json.date_paid_gmt === null
					? null
					: `${ String( json.date_paid_gmt ) }.000Z`,
		} );
		sameAmounts( mapped.lines, rows( 'line_items' ) );
		sameAmounts( mapped.shippingLines, rows( 'shipping_lines' ) );
		sameAmounts( mapped.fees, rows( 'fee_lines' ) );
		expect( mapped.coupons ).toHaveLength( rows( 'coupon_lines' ).length );
		expect( mapped.refunds ).toHaveLength( rows( 'refunds' ).length );
		expect( JSON.stringify( mapped ) ).not.toContain( 'undefined' );
	} );
} );

describe( 'a simple order', () => {
	test( 'maps as a whole', () => {
		expect( order( SIMPLE ) ).toEqual( {
			id: 4336,
			number: '4336',
			status: 'processing',
			currency: 'GBP',
			pricesIncludeTax: false,
			placedAt: '2026-11-21T05:25:59.000Z',
			modifiedAt: '2026-11-21T05:25:59.000Z',
			paidAt: '2026-11-21T05:25:59.000Z',
			completedAt: null,
			total: '64.74',
			totalTax: '10.79',
			paymentMethod: 'stripe',
			paymentMethodTitle: 'Credit / Debit Card',
			transactionId: 'pi_3Q5FF0DDA0E82B071DE',
			customerNote: '',
			createdVia: 'store-api',
			customerId: 0,
			billing: {
				firstName: 'Hannah',
				lastName: 'Whitcombe',
				company: '',
				address1: '14 Orchard Lane',
				address2: '',
				city: 'Taunton',
				state: 'Somerset',
				postcode: 'TA1 3PF',
				country: 'GB',
				email: 'hannah.whitcombe@example.test',
				phone: '01823 555010',
			},
			shipping: {
				firstName: 'Hannah',
				lastName: 'Whitcombe',
				company: '',
				address1: '14 Orchard Lane',
				address2: '',
				city: 'Taunton',
				state: 'Somerset',
				postcode: 'TA1 3PF',
				country: 'GB',
				email: '',
				phone: '01823 555010',
			},
			lines: [
				{
					id: 1401,
					name: 'Linen Apron',
					productId: 4202,
					variationId: 0,
					sku: 'LIN-APR',
					quantity: '2',
					taxClass: '',
					subtotal: '49.00',
					subtotalTax: '9.80',
					total: '49.00',
					totalTax: '9.80',
					rates: [ { percent: '20', label: 'VAT', compound: false } ],
					reducedStock: 2,
					meta: [],
				},
			],
			shippingLines: [
				{
					id: 1402,
					name: 'Royal Mail Tracked 48',
					total: '4.95',
					totalTax: '0.99',
					taxClass: '',
					taxStatus: 'taxable',
					rates: [ { percent: '20', label: 'VAT', compound: false } ],
					methodId: 'flat_rate',
					instanceId: '2',
				},
			],
			fees: [],
			coupons: [],
			refunds: [],
			meta: expect.objectContaining( {
				_stripe_currency: 'GBP',
				is_vat_exempt: 'no',
			} ),
		} );
	} );
} );

describe( 'the particulars', () => {
	test( 'a deleted product has no SKU and no id', () => {
		expect(
			order( '022-product-deleted-after-order' ).lines
		).toContainEqual(
			expect.objectContaining( { productId: 0, variationId: 0, sku: '' } )
		);
	} );

	test( 'stacked rates keep their order, their decimals and their labels', () => {
		expect( order( '046-tax-compound' ).lines[ 0 ]?.rates ).toEqual( [
			{ percent: '5', label: 'GST', compound: false },
			{ percent: '9.975', label: 'QST', compound: expect.any( Boolean ) },
		] );
	} );

	test( 'a tax entry counts also with total 0, an unknown one does not', () => {
		const json = changed( ( each ) => {
			const [ line ] = each.line_items as Json[];
			( line as Json ).taxes = [
				{ id: 13, total: '0.00', subtotal: '' },
				{ id: 99, total: '5.00', subtotal: '5.00' },
			];
		} );
		expect( read( json ).lines[ 0 ]?.rates ).toEqual( [
			{ percent: '20', label: 'VAT', compound: false },
		] );
	} );

	test( 'a rate whose percentage is not known is refused, not taken for 0', () => {
		const json = changed( ( each ) => {
			( ( each.tax_lines as Json[] )[ 0 ] as Json ).rate_percent = null;
		} );
		expect( toOrder( json ) ).toEqual( {
			ok: false,
			id: 4336,
			why: 'tax_lines: rate 13 has no rate_percent',
		} );
	} );

	test( 'visible meta is kept in display form, hidden and structured meta is not', () => {
		expect( order( '101-meta-nested' ).lines[ 0 ]?.meta ).toEqual( [
			{ key: 'Note', value: 'one' },
			{ key: 'Note', value: 'two' },
		] );
		expect(
			order( '024-line-personalisation-meta' ).lines.flatMap(
				( { meta } ) => meta
			).length
		).toBeGreaterThan( 0 );
	} );

	test.each( [
		[ '3', 3 ],
		[ 3, 3 ],
		[ '0', 0 ],
		[ '', 0 ],
		[ 'x', 0 ],
		[ '-2', 0 ],
		[ null, 0 ],
		[ [ 3 ], 0 ],
	] )( '_reduced_stock %j is %i', ( value, expected ) => {
		const json = changed( ( each ) => {
			const [ line ] = each.line_items as Json[];
			( line as Json ).meta_data = [
				{ id: 1, key: '_reduced_stock', value },
			];
		} );
		expect( read( json ).lines[ 0 ]?.reducedStock ).toBe( expected );
	} );

	test( 'a fraction of a piece is a decimal without an exponent', () => {
		const json = changed( ( each ) => {
			( ( each.line_items as Json[] )[ 0 ] as Json ).quantity = 1e-7;
		} );
		expect( read( json ).lines[ 0 ]?.quantity ).toBe( '0.0000001' );
	} );

	test( 'encoded addresses stay as the shop keeps them', () => {
		expect(
			order( '010-registered-company-vat' ).billing.company
		).toContain( '&amp;' );
	} );

	test( 'refunds carry their negative totals', () => {
		expect( order( '073-refund-partial-quantity' ).refunds ).toEqual( [
			{
				id: expect.any( Number ),
				reason: expect.any( String ),
				total: expect.stringMatching( /^-\d+\.\d\d$/ ),
			},
		] );
	} );

	test( 'order meta is text by key, hidden keys too; structures have none', () => {
		const { meta } = order( '101-meta-nested' );
		expect( meta ).toMatchObject( { num: '42', bool: '1', empty: '' } );
		expect( meta ).not.toHaveProperty( 'nested' );
		expect( meta ).not.toHaveProperty( '_list' );
		expect( order( '099-meta-delivery-po-gift' ).meta ).toMatchObject( {
			_po_number: 'PO-4711',
			'_wc_other/acme/po-number': 'PO-4711',
		} );
	} );

	test( 'of a key that is there twice the last counts, a key without a name does not', () => {
		const json = changed( ( each ) => {
			each.meta_data = [
				{ id: 1, key: 'dup', value: 'first' },
				{ id: 2, key: 'dup', value: 2.5 },
				{ id: 3, key: '', value: 'x' },
				{ id: 4, key: 'on', value: true },
				{ id: 5, key: 'list', value: [ 1 ] },
				{ id: 6, key: 'none', value: null },
				{ id: 7, key: '__proto__', value: 'own' },
				// The visitor's browser stays in the shop.
				{
					id: 8,
					key: '_wc_order_attribution_user_agent',
					value: 'Mozilla/5.0',
				},
			];
		} );
		expect( Object.entries( read( json ).meta ) ).toEqual( [
			[ 'dup', '2.5' ],
			[ 'on', 'true' ],
			[ '__proto__', 'own' ],
		] );
	} );

	test.each( [ [ undefined ], [ null ] ] )(
		'an order whose meta is %p has none',
		( meta ) => {
			const json = changed( ( each ) => {
				each.meta_data = meta;
			} );
			expect( read( json ).meta ).toEqual( {} );
		}
	);

	test( 'the exact figures have six decimals', () => {
		expect(
			order( '039-tax-incl-sub-awkward.dp6' ).lines[ 0 ]?.total
		).toMatch( /\.\d{6}$/ );
	} );

	test( 'what plugins drop is empty text', () => {
		const json = changed( ( each ) => {
			delete each.transaction_id;
			each.customer_note = null;
			each.billing = { first_name: 'A', email: null };
			delete ( ( each.line_items as Json[] )[ 0 ] as Json ).taxes;
		} );
		expect( read( json ) ).toMatchObject( {
			transactionId: '',
			customerNote: '',
			billing: { firstName: 'A', lastName: '', email: '' },
			lines: [ { rates: [] } ],
		} );
	} );
} );

describe( 'an order that cannot be read', () => {
	test.each< [ string, ( json: Json ) => void, RegExp ] >( [
		[
			'a number as amount',
			( json ) => {
				json.total = 64.74;
			},
			/^total: /,
		],
		[
			'an empty amount',
			( json ) => {
				( ( json.line_items as Json[] )[ 0 ] as Json ).total = '';
			},
			/^line_items\.0\.total: is not a decimal/,
		],
		[
			'no lines at all',
			( json ) => {
				delete json.line_items;
			},
			/^line_items: /,
		],
		[
			'a local time',
			( json ) => {
				json.date_created_gmt = null;
			},
			/^date_created_gmt: /,
		],
		[
			'an impossible time',
			( json ) => {
				json.date_paid_gmt = '2026-13-40T00:00:00';
			},
			/^date_paid_gmt: is not a time/,
		],
		[
			'an object as name',
			( json ) => {
				( json.billing as Json ).first_name = {};
			},
			/^billing\.first_name: /,
		],
	] )( 'for %s names the field and keeps its id', ( _name, change, why ) => {
		expect( toOrder( changed( change ) ) ).toEqual( {
			ok: false,
			id: 4336,
			why: expect.stringMatching( why ),
		} );
	} );

	test( 'because it is an error document says so', () => {
		expect(
			toOrder( {
				code: 'woocommerce_rest_shop_order_invalid_id',
				message: 'Invalid ID.',
				data: { status: 404 },
			} )
		).toEqual( {
			ok: false,
			id: null,
			why: 'woocommerce_rest_shop_order_invalid_id Invalid ID.',
		} );
	} );

	test.each( [ null, 7, 'x', [], {} ] )( 'like %j has no id', ( json ) => {
		expect( toOrder( json ) ).toMatchObject( { ok: false, id: null } );
	} );
} );
