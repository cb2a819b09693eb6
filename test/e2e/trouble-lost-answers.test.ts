/**
 * Brightpearl does what it is asked and its answer is lost. Whether it de-duplicates (an
 * instance id is known) or not, and though its search lags behind: nothing is doubled.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
	doubled,
	expectedRows,
	gbSettings,
	goLiveNow,
	openScene,
	openStage,
	pence,
	PREFIX,
	type Scene,
	type Stage,
} from './kit.ts';

/** Every write of the order flow. */
const WRITES = [
	'/contact-service/postal-address',
	'/contact-service/contact',
	'/order-service/sales-order',
	'/accounting-service/customer-payment',
	'/warehouse-service/order/*/reservation/warehouse/*',
] as const;

/** Less than the flow waits before it believes that an order it may have made is not there. */
const INDEX_LAG_MS = 1500;

let stage: Stage;
let without: Scene;
let withId: Scene;
beforeAll( async () => {
	stage = await openStage();
	const settings = gbSettings();
	const goLive = await goLiveNow();
	await stage.brightpearl.switches( { indexLagMs: INDEX_LAG_MS } );
	// One shop, two accounts: one connection knows its instance id, the other none.
	without = await openScene( stage, { settings: { ...settings, goLive } } );
	withId = await openScene( stage, {
		account: 'sandbox-us',
		oauth: true,
		settings: {
			...settings,
			goLive,
			orders: { ...settings.orders, tax: [], taxDefault: 'T' },
		},
	} );
	for ( const scene of [ without, withId ] ) {
		await scene.serve();
		await scene.webhooks();
	}
} );
afterAll( async () => {
	await without?.end();
	await withId?.end();
	await stage?.end();
} );

/** One order for each write, each of another new guest; each account loses one answer of each write. */
async function sellAndLose(
	fault: Readonly< Record< string, unknown > >,
	paths: readonly string[]
): Promise< void > {
	const { brightpearl, shop } = stage;
	for ( const path of paths ) {
		for ( const { account } of [ without.account, withId.account ] ) {
			await brightpearl.fault( {
				method: 'POST',
				count: 1,
				...fault,
				path,
				account,
			} );
		}
	}
	const ids: number[] = [];
	while ( ids.length < paths.length ) {
		guests += 1;
		ids.push(
			await shop.sellOne( {
				items: [ { sku: 'OSB-01', quantity: 2 }, { sku: 'LIN-APR' } ],
				email: `guest-${ guests }@example.test`,
			} )
		);
	}
	for ( const scene of [ without, withId ] ) {
		for ( const id of ids ) {
			await scene.order( id, 'synced', 40_000 );
			const sold = await shop.order( id );
			const found = await scene.soldOrder( id );
			expect( found.total ).toBe( pence( sold.total ) );
			expect(
				found.rows.map( ( { externalRef } ) => externalRef )
			).toEqual( [ ...expectedRows( sold ).keys() ] );
			expect(
				found.payments.map( ( { transactionRef, paid } ) => [
					transactionRef,
					paid,
				] )
			).toEqual( [ [ `${ PREFIX }-${ id }-p1`, pence( sold.total ) ] ] );
			expect(
				Object.values( found.reservation?.rows ?? {} ).map(
					( { quantity } ) => quantity
				)
			).toEqual( [ 2, 1 ] );
		}
		const state = await scene.state();
		expect( doubled( state ) ).toEqual( [] );
		// An order, a contact each; nothing that belongs to nobody but, at most, an address.
		expect( state.orders ).toHaveLength( guests );
		expect( state.contacts ).toHaveLength( guests );
		expect( state.payments ).toBe( guests );
		expect( await scene.problems() ).toEqual( [] );
	}
	const faults = await brightpearl.control< { fired: number }[] >( 'faults' );
	expect( faults.map( ( { fired } ) => fired ) ).toEqual(
		faults.map( () => 1 )
	);
	await brightpearl.clearFaults();
}

let guests = 0;

test.each( [
	{ what: 'the connection breaks', fault: { kind: 'lost-answer' } },
	{
		what: 'Brightpearl answers 500',
		fault: { kind: 'error', committed: true },
	},
	{
		what: 'the gateway answers 503',
		fault: { kind: 'unavailable', committed: true, body: 'html' },
	},
	{ what: 'the answer is cut short', fault: { kind: 'cut' } },
] )(
	'every write is done although $what: everything is there once',
	async ( { fault } ) => {
		await sellAndLose( fault, WRITES );
	},
	60_000
);

test.each( [ 'empty', 'conflict' ] )(
	'a repeated reference may be answered with %s as well',
	async ( duplicateAnswer ) => {
		await stage.brightpearl.switches( { duplicateAnswer } );
		await sellAndLose( { kind: 'lost-answer' }, [
			'/order-service/sales-order',
		] );
	},
	60_000
);

test( 'no secret was told anywhere', async () => {
	expect( [
		...( await without.leaks() ),
		...( await withId.leaks() ),
	] ).toEqual( [] );
} );
