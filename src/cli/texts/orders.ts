import type {
	ErrorBody,
	Order,
	OrderSummary,
} from '../../contracts/answers.ts';
import { fields, indent, sections, table, type Cell } from '../text.ts';
import { paidText } from './paid.ts';

type Result< T > = T | { readonly orderId: number; readonly error: ErrorBody };

function money(
	amount: string | null,
	currency: string | null
): string | null {
	return amount === null ? null : `${ amount } ${ currency ?? '' }`.trimEnd();
}

function summaryRow( order: OrderSummary ): Cell[] {
	return [
		order.orderId,
		order.number,
		order.state,
		order.storeStatus,
		money( order.total, order.currency ),
		order.salesOrderId,
		order.problem?.message ?? '',
	];
}

const SUMMARY_HEADS = [
	'Order',
	'Number',
	'State',
	'Shop status',
	'Total',
	'Brightpearl',
	'Problem',
] as const;

export function summariesText(
	orders: readonly OrderSummary[],
	empty: string
): string {
	return table( SUMMARY_HEADS, orders.map( summaryRow ), empty );
}

/** What became of each order, and what could not be begun. */
export function resultsText< T extends OrderSummary >(
	results: readonly Result< T >[],
	details: ( order: T ) => string = () => ''
): string {
	const orders = results.flatMap( ( result ) =>
		'error' in result ? [] : [ result ]
	);
	const failed = results.flatMap( ( result ) =>
		'error' in result
			? [ `Order ${ result.orderId }: ${ result.error.message }` ]
			: []
	);
	return sections(
		orders.length === 0 ? null : summariesText( orders, '' ),
		...orders.map( details ),
		failed.join( '\n' )
	);
}

export function planText( order: Order ): string {
	const { plan } = order;
	if ( plan === null ) {
		return '';
	}
	const rows = plan.salesOrder?.[ 'rows' ];
	return sections(
		`Plan of order ${ order.orderId }:\n${ indent(
			plan.steps
				.map( ( { type, summary } ) => `${ type }: ${ summary }` )
				.join( '\n' ) || 'nothing is left to do'
		) }`,
		Array.isArray( rows )
			? table(
					[ 'Row', 'Name', 'Quantity', 'Net', 'Tax', 'Code' ],
					rows.map( ( row: Readonly< Record< string, unknown > > ) =>
						[
							'externalRef',
							'name',
							'quantity',
							'net',
							'tax',
							'taxCode',
						].map( ( key ) => String( row[ key ] ?? '' ) )
					),
					'No rows.'
				)
			: null,
		plan.totals === null
			? null
			: fields( [
					[ 'Net', plan.totals.net ],
					[ 'Tax', plan.totals.tax ],
					[ 'Total', plan.totals.total ],
					[ 'In the shop', plan.totals.store ],
					[ 'Difference', plan.totals.difference ],
				] )
	);
}

export function orderText( order: Order ): string {
	const { brightpearl, problem, proof } = order;
	return sections(
		fields( [
			[ 'Order', `${ order.orderId } (number ${ order.number ?? '–' })` ],
			[ 'State', order.state ],
			[ 'Shop status', order.storeStatus ],
			[ 'Placed', order.placedAt ],
			[ 'Total', money( order.total, order.currency ) ],
			[ 'Tries', order.attempts === 0 ? null : order.attempts ],
			[ 'Next try', order.nextAttemptAt ],
			[ 'Problem', problem?.message ?? null ],
			[ 'Cause', problem?.cause ?? null ],
			[ 'What to do', problem?.fix ?? null ],
			[ 'Sales order', order.salesOrderId ],
			[ 'Reference', brightpearl?.externalRef ?? null ],
			[ 'Allocated', brightpearl?.allocation ?? null ],
			[
				'Payments',
				brightpearl?.payments
					.map(
						( one ) =>
							`${ money( one.amount, one.currency ) } (${ one.methodCode })`
					)
					.join( ', ' ) || null,
			],
			[ 'Paid', paidText( order ) ],
			[
				'Proof',
				proof === null
					? null
					: `${ proof.matches ? 'agrees' : 'differs' }: ${
							proof.total.store
						} in the shop, ${ proof.total.brightpearl } in Brightpearl`,
			],
		] ),
		order.pending.length === 0
			? null
			: `Still to do:\n${ indent(
					order.pending.map( ( { summary } ) => summary ).join( '\n' )
				) }`,
		order.journal.length === 0
			? null
			: table(
					[ 'At', 'Step', 'Outcome', 'Reference', 'Message' ],
					order.journal.map( ( entry ) => [
						entry.at,
						entry.step,
						entry.outcome,
						entry.ref,
						entry.message ?? '',
					] ),
					''
				),
		planText( order )
	);
}
