/**
 * Which of the contacts with an e-mail an order is for. E-mails are not unique in Brightpearl, and
 * staff and suppliers are contacts too; what becomes of their orders is `orders.staffContacts`.
 */
import type { Brightpearl, Contact } from '../../../brightpearl/api.ts';
import { hold, ok, type Result } from '../../../contracts/result.ts';
import type { Step } from '../../../domain/orders/types.ts';

/** Null = none: one is to be made. */
export async function chooseContact(
	brightpearl: Brightpearl,
	{
		contact,
		staffContacts,
	}: Pick<
		Extract< Step, { type: 'EnsureContact' } >,
		'contact' | 'staffContacts'
	>,
	{ fresh }: { readonly fresh: boolean }
): Promise< Result< number | null > > {
	const hits = await brightpearl.contactsByEmail( contact.email, fresh );
	if ( ! hits.ok ) {
		return hits;
	}
	const [ first ] = hits.value;
	if ( first === undefined || staffContacts === 'use' ) {
		return ok( first ?? null );
	}
	const read = await brightpearl.contacts( hits.value );
	if ( ! read.ok ) {
		return read;
	}
	const known = hits.value.flatMap(
		( id ) => read.value.find( ( { contactId } ) => contactId === id ) ?? []
	);
	const [ lowest ] = known;
	if (
		staffContacts === 'hold' &&
		lowest !== undefined &&
		! isCustomer( lowest )
	) {
		return hold( {
			code: 'staff-contact',
			message: `The order's e-mail address belongs to contact ${ lowest.contactId } in Brightpearl, who is ${ lowest.isStaff ? 'staff' : 'a supplier' }.`,
			cause: 'Somebody of the house ordered, or the address was entered for them.',
			fix: 'Change the e-mail address in the shop or of that contact, or set orders.staffContacts to "use" or "customer", then retry.',
			field: 'orders.staffContacts',
		} );
	}
	return ok( known.find( isCustomer )?.contactId ?? null );
}

function isCustomer( { isStaff, isSupplier }: Contact ): boolean {
	return ! isStaff && ! isSupplier;
}
