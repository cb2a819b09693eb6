/** Making products, brands, prices and custom fields (resources reference, §3.3, §3.4). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { codes, refused } from '../order-kit.ts';
import {
	at,
	list,
	made,
	makeProduct,
	productBody,
	readProduct,
	response,
	silent,
	unique,
} from '../stock-kit.ts';

const PRODUCT = '/product-service/product';

export const productWriteCases: readonly ConformanceCase[] = [
	{
		id: 'product/create-answers-an-id',
		fact: 'POST answers 200 with the new id',
		source: 'resources §3.3',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			made( await api.post( PRODUCT, await productBody( api ) ) );
		},
	},
	{
		id: 'product/needs-a-brand',
		fact: 'Without a brand: 400 PRDC-014 "You must supply a brand ID."',
		source: 'resources §3.3',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const body = await productBody( api );
			delete body.brandId;
			const reply = await api.post( PRODUCT, body );
			assert.equal( reply.status, 400 );
			assert.deepEqual( at( reply.json, 'errors', 0 ), {
				code: 'PRDC-014',
				message: 'You must supply a brand ID.',
			} );
		},
	},
	{
		id: 'product/needs-a-sales-channel',
		fact: 'A name and categories in the channel Brightpearl are required',
		source: 'resources §3.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			for ( const salesChannels of [
				undefined,
				[ { salesChannelName: 'Brightpearl', productName: unique() } ],
				[ { salesChannelName: 'eBay', productName: unique() } ],
			] ) {
				refused(
					await api.post(
						PRODUCT,
						await productBody( api, { salesChannels } )
					)
				);
			}
		},
	},
	{
		id: 'product/identity-lengths',
		fact: 'A SKU has at most 32 characters, EAN, UPC and ISBN 14',
		source: 'resources §3.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			for ( const identity of [
				{ sku: 'x'.repeat( 33 ) },
				{ ean: '1'.repeat( 15 ) },
				{ upc: '1'.repeat( 15 ) },
				{ isbn: '1'.repeat( 15 ) },
			] ) {
				refused(
					await api.post(
						PRODUCT,
						await productBody( api, { identity } )
					)
				);
			}
		},
	},
	{
		id: 'product/one-name-is-one-group',
		fact: 'Products of one name are put in one product group',
		source: 'resources §3.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const { salesChannels } = await productBody( api );
			const first = await makeProduct( api, { salesChannels } );
			const second = await makeProduct( api, { salesChannels } );
			const group = at(
				await readProduct( api, first ),
				'productGroupId'
			);
			assert( Number.isInteger( group ) );
			assert.equal(
				at( await readProduct( api, second ), 'productGroupId' ),
				group
			);
		},
	},
	{
		id: 'brand/create',
		fact: 'A brand is made by its name',
		source: 'resources §3.5',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			made(
				await api.post( '/product-service/brand', { name: unique() } )
			);
		},
	},
	{
		id: 'brand/needs-a-name',
		fact: 'Without a name: 400 PRDC-024 "Brand name is required"',
		source: 'platform §4.3',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const reply = await api.post( '/product-service/brand', {} );
			assert.equal( reply.status, 400 );
			assert.deepEqual( at( reply.json, 'errors', 0 ), {
				code: 'PRDC-024',
				message: 'Brand name is required',
			} );
		},
	},
	{
		id: 'product-price/all-lists',
		fact: 'Every price list is there, empty where there is no price',
		source: 'resources §3.4',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeProduct( api );
			const lists = list(
				response( await api.get( '/product-service/price-list' ) )
			).map( ( one ) => at( one, 'id' ) );
			const reply = await api.get(
				`/product-service/product-price/${ id }`
			);
			const shown = list( response( reply, 0, 'priceLists' ) );
			assert.deepEqual(
				shown.map( ( one ) => at( one, 'priceListId' ) ).sort(),
				[ ...lists ].sort()
			);
			for ( const one of shown ) {
				assert.deepEqual( at( one, 'quantityPrice' ), {} );
				assert.equal( typeof at( one, 'currencyCode' ), 'string' );
			}
		},
	},
	{
		id: 'product-price/put',
		fact: 'PUT sets quantity breaks, keyed by the least quantity, and answers `{}`',
		source: 'resources §3.4',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeProduct( api );
			const priceLists = list(
				response( await api.get( '/product-service/price-list' ) )
			);
			// A list without tax shows what was sent: values are taken as net.
			const net = priceLists.find(
				( one ) =>
					at( one, 'gross' ) === false &&
					at( one, 'priceListTypeCode' ) === 'SELL'
			);
			const priceListId = Number( at( net, 'id' ) );
			silent(
				await api.put(
					`/product-service/product-price/${ id }/price-list`,
					{
						priceLists: [
							{
								priceListId,
								quantityPrice: { 1: '20', 5: '18' },
							},
						],
					}
				)
			);
			const reply = await api.get(
				`/product-service/product-price/${ id }/price-list/${ priceListId }`
			);
			const prices = response(
				reply,
				0,
				'priceLists',
				0,
				'quantityPrice'
			);
			assert.equal( Number( at( prices, '1' ) ), 20 );
			assert.equal( Number( at( prices, '5' ) ), 18 );
			assert.equal( typeof at( prices, '1' ), 'string' );
		},
	},
	{
		id: 'product-price/none',
		fact: 'No product found: 404 CMNC-404 "No Product Prices Found"',
		source: 'platform §4.3',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get(
				'/product-service/product-price/99999999'
			);
			assert.equal( reply.status, 404 );
			assert.deepEqual( at( reply.json, 'errors', 0 ), {
				code: 'CMNC-404',
				message: 'No Product Prices Found',
			} );
		},
	},
	{
		id: 'product-price/two-hundred',
		fact: '200 products may be asked for at once',
		source: 'resources §3.4',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'product' );
			const reply = await api.get(
				`/product-service/product-price/${ id }-${ id + 199 }`
			);
			assert.equal( reply.status, 200, reply.text );
		},
	},
	{
		id: 'product/custom-field-meta-data',
		fact: 'Custom fields are described by id, code, name, type and, for lists, options',
		source: 'resources §1.9, §3.3',
		mark: 'C',
		mode: 'read',
		run: async ( api ) => {
			const reply = await api.get(
				`${ PRODUCT }/custom-field-meta-data`
			);
			if ( reply.status === 404 ) {
				api.skip( 'the account has no custom fields for products' );
			}
			for ( const field of list( response( reply ) ) ) {
				assert( Number.isInteger( at( field, 'id' ) ) );
				assert.match( String( at( field, 'code' ) ), /^PCF_/ );
				assert.equal( typeof at( field, 'customFieldType' ), 'string' );
				assert.equal( typeof at( field, 'required' ), 'boolean' );
			}
		},
	},
	{
		id: 'product/custom-field-patch',
		fact: 'A choice is added by its id and changed below `/id`; `replace` of an empty field is refused',
		source: 'resources §1.9',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const path = `${ PRODUCT }/${ await makeProduct( api ) }/custom-field`;
			const patch = ( op: string, at: string, value: unknown ) =>
				api.patch( path, [ { op, path: at, value } ] );
			assert.deepEqual(
				codes( await patch( 'replace', '/PCF_MATERIAL', 'x' ) ),
				[ 'CMNC-038' ]
			);
			const added = await patch( 'add', '/PCF_FINISH', { id: 110 } );
			assert.deepEqual( response( added, 'PCF_FINISH' ), {
				id: 110,
				value: 'Oiled',
			} );
			const changed = await patch( 'replace', '/PCF_FINISH/id', 111 );
			assert.equal( response( changed, 'PCF_FINISH', 'id' ), 111 );
			// Digits as a text are taken for a whole number (recorded).
			const digits = await patch( 'add', '/PCF_WARRANTY', '24' );
			assert.equal( digits.status, 200, digits.text );
			assert.equal(
				( await patch( 'add', '/PCF_WARRANTY', 'x' ) ).status,
				500
			);
			const read = await api.get( path );
			assert.deepEqual(
				Object.keys( response( read ) as object ).sort(),
				[ 'PCF_FINISH', 'PCF_WARRANTY' ]
			);
		},
	},
];
