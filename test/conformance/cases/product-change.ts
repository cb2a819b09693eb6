/** Changing products (resources reference, §3.1, §3.3). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { codes, taxCodeOf } from '../order-kit.ts';
import {
	at,
	correct,
	list,
	makeProduct,
	readProduct,
	response,
	silent,
	uniqueSku,
} from '../stock-kit.ts';

export const productChangeCases: readonly ConformanceCase[] = [
	{
		id: 'product/partial-put',
		fact: 'PUT takes a part of a product and answers `{}`',
		source: 'resources §3.3',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeProduct( api );
			const before = await readProduct( api, id );
			silent(
				await api.put( `/product-service/product/${ id }`, {
					salesChannels: [
						{
							salesChannelName: 'Brightpearl',
							productName: `Renamed ${ id }`,
						},
					],
				} )
			);
			const after = await readProduct( api, id );
			assert.equal(
				at( after, 'salesChannels', 0, 'productName' ),
				`Renamed ${ id }`
			);
			assert.deepEqual(
				at( after, 'identity' ),
				at( before, 'identity' )
			);
		},
	},
	{
		id: 'product/if-match',
		fact: 'PUT with `If-Match` of another version is 412 and changes nothing',
		source: 'resources §3.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeProduct( api );
			const before = await readProduct( api, id );
			const reply = await api.put(
				`/product-service/product/${ id }`,
				{ status: 'ARCHIVED' },
				{
					headers: {
						'If-Match': String(
							Number( at( before, 'version' ) ) - 1
						),
					},
				}
			);
			assert.equal( reply.status, 412, reply.text );
			assert( codes( reply ).length > 0 );
			assert.equal(
				at( await readProduct( api, id ), 'status' ),
				'LIVE'
			);
		},
	},
	{
		id: 'stock-correction/revives-an-archived-product',
		fact: 'Stock added to an archived product makes it live again',
		source: 'resources §4.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeProduct( api );
			const path = `/product-service/product/${ id }`;
			silent( await api.put( path, { status: 'ARCHIVED' } ) );
			const status = async () =>
				at( await readProduct( api, id ), 'status' );
			assert.equal( await status(), 'ARCHIVED' );
			const reply = await correct( api, id, 1 );
			assert.equal( reply.status, 200, reply.text );
			assert.equal( await status(), 'LIVE' );
		},
	},
	{
		id: 'product-price/put-is-net',
		fact: 'PUT takes net values: a list with tax shows them with the tax of the product, as each list shows its own mode',
		source: 'resources §3.4',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const lists = list(
				response( await api.get( '/product-service/price-list' ) )
			).filter(
				( entry ) => at( entry, 'priceListTypeCode' ) === 'SELL'
			);
			const { id: taxCodeId, rate } = await taxCodeOf( api );
			const id = await makeProduct( api, {
				financialDetails: { taxCode: { id: taxCodeId } },
			} );
			for ( const entry of lists ) {
				const priceListId = Number( at( entry, 'id' ) );
				const path = `/product-service/product-price/${ id }/price-list`;
				silent(
					await api.put( path, {
						priceLists: [
							{ priceListId, quantityPrice: { 1: '20' } },
						],
					} )
				);
				const shown = response(
					await api.get( `${ path }/${ priceListId }` ),
					0,
					'priceLists',
					0,
					'quantityPrice',
					'1'
				);
				const gross = at( entry, 'gross' ) === true;
				assert.equal(
					shown,
					( 20 + ( gross ? rate / 5 : 0 ) ).toFixed( 4 )
				);
			}
		},
	},
	{
		id: 'product-price/kept-as-sent',
		fact: 'Where a list with tax keeps what was sent, by switch, it shows that',
		source: 'resources §3.4',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			await api.sandbox( 'POST', '/switches', {
				grossListPrices: 'as-sent',
			} );
			const id = await makeProduct( api );
			const path = `/product-service/product-price/${ id }/price-list`;
			silent(
				await api.put( path, {
					priceLists: [
						{ priceListId: 3, quantityPrice: { 1: '20' } },
					],
				} )
			);
			assert.equal(
				response(
					await api.get( `${ path }/3` ),
					0,
					'priceLists',
					0,
					'quantityPrice',
					'1'
				),
				'20.0000'
			);
		},
	},
	{
		id: 'product/identity-replaces-all',
		fact: 'PUT identity replaces every identifier: one that is left out is gone',
		source: 'resources §3.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeProduct( api, {
				identity: { sku: uniqueSku(), ean: '5012345678900' },
			} );
			const sku = uniqueSku();
			silent(
				await api.put( `/product-service/product/${ id }/identity`, {
					sku,
				} )
			);
			const product = await readProduct( api, id );
			assert.equal( at( product, 'identity', 'sku' ), sku );
			assert( ! at( product, 'identity', 'ean' ) );
		},
	},
];
