/** Facts about this service itself. */
import type { Facts } from '../../contracts/database.ts';
import type { Random } from '../../contracts/world.ts';
import type { Sql } from '../tables.ts';

const SIDECAR_ID = 'sidecar-id';

export function createFacts( sql: Sql, random: Random ): Facts {
	const read = () =>
		sql
			.selectFrom( 'facts' )
			.select( 'value' )
			.where( 'name', '=', SIDECAR_ID )
			.executeTakeFirst();

	return {
		async sidecarId() {
			const known = await read();
			if ( known ) {
				return known.value;
			}
			// Of two processes that ask first at the same time, one makes it.
			await sql
				.insertInto( 'facts' )
				.values( { name: SIDECAR_ID, value: uuid( random ) } )
				.onConflict( ( conflict ) => conflict.doNothing() )
				.execute();
			const made = await read();
			if ( ! made ) {
				throw new Error( 'The id of this service was not kept.' );
			}
			return made.value;
		},
	};
}

/** Version 4, RFC 9562 §5.4. */
function uuid( random: Random ): string {
	const bytes = Buffer.from( random.bytes( 16 ) );
	bytes.writeUInt8( ( bytes.readUInt8( 6 ) & 0x0f ) | 0x40, 6 );
	bytes.writeUInt8( ( bytes.readUInt8( 8 ) & 0x3f ) | 0x80, 8 );
	const hex = bytes.toString( 'hex' );
	return [
		hex.slice( 0, 8 ),
		hex.slice( 8, 12 ),
		hex.slice( 12, 16 ),
		hex.slice( 16, 20 ),
		hex.slice( 20 ),
	].join( '-' );
}
