/** What WooCommerce's cart does with prices: taxes out of them or on top, and coupons. */
import { Big } from 'big.js';

export interface Rate {
	readonly percent: string;
	/** On top of the others. */
	readonly compound: boolean;
}

export interface Goods {
	/** Of one piece, at up to four decimals. */
	readonly price: string;
	readonly quantity: number;
	readonly taxClass: string;
}

export interface Coupon {
	readonly kind: 'percent' | 'fixed';
	readonly amount: number;
}

const ZERO = new Big( 0 );
const ONE = new Big( 1 );
/** PHP's *round half down*, which big.js does not have. */
function roundTax( value: Big, places: number, halves: 'up' | 'down' ): Big {
	if ( halves === 'up' ) {
		return value.round( places, Big.roundHalfUp );
	}
	const unit = new Big( 10 ).pow( -places );
	const floor = value.round( places, Big.roundDown );
	return value.minus( floor ).abs().gt( unit.div( 2 ) )
		? floor.plus( value.lt( 0 ) ? unit.times( -1 ) : unit )
		: floor;
}

/** The tax of every rate, unrounded (`WC_Tax::calc_inclusive_tax`, `calc_exclusive_tax`). */
function taxByRate(
	value: Big,
	rates: readonly Rate[],
	inclusive: boolean
): Big[] {
	const part = ( { percent }: Rate ): Big => new Big( percent ).div( 100 );
	const plain = rates.filter( ( { compound } ) => ! compound );
	const compound = rates.filter( ( rate ) => rate.compound );
	const plainSum = plain.reduce(
		( sum, rate ) => sum.plus( part( rate ) ),
		ZERO
	);
	if ( inclusive ) {
		let rest = value;
		const taxes: Big[] = [];
		for ( const rate of [ ...compound ].reverse() ) {
			const tax = rest.minus( rest.div( ONE.plus( part( rate ) ) ) );
			taxes.push( tax );
			rest = rest.minus( tax );
		}
		return [
			...plain.map( ( rate ) =>
				rest.times( part( rate ) ).div( ONE.plus( plainSum ) )
			),
			...taxes,
		];
	}
	const taxes = plain.map( ( rate ) => value.times( part( rate ) ) );
	for ( const rate of compound ) {
		const before = taxes.reduce( ( sum, tax ) => sum.plus( tax ), value );
		taxes.push( before.times( part( rate ) ) );
	}
	return taxes;
}

/** Net and tax of a row, as the shop stores them. */
export function taxesOf(
	value: Big,
	rates: readonly Rate[],
	how: {
		readonly inclusive: boolean;
		readonly exempt: boolean;
		readonly round: {
			readonly places: number;
			readonly halves: 'up' | 'down';
		} | null;
	}
): { readonly net: Big; readonly tax: Big } {
	const taxes = taxByRate( value, rates, how.inclusive );
	const whole = taxes.reduce( ( sum, tax ) => sum.plus( tax ), ZERO );
	const net = how.inclusive ? value.minus( whole ) : value;
	if ( how.exempt ) {
		return { net, tax: ZERO };
	}
	const { round } = how;
	return {
		net,
		tax:
			round === null
				? whole
				: taxes.reduce(
						( sum, tax ) =>
							sum.plus(
								roundTax( tax, round.places, round.halves )
							),
						ZERO
					),
	};
}

/**
 * What each coupon takes off each line (`WC_Discounts`): shares cut to the smallest coin, what
 * is left of it coin by coin from the first line on; one coupon after the other.
 */
export function discountsOf(
	prices: readonly Big[],
	coupons: readonly Coupon[],
	places: number
): { readonly byLine: readonly Big[]; readonly byCoupon: readonly Big[] } {
	const coin = new Big( 10 ).pow( -places );
	const byLine = prices.map( () => ZERO );
	const byCoupon = coupons.map( ( { kind, amount } ) => {
		const left = prices.map( ( price, index ) =>
			price.minus( byLine[ index ] ?? ZERO )
		);
		const whole = left.reduce( ( sum, value ) => sum.plus( value ), ZERO );
		if ( whole.eq( 0 ) ) {
			return ZERO;
		}
		const wanted =
			kind === 'percent'
				? whole.times( amount ).div( 100 )
				: new Big( amount );
		const target = wanted.gt( whole ) ? whole : wanted.round( places );
		let given = ZERO;
		left.forEach( ( value, index ) => {
			const share = target.gte( whole )
				? value
				: value
						.times( target )
						.div( whole )
						.round( places, Big.roundDown );
			byLine[ index ] = ( byLine[ index ] ?? ZERO ).plus( share );
			given = given.plus( share );
		} );
		prices.forEach( ( price, index ) => {
			const now = byLine[ index ] ?? ZERO;
			if (
				given.plus( coin ).lte( target ) &&
				now.plus( coin ).lte( price )
			) {
				byLine[ index ] = now.plus( coin );
				given = given.plus( coin );
			}
		} );
		return given;
	} );
	return { byLine, byCoupon };
}
