/**
 * What every row of an order is worth, at the unit of its currency, so that the rows add up
 * to the shop's total (woocommerce reference, *Money in orders*).
 *
 * The shop's plain strings add up where it rounds each line; where it rounds at the subtotal
 * they may miss the total by pennies, and the same order at six decimals, summed and rounded
 * once, is right. Which of the two was in force is not on the order: what agrees is taken.
 *
 * Values lie on the unit, so it does not matter whether Brightpearl rounds a row's tax when it
 * takes it in or only shows it rounded (resources reference, §9).
 */
import type { Settings } from '../../../contracts/settings.ts';
import type { StoreOrder } from '../../../contracts/store.ts';
import {
	clamp,
	decimal,
	placeByLargestRemainder,
	reachOf,
	rowDecimals,
	roundTo,
	sum,
	unitOf,
	ZERO,
	type Decimal,
} from '../../money.ts';
import {
	amountsOf,
	storeCreditsOf,
	type Amount,
	type Discounts,
} from './row-amounts.ts';

export type { Amount, Discounts } from './row-amounts.ts';

export interface Settled {
	/** In the order of the rows; values of 0 are still there. */
	readonly amounts: readonly Amount[];
	/** What the rows cannot reach; null except where a rounding row is needed. */
	readonly rounding: Pick< Amount, 'net' | 'tax' > | null;
	/** The shop's total less what its own lines (and store credit) add up to. */
	readonly unexplained: Decimal;
	/** References of the coupons that are store credit. */
	readonly credits: readonly string[];
}

/** Whether the plain strings leave something open that six decimals may tell. */
export function plainStringsDisagree( order: StoreOrder ): boolean {
	const amounts = amountsOf( order, 'net' );
	return (
		! grossOf( amounts ).eq( order.total ) ||
		! taxOf( amounts ).eq( order.totalTax )
	);
}

export function settleAmounts(
	order: StoreOrder,
	exact: StoreOrder | null,
	discounts: Discounts,
	decimals: number
): Settled {
	const total = roundTo( decimal( order.total ), decimals );
	const totalTax = roundTo( decimal( order.totalTax ), decimals );
	const finest = exact !== null && isSameOrder( order, exact ) ? exact : null;
	const credits = storeCreditsOf(
		order,
		total.minus( grossOf( amountsOf( finest ?? order, 'net' ) ) ),
		decimals
	);
	const shown = amountsOf( order, discounts, credits );
	const full =
		finest === null ? null : amountsOf( finest, discounts, credits );
	const source = chooseSource( order, shown, full, total, decimals );
	return {
		...place( source, total, totalTax, decimals ),
		unexplained: total.minus( grossOf( source ) ),
		credits: credits.map( ( { ref } ) => ref ),
	};
}

function chooseSource(
	order: StoreOrder,
	shown: readonly Amount[],
	full: readonly Amount[] | null,
	total: Decimal,
	decimals: number
): readonly Amount[] {
	const shownAgrees = grossOf( shown ).eq( order.total );
	if (
		full === null ||
		( shownAgrees && taxOf( shown ).eq( order.totalTax ) )
	) {
		return shown;
	}
	if ( roundTo( grossOf( full ), decimals ).eq( total ) ) {
		return full;
	}
	const missing = ( amounts: readonly Amount[] ): Decimal =>
		total.minus( grossOf( amounts ) ).abs();
	return shownAgrees || missing( shown ).lt( missing( full ) ) ? shown : full;
}

/**
 * Each value goes to its floor or ceiling; the tax comes as near to the shop's as the total
 * allows.
 */
