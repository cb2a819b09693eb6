import type { ErrorBody } from '../contracts/answers.ts';

/** The one shape of every refusal over HTTP. */
export function errorAnswer(
	code: string,
	message: string,
	fix: string | null = null
): { readonly error: ErrorBody } {
	return { error: { code, message, fix, details: null } };
}
