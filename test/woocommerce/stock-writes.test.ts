import { describe, expect, test } from '@jest/globals';
import type {
	StockWrite,
	StockWriteOutcome,
} from '../../src/contracts/store.ts';
import type { HttpAnswer, HttpRequest } from '../../src/contracts/world.ts';
import { answer, json, recorded, shopAnswering } from './support.ts';
import type { Shop } from './support.ts';

interface Update {
	readonly id: number;
	readonly stock_quantity: number;
}

function product( id: number, quantity: number ): StockWrite {
	return { productId: id, variationId: null, sku: `P${ id }`, quantity };
}
function variation( parent: number, id: number, quantity: number ): StockWrite {
	return { productId: parent, variationId: id, sku: `V${ id }`, quantity };
}

function updatesOf( request: HttpRequest ): Update[] {
	return ( JSON.parse( request.body ?? '{}' ) as { update: Update[] } )
		.update;
}

/** Takes every quantity. */
function obey( request: HttpRequest ): HttpAnswer {
	return json( {
		update: updatesOf( request ).map( ( each ) => ( {
			...each,
			manage_stock: true,
		} ) ),
	} );
}

async function write(
	shop: Shop,
	writes: readonly StockWrite[]
): Promise< readonly StockWriteOutcome[] > {
	const result = await shop.store.writeStock( writes );
	if ( ! result.ok ) {
		throw new Error( JSON.stringify( result.failure ) );
	}
	expect( result.value.map( ( outcome ) => outcome.write ) ).toEqual(
		writes
	);
	return result.value;
}

function codes( outcomes: readonly StockWriteOutcome[] ): string[] {
	return outcomes.map( ( outcome ) => ( outcome.ok ? 'ok' : outcome.code ) );
}

describe( 'writing quantities', () => {
	test( 'sends products in one batch and variations by their product', async () => {
		const shop = shopAnswering( obey );
		const outcomes = await write( shop, [
			product( 1, 5 ),
			variation( 9, 91, 2 ),
			product( 2, -3 ),
			variation( 8, 81, 0 ),
			variation( 9, 92, 1 ),
		] );
		expect( codes( outcomes ) ).toEqual( [ 'ok', 'ok', 'ok', 'ok', 'ok' ] );
		expect( outcomes[ 2 ] ).toMatchObject( { ok: true, quantity: -3 } );
		expect( shop.asked() ).toEqual( [
			'products/batch',
			'products/9/variations/batch',
			'products/8/variations/batch',
		] );
		expect( shop.bodies() ).toEqual( [
			{
				update: [
					{ id: 1, stock_quantity: 5 },
					{ id: 2, stock_quantity: -3 },
				],
			},
			{
				update: [
					{ id: 91, stock_quantity: 2 },
					{ id: 92, stock_quantity: 1 },
				],
			},
			{ update: [ { id: 81, stock_quantity: 0 } ] },
		] );
		expect( shop.sent.every( ( { method } ) => method === 'POST' ) ).toBe(
			true
		);
	} );

	test( 'never sends more than 100 at once', async () => {
		const shop = shopAnswering( obey );
		await write(
			shop,
			Array.from( { length: 250 }, ( _, n ) => product( n + 1, n ) )
		);
		expect(
			shop.sent.map( ( request ) => updatesOf( request ).length )
		).toEqual( [ 100, 100, 50 ] );
	} );

	test( 'of nothing asks nobody', async () => {
		const shop = shopAnswering( obey );
		expect( await write( shop, [] ) ).toEqual( [] );
		expect( shop.sent ).toHaveLength( 0 );
	} );

	test( 'never sends what the shop would take for another number', async () => {
		const shop = shopAnswering( obey );
		const outcomes = await write( shop, [
			product( 1, 2.7 ),
			product( 2, Number.NaN ),
			product( 3, null as unknown as number ),
			product( 4, '5' as unknown as number ),
			product( 5, Infinity ),
			product( 0, 1 ),
			variation( 6, 0, 1 ),
			product( 7, 7 ),
		] );
		expect( codes( outcomes ) ).toEqual( [
			...Array.from( { length: 7 }, () => 'quantity-invalid' ),
			'ok',
		] );
		expect( shop.bodies() ).toEqual( [
			{ update: [ { id: 7, stock_quantity: 7 } ] },
		] );
	} );

	test( 'writes the same item twice in the order given', async () => {
		const record = answer( 'products/batch.same-id-twice.json' );
		const shop = shopAnswering( () => record );
		const outcomes = await write( shop, [
			product( 4200, 1 ),
			product( 4200, 2 ),
		] );
		expect( codes( outcomes ) ).toEqual( [ 'ok', 'ok' ] );
	} );
} );

