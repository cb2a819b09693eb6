/**
 * What happens to a shop's orders, and to the service meanwhile. Events that make no sense for an
 * order as it is (a refund of what is refunded) do nothing, so that every sequence can be played.
 */
import fc from 'fast-check';
import { decimal, money, sum, ZERO } from '../../../src/domain/money.ts';
import type { TestErp, TestShop, ShopOrder } from './world.ts';
import type { TestService } from './service.ts';

/** Never out of stock in the sandboxes, as few pieces as the sequences take. */
const SKUS = [ 'OSB-01', 'BOOK-MOSS', 'LIN-APR' ] as const;

export type ChaosEvent =
	| { readonly do: 'create'; readonly pieces: number; readonly paid: boolean }
	| {
			readonly do: 'pay' | 'complete' | 'cancel' | 'reopen';
			readonly of: number;
	  }
	| { readonly do: 'trash' | 'restore' | 'erase'; readonly of: number }
	| { readonly do: 'quantity'; readonly of: number; readonly pieces: number }
	| { readonly do: 'addLine' | 'removeLine'; readonly of: number }
	| { readonly do: 'address'; readonly of: number; readonly street: number }
	| {
			readonly do:
				| 'refundPiece'
				| 'refundShipping'
				| 'refundRest'
				| 'refundDeleted';
			readonly of: number;
	  }
	| {
			readonly do: 'refundAmount';
			readonly of: number;
			readonly pence: number;
	  }
	| { readonly do: 'tell' | 'tellTwice'; readonly of: number }
	| { readonly do: 'sweep'; readonly deep: boolean }
	| { readonly do: 'rest' | 'kill' }
	/** Instead of its so many-th write from now. */
	| { readonly do: 'dieAt'; readonly write: number }
	| {
			readonly do: 'fault';
			readonly side: 'erp' | 'shop';
			readonly kind: string;
			readonly committed: boolean;
	  };

const of = fc.nat( { max: 2 } );
const plain = < T extends string >( ...names: readonly T[] ) =>
	fc.record( { do: fc.constantFrom( ...names ), of } );

export const eventArbitrary: fc.Arbitrary< ChaosEvent > = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.record( {
			do: fc.constant( 'create' as const ),
			pieces: fc.integer( { min: 1, max: 4 } ),
			paid: fc.boolean(),
		} ),
	},
	{ weight: 4, arbitrary: plain( 'pay', 'cancel', 'reopen', 'complete' ) },
	{ weight: 3, arbitrary: plain( 'trash', 'restore', 'erase' ) },
	{
		weight: 3,
		arbitrary: fc.record( {
			do: fc.constant( 'quantity' as const ),
			of,
			pieces: fc.integer( { min: 1, max: 5 } ),
		} ),
	},
	{ weight: 2, arbitrary: plain( 'addLine', 'removeLine' ) },
	{
		weight: 1,
		arbitrary: fc.record( {
			do: fc.constant( 'address' as const ),
			of,
			street: fc.integer( { min: 1, max: 99 } ),
		} ),
	},
	{
		weight: 5,
		arbitrary: plain(
			'refundPiece',
			'refundShipping',
			'refundRest',
			'refundDeleted'
		),
	},
	{
		weight: 2,
		arbitrary: fc.record( {
			do: fc.constant( 'refundAmount' as const ),
			of,
			pence: fc.integer( { min: 1, max: 500 } ),
		} ),
	},
	{ weight: 4, arbitrary: plain( 'tell', 'tellTwice' ) },
	{
		weight: 2,
		arbitrary: fc.record( {
			do: fc.constant( 'sweep' as const ),
			deep: fc.boolean(),
		} ),
	},
	{
		weight: 5,
		arbitrary: fc.record( {
			do: fc.constantFrom( 'rest' as const, 'kill' as const ),
		} ),
	},
	{
		weight: 4,
		arbitrary: fc.record( {
			do: fc.constant( 'dieAt' as const ),
			write: fc.nat( { max: 40 } ),
		} ),
	},
	{
		weight: 3,
		arbitrary: fc.record( {
			do: fc.constant( 'fault' as const ),
			side: fc.constantFrom( 'erp' as const, 'shop' as const ),
			kind: fc.constantFrom(
				'lost-answer',
				'throttled',
				'unavailable',
				'error'
			),
			committed: fc.boolean(),
		} ),
	}
);

