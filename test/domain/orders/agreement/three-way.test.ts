import { describe, expect, test } from '@jest/globals';
import type { StoreOrder } from '../../../../src/contracts/store.ts';
import type { FoundRow } from '../../../../src/domain/orders/found.ts';
import {
	decide,
	type Decision,
	type Resolve,
} from '../../../../src/domain/orders/agreement/three-way.ts';
import type { OrderPlan } from '../../../../src/domain/orders/types.ts';
import {
	ADDRESS,
	aCharge,
	aLine,
	anOrder,
	aShippingLine,
	BOOK,
} from '../../../helpers/an-order.ts';
import {
	converge,
	edit,
	foundIn,
	foundRow,
	newWorld,
	types,
	type World,
} from '../../../helpers/planned-world.ts';
import { settingsWith } from '../../../helpers/planning.ts';

describe( 'what becomes of a value', () => {
	const sides = ( text: string ) => ( {
		equal: text.includes( 'equal' ),
		pending: text.includes( 'pending' ),
		shopChanged: text.includes( 'shop' ),
		staffChanged: text.includes( 'staff' ),
		asked: text.includes( 'asked' ),
		moved: text.includes( 'moved' ),
	} );

	test.each< [ string, Resolve, boolean, Decision ] >( [
		[ '', null, false, 'leave' ],
		[ 'equal', null, false, 'agreed' ],
		[ 'shop', null, false, 'write' ],
		[ 'staff', null, false, 'leave' ],
		[ 'shop staff', null, false, 'conflict' ],
		[ 'shop staff equal', null, false, 'agreed' ],
		[ 'shop staff', 'store', false, 'write' ],
		[ 'shop staff', 'brightpearl', false, 'yield' ],
		[ 'shop', 'brightpearl', false, 'write' ],
		[ 'staff', 'store', false, 'leave' ],
		[ 'staff asked', null, false, 'leave' ],
		[ 'staff asked', 'store', false, 'write' ],
		[ 'staff asked', 'brightpearl', false, 'leave' ],
		[ 'asked', 'store', false, 'leave' ],
		[ 'moved', null, false, 'write' ],
		[ 'moved staff', null, false, 'leave' ],
		[ 'pending', null, false, 'write' ],
		[ 'pending equal', null, false, 'agreed' ],
		[ 'shop', null, true, 'blocked' ],
		[ 'shop', 'brightpearl', true, 'yield' ],
		[ 'shop', 'store', true, 'blocked' ],
		[ 'shop staff', null, true, 'conflict' ],
		[ 'shop staff', 'store', true, 'blocked' ],
		[ 'pending', null, true, 'blocked' ],
		[ 'moved', null, true, 'leave' ],
		[ 'staff', null, true, 'leave' ],
	] )(
		'"%s", settled by %s, frozen %s: %s',
		( text, by, frozen, decision ) => {
			expect( decide( sides( text ), by, frozen ) ).toBe( decision );
		}
	);
} );

/** Three boards instead of two. */
const THREE = anOrder( {
	lines: [
		aLine( {
			quantity: '3',
			subtotal: '30.00',
			subtotalTax: '6.00',
			total: '30.00',
			totalTax: '6.00',
		} ),
		BOOK,
	],
	total: '49.77',
	totalTax: '7.00',
} );
const BOARD_GONE = anOrder( {
	lines: [ BOOK ],
	total: '13.77',
	totalTax: '1.00',
} );
const MUG = aLine( {
	id: 9,
	name: 'Gift voucher',
	sku: 'BOOK-MOSS',
	quantity: '1',
	subtotal: '10.00',
	subtotalTax: '2.00',
	total: '10.00',
	totalTax: '2.00',
} );
const MORE = anOrder( {
	lines: [ aLine(), BOOK, MUG ],
	total: '49.77',
	totalTax: '7.00',
} );

function pushed(): World {
	const world = newWorld();
	converge( world, { order: anOrder() } );
	return world;
}

