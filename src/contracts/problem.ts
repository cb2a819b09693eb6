/**
 * A problem: why something waits for a person, in plain words, with the fix.
 */
import { z } from 'zod';
import { utcSchema } from './primitives.ts';

export const PROBLEM_CODES = [
	'sku-unknown',
	'sku-duplicate',
	'payment-unmapped',
	'tax-unmapped',
	'status-unmapped',
	'currency-unknown',
	'currency-precision',
	'total-mismatch',
	'contact-incomplete',
	'reference-taken',
	'changed-on-both-sides',
	'order-gone',
	'throttled',
	'cancelled-paid',
	'refund-deleted',
	'secret-unreadable',
	'refused-by-brightpearl',
	'refused-by-store',
	'credentials-store',
	'credentials-brightpearl',
	'rights-store',
	'store-unreachable',
	'brightpearl-unreachable',
	'plugin-unreachable',
	'webhook-disabled',
	'site-moved',
	'stock-breaker',
	'stock-refused',
	'order-changed',
	'cancelled-shipped',
	'cancelled-in-brightpearl',
	'staff-contact',
	'orders-silent',
	'write-back-refused',
	'api-drift',
	'defect',
] as const;

export const problemCodeSchema = z.enum( PROBLEM_CODES );
export type ProblemCode = z.infer< typeof problemCodeSchema >;

export const problemSchema = z.object( {
	id: z.int(),
	connection: z.string(),
	code: problemCodeSchema,
	/** `order:4336`, `sku:MUG-1` or `connection:main`. */
	subject: z.string(),
	/** What is wrong, one sentence. */
	message: z.string(),
	/** The likely cause. */
	cause: z.string().nullable(),
	/** The next step. */
	fix: z.string().nullable(),
	/** The setting or record concerned, such as `orders.payments`. */
	field: z.string().nullable(),
	since: utcSchema,
	retryable: z.boolean(),
} );
export type Problem = z.infer< typeof problemSchema >;

/** What a plan or a client says of a problem, before it is recorded against a subject. */
export interface ProblemDraft {
	readonly code: ProblemCode;
	readonly message: string;
	readonly cause: string | null;
	readonly fix: string | null;
	readonly field: string | null;
}
