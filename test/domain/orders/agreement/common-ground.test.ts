import { describe, expect, test } from '@jest/globals';
import { ownRows } from '../../../../src/domain/orders/agreement/common-ground.ts';
import {
	fingerprintOf,
	withFound,
} from '../../../../src/domain/orders/plan.ts';
import type { OrderPlan, Step } from '../../../../src/domain/orders/types.ts';
import { ADDRESS, aLine, anOrder, BOOK } from '../../../helpers/an-order.ts';
import {
	converge,
	edit,
	foundIn,
	foundRow,
	inputIn,
	newWorld,
	soldIn,
	types,
	type World,
} from '../../../helpers/planned-world.ts';
import { planned, settingsWith } from '../../../helpers/planning.ts';

const THREE = anOrder( {
	lines: [
		aLine( { quantity: '3', total: '30.00', totalTax: '6.00' } ),
		BOOK,
	],
	total: '49.77',
	totalTax: '7.00',
} );
const FOUR = anOrder( {
	lines: [
		aLine( { quantity: '4', total: '40.00', totalTax: '8.00' } ),
		BOOK,
	],
	total: '61.77',
	totalTax: '9.00',
} );
const BOARD_GONE = anOrder( {
	lines: [ BOOK ],
	total: '13.77',
	totalTax: '1.00',
} );

function pushed( order = anOrder() ): World {
	const world = newWorld();
	converge( world, { order } );
	return world;
}

const told = ( plan: OrderPlan ) => plan.told.map( ( { code } ) => code );
const amendment = ( { steps }: OrderPlan ) =>
	steps.find(
		( step ): step is Extract< Step, { type: 'AmendOrder' } > =>
			step.type === 'AmendOrder'
	);

describe( 'the common ground', () => {
	test( 'is filled in with what was read back', () => {
		const { link, found } = pushed();
		expect( link.pushed ).toMatchObject( {
			storeStatus: 'processing',
			statusId: 1,
			rows: [
				{
					ref: 'line-1',
					productId: 4200,
					quantity: '2',
					net: '20.00',
					tax: '4.00',
					found: {
						rowId: found?.rows[ 0 ]?.id,
						productId: 4200,
						quantity: '2',
					},
				},
				{ ref: 'line-2' },
				{ ref: 'ship-3', productId: null, found: { productId: 1000 } },
			],
		} );
		const { reference, billing } = link.pushed?.parts ?? {};
		expect( reference?.found ).toMatch( /^[0-9a-f]{24}$/ );
		expect( JSON.stringify( [ reference, billing ] ) ).not.toContain(
			ADDRESS.address1
		);
	} );

	test( 'is not filled in with what was not written as it was meant', () => {
		const world = pushed();
		const plan = planned( inputIn( world, { order: THREE } ) );
		const { rows } =
			plan.pushed === null
				? { rows: [] }
				: withFound( plan.pushed, foundIn( world ) );
		expect( rows.map( ( { found } ) => found === null ) ).toEqual( [
			true,
			false,
			false,
		] );
	} );
} );

describe( 'rows under a reference of ours', () => {
	test( 'are the oldest of several, never a part of a bundle', () => {
		const world = pushed();
		const [ board ] = foundIn( world ).rows;
		const rows = [
			{ ...foundRow( world, { externalRef: 'line-1' } ), id: 900 },
			{
				...foundRow( world, { externalRef: 'line-1' } ),
				id: 1,
				bundleChild: true,
			},
		];
		edit( world, { rows: ( all ) => [ ...rows, ...all ] } );
		expect( ownRows( foundIn( world ), null ).get( 'line-1' )?.id ).toBe(
			board?.id
		);
	} );
} );

describe( 'an amendment whose end nobody saw', () => {
	/** The ground was kept, the order amended or not, and then the process ended. */
	function interrupted( order = THREE, isDone = true ): World {
		const world = pushed();
		const plan = planned( inputIn( world, { order } ) );
		const step = amendment( plan );
		const done = pushed();
		converge( done, { order } );
		world.link = { ...world.link, pushed: step?.pushed ?? null };
		world.found = isDone ? done.found : world.found;
		return world;
	}

	test( 'was done: nothing is written again', () => {
		const world = interrupted();
		expect( types( converge( world, { order: THREE } ) ) ).not.toContain(
			'AmendOrder'
		);
	} );

	test( 'was not done: it is written', () => {
		const world = interrupted( THREE, false );
		converge( world, { order: THREE } );
		expect( soldIn( world ) ).toBe( '49.77' );
	} );

	test.each( [ true, false ] )(
		'and the shop went on (done: %s): its last word is written, nobody is asked',
		( isDone ) => {
			const world = interrupted( THREE, isDone );
			expect( told( converge( world, { order: FOUR } ) ) ).toEqual( [] );
			expect( soldIn( world ) ).toBe( '61.77' );
		}
	);

	test( 'a row that was to go is taken off then', () => {
		const world = interrupted( BOARD_GONE, false );
		converge( world, { order: BOARD_GONE } );
		expect( soldIn( world ) ).toBe( '13.77' );
		expect( world.link.pushed?.rows.map( ( { ref } ) => ref ) ).toEqual( [
			'line-2',
			'ship-3',
		] );
	} );

	test( 'the status it was to have afterwards is still to be set', () => {
		const settings = settingsWith( {
			status: { processing: 3, completed: 4 },
		} );
		const world = newWorld();
		converge( world, { order: anOrder(), more: { settings } } );
		const shop = {
			order: { ...THREE, status: 'completed' },
			more: { settings },
		};
		const step = amendment( planned( inputIn( world, shop ) ) );
		world.link = { ...world.link, pushed: step?.pushed ?? null };
		expect( types( converge( world, shop ) ) ).toContain( 'SetStatus' );
	} );
} );

