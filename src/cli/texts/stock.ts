import type { Explain, StockRun } from '../../contracts/answers.ts';
import { count, fields, sections, table } from '../text.ts';

export function stockRunText( run: StockRun ): string {
	const { skus } = run;
	return sections(
		`Run ${ run.runId } ${ run.dryRun ? '(dry run) ' : '' }is ${
			run.finishedAt === null && run.state === 'partial'
				? 'still going on'
				: run.state.replace( '-', ' for ' )
		}: ${ count( skus.read, 'SKU' ) } read, ${ skus.changed } changed, ${
			skus.written
		} written.`,
		run.changes.length === 0
			? null
			: table(
					[
						'SKU',
						'From',
						'To',
						'On hand',
						'In flight',
						'Buffer',
						'Written',
					],
					run.changes.map( ( change ) => [
						change.sku,
						change.from,
						change.to,
						change.onHand,
						change.inFlight,
						change.buffer,
						change.written,
					] ),
					''
				),
		run.errors.length === 0
			? null
			: table(
					[ 'SKU', 'Error' ],
					run.errors.map( ( { sku, message } ) => [ sku, message ] ),
					''
				)
	);
}

export function explainText( explain: Explain ): string {
	const { brightpearl, inFlight } = explain;
	return sections(
		explain.why,
		fields( [
			[ 'SKU', explain.sku ],
			[ 'In the shop', explain.shown ],
			[ 'Wanted', explain.wanted ],
			[ 'In flight', inFlight.total ],
			[ 'Buffer', explain.buffer ],
			[ 'Minimum', explain.minimum ],
			[ 'Maximum', explain.maximum ],
			[
				'Last written',
				explain.lastWrite === null
					? null
					: `${ explain.lastWrite.value } at ${ explain.lastWrite.at } (run ${ explain.lastWrite.runId })`,
			],
		] ),
		brightpearl === null
			? null
			: table(
					[
						'Warehouse',
						'In stock',
						'Allocated',
						'On hand',
						'Counted',
					],
					brightpearl.warehouses.map( ( warehouse ) => [
						warehouse.name ?? warehouse.id,
						warehouse.inStock,
						warehouse.allocated,
						warehouse.onHand,
						warehouse.counted,
					] ),
					'Brightpearl has none of it in any warehouse.'
				),
		inFlight.orders.length === 0
			? null
			: table(
					[ 'Order', 'Quantity', 'Why in flight' ],
					inFlight.orders.map( ( { orderId, quantity, why } ) => [
						orderId,
						quantity,
						why,
					] ),
					''
				)
	);
}
