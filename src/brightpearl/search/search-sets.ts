/**
 * A search for any number of ids through an IDSET column, as production clients ask (platform
 * reference, §5.3).
 */
import { ok, type Failure, type Result } from '../../contracts/result.ts';
import { queryString } from '../transport/call.ts';
import { formatIdSet } from './id-set.ts';
import type { Link } from '../services/link.ts';
import { packIds } from './packing.ts';
import { searchAll, searchCall, type Search } from './search.ts';

/** Path and query without the ids. */
export function searchOverhead(
	prefix: string,
	search: ( set: string ) => Search< unknown >
): number {
	const { path, query } = searchCall( search( '' ), 1 );
	return ( prefix + path + queryString( query ) ).length;
}

/** Of some columns only the name is known: one of type INTEGER refuses a set (§5.3). */
const takesNoSet = ( failure: Failure ) =>
	failure.kind === 'hold' && failure.problem.message.includes( 'CMNC-018' );

/** `idOf` names the column asked by: what else comes back is left out. */
export async function searchSets< Row >(
	{ ask, prefix }: Pick< Link, 'ask' | 'prefix' >,
	ids: readonly number[],
	search: ( set: string ) => Search< Row >,
	idOf: ( row: Row ) => number
): Promise< Result< readonly Row[] > > {
	const waiting = packIds( ids, searchOverhead( prefix, search ) );
	const all: Row[] = [];
	for ( let set = waiting.shift(); set; set = waiting.shift() ) {
		const wanted = new Set( set );
		const found = await searchAll( ask, search( formatIdSet( set ) ) );
		if ( found.ok ) {
			all.push(
				...found.value.filter( ( row ) => wanted.has( idOf( row ) ) )
			);
		} else if ( set.length > 1 && takesNoSet( found.failure ) ) {
			waiting.unshift( ...set.map( ( one ) => [ one ] ) );
		} else {
			return found;
		}
	}
	return ok( all );
}
