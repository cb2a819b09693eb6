/**
 * Writing quantities: `products/batch`, and `variations/batch` of each parent.
 *
 * A batch answers 200 even when items failed, and the shop silently ignores a quantity for an
 * item that keeps none or follows its parent: only an item that comes back with the quantity
 * we wrote was written ("WooCommerce, as measured": *writes*; part 2: *stock*).
 */
import type { Failure, Result } from '../contracts/result.ts';
import { fail, hold, ok } from '../contracts/result.ts';
import type { StockWrite, StockWriteOutcome } from '../contracts/store.ts';
import type { RefusedReply } from './classify.ts';
import { plainText } from './plain-text.ts';
import { unreadable } from './problems.ts';
import { batchAnswerSchema, batchEntrySchema } from './schemas.ts';
import type { BatchEntry } from './schemas.ts';
import type { Transport } from './transport.ts';

/** 101 items are answered with 413. */
const PER_BATCH = 100;
/** A host that cuts PHP off early is given smaller batches, down to this. */
const SMALLEST_BATCH = 10;
/** Halving 100 down to one bad item takes eight refusals in a row; more is an outage. */
const MOST_REFUSALS_IN_A_ROW = 8;

interface Batch {
	readonly route: string;
	readonly writes: readonly StockWrite[];
}

export type StockWriter = (
	writes: readonly StockWrite[]
) => Promise< Result< readonly StockWriteOutcome[] > >;

/**
 * Writes with one outcome for each, in the order given. A failure of the whole is returned
 * only while nothing was written; later it stands in the outcomes of what was not reached.
 *
 * A batch that is refused or crashes the shop as a whole is halved until the one item that
 * does it is alone: quantities are absolute, so writing some of them twice does no harm.
 */
export function createStockWriter( transport: Transport ): StockWriter {
	let perBatch = PER_BATCH;

	return async ( writes ) => {
		const outcomes = new Map< StockWrite, StockWriteOutcome >();
		const waiting = batchesOf(
			writes.filter( ( write ) => isSendable( write ) ),
			perBatch
		);
		let answered = false;
		let refusals = 0;
		let lastFailure: Failure | null = null;
		let stopped = false;
		while ( ! stopped ) {
			const batch = waiting.shift();
			if ( batch === undefined ) {
				break;
			}
			const reply = await transport.send( 'POST', batch.route, {
				update: batch.writes.map( toEntry ),
			} );
			const entries = reply.ok ? readEntries( reply.body ) : null;
			if ( entries !== null ) {
				answered = true;
				refusals = 0;
				for ( const outcome of match( batch.writes, entries ) ) {
					outcomes.set( outcome.write, outcome );
				}
				continue;
			}
			if ( reply.ok ) {
				lastFailure = UNREADABLE;
				break;
			}
			lastFailure = reply.failure;
			if ( isTooSlow( reply ) ) {
				perBatch = Math.max(
					SMALLEST_BATCH,
					Math.ceil( Math.min( perBatch, batch.writes.length ) / 2 )
				);
			}
			refusals += 1;
			if (
				! isAboutItems( reply ) ||
				refusals > MOST_REFUSALS_IN_A_ROW
			) {
				stopped = true;
			} else if ( batch.writes.length > 1 ) {
				waiting.unshift( ...halves( batch ) );
			} else {
				for ( const write of batch.writes ) {
					outcomes.set( write, unreached( write, reply.failure ) );
				}
			}
		}
		if ( lastFailure !== null && ! answered ) {
			return fail( lastFailure );
		}
		return ok(
			writes.map(
				( write ) =>
					outcomes.get( write ) ??
					( isSendable( write )
						? unreached( write, lastFailure )
						: failed(
								write,
								'quantity-invalid',
								`${ String( write.quantity ) } is no whole quantity of a product.`
							) )
			)
		);
	};
}

/** In a batch `null` and text set the stock to 0, and 2.7 becomes 2: none of it is ever sent. */
function isSendable( write: StockWrite ): boolean {
	return (
		Number.isSafeInteger( write.quantity ) &&
		isId( write.productId ) &&
		( write.variationId === null || isId( write.variationId ) )
	);
}

