import type { ErrorBody } from '../contracts/answers.ts';

/** The one shape of every refusal over HTTP. */
export function errorAnswer(
	code: string,
	message: string
): { readonly error: ErrorBody } {
	return { error: { code, message, fix: null, details: null } };
}
