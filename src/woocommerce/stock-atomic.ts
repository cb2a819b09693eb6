/**
 * Writing quantities through our plugin, where the shop is paired: each as one atomic step from
 * what was seen, so that a sale between reading and writing is not undone (WooCommerce reference
 * 2, §2).
 *
 * A step may not be taken twice: where it is not known whether it was, that is what is answered,
 * and the next pull reads the figure anew. Nothing of it is tried again at once, when a step that
 * is late could still come.
 */
import { fail, ok, type Failure } from '../contracts/result.ts';
import type { StockWrite, StockWriteOutcome } from '../contracts/store.ts';
import type { StorePlugin } from './plugin.ts';
import type { StockWriter } from './stock-writes.ts';

/** What the plugin takes at once. */
const PER_REQUEST = 100;

type Step = StockWrite & { readonly seen: number };

export interface AtomicStockWriter {
	readonly write: StockWriter;
	readonly requests: () => number;
}

/**
 * @param pluginOf Null = the shop is not paired.
 * @param rest     For what has no figure to step from, and where the plugin refuses.
 */
export function createAtomicStockWriter(
	pluginOf: () => Promise< StorePlugin | null >,
	rest: StockWriter
): AtomicStockWriter {
	let requests = 0;

	const write: StockWriter = async ( writes ) => {
		const plugin = await pluginOf();
		const steps = writes.filter( isStep );
		if ( plugin === null || steps.length === 0 ) {
			return rest( writes );
		}
		const outcomes = new Map< StockWrite, StockWriteOutcome >();
		let stop: Failure | null = null;
		for ( let start = 0; start < steps.length; start += PER_REQUEST ) {
			const part = steps.slice( start, start + PER_REQUEST );
			if ( stop !== null ) {
				part.forEach( ( step ) =>
					outcomes.set( step, unreached( step ) )
				);
				continue;
			}
			requests += 1;
			const answer = await plugin.stock(
				part.map( ( step ) => ( {
					id: targetOf( step ),
					seen: step.seen,
					wanted: step.quantity,
				} ) )
			);
			if ( answer.ok ) {
				for ( const step of part ) {
					outcomes.set(
						step,
						outcomeOf(
							step,
							answer.value.results.find(
								( { id } ) => id === targetOf( step )
							)
						)
					);
				}
				continue;
			}
			const { failure } = answer;
			if ( start === 0 && failure.kind === 'hold' ) {
				// An older plugin, or one that was switched off: as if it were not paired.
				return rest( writes );
			}
			const isUnknown =
				failure.kind === 'retry' && failure.outcomeUnknown;
			if ( start === 0 && ! isUnknown ) {
				return fail( failure );
			}
			stop = failure;
			for ( const step of part ) {
				outcomes.set(
					step,
					isUnknown ? unknown( step ) : unreached( step )
				);
			}
		}
		const others = writes.filter( ( one ) => ! isStep( one ) );
		if ( others.length > 0 ) {
			const written = await rest( others );
			others.forEach( ( one, index ) =>
				outcomes.set(
					one,
					( written.ok ? written.value[ index ] : undefined ) ??
						unreached( one )
				)
			);
		}
		return ok(
			writes.map( ( one ) => outcomes.get( one ) ?? unreached( one ) )
		);
	};
	return { write, requests: () => requests };
}

function isStep( write: StockWrite ): write is Step {
	const { seen, quantity } = write;
	return (
		Number.isSafeInteger( seen ) &&
		Number.isSafeInteger( quantity ) &&
		Number.isSafeInteger( targetOf( write ) ) &&
		targetOf( write ) > 0
	);
}

function targetOf( { productId, variationId }: StockWrite ): number {
	return variationId ?? productId;
}

/** What a sale has moved meanwhile was moved rightly: the step is what was asked for. */
function outcomeOf(
	write: Step,
	result:
		| {
				readonly ok: boolean;
				readonly code: string | null;
				readonly message: string | null;
		  }
		| undefined
): StockWriteOutcome {
	if ( result === undefined ) {
		return failed( write, 'no-answer', 'The shop did not answer for it.' );
	}
	return result.ok
		? { write, ok: true, quantity: write.quantity }
		: failed(
				write,
				result.code ?? 'refused',
				result.message ?? 'The shop refused the quantity.'
			);
}

function unknown( write: StockWrite ): StockWriteOutcome {
	return failed(
		write,
		'outcome-unknown',
		'The shop did not answer in time; the next pull reads what it shows.'
	);
}

function unreached( write: StockWrite ): StockWriteOutcome {
	return failed( write, 'not-written', 'The shop was not reached.' );
}

function failed(
	write: StockWrite,
	code: string,
	message: string
): StockWriteOutcome {
	return { write, ok: false, code, message };
}
