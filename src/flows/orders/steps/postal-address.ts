/**
 * The postal address of a contact.
 */
import { createHash } from 'node:crypto';
import { accountScope } from '../../../contracts/database.ts';
import { DAY } from '../../../contracts/primitives.ts';
import { ok, type Result } from '../../../contracts/result.ts';
import { toPostalAddressBody } from '../../../domain/orders/bodies.ts';
import type { PlannedContact } from '../../../domain/orders/types.ts';
import type { Connected } from '../../connected.ts';

/** Of an e-mail or address: our tables need not hold people's data to compare it. */
export function digest( text: string ): string {
	return createHash( 'sha256' ).update( text ).digest( 'hex' ).slice( 0, 32 );
}

/**
 * Addresses cannot be searched for, so one that was made before a failure is remembered and used
 * by the next try.
 *
 * @param subject Of the contact: an address belongs to one alone.
 */
export async function addressFor(
	{ brightpearl, database }: Connected,
	subject: string,
	{ address }: Pick< PlannedContact, 'address' >
): Promise< Result< number > > {
	const scope = accountScope( brightpearl.account );
	const body = toPostalAddressBody( address );
	const key = `${ subject }:address:${ digest( JSON.stringify( body ) ) }`;
	const remembered = await database.cache.get( scope, key );
	if ( typeof remembered === 'number' ) {
		return ok( remembered );
	}
	const made = await brightpearl.createPostalAddress( body );
	if ( made.ok ) {
		await database.cache.put( scope, key, made.value, DAY );
	}
	return made;
}
