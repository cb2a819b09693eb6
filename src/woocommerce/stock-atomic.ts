/**
 * Writing quantities through our plugin, where the shop is paired: each as one atomic step from
 * what was seen, so that a sale between reading and writing is not undone (WooCommerce reference
 * 2, §2).
 *
 * A step may not be taken twice: where it is not known whether it was, that is what is answered,
 * and the next pull reads the figure anew. Nothing of it is tried again at once, when a step that
 * is late could still come.
 *
 * Absolute figures undo sales, so a shop that has the plugin is written to without it only where
 * WordPress says that it has no such route. Whatever else the plugin refuses is told: those who
 * paired the shop count on steps.
 */
import type { z } from 'zod';
import type { stockRouteAnswerSchema } from '../contracts/pairing.ts';
import {
	fail,
	ok,
	type Failure,
	type Result,
	type Retry,
} from '../contracts/result.ts';
import type { StockWrite, StockWriteOutcome } from '../contracts/store.ts';
import type { Logger } from '../contracts/world.ts';
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
 * @param rest     For what has no figure to step from, and where the plugin has no such route.
 */
export function createAtomicStockWriter(
	pluginOf: () => Promise< StorePlugin | null >,
	rest: StockWriter,
	logger: Pick< Logger, 'warn' >
): AtomicStockWriter {
	let requests = 0;

	/** Null = the shop has no route for steps. */
	async function takeSteps(
		plugin: StorePlugin,
		steps: readonly Step[]
	): Promise< Result< Outcomes > | null > {
		const outcomes: Outcomes = new Map();
		for ( let start = 0; start < steps.length; start += PER_REQUEST ) {
			const part = steps.slice( start, start + PER_REQUEST );
			requests += 1;
			const answer = await plugin.stock(
				part.map( ( step ) => ( {
					id: targetOf( step ),
					seen: step.seen,
					wanted: step.quantity,
				} ) )
			);
			if ( answer.ok && answer.value !== null ) {
				const { results } = answer.value;
				for ( const step of part ) {
					outcomes.set( step, outcomeOf( step, results ) );
				}
				continue;
			}
			const failure = answer.ok ? null : answer.failure;
			const lost =
				failure?.kind === 'retry' && failure.outcomeUnknown
					? failure
					: null;
			if ( start === 0 && lost === null ) {
				return failure === null ? null : fail( failure );
			}
			for ( const step of steps.slice( start ) ) {
				outcomes.set(
					step,
					lost !== null && part.includes( step )
						? unknown( step, lost )
						: unreached( step, failure )
				);
			}
			break;
		}
		return ok( outcomes );
	}

	const write: StockWriter = async ( writes ) => {
		const plugin = await pluginOf();
		const steps = writes.filter( isStep );
		if ( plugin === null || steps.length === 0 ) {
			return rest( writes );
		}
		const taken = await takeSteps( plugin, steps );
		if ( taken === null ) {
			logger.warn(
				{ writes: writes.length },
				'The plugin in the shop does not write stock: it is older, or switched off. A sale during these writes is undone until the next pull.'
			);
			return rest( writes );
		}
		if ( ! taken.ok ) {
			return taken;
		}
		const outcomes = taken.value;
		const others = writes.filter( ( one ) => ! isStep( one ) );
		if ( others.length > 0 ) {
			const written = await rest( others );
			others.forEach( ( one, index ) => {
				const outcome = written.ok
					? written.value[ index ]
					: unreached( one, written.failure );
				outcomes.set( one, outcome ?? unreached( one, null ) );
			} );
		}
		return ok(
			writes.map(
				( one ) => outcomes.get( one ) ?? unreached( one, null )
			)
		);
	};
	return { write, requests: () => requests };
}

type Outcomes = Map< StockWrite, StockWriteOutcome >;
type Results = z.infer< typeof stockRouteAnswerSchema >[ 'results' ];

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
function outcomeOf( write: Step, results: Results ): StockWriteOutcome {
	const result = results.find( ( { id } ) => id === targetOf( write ) );
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

function unknown( write: StockWrite, { message }: Retry ): StockWriteOutcome {
	return failed(
		write,
		'outcome-unknown',
		`Nobody can tell whether it was written: ${ message } The next pull reads what the shop shows.`
	);
}

function unreached(
	write: StockWrite,
	failure: Failure | null
): StockWriteOutcome {
	return failure?.kind === 'hold'
		? failed( write, failure.problem.code, failure.problem.message )
		: failed(
				write,
				'not-written',
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
