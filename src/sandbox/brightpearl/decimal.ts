/**
 * Money and quantities: decimal strings, rounded half up as Brightpearl stores them.
 */
import Big from 'big.js';

export const HALF_UP = 1;

export const fixed = ( value: Big | string | number, places: number ): string =>
	new Big( value ).toFixed( places, HALF_UP );

export const sum = ( values: readonly ( Big | string )[] ): Big =>
	values.reduce< Big >(
		( total, value ) => total.plus( value ),
		new Big( 0 )
	);

/** Digits after the point, trailing zeros not counted. */
export const placesOf = ( value: string ): number => {
	const plain = new Big( value ).toFixed();
	return plain.includes( '.' ) ? plain.length - plain.indexOf( '.' ) - 1 : 0;
};

export { Big };
