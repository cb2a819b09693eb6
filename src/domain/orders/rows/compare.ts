/**
 * The shop's order row by row, as it is to be found in Brightpearl: the same keys, and the same
 * amounts net of discounts (or with the coupons in rows of their own) that planning settles on.
 */
import type { OrderComparison } from '../../../contracts/answers.ts';
import type { Pushed } from '../../../contracts/database.ts';
import type { Settings } from '../../../contracts/settings.ts';
import type { StoreOrder } from '../../../contracts/store.ts';
import { decimal, money, plain, rowDecimals, ZERO } from '../../money.ts';
import { discountsOf, settleAmounts, type Amount } from './amounts.ts';
import { chargeName, couponName, lineName, shippingName } from './names.ts';

export type ComparedRow = NonNullable<
	OrderComparison[ 'store' ]
>[ 'rows' ][ number ];

/**
 * What the shop itself has, so no rounding row; charges of value 0 get no row in Brightpearl and
 * have none here.
 *
 * @param order    The shop's.
 * @param exact    The same order at six decimals, where it is needed (see `needsExact`).
 * @param settings Of the connection.
 * @param pushed   What was agreed on; null = the order is not in Brightpearl yet.
 */
export function storeRows(
	order: StoreOrder,
	exact: StoreOrder | null,
	{ orders }: Settings,
	pushed: Pick< Pushed, 'rows' > | null = null
): ComparedRow[] {
	const decimals = rowDecimals( order.currency, decimal( order.total ) );
	const { amounts, credits } = settleAmounts(
		order,
		exact,
		discountsOf( order, pushed?.rows ?? null, orders.discounts ),
		decimals
	);
	const byRef = new Map(
		amounts.map( ( amount ) => [ amount.ref, amount ] )
	);
	const row = (
		key: string,
		name: string,
		more: { sku?: string; quantity?: string } = {}
	): ComparedRow => ( {
		key,
		name,
		sku: more.sku ?? null,
		quantity: plain( decimal( more.quantity ?? '1' ) ),
		net: money( byRef.get( key )?.net ?? ZERO, decimals ),
		tax: money( byRef.get( key )?.tax ?? ZERO, decimals ),
	} );
	const charges = [
		...order.shippingLines.map( ( line ) =>
			row( `ship-${ line.id }`, shippingName( line ) )
		),
		...order.fees.map( ( fee ) =>
			row( `fee-${ fee.id }`, chargeName( fee ) )
		),
		...order.coupons.map( ( { id, code } ) =>
			row(
				`coupon-${ id }`,
				couponName( code, credits.includes( `coupon-${ id }` ) )
			)
		),
	];
	return [
		...order.lines.map( ( line ) =>
			row( `line-${ line.id }`, lineName( line ), {
				...( line.sku === '' ? {} : { sku: line.sku } ),
				quantity: line.quantity,
			} )
		),
		...charges.filter( ( { key } ) =>
			isSomething( byRef.get( key ?? '' ) )
		),
	];
}

/** Coupons that are in the rows already have no amount of their own. */
function isSomething( amount: Amount | undefined ): boolean {
	return (
		amount !== undefined && ! ( amount.net.eq( 0 ) && amount.tax.eq( 0 ) )
	);
}
