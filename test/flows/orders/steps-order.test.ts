/**
 * Steps that change the sales order itself: amended, cancelled and brought back, its status and custom
 * fields.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
	createApplyKit,
	problemOf,
	type ApplyKit,
} from '../../helpers/fakes/apply-kit.ts';
import { PAYMENT } from './planned.ts';

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
describe( 'AmendOrder', () => {
	const pushed = {
		storeStatus: 'processing',
		statusId: 1,
		rows: [],
		parts: {
			reference: { mark: 'a', found: null },
			billing: { mark: 'b', found: null },
			delivery: { mark: 'c', found: null },
			shippingMethod: { mark: 'd', found: null },
		},
	};
	const amend = ( version: number ) => ( {
		type: 'AmendOrder' as const,
		version,
		change: { ref: '#2', rows: { change: [], add: [], remove: [ 900 ] } },
		pushed,
	} );

	test( 'changes the order and keeps what is agreed, to be filled in by the read-back', async () => {
		expect(
			await kit.run( [ amend( 1 ), { type: 'Verify' } ] )
		).toMatchObject( { ok: true } );
		expect( order() ).toMatchObject( { reference: '#2', total: '18.00' } );
		const { parts } = ( await kit.link() ).pushed ?? {};
		expect( parts?.reference.mark ).toBe( 'a' );
		expect( parts?.reference.found ).not.toBeNull();
	} );

	test( 'of another version writes nothing and is due at once', async () => {
		expect( await kit.once( [ amend( 9 ) ] ) ).toMatchObject( {
			failure: { kind: 'retry', cause: 'busy', after: 0 },
		} );
		expect( order().reference ).toBe( '1' );
		expect( ( await kit.link() ).pushed ).toBeNull();
	} );

	test( 'that is refused is told with Brightpearl’s words', async () => {
		kit.erp.change( 5000, { invoiced: true } );
		const problem = problemOf(
			await kit.run( [ amend( order().version ?? 0 ) ] )
		);
		expect( problem ).toMatchObject( {
			code: 'order-changed',
			message: expect.stringContaining( 'invoiced order must stay' ),
		} );
		expect( ( await kit.link() ).pushed ).toBeNull();
	} );

	test( 'steps after it see the order as it is then', async () => {
		await kit.run( [
			{ type: 'Allocate', wanted: {} },
			{
				...amend( 1 ),
				change: {
					rows: {
						change: [ { rowId: 900, quantity: '5' } ],
						add: [],
						remove: [],
					},
				},
			},
			{ type: 'Allocate', wanted: { 'line-1': 5 } },
		] );
		expect( held() ).toEqual( { 900: 5 } );
	} );
} );

describe( 'CancelOrder', () => {
	const cancel = () => kit.run( [ { type: 'CancelOrder', statusId: 5 } ] );

	test( 'of an order with money on it tells cancelled-paid', async () => {
		await kit.run( [ { type: 'RecordPayment', payment: PAYMENT } ] );
		expect( problemOf( await cancel() ) ).toMatchObject( {
			code: 'cancelled-paid',
			message: expect.stringContaining( 'with payments' ),
		} );
		expect( ( await kit.link() ).cancelled ).toBe( false );
	} );

	test.each( [ 'note', 'invoice', 'shipped' ] as const )(
		'of one with a %s tells cancelled-shipped, whatever was paid',
		async ( what ) => {
			await ( what === 'note'
				? kit.erp.noted.set( 900, 1 )
				: kit.run( [ { type: 'RecordPayment', payment: PAYMENT } ] ) );
			kit.erp.change( 5000, {
				invoiced: what === 'invoice',
				shipping: what === 'shipped' ? 'part' : 'none',
			} );
			expect( problemOf( await cancel() )?.code ).toBe(
				'cancelled-shipped'
			);
		}
	);

	test( 'that somebody else did is none of ours', async () => {
		kit.erp.change( 5000, { statusId: 5, cancelled: true } );
		expect( await cancel() ).toMatchObject( { ok: true } );
		expect( kit.erp.calls ).not.toContain( 'setOrderStatus' );
		expect( ( await kit.link() ).cancelled ).toBe( false );
	} );

	test( 'and back again: what was reserved is forgotten, and reserved anew', async () => {
		const wanted = { 'line-1': 2 };
		await kit.run( [ { type: 'Allocate', wanted } ] );
		await cancel();
		expect( ( await kit.link() ).cancelled ).toBe( true );
		expect( held() ).toEqual( {} );
		await kit.run( [
			{
				type: 'SetStatus',
				statusId: 1,
				storeStatus: 'processing',
				revives: true,
			},
		] );
		expect( await kit.link() ).toMatchObject( {
			cancelled: false,
			reserved: null,
			allocation: null,
		} );
		await kit.run( [ { type: 'Allocate', wanted } ] );
		expect( held() ).toEqual( { 900: 2 } );
	} );

	test( 'a status that is there is not set again, and is agreed on', async () => {
		await kit.save( {
			pushed: {
				storeStatus: 'processing',
				statusId: 1,
				rows: [],
				parts: {
					reference: { mark: '', found: '' },
					billing: { mark: '', found: '' },
					delivery: { mark: '', found: '' },
					shippingMethod: { mark: '', found: '' },
				},
			},
		} );
		kit.erp.change( 5000, { statusId: 21 } );
		await kit.run( [
			{
				type: 'SetStatus',
				statusId: 21,
				storeStatus: 'completed',
				revives: false,
			},
		] );
		expect( kit.erp.calls ).not.toContain( 'setOrderStatus' );
		expect( ( await kit.link() ).pushed ).toMatchObject( {
			storeStatus: 'completed',
			statusId: 21,
		} );
	} );
} );

describe( 'SetCustomFields', () => {
	const define = ( code: string, type: string, choices: string[] = [] ) =>
		kit.erp.definitions.push( {
			code,
			name: code,
			type,
			required: false,
			options: choices.map( ( value, at ) => ( {
				id: 160 + at,
				value,
			} ) ),
		} );

	test( 'gives each field what it holds, and tells what does not fit', async () => {
		define( 'PCF_TEXT', 'TEXT' );
		define( 'PCF_PICK', 'SELECT', [ 'Web', 'Fair' ] );
		define( 'PCF_WRONG', 'SELECT', [ 'Web' ] );
		define( 'PCF_COUNT', 'INTEGER' );
		define( 'PCF_DAY', 'DATE' );
		define( 'PCF_NODAY', 'DATE' );
		define( 'PCF_YES', 'BOOLEAN' );
		define( 'PCF_NO', 'YES_NO' );
		define( 'PCF_EMPTY', 'INTEGER' );
		const fields = {
			PCF_TEXT: 'Ring twice',
			PCF_PICK: 'fair',
			PCF_WRONG: 'Moon',
			PCF_COUNT: '12',
			PCF_DAY: '2026-07-01',
			PCF_NODAY: '2026-02-31',
			PCF_YES: 'Yes',
			PCF_NO: '0',
			PCF_EMPTY: '',
			PCF_UNKNOWN: 'x',
		};
		const result = await kit.run( [ { type: 'SetCustomFields', fields } ] );
		expect( kit.erp.fields.get( 5000 ) ).toEqual( {
			PCF_TEXT: 'Ring twice',
			PCF_PICK: { id: 161 },
			PCF_COUNT: 12,
			PCF_DAY: '2026-07-01',
			PCF_YES: true,
			PCF_NO: false,
			PCF_EMPTY: null,
		} );
		const told = result.ok ? result.value.told : [];
		expect( told ).toHaveLength( 1 );
		expect( told[ 0 ]?.field ).toBe( 'orders.customFields' );
		for ( const code of [ 'PCF_WRONG', 'PCF_NODAY', 'PCF_UNKNOWN' ] ) {
			expect( told[ 0 ]?.message ).toContain( code );
		}
		expect( Object.keys( ( await kit.link() ).fields ) ).toEqual(
			Object.keys( fields ).filter(
				( code ) => ! /WRONG|NODAY|UNKNOWN/.test( code )
			)
		);
	} );
} );
