/** Making and changing contacts (resources reference, §2.1, §2.4, §2.5). */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase } from '../case.ts';
import { codes, refused } from '../order-kit.ts';
import {
	at,
	contactBody,
	list,
	makeContact,
	readContact,
	response,
	unique,
} from '../stock-kit.ts';

const CONTACT = '/contact-service/contact';

const patch = ( api: Api, id: number, ...operations: unknown[] ) =>
	api.patch( `${ CONTACT }/${ id }`, operations );

export const contactWriteCases: readonly ConformanceCase[] = [
	{
		id: 'contact/required-fields',
		fact: 'First name, last name and the DEF address are required',
		source: 'resources §2.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			for ( const field of [
				'firstName',
				'lastName',
				'postAddressIds',
			] ) {
				refused(
					await api.post(
						CONTACT,
						await contactBody( api, { [ field ]: undefined } )
					)
				);
			}
		},
	},
	{
		id: 'contact/name-lengths',
		fact: 'Names and salutation have at most 32 characters',
		source: 'resources §2.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			for ( const field of [ 'firstName', 'lastName', 'salutation' ] ) {
				const reply = await api.post(
					CONTACT,
					await contactBody( api, { [ field ]: 'x'.repeat( 33 ) } )
				);
				assert.notEqual( reply.status, 200, field );
			}
		},
	},
	{
		id: 'contact/email-is-not-unique',
		fact: 'Two contacts may have one e-mail',
		source: 'resources §2.3',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const communication = {
				emails: { PRI: { email: `${ unique() }@example.test` } },
			};
			const first = await makeContact( api, { communication } );
			const second = await makeContact( api, { communication } );
			assert.notEqual( first, second );
		},
	},
	{
		id: 'contact/second-with-an-email-may-be-refused',
		fact: 'What POST says to a second contact with an e-mail is not known: by switch it is refused',
		source: 'resources §8.8',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			await api.sandbox( 'POST', '/switches', {
				duplicateEmail: 'refuse',
			} );
			const email = `${ unique() }@example.test`;
			const mail = ( address: string ) => ( {
				communication: { emails: { PRI: { email: address } } },
			} );
			await makeContact( api, mail( email ) );
			refused(
				await api.post(
					CONTACT,
					await contactBody( api, mail( email.toUpperCase() ) )
				)
			);
			await makeContact( api, mail( `x.${ email }` ) );
		},
	},
	{
		id: 'contact/patch-answers-the-contact',
		fact: 'PATCH answers the whole contact as it is then',
		source: 'resources §2.4',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeContact( api );
			const reply = await patch( api, id, {
				op: 'replace',
				path: '/lastName',
				value: 'Neves',
			} );
			assert.equal( reply.status, 200, reply.text );
			const shown = [ response( reply ) ].flat()[ 0 ];
			assert.equal( at( shown, 'lastName' ), 'Neves' );
			assert.equal( at( shown, 'contactId' ), id );
		},
	},
	{
		id: 'contact/patch-email-and-phone',
		fact: 'E-mails and telephones can be added, replaced and removed, telephones moved',
		source: 'resources §2.4',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeContact( api );
			const reply = await patch(
				api,
				id,
				{
					op: 'add',
					path: '/communication/emails/SEC/email',
					value: 'second@example.test',
				},
				{
					op: 'replace',
					path: '/communication/emails/PRI/email',
					value: 'first@example.test',
				},
				{
					op: 'move',
					from: '/communication/telephones/PRI',
					path: '/communication/telephones/MOB',
				}
			);
			assert.equal( reply.status, 200, reply.text );
			const { emails, telephones } = at(
				await readContact( api, id ),
				'communication'
			) as Record< string, unknown >;
			assert.equal( at( emails, 'PRI', 'email' ), 'first@example.test' );
			assert.equal( at( emails, 'SEC', 'email' ), 'second@example.test' );
			assert.deepEqual( telephones, { MOB: '+441170000001' } );
		},
	},
	{
		id: 'contact/patch-whitelist',
		fact: 'An operation a path does not allow is 500 CMNC-044',
		source: 'platform §4.3',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeContact( api );
			for ( const [ op, path ] of [
				[ 'remove', '/firstName' ],
				[ 'add', '/marketingDetails/isReceiveEmailNewsletter' ],
				[ 'add', '/leadTime' ],
			] as const ) {
				const reply = await patch( api, id, { op, path, value: 'x' } );
				assert.equal( reply.status, 500, reply.text );
				assert.deepEqual( at( reply.json, 'errors', 0 ), {
					code: 'CMNC-044',
					message: `Invalid patch operation (${ op }) for given path (${ path })`,
				} );
			}
		},
	},
	{
		id: 'contact/custom-fields',
		fact: 'Custom fields are a map that JSON Patch changes; they come with the contact when asked for',
		source: 'resources §2.5',
		mark: 'R',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const id = await makeContact( api );
			const path = `${ CONTACT }/${ id }/custom-field`;
			const reply = await api.patch( path, [
				{ op: 'add', path: '/PCF_SEGMENT', value: { id: 125 } },
			] );
			const wanted = { PCF_SEGMENT: { id: 125, value: 'Trade' } };
			assert.deepEqual( response( reply ), wanted );
			assert.deepEqual( response( await api.get( path ) ), wanted );
			const contact = await readContact( api, id, 'customFields' );
			assert.deepEqual( at( contact, 'customFields' ), wanted );
			assert.deepEqual(
				codes(
					await api.patch( path, [
						{ op: 'replace', path: '/PCF_VISITS', value: 1 },
					] )
				),
				[ 'CMNC-038' ]
			);
		},
	},
	{
		id: 'contact/custom-field-meta-data',
		fact: 'Customers and suppliers have descriptions of custom fields of their own',
		source: 'resources §2.5',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			for ( const who of [ 'customer', 'supplier' ] ) {
				const reply = await api.get(
					`/contact-service/${ who }/custom-field-meta-data`
				);
				if ( reply.status !== 404 ) {
					assert( list( response( reply ) ).length > 0 );
				}
			}
		},
	},
];