/** Staff's change to the row of the first line. */
function editBoard( world: World, change: Partial< FoundRow > | null ): void {
	edit( world, {
		rows: ( rows ) =>
			rows.flatMap( ( row ) =>
				row.externalRef !== 'line-1'
					? [ row ]
					: change === null
						? []
						: [ { ...row, ...change } ]
			),
	} );
}

const boardIn = ( world: World ) =>
	foundIn( world ).rows.find( ( row ) => row.externalRef === 'line-1' );

function amendment( { steps }: OrderPlan ) {
	const step = steps.find( ( { type } ) => type === 'AmendOrder' );
	return step?.type === 'AmendOrder' ? step : null;
}

const told = ( plan: OrderPlan ) => plan.told.map( ( { code } ) => code );

const STAFF = { quantity: '5', net: '50.00', tax: '10.00' };
const THREE_BOARDS = { quantity: '3', net: '30.00', tax: '6.00' };

describe( 'rows of an order that is in Brightpearl', () => {
	test( 'nothing changed: it is only read back, and nothing is kept anew', () => {
		const world = pushed();
		const again = converge( world, { order: anOrder() } );
		expect( types( again ) ).toEqual( [ 'Verify' ] );
		expect( again.pushed ).toBeNull();
		expect( again.conflicts ).toEqual( [] );
		expect( again.expected ).toMatchObject( {
			total: '37.77',
			rows: 3,
			edited: false,
		} );
	} );

	test( 'the shop changed one: it alone is written, with its values', () => {
		const world = pushed();
		const plan = converge( world, { order: THREE } );
		expect( amendment( plan )?.change ).toEqual( {
			rows: {
				change: [ { rowId: expect.any( Number ), ...THREE_BOARDS } ],
				add: [],
				remove: [],
			},
		} );
		expect( amendment( plan )?.summary ).toBe(
			'Change sales order 20871: line "Oak Serving Board": 2 → 3 pieces, 24.00 → 36.00.'
		);
		expect( plan.expected ).toEqual( {
			net: '42.77',
			tax: '7.00',
			total: '49.77',
			rows: 3,
			edited: false,
		} );
		expect( types( converge( world, { order: THREE } ) ) ).toEqual( [
			'Verify',
		] );
	} );

	test( 'the shop added one: it comes with its reference and place', () => {
		const world = pushed();
		const plan = converge( world, { order: MORE } );
		expect( amendment( plan )?.change.rows ).toEqual( {
			change: [],
			add: [
				{
					productId: 4206,
					name: 'Gift voucher',
					quantity: '1',
					taxCode: 'T20',
					net: '10.00',
					tax: '2.00',
					externalRef: 'line-9',
					sequence: 3,
				},
			],
			remove: [],
		} );
		expect( amendment( plan )?.summary ).toContain(
			'new line "Gift voucher": 1 × 10.00 + 2.00 tax'
		);
		expect( types( converge( world, { order: MORE } ) ) ).toEqual( [
			'Verify',
		] );
	} );

	test( 'the shop removed one: it goes', () => {
		const world = pushed();
		const id = boardIn( world )?.id;
		const plan = converge( world, { order: BOARD_GONE } );
		expect( amendment( plan )?.change.rows ).toEqual( {
			change: [],
			add: [],
			remove: [ id ],
		} );
		expect( amendment( plan )?.summary ).toContain(
			'without line "Oak Serving Board"'
		);
		expect( types( converge( world, { order: BOARD_GONE } ) ) ).toEqual( [
			'Verify',
		] );
	} );

	test.each( [
		[ 'changed one', STAFF ],
		[ 'removed one', null ],
	] )(
		'staff %s: it stays, however often it is looked at',
		( _name, change ) => {
			const world = pushed();
			editBoard( world, change );
			for ( let look = 0; look < 2; look++ ) {
				const plan = converge( world, { order: anOrder() } );
				expect( amendment( plan ) ).toBeNull();
				expect( told( plan ) ).toEqual( [] );
				expect( plan.expected?.edited ).toBe( true );
			}
			expect( boardIn( world )?.quantity ).toBe( change?.quantity );
		}
	);

	test( 'staff added one: it stays when the shop changes another', () => {
		const world = pushed();
		const own = foundRow( world, {
			name: 'Engraving',
			net: '8.00',
			tax: '1.60',
		} );
		edit( world, { rows: ( rows ) => [ ...rows, own ] } );
		const plan = converge( world, { order: THREE } );
		expect( amendment( plan )?.change.rows ).toMatchObject( {
			add: [],
			remove: [],
		} );
		expect( foundIn( world ).rows ).toContainEqual( own );
		expect( plan.expected ).toMatchObject( {
			total: '59.37',
			rows: 4,
			edited: true,
		} );
		expect( told( plan ) ).toEqual( [] );
	} );

	test( "staff's copy of a row is theirs; the row itself still follows the shop", () => {
		const world = pushed();
		const board = boardIn( world );
		edit( world, {
			rows: ( rows ) => [
				...rows,
				foundRow( world, { ...THREE_BOARDS, externalRef: 'line-1' } ),
			],
		} );
		const plan = converge( world, { order: THREE } );
		expect( amendment( plan )?.change.rows?.change ).toEqual( [
			{ rowId: board?.id, ...THREE_BOARDS },
		] );
	} );

	test( "a bundle's children are Brightpearl's own", () => {
		const world = pushed();
		edit( world, {
			rows: ( rows ) => [
				...rows,
				{
					...foundRow( world, { externalRef: 'line-1' } ),
					bundleChild: true,
				},
			],
		} );
		const plan = converge( world, { order: THREE } );
		expect( amendment( plan )?.change.rows?.change ).toHaveLength( 1 );
		expect( plan.expected ).toMatchObject( { rows: 3, edited: false } );
	} );

	test.each< [ string, StoreOrder, Partial< FoundRow > | null, object ] >( [
		[
			'both changed one',
			THREE,
			STAFF,
			{
				store: '3 × 10.00 + 6.00 tax',
				brightpearl: '5 × 10.00 + 10.00 tax',
			},
		],
		[
			'the shop removed what staff changed',
			BOARD_GONE,
			STAFF,
			{ store: 'removed', brightpearl: '5 × 10.00 + 10.00 tax' },
		],
		[
			'the shop changed what staff removed',
			THREE,
			null,
			{ store: '3 × 10.00 + 6.00 tax', brightpearl: 'removed' },
		],
	] )(
		'%s: nothing of it is written, both are shown',
		( _name, order, staff, words ) => {
			const world = pushed();
			editBoard( world, staff );
			const before = foundIn( world );
			for ( let look = 0; look < 2; look++ ) {
				const plan = converge( world, { order } );
				expect( plan.conflicts ).toEqual( [
					{
						what: 'line-1',
						name: 'line "Oak Serving Board"',
						...words,
					},
				] );
				expect( told( plan ) ).toEqual( [ 'changed-on-both-sides' ] );
				expect( amendment( plan ) ).toBeNull();
			}
			expect( foundIn( world ).rows ).toEqual( before.rows );
		}
	);

	test.each< [ string, StoreOrder, Partial< FoundRow > | null ] >( [
		[ 'changed it alike', THREE, THREE_BOARDS ],
		[ 'both removed it', BOARD_GONE, null ],
	] )(
		'both %s: it is agreed, and settles by itself',
		( _name, order, staff ) => {
			const world = pushed();
			editBoard( world, STAFF );
			converge( world, { order } );
			editBoard( world, staff );
			const plan = converge( world, { order } );
			expect( told( plan ) ).toEqual( [] );
			expect( amendment( plan ) ).toBeNull();
			// From then on the shop's next word counts again.
			expect(
				amendment( converge( world, { order: anOrder() } ) )
			).not.toBeNull();
			expect( boardIn( world )?.quantity ).toBe( '2' );
		}
	);

	test.each( [
		[ 'store', THREE, STAFF, '3' ],
		[ 'store', BOARD_GONE, STAFF, undefined ],
		[ 'store', THREE, null, '3' ],
		[ 'brightpearl', THREE, STAFF, '5' ],
		[ 'brightpearl', BOARD_GONE, STAFF, '5' ],
		[ 'brightpearl', THREE, null, undefined ],
	] as const )(
		'a person says %s: that is the end of it',
		( resolve, order, staff, quantity ) => {
			const world = pushed();
			editBoard( world, staff );
			converge( world, { order } );
			world.link = { ...world.link, resolve };
			expect( told( converge( world, { order } ) ) ).toEqual( [] );
			expect( boardIn( world )?.quantity ).toBe( quantity );
			const after = converge( world, { order } );
			expect( types( after ) ).toEqual( [ 'Verify' ] );
			expect( told( after ) ).toEqual( [] );
			// And the next change of the shop is its own again.
			const next = order === THREE ? BOARD_GONE : THREE;
			expect( told( converge( world, { order: next } ) ) ).toEqual( [] );
			expect( boardIn( world )?.quantity ).toBe(
				next === THREE ? '3' : undefined
			);
		}
	);

	test( 'an edit in the shop that means nothing for the row is none', () => {
		const world = pushed();
		editBoard( world, STAFF );
		const [ board ] = anOrder().lines;
		const plan = converge( world, {
			order: anOrder( {
				lines: [ aLine( { ...board, subtotal: '25.00' } ), BOOK ],
			} ),
		} );
		expect( told( plan ) ).toEqual( [] );
		expect( boardIn( world )?.quantity ).toBe( '5' );
	} );

	test( 'a new name goes with the row', () => {
		const world = pushed();
		const plan = converge( world, {
			order: anOrder( { lines: [ aLine( { name: 'Board' } ), BOOK ] } ),
		} );
		expect( amendment( plan )?.change.rows?.change ).toMatchObject( [
			{ name: 'Board' },
		] );
		expect( amendment( plan )?.summary ).toBe(
			'Change sales order 20871: line "Board".'
		);
	} );

	test( 'of several changes all are written but the one in conflict', () => {
		const world = pushed();
		editBoard( world, STAFF );
		const plan = converge( world, {
			order: anOrder( {
				...THREE,
				fees: [ aCharge() ],
				shipping: { ...ADDRESS, email: '', city: 'Bath' },
				total: '52.77',
				totalTax: '7.50',
			} ),
		} );
		expect( amendment( plan )?.change ).toMatchObject( {
			deliveryAddress: { addressLine3: 'Bath' },
			rows: { change: [], add: [ { externalRef: 'fee-4' } ], remove: [] },
		} );
		expect( plan.conflicts.map( ( { what } ) => what ) ).toEqual( [
			'line-1',
		] );
	} );
} );

