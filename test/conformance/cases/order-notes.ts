/**
 * Notes and custom fields of orders (resources reference, §1.9).
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply, ConformanceCase } from '../case.ts';
import {
	at,
	found,
	keys,
	list,
	made,
	makeSale,
	readOrder,
	refused,
	response,
	unique,
} from '../order-kit.ts';

const fieldsPath = ( orderId: number ): string =>
	`/order-service/order/${ orderId }/custom-field`;

const patch = (
	api: Api,
	orderId: number,
	op: string,
	path: string,
	value?: unknown
): Promise< ApiReply > =>
	api.patch( fieldsPath( orderId ), [
		{ op, path, ...( value === undefined ? {} : { value } ) },
	] );

interface Field {
	readonly code: string;
	/** Ids of a list's choices. */
	readonly options: readonly number[];
}

async function fieldOf( api: Api, type: string ): Promise< Field > {
	const all = list(
		response(
			await api.get( '/order-service/sale/custom-field-meta-data' )
		)
	);
	const field = all.find( ( one ) => at( one, 'customFieldType' ) === type );
	return field === undefined
		? api.skip( `orders have no custom field of type ${ type }` )
		: {
				code: String( at( field, 'code' ) ),
				options: keys( at( field, 'options' ) ?? {} ).map( Number ),
			};
}

