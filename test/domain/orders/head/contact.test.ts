import { describe, expect, test } from '@jest/globals';
import type { StoreAddress } from '../../../../src/contracts/store.ts';
import { partiesOf } from '../../../../src/domain/orders/head/contact.ts';
import { ADDRESS, anOrder, NO_ADDRESS } from '../../../helpers/an-order.ts';
import { recordedOrder } from '../../../helpers/store-order.ts';

function parties(
	billing: Partial< StoreAddress >,
	shipping: StoreAddress = NO_ADDRESS
) {
	return partiesOf(
		anOrder( { billing: { ...ADDRESS, ...billing }, shipping } )
	);
}

const missingOf = (
	billing: Partial< StoreAddress >,
	shipping?: StoreAddress
) => parties( billing, shipping ).missing.map( ( { field } ) => field );

describe( 'names of a contact', () => {
	test.each( [
		[ 'both', 'Ines', 'Duarte', '', 'Ines', 'Duarte' ],
		[ 'one word in the first', 'Cher', '', '', 'Cher', '-' ],
		[ 'one word in the last', '', 'Duarte', '', '-', 'Duarte' ],
		[
			'all in the first',
			'Ines Maria Duarte',
			'',
			'',
			'Ines Maria',
			'Duarte',
		],
		[ 'all in the last', '', 'Ines Duarte', '', 'Ines', 'Duarte' ],
		[ 'a company alone', '', '', 'Acme', 'Acme', '-' ],
		[ 'a company of two words', '', '', 'Acme Ltd', 'Acme', 'Ltd' ],
		[
			'entities',
			'Tom &amp; Jerry',
			'O&#039;Brien',
			'',
			'Tom & Jerry',
			"O'Brien",
		],
		[ 'blanks', ' Ines \n', '\tDuarte', '', 'Ines', 'Duarte' ],
	] )( '%s', ( _name, first, last, company, firstName, lastName ) => {
		const { contact, missing } = parties( {
			firstName: first,
			lastName: last,
			company,
		} );
		expect( contact ).toMatchObject( { firstName, lastName } );
		expect( missing ).toEqual( [] );
	} );

	test( 'long ones are cut at 32, between words if that can be, and stay whole in the address', () => {
		const { contact, billing } = partiesOf( recordedOrder( '087' ).order );
		expect( contact.firstName ).toBe( 'Wolfeschlegelsteinhausenbergerdo' );
		expect( contact.lastName ).toBe( 'Featherstonehaugh-Cholmondeley-M' );
		expect( billing.fullName ).toBe(
			'Wolfeschlegelsteinhausenbergerdorff Alexander Bartholomew Featherstonehaugh-Cholmondeley-Majoribanks the Third'
		);
		const { contact: other } = parties( {
			firstName: 'Alexander Bartholomew Christopher',
		} );
		expect( other.firstName ).toBe( 'Alexander Bartholomew' );
	} );

	test( 'no character is cut in two', () => {
		const { contact } = parties( { firstName: `a${ '😀'.repeat( 20 ) }` } );
		expect( contact.firstName ).toBe( `a${ '😀'.repeat( 15 ) }` );
	} );

	test( 'no name in billing: the one that goods are sent to', () => {
		const { contact } = parties(
			{ firstName: '', lastName: '' },
			{ ...ADDRESS, firstName: 'Bo', lastName: 'Ek' }
		);
		expect( contact ).toMatchObject( { firstName: 'Bo', lastName: 'Ek' } );
	} );
} );

describe( 'addresses', () => {
	test( 'an empty shipping address means billing', () => {
		const { billing, delivery } = partiesOf( recordedOrder( '013' ).order );
		expect( delivery ).toEqual( billing );
	} );

	test( 'a shipping address that is only a pre-filled country means billing', () => {
		const { delivery } = parties(
			{},
			{ ...NO_ADDRESS, country: 'FR', state: 'X' }
		);
		expect( delivery.country ).toBe( 'GBR' );
	} );

	test( 'the delivery has its own place and name, and the buyer to ask', () => {
		const { billing, delivery, contact } = parties(
			{},
			{
				...NO_ADDRESS,
				firstName: 'Bo',
				lastName: 'Ek',
				address1: '1 Gata',
				country: 'SE',
			}
		);
		expect( delivery ).toEqual( {
			fullName: 'Bo Ek',
			company: '',
			line1: '1 Gata',
			line2: '',
			city: '',
			state: '',
			postcode: '',
			country: 'SWE',
			phone: ADDRESS.phone,
			email: ADDRESS.email,
		} );
		expect( billing.country ).toBe( 'GBR' );
		expect( contact.address ).toEqual( billing );
	} );

	test( 'a delivery without a name is in the name of who paid', () => {
		const { delivery } = parties(
			{},
			{ ...NO_ADDRESS, address1: '1 Gata', country: 'SE' }
		);
		expect( delivery.fullName ).toBe( 'Ines Duarte' );
	} );

	test( 'a billing address without a place takes the delivery', () => {
		const { billing, missing } = parties(
			{ address1: '', address2: '', city: '', postcode: '', country: '' },
			{
				...NO_ADDRESS,
				firstName: 'Bo',
				address1: '1 Gata',
				country: 'SE',
			}
		);
		expect( billing ).toMatchObject( {
			fullName: 'Ines Duarte',
			line1: '1 Gata',
			country: 'SWE',
		} );
		expect( missing ).toEqual( [] );
	} );

	test( 'the second line stands in for an empty first', () => {
		const { billing } = parties( { address1: '', address2: 'Flat 2' } );
		expect( billing ).toMatchObject( { line1: 'Flat 2', line2: '' } );
	} );

	test( 'what the block checkout encoded is decoded, what is half encoded stays', () => {
		const { billing } = partiesOf( recordedOrder( '085' ).order );
		expect( billing ).toMatchObject( {
			fullName: `Tom & Jerry O'Brien "Ob"`,
			company: 'Smith & Sons "UK" & Co',
			line1: `5 < 6 Street & "Quote" \\ Back`,
			line2: "Flat 'B'",
		} );
	} );

	test( 'states stay as they are, postcodes lose blanks', () => {
		const { delivery } = partiesOf( recordedOrder( '094' ).order );
		expect( delivery ).toMatchObject( {
			state: 'New York',
			postcode: '10118',
			country: 'USA',
		} );
	} );

	test( 'a telephone is one line of at most 64', () => {
		expect(
			parties( { phone: `0117\n${ '9'.repeat( 80 ) }` } ).contact.phone
		).toHaveLength( 64 );
	} );
} );

