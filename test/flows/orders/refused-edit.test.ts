/**
 * An edit of the shop that Brightpearl refuses: everything else of the order goes on, and the edit is
 * brought once Brightpearl takes it.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aLine, anOrder, BOOK } from '../../helpers/an-order.ts';
import { Refused } from '../../helpers/fakes/order-parts.ts';
import {
	createOrderScene,
	type OrderScene,
} from '../../helpers/fakes/order-scene.ts';

let scene: OrderScene;
let minute = 0;
beforeEach( async () => {
	minute = 0;
	scene = await createOrderScene( {
		settings: { orders: { status: { 'on-hold': 1, completed: 4 } } },
	} );
	scene.shop.put( anOrder( { id: 1, paidAt: null, status: 'on-hold' } ) );
	scene.start();
	await scene.tell( 1 );
	await scene.rest();
	expect( scene.erp.sales ).toHaveLength( 1 );
	expect( await scene.problems() ).toEqual( [] );
} );
afterEach( () => scene.close() );

async function inShop(
	change: Parameters< OrderScene[ 'shop' ][ 'change' ] >[ 1 ] = {}
): Promise< void > {
	minute += 1;
	scene.shop.change( 1, {
		...change,
		modifiedAt: `2026-07-02T12:${ String( minute ).padStart( 2, '0' ) }:00Z`,
	} );
	await scene.tell( 1 );
	await scene.rest();
}

const DEARER = {
	lines: [ aLine( { total: '30.00', totalTax: '6.00' } ), BOOK ],
	total: '49.77',
	totalTax: '7.00',
};
const CHANGED = 'order:1 order-changed';

function refuseEdits(): void {
	const { failure } = new Refused( 'ORDC-910 It has allocated stock.' );
	scene.erp.before = ( call ) =>
		call === 'amendSalesOrder' ? failure : null;
}
function takeEdits(): void {
	scene.erp.before = () => null;
}
const shown = () => scene.erp.sales[ 0 ];
const messageOf = async ( code: string ) =>
	( await scene.database.problems.list() ).find(
		( problem ) => problem.code === code
	)?.message;

describe( 'an edit that is refused', () => {
	test( 'is told on every look, the rest is done, and it is made once it is taken', async () => {
		refuseEdits();
		await inShop( {
			...DEARER,
			paidAt: '2026-07-02T12:00:00Z',
			status: 'completed',
		} );
		expect( await scene.problems() ).toEqual( [ CHANGED ] );
		expect( scene.erp.payments ).toHaveLength( 1 );
		expect( shown()?.statusId ).toBe( 4 );
		expect( shown()?.total ).toBe( '37.77' );
		expect( ( await scene.link( 1 ) )?.pending ).toMatchObject( [
			{ type: 'AmendOrder' },
		] );

		await scene.tell( 1 );
		await scene.rest();
		expect( await scene.problems() ).toEqual( [ CHANGED ] );

		takeEdits();
		await scene.tell( 1 );
		await scene.rest();
		expect( await scene.problems() ).toEqual( [] );
		expect( shown()?.total ).toBe( '49.77' );
		expect( await scene.link( 1 ) ).toMatchObject( {
			state: 'synced',
			pending: [],
		} );
	} );

	test( 'hides no conflict beside it, and takes no word on one for used', async () => {
		const order = shown();
		scene.erp.change( 5000, {
			rows: ( order?.rows ?? [] ).map( ( row ) =>
				row.externalRef === 'line-1' ? { ...row, net: '25.00' } : row
			),
			net: '37.77',
			total: '42.77',
		} );
		refuseEdits();
		await inShop( { ...DEARER, number: '1-B' } );
		expect( await scene.problems() ).toEqual( [
			'order:1 changed-on-both-sides',
			CHANGED,
		] );
		const said = await messageOf( 'changed-on-both-sides' );
		expect( said ).toContain( '15.00' );

		await scene.run( 'ordersResolve', {
			connection: null,
			orderIds: [ 1 ],
			side: 'store',
		} );
		await scene.rest();
		expect( await scene.problems() ).toEqual( [ CHANGED ] );
		expect( ( await scene.link( 1 ) )?.resolve ).toBe( 'store' );

		takeEdits();
		await scene.tell( 1 );
		await scene.rest();
		expect( await scene.problems() ).toEqual( [] );
		expect( shown() ).toMatchObject( {
			total: '49.77',
			reference: expect.stringContaining( '1-B' ),
		} );
	} );
} );

test( 'two problems of one code are both told', async () => {
	const { failure } = new Refused( 'ORDC-900 No.' );
	scene.erp.before = ( call ) =>
		call === 'setOrderStatus' || call === 'createPayment' ? failure : null;
	await inShop( { paidAt: '2026-07-02T12:00:00Z', status: 'completed' } );
	expect( await scene.problems() ).toEqual( [
		'order:1 refused-by-brightpearl',
	] );
	const said = await messageOf( 'refused-by-brightpearl' );
	expect( said?.match( /ORDC-900 No\./g ) ).toHaveLength( 2 );
} );