/** The orders of the shop in the order they were placed, and what people saw of them. */
export interface Played {
	readonly orderIds: number[];
	/**
	 * By order, then by `date_paid`: the totals that the order showed with it until the service had
	 * looked. Its receipts may be of these, and of no later ones.
	 */
	readonly paidTotals: Map< number, Map< number, Set< string > > >;
}

const SHOP_FAULTS: Readonly< Record< string, string > > = {
	'lost-answer': 'lost-answer',
	throttled: 'rate-limited',
	unavailable: 'maintenance',
	error: 'server-error',
};

export async function play(
	event: ChaosEvent,
	played: Played,
	{
		shop,
		erp,
		service,
	}: {
		readonly shop: TestShop;
		readonly erp: TestErp;
		readonly service: TestService;
	}
): Promise< void > {
	// As it was before: what this event changes in the shop, the service may see or not.
	const seen = await service.links();
	switch ( event.do ) {
		case 'create': {
			if ( played.orderIds.length < 3 ) {
				const { orders } = shop.sandbox.sell( {
					items: [
						{ sku: SKUS[ 0 ], quantity: event.pieces },
						{ sku: SKUS[ 1 ], quantity: 1 },
					],
					coupon: false,
					fee: false,
					paymentMethod: event.paid ? 'stripe' : 'bacs',
				} );
				played.orderIds.push( ...orders.map( ( { id } ) => id ) );
			}
			break;
		}
		case 'tell':
		case 'tellTwice': {
			const id = played.orderIds[ event.of % played.orderIds.length ];
			if ( id !== undefined ) {
				await service.tell( id );
				await ( event.do === 'tellTwice'
					? service.tell( id )
					: undefined );
			}
			break;
		}
		case 'sweep':
			await service.sweep( event.deep );
			break;
		case 'rest':
			await service.rest();
			break;
		case 'kill':
			await service.restart();
			break;
		case 'dieAt':
			service.dieAt( event.write );
			break;
		case 'fault':
			await makeFault( event, shop, erp );
			break;
		default: {
			const id = played.orderIds[ event.of % played.orderIds.length ];
			const order = id === undefined ? null : await shop.order( id );
			if ( order !== null ) {
				await change( event, order, shop );
			}
		}
	}
	for ( const id of played.orderIds ) {
		const order = await shop.order( id );
		if ( order !== null && order.date_paid_gmt !== null ) {
			const paidAt = Date.parse( `${ order.date_paid_gmt }Z` );
			const ofOrder = played.paidTotals.get( id ) ?? new Map();
			played.paidTotals.set( id, ofOrder );
			const isSeen = seen.some(
				( link ) =>
					link.orderId === id &&
					link.payments.some(
						( payment ) => Date.parse( payment.paidAt ) === paidAt
					)
			);
			if ( ! isSeen ) {
				ofOrder.set(
					paidAt,
					( ofOrder.get( paidAt ) ?? new Set() ).add( order.total )
				);
			}
		}
	}
}

async function makeFault(
	{ side, kind, committed }: Extract< ChaosEvent, { do: 'fault' } >,
	shop: TestShop,
	erp: TestErp
): Promise< void > {
	if ( side === 'erp' ) {
		await erp.fault( { kind, committed, count: 2 } );
	} else {
		shop.sandbox.fault( {
			kind: ( SHOP_FAULTS[ kind ] ?? 'reset' ) as 'reset',
			count: 2,
			retryAfter: 1,
			// People's own requests are not disturbed: they read with `_fields` left out.
			path: '_fields',
		} );
	}
}

type Change = Extract< ChaosEvent, { of: number } >;
const OPEN = [ 'pending', 'on-hold', 'processing' ];

