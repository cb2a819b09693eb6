/**
 * The database as flows see it, where what a screen shows and no event of its own tells is
 * announced by itself: whoever clears a problem or changes a pairing, in whatever flow, need not
 * think of who watches.
 */
import type { Database } from '../contracts/database.ts';
import type { Events } from './events.ts';

export function announcing(
	database: Database,
	{ emit }: Pick< Events, 'emit' >
): Database {
	const { problems, pairings } = database;
	const changed = (
		connection: string,
		what: 'problems' | 'connection'
	): void => emit( { event: 'changed', connection, what } );
	return {
		...database,
		problems: {
			...problems,
			async clear( connection, subject, except ) {
				const cleared = await problems.clear(
					connection,
					subject,
					except
				);
				// Most flows clear to be sure, and there was nothing.
				if ( cleared ) {
					changed( connection, 'problems' );
				}
				return cleared;
			},
		},
		pairings: {
			...pairings,
			async save( pairing ) {
				await pairings.save( pairing );
				changed( pairing.connection, 'connection' );
			},
			async remove( connection ) {
				const removed = await pairings.remove( connection );
				if ( removed ) {
					changed( connection, 'connection' );
				}
				return removed;
			},
			async grant( codeId, made ) {
				const granted = await pairings.grant( codeId, made );
				if ( granted ) {
					changed( made.pairing.connection, 'connection' );
				}
				return granted;
			},
		},
	};
}
