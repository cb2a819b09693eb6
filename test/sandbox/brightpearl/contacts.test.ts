import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
} );
afterAll( () => bp.close() );

const address = ( more: Record< string, unknown > = {} ) =>
	bp.call( 'POST', '/contact-service/postal-address', {
		addressLine1: '9 Harbour Row',
		postalCode: 'BS1 6XN',
		countryIsoCode: 'GBR',
		...more,
	} );

const contact = async ( more: Record< string, unknown > = {} ) =>
	bp.call( 'POST', '/contact-service/contact', {
		firstName: 'Ines',
		lastName: 'Duarte',
		postAddressIds: { DEF: ( await address() ).json.response },
		communication: {
			emails: { PRI: { email: 'ines@example.test' } },
			telephones: { PRI: '+441170000001' },
		},
		...more,
	} );

test( 'a postal address reads back with ISO-3 as its country code', async () => {
	const id = String(
		( await address( { addressLine3: 'Bristol' } ) ).json.response
	);
	const read = await bp.call(
		'GET',
		`/contact-service/postal-address/${ id }`
	);
	expect( read.json.response[ 0 ] ).toMatchObject( {
		addressId: Number( id ),
		addressLine3: 'Bristol',
		countryIsoCode: 'GBR',
		countryIsoCode2: 'GB',
		countryId: 222,
	} );
	expect(
		( await bp.call( 'GET', '/contact-service/postal-address/999999' ) )
			.status
	).toBe( 404 );
} );

test( 'a postal address refuses ISO-2 unless the switch says otherwise', async () => {
	for ( const countryIsoCode of [ 'GB', 'gb', 'XXX', '' ] ) {
		const refused = await address( { countryIsoCode } );
		expect( refused.status ).toBe( 400 );
		expect( refused.json.errors?.[ 0 ]?.code ).toBe( 'CNTC-904' );
	}
	expect( ( await address( { addressLine1: '' } ) ).status ).toBe( 400 );
	bp.sandbox.setSwitches( { postalCountry: 'any' } );
	expect( ( await address( { countryIsoCode: 'gb' } ) ).status ).toBe( 200 );
	bp.sandbox.setSwitches( { postalCountry: 'iso3' } );
} );

test( 'a contact reads back in the recorded shape', async () => {
	const id = Number( ( await contact() ).json.response );
	const read = await bp.call( 'GET', `/contact-service/contact/${ id }` );
	expect( read.json.response[ 0 ] ).toMatchObject( {
		contactId: id,
		isPrimaryContact: true,
		communication: {
			emails: { PRI: { email: 'ines@example.test' } },
			telephones: { PRI: '+441170000001' },
		},
		financialDetails: { nominalCode: '0' },
		organisation: { organisationId: id },
		createdByid: 0,
		createdOn: '2026-07-01T11:00:00.000+01:00',
	} );
	expect( read.json.pagination ).toEqual( {
		morePagesAvailable: false,
		resultsReturned: 1,
		firstResult: 1,
		lastResult: 1,
	} );
	// A fixed number of decimals, as Java writes it.
	expect( read.text ).toContain( '"discountPercentage":0.00,' );
} );

test( 'an unknown contact is 404 with the recorded text', async () => {
	const read = await bp.call( 'GET', '/contact-service/contact/999999' );
	expect( read.status ).toBe( 404 );
	expect( read.json ).toEqual( {
		errors: [ { code: 'CMNC-404', message: 'No Contact Found' } ],
	} );
} );

test.each( [
	[ 'a first name of 33', { firstName: 'x'.repeat( 33 ) }, 'CNTC-902' ],
	[ 'a last name of 33', { lastName: 'x'.repeat( 33 ) }, 'CNTC-902' ],
	[ 'no last name', { lastName: '' }, 'CMNC-904' ],
	[ 'no address', { postAddressIds: {} }, 'CMNC-904' ],
	[ 'an unknown address', { postAddressIds: { DEF: 999_999 } }, 'CNTC-903' ],
	[
		'an e-mail that is none',
		{ communication: { emails: { PRI: { email: 'no' } } } },
		'CNTC-905',
	],
	[
		'e-mails beside communication',
		{ emails: { PRI: { email: 'a@b.test' } } },
		'CMNC-903',
	],
	[
		'an unknown price list',
		{ financialDetails: { priceListId: 99 } },
		'CMNC-904',
	],
] )( 'a contact with %s is refused', async ( _name, more, code ) => {
	const refused = await contact( more );
	expect( refused.status ).toBe( 400 );
	expect( refused.json.errors?.[ 0 ]?.code ).toBe( code );
} );

