/** Contacts of an account by the digest of their e-mail. */
import type { ContactCache } from '../../contracts/database.ts';
import { chunks, type Sql } from '../tables.ts';

export function createContactCache( sql: Sql ): ContactCache {
	return {
		async byEmail( account, keys ) {
			const found = new Map< string, number[] >();
			for ( const piece of chunks( [ ...new Set( keys ) ] ) ) {
				const rows = await sql
					.selectFrom( 'contacts' )
					.select( [ 'email_key', 'contact_id' ] )
					.where( 'account', '=', account )
					.where( 'email_key', 'in', piece )
					.orderBy( 'contact_id' )
					.execute();
				for ( const { email_key: key, contact_id: id } of rows ) {
					if ( key !== null ) {
						found.set( key, [ ...( found.get( key ) ?? [] ), id ] );
					}
				}
			}
			return found;
		},
		upsert: ( account, contacts ) =>
			sql.transaction().execute( async ( trx ) => {
				// Of one contact told twice the later word stands.
				const last = new Map(
					contacts.map( ( one ) => [ one.contactId, one.key ] )
				);
				for ( const piece of chunks( [ ...last ] ) ) {
					await trx
						.insertInto( 'contacts' )
						.values(
							piece.map( ( [ contactId, key ] ) => ( {
								account,
								contact_id: contactId,
								email_key: key,
							} ) )
						)
						.onConflict( ( conflict ) =>
							conflict
								.columns( [ 'account', 'contact_id' ] )
								.doUpdateSet( ( eb ) => ( {
									email_key: eb.ref( 'excluded.email_key' ),
								} ) )
						)
						.execute();
				}
			} ),
		async count( account ) {
			const { count } = await sql
				.selectFrom( 'contacts' )
				.select( ( eb ) => eb.fn.countAll< number >().as( 'count' ) )
				.where( 'account', '=', account )
				.executeTakeFirstOrThrow();
			return Number( count );
		},
		async clear( account ) {
			await sql
				.deleteFrom( 'contacts' )
				.where( 'account', '=', account )
				.execute();
		},
	};
}
