/** Contacts as they are read (resources reference, §2.2). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { codes } from '../order-kit.ts';
import { at, list, makeContact, readContact, response } from '../stock-kit.ts';

const CONTACT = '/contact-service/contact';

export const contactReadCases: readonly ConformanceCase[] = [
	{
		id: 'contact/recorded-fields',
		fact: 'A contact has the recorded fields, `createdByid` with its spelling',
		source: 'resources §2.2',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const contact = await readContact(
				api,
				await api.existing( 'contact' )
			);
			for ( const [ path, type ] of [
				[ [ 'contactId' ], 'number' ],
				[ [ 'isPrimaryContact' ], 'boolean' ],
				[ [ 'firstName' ], 'string' ],
				[ [ 'lastName' ], 'string' ],
				[ [ 'postAddressIds', 'DEF' ], 'number' ],
				[ [ 'communication', 'emails' ], 'object' ],
				[ [ 'communication', 'telephones' ], 'object' ],
				[ [ 'contactStatus', 'current', 'contactStatusId' ], 'number' ],
				[ [ 'relationshipToAccount', 'isSupplier' ], 'boolean' ],
				[
					[ 'marketingDetails', 'isReceiveEmailNewsletter' ],
					'boolean',
				],
				[ [ 'financialDetails', 'priceListId' ], 'number' ],
				[ [ 'financialDetails', 'nominalCode' ], 'string' ],
				[ [ 'organisation', 'organisationId' ], 'number' ],
				[ [ 'createdByid' ], 'number' ],
				[ [ 'createdOn' ], 'string' ],
				[ [ 'updatedOn' ], 'string' ],
				[ [ 'contactTags' ], 'string' ],
			] as const ) {
				assert.equal(
					typeof at( contact, ...path ),
					type,
					path.join( '.' )
				);
			}
		},
	},
	{
		id: 'contact/discount-keeps-its-zeros',
		fact: '`discountPercentage` is a JSON number with two decimals',
		source: 'resources §0.1',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'contact' );
			const { text } = await api.get( `${ CONTACT }/${ id }` );
			assert.match( text, /"discountPercentage":\d+\.\d\d[,}]/ );
		},
	},
	{
		id: 'contact/pagination-beside-response',
		fact: '`pagination` and `sorting` stand beside `response`',
		source: 'resources §2.2',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'contact' );
			const { json } = await api.get( `${ CONTACT }/${ id }` );
			assert.deepEqual( at( json, 'pagination' ), {
				morePagesAvailable: false,
				resultsReturned: 1,
				firstResult: 1,
				lastResult: 1,
			} );
			assert.deepEqual( at( json, 'sorting' ), [
				{ field: 'contactId', direction: 'ASC' },
			] );
		},
	},
	{
		id: 'contact/no-set-is-a-page',
		fact: 'Without a set, or with more than 200 ids, one page of at most 200 is answered',
		source: 'resources §2.2',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'contact' );
			for ( const suffix of [ '', `/${ id }-${ id + 250 }` ] ) {
				const reply = await api.get( `${ CONTACT }${ suffix }` );
				assert.equal( reply.status, 200, reply.text );
				const contacts = list( response( reply ) );
				assert( contacts.length > 0 && contacts.length <= 200 );
			}
		},
	},
	{
		id: 'contact/a-page-holds-two-hundred',
		fact: 'A page holds 200 contacts, by default and at most; `morePagesAvailable` tells of the others',
		source: 'resources §2.2',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const { firstId, lastId } = ( await api.sandbox(
				'POST',
				'/contacts',
				{ account: api.account, count: 201 }
			) ) as { firstId: number; lastId: number };
			const set = `${ CONTACT }/${ firstId }-${ lastId }`;
			const page = async (
				query: Readonly< Record< string, string > >
			) => {
				const { json } = await api.get( set, { query } );
				return {
					size: list( at( json, 'response' ) ).length,
					more: at( json, 'pagination', 'morePagesAvailable' ),
				};
			};
			const full = { size: 200, more: true };
			assert.deepEqual( await page( {} ), full );
			assert.deepEqual( await page( { pageSize: '500' } ), full );
			assert.deepEqual( await page( { firstResult: '201' } ), {
				size: 1,
				more: false,
			} );
			const { json } = await api.get( CONTACT );
			assert.equal( list( at( json, 'response' ) ).length, 200 );
		},
	},
	{
		id: 'contact/pages-and-sorting',
		fact: '`firstResult`, `pageSize` and `sort=contactId.DESC` apply',
		source: 'resources §2.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const older = await makeContact( api );
			const newer = await makeContact( api );
			const page = async ( firstResult: string ) =>
				response(
					await api.get( CONTACT, {
						query: {
							firstResult,
							pageSize: '1',
							sort: 'contactId.DESC',
						},
					} ),
					0,
					'contactId'
				);
			assert.equal( await page( '1' ), newer );
			assert.equal( await page( '2' ), older );
		},
	},
	{
		id: 'contact/not-found',
		fact: 'No contact found: 404 CMNC-404 "No Contact Found"',
		source: 'platform §4.3',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get( `${ CONTACT }/99999999` );
			assert.equal( reply.status, 404 );
			assert.deepEqual( codes( reply ), [ 'CMNC-404' ] );
			assert.equal(
				at( reply.json, 'errors', 0, 'message' ),
				'No Contact Found'
			);
		},
	},
	{
		id: 'contact/optional-addresses',
		fact: '`includeOptional=postalAddresses` adds the addresses',
		source: 'resources §2.2',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const contact = await readContact(
				api,
				await api.existing( 'contact' ),
				'customFields,postalAddresses'
			);
			assert( at( contact, 'postalAddresses' ) !== undefined );
		},
	},
];
