/**
 * A caller without rights: 403, whose body was never recorded (platform reference, §2.3, §10).
 */
import { INVENTED, problem } from './codes.ts';
import { refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Switches } from './switches.ts';

const PAGE =
	'<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>';

/** Null = nothing is forbidden. A body that is a text is a page, no JSON. */
export function forbiddenReply( { forbidden }: Switches ): Reply | null {
	switch ( forbidden ) {
		case 'off':
			return null;
		case 'text':
			return {
				status: 403,
				body: { response: 'You are not allowed to do this' },
			};
		case 'errors':
			return refuse(
				403,
				problem( INVENTED.forbidden, 'You are not allowed to do this' )
			);
		case 'html':
			return { status: 403, body: PAGE };
	}
}
