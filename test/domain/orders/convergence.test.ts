import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type {
	StoreLine,
	StoreOrder,
	StoreRefundDetail,
} from '../../../src/contracts/store.ts';
import { money, decimal, sum } from '../../../src/domain/money.ts';
import {
	ADDRESS,
	aCharge,
	aLine,
	anOrder,
	aShippingLine,
} from '../../helpers/an-order.ts';
import {
	converge,
	convergeGone,
	edit,
	foundIn,
	foundRow,
	newWorld,
	receivedIn,
	soldIn,
	types,
	type World,
} from '../../helpers/planned-world.ts';
import { settingsWith } from '../../helpers/planning.ts';

/** What the shop may do to an order, and what its staff may do in Brightpearl. */
type Event =
	| {
			readonly kind: 'line';
			readonly id: number;
			readonly pieces: number;
			readonly pence: number;
	  }
	| { readonly kind: 'fee'; readonly pence: number }
	| { readonly kind: 'city'; readonly city: string }
	| { readonly kind: 'number'; readonly number: string }
	| { readonly kind: 'status'; readonly status: string }
	| {
			readonly kind: 'refund';
			readonly id: number;
			readonly pence: number;
			readonly names: boolean;
	  }
	| { readonly kind: 'gone'; readonly how: 'trashed' | 'deleted' }
	| {
			readonly kind: 'staff';
			readonly row: number;
			readonly pence: number | null;
	  };

interface Shop {
	readonly order: StoreOrder;
	readonly refunds: readonly StoreRefundDetail[];
}

const pounds = ( pence: number ): string =>
	money( decimal( String( pence ) ).div( 100 ), 2 );

function totalled( { order, refunds }: Shop ): Shop {
	const worth = [ ...order.lines, ...order.shippingLines, ...order.fees ];
	const total = ( of: 'total' | 'totalTax' ) =>
		sum( worth.map( ( row ) => decimal( row[ of ] ) ) );
	return {
		refunds,
		order: {
			...order,
			total: money( total( 'total' ).plus( total( 'totalTax' ) ), 2 ),
			totalTax: money( total( 'totalTax' ), 2 ),
			refunds: refunds.map( ( { id, reason, amount } ) => ( {
				id,
				reason,
				total: `-${ amount }`,
			} ) ),
		},
	};
}

function lineOf( id: number, pieces: number, pence: number ): StoreLine {
	const net = pounds( pence * pieces );
	const tax = money( decimal( net ).times( '0.2' ), 2 );
	return aLine( {
		id,
		quantity: String( pieces ),
		subtotal: net,
		subtotalTax: tax,
		total: net,
		totalTax: tax,
	} );
}

/** No shop has an order that is worth less than was refunded of it. */
function happen( shop: Shop, event: Event ): Shop {
	const after = happened( shop, event );
	const refunded = sum(
		after.refunds.map( ( { amount } ) => decimal( amount ) )
	);
	return refunded.gt( after.order.total ) ? shop : after;
}

function happened( shop: Shop, event: Event ): Shop {
	const { order, refunds } = shop;
	switch ( event.kind ) {
		case 'line': {
			const others = order.lines.filter( ( { id } ) => id !== event.id );
			return totalled( {
				refunds,
				order: {
					...order,
					lines:
						event.pieces === 0 && others.length > 0
							? others
							: [
									...others,
									lineOf(
										event.id,
										Math.max( 1, event.pieces ),
										event.pence
									),
								],
				},
			} );
		}
		case 'fee':
			return totalled( {
				refunds,
				order: {
					...order,
					fees:
						event.pence === 0
							? []
							: [
									aCharge( {
										total: pounds( event.pence ),
										totalTax: money(
											decimal(
												pounds( event.pence )
											).times( '0.2' ),
											2
										),
									} ),
								],
				},
			} );
		case 'city':
			return {
				refunds,
				order: {
					...order,
					shipping: { ...ADDRESS, email: '', city: event.city },
				},
			};
		case 'number':
			return { refunds, order: { ...order, number: event.number } };
		case 'status':
			return { refunds, order: { ...order, status: event.status } };
		case 'refund': {
			const others = refunds.filter( ( { id } ) => id !== event.id );
			const [ line ] = order.lines;
			const left = decimal( order.total ).minus(
				sum( others.map( ( { amount } ) => decimal( amount ) ) )
			);
			const amount = decimal( pounds( event.pence ) );
			const [ least ] = [ amount, left ].sort( ( a, b ) => a.cmp( b ) );
			return totalled( {
				order,
				refunds:
					others.length < refunds.length ||
					least === undefined ||
					least.lte( 0 )
						? others
						: [
								...others,
								{
									id: event.id,
									reason: '',
									amount: money( least, 2 ),
									createdAt: '2026-07-03T10:00:00Z',
									lines:
										event.names && line !== undefined
											? [
													{
														kind: 'line',
														itemId: line.id,
														name: line.name,
														quantity: '1',
														total: '0.00',
														totalTax: '0.00',
													},
												]
											: [],
								},
							],
			} );
		}
		default:
			return shop;
	}
}