async function change(
	event: Change,
	order: ShopOrder,
	shop: TestShop
): Promise< void > {
	const put = ( body: unknown ) =>
		shop.rest( 'PUT', `orders/${ order.id }`, body );
	const isTrashed = order.status === 'trash';
	const isOpen = OPEN.includes( order.status );
	if ( event.do === 'restore' ) {
		await ( isTrashed
			? shop.control( `orders/${ order.id }/untrash` )
			: undefined );
		return;
	}
	if ( event.do === 'erase' ) {
		await shop.rest( 'DELETE', `orders/${ order.id }` );
		return;
	}
	if ( isTrashed ) {
		return;
	}
	switch ( event.do ) {
		case 'pay':
			await ( order.date_paid_gmt === null && isOpen
				? put( { status: 'processing', set_paid: true } )
				: undefined );
			break;
		case 'complete':
			await ( isOpen ? put( { status: 'completed' } ) : undefined );
			break;
		case 'cancel':
			await ( isOpen ? put( { status: 'cancelled' } ) : undefined );
			break;
		case 'reopen':
			await ( order.status === 'cancelled'
				? put( { status: 'processing' } )
				: undefined );
			break;
		case 'trash':
			await shop.trash( order.id );
			break;
		case 'address':
			await put( {
				shipping: { address_1: `${ event.street } Quay Street` },
			} );
			break;
		default:
			await ( order.refunds.length === 0 && isOpen
				? edit( event, order, put )
				: undefined );
			await refund( event, order, shop );
	}
}

async function edit(
	event: Change,
	order: ShopOrder,
	put: ( body: unknown ) => Promise< unknown >
): Promise< void > {
	const [ line ] = order.line_items;
	if ( event.do === 'quantity' && line !== undefined ) {
		const each = decimal( line.total ).div( line.quantity );
		await put( {
			line_items: [
				{
					id: line.id,
					quantity: event.pieces,
					subtotal: money( each.times( event.pieces ), 2 ),
					total: money( each.times( event.pieces ), 2 ),
				},
			],
		} );
	} else if ( event.do === 'addLine' ) {
		await put( { line_items: [ { sku: SKUS[ 2 ], quantity: 1 } ] } );
	} else if ( event.do === 'removeLine' && order.line_items.length > 1 ) {
		await put( {
			line_items: [ { id: order.line_items.at( -1 )?.id, quantity: 0 } ],
		} );
	}
}

async function refund(
	event: Change,
	order: ShopOrder,
	shop: TestShop
): Promise< void > {
	const left = decimal( order.total ).plus(
		sum( order.refunds.map( ( { total } ) => decimal( total ) ) )
	);
	const isRefundable = [ 'processing', 'completed' ].includes( order.status );
	const make = async ( body: Readonly< Record< string, unknown > > ) => {
		const amount = decimal( String( body[ 'amount' ] ) );
		if ( isRefundable && amount.gt( 0 ) && amount.lte( left ) ) {
			await shop.rest( 'POST', `orders/${ order.id }/refunds`, {
				api_refund: false,
				...body,
			} );
		}
	};
	const [ line ] = order.line_items;
	switch ( event.do ) {
		case 'refundPiece': {
			if ( line === undefined ) {
				return;
			}
			const net = money( decimal( line.total ).div( line.quantity ), 2 );
			const taxes = line.taxes.map( ( tax ) => ( {
				id: tax.id,
				refund_total: money(
					decimal( tax.total ).div( line.quantity ),
					2
				),
			} ) );
			await make( {
				amount: money(
					sum( [
						decimal( net ),
						...taxes.map( ( tax ) => decimal( tax.refund_total ) ),
						ZERO,
					] ),
					2
				),
				line_items: [
					{
						id: line.id,
						quantity: 1,
						refund_total: net,
						refund_tax: taxes,
					},
				],
			} );
			return;
		}
		case 'refundShipping': {
			const [ shipping ] = order.shipping_lines;
			if ( shipping !== undefined ) {
				await make( {
					amount: shipping.total,
					line_items: [
						{ id: shipping.id, refund_total: shipping.total },
					],
				} );
			}
			return;
		}
		case 'refundAmount':
			await make( {
				amount: money( decimal( String( event.pence ) ).div( 100 ), 2 ),
			} );
			return;
		case 'refundRest':
			await make( { amount: money( left, 2 ) } );
			return;
		case 'refundDeleted': {
			const last = order.refunds.at( -1 );
			if ( last !== undefined ) {
				await shop.rest(
					'DELETE',
					`orders/${ order.id }/refunds/${ last.id }`
				);
			}
		}
	}
}
