import { afterEach, describe, expect, test } from '@jest/globals';
import {
	explainSchema,
	type StockRun,
} from '../../../src/contracts/answers.ts';
import type { z } from 'zod';
import { MAIN, NORTH, product } from '../../helpers/fakes/stock-brightpearl.ts';
import { createScene, type Scene } from '../../helpers/fakes/stock-scene.ts';
import { item } from '../../helpers/fakes/stock-store.ts';

let scene: Scene;
afterEach( () => scene.close() );

async function explain(
	sku: string
): Promise< z.infer< typeof explainSchema > | null > {
	const answer = await scene.flow.explain( sku );
	if ( ! answer.ok ) {
		throw new Error( JSON.stringify( answer.failure ) );
	}
	return answer.value === null ? null : explainSchema.parse( answer.value );
}

describe( 'explaining a figure', () => {
	test( 'shows both sides, every order in flight and the last write', async () => {
		scene = await createScene( {
			items: [ item( 'MUG', 5 ) ],
			products: [ product( 1001, 'MUG' ) ],
			settings: { stock: { warehouses: [ MAIN ], buffer: 1 } },
		} );
		scene.erp.stock( 1001, MAIN, 14, 2 );
		scene.erp.stock( 1001, NORTH, 40 );
		const pulled = await scene.flow.pull( { dryRun: false } );
		const { runId } = ( pulled as { value: StockRun } ).value;
		scene.shop.sell( 'MUG', 1 );
		const pushed = scene.shop.sell( 'MUG', 1 );
		const { id } = scene.erp.push( pushed.id, [] );
		await scene.see( pushed, { salesOrderId: id } );

		expect( await explain( 'MUG' ) ).toEqual( {
			sku: 'MUG',
			shown: 9,
			wanted: 9,
			store: {
				productId: 1,
				variationId: null,
				managesStock: true,
				readAt: expect.any( String ),
			},
			brightpearl: {
				productId: 1001,
				readAt: expect.any( String ),
				warehouses: [
					{
						id: MAIN,
						name: 'Main',
						inStock: 14,
						allocated: 2,
						onHand: 12,
						counted: true,
					},
					{
						id: NORTH,
						name: 'North',
						inStock: 40,
						allocated: 0,
						onHand: 40,
						counted: false,
					},
				],
			},
			inFlight: {
				total: 2,
				orders: [
					{
						orderId: 101,
						quantity: 1,
						why: 'not in Brightpearl yet',
					},
					{
						orderId: 102,
						quantity: 1,
						why: 'in Brightpearl as 5001, not allocated',
					},
				],
			},
			buffer: 1,
			minimum: 0,
			maximum: null,
			lastWrite: { value: 11, at: expect.any( String ), runId },
			why: '12 on hand in Main − 2 in flight (orders 101, 102) − 1 buffer = 9',
		} );
		expect( scene.shop.writes ).toHaveLength( 1 );
	} );

	test( 'knows nothing of a SKU that neither side has', async () => {
		scene = await createScene( {
			items: [ item( 'MUG', 5 ) ],
			products: [],
		} );
		expect( await explain( 'NOWHERE' ) ).toBeNull();
	} );

	test.each( [
		[
			'only Brightpearl has it',
			[],
			[ product( 1001, 'MUG' ) ],
			'The shop has no product with SKU "MUG"',
		],
		[
			'only the shop has it',
			[ item( 'MUG', 5 ) ],
			[],
			'Brightpearl has no product with exactly SKU "MUG"',
		],
		[
			'the shop keeps no stock of it',
			[ item( 'MUG', null, { managesStock: false } ) ],
			[ product( 1001, 'MUG' ) ],
			'does not manage stock in the shop',
		],
		[
			'it follows its parent',
			[
				item( 'MUG', 5, {
					productId: 7,
					variationId: 70,
					managesStock: 'parent',
				} ),
			],
			[ product( 1001, 'MUG' ) ],
			'Variation 70 of product 7 follows the stock of its product 7',
		],
		[
			'Brightpearl does not track it',
			[ item( 'MUG', 5 ) ],
			[ product( 1001, 'MUG', false ) ],
			'does not track stock of product 1001',
		],
		[
			'Brightpearl has it twice',
			[ item( 'MUG', 5 ) ],
			[ product( 1001, 'MUG' ), product( 1002, 'MUG' ) ],
			'on several products (1001, 1002)',
		],
		[
			'the shop has it twice',
			[ item( 'MUG', 5 ), item( 'MUG', 5 ) ],
			[ product( 1001, 'MUG' ) ],
			'in product 1 and product 2',
		],
	] )(
		'says why nothing is written when %s',
		async ( _what, items, products, why ) => {
			scene = await createScene( { items, products } );
			const answer = await explain( 'MUG' );
			expect( answer?.wanted ).toBeNull();
			expect( answer?.why ).toContain( why );
			// A pull agrees.
			await scene.flow.pull( { dryRun: false } );
			expect( scene.shop.writes ).toEqual( [] );
		}
	);
} );
