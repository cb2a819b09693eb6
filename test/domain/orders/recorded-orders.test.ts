import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { decimal, money, sum } from '../../../src/domain/money.ts';
import { partiesOf } from '../../../src/domain/orders/head/contact.ts';
import {
	isDue,
	needsExact,
	planOrder,
} from '../../../src/domain/orders/plan.ts';
import {
	inputFor,
	plannedOrder,
	problemCodes,
	settingsWith,
	totalAt,
} from '../../helpers/planning.ts';
import { recordedOrders } from '../../helpers/store-order.ts';

/** Every order that must wait for a person, with why that is right. */
const HELD: Readonly< Record< string, readonly string[] > > = {
	// A contact is matched by e-mail; without one every such order would share or make a stranger.
	'015-billing-lastname-empty': [ 'contact-incomplete' ],
	// Sold over the counter: no name, e-mail, street or country.
	'016-no-address-at-all': [ 'contact-incomplete' ],
	// Sold under the parent's SKU, which is no product: which size is to be sent nobody can tell.
	'018-variation-without-sku-and-any-attribute': [ 'sku-unknown' ],
	'019-variable-parent-as-line': [ 'sku-unknown' ],
	// Lines without SKU, and orders.missingSku says hold.
	'020-product-without-sku': [ 'sku-unknown' ],
	'021-custom-line-no-product': [ 'sku-unknown' ],
	'022-product-deleted-after-order': [ 'sku-unknown' ],
	'106-manual-discount-line': [ 'sku-unknown' ],
	'111-rest-raw-totals': [ 'sku-unknown' ],
	// 50.164 and 60.075: Brightpearl's totals have two decimals.
	'069-currency-kwd': [ 'currency-precision' ],
	'071-price-four-decimals-bulk': [ 'currency-precision' ],
};

/** Status rules with the default settings. */
const NOT_PUSHED: readonly string[] = [
	'004-pending',
	'005-failed',
	'006-cancelled',
	'008-refunded-by-status',
	'072-refund-full-restock',
	'078-refund-then-cancel',
	'079-refund-full-in-two-steps',
	'102-checkout-draft',
	'103-trash',
];

/**
 * Round-at-subtotal orders recorded without their six decimals: a rounding row makes up the
 * penny.
 */
const WITHOUT_SIX_DECIMALS = [
	'088-address-ie-eircode',
	'105-edited-line-removed',
];

interface Expected {
	readonly case: string;
	readonly number: string;
	readonly expected: { readonly total: string; readonly total_tax: string };
	readonly settings: { readonly woocommerce_tax_round_at_subtotal: string };
}
const { orders: index } = JSON.parse(
	readFileSync(
		new URL( '../../data/woocommerce/index.json', import.meta.url ),
		'utf8'
	)
) as { orders: Expected[] };
const expectedOf = new Map(
	index.map( ( entry ) => [ `${ entry.number }-${ entry.case }`, entry ] )
);

const recorded = recordedOrders();
const plannable = recorded.filter( ( { name } ) => ! ( name in HELD ) );

test( 'all 111 orders are there, and what is held is some of them', () => {
	expect( recorded ).toHaveLength( 111 );
	const names = recorded.map( ( { name } ) => name );
	expect( names ).toEqual( expect.arrayContaining( Object.keys( HELD ) ) );
	expect( names ).toEqual( expect.arrayContaining( [ ...NOT_PUSHED ] ) );
} );

describe.each( [ 'net', 'rows' ] as const )(
	'with discounts "%s"',
	( discounts ) => {
		const settings = settingsWith( { discounts } );

		test.each(
			recorded.map( ( entry ) => [ entry.name, entry ] as const )
		)( '%s is planned, or held for the right reason', ( name, entry ) => {
			expect( problemCodes( inputFor( entry, { settings } ) ) ).toEqual(
				HELD[ name ] ?? []
			);
		} );

		test.each(
			plannable.map( ( entry ) => [ entry.name, entry ] as const )
		)(
			"%s has the shop's total and tax in both readings of Brightpearl's rounding",
			( name, entry ) => {
				const { salesOrder, totals } = plannedOrder(
					inputFor( entry, { settings } )
				);
				const { expected } = expectedOf.get( name )!;
				const wanted = money( decimal( expected.total ), 2 );

				expect( totalAt( salesOrder.rows, 2 ) ).toBe( wanted );
				expect( totalAt( salesOrder.rows, 4 ) ).toBe( wanted );
				expect( money( decimal( totals.total ), 2 ) ).toBe( wanted );
				expect( Number( totals.difference ) ).toBe( 0 );
				expect( money( decimal( totals.tax ), 2 ) ).toBe(
					money( decimal( expected.total_tax ), 2 )
				);
				expect( totals.store ).toBe( entry.order.total );
			}
		);

		test( 'only where six decimals are missing is there a rounding row', () => {
			const rounded = plannable
				.filter( ( entry ) =>
					plannedOrder(
						inputFor( entry, { settings } )
					).salesOrder.rows.some(
						( row ) => row.externalRef === 'rounding'
					)
				)
				.map( ( { name } ) => name );
			expect( rounded ).toEqual( WITHOUT_SIX_DECIMALS );
		} );

		test( 'no value moves by a unit or more from the exact one', () => {
			for ( const entry of plannable ) {
				const source =
					needsExact( entry.order ) && entry.exact
						? entry.exact
						: entry.order;
				const { rows } = plannedOrder(
					inputFor( entry, { settings } )
				).salesOrder;
				for ( const row of rows ) {
					const line = source.lines.find(
						( { id } ) => `line-${ id }` === row.externalRef
					);
					const hasCoupon = rows.some( ( { externalRef } ) =>
						externalRef.startsWith( 'coupon-' )
					);
					if ( line ) {
						const unit = entry.order.currency === 'JPY' ? 1 : 0.01;
						for ( const [ placed, exact ] of [
							[ row.net, hasCoupon ? line.subtotal : line.total ],
							[
								row.tax,
								hasCoupon ? line.subtotalTax : line.totalTax,
							],
						] as const ) {
							const moved = decimal( placed )
								.minus( exact )
								.abs();
							expect( moved.lt( unit ) ).toBe( true );
						}
					}
				}
			}
		} );
	}
);

