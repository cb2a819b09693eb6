/**
 * Refunds (recorded: `072`–`081`; platform notes, part 2, §2).
 */
import { Decimal, ZERO, decimalOf, stored, sum } from './decimal.ts';
import type {
	FeeLine,
	ItemTax,
	LineItem,
	Order,
	Refund,
	ShippingLine,
	TaxLine,
} from './model.ts';
import {
	addNote,
	changeStatus,
	orderChanged,
	refundedAmount,
	tellOrder,
} from './order-status.ts';
import type { Outcome, Reply } from './rest.ts';
import { flagOf, good, intOf, isRecord, recordsOf, textOf } from './rest.ts';
import type { Shop } from './shop.ts';
import { moveStock, productOf, reducedBy, setReduced } from './stock.ts';

type Input = Readonly< Record< string, unknown > >;

/** Gateways that can send money back by themselves. */
const REFUNDING = new Set( [ 'stripe', 'paypal' ] );

/** Recorded: `data` is a bare number here, not a record. */
function refused( message: string, data: number ): Reply {
	return {
		status: 500,
		isError: true,
		body: {
			code: 'woocommerce_rest_cannot_create_order_refund',
			message,
			data,
		},
	};
}

export function refundOfUnknownOrder(): Reply {
	return refused( 'Invalid order ID.', 404 );
}

interface Part {
	readonly quantity: number;
	readonly total: Decimal;
	readonly taxes: { id: number; amount: Decimal }[];
}

/** `line_items` come as a list with `id`, or as a record keyed by the line's id. */
function partsOf( input: unknown ): Map< number, Part > {
	const entries = Array.isArray( input )
		? recordsOf( input ).map(
				( entry ) => [ intOf( entry[ 'id' ] ), entry ] as const
			)
		: isRecord( input )
			? Object.entries( input )
					.filter( ( pair ): pair is [ string, Input ] =>
						isRecord( pair[ 1 ] )
					)
					.map(
						( [ id, entry ] ) => [ Number( id ), entry ] as const
					)
			: [];
	return new Map(
		entries.map( ( [ id, entry ] ) => {
			const tax = entry[ 'refund_tax' ];
			const taxes = Array.isArray( tax )
				? recordsOf( tax ).map( ( one ) => ( {
						id: intOf( one[ 'id' ] ),
						amount: decimalOf( one[ 'refund_total' ] ) ?? ZERO,
					} ) )
				: isRecord( tax )
					? Object.entries( tax ).map( ( [ rate, amount ] ) => ( {
							id: Number( rate ),
							amount: decimalOf( amount ) ?? ZERO,
						} ) )
					: [];
			return [
				id,
				{
					quantity: intOf( entry[ 'quantity' ] ?? entry[ 'qty' ] ),
					total: decimalOf( entry[ 'refund_total' ] ) ?? ZERO,
					taxes: taxes.filter( ( { amount } ) => ! amount.eq( 0 ) ),
				},
			] as const;
		} )
	);
}

function negative( amount: Decimal ): string {
	return amount.eq( 0 ) ? '0' : stored( amount.times( -1 ) );
}

/** What every refund line has in common: amounts turned round, and the link to its line. */
function charge(
	shop: Shop,
	lineId: number,
	part: Part,
	withSubtotal: boolean
): Pick< ShippingLine, 'id' | 'total' | 'total_tax' | 'taxes' | 'meta_data' > {
	const taxes: ItemTax[] = part.taxes.map( ( { id, amount } ) => ( {
		id,
		total: negative( amount ),
		subtotal: withSubtotal ? negative( amount ) : '',
	} ) );
	return {
		id: shop.nextId( 'item' ),
		total: negative( part.total ),
		total_tax: negative(
			sum( part.taxes.map( ( { amount } ) => amount ) )
		),
		taxes,
		meta_data: [
			{
				id: shop.nextId( 'meta' ),
				key: '_refunded_item_id',
				value: String( lineId ),
			},
		],
	};
}

function refundTaxLines(
	shop: Shop,
	order: Order,
	goods: readonly ( LineItem | FeeLine )[],
	shipping: readonly ShippingLine[]
): TaxLine[] {
	const total = (
		lines: readonly { taxes: ItemTax[] }[],
		rate: number
	): string =>
		stored(
			sum(
				lines.flatMap( ( line ) =>
					line.taxes
						.filter( ( { id } ) => id === rate )
						.map( ( tax ) => tax.total )
				)
			)
		);
	const used = new Set(
		[ ...goods, ...shipping ].flatMap( ( line ) =>
			line.taxes.map( ( { id } ) => id )
		)
	);
	return order.tax_lines
		.filter( ( { rate_id } ) => used.has( rate_id ) )
		.map( ( line ) => ( {
			...line,
			id: shop.nextId( 'item' ),
			tax_total: total( goods, line.rate_id ),
			shipping_tax_total: total( shipping, line.rate_id ),
			meta_data: [],
		} ) );
}