describe( 'rows that nobody edited', () => {
	test( 'keep product, tax code, name and nominal code whatever became of settings and products', () => {
		const world = pushed();
		const more = {
			settings: settingsWith( {
				tax: [],
				nominal: { sales: '4999', shipping: '4998' },
				discounts: 'rows',
			} ),
			products: new Map(),
		};
		const plan = converge( world, { order: anOrder(), more } );
		expect( types( plan ) ).toEqual( [ 'Verify' ] );
		expect( told( plan ) ).toEqual( [] );
	} );

	test( 'stay as they are where coupons are to be rows by now', () => {
		const order = anOrder( {
			lines: [
				aLine( { subtotal: '25.00', subtotalTax: '5.00' } ),
				BOOK,
			],
			coupons: [
				{
					id: 8,
					code: 'spring',
					discount: '5.00',
					discountTax: '1.00',
				},
			],
		} );
		const world = newWorld();
		converge( world, { order } );
		const more = { settings: settingsWith( { discounts: 'rows' } ) };
		expect( types( converge( world, { order, more } ) ) ).toEqual( [
			'Verify',
		] );
	} );

	test( 'are followed by a rounding row when the total alone moves', () => {
		const world = pushed();
		const plan = converge( world, {
			order: anOrder( { total: '37.79' } ),
		} );
		expect( amendment( plan )?.change.rows ).toMatchObject( {
			change: [],
			add: [ { externalRef: 'rounding', net: '0.02' } ],
		} );
	} );

	test( 'are not held up by what speaks against a new one; the rest goes on', () => {
		const world = pushed();
		const order = anOrder( {
			lines: [ aLine(), BOOK, { ...MUG, sku: 'NO-SUCH' } ],
			shipping: { ...ADDRESS, email: '', city: 'Bath' },
			total: '49.77',
			totalTax: '7.00',
		} );
		const plan = converge( world, { order } );
		expect( told( plan ) ).toEqual( [ 'sku-unknown' ] );
		expect( amendment( plan )?.change ).toEqual( {
			deliveryAddress: expect.objectContaining( {
				addressLine3: 'Bath',
			} ),
		} );
	} );

	test( 'an edited line whose product was deleted in the shop is the product it was', () => {
		const world = pushed();
		const plan = converge( world, {
			order: {
				...THREE,
				lines: THREE.lines.map( ( line ) => ( {
					...line,
					sku: '',
					productId: 0,
				} ) ),
			},
		} );
		expect( told( plan ) ).toEqual( [] );
		expect( amendment( plan )?.change.rows?.change ).toEqual( [
			{ rowId: expect.any( Number ), ...THREE_BOARDS },
		] );
	} );

	/** At the subtotal the shop rounds once: a penny is placed by largest remainder. */
	const thirds = ( ids: readonly number[], total: string ): StoreOrder =>
		anOrder( {
			lines: ids.map( ( id ) =>
				aLine( {
					id,
					quantity: '1',
					subtotal: '3.335',
					subtotalTax: '0.00',
					total: '3.335',
					totalTax: '0.00',
				} )
			),
			shippingLines: [],
			total,
			totalTax: '0.00',
		} );

	test( 'are moved by a penny where the others made it so, unless staff edited them', () => {
		const settings = settingsWith( { roundingLimit: '0.05' } );
		const world = newWorld();
		const net = ( ref: string ) =>
			foundIn( world ).rows.find( ( row ) => row.externalRef === ref )
				?.net;
		converge( world, {
			order: thirds( [ 1, 2, 3 ], '10.01' ),
			more: { settings },
		} );
		expect( [ 'line-1', 'line-2', 'line-3' ].map( net ) ).toEqual( [
			'3.34',
			'3.34',
			'3.33',
		] );
		// Without the third, the second has to give its penny.
		const plan = converge( world, {
			order: thirds( [ 1, 2 ], '6.67' ),
			more: { settings },
		} );
		expect( told( plan ) ).toEqual( [] );
		expect( foundIn( world ).total ).toBe( '6.67' );
		expect( net( 'line-2' ) ).toBe( '3.33' );

		edit( world, {
			rows: ( rows ) =>
				rows.map( ( row ) => ( {
					...row,
					net: row.externalRef === 'line-2' ? '5.00' : row.net,
				} ) ),
		} );
		converge( world, {
			order: thirds( [ 1, 2, 4 ], '10.01' ),
			more: { settings },
		} );
		expect( net( 'line-2' ) ).toBe( '5.00' );
		expect( net( 'line-4' ) ).toBe( '3.33' );
	} );
} );

