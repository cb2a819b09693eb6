/** Sums and differences of decimal strings, exact: whole numbers of the finest digit given. */
interface Scaled {
	readonly value: bigint;
	readonly scale: number;
}

function scaled( text: string ): Scaled {
	const [ whole = '0', fraction = '' ] = text.split( '.' );
	return { value: BigInt( whole + fraction ), scale: fraction.length };
}

function at( { value, scale }: Scaled, finer: number ): bigint {
	return value * 10n ** BigInt( finer - scale );
}

function written( value: bigint, scale: number ): string {
	const digits = ( value < 0n ? -value : value )
		.toString()
		.padStart( scale + 1, '0' );
	const cut = digits.length - scale;
	const sign = value < 0n ? '-' : '';
	return scale === 0
		? sign + digits
		: `${ sign }${ digits.slice( 0, cut ) }.${ digits.slice( cut ) }`;
}

export function add( a: string, b: string ): string {
	const [ left, right ] = [ scaled( a ), scaled( b ) ];
	const scale = Math.max( left.scale, right.scale );
	return written( at( left, scale ) + at( right, scale ), scale );
}

export function subtract( a: string, b: string ): string {
	const [ left, right ] = [ scaled( a ), scaled( b ) ];
	const scale = Math.max( left.scale, right.scale );
	return written( at( left, scale ) - at( right, scale ), scale );
}

/** `2`, `2.0` and `2.00` are one number; so are `0` and `-0.0`. */
export function isZero( text: string ): boolean {
	return scaled( text ).value === 0n;
}

export function same( a: string, b: string ): boolean {
	return isZero( subtract( a, b ) );
}

export function isNegative( text: string ): boolean {
	return scaled( text ).value < 0n;
}
