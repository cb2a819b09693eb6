/**
 * A problem for whoever looks after a connection, when Brightpearl's answers lack what we need
 * or come from a new release. It stops nothing; it stands until a person has seen it.
 */
import { VERSION_KEY } from '../brightpearl/answers/drift.ts';
import {
	accountScope,
	type Database,
	type DriftEntry,
} from '../contracts/database.ts';
import type { ProblemDraft } from '../contracts/problem.ts';
import { connectionSubject } from './connection-problems.ts';
import type { Events } from './events.ts';
import { raiseProblem } from './raise-problem.ts';

/** One odd answer is no change of the API. */
const TIMES = 3;
/** Named in the message; the rest is in the check. */
const NAMED = 3;

type Kept = Pick< Database, 'cache' | 'connections' | 'drift' | 'problems' >;

/** `4.95` of `4.95.2647`: builds come every week and change nothing we see. */
const releaseOf = ( version: string ): string =>
	version.split( '.' ).slice( 0, 2 ).join( '.' );

async function knownVersion(
	{ cache }: Pick< Database, 'cache' >,
	account: string
): Promise< string | null > {
	const known = await cache.get( accountScope( account ), VERSION_KEY );
	return typeof known === 'string' ? known : null;
}

/** Raises it against every connection of the account; new fields alone are no reason. */
export async function tellDrift(
	parts: { readonly database: Kept; readonly events: Pick< Events, 'emit' > },
	account: string
): Promise< void > {
	const { database } = parts;
	const draft = draftOf(
		await database.drift.list( account ),
		await knownVersion( database, account )
	);
	if ( draft === null ) {
		return;
	}
	for ( const { record } of await database.connections.list() ) {
		if ( record.brightpearl?.account === account ) {
			await raiseProblem(
				parts,
				record.name,
				connectionSubject( record.name ),
				draft
			);
		}
	}
}

/** A person has seen it: how Brightpearl answers now is how it answers. */
export async function acceptDrift(
	database: Kept,
	account: string
): Promise< void > {
	const [ newest ] = ( await database.drift.list( account ) )
		.filter( ( { kind } ) => kind === 'version' )
		.toSorted( ( one, other ) => other.lastAt.localeCompare( one.lastAt ) );
	if ( newest !== undefined ) {
		await database.cache.put(
			accountScope( account ),
			VERSION_KEY,
			newest.field,
			null
		);
	}
	await database.drift.clear( account );
	for ( const { record } of await database.connections.list() ) {
		if ( record.brightpearl?.account === account ) {
			const subject = connectionSubject( record.name );
			const standing = await database.problems.list( {
				connection: record.name,
				subject,
			} );
			await database.problems.clear(
				record.name,
				subject,
				standing
					.map( ( { code } ) => code )
					.filter( ( code ) => code !== 'api-drift' )
			);
		}
	}
}

function draftOf(
	entries: readonly DriftEntry[],
	known: string | null
): ProblemDraft | null {
	const missing = entries.filter(
		( { kind, times } ) => kind === 'missing' && times >= TIMES
	);
	const released = entries.filter(
		( { field, kind } ) =>
			kind === 'version' &&
			known !== null &&
			releaseOf( field ) !== releaseOf( known )
	);
	const said = [
		...missing
			.slice( 0, NAMED )
			.map(
				( { endpoint, field } ) =>
					`${ endpoint } no longer tells ${ field } as documented`
			),
		...( missing.length > NAMED
			? [ `${ missing.length - NAMED } more fields are missing` ]
			: [] ),
		...released
			.slice( 0, 1 )
			.map(
				( { field } ) =>
					`it is release ${ releaseOf( field ) } now, and was ${ releaseOf( known ?? '' ) }`
			),
	];
	return said.length === 0
		? null
		: {
				code: 'api-drift',
				message: `Brightpearl answers otherwise than before: ${ said.join( '; ' ) }.`,
				cause: 'Brightpearl changed its API.',
				fix: 'Orders and stock go on. Run "connection check" to see every difference, look for a newer Pearlbridge, then retry this problem to accept how Brightpearl answers now.',
				field: null,
			};
}
