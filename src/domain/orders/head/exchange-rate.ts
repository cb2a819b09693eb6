/**
 * The exchange rate that the shop itself worked with, where a currency plugin keeps it with the
 * order (`orders.exchangeRateMeta`).
 */
import type { Settings } from '../../../contracts/settings.ts';
import type { StoreOrder } from '../../../contracts/store.ts';
import { decimal, plain, roundTo } from '../../money.ts';

/** Platform reference, §7.1. */
const RATE_DECIMALS = 6;
/** Longer ones are no rates, and would be numbers of any size. */
const DECIMAL = /^\d{1,9}(?:\.\d{1,20})?$/;

/**
 * Units of the order's currency per base unit; null = Brightpearl's own rate. An order in the
 * base currency has none, whatever a plugin wrote to it.
 */
export function exchangeRateOf(
	order: Pick< StoreOrder, 'meta' | 'currency' >,
	{ orders }: Pick< Settings, 'orders' >,
	baseCurrency: string | null = null
): string | null {
	const key = orders.exchangeRateMeta;
	if (
		key === null ||
		order.currency === baseCurrency ||
		! Object.hasOwn( order.meta, key )
	) {
		return null;
	}
	const text = ( order.meta[ key ] ?? '' ).trim();
	if ( ! DECIMAL.test( text ) ) {
		return null;
	}
	const rate = roundTo( decimal( text ), RATE_DECIMALS );
	return rate.gt( 0 ) ? plain( rate ) : null;
}
