/** Rows of a sales order as lines that a person can check against the shop's order. */
import type { StoreOrder } from '../../src/contracts/store.ts';
import type { ProblemDraft } from '../../src/contracts/problem.ts';
import { decimal, money, sum } from '../../src/domain/money.ts';
import type { PlannedRow } from '../../src/domain/orders/types.ts';

/** `line-1401 | 4202 | 2 | T20 | 49.00 | 9.80 | - | Linen Apron` */
export function rowLines( rows: readonly PlannedRow[] ): string[] {
	return rows.map( ( row ) =>
		[
			row.externalRef,
			row.productId === null ? 'text' : String( row.productId ),
			row.quantity,
			row.taxCode || '?',
			row.net,
			row.tax,
			row.nominalCode ?? '-',
			row.name,
		].join( ' | ' )
	);
}

/** The order's figures, its rows, their sum, and what holds it. */
export function sheetOf(
	order: StoreOrder,
	rows: readonly PlannedRow[],
	problems: readonly Pick< ProblemDraft, 'code' >[]
): string {
	const places = order.total.split( '.' )[ 1 ]?.length ?? 0;
	const net = sum( rows.map( ( row ) => decimal( row.net ) ) );
	const tax = sum( rows.map( ( row ) => decimal( row.tax ) ) );
	return [
		'',
		`order ${ order.id }: ${ order.currency } ${ order.total }, of it tax ${ order.totalTax }, prices ${ order.pricesIncludeTax ? 'with' : 'without' } tax`,
		...rowLines( rows ),
		`rows: ${ money( net.plus( tax ), places ) }, of it tax ${ money( tax, places ) }`,
		...problems.map( ( { code } ) => `held: ${ code }` ),
		'',
	].join( '\n' );
}
