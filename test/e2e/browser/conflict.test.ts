/** What shop and Brightpearl both changed: a person sees both values and says which holds. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
	eventually,
	openScene,
	openStage,
	pence,
	type Scene,
	type Stage,
} from '../kit.ts';
import { describeInBrowser } from './kit/chromium.ts';
import { enter, expectGoodAtBothWidths, textOf } from './kit/console.ts';

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
		fine = await stage.shop.sellOne( { sku: 'HP-1005' } );
		await scene.order( fine, 'synced', PATIENCE );
	}, 120_000 );
	afterAll( async () => {
		await scene?.end();
		await stage?.end();
	} );

	/** Staff give the line another price. */
	async function priceInBrightpearl(
		orderId: number
	): Promise< { id: number; line: number } > {
		const { id, rows } = await scene.soldOrder( orderId );
		const line = rows[ 0 ]!.id;
		const changed = await stage.brightpearl.api(
			scene.account.account,
			'PATCH',
			`/order-service/order/${ id }/row/${ line }`,
			[
				{
					op: 'replace',
					path: '/rowValue/rowNet/value',
					value: '20.00',
				},
			]
		);
		expect( changed.status ).toBe( 200 );
		return { id, line };
	}

	/** … and in the shop its quantity is changed. */
	async function editedOnBothSides(): Promise< {
		id: number;
		line: number;
	} > {
		const { line_items } = await stage.shop.order( fine );
		const edited = await priceInBrightpearl( fine );
		await stage.shop.rest( 'PUT', `orders/${ fine }`, {
			line_items: [
				{
					id: line_items[ 0 ]!.id,
					quantity: 2,
					subtotal: '57.94',
					total: '57.94',
				},
			],
		} );
		await scene.order( fine, 'problem', PATIENCE );
		return edited;
	}

	test(
		'what both sides changed is shown side by side and settled once, whatever the clicks',
		visiting( async ( { page } ) => {
			const { id, line } = await editedOnBothSides();
			const asked: unknown[] = [];
			page.on( 'request', ( request ) => {
				if ( request.url().endsWith( '/operations/ordersResolve' ) ) {
					asked.push( request.postDataJSON() );
				}
			} );
			await enter( { page }, scene, `orders/main/${ fine }` );
			const both = page.getByRole( 'region', {
				name: 'Changed on both sides',
				exact: true,
			} );
			const card = both.filter( { hasText: 'What to do' } );
			const choices = both.filter( { hasNotText: 'What to do' } );
			await choices
				.getByText( /20\.00/ )
				.first()
				.waitFor();
			// What is to be chosen stands below: another try settles nothing.
			expect( await textOf( card ) ).toContain( 'Say below which side' );
			expect(
				await card
					.getByRole( 'button', { name: 'Retry' } )
					.getAttribute( 'class' )
			).not.toContain( 'is-primary' );
			await page
				.getByText( 'Nothing, until a person has chosen above.' )
				.waitFor();
			await expectGoodAtBothWidths( page, 'order-conflict' );
			await choices
				.getByRole( 'button', { name: 'Keep the shop’s' } )
				.click();
			const dialog = page.getByRole( 'dialog' );
			await dialog
				.getByText( /“2 × 28\.97.*” replaces “1 × 20\.00/ )
				.waitFor();
			await dialog
				.getByRole( 'button', { name: 'Write them to Brightpearl' } )
				.dblclick();
			await choices.waitFor( { state: 'hidden' } );
			expect( asked ).toHaveLength( 1 );
			await scene.order( fine, 'synced', PATIENCE );
			const written = await scene.soldOrder( fine );
			expect( written.id ).toBe( id );
			expect( written.total ).toBe(
				pence( ( await stage.shop.order( fine ) ).total )
			);
			expect(
				written.rows.find( ( row ) => row.id === line )
			).toMatchObject( {
				quantity: '2.0000',
			} );
			// It was paid before the shop's edit, which makes no payment of its own.
			await page
				.getByText( /£[\d.]+ due, £[\d.]+ more than was paid/ )
				.waitFor();
			await eventually( 'the focus is not lost', () =>
				page.evaluate< boolean >(
					'document.activeElement !== document.body'
				)
			);
		} ),
		PATIENCE
	);

	test(
		'what was edited in Brightpearl alone stays there once a person accepts it',
		visiting( async ( { page } ) => {
			const orderId = await stage.shop.sellOne( { sku: 'HP-1005' } );
			await scene.order( orderId, 'synced', PATIENCE );
			await priceInBrightpearl( orderId );
			await enter( { page }, scene, `orders/main/${ orderId }` );
			await page.getByRole( 'button', { name: 'Push again' } ).click();
			const panel = page.getByRole( 'region', {
				name: 'Edited in Brightpearl',
			} );
			await panel
				.getByRole( 'button', { name: 'Write the shop’s values' } )
				.waitFor();
			await panel
				.getByRole( 'button', { name: 'Accept Brightpearl’s figures' } )
				.click();
			await page
				.getByRole( 'dialog' )
				.getByRole( 'button', { name: 'Leave Brightpearl as it is' } )
				.click();
			await panel.waitFor( { state: 'hidden' } );
			await scene.order( orderId, 'synced', PATIENCE );
			expect( ( await scene.soldOrder( orderId ) ).rows[ 0 ]?.net ).toBe(
				'20.0000'
			);
		} ),
		PATIENCE
	);
} );