function isId( id: number ): boolean {
	return Number.isSafeInteger( id ) && id > 0;
}

function batchesOf( writes: readonly StockWrite[], size: number ): Batch[] {
	const routes = Map.groupBy( writes, ( write ) =>
		write.variationId === null
			? 'products/batch'
			: `products/${ write.productId }/variations/batch`
	);
	return [ ...routes ].flatMap( ( [ route, all ] ) => {
		const batches: Batch[] = [];
		for ( let start = 0; start < all.length; start += size ) {
			batches.push( { route, writes: all.slice( start, start + size ) } );
		}
		return batches;
	} );
}

function halves( { route, writes }: Batch ): Batch[] {
	const middle = Math.ceil( writes.length / 2 );
	return [
		{ route, writes: writes.slice( 0, middle ) },
		{ route, writes: writes.slice( middle ) },
	];
}

function targetOf( write: StockWrite ): number {
	return write.variationId ?? write.productId;
}

function toEntry( write: StockWrite ): { id: number; stock_quantity: number } {
	return { id: targetOf( write ), stock_quantity: write.quantity };
}

/** The shop refused the content, or its PHP died over it: one item may be the reason. */
function isAboutItems( reply: RefusedReply ): boolean {
	return (
		reply.status === 400 ||
		reply.status === 413 ||
		reply.status === 422 ||
		reply.status === 500
	);
}

function isTooSlow( reply: RefusedReply ): boolean {
	return (
		reply.failure.kind === 'retry' &&
		reply.failure.outcomeUnknown &&
		( reply.status === null ||
			reply.status === 502 ||
			reply.status === 504 ||
			reply.status === 524 )
	);
}

const UNREADABLE: Failure = hold(
	unreadable( 'a batch of quantities', 'it lists no updates' )
).failure;

function readEntries( body: unknown ): readonly BatchEntry[] | null {
	const answer = batchAnswerSchema.safeParse( body );
	return answer.success
		? answer.data.update.map(
				( entry ) => batchEntrySchema.safeParse( entry ).data ?? {}
			)
		: null;
}

function match(
	writes: readonly StockWrite[],
	entries: readonly BatchEntry[]
): StockWriteOutcome[] {
	return writes.map( ( write, index ) => {
		const target = targetOf( write );
		const inPlace = entries[ index ];
		const entry =
			inPlace?.id === target
				? inPlace
				: entries.find( ( each ) => each.id === target );
		return outcomeOf( write, entry );
	} );
}

function outcomeOf(
	write: StockWrite,
	entry: BatchEntry | undefined
): StockWriteOutcome {
	if ( entry === undefined ) {
		return failed( write, 'no-answer', 'The shop did not answer for it.' );
	}
	if ( entry.error !== undefined ) {
		return failed(
			write,
			entry.error.code,
			plainText( entry.error.message )
		);
	}
	if ( entry.manage_stock === false ) {
		return failed(
			write,
			'stock-not-managed',
			'The shop does not track the stock of this item: switch on "Track stock quantity" there.'
		);
	}
	if ( entry.manage_stock === 'parent' ) {
		return failed(
			write,
			'stock-of-parent',
			'This variation shares the stock of its product: the product is the one to write.'
		);
	}
	return entry.stock_quantity === write.quantity
		? { write, ok: true, quantity: entry.stock_quantity }
		: failed(
				write,
				'quantity-not-taken',
				`The shop shows ${ entry.stock_quantity ?? 'no quantity' } instead of ${ write.quantity }.`
			);
}

function unreached(
	write: StockWrite,
	failure: Failure | null
): StockWriteOutcome {
	if ( failure?.kind === 'hold' ) {
		return failed( write, failure.problem.code, failure.problem.message );
	}
	return failed(
		write,
		failure?.outcomeUnknown === true ? 'outcome-unknown' : 'not-written',
		failure?.message ?? 'The shop was not reached.'
	);
}

function failed(
	write: StockWrite,
	code: string,
	message: string
): StockWriteOutcome {
	return { write, ok: false, code, message };
}
