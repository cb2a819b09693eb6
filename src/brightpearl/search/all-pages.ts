/**
 * Searches that are kept as one answer.
 */
import type { Ask } from '../transport/call.ts';
import { nextPage, resultSchema } from './search.ts';

/**
 * Asks for the further pages of a search too, and answers as if there had been one page. Anything
 * else passes as it is.
 */
export function allPages( ask: Ask ): Ask {
	return async ( call ) => {
		const first = await ask( call );
		const size = Number( call.query?.[ 'pageSize' ] );
		if ( first.kind !== 'answer' || ! ( size > 0 ) ) {
			return first;
		}
		const results: unknown[][] = [];
		let sent = first;
		let from = 1;
		for (;;) {
			const page = resultSchema.safeParse( sent.body[ 'response' ] );
			if ( ! page.success ) {
				// Its reader refuses it, naming the field.
				return sent;
			}
			results.push( ...page.data.results );
			const next = nextPage( page.data, from, { pageSize: size } );
			if ( next === null ) {
				return from === 1
					? first
					: {
							...first,
							body: { response: { ...page.data, results } },
						};
			}
			const more = await ask( {
				...call,
				query: { ...call.query, firstResult: String( next ) },
			} );
			if ( more.kind !== 'answer' ) {
				return more;
			}
			sent = more;
			from = next;
		}
	};
}