test( 'without six decimals pennies become a rounding row, or the order is held at the limit', () => {
	for ( const entry of plannable ) {
		const input = inputFor( { order: entry.order, exact: null } );
		const items = [
			...entry.order.lines,
			...entry.order.shippingLines,
			...entry.order.fees,
		];
		const difference = decimal( entry.order.total ).minus(
			sum(
				items.map( ( item ) =>
					decimal( item.total ).plus( item.totalTax )
				)
			)
		);
		if ( difference.abs().gt( '0.05' ) ) {
			expect( [ entry.name, ...problemCodes( input ) ] ).toEqual( [
				'096-lines-100',
				'total-mismatch',
			] );
		} else {
			expect( Number( plannedOrder( input ).totals.difference ) ).toBe(
				0
			);
		}
	}
} );

test( 'six decimals are asked for exactly where the shop rounded at the subtotal and pennies disagree', () => {
	for ( const { name, order } of recorded ) {
		if ( needsExact( order ) ) {
			expect(
				expectedOf.get( name )?.settings
					.woocommerce_tax_round_at_subtotal
			).toBe( 'yes' );
		}
	}
	expect(
		recorded.filter( ( { order } ) => needsExact( order ) )
	).toHaveLength( 12 );
} );

test( 'with "text-row" the lines without product are sent as text, to the same total', () => {
	const settings = settingsWith( { missingSku: 'text-row' } );
	for ( const entry of recorded.filter( ( { name } ) =>
		HELD[ name ]?.includes( 'sku-unknown' )
	) ) {
		const { salesOrder, totals } = plannedOrder(
			inputFor( entry, { settings } )
		);
		expect( totals.difference ).toBe( '0.00' );
		expect(
			salesOrder.rows.some( ( { productId } ) => productId === null )
		).toBe( true );
	}
} );

test( 'with a guest e-mail the order without one is made; one without any address still waits', () => {
	const settings = settingsWith( { guestEmail: 'guests@shop.example.test' } );
	const codesOf = ( name: string ): string[] => {
		const entry = recorded.find( ( each ) => each.name === name )!;
		return problemCodes( inputFor( entry, { settings } ) );
	};
	expect( codesOf( '015-billing-lastname-empty' ) ).toEqual( [] );
	expect( codesOf( '016-no-address-at-all' ) ).toEqual( [
		'contact-incomplete',
	] );
} );

test( 'the default statuses push what is sold and leave the rest', () => {
	const notDue = recorded
		.filter(
			( { order } ) =>
				! isDue( {
					order,
					settings: settingsWith(),
					link: null,
					now: Date.parse( '2027-01-01T00:00:00Z' ),
				} ).due
		)
		.map( ( { name } ) => name );
	expect( notDue ).toEqual( NOT_PUSHED );
} );

test( 'names and references keep to their limits, and every row has its own reference', () => {
	for ( const entry of plannable ) {
		const { salesOrder } = plannedOrder( inputFor( entry ) );
		const { contact } = partiesOf( entry.order );
		for ( const name of [ contact.firstName, contact.lastName ] ) {
			expect( name ).not.toBe( '' );
			expect( name.length ).toBeLessThanOrEqual( 32 );
			expect( name.isWellFormed() ).toBe( true );
		}
		for ( const address of [ salesOrder.billing, salesOrder.delivery ] ) {
			expect( address.country ).toMatch( /^[A-Z]{3}$/ );
			expect( address.line1 ).not.toBe( '' );
		}
		const refs = salesOrder.rows.map( ( { externalRef } ) => externalRef );
		expect( new Set( refs ).size ).toBe( refs.length );
		for ( const ref of refs ) {
			expect( ref ).toMatch( /^((line|ship|fee|coupon)-\d+|rounding)$/ );
		}
		for ( const row of salesOrder.rows ) {
			expect( row.net ).toMatch( /^-?\d+(\.\d\d)?$/ );
			expect( row.tax ).toMatch( /^-?\d+(\.\d\d)?$/ );
			expect( row.taxCode ).not.toBe( '' );
			expect( row.name.length ).toBeLessThanOrEqual( 255 );
		}
	}
} );

test( 'planning is a function: the same order gives the same plan', () => {
	for ( const entry of recorded ) {
		expect( planOrder( inputFor( entry ) ) ).toEqual(
			planOrder( structuredClone( inputFor( entry ) ) )
		);
	}
} );