/** Puts the refunded pieces back; what the line still holds of the stock gets smaller. */
function restock( shop: Shop, order: Order, parts: Map< number, Part > ): void {
	for ( const line of order.line_items ) {
		const part = parts.get( line.id );
		const product = productOf( shop, line );
		const reduced = reducedBy( line );
		if ( ! part || ! product || ! reduced || part.quantity <= 0 ) {
			continue;
		}
		const quantity = Math.min( part.quantity, reduced );
		const moved = moveStock( shop, product, quantity );
		if ( ! moved ) {
			continue;
		}
		setReduced( shop, line, reduced - quantity );
		const key = '_restock_refunded_items';
		const earlier = line.meta_data.find( ( meta ) => meta.key === key );
		if ( earlier ) {
			earlier.value = String( Number( earlier.value ) + quantity );
		} else {
			line.meta_data.push( {
				id: shop.nextId( 'meta' ),
				key,
				value: String( quantity ),
			} );
		}
		addNote(
			shop,
			order,
			`Item #${ product.id } stock increased from ${ moved.from } to ${ moved.to }.`
		);
	}
}

export function createRefund(
	shop: Shop,
	order: Order,
	input: Input
): Outcome< Refund > {
	const amount = decimalOf( input[ 'amount' ] );
	const rest = new Decimal( order.total ).minus( refundedAmount( order ) );
	if ( amount && ( amount.lt( 0 ) || amount.gt( rest ) ) ) {
		return { ok: false, error: refused( 'Invalid refund amount.', 500 ) };
	}
	const sendsMoney =
		input[ 'api_refund' ] === undefined || flagOf( input[ 'api_refund' ] );
	if ( sendsMoney && ! REFUNDING.has( order.payment_method ) ) {
		return {
			ok: false,
			error: refused(
				'The payment gateway for this order does not support automatic refunds.',
				500
			),
		};
	}
	const parts = partsOf( input[ 'line_items' ] );
	const id = shop.nextId( 'post' );
	const line_items: LineItem[] = [];
	const shipping_lines: ShippingLine[] = [];
	const fee_lines: FeeLine[] = [];
	// Recorded: an id that is no line of the order is left out in silence.
	for ( const [ lineId, part ] of parts ) {
		const line = order.line_items.find( ( one ) => one.id === lineId );
		if ( line ) {
			const turned = charge( shop, lineId, part, true );
			line_items.push( {
				...line,
				...turned,
				quantity: part.quantity === 0 ? 0 : -part.quantity,
				subtotal: turned.total,
				subtotal_tax: turned.total_tax,
			} );
		}
		const shipping = order.shipping_lines.find(
			( one ) => one.id === lineId
		);
		if ( shipping ) {
			shipping_lines.push( {
				...shipping,
				...charge( shop, lineId, part, false ),
			} );
		}
		const fee = order.fee_lines.find( ( one ) => one.id === lineId );
		if ( fee ) {
			fee_lines.push( {
				...fee,
				...charge( shop, lineId, part, false ),
				amount: negative( part.total ),
			} );
		}
	}
	const isLast = amount !== null && amount.gt( 0 ) && amount.eq( rest );
	const refund: Refund = {
		id,
		created: shop.now(),
		amount: amount ? stored( amount ) : '',
		reason: textOf( input[ 'reason' ] ),
		refunded_by: 1,
		refunded_payment: sendsMoney,
		meta_data: [
			{
				id: shop.nextId( 'meta' ),
				key: '_refund_type',
				value: isLast ? 'full' : 'partial',
			},
		],
		line_items,
		shipping_lines,
		fee_lines,
		tax_lines: refundTaxLines(
			shop,
			order,
			[ ...line_items, ...fee_lines ],
			shipping_lines
		),
	};
	if (
		input[ 'api_restock' ] === undefined ||
		flagOf( input[ 'api_restock' ] )
	) {
		restock( shop, order, parts );
	}
	order.refunds.push( refund );
	if ( isLast ) {
		changeStatus( shop, order, 'refunded', { byRefund: true } );
		tellOrder( shop, order );
	}
	orderChanged( shop, order );
	return good( refund );
}

/** Leaves stock, status and `date_modified` alone, and tells nobody (measured). */
export function deleteRefund( shop: Shop, order: Order, refund: Refund ): void {
	order.refunds = order.refunds.filter( ( one ) => one !== refund );
	shop.touch();
}
