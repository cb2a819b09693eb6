/**
 * Pages of WordPress lists: at most 100 entries, `X-WP-TotalPages` where no cache has taken
 * it away, else a full page promises another.
 */
import type { Reply } from './classify.ts';

/** 101 is answered with 400. */
export const PER_PAGE = 100;

export interface Page {
	readonly entries: readonly unknown[];
	readonly more: boolean;
}

/** Null when the answer is no list. */
export function readPage(
	reply: Extract< Reply, { ok: true } >,
	page: number
): Page | null {
	if ( ! Array.isArray( reply.body ) ) {
		return null;
	}
	const entries = reply.body as readonly unknown[];
	const pages = reply.headers[ 'x-wp-totalpages' ]?.trim() ?? '';
	return {
		entries,
		more: /^\d+$/.test( pages )
			? page < Number( pages )
			: entries.length >= PER_PAGE,
	};
}
