/** Changing products (resources reference, §3.1, §3.3). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { codes } from '../order-kit.ts';
import {
	at,
	makeProduct,
	readProduct,
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