describe( 'an order of an earlier version, which kept no ground', () => {
	function old( fingerprint: string | null ): World {
		const world = pushed();
		world.link = { ...world.link, pushed: null, fingerprint };
		return world;
	}

	test( 'not edited since: what Brightpearl shows is agreed, whatever staff did', () => {
		const world = old( fingerprintOf( anOrder() ) );
		edit( world, {
			reference: 'theirs',
			rows: ( rows ) => [
				...rows
					.slice( 1 )
					.map( ( row ) =>
						row.externalRef === 'line-2'
							? { ...row, net: '9.00' }
							: row
					),
				foundRow( world, { name: 'Engraving', net: '1.00' } ),
			],
		} );
		const plan = converge( world, {
			order: anOrder(),
			more: {
				settings: settingsWith( { tax: [] } ),
				products: new Map(),
			},
		} );
		// The row that is gone needs no stock any more.
		expect( types( plan ) ).toEqual( [ 'Allocate', 'Verify' ] );
		expect( told( plan ) ).toEqual( [] );
		// From then on the shop's edits are written, and only those.
		const next = converge( world, {
			order: anOrder( {
				shipping: { ...ADDRESS, email: '', city: 'Bath' },
			} ),
		} );
		expect( amendment( next )?.change ).toEqual( {
			deliveryAddress: expect.objectContaining( {
				addressLine3: 'Bath',
			} ),
		} );
	} );

	test( 'called off then and standing now: its status is news', () => {
		const world = old( `${ fingerprintOf( anOrder() ) }:refunded` );
		const plan = converge( world, {
			order: anOrder(),
			more: {
				settings: settingsWith( { status: { processing: 3 } } ),
			},
		} );
		expect( types( plan ) ).toEqual( [ 'SetStatus', 'Verify' ] );
	} );

	test( 'edited since: what differs is asked about, until a person says whose holds', () => {
		for ( const resolve of [ 'store', 'brightpearl' ] as const ) {
			const world = old( fingerprintOf( anOrder() ) );
			const added = {
				...THREE,
				lines: [
					...THREE.lines.slice( 0, 1 ),
					{ ...BOOK, id: 9, name: 'Another' },
				],
			};
			for ( let look = 0; look < 2; look++ ) {
				const plan = converge( world, { order: added } );
				expect( amendment( plan ) ).toBeUndefined();
				expect( told( plan ) ).toEqual( [ 'changed-on-both-sides' ] );
				expect(
					plan.conflicts.map( ( { what, store, brightpearl } ) => [
						what,
						store,
						brightpearl,
					] )
				).toEqual( [
					[
						'line-1',
						'3 × 10.00 + 6.00 tax',
						'2 × 10.00 + 4.00 tax',
					],
					[ 'line-9', '1 × 7.77 + 0.00 tax', 'removed' ],
					[ 'line-2', 'removed', '1 × 7.77 + 0.00 tax' ],
				] );
			}
			world.link = { ...world.link, resolve };
			expect( told( converge( world, { order: added } ) ) ).toEqual( [] );
			expect( soldIn( world ) ).toBe(
				resolve === 'store' ? '49.77' : '37.77'
			);
			expect( types( converge( world, { order: added } ) ) ).toEqual( [
				'Verify',
			] );
		}
	} );

	test( 'edited since, the same on both sides by now: agreed', () => {
		const world = old( fingerprintOf( THREE ) );
		const plan = converge( world, { order: anOrder() } );
		expect( told( plan ) ).toEqual( [] );
		expect( types( plan ) ).toEqual( [ 'Verify' ] );
	} );

	test( 'that was never finished: the shop’s values are written', () => {
		const world = old( null );
		expect( told( converge( world, { order: THREE } ) ) ).toEqual( [] );
		expect( soldIn( world ) ).toBe( '49.77' );
	} );
} );
