/**
 * Resource search (platform reference, §5): cells are found by column *name*, because the
 * column list grows; pages are followed until Brightpearl has no more.
 */
import { z } from 'zod';
import { fail, hold, ok, type Result } from '../contracts/result.ts';
import { decode } from './decode.ts';
import type { Ask, Call } from './call.ts';

/** Default and maximum. */
export const PAGE_SIZE = 500;

export interface Search< Row > {
	/** `/{service}-service/{resource}-search` */
	readonly path: string;
	readonly columns: readonly string[];
	readonly filters?: Readonly< Record< string, string > >;
	/** Such as `orderId.ASC`: paging is by offset, so the order must be stable. */
	readonly sort: string;
	readonly row: z.ZodType< Row >;
	/** (500) */
	readonly pageSize?: number;
}

const resultSchema = z.object( {
	results: z.array( z.array( z.unknown() ) ),
	metaData: z.object( {
		morePagesAvailable: z.boolean().optional(),
		resultsAvailable: z.int().optional(),
		// Both absent when there are no rows.
		firstResult: z.int().optional(),
		lastResult: z.int().optional(),
		columns: z.array( z.object( { name: z.string() } ) ),
	} ),
} );
type SearchResult = z.infer< typeof resultSchema >;

/** Rows as objects by column name; a cell that is missing stays absent. */
function byName( { metaData, results }: SearchResult ): unknown[] {
	return results.map( ( cells ) =>
		Object.fromEntries(
			metaData.columns.flatMap( ( { name }, at ) =>
				at < cells.length ? [ [ name, cells[ at ] ] as const ] : []
			)
		)
	);
}

/** The rows of one page, for what never needs a second. */
export function rowsSchema< Row >( row: z.ZodType< Row > ) {
	return resultSchema.transform( byName ).pipe( z.array( row ) );
}

/** First row of the next page; null when this was the last. */
function nextPage(
	{ metaData, results }: SearchResult,
	first: number
): number | null {
	if ( results.length === 0 ) {
		return null;
	}
	const last = metaData.lastResult ?? first + results.length - 1;
	const more =
		metaData.morePagesAvailable ??
		( metaData.resultsAvailable !== undefined &&
			last < metaData.resultsAvailable );
	// Never back: an answer that stands still must not be asked for ever.
	return more && last >= first ? last + 1 : null;
}

/** The search's address, so that callers can leave room for an id set. */
export function searchCall< Row >(
	search: Search< Row >,
	firstResult: number
): Call {
	return {
		method: 'GET',
		path: search.path,
		query: {
			...search.filters,
			columns: search.columns.join( ',' ),
			sort: search.sort,
			pageSize: String( search.pageSize ?? PAGE_SIZE ),
			firstResult: String( firstResult ),
		},
	};
}

/** Page by page; ends after the first failure. */
export async function* searchPages< Row >(
	ask: Ask,
	search: Search< Row >
): AsyncGenerator< Result< readonly Row[] > > {
	let first: number | null = 1;
	while ( first !== null ) {
		const call = searchCall( search, first );
		const sent = await ask( call );
		if ( sent.kind !== 'answer' ) {
			yield sent.kind === 'failed'
				? fail( sent.failure )
				: hold( {
						code: 'defect',
						message: `Brightpearl has no search at ${ search.path }.`,
						cause: null,
						fix: null,
						field: null,
					} );
			return;
		}
		const result = decode(
			resultSchema,
			sent.body[ 'response' ],
			call,
			sent.ruid
		);
		if ( ! result.ok ) {
			yield result;
			return;
		}
		const rows = decode(
			z.array( search.row ),
			byName( result.value ),
			call,
			sent.ruid
		);
		yield rows;
		if ( ! rows.ok ) {
			return;
		}
		first = nextPage( result.value, first );
	}
}

export async function searchAll< Row >(
	ask: Ask,
	search: Search< Row >
): Promise< Result< readonly Row[] > > {
	const all: Row[] = [];
	for await ( const page of searchPages( ask, search ) ) {
		if ( ! page.ok ) {
			return page;
		}
		all.push( ...page.value );
	}
	return ok( all );
}

/**
 * E-mail equality: searches match substrings (resources reference, §2.3), so what comes back
 * is checked again.
 */
export function sameEmail( one: string | null, other: string ): boolean {
	return one?.trim().toLowerCase() === other.trim().toLowerCase();
}
