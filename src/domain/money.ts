/**
 * Money: decimal strings at the borders, big.js in between, never a float.
 */
import Big from 'big.js';

export type Decimal = Big;

/** Rounding names of big.js, which exports them as numbers. */
const TOWARDS_ZERO = 0;
const HALF_UP = 1;

/** Brightpearl's totals have two decimals (resources reference, §5.2). */
export const MOST_DECIMALS = 2;

export const ZERO = new Big( 0 );

export function decimal( text: string ): Decimal {
	return new Big( text );
}

/** Whether a decimal string is nothing: `0`, `0.00`. */
export function isZero( text: string ): boolean {
	return decimal( text ).eq( 0 );
}

export function sum( values: Iterable< Decimal > ): Decimal {
	let total = ZERO;
	for ( const value of values ) {
		total = total.plus( value );
	}
	return total;
}

/** Half away from zero, as shops and bookkeepers do it. */
export function roundTo( value: Decimal, decimals: number ): Decimal {
	return value.round( decimals, HALF_UP );
}

/** `12.5` with two decimals → `12.50`; a negative zero loses its sign. */
export function money( value: Decimal, decimals: number ): string {
	const text = value.toFixed( decimals, HALF_UP );
	return /[1-9]/.test( text ) ? text : text.replace( '-', '' );
}

/** Without exponent and without trailing zeros: `2`, `0.125`. */
export function plain( value: Decimal ): string {
	return value.toFixed();
}

/** How many decimals a value really needs: `60.0750` → 3. */
export function decimalsNeeded( value: Decimal ): number {
	return Math.max( 0, value.c.length - 1 - value.e );
}

/** Digits of the currency's minor unit (GBP 2, JPY 0, KWD 3); 2 for a code nobody knows. */
export function currencyDigits( currency: string ): number {
	try {
		return (
			new Intl.NumberFormat( 'en', {
				style: 'currency',
				currency,
			} ).resolvedOptions().maximumFractionDigits ?? MOST_DECIMALS
		);
	} catch {
		return MOST_DECIMALS;
	}
}

/**
 * Decimals of an order's rows: the currency's minor unit, two at most; two for a currency
 * with fewer digits whose total has some all the same.
 */
export function rowDecimals( currency: string, total: Decimal ): number {
	const digits = Math.min( currencyDigits( currency ), MOST_DECIMALS );
	return decimalsNeeded( total ) > digits ? MOST_DECIMALS : digits;
}

export function floorTo( value: Decimal, decimals: number ): Decimal {
	const cut = value.round( decimals, TOWARDS_ZERO );
	return cut.gt( value ) ? cut.minus( unitOf( decimals ) ) : cut;
}

export function ceilTo( value: Decimal, decimals: number ): Decimal {
	const cut = value.round( decimals, TOWARDS_ZERO );
	return cut.lt( value ) ? cut.plus( unitOf( decimals ) ) : cut;
}

/** One unit of the last decimal: 2 → 0.01. */
export function unitOf( decimals: number ): Decimal {
	return new Big( `1e-${ decimals }` );
}

export interface Reach {
	readonly low: Decimal;
	readonly high: Decimal;
}

/** The totals that values can have when each may only go to its floor or its ceiling. */
export function reachOf( values: readonly Decimal[], decimals: number ): Reach {
	return {
		low: sum( values.map( ( value ) => floorTo( value, decimals ) ) ),
		high: sum( values.map( ( value ) => ceilTo( value, decimals ) ) ),
	};
}

/**
 * Largest remainder: every value goes to its floor or its ceiling at the unit, those with the
 * largest remainder (then the earliest) upwards, so that the sum is exactly `target`.
 *
 * Null when no such choice exists; `target` must lie on the unit.
 */
export function placeByLargestRemainder(
	values: readonly Decimal[],
	target: Decimal,
	decimals: number
): Decimal[] | null {
	const unit = unitOf( decimals );
	const placed = values.map( ( value ) => floorTo( value, decimals ) );
	const missing = target.minus( sum( placed ) ).div( unit );
	const candidates = values
		.map( ( value, index ) => ( {
			index,
			remainder: value.minus( placed[ index ] ?? value ),
		} ) )
		.filter( ( { remainder } ) => remainder.gt( 0 ) )
		.sort(
			( a, b ) => b.remainder.cmp( a.remainder ) || a.index - b.index
		);
	if (
		missing.lt( 0 ) ||
		missing.gt( candidates.length ) ||
		decimalsNeeded( missing ) > 0
	) {
		return null;
	}
	for ( const { index } of candidates.slice( 0, missing.toNumber() ) ) {
		placed[ index ] = ( placed[ index ] ?? ZERO ).plus( unit );
	}
	return placed;
}

/** The value of the range nearest to `wanted`. */
export function clamp( wanted: Decimal, { low, high }: Reach ): Decimal {
	if ( wanted.lt( low ) ) {
		return low;
	}
	return wanted.gt( high ) ? high : wanted;
}

/** Shares of `amount` in proportion to the weights; they add up to it exactly. */
export function shareOut(
	amount: Decimal,
	weights: readonly Decimal[]
): Decimal[] {
	const whole = sum( weights );
	let left = amount;
	return weights.map( ( weight, index ) => {
		const share =
			index === weights.length - 1
				? left
				: amount.times( weight ).div( whole );
		left = left.minus( share );
		return share;
	} );
}
