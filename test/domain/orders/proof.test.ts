import { describe, expect, test } from '@jest/globals';
import type { StoreOrder } from '../../../src/contracts/store.ts';
import {
	checkProof,
	fingerprintOf,
	isAsExpected,
	markOf,
} from '../../../src/domain/orders/plan.ts';
import { ADDRESS, aLine, anOrder, BOOK } from '../../helpers/an-order.ts';
import {
	inputFor,
	plannedOrder,
	settingsWith,
} from '../../helpers/planning.ts';
import { recordedOrders } from '../../helpers/store-order.ts';

const order = anOrder();
const plan = plannedOrder( inputFor( { order, exact: null } ) );
const row = { bundleChild: false };
const readBack = { total: '37.77', tax: '5.00', rows: [ row, row, row ] };

describe( 'the proof', () => {
	test( 'agrees when total, tax and rows agree, bundle children not counted', () => {
		expect(
			checkProof( {
				plan,
				order,
				salesOrder: {
					...readBack,
					total: '37.7700',
					rows: [ ...readBack.rows, { bundleChild: true } ],
				},
			} )
		).toEqual( {
			matches: true,
			total: { store: '37.77', brightpearl: '37.7700' },
			tax: { store: '5.00', brightpearl: '5.00' },
			rows: { planned: 3, found: 3 },
		} );
	} );

	test.each( [
		[ 'total', { total: '37.78' } ],
		[ 'tax', { tax: '5.01' } ],
		[ 'a row too few', { rows: [ row, row ] } ],
		[ 'a row too many', { rows: [ row, row, row, row ] } ],
	] )( 'differs by %s', ( _name, change ) => {
		expect(
			checkProof( {
				plan,
				order,
				salesOrder: { ...readBack, ...change },
			} ).matches
		).toBe( false );
	} );

	test( "where the shop's tax cannot be reached, the planned tax is proof enough", () => {
		const odd = anOrder( { totalTax: '5.02' } );
		const oddPlan = plannedOrder( inputFor( { order: odd, exact: null } ) );
		expect( oddPlan.totals.tax ).toBe( '5.00' );
		expect(
			checkProof( { plan: oddPlan, order: odd, salesOrder: readBack } )
		).toMatchObject( {
			matches: true,
			tax: { store: '5.02', brightpearl: '5.00' },
		} );
	} );
} );

describe( 'what is expected', () => {
	const expected = {
		net: '32.77',
		tax: '5.00',
		total: '37.77',
		rows: 3,
		edited: false,
	};

	test.each( [
		[ 'the same', {}, true ],
		[ 'more decimals', { total: '37.7700', tax: '5.0000' }, true ],
		[
			"a bundle's child",
			{ rows: [ row, row, row, { bundleChild: true } ] },
			true,
		],
		[ 'another total', { total: '37.78' }, false ],
		[ 'another tax', { tax: '5.01' }, false ],
		[ 'a row too few', { rows: [ row, row ] }, false ],
	] )( '%s: %j', ( _name, change, is ) => {
		expect( isAsExpected( expected, { ...readBack, ...change } ) ).toBe(
			is
		);
	} );
} );

describe( 'the mark', () => {
	const settings = settingsWith( {
		customFields: { PCF_GIFT: 'meta:_gift', PCF_VIA: 'createdVia' },
	} );
	const mark = markOf( order, settings );

	test.each< [ string, Partial< StoreOrder > ] >( [
		[ 'modification', { modifiedAt: '2026-08-01T00:00:00Z' } ],
		[
			'stock taken off',
			{ lines: [ aLine( { reducedStock: 0 } ), BOOK ] },
		],
		[ 'meta of a plugin', { meta: { _other: '1' } } ],
	] )( 'stays with another %s', ( _name, change ) => {
		expect( markOf( anOrder( change ), settings ) ).toBe( mark );
	} );

	test.each< [ string, Partial< StoreOrder > ] >( [
		[ 'status', { status: 'completed' } ],
		[ 'payment', { paidAt: null } ],
		[ 'payment method', { paymentMethod: 'bacs' } ],
		[ 'refunds', { refunds: [ { id: 1, reason: '', total: '-1.00' } ] } ],
		[ 'note', { customerNote: 'Ring twice' } ],
		[ 'meta of a custom field', { meta: { _gift: 'yes' } } ],
		[ 'rows', { lines: [ aLine() ] } ],
		[ 'number', { number: '4336-B' } ],
	] )( 'changes with the %s', ( _name, change ) => {
		expect( markOf( anOrder( change ), settings ) ).not.toBe( mark );
	} );

	test( 'is of another make than that of earlier versions', () => {
		expect( mark ).toMatch( /^2:[0-9a-f]{64}$/ );
		expect( fingerprintOf( order ) ).toMatch( /^1:[0-9a-f]{64}$/ );
	} );
} );

describe( 'the mark of earlier versions', () => {
	const mark = fingerprintOf( order );

	test.each< [ string, Partial< StoreOrder > ] >( [
		[ 'status', { status: 'completed' } ],
		[
			'payment',
			{ paidAt: null, transactionId: 'x', paymentMethod: 'bacs' },
		],
		[ 'modification', { modifiedAt: '2026-08-01T00:00:00Z' } ],
		[ 'refunds', { refunds: [ { id: 1, reason: '', total: '-1.00' } ] } ],
		[
			'stock taken off',
			{ lines: [ aLine( { reducedStock: 0 } ), BOOK ] },
		],
		[
			'a deleted product',
			{ lines: [ aLine( { sku: '', productId: 0 } ), BOOK ] },
		],
		[
			'meta of a plugin',
			{
				lines: [
					aLine( { meta: [ { key: 'Tracking', value: 'X1' } ] } ),
					BOOK,
				],
			},
		],
		[ 'more decimals shown', { total: '37.7700', totalTax: '5.0000' } ],
	] )( 'stays with another %s', ( _name, change ) => {
		expect( fingerprintOf( anOrder( change ) ) ).toBe( mark );
	} );

	test.each< [ string, Partial< StoreOrder > ] >( [
		[ 'total', { total: '37.78' } ],
		[ 'quantity', { lines: [ aLine( { quantity: '3' } ), BOOK ] } ],
		[ 'line amount', { lines: [ aLine( { total: '19.99' } ), BOOK ] } ],
		[ 'name of a line', { lines: [ aLine( { name: 'Board' } ), BOOK ] } ],
		[ 'line less', { lines: [ aLine() ] } ],
		[
			'delivery address',
			{ shipping: { ...ADDRESS, email: '', address1: '10 Harbour Row' } },
		],
		[ 'e-mail', { billing: { ...ADDRESS, email: 'x@example.test' } } ],
		[ 'shipping', { shippingLines: [] } ],
	] )( 'changes with the %s', ( _name, change ) => {
		expect( fingerprintOf( anOrder( change ) ) ).not.toBe( mark );
	} );

	test( 'is another one for each recorded order, and the same every time', () => {
		const marks = recordedOrders().map( ( entry ) =>
			fingerprintOf( entry.order )
		);
		expect( new Set( marks ).size ).toBe( marks.length );
		expect(
			recordedOrders().map( ( entry ) => fingerprintOf( entry.order ) )
		).toEqual( marks );
	} );
} );
