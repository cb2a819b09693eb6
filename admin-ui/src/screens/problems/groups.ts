/**
 * Problems as a person works through them: what has one cause and one fix stands together, and
 * what stops most stands first.
 */
import type { Problem } from '../../../../src/contracts/problem.ts';
import { settingsSchema } from '../../../../src/contracts/settings.ts';
import type { Target } from '../../router/route.ts';

export interface ProblemGroup {
	readonly key: string;
	readonly connection: string;
	readonly code: Problem[ 'code' ];
	/** Stops a whole connection, not one order or SKU. */
	readonly wide: boolean;
	/** Oldest first. */
	readonly problems: readonly Problem[];
	/** Where the fix is made, when that is a setting. */
	readonly setting: Target | null;
}

/** What a field begins with when it is mended in the settings or the connection. */
const MENDABLE: ReadonlySet< string > = new Set( [
	...Object.keys( settingsSchema.shape ),
	'store',
	'brightpearl',
] );

export function groupProblems( items: readonly Problem[] ): ProblemGroup[] {
	const groups = new Map< string, Problem[] >();
	for ( const problem of items ) {
		// One cause in several orders has one fix; what one order lacks is its own.
		const key = [
			problem.connection,
			problem.code,
			isWide( problem ) ? problem.subject : '',
			problem.cause ?? '',
			problem.fix ?? '',
			problem.field ?? '',
		].join( '\u0000' );
		groups.set( key, [ ...( groups.get( key ) ?? [] ), problem ] );
	}
	return [ ...groups ]
		.map( ( [ key, problems ] ): ProblemGroup => {
			const [ first ] = problems;
			if ( first === undefined ) {
				throw new Error( 'A group has at least one problem.' );
			}
			return {
				key,
				connection: first.connection,
				code: first.code,
				wide: isWide( first ),
				problems: problems.toSorted( ( a, b ) =>
					a.since.localeCompare( b.since )
				),
				setting: settingOf( first ),
			};
		} )
		.sort(
			( a, b ) =>
				Number( b.wide ) - Number( a.wide ) ||
				b.problems.length - a.problems.length ||
				( a.problems[ 0 ]?.since ?? '' ).localeCompare(
					b.problems[ 0 ]?.since ?? ''
				)
		);
}

function isWide( { subject }: Problem ): boolean {
	return subject.startsWith( 'connection:' );
}

/** Fields of a record (`billing.email`, `sku`) are mended in the record, not in the settings. */
export function settingOf( problem: Problem ): Target | null {
	return problem.field !== null &&
		MENDABLE.has( problem.field.split( '.' )[ 0 ] ?? '' )
		? {
				screen: 'settings',
				connection: problem.connection,
				query: { field: problem.field },
			}
		: null;
}

/** The orders that have this problem, in their own list; null where it is not one of orders. */
export function ordersOf( {
	connection,
	code,
	problems,
}: Pick< ProblemGroup, 'connection' | 'code' | 'problems' > ): Target | null {
	return problems.every( ( { subject } ) => subject.startsWith( 'order:' ) )
		? { screen: 'orders', connection, query: { problem: code } }
		: null;
}

export interface Subject {
	readonly kind: 'order' | 'sku' | 'connection' | 'other';
	/** Its id or name, without the kind. */
	readonly name: string;
	readonly target: Target | null;
}

export function subjectOf( { subject, connection }: Problem ): Subject {
	const at = subject.indexOf( ':' );
	const kind = subject.slice( 0, at );
	const name = subject.slice( at + 1 );
	switch ( kind ) {
		case 'order':
			return {
				kind,
				name,
				target: { screen: 'orders', connection, rest: [ name ] },
			};
		case 'sku':
			return {
				kind,
				name,
				target: { screen: 'stock', connection, query: { sku: name } },
			};
		case 'connection':
			return { kind, name, target: null };
		default:
			return { kind: 'other', name: subject, target: null };
	}
}
