/**
 * Refunds of orders: the recorded ones, and sequences as shops make them, all of it valid for
 * the shop (never more than is left of the order).
 */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Settings } from '../../src/contracts/settings.ts';
import type {
	StoreOrder,
	StoreRefundDetail,
	StoreRefundLine,
} from '../../src/contracts/store.ts';
import { decimal, money, rowDecimals, sum } from '../../src/domain/money.ts';
import { settleAmounts } from '../../src/domain/orders/rows/amounts.ts';
import { planCredit } from '../../src/domain/orders/credits/credits.ts';
import { planRows } from '../../src/domain/orders/rows/rows.ts';
import type {
	Address,
	PlannedCredit,
	PlannedRow,
} from '../../src/domain/orders/types.ts';
import { readRefunds } from '../../src/woocommerce/refunds.ts';
import type { Transport } from '../../src/woocommerce/transport.ts';
import { aCharge, aLine, anOrder, aShippingLine } from './an-order.ts';
import { ACCOUNT, inputFor, settingsWith } from './planning.ts';
import { recordedOrder } from './store-order.ts';

const root = new URL( '../data/woocommerce/orders/', import.meta.url );

export const CREDIT_ADDRESS: Address = {
	fullName: 'Ines Duarte',
	company: '',
	line1: '9 Harbour Row',
	line2: '',
	city: 'Bristol',
	state: 'Avon',
	postcode: 'BS1 6XN',
	country: 'GBR',
	phone: '',
	email: 'ines@example.test',
};

export interface RecordedRefunds {
	readonly name: string;
	readonly order: StoreOrder;
	readonly exact: StoreOrder | null;
	readonly refunds: readonly StoreRefundDetail[];
}

/** A shop that answers every read with one body, once. */
export function transportAnswering( body: unknown ): Transport {
	return {
		get: async () => ( { ok: true, status: 200, headers: {}, body } ),
	} as unknown as Transport;
}

export async function recordedRefunds(): Promise< RecordedRefunds[] > {
	const names = readdirSync( root )
		.filter( ( file ) => file.endsWith( '.refunds.json' ) )
		.map( ( file ) => file.replace( '.refunds.json', '' ) )
		.sort();
	return Promise.all(
		names.map( async ( name ) => {
			const { order, exact } = recordedOrder( name.slice( 0, 3 ) );
			const body: unknown = JSON.parse(
				readFileSync(
					new URL( `${ name }.refunds.json`, root ),
					'utf8'
				)
			);
			const read = await readRefunds(
				transportAnswering( body ),
				order.id
			);
			if ( ! read.ok ) {
				throw new Error( `${ name }: ${ JSON.stringify( read ) }` );
			}
			return { name, order, exact, refunds: read.value };
		} )
	);
}

/** The rows that the sales order has. */
export function rowsOf(
	order: StoreOrder,
	exact: StoreOrder | null = null,
	settings: Settings = settingsWith()
): readonly PlannedRow[] {
	const decimals = rowDecimals( order.currency, decimal( order.total ) );
	return planRows(
		inputFor( { order, exact }, { settings } ),
		settleAmounts( order, exact, settings.orders.discounts, decimals ),
		decimals
	).rows;
}

/** The credit of each refund, in their order; null = none is made. */
export function creditsOf(
	order: StoreOrder,
	refunds: readonly StoreRefundDetail[],
	rows: readonly PlannedRow[] = rowsOf( order ),
	settings: Settings = settingsWith()
): ( PlannedCredit | null )[] {
	return refunds.map( ( refund ) =>
		planCredit( {
			order,
			refund,
			all: refunds,
			refPrefix: 'shop',
			settings,
			account: ACCOUNT,
			rows,
			billing: CREDIT_ADDRESS,
			delivery: CREDIT_ADDRESS,
			salesOrder: {
				warehouseId: 2,
				channelId: 3,
				priceListId: 4,
				leadSourceId: 5,
				priceMode: 'EXC',
			},
		} )
	);
}

export function grossOf( rows: readonly PlannedRow[] ): string {
	return sum(
		rows.map( ( { net, tax } ) => decimal( net ).plus( tax ) )
	).toFixed( 2 );
}

export function aRefund(
	more: Partial< StoreRefundDetail > = {}
): StoreRefundDetail {
	return {
		id: 9001,
		reason: 'Damaged',
		amount: '12.00',
		createdAt: '2026-07-10T23:30:00.000Z',
		lines: [],
		...more,
	};
}

