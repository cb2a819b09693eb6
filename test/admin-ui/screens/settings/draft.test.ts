import { describe, expect, test } from '@jest/globals';
import { settingsSchema } from '../../../../src/contracts/settings.ts';
import {
	DEFAULTS,
	changedFields,
	check,
	compareAll,
	faultsAt,
	faultsFromService,
	merged,
	numberOrText,
} from '../../../../admin-ui/src/screens/settings/draft.ts';
import {
	FIELDS,
	fieldOf,
	labelOf,
} from '../../../../admin-ui/src/screens/settings/fields.ts';
import { isTree, type Tree } from '../../../../src/contracts/json.ts';
import {
	readAt,
	writeAt,
} from '../../../../admin-ui/src/screens/settings/tree.ts';

/** Maps with the shop's own words are one field each. */
const WHOLE = [ 'orders.status', 'orders.payments', 'orders.shipping' ];

function leaves( tree: Tree, path: readonly string[] = [] ): string[] {
	return Object.entries( tree ).flatMap( ( [ key, value ] ) => {
		const at = [ ...path, key ];
		return isTree( value ) &&
			! WHOLE.includes( at.join( '.' ) ) &&
			Object.keys( value ).length > 0
			? leaves( value, at )
			: [ at.join( '.' ) ];
	} );
}

describe( 'the form of the settings', () => {
	test( 'has a field for every setting there is', () => {
		const nominal = Object.fromEntries(
			Object.keys(
				settingsSchema.shape.orders.unwrap().shape.nominal.unwrap()
					.shape
			).map( ( key ) => [ key, '4000' ] )
		);
		const all = leaves( writeAt( DEFAULTS, 'orders.nominal', nominal ) );
		expect( FIELDS.map( ( { path } ) => path ).sort() ).toEqual(
			all.sort()
		);
	} );

	test( 'what was loaded goes back unchanged', () => {
		const settings = settingsSchema.parse( {
			goLive: '2026-11-21T09:00:00Z',
			orders: {
				payments: { stripe: 'CARD', '': 'BACS', '*': 'CASH' },
				shipping: { 'flat_rate:2': 3, '*': 0 },
				tax: [ { percent: '20', code: 'T20' } ],
				missingSku: { productId: 1001 },
				nominal: { sales: '4000' },
			},
			stock: { every: null, warehouses: [ 2, 3 ], maximum: 10 },
		} );
		expect( check( settings ) ).toEqual( { ok: true, settings } );
		expect( changedFields( settings, settings ) ).toEqual( [] );
	} );

	test( 'a number that is typed is text until it is one', () => {
		expect( numberOrText( '20' ) ).toBe( 20 );
		expect( numberOrText( '1.0' ) ).toBe( '1.0' );
		expect( numberOrText( '' ) ).toBe( '' );
		const typed = writeAt( DEFAULTS, 'stock.buffer', ' 05 ' );
		expect( check( typed ) ).toMatchObject( {
			ok: true,
			settings: { stock: { buffer: 5 } },
		} );
		expect(
			changedFields( DEFAULTS, writeAt( DEFAULTS, 'stock.buffer', '0 ' ) )
		).toEqual( [] );
	} );

	test( 'all faults are told at once, at their fields', () => {
		let draft: Tree = writeAt( DEFAULTS, 'orders.delay', 'soon' );
		draft = writeAt( draft, 'stock.buffer', 'many' );
		draft = writeAt( draft, 'stock.warehouses', [] );
		draft = writeAt( draft, 'orders.tax', [ { percent: 'x', code: '' } ] );
		draft = writeAt( draft, 'goLive', '' );
		const checked = check( draft );
		expect( checked.ok ).toBe( false );
		const faults = checked.ok ? [] : checked.faults;
		expect( faults.map( ( { path } ) => path ).sort() ).toEqual( [
			'goLive',
			'orders.delay',
			'orders.tax.0.code',
			'orders.tax.0.percent',
			'stock.buffer',
			'stock.warehouses',
		] );
		expect( faultsAt( faults, 'orders.tax' ) ).toHaveLength( 2 );
		expect( faultsAt( faults, 'stock.buf' ) ).toEqual( [] );
	} );

	test( 'an amount may have spaces and a comma, and no doubt about thousands', () => {
		let draft: Tree = writeAt( DEFAULTS, 'orders.roundingLimit', ' 0,10 ' );
		draft = writeAt( draft, 'orders.tax', [
			{ percent: ' 5,5', country: 'gb ', code: 'T5' },
		] );
		expect( check( draft ) ).toMatchObject( {
			ok: true,
			settings: {
				orders: {
					roundingLimit: '0.10',
					tax: [ { percent: '5.5', country: 'GB', code: 'T5' } ],
				},
			},
		} );
		expect(
			check( writeAt( DEFAULTS, 'orders.roundingLimit', '1,000' ) ).ok
		).toBe( false );
	} );

	test( 'faults speak of the field, not of the file', () => {
		let draft: Tree = writeAt( DEFAULTS, 'orders.roundingLimit', 'a lot' );
		draft = writeAt( draft, 'sweep.every', 'abcm' );
		draft = writeAt( draft, 'orders.tax', [ { percent: 'x', code: 'T' } ] );
		draft = writeAt( draft, 'goLive', '' );
		draft = writeAt( draft, 'stock.warehouses', [] );
		const checked = check( draft );
		const faults = checked.ok ? [] : checked.faults;
		expect(
			faults.map( ( { path, message } ) => [ path, message ] ).sort()
		).toEqual( [
			[ 'goLive', 'choose a day and a time' ],
			[ 'orders.roundingLimit', 'type an amount such as 0.05' ],
			[ 'orders.tax.0.percent', 'type a percentage such as 20 or 5.5' ],
			[ 'stock.warehouses', 'choose at least one warehouse' ],
			[ 'sweep.every', 'type a whole number' ],
		] );
		expect( labelOf( 'orders.tax.0.percent' ) ).toMatch(
			/: rule 1, Percent$/
		);
	} );

	test( 'what the service refuses belongs to a field as well', () => {
		expect(
			faultsFromService( [
				{ path: 'settings.orders.refPrefix', message: 'is taken' },
			] )
		).toEqual( [ { path: 'orders.refPrefix', message: 'is taken' } ] );
		expect( faultsFromService( null ) ).toEqual( [] );
	} );

	test( 'a link into a map finds its field, and one to a part finds a field in it', () => {
		expect( fieldOf( 'orders.payments.stripe.eu' )?.path ).toBe(
			'orders.payments'
		);
		expect( fieldOf( 'stock.breaker' )?.path ).toBe(
			'stock.breaker.percent'
		);
		expect( fieldOf( 'sku' ) ).toBeNull();
		expect( labelOf( 'orders.payments.stripe' ) ).toBe(
			'Payment methods: stripe'
		);
	} );
} );

