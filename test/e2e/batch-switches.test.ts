/**
 * Whether Brightpearl takes several writes in one request, or how it refuses them, is not known of
 * an account: orders that are worked on together are there once in any case, also where answers
 * are lost and repeats are answered in each of the known ways.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MANY_SIDED } from '../helpers/worlds.ts';
import {
	doubled,
	gbSettings,
	goLiveNow,
	openScene,
	openStage,
	pence,
	type Scene,
	type Stage,
} from './kit.ts';

const ORDERS = 6;
const { duplicateAnswer, multiMessage } = MANY_SIDED;
/** Every value of both. */
const CASES = multiMessage.map( ( value, at ) => ( {
	multiMessage: value,
	duplicateAnswer: duplicateAnswer[ at % duplicateAnswer.length ],
} ) );

let stage: Stage;
beforeAll( async () => {
	stage = await openStage();
} );
afterAll( () => stage?.end() );

describe.each( CASES )(
	'where batches are $multiMessage and a repeat is answered with $duplicateAnswer',
	( { multiMessage: batches, duplicateAnswer: repeat } ) => {
		let scene: Scene;
		beforeAll( async () => {
			await stage.brightpearl.switches( {
				requestsPerMinute: 5000,
				multiMessage: batches,
				duplicateAnswer: repeat,
			} );
			const settings = gbSettings();
			scene = await openScene( stage, {
				instanceId: true,
				settings: {
					...settings,
					goLive: await goLiveNow(),
					budget: { batch: 'sequential' },
					orders: { ...settings.orders, refPrefix: batches },
				},
			} );
			await scene.serve();
			await scene.webhooks();
		} );
		afterAll( () => scene?.end() );

		test( 'all orders are there once, paid once and set aside', async () => {
			const { brightpearl, shop } = scene;
			const since = await brightpearl.lastRequest();
			for ( const path of [
				'/order-service/sales-order',
				'/accounting-service/customer-payment',
			] ) {
				await brightpearl.fault( {
					kind: 'error',
					committed: true,
					method: 'POST',
					path,
					count: 1,
				} );
			}
			const { orders } = await shop.sell( {
				count: ORDERS,
				items: [ { sku: 'OSB-01', quantity: 2 }, { sku: 'LIN-APR' } ],
				paymentMethod: 'stripe',
			} );
			expect( orders ).toHaveLength( ORDERS );
			for ( const { id } of orders ) {
				const order = await scene.order( id, 'synced', 40_000 );
				expect( order.proof?.matches ).toBe( true );
				const sold = await shop.order( id );
				const found = await scene.soldOrder( id );
				expect( found.total ).toBe( pence( sold.total ) );
				expect( found.payments ).toEqual( [
					expect.objectContaining( {
						transactionRef: `${ batches }-${ id }-p1`,
						paid: pence( sold.total ),
					} ),
				] );
				expect(
					Object.values( found.reservation?.rows ?? {} ).map(
						( { quantity } ) => quantity
					)
				).toEqual( [ 2, 1 ] );
			}
			expect( doubled( await scene.state() ) ).toEqual( [] );
			expect( await scene.problems() ).toEqual( [] );
			const faults =
				await brightpearl.control< { fired: number }[] >( 'faults' );
			expect( faults.map( ( { fired } ) => fired ) ).toEqual( [ 1, 1 ] );
			await brightpearl.clearFaults();

			// They were tried together, and where that is refused one by one.
			const tried = ( await brightpearl.requests( since ) ).filter(
				( { path } ) => path.endsWith( '/multi-message' )
			);
			expect( tried ).not.toEqual( [] );
			for ( const { status } of tried ) {
				expect( status < 300 ).toBe( batches === 'on' );
			}
		} );
	}
);