describe( 'the recorded answers', () => {
	test( 'of a batch with mistakes: each item has its own outcome', async () => {
		const shop = shopAnswering( () =>
			answer( 'products/batch.mixed.json' )
		);
		const outcomes = await write( shop, [
			product( 4200, 5 ),
			product( 99999999, 1 ),
			product( 4223, 2 ),
			product( 4204, 6 ),
			product( 4220, 6 ),
			product( 4444, 1 ),
		] );
		expect( codes( outcomes ) ).toEqual( [
			'ok',
			'woocommerce_rest_product_invalid_id',
			'woocommerce_rest_invalid_product_id',
			'ok',
			'stock-not-managed',
			'no-answer',
		] );
		expect( outcomes[ 2 ] ).toMatchObject( {
			message: expect.stringContaining( '/products/<product_id>' ),
		} );
	} );

	test( 'of variations: strangers are refused one by one', async () => {
		const shop = shopAnswering( () =>
			answer( 'products/variations-batch.mixed.json' )
		);
		const outcomes = await write( shop, [
			variation( 4220, 4223, 30 ),
			variation( 4220, 4222, 31 ),
			variation( 4220, 4221, 32 ),
			variation( 4220, 99999999, 1 ),
			variation( 4220, 4606, 1 ),
		] );
		expect( codes( outcomes ) ).toEqual( [
			'ok',
			'ok',
			'ok',
			'woocommerce_rest_product_variation_invalid_id',
			'woocommerce_rest_product_variation_invalid_id',
		] );
	} );

	test.each( [
		[ 'put-stock-unmanaged', product( 4463, 9 ), 'stock-not-managed' ],
		[
			'put-variation-parent-managed',
			variation( 4603, 4604, 8 ),
			'stock-of-parent',
		],
		[
			// By chance the figure of the product: still nothing was written.
			'put-variation-parent-managed',
			variation( 4603, 4604, 24 ),
			'stock-of-parent',
		],
		[ 'put-stock-null', product( 4204, 7 ), 'quantity-not-taken' ],
		[ 'put-stock', product( 4200, 17 ), 'ok' ],
	] )( 'an item as in %s: %s', async ( name, item, code ) => {
		const { body } = recorded( `products/${ name }.json` ).response;
		const shop = shopAnswering( () => json( { update: [ body ] } ) );
		expect( codes( await write( shop, [ item ] ) ) ).toEqual( [ code ] );
	} );

	test( 'of exactly 100: all are written', async () => {
		const { request } = recorded( 'products/batch.exactly-100.json' );
		const { update } = request.body as { update: Update[] };
		const shop = shopAnswering( () =>
			answer( 'products/batch.exactly-100.json' )
		);
		const outcomes = await write(
			shop,
			update.map( ( each ) => product( each.id, each.stock_quantity ) )
		);
		expect( new Set( codes( outcomes ) ) ).toEqual( new Set( [ 'ok' ] ) );
	} );
} );