export const noteCases: readonly ConformanceCase[] = [
	{
		id: 'order-note/post-answers-an-id',
		fact: 'A note answers its id; it is private and of now unless said otherwise',
		source: 'resources §1.9',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const text = unique();
			const before = Date.now() - 600_000;
			const noteId = made(
				await api.post( `/order-service/order/${ orderId }/note`, {
					text,
				} )
			);
			const [ note ] = await found(
				api,
				'/order-service/order-note-search',
				{ orderId: String( orderId ) }
			);
			assert.equal( note?.noteId, noteId );
			assert.equal( note?.noteText, text );
			assert.equal( note?.isPublic, false );
			assert( Date.parse( String( note?.dateAdded ) ) > before );
		},
	},
	{
		id: 'order-note/search-columns',
		fact: 'Columns of order-note-search',
		source: 'resources §1.9',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get( '/order-service/order-note-search', {
				query: { pageSize: '1' },
			} );
			const names = list( response( reply, 'metaData', 'columns' ) ).map(
				( column ) => at( column, 'name' )
			);
			for ( const name of [
				'orderId',
				'noteId',
				'contactId',
				'noteText',
				'isPublic',
				'dateAdded',
				'addedBy',
				'orderStatusId',
			] ) {
				assert( names.includes( name ), name );
			}
		},
	},
	{
		id: 'order-note/text-is-required',
		fact: 'A note needs a text',
		source: 'resources §1.9',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			refused(
				await api.post( `/order-service/order/${ orderId }/note`, {} )
			);
		},
	},
	{
		id: 'order-note/keeps-what-was-said',
		fact: 'isPublic and addedOn are kept',
		source: 'resources §1.9',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			made(
				await api.post( `/order-service/order/${ orderId }/note`, {
					text: 'said',
					isPublic: true,
					addedOn: '2026-02-03T10:00:00+00:00',
				} )
			);
			const [ note ] = await found(
				api,
				'/order-service/order-note-search',
				{ orderId: String( orderId ) }
			);
			assert.equal( note?.isPublic, true );
			assert.equal(
				Date.parse( String( note?.dateAdded ) ),
				Date.parse( '2026-02-03T10:00:00Z' )
			);
		},
	},
	{
		id: 'order-custom-field/meta-data',
		fact: 'Orders’ custom fields are described below `sale`, purchases’ below `purchase`',
		source: 'resources §1.9',
		mark: 'R',
		mode: 'read',
		run: async ( api ) => {
			const all = list(
				response(
					await api.get(
						'/order-service/sale/custom-field-meta-data'
					)
				)
			);
			for ( const field of all ) {
				assert.match( String( at( field, 'code' ) ), /^PCF_/ );
				assert.equal( typeof at( field, 'id' ), 'number' );
				assert.equal( typeof at( field, 'customFieldType' ), 'string' );
				assert.equal( typeof at( field, 'required' ), 'boolean' );
			}
			const id = Number( at( all, 0, 'id' ) );
			const one = await api.get(
				`/order-service/sale/custom-field-meta-data/${ id }`
			);
			assert.equal( response( one, 0, 'id' ), id );
		},
	},
	{
		id: 'order-custom-field/starts-empty',
		fact: 'Custom fields are a map of what is set',
		source: 'resources §1.9',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const reply = await api.get( fieldsPath( orderId ) );
			assert.deepEqual( response( reply ), {} );
		},
	},
	{
		id: 'order-custom-field/text',
		fact: 'A text is added, replaced and removed; a patch answers the map',
		source: 'resources §1.9',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await fieldOf( api, 'TEXT' );
			const orderId = await makeSale( api );
			const path = `/${ code }`;
			const added = await patch( api, orderId, 'add', path, 'A' );
			assert.deepEqual( response( added ), { [ code ]: 'A' } );
			const replaced = await patch( api, orderId, 'replace', path, 'B' );
			assert.deepEqual( response( replaced ), { [ code ]: 'B' } );
			const removed = await patch( api, orderId, 'remove', path );
			assert.deepEqual( response( removed ), {} );
		},
	},
	{
		id: 'order-custom-field/replace-of-an-empty-one',
		fact: '`replace` on an empty field fails; `add` does it',
		source: 'resources §1.9',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await fieldOf( api, 'TEXT' );
			const orderId = await makeSale( api );
			const failed = await patch(
				api,
				orderId,
				'replace',
				`/${ code }`,
				'B'
			);
			assert( failed.status >= 400, failed.text );
		},
	},
	{
		id: 'order-custom-field/choice',
		fact: 'A choice is added by its id, shown with its text, and changed through its `/id`',
		source: 'resources §1.9',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { code, options } = await fieldOf( api, 'SELECT' );
			const [ first, second ] = options;
			const orderId = await makeSale( api );
			const added = await patch( api, orderId, 'add', `/${ code }`, {
				id: first,
			} );
			assert.equal( response( added, code, 'id' ), first );
			assert.equal( typeof response( added, code, 'value' ), 'string' );
			const changed = await patch(
				api,
				orderId,
				'replace',
				`/${ code }/id`,
				second
			);
			assert.equal( response( changed, code, 'id' ), second );
		},
	},
	{
		id: 'order-custom-field/integer-as-text',
		fact: 'A whole number is accepted as a text of digits',
		source: 'resources §9',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await fieldOf( api, 'INTEGER' );
			const orderId = await makeSale( api );
			const reply = await patch( api, orderId, 'add', `/${ code }`, '4' );
			assert.equal( Number( response( reply, code ) ), 4 );
		},
	},
	{
		id: 'order-custom-field/wrong-type',
		fact: 'A value of the wrong type is a 500',
		source: 'resources §1.9',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const { code } = await fieldOf( api, 'INTEGER' );
			const orderId = await makeSale( api );
			refused(
				await patch( api, orderId, 'add', `/${ code }`, 'four' ),
				500
			);
		},
	},
	{
		id: 'order-custom-field/touch-by-switch',
		fact: 'Whether an edited custom field moves `version` and `updatedOn` is a switch',
		source: 'resources §1.9',
		mark: 'C',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const { code } = await fieldOf( api, 'TEXT' );
			for ( const customFieldsTouch of [ false, true ] ) {
				await api.sandbox( 'POST', '/switches', { customFieldsTouch } );
				const orderId = await makeSale( api );
				await patch( api, orderId, 'add', `/${ code }`, 'A' );
				assert.equal(
					at( await readOrder( api, orderId ), 'version' ),
					customFieldsTouch ? 1 : 0
				);
			}
		},
	},
];
