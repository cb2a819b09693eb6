/** Answers of the control API. */
import type { Reply } from './reply.ts';

export const controlError = ( message: string, status = 400 ): Reply => ( {
	status,
	body: { error: { message } },
} );

export const controlAnswer = ( body: unknown ): Reply => ( {
	status: 200,
	body,
} );