describe( 'a batch that fails as a whole', () => {
	const FATAL = answer( 'errors/500-php-fatal.json' );
	const poisonedBy = ( ...ids: number[] ): Shop =>
		shopAnswering( ( request ) =>
			updatesOf( request ).some( ( { id } ) => ids.includes( id ) )
				? FATAL
				: obey( request )
		);
	const hundred = Array.from( { length: 100 }, ( _, n ) =>
		product( n + 1, n )
	);

	test.each( [ 1, 50, 51, 100 ] )(
		'because of item %i loses only that one',
		async ( bad ) => {
			const shop = poisonedBy( bad );
			const outcomes = await write( shop, hundred );
			expect(
				outcomes
					.filter( ( { ok } ) => ! ok )
					.map( ( each ) => each.write )
			).toEqual( [ product( bad, bad - 1 ) ] );
			expect( shop.sent.length ).toBeLessThanOrEqual( 16 );
		}
	);

	test( 'because of items here and there loses only those', async () => {
		const outcomes = await write( poisonedBy( 3, 60, 61 ), hundred );
		expect(
			outcomes.flatMap( ( each ) =>
				each.ok ? [] : [ each.write.productId ]
			)
		).toEqual( [ 3, 60, 61 ] );
	} );

	test( 'does not keep the batches after it from being written', async () => {
		const outcomes = await write( poisonedBy( 91 ), [
			variation( 9, 91, 1 ),
			variation( 8, 81, 1 ),
		] );
		expect( codes( outcomes ) ).toEqual( [ 'outcome-unknown', 'ok' ] );
	} );

	test( 'because the shop is broken is an outage, after few attempts', async () => {
		const shop = shopAnswering( () => FATAL );
		expect( await shop.store.writeStock( hundred ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'retry', cause: 'outage', outcomeUnknown: true },
		} );
		expect( shop.sent.length ).toBeLessThan( 12 );
	} );

	test.each( [
		[ '401-read-only-key-writes', 'hold' ],
		[ '401-wrong-secret', 'hold' ],
		[ '404-woocommerce-deactivated', 'hold' ],
		[ '429-rate-limited', 'retry' ],
		[ '502-nginx.handmade', 'retry' ],
		[ '503-maintenance', 'retry' ],
		[ '504-nginx.handmade', 'retry' ],
		[ '200-truncated-body', 'retry' ],
	] )( 'with %s is not split', async ( name, kind ) => {
		const shop = shopAnswering( () => answer( `errors/${ name }.json` ) );
		expect( await shop.store.writeStock( hundred ) ).toMatchObject( {
			ok: false,
			failure: { kind },
		} );
		expect( shop.sent ).toHaveLength( 1 );
	} );

	test( 'by an answer that is none is held', async () => {
		const shop = shopAnswering( () => json( [] ) );
		expect( await shop.store.writeStock( hundred ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'hold', problem: { code: 'refused-by-store' } },
		} );
	} );

	test( 'after others were written leaves their outcomes standing', async () => {
		let batches = 0;
		const shop = shopAnswering( ( request ) => {
			batches += 1;
			return batches === 1
				? obey( request )
				: answer( 'errors/503-maintenance.json' );
		} );
		const writes = Array.from( { length: 250 }, ( _, n ) =>
			product( n + 1, n )
		);
		const outcomes = codes( await write( shop, writes ) );
		expect( new Set( outcomes.slice( 0, 100 ) ) ).toEqual(
			new Set( [ 'ok' ] )
		);
		expect( new Set( outcomes.slice( 100 ) ) ).toEqual(
			new Set( [ 'outcome-unknown' ] )
		);
		expect( shop.sent ).toHaveLength( 2 );
	} );

	test( 'because the host cuts long work off is smaller the next time', async () => {
		const shop = shopAnswering( ( request ) =>
			updatesOf( request ).length > 30
				? answer( 'errors/504-nginx.handmade.json' )
				: obey( request )
		);
		expect( await shop.store.writeStock( hundred ) ).toMatchObject( {
			ok: false,
			failure: { kind: 'retry' },
		} );
		expect( await shop.store.writeStock( hundred ) ).toMatchObject( {
			ok: false,
		} );
		expect( new Set( codes( await write( shop, hundred ) ) ) ).toEqual(
			new Set( [ 'ok' ] )
		);
	} );
} );
