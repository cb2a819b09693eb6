import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { StoreRefundDetail } from '../../../src/contracts/store.ts';
import { decimal, sum } from '../../../src/domain/money.ts';
import type {
	PlannedCredit,
	PlannedRow,
} from '../../../src/domain/orders/types.ts';
import {
	creditsOf,
	generatedOrder,
	grossOf,
	refundAct,
	refundsBy,
	rowsOf,
	wholeByLines,
} from '../../helpers/generated-refunds.ts';

const SEED = 20_260_710;
const RUNS = { numRuns: 1500, seed: SEED };

function made( credits: readonly ( PlannedCredit | null )[] ): PlannedCredit[] {
	return credits.filter( ( credit ) => credit !== null );
}

/** `line-1` → net, tax, pieces over all credits, what is nothing left out. */
function byRef( rows: readonly PlannedRow[] ): Record< string, string > {
	const refs = [
		...new Set( rows.map( ( { externalRef } ) => externalRef ) ),
	];
	const of = ( ref: string, key: 'net' | 'tax' ): string =>
		sum(
			rows
				.filter( ( { externalRef } ) => externalRef === ref )
				.map( ( row ) => decimal( row[ key ] ) )
		).toFixed( 2 );
	return Object.fromEntries(
		refs
			.map(
				( ref ) =>
					[
						ref,
						`${ of( ref, 'net' ) } ${ of( ref, 'tax' ) }`,
					] as const
			)
			.filter( ( [ , value ] ) => value !== '0.00 0.00' )
	);
}

/** What is wrong with a credit of this refund, in words. */
function faultsOf(
	credit: PlannedCredit | null,
	refund: StoreRefundDetail,
	decimals: number
): string[] {
	if ( Number( refund.amount ) === 0 ) {
		return credit === null ? [] : [ 'a credit of nothing' ];
	}
	if ( credit?.refundId !== refund.id ) {
		return [ 'no credit' ];
	}
	const { rows } = credit;
	const isMoney = decimals === 0 ? /^-?\d+$/ : /^-?\d+\.\d\d$/;
	const refs = rows.map( ( { externalRef } ) => externalRef );
	return [
		...( decimal( grossOf( rows ) ).eq( refund.amount )
			? []
			: [ `${ grossOf( rows ) } instead of ${ refund.amount }` ] ),
		...( new Set( refs ).size === refs.length ? [] : [ 'a row twice' ] ),
		...rows.flatMap( ( row ) =>
			isMoney.test( row.net ) &&
			isMoney.test( row.tax ) &&
			row.taxCode !== '' &&
			Number( row.quantity ) > 0 &&
			( row.productId === null || row.externalRef.startsWith( 'line-' ) )
				? []
				: [ `${ row.externalRef } cannot be sent` ]
		),
	];
}

test( 'each credit is worth its refund to the unit, and no piece goes back twice', () => {
	let credited = 0;
	fc.assert(
		fc.property(
			generatedOrder,
			fc.array( refundAct, { minLength: 1, maxLength: 5 } ),
			( { order, settings, decimals }, acts ) => {
				const rows = rowsOf( order, null, settings );
				const refunds = refundsBy( acts, order, decimals );
				const credits = creditsOf( order, refunds, rows, settings );
				const given = made( credits ).flatMap(
					( credit ) => credit.rows
				);
				const over = rows.filter(
					( { externalRef, productId, quantity } ) =>
						productId !== null &&
						sum(
							given
								.filter(
									( row ) =>
										row.externalRef === externalRef &&
										row.productId === productId
								)
								.map( ( row ) => decimal( row.quantity ) )
						).gt( quantity )
				);
				credited += made( credits ).length;
				expect( [
					...over.map( ( { externalRef } ) => externalRef ),
					...refunds.flatMap( ( refund, index ) =>
						faultsOf( credits[ index ] ?? null, refund, decimals )
					),
				] ).toEqual( [] );
			}
		),
		{ numRuns: 5000, seed: SEED }
	);
	expect( credited ).toBeGreaterThan( 5000 );
} );

test( 'whatever was refunded before, the rest without lines closes every row of the order to nothing', () => {
	let mirrored = 0;
	fc.assert(
		fc.property(
			generatedOrder,
			fc.array( refundAct, { maxLength: 4 } ),
			( { order, settings, decimals }, acts ) => {
				const rows = rowsOf( order, null, settings );
				const refunds = refundsBy(
					[ ...acts, { how: 'rest' } ],
					order,
					decimals
				);
				// Lines may have given back the whole amount already: then there is no rest.
				if ( Number( refunds.at( -1 )?.amount ) === 0 ) {
					return;
				}
				mirrored += 1;
				const credits = made(
					creditsOf( order, refunds, rows, settings )
				);
				expect(
					byRef( credits.flatMap( ( credit ) => credit.rows ) )
				).toMatchObject( byRef( rows ) );
				const net = ( of: readonly PlannedRow[] ): string =>
					sum( of.map( ( row ) => decimal( row.net ) ) ).toFixed( 2 );
				expect(
					net( credits.flatMap( ( credit ) => credit.rows ) )
				).toBe( net( rows ) );
			}
		),
		RUNS
	);
	expect( mirrored ).toBeGreaterThan( RUNS.numRuns / 2 );
} );

function isOfItsLines( { amount, lines }: StoreRefundDetail ): boolean {
	const values = lines.map( ( line ) =>
		decimal( line.total ).plus( line.totalTax )
	);
	return (
		sum( values ).eq( amount ) &&
		( decimal( amount ).gt( 0 ) ||
			values.every( ( value ) => value.eq( 0 ) ) )
	);
}

test( 'what goes back line by line is in the end what the rows were worth', () => {
	fc.assert(
		fc.property(
			generatedOrder.filter(
				( { order, settings } ) =>
					order.coupons.length === 0 ||
					settings.orders.discounts === 'net'
			),
			fc.integer( { min: 1, max: 4 } ),
			( { order, settings, decimals }, parts ) => {
				const refunds = wholeByLines( order, decimals, parts );
				// A negative fee may lead past the total, which the shop refuses, or to a refund of 0.
				fc.pre( refunds.every( isOfItsLines ) );
				const rows = rowsOf( order, null, settings );
				const credits = made(
					creditsOf( order, refunds, rows, settings )
				);
				expect(
					byRef( credits.flatMap( ( credit ) => credit.rows ) )
				).toEqual( byRef( rows ) );
			}
		),
		RUNS
	);
} );