describe( 'the collective contact of orders without an e-mail address', () => {
	const guest = 'guests@shop.example.test';
	const withGuest = (
		billing: Partial< StoreAddress >,
		shipping: StoreAddress = NO_ADDRESS
	) =>
		partiesOf(
			anOrder( { billing: { ...ADDRESS, ...billing }, shipping } ),
			guest
		);

	test( 'is named after none of them; who bought stands in the addresses', () => {
		const { contact, billing, delivery, missing } = withGuest( {
			email: '',
			company: 'Acme',
		} );
		expect( contact ).toEqual( {
			email: guest,
			firstName: 'Guest',
			lastName: 'Customer',
			company: '',
			phone: '',
			address: billing,
		} );
		expect( billing ).toMatchObject( {
			fullName: 'Ines Duarte',
			company: 'Acme',
			phone: ADDRESS.phone,
			email: '',
		} );
		expect( delivery.email ).toBe( '' );
		expect( missing ).toEqual( [] );
	} );

	test( 'is not for an order that has one, of the delivery too', () => {
		expect( withGuest( {} ).contact.email ).toBe( ADDRESS.email );
		expect( withGuest( { email: '' }, ADDRESS ).contact ).toMatchObject( {
			email: ADDRESS.email,
			firstName: 'Ines',
		} );
	} );

	test( 'does not hide an e-mail address that is none', () => {
		expect(
			withGuest( { email: 'ines at example' } ).missing
		).toMatchObject( [ { field: 'billing.email' } ] );
	} );

	test( 'needs no name of the order, but an address', () => {
		const { order } = recordedOrder( '016' );
		expect( partiesOf( order, guest ).missing ).toEqual( [
			{ field: 'billing.address_1', what: 'no address line' },
			{ field: 'billing.country', what: 'no country' },
		] );
		expect(
			withGuest( { email: '', firstName: '', lastName: '' } ).missing
		).toEqual( [] );
	} );

	test( 'takes the recorded order that only lacks the e-mail', () => {
		const { contact, missing, billing } = partiesOf(
			recordedOrder( '015' ).order,
			guest
		);
		expect( missing ).toEqual( [] );
		expect( contact.email ).toBe( guest );
		expect( billing.fullName ).toBe( 'Cher' );
	} );
} );

test( 'an address with only a company is in its name', () => {
	const { contact, billing } = parties( {
		firstName: '',
		lastName: '',
		company: 'Prosser &amp;amp; Daughters Ltd',
	} );
	expect( billing ).toMatchObject( {
		fullName: 'Prosser & Daughters Ltd',
		company: 'Prosser & Daughters Ltd',
	} );
	expect( contact ).toMatchObject( {
		firstName: 'Prosser & Daughters',
		lastName: 'Ltd',
		company: 'Prosser & Daughters Ltd',
	} );
} );

test( 'an order without a telephone has none', () => {
	const { contact, billing } = partiesOf( recordedOrder( '014' ).order );
	expect( [ contact.phone, billing.phone ] ).toEqual( [ '', '' ] );
} );

describe( 'what is missing', () => {
	test.each< [ string, Partial< StoreAddress >, string[] ] >( [
		[ 'nothing', {}, [] ],
		[ 'the e-mail', { email: ' ' }, [ 'billing.email' ] ],
		[
			'an e-mail that is none',
			{ email: 'ines at example' },
			[ 'billing.email' ],
		],
		[
			'the name',
			{ firstName: '', lastName: '', company: '' },
			[ 'billing.first_name' ],
		],
		[
			'the street',
			{ address1: '', address2: '' },
			[ 'billing.address_1' ],
		],
		[ 'the country', { country: '' }, [ 'billing.country' ] ],
		[ 'a country that is none', { country: 'XX' }, [ 'billing.country' ] ],
		[
			'everything',
			NO_ADDRESS,
			[
				'billing.email',
				'billing.first_name',
				'billing.address_1',
				'billing.country',
			],
		],
	] )( '%s', ( _name, billing, fields ) => {
		expect( missingOf( billing ) ).toEqual( fields );
	} );

	test( 'the country of a delivery that goes elsewhere', () => {
		expect( missingOf( {}, { ...ADDRESS, country: '' } ) ).toEqual( [
			'shipping.country',
		] );
	} );
} );