describe( 'the parts of an order that is in Brightpearl', () => {
	const shopMoves = {
		reference: anOrder( { number: '4336-B' } ),
		billing: anOrder( { billing: { ...ADDRESS, address1: '1 New Road' } } ),
		delivery: anOrder( {
			shipping: { ...ADDRESS, email: '', address1: '1 New Road' },
		} ),
		shippingMethod: anOrder( {
			shippingLines: [ aShippingLine( { methodId: 'pickup' } ) ],
		} ),
	};
	const written = {
		reference: { ref: '4336-B' },
		billing: {
			billingAddress: expect.objectContaining( {
				addressLine1: '1 New Road',
			} ),
		},
		delivery: {
			deliveryAddress: expect.objectContaining( {
				addressLine1: '1 New Road',
			} ),
		},
		shippingMethod: { shippingMethodId: 8 },
	};
	const more = {
		settings: settingsWith( { shipping: { flat_rate: 7, pickup: 8 } } ),
	};
	const staffMoves = ( world: World, part: string, to: string ): void => {
		const { addresses } = foundIn( world );
		const moved = ( address: typeof addresses.billing ) =>
			address && { ...address, line1: to };
		edit(
			world,
			part === 'reference'
				? { reference: to }
				: part === 'shippingMethod'
					? { shippingMethodId: to === 'equal' ? 8 : 9 }
					: {
							addresses: {
								...addresses,
								[ part ]: moved(
									addresses[ part as 'billing' | 'delivery' ]
								),
							},
						}
		);
	};

	describe.each( [
		[ 'reference', '4336-B' ],
		[ 'billing', '1 New Road' ],
		[ 'delivery', '1 New Road' ],
		[ 'shippingMethod', 'equal' ],
	] as const )( '%s', ( part, equal ) => {
		function begun(): World {
			const world = newWorld();
			converge( world, { order: anOrder(), more } );
			return world;
		}

		test( 'changed in the shop: written, once', () => {
			const world = begun();
			const order = shopMoves[ part ];
			const plan = converge( world, { order, more } );
			expect( amendment( plan )?.change ).toEqual( written[ part ] );
			expect( types( converge( world, { order, more } ) ) ).toEqual( [
				'Verify',
			] );
		} );

		test( 'changed by staff: left alone', () => {
			const world = begun();
			staffMoves( world, part, 'elsewhere' );
			const plan = converge( world, { order: anOrder(), more } );
			expect( types( plan ) ).toEqual( [ 'Verify' ] );
			expect( told( plan ) ).toEqual( [] );
		} );

		test( 'changed by both: told, until a person says whose holds', () => {
			for ( const resolve of [ 'store', 'brightpearl' ] as const ) {
				const world = begun();
				const order = shopMoves[ part ];
				staffMoves( world, part, 'elsewhere' );
				const plan = converge( world, { order, more } );
				expect( plan.conflicts ).toMatchObject( [ { what: part } ] );
				expect( amendment( plan ) ).toBeNull();
				world.link = { ...world.link, resolve };
				const settled = converge( world, { order, more } );
				expect( told( settled ) ).toEqual( [] );
				expect( amendment( settled )?.change ?? null ).toEqual(
					resolve === 'store' ? written[ part ] : null
				);
				expect( types( converge( world, { order, more } ) ) ).toEqual( [
					'Verify',
				] );
			}
		} );

		test( 'changed alike by both: agreed', () => {
			const world = begun();
			staffMoves( world, part, equal );
			const plan = converge( world, { order: shopMoves[ part ], more } );
			expect( told( plan ) ).toEqual( [] );
			expect( amendment( plan ) ).toBeNull();
		} );
	} );
} );

