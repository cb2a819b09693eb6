/**
 * What of a contact can be changed, and how (resources reference, §2.4).
 */
import { idOf } from './call.ts';
import type { Call } from './call.ts';
import { notFound } from './codes.ts';
import { EMAIL, LONGEST_NAME } from './contact-create.ts';
import { showContact } from './contact-view.ts';
import { contactDetailsOf } from './contact-details.ts';
import type { Contact } from './model.ts';
import { applyPatch } from './patch.ts';
import type { PatchTarget } from './patch.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';

const setOrDrop = < K extends string >(
	holder: Partial< Record< K, string > >,
	key: K,
	value: unknown
): boolean => {
	if ( value !== undefined && typeof value !== 'string' ) {
		return false;
	}
	if ( value === undefined ) {
		delete holder[ key ];
	} else {
		holder[ key ] = value;
	}
	return true;
};

const FULL = [ 'test', 'add', 'replace', 'remove' ] as const;
const ALL = [ ...FULL, 'move', 'copy' ] as const;
const SET = [ 'test', 'add', 'replace' ] as const;

function patchTargets( call: Call, contact: Contact ): PatchTarget[] {
	const name = (
		field: 'salutation' | 'firstName' | 'lastName'
	): PatchTarget => ( {
		path: `/${ field }`,
		operations: field === 'salutation' ? FULL : SET,
		read: () => contact[ field ],
		write: ( value = '' ) => {
			const tooLong =
				typeof value === 'string' &&
				value.length > LONGEST_NAME &&
				call.switches.longNames === 'refuse';
			if ( typeof value !== 'string' || tooLong ) {
				return false;
			}
			contact[ field ] = value.slice( 0, LONGEST_NAME );
			return true;
		},
	} );
	return [
		...( [ 'leadTime', 'companyId' ] as const ).map( ( field ) => ( {
			path: `/${ field }`,
			operations: [ 'replace' ],
			read: () => contactDetailsOf( contact )[ field ],
			write: ( value: unknown ) => {
				if ( ! Number.isInteger( value ) || Number( value ) < 0 ) {
					return false;
				}
				contact.more = { ...contact.more, [ field ]: Number( value ) };
				return true;
			},
		} ) ),
		name( 'salutation' ),
		name( 'firstName' ),
		name( 'lastName' ),
		...( [ 'PRI', 'SEC', 'MOB', 'FAX' ] as const ).map( ( kind ) => ( {
			path: `/communication/telephones/${ kind }`,
			operations: ALL,
			read: () => contact.phones[ kind ],
			write: ( value: unknown ) =>
				setOrDrop( contact.phones, kind, value ),
		} ) ),
		...( [ 'PRI', 'SEC', 'TER' ] as const ).map( ( kind ) => ( {
			path: `/communication/emails/${ kind }/email`,
			operations: ALL,
			read: () => contact.emails[ kind ],
			write: ( value: unknown ) =>
				( typeof value !== 'string' || EMAIL.test( value ) ) &&
				setOrDrop( contact.emails, kind, value ),
		} ) ),
		{
			path: '/marketingDetails/isReceiveEmailNewsletter',
			operations: [ 'test', 'replace' ],
			read: () => contact.newsletter,
			write: ( value ) => {
				contact.newsletter = value === true;
				return typeof value === 'boolean';
			},
		},
	];
}

export function patchContact( call: Call ): Reply {
	const contact = call.account.tables.contacts.get( idOf( call ) );
	if ( ! contact ) {
		return refuse( 404, notFound( 'No Contact Found' ) );
	}
	const changed = structuredClone( contact );
	const refused = applyPatch( call.body, patchTargets( call, changed ) );
	if ( refused ) {
		return refused;
	}
	changed.updatedAt = call.now;
	call.account.tables.contacts.put( changed );
	return answer( showContact( call, changed ) );
}