export function aRefundLine(
	more: Partial< StoreRefundLine > = {}
): StoreRefundLine {
	return {
		kind: 'line',
		itemId: 1,
		name: 'Oak Serving Board',
		quantity: '1',
		total: '10.00',
		totalTax: '2.00',
		...more,
	};
}

/** An order whose lines add up, in whole units of its currency, with what was drawn for it. */
export interface GeneratedOrder {
	readonly order: StoreOrder;
	readonly settings: Settings;
	readonly decimals: number;
}

const units = ( least: number, most: number ): fc.Arbitrary< number > =>
	fc.integer( { min: least, max: most } );

/** Units with the rate in percent → net and tax as decimal strings. */
function valued(
	net: number,
	percent: number,
	decimals: number
): { total: string; totalTax: string } {
	const text = ( value: number ): string =>
		money(
			decimal( String( value ) ).times( `1e-${ decimals }` ),
			decimals
		);
	return {
		total: text( net ),
		totalTax: text( Math.round( ( net * percent ) / 100 ) ),
	};
}

const SETTINGS = [ 'net', 'rows' ].flatMap( ( discounts ) =>
	[ 'shop', 'share' ].map( ( refundTax ) =>
		settingsWith( { discounts, refundTax } )
	)
);

/** Made once: reading settings takes longer than planning a credit. */
function settingsOf( discounts: string, refundTax: string ): Settings {
	return SETTINGS.find(
		( { orders } ) =>
			orders.discounts === discounts && orders.refundTax === refundTax
	)!;
}

export const generatedOrder: fc.Arbitrary< GeneratedOrder > = fc
	.record( {
		currency: fc.constantFrom( 'GBP', 'GBP', 'EUR', 'JPY' ),
		discounts: fc.constantFrom( 'net' as const, 'rows' as const ),
		refundTax: fc.constantFrom( 'shop' as const, 'share' as const ),
		lines: fc.array(
			fc.record( {
				net: units( 0, 90_000 ),
				off: units( 0, 40 ),
				pieces: units( 1, 9 ),
				percent: fc.constantFrom( 0, 5, 20 ),
			} ),
			{ minLength: 1, maxLength: 5 }
		),
		coupon: fc.boolean(),
		shipping: fc.option( units( 0, 2_000 ), { nil: null } ),
		fee: fc.option( units( -300, 900 ), { nil: null } ),
	} )
	.map( ( drawn ) => {
		const decimals = drawn.currency === 'JPY' ? 0 : 2;
		const lines = drawn.lines.map( ( line, index ) => {
			const off = drawn.coupon
				? Math.floor( ( line.net * line.off ) / 100 )
				: 0;
			const before = valued( line.net, line.percent, decimals );
			return aLine( {
				id: index + 1,
				name: `Item ${ index + 1 }`,
				quantity: String( line.pieces ),
				rates: [
					{
						percent: String( line.percent ),
						label: 'VAT',
						compound: false,
					},
				],
				subtotal: before.total,
				subtotalTax: before.totalTax,
				...valued( line.net - off, line.percent, decimals ),
			} );
		} );
		const shippingLines =
			drawn.shipping === null
				? []
				: [
						aShippingLine( {
							id: 51,
							...valued( drawn.shipping, 20, decimals ),
						} ),
					];
		const fees =
			drawn.fee === null
				? []
				: [
						aCharge( {
							id: 61,
							...valued( drawn.fee, 20, decimals ),
						} ),
					];
		const discount = sum(
			lines.map( ( line ) =>
				decimal( line.subtotal ).minus( line.total )
			)
		);
		const items = [ ...lines, ...shippingLines, ...fees ];
		const tax = sum( items.map( ( { totalTax } ) => decimal( totalTax ) ) );
		const net = sum( items.map( ( { total } ) => decimal( total ) ) );
		return {
			decimals,
			settings: settingsOf( drawn.discounts, drawn.refundTax ),
			order: anOrder( {
				currency: drawn.currency,
				lines,
				shippingLines,
				fees,
				coupons: discount.gt( 0 )
					? [
							{
								id: 71,
								code: 'spring',
								discount: money( discount, decimals ),
								discountTax: '0',
							},
						]
					: [],
				total: money( net.plus( tax ), decimals ),
				totalTax: money( tax, decimals ),
			} ),
		};
	} )
	.filter( ( { order } ) => decimal( order.total ).gt( 0 ) );