describe( 'a shipping method that is not mapped', () => {
	test( "says nothing of Brightpearl's", () => {
		const world = pushed();
		edit( world, { shippingMethodId: 9 } );
		const plan = converge( world, {
			order: anOrder( {
				shippingLines: [ aShippingLine( { methodId: 'pickup' } ) ],
			} ),
			more: { settings: settingsWith( { shipping: { flat_rate: 7 } } ) },
		} );
		expect( told( plan ) ).toEqual( [] );
		expect( amendment( plan ) ).toBeNull();
	} );
} );

describe( 'an invoiced order', () => {
	test( 'is not amended; the edit is told until a person has dealt with it', () => {
		const world = pushed();
		edit( world, { invoiced: true } );
		for ( let look = 0; look < 2; look++ ) {
			const plan = converge( world, { order: THREE } );
			expect( amendment( plan ) ).toBeNull();
			expect( told( plan ) ).toEqual( [ 'order-changed' ] );
			expect( plan.told[ 0 ]?.message ).toContain(
				'line "Oak Serving Board" is "3 × 10.00 + 6.00 tax" in the shop and "2 × 10.00 + 4.00 tax" in Brightpearl'
			);
			expect( plan.expected ).toMatchObject( {
				total: '37.77',
				edited: true,
			} );
		}
		world.link = { ...world.link, resolve: 'brightpearl' };
		expect( told( converge( world, { order: THREE } ) ) ).toEqual( [] );
		expect( told( converge( world, { order: THREE } ) ) ).toEqual( [] );
	} );
} );
