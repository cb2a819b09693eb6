/**
 * One call of a console, in whichever of its hosts: its input is read, a command is done once for
 * each click, and the answer is an outcome whatever came of it. Only a key that was used for
 * something else is refused.
 */
import type { ServerResponse } from 'node:http';
import {
	CONSOLE_OPERATIONS,
	type ConsoleOperationName,
} from '../contracts/console.ts';
import {
	parseOperationInput,
	type Operations,
	type Outcome,
} from '../contracts/operations.ts';
import type { Clock, LogFields, Logger } from '../contracts/world.ts';
import { defect } from './defect.ts';
import { errorAnswer } from './error-answer.ts';
import { createOnce } from './idempotency.ts';

export interface ConsoleCall {
	readonly name: ConsoleOperationName;
	readonly input: unknown;
	/** Milliseconds. */
	readonly timeout: number;
	readonly idempotencyKey: string | null;
	/** Whose clicks these are: the same key of somebody else is another click. */
	readonly asker: string;
	/** For the record. */
	readonly by: string;
	/** Where the answer goes: when it is closed, nobody waits any more. */
	readonly raw: ServerResponse;
	/** Goes with what is logged of it. */
	readonly log?: LogFields;
}

export type ConsoleAnswer =
	| { readonly status: 200; readonly body: Outcome }
	| {
			readonly status: 409;
			readonly body: ReturnType< typeof errorAnswer >;
	  };

export function createConsoleCalls( {
	operations,
	clock,
	logger,
	closing,
}: {
	readonly operations: Operations;
	readonly clock: Clock;
	readonly logger: Logger;
	/** Aborts when the server closes: nobody is kept waiting then. */
	readonly closing: AbortSignal;
} ): ( call: ConsoleCall ) => Promise< ConsoleAnswer > {
	const once = createOnce( { clock } );

	return async ( { name, asker, by, raw, ...call } ) => {
		const read = parseOperationInput( name, call.input );
		if ( ! read.ok ) {
			return done( { exit: 2, body: { error: read.error } } );
		}
		const click =
			CONSOLE_OPERATIONS[ name ].kind === 'command'
				? call.idempotencyKey
				: null;
		const gone = new AbortController();
		raw.once( 'close', () => gone.abort() );
		// A click goes on when its answer is lost: sent again, it waits for what came of it.
		const signal =
			click === null
				? AbortSignal.any( [ gone.signal, closing ] )
				: closing;
		try {
			const outcome = await once.run(
				{
					scope: asker,
					key: click,
					asked: JSON.stringify( [ name, read.input ] ),
				},
				(): Promise< Outcome > =>
					operations.run( name, read.input, {
						signal,
						deadline: clock.now() + call.timeout,
						by,
					} )
			);
			return outcome === null
				? { status: 409, body: KEY_REUSED }
				: done( outcome );
		} catch ( error ) {
			return done(
				defect( logger, error, { ...call.log, operation: name } )
			);
		}
	};
}

function done( { exit, body }: Outcome ): ConsoleAnswer {
	return { status: 200, body: { exit, body } };
}

const KEY_REUSED = errorAnswer(
	'key-reused',
	'The idempotency key of this request was used for another one.',
	'Load the page again, then do it once more.'
);