/** One thing a person does; what is left of the order decides what comes of it. */
export type RefundAct =
	| {
			readonly how: 'lines';
			readonly parts: readonly {
				readonly item: number;
				readonly share: number;
				readonly pieces: number;
			}[];
			/** Units typed on top of the lines. */
			readonly typed: number;
	  }
	| { readonly how: 'amount'; readonly share: number }
	| { readonly how: 'rest' };

export const refundAct: fc.Arbitrary< RefundAct > = fc.oneof(
	fc.record( {
		how: fc.constant( 'lines' as const ),
		parts: fc.array(
			fc.record( {
				item: fc.nat( 6 ),
				share: fc.constantFrom( 0, 0.25, 0.5, 1, 1 ),
				pieces: fc.nat( 12 ),
			} ),
			{ minLength: 1, maxLength: 4 }
		),
		typed: fc.oneof( fc.constant( 0 ), units( -50, 50 ) ),
	} ),
	fc.record( {
		how: fc.constant( 'amount' as const ),
		share: fc.constantFrom( 0.1, 0.37, 0.5 ),
	} ),
	fc.record( { how: fc.constant( 'rest' as const ) } )
);

interface Open {
	readonly kind: StoreRefundLine[ 'kind' ];
	readonly id: number;
	readonly name: string;
	net: number;
	tax: number;
}

/** What the shop has after these acts: none beyond what is left, as WooCommerce refuses it. */
export function refundsBy(
	acts: readonly RefundAct[],
	order: StoreOrder,
	decimals: number
): StoreRefundDetail[] {
	const scale = 10 ** decimals;
	const inUnits = ( text: string ): number =>
		Math.round( Number( text ) * scale );
	const text = ( value: number ): string =>
		( value / scale ).toFixed( decimals );
	const open: Open[] = itemsOf( order ).map( ( { kind, item } ) => ( {
		kind,
		id: item.id,
		name: item.name,
		net: inUnits( item.total ),
		tax: inUnits( item.totalTax ),
	} ) );
	let left = inUnits( order.total );
	const refunds: StoreRefundDetail[] = [];
	for ( const act of acts ) {
		let amount = act.how === 'rest' ? left : 0;
		let lines: StoreRefundLine[] = [];
		if ( act.how === 'amount' ) {
			amount = Math.floor( left * act.share );
		} else if ( act.how === 'lines' ) {
			const taken = new Set< Open >();
			lines = act.parts.flatMap( ( part ) => {
				const item = open[ part.item % open.length ]!;
				if ( taken.has( item ) ) {
					return [];
				}
				taken.add( item );
				const net = Math.trunc( item.net * part.share );
				const tax = Math.trunc( item.tax * part.share );
				item.net -= net;
				item.tax -= tax;
				amount += net + tax;
				return [
					{
						kind: item.kind,
						itemId: item.id,
						name: item.name,
						quantity:
							item.kind === 'line' ? String( part.pieces ) : '0',
						total: text( net ),
						totalTax: text( tax ),
					},
				];
			} );
			amount = Math.max( 0, amount + act.typed );
		}
		amount = Math.min( amount, left );
		left -= amount;
		refunds.push(
			aRefund( {
				id: 9001 + refunds.length,
				amount: text( amount ),
				lines,
			} )
		);
	}
	return refunds;
}

/** Everything that a refund can name, shared out over so many refunds by lines. */
export function wholeByLines(
	order: StoreOrder,
	decimals: number,
	parts: number
): StoreRefundDetail[] {
	return refundsBy(
		Array.from( { length: parts }, ( _, index ) => ( {
			how: 'lines' as const,
			parts: itemsOf( order ).map( ( { item }, at ) => ( {
				item: at,
				share: index === parts - 1 ? 1 : 1 / ( parts - index ),
				pieces:
					'quantity' in item
						? Math.ceil( Number( item.quantity ) / parts )
						: 0,
			} ) ),
			typed: 0,
		} ) ),
		order,
		decimals
	);
}

function itemsOf( order: StoreOrder ) {
	return [
		...order.lines.map( ( item ) => ( { kind: 'line' as const, item } ) ),
		...order.shippingLines.map( ( item ) => ( {
			kind: 'ship' as const,
			item,
		} ) ),
		...order.fees.map( ( item ) => ( { kind: 'fee' as const, item } ) ),
	];
}
