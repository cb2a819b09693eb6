/**
 * The small ordered table `orders.rules`: where an order goes, or that it stays in the shop. The
 * first rule whose conditions all hold speaks alone.
 */
import type { OrderRule } from '../../contracts/settings.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { taxPlaceOf } from './rows/tax.ts';

/** What of an order the rules look at. */
export type Ruled = Pick<
	StoreOrder,
	| 'billing'
	| 'shipping'
	| 'paymentMethod'
	| 'shippingLines'
	| 'createdVia'
	| 'meta'
>;

export function ruleFor(
	order: Ruled,
	rules: readonly OrderRule[]
): OrderRule | null {
	return rules.find( ( rule ) => fits( rule, order ) ) ?? null;
}

function fits( rule: OrderRule, order: Ruled ): boolean {
	return (
		( rule.country === undefined ||
			rule.country === taxPlaceOf( order ).country.toUpperCase() ) &&
		( rule.payment === undefined ||
			rule.payment === order.paymentMethod ) &&
		( rule.shipping === undefined ||
			isShippedBy( rule.shipping, order ) ) &&
		( rule.createdVia === undefined ||
			rule.createdVia === order.createdVia ) &&
		( rule.meta === undefined || hasMeta( rule.meta, order ) )
	);
}

function isShippedBy( method: string, { shippingLines }: Ruled ): boolean {
	return shippingLines.some(
		( { methodId, instanceId } ) =>
			method === methodId || method === `${ methodId }:${ instanceId }`
	);
}

/** A key may be called like a method of every object. */
function hasMeta(
	{ key, is }: NonNullable< OrderRule[ 'meta' ] >,
	{ meta }: Ruled
): boolean {
	const value = Object.hasOwn( meta, key ) ? ( meta[ key ] ?? '' ) : '';
	return is === undefined ? value !== '' : value === is;
}
