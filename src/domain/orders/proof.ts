/**
 * The proof: what Brightpearl says of the order, held against what the shop says.
 */
import type { Proof } from '../../contracts/answers.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { decimal } from '../money.ts';
import type { OrderPlan } from './types.ts';

/** What of a sales order that was read back the proof looks at. */
export interface ReadBack {
	readonly total: string;
	readonly tax: string;
	readonly rows: readonly { readonly bundleChild: boolean }[];
}

/**
 * Total, tax and number of rows; Brightpearl adds a bundle's children itself, so they are not
 * counted. Where no row values can reach the shop's tax, the tax that was planned is held
 * against Brightpearl's.
 */
export function checkProof( input: {
	readonly plan: Pick< OrderPlan, 'salesOrder' | 'totals' >;
	readonly order: Pick< StoreOrder, 'total' | 'totalTax' >;
	readonly salesOrder: ReadBack;
} ): Omit< Proof, 'checkedAt' > {
	const { plan, order, salesOrder } = input;
	const planned = plan.salesOrder.rows.length;
	const found = salesOrder.rows.filter( ( row ) => ! row.bundleChild ).length;
	const sameTax =
		decimal( salesOrder.tax ).eq( order.totalTax ) ||
		decimal( salesOrder.tax ).eq( plan.totals.tax );
	return {
		matches:
			decimal( salesOrder.total ).eq( order.total ) &&
			sameTax &&
			found === planned,
		total: { store: order.total, brightpearl: salesOrder.total },
		tax: { store: order.totalTax, brightpearl: salesOrder.tax },
		rows: { planned, found },
	};
}
