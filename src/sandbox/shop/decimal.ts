/**
 * Decimals the way WooCommerce keeps and rounds them.
 */
import Big from 'big.js';

/** Own constructor: twenty decimals in divisions, whatever others set. */
export const Decimal = Big();
Decimal.DP = 20;

export type Decimal = Big;

export const ZERO = new Decimal( 0 );

/** Stored with at most six decimals, trailing zeros cut: `24.975`, `4.5`. */
export function stored( value: Big ): string {
	return value.round( 6, Decimal.roundHalfUp ).toFixed();
}

/** Shown with exactly that many decimals; '' stays ''. */
export function shown( text: string, decimals: number ): string {
	return text === ''
		? ''
		: new Decimal( text ).toFixed( decimals, Decimal.roundHalfUp );
}

/** Half goes towards zero: how tax is rounded where prices include it (recorded: 4.995 → 4.99). */
export function roundHalfDown( value: Big, decimals: number ): Big {
	const down = value.round( decimals, Decimal.roundDown );
	const rest = value.minus( down ).abs();
	const half = new Decimal( 5 ).times(
		new Decimal( 10 ).pow( -decimals - 1 )
	);
	return rest.gt( half ) ? value.round( decimals, Decimal.roundUp ) : down;
}

const NUMERIC = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/** The decimal a request's value means; null when it is none. Exponents are not money. */
export function decimalOf( value: unknown ): Big | null {
	const text =
		typeof value === 'number' && Number.isFinite( value )
			? new Decimal( value ).toFixed()
			: typeof value === 'string'
				? value.trim()
				: '';
	return NUMERIC.test( text )
		? new Decimal( text.replace( /^\+/, '' ).replace( /\.$/, '' ) )
		: null;
}

export function sum( values: Iterable< Big | string > ): Big {
	let total = ZERO;
	for ( const value of values ) {
		total = total.plus( value );
	}
	return total;
}
