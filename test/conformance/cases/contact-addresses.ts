/** Postal addresses, and whose they are (resources reference, §2.1). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { refused } from '../order-kit.ts';
import {
	at,
	contactBody,
	made,
	makeAddress,
	makeContact,
	readContact,
	response,
	silent,
} from '../stock-kit.ts';

const CONTACT = '/contact-service/contact';

export const contactAddressCases: readonly ConformanceCase[] = [
	{
		id: 'postal-address/create',
		fact: 'A street, a postcode and a country are enough; the answer is the id',
		source: 'resources §2.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			await makeAddress( api );
		},
	},
	{
		id: 'postal-address/needs-a-street',
		fact: '`addressLine1` is required',
		source: 'resources §2.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			refused(
				await api.post( '/contact-service/postal-address', {
					postalCode: 'BS1 6XN',
					countryIsoCode: 'GBR',
				} )
			);
		},
	},
	{
		id: 'postal-address/iso-three-here',
		fact: '`countryIsoCode` has three letters here, `countryIsoCode2` two',
		source: 'resources §2.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeAddress( api );
			const address = response(
				await api.get( `/contact-service/postal-address/${ id }` ),
				0
			);
			assert.equal( at( address, 'addressId' ), id );
			assert.equal( at( address, 'countryIsoCode' ), 'GBR' );
			assert.equal( at( address, 'countryIsoCode2' ), 'GB' );
			assert( Number.isInteger( at( address, 'countryId' ) ) );
		},
	},
	{
		id: 'postal-address/country-by-id',
		fact: 'The country may be given by Brightpearl’s own id',
		source: 'resources §2.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const known = response(
				await api.get(
					`/contact-service/postal-address/${ await makeAddress( api ) }`
				),
				0,
				'countryId'
			);
			const id = made(
				await api.post( '/contact-service/postal-address', {
					addressLine1: '9 Harbour Row',
					postalCode: 'BS1 6XN',
					countryId: known,
				} )
			);
			const read = await api.get(
				`/contact-service/postal-address/${ id }`
			);
			assert.equal( response( read, 0, 'countryIsoCode' ), 'GBR' );
		},
	},
	{
		id: 'postal-address/belongs-to-one-contact',
		fact: 'An address belongs to one contact only',
		source: 'resources §2.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const body = await contactBody( api );
			made( await api.post( CONTACT, body ) );
			refused( await api.post( CONTACT, body ) );
		},
	},
	{
		id: 'contact/set-addresses',
		fact: 'PUT postal-address sets what an address is used for and answers `{}`',
		source: 'resources §2.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeContact( api );
			const [ delivery, spare ] = [
				await makeAddress( api ),
				await makeAddress( api ),
			];
			silent(
				await api.put( `${ CONTACT }/${ id }/postal-address`, [
					{ postalAddressId: delivery, type: 'DEL' },
					{ postalAddressId: spare },
				] )
			);
			const ids = at( await readContact( api, id ), 'postAddressIds' );
			assert.equal( at( ids, 'DEL' ), delivery );
			assert.notEqual( at( ids, 'DEF' ), delivery );
		},
	},
	{
		id: 'contact/secondary-inherits-addresses',
		fact: 'BIL and DEF cannot be set on a secondary contact',
		source: 'resources §2.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const organisationId = await makeContact( api );
			const id = await makeContact( api, {
				organisation: { organisationId },
			} );
			assert.equal(
				at( await readContact( api, id ), 'isPrimaryContact' ),
				false
			);
			for ( const type of [ 'BIL', 'DEF' ] ) {
				refused(
					await api.put( `${ CONTACT }/${ id }/postal-address`, [
						{ postalAddressId: await makeAddress( api ), type },
					] )
				);
			}
		},
	},
];
