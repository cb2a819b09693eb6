/**
 * Where a budget's window is kept: in this process, or in the database for all of them. A ledger
 * that fails does not stop the work: the process goes on counting by itself, on what it knew, and
 * says so once.
 */
import type { BudgetLedger } from '../../contracts/database.ts';
import { SECOND } from '../../contracts/primitives.ts';
import type { Clock, Logger } from '../../contracts/world.ts';
import {
	EMPTY_WINDOW,
	readWindow,
	type ThrottleWindow,
} from './throttle-window.ts';

const FIRST_PAUSE = SECOND;
const LONGEST_PAUSE = 30 * SECOND;

export interface Change< T > {
	readonly window: ThrottleWindow;
	readonly result: T;
}

export interface Kept {
	/** As it was seen last. */
	last(): ThrottleWindow;
	/** Null where the window is shared: then it can only be changed late. */
	readonly changeNow:
		| ( < T >( make: ( window: ThrottleWindow ) => Change< T > ) => T )
		| null;
	/** `shared` false = the database could not be asked. Never rejects. */
	change< T >(
		make: ( window: ThrottleWindow, shared: boolean ) => Change< T >
	): Promise< { readonly result: T; readonly shared: boolean } >;
}

export function createKept( deps: {
	readonly pool: string;
	readonly clock: Clock;
	readonly ledger: BudgetLedger | null;
	readonly logger: Logger | null;
} ): Kept {
	const { clock, ledger, logger, pool } = deps;
	let last = EMPTY_WINDOW;
	let pause = 0;
	let tryAt = 0;

	function locally< T >(
		make: ( window: ThrottleWindow ) => Change< T >
	): T {
		const changed = make( last );
		last = changed.window;
		return changed.result;
	}

	return {
		last: () => last,
		changeNow: ledger === null ? locally : null,
		async change( make ) {
			const alone = ( window: ThrottleWindow ) => make( window, false );
			// A clock that was set back must not prolong the pause.
			tryAt = Math.min( tryAt, clock.now() + LONGEST_PAUSE );
			if ( ledger === null || clock.now() < tryAt ) {
				return { result: locally( alone ), shared: false };
			}
			try {
				const changed = await ledger.change( pool, ( state ) => {
					const made = make( readWindow( state ), true );
					return { state: made.window, result: made };
				} );
				last = changed.window;
				if ( pause > 0 ) {
					pause = 0;
					logger?.info(
						{ pool },
						'Requests are counted together again'
					);
				}
				return { result: changed.result, shared: true };
			} catch ( error ) {
				if ( pause === 0 ) {
					logger?.warn(
						{ pool, error: String( error ) },
						'Requests to Brightpearl cannot be counted in the database: this process counts by itself'
					);
				}
				pause = Math.min(
					Math.max( pause * 2, FIRST_PAUSE ),
					LONGEST_PAUSE
				);
				tryAt = clock.now() + pause;
				return { result: locally( alone ), shared: false };
			}
		},
	};
}
