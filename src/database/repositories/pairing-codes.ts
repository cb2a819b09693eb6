/** What begins a pairing and is good once: codes, and the states of wc-auth. */
import type { PairingCode, Pairings } from '../../contracts/database.ts';
import type { Clock } from '../../contracts/world.ts';
import type { Sealer } from '../sealer.ts';
import type { Sql } from '../tables.ts';

type Codes = Pick<
	Pairings,
	'openCodes' | 'addCode' | 'addAuthorization' | 'takeAuthorization'
>;

/** Ids are never given twice, so a sealed key opens in its own row only. */
const placeOf = ( id: number, field: 'proof key' | 'seal key' ) => [
	'pairing code',
	String( id ),
	field,
];

export function createPairingCodes(
	sql: Sql,
	clock: Clock,
	sealer: Sealer
): Codes {
	return {
		async openCodes() {
			const rows = await sql
				.selectFrom( 'pairing_codes' )
				.selectAll()
				.where( 'expires_at', '>', clock.now() )
				.orderBy( 'id' )
				.execute();
			return rows.map( ( row ): PairingCode => ( {
				id: row.id,
				connection: row.connection,
				proofKey: sealer.openBytes(
					row.sealed_proof_key,
					placeOf( row.id, 'proof key' )
				),
				sealKey: sealer.openBytes(
					row.sealed_seal_key,
					placeOf( row.id, 'seal key' )
				),
				expiresAt: row.expires_at,
			} ) );
		},
		addCode: ( code ) =>
			sql.transaction().execute( async ( trx ) => {
				await trx
					.deleteFrom( 'pairing_codes' )
					.where( ( eb ) =>
						eb.or( [
							eb( 'expires_at', '<=', clock.now() ),
							code.connection === null
								? eb( 'connection', 'is', null )
								: eb( 'connection', '=', code.connection ),
						] )
					)
					.execute();
				const { id } = await trx
					.insertInto( 'pairing_codes' )
					.values( {
						connection: code.connection,
						sealed_proof_key: '',
						sealed_seal_key: '',
						expires_at: code.expiresAt,
					} )
					.returning( 'id' )
					.executeTakeFirstOrThrow();
				await trx
					.updateTable( 'pairing_codes' )
					.set( {
						sealed_proof_key: sealer.sealBytes(
							code.proofKey,
							placeOf( id, 'proof key' )
						),
						sealed_seal_key: sealer.sealBytes(
							code.sealKey,
							placeOf( id, 'seal key' )
						),
					} )
					.where( 'id', '=', id )
					.execute();
				return id;
			} ),
		addAuthorization: ( entry ) =>
			sql.transaction().execute( async ( trx ) => {
				await trx
					.deleteFrom( 'store_authorizations' )
					.where( 'expires_at', '<=', clock.now() )
					.execute();
				await trx
					.insertInto( 'store_authorizations' )
					.values( {
						state_hash: entry.stateHash,
						connection: entry.connection,
						expires_at: entry.expiresAt,
					} )
					.execute();
			} ),
		async takeAuthorization( stateHash ) {
			const taken = await sql
				.deleteFrom( 'store_authorizations' )
				.where( 'state_hash', '=', stateHash )
				.where( 'expires_at', '>', clock.now() )
				.returning( 'connection' )
				.executeTakeFirst();
			return taken?.connection ?? null;
		},
	};
}

/** True for the one caller that burns it; inside the caller's transaction. */
export async function burnCode(
	trx: Sql,
	id: number,
	now: number
): Promise< boolean > {
	const burnt = await trx
		.deleteFrom( 'pairing_codes' )
		.where( 'id', '=', id )
		.where( 'expires_at', '>', now )
		.returning( 'id' )
		.executeTakeFirst();
	return burnt !== undefined;
}