test( 'names of 32 are taken, longer ones are cut where the switch allows it', async () => {
	expect( ( await contact( { firstName: 'x'.repeat( 32 ) } ) ).status ).toBe(
		200
	);
	bp.sandbox.setSwitches( { longNames: 'cut' } );
	const id = String(
		( await contact( { lastName: 'y'.repeat( 40 ) } ) ).json.response
	);
	bp.sandbox.setSwitches( { longNames: 'refuse' } );
	const read = await bp.call( 'GET', `/contact-service/contact/${ id }` );
	expect( read.json.response[ 0 ]?.lastName ).toHaveLength( 32 );
} );

test( 'a postal address belongs to one contact only', async () => {
	const DEF = ( await address() ).json.response;
	expect( ( await contact( { postAddressIds: { DEF } } ) ).status ).toBe(
		200
	);
	const refused = await contact( { postAddressIds: { DEF } } );
	expect( refused.json.errors?.[ 0 ]?.code ).toBe( 'CNTC-903' );
} );

test( 'the e-mail search is a case-insensitive substring, and e-mails are not unique', async () => {
	const emails = [ 'ann@twin.test', 'ann@twin.test', 'JOANN@TWIN.test' ];
	for ( const email of emails ) {
		await contact( { communication: { emails: { PRI: { email } } } } );
	}
	const found = await bp.search(
		'/contact-service/contact-search?primaryEmail=Ann%40Twin.test&columns=contactId,primaryEmail'
	);
	expect( found.map( ( [ , email ] ) => email ) ).toEqual( emails );
} );

test( 'allEmail looks into all three addresses, primaryEmail only into the first', async () => {
	await contact( {
		communication: {
			emails: {
				PRI: { email: 'p@one.test' },
				SEC: { email: 's@two.test' },
			},
		},
	} );
	const by = ( filter: string ) =>
		bp.search( `/contact-service/contact-search?${ filter }=two.test` );
	expect( await by( 'allEmail' ) ).toHaveLength( 1 );
	expect( await by( 'primaryEmail' ) ).toHaveLength( 0 );
} );

test( 'patching moves updatedOn, and is all or nothing', async () => {
	const id = String( ( await contact() ).json.response );
	const patch = ( ...operations: unknown[] ) =>
		bp.call( 'PATCH', `/contact-service/contact/${ id }`, operations );
	bp.advance( 5000 );
	const changed = await patch(
		{ op: 'replace', path: '/firstName', value: 'Inês' },
		{ op: 'add', path: '/communication/telephones/MOB', value: '07700' }
	);
	expect( changed.json.response ).toMatchObject( {
		firstName: 'Inês',
		communication: { telephones: { MOB: '07700' } },
	} );
	expect( changed.json.response?.updatedOn ).not.toBe(
		changed.json.response?.createdOn
	);
	const refused = await patch(
		{ op: 'replace', path: '/firstName', value: 'Other' },
		{ op: 'replace', path: '/lastName', value: 'x'.repeat( 33 ) }
	);
	expect( refused.status ).toBe( 400 );
	const read = await bp.call( 'GET', `/contact-service/contact/${ id }` );
	expect( read.json.response[ 0 ]?.firstName ).toBe( 'Inês' );
	expect(
		( await patch( { op: 'remove', path: '/firstName' } ) ).json
			.errors?.[ 0 ]?.code
	).toBe( 'CMNC-044' );
	expect(
		( await patch( { op: 'replace', path: '/tradeStatus', value: 1 } ) )
			.json.errors?.[ 0 ]?.code
	).toBe( 'CMNC-043' );
} );