describe( 'settings that were changed meanwhile', () => {
	const base = DEFAULTS;
	const mine = writeAt(
		writeAt( base, 'orders.delay', '10m' ),
		'stock.buffer',
		1
	);
	const theirs = writeAt(
		writeAt( base, 'orders.delay', '1h' ),
		'sweep.every',
		'1m'
	);

	test( 'are told apart: theirs, mine, both', () => {
		expect( compareAll( base, mine, theirs ) ).toEqual( {
			theirs: [ 'sweep.every' ],
			both: [ 'orders.delay' ],
			mine: [ 'stock.buffer' ],
		} );
	} );

	test( 'the same change on both sides is no conflict', () => {
		expect( compareAll( base, mine, mine ) ).toEqual( {
			theirs: [],
			both: [],
			mine: [],
		} );
	} );

	test( 'what is kept of mine lies over theirs', () => {
		const result = merged( base, mine, theirs, [
			'stock.buffer',
			'orders.delay',
		] );
		expect( readAt( result, 'orders.delay' ) ).toBe( '10m' );
		expect( readAt( result, 'stock.buffer' ) ).toBe( 1 );
		expect( readAt( result, 'sweep.every' ) ).toBe( '1m' );
	} );

	test( 'a key that I took away stays away', () => {
		const before = writeAt( base, 'orders.nominal.sales', '4000' );
		const result = merged( before, base, before, [
			'orders.nominal.sales',
		] );
		expect( readAt( result, 'orders.nominal' ) ).toEqual( {} );
	} );

	test( 'of a mapping only the lines that I changed are mine', () => {
		const payments = ( map: Tree ): Tree =>
			writeAt( base, 'orders.payments', map );
		expect(
			readAt(
				merged(
					payments( { stripe: 'CARD', cod: 'CASH', bacs: 'BACS' } ),
					payments( { stripe: 'STRIPE', cod: 'CASH' } ),
					payments( { stripe: 'CARD', cod: 'X', bacs: 'BACS' } ),
					[ 'orders.payments' ]
				),
				'orders.payments'
			)
		).toEqual( { stripe: 'STRIPE', cod: 'X' } );
	} );

	test( 'in a mapping null is a value, and not the same as no line', () => {
		const status = ( map: Tree ): Tree =>
			writeAt( base, 'orders.status', map );
		expect(
			readAt(
				merged(
					status( { processing: null } ),
					status( { processing: null, completed: null } ),
					status( { processing: 4 } ),
					[ 'orders.status' ]
				),
				'orders.status'
			)
		).toEqual( { processing: 4, completed: null } );
	} );
} );
