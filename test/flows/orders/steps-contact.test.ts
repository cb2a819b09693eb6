/**
 * EnsureContact: what becomes of a contact that is there.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
	createApplyKit,
	problemOf,
	type ApplyKit,
} from '../../helpers/fakes/apply-kit.ts';
import { Refused } from '../../helpers/fakes/order-parts.ts';
import { ADDRESS } from './planned.ts';

let kit: ApplyKit;
beforeEach( async () => {
	kit = await createApplyKit();
} );
afterEach( () => kit.close() );

const NO = new Refused( 'WHSC-900 No.' ).failure;

describe( 'EnsureContact', () => {
	const CONTACT = {
		email: 'ines@example.test',
		firstName: 'Ines',
		lastName: 'Duarte',
		company: '',
		phone: '0117 1',
		address: ADDRESS,
	};
	const ensure = (
		contacts: 'keep' | 'update',
		staffContacts: 'use' | 'customer' | 'hold' = 'use'
	) =>
		kit.run( [
			{
				type: 'EnsureContact',
				contact: CONTACT,
				contacts,
				staffContacts,
			},
		] );
	const enter = ( more: object = {} ) => {
		kit.erp.addresses.push( {
			addressLine1: 'Old Road',
			countryIsoCode: 'GBR',
		} );
		kit.erp.contacts.push( {
			id: 40 + kit.erp.contacts.length,
			firstName: 'I.',
			lastName: 'Duarte',
			email: CONTACT.email,
			addressId: kit.erp.addresses.length,
			at: 0,
			...more,
		} );
	};
	const contact = () => kit.erp.contacts[ 0 ];

	test( 'leaves a contact that is there alone', async () => {
		enter();
		await ensure( 'keep' );
		expect( contact() ).toMatchObject( { firstName: 'I.', addressId: 1 } );
		expect( contact()?.addressIds ).toBeUndefined();
		expect( ( await kit.link() ).contactId ).toBe( 40 );
	} );

	test( 'brings it up to date, once for each order', async () => {
		enter();
		await ensure( 'update' );
		expect( contact() ).toMatchObject( {
			firstName: 'Ines',
			telephone: '0117 1',
			addressIds: { DEF: 2, BIL: 2, DEL: 1 },
		} );
		expect( kit.erp.addresses[ 1 ] ).toMatchObject( {
			addressLine1: '9 Harbour Row',
		} );
		const [ kept ] = kit.erp.contacts.splice( 0 );
		if ( kept ) {
			kit.erp.contacts.push( { ...kept, firstName: 'By hand' } );
		}
		await ensure( 'update' );
		expect( contact()?.firstName ).toBe( 'By hand' );
		expect( kit.erp.addresses ).toHaveLength( 2 );
	} );

	test( 'a contact that is up to date is not written to', async () => {
		enter( { firstName: 'Ines', phone: '0117 1' } );
		kit.erp.addresses[ 0 ] = {
			addressLine1: '9 Harbour Row',
			addressLine3: 'Bristol',
			postalCode: 'BS1 6XN',
			countryIsoCode: 'GBR',
		};
		await ensure( 'update' );
		expect( kit.erp.calls ).not.toContain( 'patchContact' );
		expect( kit.erp.calls ).not.toContain( 'setContactAddresses' );
	} );

	test( 'a secondary contact keeps its company’s address, and staff all of theirs', async () => {
		enter( { isPrimary: false } );
		await ensure( 'update' );
		expect( contact()?.firstName ).toBe( 'Ines' );
		expect( kit.erp.calls ).not.toContain( 'setContactAddresses' );
		await kit.close();
		kit = await createApplyKit();
		enter( { isStaff: true } );
		await ensure( 'update' );
		expect( contact()?.firstName ).toBe( 'I.' );
	} );

	test( 'an update that is refused stops no order', async () => {
		enter();
		kit.erp.before = ( call ) => ( call === 'patchContact' ? NO : null );
		expect( await ensure( 'update' ) ).toMatchObject( { ok: true } );
		expect( ( await kit.link() ).contactId ).toBe( 40 );
		expect( await kit.journal() ).toContain(
			'EnsureContact refused update contact 40'
		);
	} );

	test( 'staff and suppliers: used, passed over, or held', async () => {
		enter( { isStaff: true } );
		enter( { isSupplier: true } );
		await ensure( 'keep', 'use' );
		expect( ( await kit.link() ).contactId ).toBe( 40 );
		expect( problemOf( await ensure( 'keep', 'hold' ) ) ).toMatchObject( {
			code: 'staff-contact',
			field: 'orders.staffContacts',
			message: expect.stringContaining( 'contact 40' ),
		} );
		enter();
		await ensure( 'keep', 'customer' );
		expect( ( await kit.link() ).contactId ).toBe( 42 );
		kit.erp.contacts.splice( 2 );
		await ensure( 'keep', 'customer' );
		expect( kit.erp.contacts ).toHaveLength( 3 );
		expect( ( await kit.link() ).contactId ).toBe(
			kit.erp.contacts[ 2 ]?.id
		);
	} );
} );
