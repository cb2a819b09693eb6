/** What shop and Brightpearl both changed: a person sees both values and says which holds. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Conflict, Order } from '../../../src/contracts/answers.ts';
import {
	eventually,
	openScene,
	openStage,
	type Scene,
	type Stage,
} from '../kit.ts';
import { describeInBrowser } from './kit/chromium.ts';
import { enter, expectGoodAtBothWidths } from './kit/console.ts';

const PATIENCE = 60_000;

describeInBrowser( 'a conflict in a browser', ( visiting ) => {
	let stage: Stage;
	let scene: Scene;
	let fine: number;
	beforeAll( async () => {
		stage = await openStage();
		scene = await openScene( stage );
		await scene.serve();
		await scene.webhooks();
		fine = await stage.shop.sellOne();
		await scene.order( fine, 'synced', PATIENCE );
	}, 120_000 );
	afterAll( async () => {
		await scene?.end();
		await stage?.end();
	} );

	test(
		'what both sides changed is shown side by side and settled once, whatever the clicks',
		visiting( async ( { page } ) => {
			const conflicts: Conflict[] = [
				{
					what: 'line-12',
					name: 'line "Canvas Tote"',
					store: '2 × 10.00 + 4.00 tax',
					brightpearl: '3 × 10.00 + 6.00 tax',
				},
			];
			let open = true;
			const asked: string[] = [];
			await page.route( '**/operations/ordersShow', async ( route ) => {
				const answer = await route.fetch();
				const { exit, body } = ( await answer.json() ) as {
					exit: number;
					body: Order;
				};
				await route.fulfill( {
					json: {
						exit,
						body: open
							? { ...body, state: 'problem', conflicts }
							: body,
					},
				} );
			} );
			await page.route(
				'**/operations/ordersResolve',
				async ( route ) => {
					const { input } = route.request().postDataJSON() as {
						input: { side: string };
					};
					asked.push( input.side );
					open = false;
					const body = await scene.order( fine, 'synced' );
					await route.fulfill( {
						json: { exit: 0, body: { results: [ body ] } },
					} );
				}
			);
			await enter( { page }, scene, `orders/main/${ fine }` );
			const panel = page.getByRole( 'region', {
				name: 'Changed on both sides',
			} );
			await panel.getByText( '3 × 10.00 + 6.00 tax' ).waitFor();
			await expectGoodAtBothWidths( page, 'order-conflict' );
			await panel
				.getByRole( 'button', { name: 'Keep the shop’s' } )
				.click();
			const dialog = page.getByRole( 'dialog' );
			await dialog
				.getByText( /“2 × 10\.00 \+ 4\.00 tax” replaces “3 ×/ )
				.waitFor();
			await dialog
				.getByRole( 'button', { name: 'Write them to Brightpearl' } )
				.dblclick();
			await panel.waitFor( { state: 'hidden' } );
			expect( asked ).toEqual( [ 'store' ] );
			await eventually( 'the focus is not lost', () =>
				page.evaluate< boolean >(
					'document.activeElement !== document.body'
				)
			);
		} ),
		PATIENCE
	);
} );
