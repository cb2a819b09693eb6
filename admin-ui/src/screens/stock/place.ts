/** Where in the stock screens an address leads. */
import type { RouteQuery } from '../../router/route.ts';

export type Place =
	| { readonly at: 'runs' }
	| { readonly at: 'run'; readonly runId: number }
	/** `sku` null = none named yet. */
	| { readonly at: 'explain'; readonly sku: string | null }
	| { readonly at: 'nowhere' };

/** `…/runs/12`, `…/12`, `…/explain/MUG` and, as problems link, `…?sku=MUG`. */
export function placeOf( rest: readonly string[], query: RouteQuery ): Place {
	const [ first, second, ...more ] = rest;
	const { sku } = query;
	if ( first === undefined ) {
		return sku === undefined ? { at: 'runs' } : { at: 'explain', sku };
	}
	if ( first === 'explain' ) {
		// A slash in a SKU that somebody typed into the address by hand.
		const named = [ second, ...more ].filter(
			( part ) => part !== undefined
		);
		return {
			at: 'explain',
			sku: named.length > 0 ? named.join( '/' ) : ( sku ?? null ),
		};
	}
	if ( more.length > 0 || ( second !== undefined && first !== 'runs' ) ) {
		return { at: 'nowhere' };
	}
	if ( first === 'runs' && second === undefined ) {
		return { at: 'runs' };
	}
	const runId = Number( first === 'runs' ? second : first );
	return Number.isSafeInteger( runId ) && runId > 0
		? { at: 'run', runId }
		: { at: 'nowhere' };
}
