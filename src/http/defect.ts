import type { Outcome } from '../contracts/operations.ts';
import type { LogFields, Logger } from '../contracts/world.ts';
import { errorAnswer } from './error-answer.ts';

/** What is thrown is ours to mend, and tells the asker nothing. */
export function defect(
	logger: Logger,
	error: unknown,
	fields: LogFields
): Outcome {
	logger.error( { ...fields, err: error }, 'An operation failed.' );
	return {
		exit: 1,
		body: errorAnswer(
			'defect',
			'Something in Pearlbridge went wrong; the log of the service tells more.'
		),
	};
}
