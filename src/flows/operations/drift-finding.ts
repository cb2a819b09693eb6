/**
 * What `connection check` says of Brightpearl's answers that are not as documented: nothing is
 * broken by it yet, and somebody should look before it is.
 */
import type { Finding } from '../../contracts/answers.ts';
import type { DriftEntry } from '../../contracts/database.ts';

/** The rest is counted. */
const SHOWN = 5;

const WORDS = {
	unknown: 'new field',
	missing: 'missing field',
	version: 'version',
} as const satisfies Record< DriftEntry[ 'kind' ], string >;

export function driftFindings( entries: readonly DriftEntry[] ): Finding[] {
	if ( entries.length === 0 ) {
		return [];
	}
	// What is missing may be needed; newest first among its like.
	const order: readonly DriftEntry[ 'kind' ][] = [
		'missing',
		'unknown',
		'version',
	];
	const sorted = entries.toSorted(
		( one, other ) =>
			order.indexOf( one.kind ) - order.indexOf( other.kind ) ||
			other.lastAt.localeCompare( one.lastAt )
	);
	const said = sorted
		.slice( 0, SHOWN )
		.map(
			( { endpoint, kind, field, times } ) =>
				`${ endpoint }: ${ WORDS[ kind ] } ${ field } (${ times }×)`
		);
	const rest = entries.length - said.length;
	return [
		{
			side: 'brightpearl',
			code: 'api-drift',
			level: 'warning',
			message: `Brightpearl's answers are not quite as documented: ${ said.join( '; ' ) }${ rest > 0 ? `; and ${ rest } more` : '' }.`,
			fix: 'Orders and stock go on. Look whether there is a newer Pearlbridge, and report these lines if there is none.',
		},
	];
}
