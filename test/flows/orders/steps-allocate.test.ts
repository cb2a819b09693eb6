/**
 * Allocate: what is reserved for an order, brought up and down.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
	createApplyKit,
	problemOf,
	type ApplyKit,
} from '../../helpers/fakes/apply-kit.ts';
import { Refused } from '../../helpers/fakes/order-parts.ts';

let kit: ApplyKit;
beforeEach( async () => {
	kit = await createApplyKit();
} );
afterEach( () => kit.close() );

const order = () => {
	const [ sales ] = kit.erp.sales;
	if ( sales === undefined ) {
		throw new Error( 'There is no sales order.' );
	}
	return sales;
};
const held = () =>
	Object.fromEntries(
		Object.entries( kit.erp.reservations.get( 5000 )?.rows ?? {} ).map(
			( [ rowId, { quantity } ] ) => [ rowId, quantity ]
		)
	);
const NO = new Refused( 'WHSC-900 No.' ).failure;

describe( 'Allocate', () => {
	const allocate = ( wanted: Record< string, number > ) =>
		kit.run( [ { type: 'Allocate', wanted } ] );
	const ALL = { 'line-1': 2, 'line-2': 1 };

	test( 'goes down, up and away, and does nothing where all is as wanted', async () => {
		await allocate( ALL );
		expect( held() ).toEqual( { 900: 2, 901: 1 } );
		await allocate( { 'line-1': 1, 'line-2': 1 } );
		expect( held() ).toEqual( { 900: 1, 901: 1 } );
		await allocate( { 'line-1': 2 } );
		expect( held() ).toEqual( { 900: 2 } );
		const before = kit.erp.calls.length;
		await allocate( { 'line-1': 2, 'line-2': 0 } );
		expect( kit.erp.calls.slice( before ) ).not.toContain(
			'updateReservation'
		);
		await allocate( {} );
		expect( kit.erp.reservations.size ).toBe( 0 );
		expect( kit.erp.calls ).toContain( 'deleteReservation' );
		expect( await kit.link() ).toMatchObject( { reserved: {} } );
	} );

	test( 'never asks for more than was ordered, or for what is on a note', async () => {
		await allocate( { 'line-1': 9, 'line-2': 1 } );
		expect( held() ).toEqual( { 900: 2, 901: 1 } );
		await allocate( {} );
		kit.erp.noted.set( 900, 1 );
		kit.erp.change( 5000, { allocation: 'part' } );
		await allocate( ALL );
		expect( held() ).toEqual( { 900: 1, 901: 1 } );
	} );

	test( 'a bundle is reserved by its parts', async () => {
		const [ first, , shipping ] = order().rows;
		if ( ! first || ! shipping ) {
			throw new Error( 'rows' );
		}
		const part = {
			...first,
			externalRef: null,
			bundleChild: true,
			parentRowId: first.id,
		};
		kit.erp.change( 5000, {
			rows: [
				{ ...first, bundleParent: true },
				{ ...part, id: 950, quantity: '2' },
				{ ...part, id: 951, quantity: '6' },
				shipping,
			],
		} );
		await allocate( { 'line-1': 2 } );
		expect( held() ).toEqual( { 950: 2, 951: 6 } );
		await allocate( { 'line-1': 1 } );
		expect( held() ).toEqual( { 950: 1, 951: 3 } );
	} );

	test( 'what staff added stays as it is until all is let go of', async () => {
		const [ first ] = order().rows;
		if ( ! first ) {
			throw new Error( 'rows' );
		}
		await allocate( ALL );
		kit.erp.change( 5000, {
			rows: [ ...order().rows, { ...first, id: 960, externalRef: null } ],
		} );
		await allocate( { 'line-1': 1, 'line-2': 1 } );
		expect( held() ).toEqual( { 900: 1, 901: 1 } );
		const reservation = kit.erp.reservations.get( 5000 );
		kit.erp.reservations.set( 5000, {
			warehouseId: 2,
			rows: {
				...reservation?.rows,
				960: { productId: first.productId, quantity: 2 },
			},
		} );
		await allocate( { 'line-2': 1 } );
		expect( held() ).toEqual( { 901: 1, 960: 2 } );
		await allocate( {} );
		expect( held() ).toEqual( {} );
	} );

	test.each( [ { cancelled: true }, { shipping: 'all' as const } ] )(
		'asks for nothing of an order that is over (%j)',
		async ( change ) => {
			kit.erp.change( 5000, change );
			expect( await allocate( ALL ) ).toMatchObject( { ok: true } );
			expect( kit.erp.calls ).not.toContain( 'createReservation' );
			expect( kit.erp.calls ).not.toContain( 'reservation' );
		}
	);

	test( 'stock that Brightpearl does not let go of is told; nothing on hand is not', async () => {
		await allocate( { 'line-1': 1 } );
		kit.erp.before = ( call ) =>
			/^(update|delete)Reservation/.test( call ) ? NO : null;
		expect( await allocate( ALL ) ).toMatchObject( { ok: true } );
		expect( held() ).toEqual( { 900: 1 } );
		const problem = problemOf( await allocate( {} ) );
		expect( problem?.message ).toContain( 'does not let go' );
		expect( problem?.message ).toContain( 'WHSC-900 No.' );
		expect( ( await kit.link() ).reserved ).toEqual( ALL );
	} );
} );
