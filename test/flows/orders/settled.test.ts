/** An order of which nothing is left to do costs Brightpearl nothing, however often the shop tells of it. */
import { afterEach, expect, test } from '@jest/globals';
import type { StoreOrder } from '../../../src/contracts/store.ts';
import { aLine, anOrder } from '../../helpers/an-order.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

const LATER = '2026-07-02T11:00:00Z';

let scene: OrderScene;
afterEach( () => scene.close() );

async function synced( settings: Record< string, unknown > = {} ) {
	scene = await createOrderScene( { settings } );
	scene.shop.put( anOrder( { id: 1 } ) );
	scene.start();
	await scene.tell( 1 );
	await scene.rest();
	expect( ( await scene.link( 1 ) )?.state ).toBe( 'synced' );
}

/** What Brightpearl was asked when the shop tells of the order once more. */
async function askedAfter( change: Partial< StoreOrder > ): Promise< number > {
	const before = scene.erp.calls.length;
	scene.shop.change( 1, change );
	await scene.tell( 1 );
	await scene.rest();
	return scene.erp.calls.length - before;
}

test( 'another plugin’s meta moves the modification time alone: nothing is asked, the time is kept', async () => {
	await synced();
	expect(
		await askedAfter( { modifiedAt: LATER, meta: { _theirs: 'x' } } )
	).toBe( 0 );
	expect( await scene.link( 1 ) ).toMatchObject( {
		state: 'synced',
		modifiedAt: LATER,
	} );
} );

test( 'what the shop took off its stock is kept', async () => {
	await synced();
	const [ line ] = anOrder( { id: 1 } ).lines;
	await askedAfter( { modifiedAt: LATER } );
	expect( ( await scene.link( 1 ) )?.lines[ 0 ]?.sku ).toBe( line?.sku );
	scene.shop.change( 1, {
		modifiedAt: '2026-07-02T11:01:00Z',
		lines: anOrder( { id: 1 } ).lines.map( ( one ) => ( {
			...one,
			reducedStock: one.reducedStock + 1,
		} ) ),
	} );
	await scene.tell( 1 );
	await scene.rest();
	expect( ( await scene.link( 1 ) )?.lines[ 0 ]?.reduced ).toBe(
		( line?.reducedStock ?? 0 ) + 1
	);
} );

test.each< [ string, Partial< StoreOrder > ] >( [
	[ 'its status', { status: 'completed' } ],
	[ 'its customer', { customerNote: 'Leave it next door.' } ],
	[ 'its refunds', { refunds: [ { id: 9, reason: '', total: '-1.00' } ] } ],
	[ 'its stock', { lines: [ aLine( { reducedStock: 7 } ) ] } ],
] )( 'what moved with it is looked at: %s', async ( _, change ) => {
	await synced();
	expect(
		await askedAfter( { ...change, modifiedAt: LATER } )
	).toBeGreaterThan( 0 );
} );

test( 'where notes of the order are carried over, each event is looked at: a note may have come', async () => {
	await synced( { orders: { notes: { order: 'all' } } } );
	expect( await askedAfter( { modifiedAt: LATER } ) ).toBeGreaterThan( 0 );
} );

test( 'the echo of what was written back asks nothing; what was taken away is written again', async () => {
	await synced( { writeBack: { meta: true, note: true } } );
	const told = scene.shop.written.find( ( { what } ) => what === 'meta' );
	const meta = told?.value as Record< string, string >;
	expect( await askedAfter( { modifiedAt: LATER, meta } ) ).toBe( 0 );

	scene.shop.written.length = 0;
	expect(
		await askedAfter( { modifiedAt: '2026-07-02T11:01:00Z', meta: {} } )
	).toBeGreaterThan( 0 );
	expect( scene.shop.written.map( ( { what } ) => what ) ).toEqual( [
		'meta',
	] );
} );

test( 'a status that the shop refused is tried again with the next event', async () => {
	await synced( { writeBack: { meta: true } } );
	const told = scene.shop.written.find( ( { what } ) => what === 'meta' );
	const link = await scene.link( 1 );
	await scene.database.orderLinks.save( 'main', 1, {
		writtenBack: {
			salesOrderId: link?.salesOrderId ?? 0,
			status: null,
			noted: false,
			statusId: 4444,
		},
	} );
	expect(
		await askedAfter( {
			modifiedAt: LATER,
			meta: told?.value as Record< string, string >,
		} )
	).toBeGreaterThan( 0 );
} );
