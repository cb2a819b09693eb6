/**
 * Writing a batch of figures to the shop.
 *
 * REST writes are absolute and would undo a sale made since the figures were read
 * (`woocommerce-2.md`, §2). So right before each batch the shop's changed orders are entered
 * in the ledger and the figures made anew: the window shrinks to one scan and one write. Where
 * the shop has our plugin there is none: what is written is the step from what it shows.
 */
import type { StockChange } from '../../contracts/answers.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type {
	StockWrite,
	StockWriteOutcome,
	Store,
} from '../../contracts/store.ts';
import { itemKey, type ItemKey } from '../../domain/stock/items.ts';
import {
	changeFrom,
	type PlannedChange,
	type StockFacts,
} from '../../domain/stock/plan.ts';
import type { StockLedger } from './ledger.ts';
import { stopped, type StockParts } from './parts.ts';
import type { RunRecord } from './run-record.ts';

export interface WriteContext {
	readonly parts: StockParts;
	readonly ledger: StockLedger;
	readonly record: RunRecord;
	readonly facts: StockFacts;
	/** When the availability of these figures was asked. */
	readonly askedAt: string;
	readonly signal: AbortSignal;
}

/** @return How many figures were changed or dropped by what had been sold meanwhile. */
export async function writeBatch(
	context: WriteContext,
	batch: readonly PlannedChange[]
): Promise< Result< number > > {
	const { parts, record, signal } = context;
	// First of all: a sale in between is then in the orders and not in what was seen, so that for
	// a moment too little is offered and never too much.
	const seen = await seenNow( parts.store, batch );
	if ( ! seen.ok ) {
		return seen;
	}
	const current = await checkedAgain( context, batch );
	if ( ! current.ok ) {
		return current;
	}
	const { changes, adjusted } = current.value;
	if ( changes.length === 0 ) {
		return ok( adjusted );
	}
	if ( signal.aborted ) {
		return stopped();
	}
	const outcomes = await parts.store.writeStock(
		changes.map( ( change ) => writeOf( change, seen.value ) )
	);
	if ( ! outcomes.ok ) {
		return outcomes;
	}
	const written = settle( record, changes, outcomes.value );
	await parts.database.stockRuns.recordWrites(
		parts.connection,
		record.runId,
		written
	);
	return ok( adjusted );
}

async function checkedAgain(
	{ parts, ledger, facts, askedAt }: WriteContext,
	batch: readonly PlannedChange[]
): Promise< Result< { changes: StockChange[]; adjusted: number } > > {
	const scanned = await parts.scanOrders();
	if ( ! scanned.ok ) {
		return scanned;
	}
	const now = { ...facts, inFlight: await ledger.inFlight( askedAt ) };
	const changes: StockChange[] = [];
	let adjusted = 0;
	for ( const { mapped, change } of batch ) {
		// Also where it equals the shop's figure as it was read: an order that changed since
		// has moved the shop's own figure as well.
		const again = changeFrom( mapped, now );
		if ( again.to !== change.to ) {
			adjusted += 1;
		}
		changes.push( again );
	}
	return ok( { changes, adjusted } );
}

/** What the shop shows at this moment, where it writes in steps; else nothing. */
async function seenNow(
	store: Store,
	batch: readonly PlannedChange[]
): Promise< Result< ReadonlyMap< ItemKey, number > > > {
	const seen = new Map< ItemKey, number >();
	if ( ( await store.writesInSteps?.() ) !== true ) {
		return ok( seen );
	}
	const items = await store.itemsBySku( [
		...new Set( batch.map( ( { change } ) => change.sku ) ),
	] );
	if ( ! items.ok ) {
		return items;
	}
	for ( const { productId, variationId, quantity } of items.value ) {
		if ( quantity !== null ) {
			seen.set( itemKey( productId, variationId ), quantity );
		}
	}
	return ok( seen );
}

function writeOf(
	{ productId, variationId, sku, to }: StockChange,
	seen: ReadonlyMap< ItemKey, number >
): StockWrite {
	const shown = seen.get( itemKey( productId, variationId ) );
	return {
		productId,
		variationId,
		sku,
		quantity: to,
		...( shown === undefined ? {} : { seen: shown } ),
	};
}

/** Notes what became of each write; those that were done come back. */
function settle(
	record: RunRecord,
	changes: readonly StockChange[],
	outcomes: readonly StockWriteOutcome[]
): StockChange[] {
	const byItem = new Map(
		outcomes.map( ( outcome ) => [
			itemKey( outcome.write.productId, outcome.write.variationId ),
			outcome,
		] )
	);
	const done: StockChange[] = [];
	for ( const change of changes ) {
		const refusal = refusalOf(
			change,
			byItem.get( itemKey( change.productId, change.variationId ) )
		);
		if ( refusal === null ) {
			const written = { ...change, written: true };
			record.add( written );
			done.push( written );
		} else {
			record.add( change );
			record.errors.push( { sku: change.sku, ...refusal } );
		}
	}
	return done;
}

function refusalOf(
	change: StockChange,
	outcome: StockWriteOutcome | undefined
): { code: string; message: string } | null {
	if ( outcome === undefined ) {
		return {
			code: 'no-answer',
			message:
				'The shop’s answer leaves this product out; the next pull looks again.',
		};
	}
	if ( ! outcome.ok ) {
		return { code: outcome.code, message: outcome.message };
	}
	if ( outcome.quantity !== change.to ) {
		// A product that no longer manages its stock answers 200 and does nothing.
		return {
			code: 'not-taken',
			message: `The shop answered ${ outcome.quantity ?? 'no quantity' } where ${ change.to } was written; check that the product manages its stock and that no other plugin sets it.`,
		};
	}
	return null;
}
