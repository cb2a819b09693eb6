/**
 * Which postal addresses a contact uses for what (resources reference, §2.1).
 */
import { z } from 'zod';
import { idOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { id, readFields } from './fields.ts';
import { refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';

const addressesSchema = z
	.array(
		z.strictObject( {
			postalAddressId: id,
			/** None = the contact merely owns it. */
			type: z.enum( [ 'DEF', 'BIL', 'DEL' ] ).optional(),
		} )
	)
	.min( 1 );

function putAddresses( call: Call ): Reply {
	const { contacts, addresses } = call.account.tables;
	const contact = contacts.get( idOf( call ) );
	if ( ! contact ) {
		return refuse( 404, notFound( 'No Contact Found' ) );
	}
	const read = readFields(
		addressesSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const faults: Problem[] = [];
	const isSecondary = contact.organisation.id !== contact.id;
	for ( const { postalAddressId, type } of read.value ) {
		const address = addresses.get( postalAddressId );
		if ( ! address ) {
			faults.push(
				problem(
					INVENTED.unknownAddress,
					`There is no postal address ${ postalAddressId }`
				)
			);
		} else if (
			address.contactId !== null &&
			address.contactId !== contact.id
		) {
			faults.push(
				problem(
					INVENTED.addressTaken,
					`Postal address ${ postalAddressId } belongs to contact ${ address.contactId }`
				)
			);
		}
		// They are the organisation's: a secondary contact inherits them.
		if ( isSecondary && ( type === 'DEF' || type === 'BIL' ) ) {
			faults.push(
				problem(
					INVENTED.primaryAddress,
					`${ type } cannot be set on a secondary contact`
				)
			);
		}
	}
	if ( faults.length > 0 ) {
		return refuse( 400, ...faults );
	}
	const addressIds = { ...contact.addressIds };
	for ( const { postalAddressId, type } of read.value ) {
		const address = addresses.get( postalAddressId );
		if ( address ) {
			addresses.put( { ...address, contactId: contact.id } );
		}
		if ( type !== undefined ) {
			addressIds[ type ] = postalAddressId;
		}
	}
	contacts.put( { ...contact, addressIds, updatedAt: call.now } );
	return silent();
}

export const contactAddressRoutes: readonly Route[] = [
	route(
		'PUT',
		'/contact-service/contact/{id}/postal-address',
		'put-contact-postal-address',
		putAddresses
	),
];
