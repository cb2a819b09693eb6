/**
 * The account-independent lists of the order service: types, stock and shipping statuses
 * (resources reference, §1.11).
 */
import { route } from './call.ts';
import type { Route } from './call.ts';
import type { OrderType } from './model.ts';
import { answer } from './reply.ts';

export const ORDER_TYPES: readonly {
	readonly id: number;
	readonly code: OrderType;
	/** As `orderTypeNames` of order-search shows it (recorded). */
	readonly name: string;
}[] = [
	{ id: 1, code: 'SO', name: 'SALES_ORDER' },
	{ id: 2, code: 'PO', name: 'PURCHASE_ORDER' },
	{ id: 3, code: 'SC', name: 'SALES_CREDIT' },
	{ id: 4, code: 'PC', name: 'PURCHASE_CREDIT' },
];

export const isOrderType = ( code: unknown ): code is OrderType =>
	ORDER_TYPES.some( ( entry ) => entry.code === code );

/** Purchases have a supplier where sales have a customer. */
export const isPurchase = ( type: OrderType ): boolean =>
	type === 'PO' || type === 'PC';

/** What has happened with the stock of an order of each type. */
export const STOCK_CODES = {
	SO: { none: 'SON', part: 'SOP', all: 'SOA' },
	PO: { none: 'PON', part: 'POP', all: 'POA' },
	SC: { none: 'SCN', part: 'SCP', all: 'SCA' },
	PC: { none: 'PCN', part: 'PCP', all: 'PCA' },
} as const;

export type StockCode =
	'NON' | ( typeof STOCK_CODES )[ OrderType ][ 'none' | 'part' | 'all' ];

/** 1–6 are documented, 13 is recorded with its label; 7–12 follow the pattern. */
export const STOCK_STATUSES: readonly {
	readonly id: number;
	readonly code: StockCode;
	readonly name: string;
}[] = [
	...( [ 'SO', 'PO', 'SC', 'PC' ] as const ).flatMap( ( type, place ) =>
		(
			[
				[ 'none', 'Not fulfilled' ],
				[ 'part', 'Part fulfilled' ],
				[ 'all', 'All fulfilled' ],
			] as const
		 ).map( ( [ extent, name ], step ) => ( {
			id: place * 3 + step + 1,
			code: STOCK_CODES[ type ][ extent ],
			name,
		} ) )
	),
	{ id: 13, code: 'NON', name: 'Unset' },
];

/** Recorded, all four. */
export const SHIPPING_STATUSES = [
	{ id: 1, code: 'NST', name: 'No stock tracked products on order' },
	{ id: 2, code: 'SNS', name: 'Stock not shipped' },
	{ id: 3, code: 'SPS', name: 'Stock part shipped' },
	{ id: 4, code: 'ASS', name: 'All stock shipped' },
] as const;

/** 5 is recorded; the others are a guess (§8.7). */
export const PAYMENT_STATUSES = [
	{ id: 1, code: 'UNPAID' },
	{ id: 2, code: 'PARTIALLY_PAID' },
	{ id: 3, code: 'PAID' },
	{ id: 5, code: 'NOT_APPLICABLE' },
] as const;

/** The lists take no id set. The keys of the two status lists are a guess: only codes and ids are known. */
export const orderTypeRoutes: readonly Route[] = [
	route( 'GET', '/order-service/order-type', 'get-order-type', () =>
		answer(
			ORDER_TYPES.map( ( { id, code, name } ) => ( {
				id,
				code,
				description: name,
			} ) )
		)
	),
	route(
		'GET',
		'/order-service/order-stock-status',
		'get-order-stock-status',
		() => answer( STOCK_STATUSES )
	),
	route(
		'GET',
		'/order-service/order-shipping-status',
		'get-order-shipping-status',
		() => answer( SHIPPING_STATUSES )
	),
];
