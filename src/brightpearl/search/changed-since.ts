/**
 * What was made or changed since: `updatedOn` is null until the first change (platform reference,
 * §5.5), so `createdOn` is asked too, and each row is told once.
 *
 * The interval has no end, on purpose: a row that changes again while its pages are read stays
 * inside it, so none slips over a page's edge unseen.
 */
import { ok, type Result } from '../../contracts/result.ts';
import type { Ask } from '../transport/call.ts';
import { formatPeriod } from './period.ts';
import { searchPages, type Search } from './search.ts';

export async function* changedSince< Row >(
	ask: Ask,
	search: Search< Row >,
	idOf: ( row: Row ) => number,
	since: string
): AsyncGenerator< Result< readonly Row[] > > {
	const told = new Set< number >();
	for ( const column of [ 'updatedOn', 'createdOn' ] ) {
		const filters = {
			...search.filters,
			[ column ]: formatPeriod( { from: since } ),
		};
		for await ( const page of searchPages( ask, { ...search, filters } ) ) {
			if ( ! page.ok ) {
				yield page;
				return;
			}
			const fresh = page.value.filter( ( row ) => {
				const id = idOf( row );
				return ! told.has( id ) && told.add( id ).has( id );
			} );
			yield ok( fresh );
		}
	}
}