function place(
	source: readonly Amount[],
	total: Decimal,
	totalTax: Decimal,
	decimals: number
): Pick< Settled, 'amounts' | 'rounding' > {
	const nets = source.map( ( { net } ) => net );
	const taxes = source.map( ( { tax } ) => tax );
	const netReach = reachOf( nets, decimals );
	const taxReach = reachOf( taxes, decimals );
	// Sums of tax for which the nets can make up the rest of the total.
	const fitting = {
		low: total.minus( netReach.high ),
		high: total.minus( netReach.low ),
	};
	const tax = clamp( clamp( totalTax, fitting ), taxReach );
	const net = clamp( total.minus( tax ), netReach );
	const placedNets = placeByLargestRemainder( nets, net, decimals ) ?? nets;
	const placedTaxes =
		placeByLargestRemainder( taxes, tax, decimals ) ?? taxes;
	return {
		amounts: source.map( ( { ref }, index ) => ( {
			ref,
			net: placedNets[ index ] ?? ZERO,
			tax: placedTaxes[ index ] ?? ZERO,
		} ) ),
		rounding: roundingOf(
			total.minus( net ).minus( tax ),
			totalTax.minus( tax )
		),
	};
}

/** As much of it is tax as the tax lacks too; a penny of net is never paid for with one of tax. */
function roundingOf(
	missing: Decimal,
	missingTax: Decimal
): Settled[ 'rounding' ] {
	if ( missing.eq( 0 ) ) {
		return null;
	}
	const tax =
		missing.times( missingTax ).gt( 0 ) &&
		missingTax.abs().lte( missing.abs() )
			? missingTax
			: ZERO;
	return { net: missing.minus( tax ), tax };
}

/**
 * Whether the shop's own lines explain its total, and what `orders.totalMismatch` says if not:
 * wait for a person, or let a row of its own make up the difference.
 */
export function mismatchOf(
	{ unexplained }: Pick< Settled, 'unexplained' >,
	{
		roundingLimit,
		totalMismatch,
	}: Pick< Settings[ 'orders' ], 'roundingLimit' | 'totalMismatch' >,
	decimals: number
): 'none' | 'hold' | 'row' {
	return isWithin( unexplained, roundingLimit, decimals )
		? 'none'
		: totalMismatch;
}

/** Half a unit is what rounding once may move; more is not explained by rounding. */
export function isWithin(
	unexplained: Decimal,
	limit: string,
	decimals: number
): boolean {
	const missing = unexplained.abs();
	return missing.lte( limit ) || missing.lte( unitOf( decimals ).div( 2 ) );
}

/** Not another version of it: the two are read one after the other. */
function isSameOrder( order: StoreOrder, exact: StoreOrder ): boolean {
	const refs = ( {
		lines,
		shippingLines,
		fees,
		coupons,
	}: StoreOrder ): string =>
		[ lines, shippingLines, fees, coupons ]
			.map( ( items ) => items.map( ( { id } ) => id ).join() )
			.join( ';' );
	return (
		exact.id === order.id &&
		decimal( exact.total ).eq( order.total ) &&
		refs( exact ) === refs( order )
	);
}

/**
 * How the order's discounts are booked: as they were when it was pushed, whatever the settings say
 * since, or rows of it would appear and vanish.
 *
 * @param order  The shop's.
 * @param pushed The rows that were agreed on; null = the order is not in Brightpearl yet.
 * @param chosen `orders.discounts`
 */
export function discountsOf(
	order: StoreOrder,
	pushed: readonly { readonly ref: string }[] | null,
	chosen: Discounts
): Discounts {
	if ( pushed === null ) {
		return chosen;
	}
	const total = decimal( order.total );
	const decimals = rowDecimals( order.currency, total );
	const unexplained = total.minus( grossOf( amountsOf( order, 'net' ) ) );
	const credits = storeCreditsOf( order, unexplained, decimals );
	return pushed.some(
		( row ) =>
			row.ref.startsWith( 'coupon-' ) &&
			! credits.some( ( { ref } ) => ref === row.ref )
	)
		? 'rows'
		: 'net';
}

function taxOf( amounts: readonly Amount[] ): Decimal {
	return sum( amounts.map( ( { tax } ) => tax ) );
}

function grossOf( amounts: readonly Amount[] ): Decimal {
	return sum( amounts.map( ( { net, tax } ) => net.plus( tax ) ) );
}
