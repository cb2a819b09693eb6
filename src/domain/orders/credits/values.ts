/**
 * What every row of a credit is worth, at the unit of its currency, so that the rows add up to
 * the amount of the refund.
 *
 * Values lie on the unit, so it does not matter whether Brightpearl rounds a row's tax when it
 * takes it in or only shows it rounded (resources reference, §9).
 */
import {
	clamp,
	placeByLargestRemainder,
	reachOf,
	roundTo,
	sum,
	ZERO,
	type Decimal,
} from '../../money.ts';

export interface Value {
	readonly net: Decimal;
	readonly tax: Decimal;
}

export const NOTHING: Value = { net: ZERO, tax: ZERO };

export function grossOf( { net, tax }: Value ): Decimal {
	return net.plus( tax );
}

export function plus( a: Value, b: Value ): Value {
	return { net: a.net.plus( b.net ), tax: a.tax.plus( b.tax ) };
}

export function minus( a: Value, b: Value ): Value {
	return { net: a.net.minus( b.net ), tax: a.tax.minus( b.tax ) };
}

export function total( values: Iterable< Value > ): Value {
	let all = NOTHING;
	for ( const value of values ) {
		all = plus( all, value );
	}
	return all;
}

export function isNothing( { net, tax }: Value ): boolean {
	return net.eq( 0 ) && tax.eq( 0 );
}

/**
 * Each value goes to its floor or ceiling at the unit. They add up to `target` where that is
 * all it takes; else to what they are worth themselves, and the rest needs another explanation.
 */
export function placeValues(
	values: readonly Value[],
	target: Decimal,
	decimals: number
): readonly Value[] {
	const nets = values.map( ( { net } ) => net );
	const taxes = values.map( ( { tax } ) => tax );
	const netReach = reachOf( nets, decimals );
	const taxReach = reachOf( taxes, decimals );
	const isReached =
		target.gte( netReach.low.plus( taxReach.low ) ) &&
		target.lte( netReach.high.plus( taxReach.high ) );
	const whole = isReached
		? target
		: roundTo( grossOf( total( values ) ), decimals );
	// Sums of tax for which the nets can make up the rest.
	const fitting = {
		low: whole.minus( netReach.high ),
		high: whole.minus( netReach.low ),
	};
	const tax = clamp(
		clamp( roundTo( sum( taxes ), decimals ), fitting ),
		taxReach
	);
	const placedNets =
		placeByLargestRemainder( nets, whole.minus( tax ), decimals ) ?? nets;
	const placedTaxes =
		placeByLargestRemainder( taxes, tax, decimals ) ?? taxes;
	return values.map( ( value, index ) => ( {
		net: placedNets[ index ] ?? value.net,
		tax: placedTaxes[ index ] ?? value.tax,
	} ) );
}
