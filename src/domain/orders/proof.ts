/**
 * The proof: what Brightpearl says of the order, held against what the shop says, and against
 * what the plan expects of it.
 */
import type { Proof } from '../../contracts/answers.ts';
import type { StoreOrder } from '../../contracts/store.ts';
import { decimal } from '../money.ts';
import { same } from './agreement/common-ground.ts';
import type { Expected, OrderPlan } from './types.ts';

/** What of a sales order that was read back the proof looks at. */
export interface ReadBack {
	readonly total: string;
	readonly tax: string;
	readonly rows: readonly { readonly bundleChild: boolean }[];
}

/**
 * Total, tax and number of rows of shop and Brightpearl; Brightpearl adds a bundle's children
 * itself, so they are not counted. Where no row values can reach the shop's tax, the tax that was
 * planned is held against Brightpearl's.
 */
export function checkProof( input: {
	readonly plan: Pick< OrderPlan, 'rows' | 'totals' >;
	readonly order: Pick< StoreOrder, 'total' | 'totalTax' >;
	readonly salesOrder: ReadBack;
} ): Omit< Proof, 'checkedAt' > {
	const { plan, order, salesOrder } = input;
	const found = rowsIn( salesOrder );
	const sameTax =
		same( salesOrder.tax, order.totalTax ) ||
		( plan.totals !== null && same( salesOrder.tax, plan.totals.tax ) );
	return {
		matches:
			same( salesOrder.total, order.total ) &&
			sameTax &&
			found === plan.rows,
		total: { store: order.total, brightpearl: salesOrder.total },
		tax: { store: order.totalTax, brightpearl: salesOrder.tax },
		rows: { planned: plan.rows, found },
	};
}

/** Whether the order came out as it was planned, staff's own edits allowed for. */
export function isAsExpected(
	expected: Expected,
	salesOrder: ReadBack
): boolean {
	return (
		decimal( salesOrder.total ).eq( expected.total ) &&
		same( salesOrder.tax, expected.tax ) &&
		rowsIn( salesOrder ) === expected.rows
	);
}

function rowsIn( { rows }: ReadBack ): number {
	return rows.filter( ( row ) => ! row.bundleChild ).length;
}
