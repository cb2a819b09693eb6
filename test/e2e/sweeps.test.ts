/**
 * With webhooks switched off entirely nothing is lost: the sweeps find every order and notice
 * what no event tells. And before go-live nothing moves by itself, either way.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Order, SweepAnswer } from '../../src/contracts/answers.ts';
import {
	doubled,
	eventually,
	gbSettings,
	goLiveNow,
	openScene,
	openStage,
	pause,
	type Scene,
	type Stage,
} from './kit.ts';
import { WORLDS } from '../helpers/worlds.ts';

describe.each( WORLDS )( 'in the $name world:', ( world ) => {
	let stage: Stage;
	beforeAll( async () => {
		stage = await openStage( world );
		await stage.brightpearl.switches( { requestsPerMinute: 5000 } );
		// Half the world away, so that no time can be read in the wrong zone unnoticed.
		await stage.shop.control( 'settings', {
			timeZone: 'America/Los_Angeles',
		} );
	} );
	afterAll( () => stage?.end() );

	const settingsWith = (
		more: Readonly< Record< string, unknown > >,
		refPrefix: string
	) => {
		const settings = gbSettings();
		return {
			...settings,
			...more,
			orders: { ...settings.orders, refPrefix },
		};
	};

	const sweepNow = ( scene: Scene, ...args: string[] ) =>
		scene.must< SweepAnswer >( 0, 'orders', 'sweep', '--wait', ...args );

	describe( 'without any webhook', () => {
		const SOLD = 130;
		let scene: Scene;
		let ids: readonly number[];
		beforeAll( async () => {
			scene = await openScene( stage, {
				settings: settingsWith(
					{ goLive: await goLiveNow() },
					'silent'
				),
			} );
			await scene.serve();
		} );
		afterAll( () => scene?.end() );

		const codeOf = async ( orderId: number ) =>
			( await scene.orderOf( orderId ) )?.problem?.code ?? null;

		test( 'more orders of one moment than fit on a page all arrive by one sweep', async () => {
			const { orders } = await scene.shop.sell( {
				count: SOLD,
				sku: 'OSB-01',
				paymentMethod: 'stripe',
				email: 'many@example.test',
			} );
			ids = orders.map( ( { id } ) => id );
			const swept = await sweepNow( scene );
			expect( swept ).toMatchObject( { scanned: SOLD, queued: SOLD } );
			const listed = await scene.orders();
			expect( listed.total ).toBe( SOLD );
			expect(
				new Set( listed.items.map( ( { state } ) => state ) )
			).toEqual( new Set( [ 'synced' ] ) );
			const state = await scene.state();
			expect( state.orders ).toHaveLength( SOLD );
			expect( doubled( state ) ).toEqual( [] );
		} );

		test( 'a second sweep looks at the overlap again and queues nothing', async () => {
			const before = await scene.brightpearl.lastRequest();
			const swept = await sweepNow( scene );
			expect( swept ).toMatchObject( { scanned: SOLD, queued: 0 } );
			expect( await scene.brightpearl.lastRequest() ).toBe( before );
			expect( Date.parse( swept.cursor! ) ).toBeGreaterThan(
				Date.parse( swept.since! )
			);
		} );

		test( 'an edited order and one more are found among them', async () => {
			const edited = ids[ 40 ]!;
			await scene.shop.rest( 'PUT', `orders/${ edited }`, {
				shipping: { address_1: '7 New Street' },
			} );
			const more = await scene.shop.sellOne( { sku: 'LIN-APR' } );
			expect( await sweepNow( scene ) ).toMatchObject( { queued: 2 } );
			expect(
				( await scene.order( more, 'synced' ) ).proof?.matches
			).toBe( true );
			const { salesOrderId } = await scene.order( edited, 'synced' );
			expect(
				( await scene.state() ).orders.find(
					( { id } ) => id === salesOrderId
				)?.deliveryAddress
			).toMatchObject( { addressLine1: '7 New Street' } );
		} );

		test( 'an order in the trash is noticed, and its return clears it', async () => {
			const [ orderId ] = ids;
			await scene.shop.rest( 'DELETE', `orders/${ orderId }` );
			await sweepNow( scene );
			const trashed = await scene.order( orderId!, 'problem' );
			expect( trashed ).toMatchObject( {
				problem: {
					code: 'cancelled-paid',
					subject: `order:${ orderId }`,
				},
			} );
			const reserved = async () =>
				( await scene.state() ).orders.find(
					( { id } ) => id === trashed.salesOrderId
				)?.reservation ?? null;
			// Nobody is to ship it meanwhile.
			expect( await reserved() ).toBeNull();
			// Another look at the trash has nothing to add.
			expect( await sweepNow( scene ) ).toMatchObject( { queued: 0 } );

			await scene.shop.control( `orders/${ orderId }/untrash`, {} );
			await sweepNow( scene );
			expect( await scene.order( orderId!, 'synced' ) ).toMatchObject( {
				problem: null,
			} );
			expect( await scene.problems() ).toEqual( [] );
			expect( await reserved() ).not.toBeNull();
		} );

		test( 'an order deleted for good is noticed by the deep sweep alone', async () => {
			const orderId = ids[ 1 ]!;
			await scene.shop.rest( 'DELETE', `orders/${ orderId }?force=true` );
			await sweepNow( scene );
			expect( await codeOf( orderId ) ).toBeNull();
			await sweepNow( scene, '--deep' );
			expect( await codeOf( orderId ) ).toBe( 'cancelled-paid' );
			// It does not come back each day once a person has decided.
			await scene.must( 0, 'orders', 'ignore', String( orderId ) );
			expect( await scene.problems() ).toEqual( [] );
			await sweepNow( scene, '--deep' );
			expect( await scene.problems() ).toEqual( [] );
		} );

		test( 'a refund that was deleted again, which moves no time, is taken back by the deep sweep', async () => {
			const orderId = ids[ 2 ]!;
			const { id: refundId } = await scene.shop.rest< { id: number } >(
				'POST',
				`orders/${ orderId }/refunds`,
				{
					amount: '2.00',
					api_refund: false,
				}
			);
			await sweepNow( scene );
			const { brightpearl } = await scene.order( orderId, 'synced' );
			expect( brightpearl?.credits ).toMatchObject( [
				{ refundId, total: '2.00' },
			] );

			await scene.shop.rest(
				'DELETE',
				`orders/${ orderId }/refunds/${ refundId }?force=true`
			);
			const creditOf = async () =>
				( await scene.state() ).orders.find(
					( { externalRef } ) =>
						externalRef === `silent-${ orderId }-r${ refundId }`
				);
			await sweepNow( scene, '--deep' );
			await scene.order( orderId, 'synced' );
			const credit = await creditOf();
			expect( credit ).toMatchObject( {
				total: '0.00',
				payments: [
					{ type: 'PAYMENT', paid: '2.00' },
					{ type: 'RECEIPT', paid: '2.00' },
				],
			} );
			// Once, however often it is looked at.
			await sweepNow( scene, '--deep' );
			expect( await creditOf() ).toEqual( credit );
		} );

		test( 'all of it happens by itself at the intervals of the settings', async () => {
			await scene.must(
				0,
				'settings',
				'set',
				'sweep.every=1s',
				'sweep.deep=1s'
			);
			const sold = await scene.shop.sellOne( { sku: 'OSB-01' } );
			await scene.shop.rest( 'DELETE', `orders/${ ids[ 3 ] }` );
			await scene.shop.rest(
				'DELETE',
				`orders/${ ids[ 4 ] }?force=true`
			);
			await scene.order( sold, 'synced' );
			await scene.order( ids[ 3 ]!, 'problem' );
			await scene.order( ids[ 4 ]!, 'problem' );
			expect(
				( await scene.problems() ).map( ( { code } ) => code )
			).toEqual( [ 'cancelled-paid', 'cancelled-paid' ] );
			expect(
				( await scene.status() ).connections[ 0 ]?.sweep.at
			).not.toBeNull();
			expect( await scene.leaks() ).toEqual( [] );
		} );
	} );

	describe( 'before go-live', () => {
		let scene: Scene;
		let early: number;
		beforeAll( async () => {
			scene = await openScene( stage, {
				settings: settingsWith(
					{
						goLive: null,
						sweep: { every: '1s', deep: '1s' },
						stock: { every: '1s', warehouses: [ 2 ] },
					},
					'early'
				),
			} );
			await scene.serve();
			await scene.webhooks();
		} );
		afterAll( () => scene?.end() );

		async function nothingMoved(
			during: () => Promise< void >
		): Promise< void > {
			const brightpearl = await scene.brightpearl.lastRequest();
			const shop = await scene.shop.lastRequest();
			await during();
			expect( await scene.brightpearl.requests( brightpearl ) ).toEqual(
				[]
			);
			const writes = ( await scene.shop.requests( shop ) ).filter(
				( { method, path } ) =>
					method !== 'GET' && /batch$/.test( path )
			);
			expect( writes ).toEqual( [] );
		}

		test( 'with goLive unset nothing moves by itself, either way', async () => {
			await nothingMoved( async () => {
				early = await scene.shop.sellOne( { sku: 'OSB-01' } );
				await scene.changeStock( 'LIN-APR', { change: 5 } );
				await scene.order( early, 'not-due' );
				// Several turns of every interval.
				await pause( 2500 );
				expect(
					await scene.must( 0, 'orders', 'sweep', '--deep' )
				).toMatchObject( { queued: 0 } );
			} );
			expect( ( await scene.status() ).connections[ 0 ] ).toMatchObject( {
				live: false,
				health: 'paused',
			} );
		} );

		test( 'with a goLive to come nothing moves yet; when it comes, what was placed after it moves', async () => {
			const goLive = new Date(
				Math.ceil( Date.now() / 1000 ) * 1000 + 3000
			);
			await scene.must(
				0,
				'settings',
				'set',
				`goLive=${ goLive.toISOString() }`
			);
			await nothingMoved( async () => {
				await pause( 1500 );
			} );
			await pause( Math.max( 0, goLive.getTime() - Date.now() ) );
			const late = await scene.shop.sellOne( { sku: 'OSB-01' } );
			await scene.order( late, 'synced' );
			// The stock moves by itself from now on, too.
			const onHand = await scene.onHand( 'LIN-APR' );
			await eventually(
				'the stock is pulled',
				async () => ( await scene.shop.stock( 'LIN-APR' ) ) === onHand
			);
		} );

		test( 'an order placed before goLive is never pushed by itself, not even when it is edited', async () => {
			await scene.shop.rest( 'PUT', `orders/${ early }`, {
				customer_note: 'Where is it?',
			} );
			await scene.must(
				0,
				'orders',
				'sweep',
				'--since',
				'2026-01-01T00:00:00Z',
				'--wait'
			);
			await pause( 1500 );
			expect( await scene.orderOf( early ) ).toMatchObject( {
				state: 'not-due',
				salesOrderId: null,
			} );
			const ours = ( await scene.state() ).orders.filter(
				( { externalRef } ) => externalRef?.startsWith( 'early-' )
			);
			expect( ours ).toHaveLength( 1 );
		} );

		test( 'a person’s word moves it all the same', async () => {
			const { results } = await scene.must< { results: Order[] } >(
				0,
				'orders',
				'push',
				String( early )
			);
			expect( results[ 0 ] ).toMatchObject( {
				state: 'synced',
				proof: { matches: true },
			} );
		} );

		test( 'orders.delay holds an order back for so long, and a person’s word goes past it', async () => {
			await scene.must( 0, 'settings', 'set', 'orders.delay=4s' );
			const [ waits, hurried ] = [
				await scene.shop.sellOne( { sku: 'OSB-01' } ),
				await scene.shop.sellOne( { sku: 'OSB-01' } ),
			];
			await scene.order( waits, 'not-due' );
			await scene.must( 0, 'orders', 'push', String( hurried ) );
			expect( ( await scene.orderOf( waits ) )?.state ).toBe( 'not-due' );
			await scene.order( waits, 'synced' );
			const at = Date.parse(
				( await scene.shop.order( waits ) ).date_created_gmt + 'Z'
			);
			const pushedAt = ( await scene.orderOf( waits ) )!.journal.find(
				( { step } ) => step === 'CreateOrder'
			)!.at;
			expect( Date.parse( pushedAt ) - at ).toBeGreaterThanOrEqual(
				4000
			);
		} );

		test( 'no secret was told anywhere', async () => {
			expect( await scene.leaks() ).toEqual( [] );
		} );
	} );
} );
