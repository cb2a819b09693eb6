/** The journal: what was about to be done and what came of it. Rows are never changed. */
import { journalOutcomeSchema } from '../../contracts/answers.ts';
import type { Journal } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import { isoNow, type Sql } from '../tables.ts';

export function createJournal( sql: Sql, clock: Clock ): Journal {
	const entries = ( connection: string, subject: string ) =>
		sql
			.selectFrom( 'journal' )
			.where( 'connection', '=', connection )
			.where( 'subject', '=', subject )
			.orderBy( 'id', 'desc' );

	return {
		async intent( lease, entry ) {
			// The fence: one statement writes the row if, and only if, the lease still stands.
			const { numInsertedOrUpdatedRows } = await sql
				.insertInto( 'journal' )
				.columns( [
					'connection',
					'subject',
					'step',
					'outcome',
					'at',
					'ref',
				] )
				.expression( ( eb ) =>
					eb
						.selectFrom( 'leases' )
						.select( [
							eb.val( entry.connection ).as( 'connection' ),
							eb.val( entry.subject ).as( 'subject' ),
							eb.val( entry.step ).as( 'step' ),
							eb.val< string >( 'intent' ).as( 'outcome' ),
							eb.val( isoNow( clock ) ).as( 'at' ),
							eb.val( entry.ref ).as( 'ref' ),
						] )
						.where( 'name', '=', lease.name )
						.where( 'token', '=', lease.token )
						.where( 'expires_at', '>', clock.now() )
				)
				.executeTakeFirstOrThrow();
			return Number( numInsertedOrUpdatedRows ?? 0 ) === 1;
		},
		async outcome( entry ) {
			await sql
				.insertInto( 'journal' )
				.values( { ...entry, at: isoNow( clock ) } )
				.execute();
		},
		async list( connection, subject, limit ) {
			let query = entries( connection, subject ).select( [
				'at',
				'step',
				'outcome',
				'ref',
				'message',
				'ruid',
			] );
			if ( limit !== undefined ) {
				query = query.limit( limit );
			}
			const rows = await query.execute();
			return rows.reverse().map( ( row ) => ( {
				...row,
				outcome: journalOutcomeSchema.parse( row.outcome ),
			} ) );
		},
		async lastTry( connection, subject, step, ref ) {
			const ofAll = entries( connection, subject )
				.where( 'step', '=', step )
				.limit( 1 );
			const ofStep =
				ref === undefined ? ofAll : ofAll.where( 'ref', '=', ref );
			const newest = await ofStep
				.select( [ 'at', 'outcome' ] )
				.executeTakeFirst();
			const outcome = journalOutcomeSchema.safeParse( newest?.outcome );
			if (
				newest === undefined ||
				! outcome.success ||
				outcome.data === 'refused'
			) {
				return null;
			}
			const intent = await ofStep
				.select( 'ref' )
				.where( 'outcome', '=', 'intent' )
				.executeTakeFirst();
			return {
				at: newest.at,
				outcome: outcome.data,
				ref: intent?.ref ?? null,
			};
		},
	};
}
