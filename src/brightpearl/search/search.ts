/**
 * Resource search (platform reference, §5): cells are found by column *name*, because the
 * column list grows; pages are followed until Brightpearl has no more.
 */
import { z } from 'zod';
import { fail, hold, ok, type Result } from '../../contracts/result.ts';
import { decode } from '../answers/decode.ts';
import { createSieve, type Cells, type Sieving } from './search-sieve.ts';
import type { Ask, Call } from '../transport/call.ts';

/** Default and maximum. */
export const PAGE_SIZE = 500;

export interface Search< Row > extends Sieving {
	/** `/{service}-service/{resource}-search` */
	readonly path: string;
	readonly columns: readonly string[];
	readonly filters?: Readonly< Record< string, string > >;
	/** Such as `orderId.ASC`: paging is by offset, so the order must be stable. */
	readonly sort: string;
	readonly row: z.ZodType< Row >;
	/** (500) */
	readonly pageSize?: number;
	/**
	 * `short`: how much there is, is not believed; a page that is not full is the last. For
	 * resources known to lie, such as supplier-payment-search (§5.2). (`told`)
	 */
	readonly end?: 'told' | 'short';
}

export const resultSchema = z.object( {
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
function byName( { metaData, results }: SearchResult ): Cells[] {
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
	return resultSchema
		.transform( ( page ): unknown[] => byName( page ) )
		.pipe( z.array( row ) );
}

/** First row of the next page; null when this was the last. */
export function nextPage(
	{ metaData, results }: SearchResult,
	first: number,
	{
		end = 'told',
		pageSize = PAGE_SIZE,
	}: Pick< Search< unknown >, 'end' | 'pageSize' >
): number | null {
	if ( results.length === 0 ) {
		return null;
	}
	const last = metaData.lastResult ?? first + results.length - 1;
	const more =
		end === 'short'
			? results.length >= pageSize
			: ( metaData.morePagesAvailable ??
				( metaData.resultsAvailable !== undefined &&
					last < metaData.resultsAvailable ) );
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

/**
 * Page by page; ends after the first failure.
 *
 * @param told Learns with each page how many rows there are in all.
 */
export async function* searchPages< Row >(
	ask: Ask,
	search: Search< Row >,
	told: ( available: number ) => void = () => {}
): AsyncGenerator< Result< readonly Row[] > > {
	let first: number | null = 1;
	const sieve = createSieve( search );
	while ( first !== null ) {
		const call: Call = searchCall( search, first );
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
		const result: Result< SearchResult > = decode(
			resultSchema,
			sent.body[ 'response' ],
			call,
			sent.ruid
		);
		if ( ! result.ok ) {
			yield result;
			return;
		}
		const { resultsAvailable } = result.value.metaData;
		if ( resultsAvailable !== undefined ) {
			told( resultsAvailable );
		}
		const page = sieve( byName( result.value ) );
		const rows = decode(
			z.array( search.row ),
			page.rows,
			call,
			sent.ruid
		);
		yield rows;
		if ( ! rows.ok ) {
			return;
		}
		first = page.stands ? null : nextPage( result.value, first, search );
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
