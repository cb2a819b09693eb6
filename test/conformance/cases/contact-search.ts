/** Searching contacts (resources reference, §2.3 and §9). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import {
	at,
	columnsOf,
	found,
	hasColumns,
	list,
	makeContact,
	readContact,
	response,
	unique,
} from '../stock-kit.ts';

const SEARCH = '/contact-service/contact-search';

export const contactSearchCases: readonly ConformanceCase[] = [
	{
		id: 'contact-search/columns',
		fact: 'contact-search has the recorded columns in the recorded order',
		source: 'resources §2.3',
		mark: 'R',
		mode: 'read',
		run: ( api ) =>
			hasColumns(
				api,
				SEARCH,
				'contactId primaryEmail secondaryEmail tertiaryEmail firstName lastName isSupplier companyName isStaff isCustomer createdOn updatedOn lastContactedOn lastOrderedOn nominalCode isPrimary pri sec mob exactCompanyName title'
			),
	},
	{
		id: 'contact-search/types',
		fact: 'E-mails and names are SEARCH_STRING, telephones STRING',
		source: 'resources §2.3, §9',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const types = new Map( await columnsOf( api, SEARCH ) );
			for ( const name of [
				'primaryEmail',
				'secondaryEmail',
				'tertiaryEmail',
				'firstName',
				'lastName',
				'companyName',
			] ) {
				assert.equal( types.get( name ), 'SEARCH_STRING', name );
			}
			for ( const name of [ 'pri', 'sec', 'mob', 'exactCompanyName' ] ) {
				assert.equal( types.get( name ), 'STRING', name );
			}
		},
	},
	{
		id: 'contact-search/not-sortable',
		fact: 'By role and telephone nothing is sorted',
		source: 'resources §2.3',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const columns = list(
				response(
					await api.get( SEARCH, { query: { pageSize: '1' } } ),
					'metaData',
					'columns'
				)
			);
			assert.deepEqual(
				columns
					.filter( ( column ) => at( column, 'sortable' ) === false )
					.map( ( column ) => at( column, 'name' ) ),
				[ 'isSupplier', 'isStaff', 'isCustomer', 'pri', 'sec', 'mob' ]
			);
		},
	},
	{
		id: 'contact-search/email-is-contained',
		fact: 'An e-mail matches anywhere inside, in any case: equality is the caller’s business',
		source: 'resources §0.2, §2.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const email = `${ unique() }@example.test`;
			const mail = ( address: string ) => ( {
				communication: { emails: { PRI: { email: address } } },
			} );
			const exact = await makeContact( api, mail( email ) );
			const longer = await makeContact( api, mail( `x.${ email }` ) );
			const rows = await found( api, SEARCH, {
				primaryEmail: email.toUpperCase(),
			} );
			assert.deepEqual(
				rows.map( ( row ) => row.contactId ),
				[ exact, longer ]
			);
			assert.deepEqual(
				rows.map( ( row ) => row.primaryEmail ),
				[ email, `x.${ email }` ]
			);
		},
	},
	{
		id: 'contact-search/all-email',
		fact: '`allEmail` looks in all three addresses',
		source: 'resources §2.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const email = `${ unique() }@example.test`;
			const id = await makeContact( api, {
				communication: {
					emails: {
						PRI: { email: 'other@example.test' },
						TER: { email },
					},
				},
			} );
			const rows = await found( api, SEARCH, { allEmail: email } );
			assert.deepEqual(
				rows.map( ( row ) => [ row.contactId, row.tertiaryEmail ] ),
				[ [ id, email ] ]
			);
			assert.deepEqual(
				await found( api, SEARCH, { primaryEmail: email } ),
				[]
			);
		},
	},
	{
		id: 'contact-search/as-recorded-when-new',
		fact: 'A new contact has `updatedOn`, and empty texts for e-mails it does not have',
		source: 'resources §9',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeContact( api );
			const [ row ] = await found( api, SEARCH, {
				contactId: String( id ),
			} );
			assert( row );
			assert.equal( typeof row.updatedOn, 'string' );
			assert.equal( row.secondaryEmail, '' );
			assert.equal( row.tertiaryEmail, '' );
		},
	},
	{
		id: 'contact-search/updated-on-may-be-null',
		fact: '`updatedOn` may be null in the search though GET has it',
		source: 'resources §2.3',
		mark: 'C',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			await api.sandbox( 'POST', '/switches', {
				contactUpdatedOn: 'null',
			} );
			const id = await makeContact( api );
			const [ row ] = await found( api, SEARCH, {
				contactId: String( id ),
			} );
			assert.equal( row?.updatedOn, null );
			assert.equal(
				typeof at( await readContact( api, id ), 'updatedOn' ),
				'string'
			);
		},
	},
];
