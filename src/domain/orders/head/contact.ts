/**
 * Who the customer is and where the goods go, in Brightpearl's terms (resources reference,
 * §1.2 and §2.1): both names required and at most 32 characters, a postal address needs its
 * first line and a country.
 */
import type { StoreAddress, StoreOrder } from '../../../contracts/store.ts';
import { alpha3Of } from './countries.ts';
import { cut, cutAtWord, singleLine } from '../text.ts';
import type { Address, PlannedContact } from '../types.ts';

const NAME_LIMIT = 32;
/** Brightpearl names no limit; a number with extension and a remark fits. */
const PHONE_LIMIT = 64;
/** Stands for the part of a name that a person does not have. */
const NO_NAME = '-';
/**
 * One contact for all orders without an e-mail address: named after none of them. Who bought
 * stands in the order's addresses.
 */
const GUEST = {
	firstName: 'Guest',
	lastName: 'Customer',
	company: '',
	phone: '',
};
const EMAIL = /^[^\s@]+@[^\s@]+$/;

export interface Missing {
	/** Field of the shop's order. */
	readonly field: string;
	/** As it reads after "it has": `no e-mail address`. */
	readonly what: string;
}

export interface Parties {
	readonly contact: PlannedContact;
	readonly billing: Address;
	readonly delivery: Address;
	readonly missing: readonly Missing[];
}

/**
 * @param order      The shop's.
 * @param guestEmail `orders.guestEmail`: whose the orders without an e-mail address are.
 */
export function partiesOf(
	order: Pick< StoreOrder, 'billing' | 'shipping' >,
	guestEmail: string | null = null
): Parties {
	const paidBy = cleaned( order.billing );
	const sentTo = cleaned( order.shipping );
	// A till or an import may fill only one of the two; virtual goods have no delivery.
	const billTo =
		isPlace( paidBy ) || ! isPlace( sentTo )
			? paidBy
			: inTheNameOf( paidBy, sentTo );
	const shipTo = isPlace( sentTo )
		? inTheNameOf( sentTo, sentTo, paidBy )
		: billTo;
	const email = paidBy.email || sentTo.email;
	const phone = paidBy.phone || sentTo.phone;

	const billing = toAddress( billTo, { email, phone } );
	const delivery = toAddress( shipTo, {
		email: shipTo.email || email,
		phone: shipTo.phone || phone,
	} );
	const person = contactName( [ billTo, shipTo ] );
	const contact =
		email === '' && guestEmail !== null
			? { ...GUEST, email: guestEmail, address: billing }
			: {
					email,
					firstName: person?.firstName ?? '',
					lastName: person?.lastName ?? '',
					company: billTo.company,
					phone,
					address: billing,
				};
	return {
		contact,
		billing,
		delivery,
		missing: [
			...emailMissing( contact.email ),
			...( contact.firstName === ''
				? [ { field: 'billing.first_name', what: 'no name' } ]
				: [] ),
			...placeMissing( billTo, 'billing' ),
			...( isPlace( paidBy ) && isPlace( sentTo )
				? placeMissing( shipTo, 'shipping' )
				: [] ),
		],
	};
}

function cleaned( address: StoreAddress ): StoreAddress {
	return {
		firstName: singleLine( address.firstName ),
		lastName: singleLine( address.lastName ),
		company: singleLine( address.company ),
		address1: singleLine( address.address1 ),
		address2: singleLine( address.address2 ),
		city: singleLine( address.city ),
		state: singleLine( address.state ),
		postcode: singleLine( address.postcode ),
		country: singleLine( address.country ),
		email: singleLine( address.email ),
		phone: cutAtWord( singleLine( address.phone ), PHONE_LIMIT ),
	};
}

/** A country alone is what shops pre-fill; it is no place to send to. */
function isPlace( {
	address1,
	address2,
	city,
	postcode,
}: StoreAddress ): boolean {
	return [ address1, address2, city, postcode ].some(
		( part ) => part !== ''
	);
}

function isNamed( { firstName, lastName, company }: StoreAddress ): boolean {
	return [ firstName, lastName, company ].some( ( part ) => part !== '' );
}

/** The place under the first of these names that there is. */
function inTheNameOf(
	first: StoreAddress,
	place: StoreAddress,
	second = place
): StoreAddress {
	const { firstName, lastName, company } = isNamed( first ) ? first : second;
	return { ...place, firstName, lastName, company };
}

function fullName( { firstName, lastName }: StoreAddress ): string {
	return `${ firstName } ${ lastName }`.trim();
}

function toAddress(
	address: StoreAddress,
	reach: { readonly email: string; readonly phone: string }
): Address {
	return {
		fullName: fullName( address ) || address.company,
		company: address.company,
		line1: address.address1 || address.address2,
		line2: address.address1 === '' ? '' : address.address2,
		city: address.city,
		state: address.state,
		postcode: address.postcode,
		country: alpha3Of( address.country ) ?? '',
		phone: reach.phone,
		email: reach.email,
	};
}

/**
 * A first and a last name, neither empty nor too long: from the person, else the company,
 * billing before delivery. The whole name stays in the address.
 */
function contactName(
	addresses: readonly StoreAddress[]
): { firstName: string; lastName: string } | null {
	for ( const address of addresses ) {
		const { firstName, lastName, company } = address;
		if ( firstName !== '' && lastName !== '' ) {
			return {
				firstName: cutAtWord( firstName, NAME_LIMIT ),
				lastName: cutAtWord( lastName, NAME_LIMIT ),
			};
		}
		const whole = firstName || lastName || company;
		if ( whole !== '' ) {
			return splitName( whole, firstName === '' && lastName !== '' );
		}
	}
	return null;
}

/** The last word is the last name, as long as both halves fit. */
function splitName(
	whole: string,
	isLast: boolean
): { firstName: string; lastName: string } {
	const space = whole.lastIndexOf( ' ' );
	if ( space > 0 ) {
		return {
			firstName: cutAtWord( whole.slice( 0, space ), NAME_LIMIT ),
			lastName: cut( whole.slice( space + 1 ), NAME_LIMIT ),
		};
	}
	const name = cut( whole, NAME_LIMIT );
	return isLast
		? { firstName: NO_NAME, lastName: name }
		: { firstName: name, lastName: NO_NAME };
}

function emailMissing( email: string ): Missing[] {
	if ( email === '' ) {
		return [ { field: 'billing.email', what: 'no e-mail address' } ];
	}
	return EMAIL.test( email )
		? []
		: [
				{
					field: 'billing.email',
					what: `"${ email }", which is no e-mail address`,
				},
			];
}

function placeMissing(
	address: StoreAddress,
	party: 'billing' | 'shipping'
): Missing[] {
	const of = party === 'billing' ? '' : ' for the delivery';
	const missing: Missing[] = [];
	if ( address.address1 === '' && address.address2 === '' ) {
		missing.push( {
			field: `${ party }.address_1`,
			what: `no address line${ of }`,
		} );
	}
	if ( address.country === '' ) {
		missing.push( {
			field: `${ party }.country`,
			what: `no country${ of }`,
		} );
	} else if ( alpha3Of( address.country ) === null ) {
		missing.push( {
			field: `${ party }.country`,
			what: `"${ address.country }" for a country${ of }, which is none`,
		} );
	}
	return missing;
}