const events = ( staff: boolean ): fc.Arbitrary< Event > =>
	fc.oneof(
		fc.record( {
			kind: fc.constant( 'line' as const ),
			id: fc.integer( { min: 1, max: 4 } ),
			pieces: fc.integer( { min: 0, max: 4 } ),
			pence: fc.integer( { min: 0, max: 3333 } ),
		} ),
		fc.record( {
			kind: fc.constant( 'fee' as const ),
			pence: fc.constantFrom( 0, 250, 333 ),
		} ),
		fc.record( {
			kind: fc.constant( 'city' as const ),
			city: fc.constantFrom( 'Bath', 'Bristol', 'York' ),
		} ),
		fc.record( {
			kind: fc.constant( 'number' as const ),
			number: fc.constantFrom( '4336', '4336-B' ),
		} ),
		fc.record( {
			kind: fc.constant( 'status' as const ),
			status: fc.constantFrom(
				'processing',
				'completed',
				'cancelled',
				'failed',
				'on-hold'
			),
		} ),
		fc.record( {
			kind: fc.constant( 'refund' as const ),
			id: fc.integer( { min: 41, max: 43 } ),
			pence: fc.integer( { min: 1, max: 9000 } ),
			names: fc.boolean(),
		} ),
		fc.record( {
			kind: fc.constant( 'gone' as const ),
			how: fc.constantFrom( 'trashed' as const, 'deleted' as const ),
		} ),
		...( staff
			? [
					fc.record( {
						kind: fc.constant( 'staff' as const ),
						row: fc.integer( { min: 0, max: 5 } ),
						pence: fc.option( fc.integer( { min: 1, max: 999 } ) ),
					} ),
				]
			: [] )
	);

function staffEdit(
	world: World,
	event: Extract< Event, { kind: 'staff' } >
): void {
	edit( world, {
		rows: ( rows ) =>
			event.row >= rows.length
				? [
						...rows,
						foundRow( world, { name: 'Theirs', net: '1.00' } ),
					]
				: rows.flatMap( ( row, index ) =>
						index !== event.row
							? [ row ]
							: event.pence === null
								? []
								: [ { ...row, net: pounds( event.pence ) } ]
					),
	} );
}

const BEGIN = totalled( {
	order: anOrder( {
		lines: [ lineOf( 1, 2, 1000 ), lineOf( 2, 1, 777 ) ],
		shippingLines: [ aShippingLine() ],
	} ),
	refunds: [],
} );

const more = {
	settings: settingsWith( {
		cancelPaid: 'reverse',
		status: { processing: 3, completed: 4, 'on-hold': 2 },
		payments: { '*': 'CARD' },
	} ),
};

function play( list: readonly Event[] ): { world: World; shop: Shop } {
	const world = newWorld();
	let shop = BEGIN;
	converge( world, { ...shop, more } );
	for ( const event of list ) {
		if ( event.kind === 'staff' ) {
			staffEdit( world, event );
		} else if ( event.kind === 'gone' ) {
			convergeGone( world, event.how, more.settings );
			expect(
				types( convergeGone( world, event.how, more.settings ) )
			).toEqual( [] );
		}
		shop = happen( shop, event );
		converge( world, { ...shop, more } );
		const before = JSON.stringify( [ world.found, world.link ] );
		const again = converge( world, { ...shop, more } );
		expect(
			types( again ).filter( ( type ) => type !== 'Verify' )
		).toEqual( [] );
		expect( JSON.stringify( [ world.found, world.link ] ) ).toBe( before );
	}
	return { world, shop };
}

describe( 'any sequence of changes', () => {
	test( 'leaves nothing to do after each look, with staff editing in between', () => {
		fc.assert(
			fc.property(
				fc.array( events( true ), { maxLength: 8 } ),
				( list ) => {
					play( list );
				}
			),
			{ numRuns: 150 }
		);
	} );

	test( 'ends where the last state of the shop alone would have ended', () => {
		fc.assert(
			fc.property(
				fc.array( events( false ), { maxLength: 8 } ),
				( list ) => {
					const { world, shop } = play( list );
					const fresh = newWorld();
					converge( fresh, { ...shop, more } );
					converge( fresh, { ...shop, more } );
					expect( soldIn( world ) ).toBe( soldIn( fresh ) );
					const isOff = [ 'cancelled', 'failed' ].includes(
						shop.order.status
					);
					if ( ! isOff ) {
						expect( world.link.reserved ?? {} ).toEqual(
							fresh.link.reserved ?? {}
						);
						expect( rowsIn( world ) ).toEqual( rowsIn( fresh ) );
					}
					// An edit after payment makes none of its own, so only what is gone is compared.
					if ( foundIn( world ).cancelled ) {
						expect( receivedIn( world ) ).toBe( '0.00' );
					}
				}
			),
			{ numRuns: 150 }
		);
	} );
} );

function rowsIn( world: World ): readonly string[] {
	return foundIn( world )
		.rows.map( ( row ) =>
			[
				row.externalRef,
				row.productId,
				row.quantity,
				row.net,
				row.tax,
			].join( ' ' )
		)
		.sort();
}
