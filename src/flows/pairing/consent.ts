/** `POST /v1/oauth/brightpearl`: the plugin hands on what came back to its page in wp-admin. */
import type { ConsentReturn } from '../../contracts/pairing.ts';
import { finishConsent } from '../consent.ts';
import type { BridgeContext } from './bridge.ts';
import { BUSY, refuse, type Answer } from './refusal.ts';

export async function takeConsent(
	context: BridgeContext,
	connection: string,
	{ state, code, error, errorDescription }: ConsentReturn
): Promise< Answer< { readonly ok: true; readonly connection: string } > > {
	const returned = new URLSearchParams( { state } );
	for ( const [ name, value ] of [
		[ 'code', code ],
		[ 'error', error ],
		[ 'error_description', errorDescription ],
	] as const ) {
		if ( value !== null ) {
			returned.set( name, value );
		}
	}
	const result = await finishConsent( context, returned, connection );
	switch ( result.kind ) {
		case 'done':
		case 'already':
			return { ok: true, value: { ok: true, connection } };
		case 'unknown':
			return refuse(
				'not-found',
				'This consent was not asked for here, was used already or has run out after 15 minutes.',
				'Press “Authorize with Brightpearl” again.'
			);
		case 'failed': {
			const { failure } = result;
			if ( failure.kind === 'hold' ) {
				const { code: reason, message, fix } = failure.problem;
				return {
					ok: false,
					status: 422,
					code: reason,
					message,
					fix,
					time: null,
				};
			}
			return failure.cause === 'busy'
				? BUSY
				: {
						ok: false,
						status: 503,
						code: 'brightpearl-unreachable',
						message: failure.message,
						fix: 'Nothing was changed. Try again in a moment.',
						time: null,
					};
		}
	}
}
