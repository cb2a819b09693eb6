/**
 * `/_sandbox/…`: what a person or a test does to the shop that is not WooCommerce's REST.
 */
import { z } from 'zod';
import { shown } from './decimal.ts';
import { loadRecorded, loadSchema } from './recorded.ts';
import { placeOrder } from './checkout.ts';
import type { Deliveries } from './deliveries.ts';
import type { Faults } from './faults.ts';
import { faultSchema } from './faults.ts';
import type { Order, ShopSettings } from './model.ts';
import { untrashOrder } from './order-life.ts';
import type { RequestLog } from './request-log.ts';
import { addBulkProducts } from './seed.ts';
import type { Shop } from './shop.ts';
import { changeTax } from './site-routes.ts';
import { followStockStatus, productChanged, stockKeeper } from './stock.ts';
import type { SellOptions } from './wish.ts';
import { sellSchema } from './wish.ts';

export interface ControlAnswer {
	readonly status: number;
	readonly body: unknown;
}

export interface Control {
	sell( options: SellOptions ): SellResult;
	/** Null = no such address. */
	answer(
		method: string,
		path: string,
		query: Readonly< Record< string, string > >,
		body: unknown
	): Promise< ControlAnswer | null >;
}

export interface SellResult {
	readonly orders: {
		readonly id: number;
		readonly status: string;
		readonly total: string;
		readonly currency: string;
		readonly lines: { sku: string | null; quantity: number }[];
	}[];
	readonly refused: { readonly code: string; readonly message: string }[];
}

const settingsSchema = z.strictObject( {
	name: z.string().min( 1 ).optional(),
	currency: z.string().length( 3 ).optional(),
	decimals: z.int().min( 0 ).max( 6 ).optional(),
	baseCountry: z.string().length( 2 ).optional(),
	timeZone: z
		.string()
		.refine( isTimeZone, 'is not a time zone such as Europe/London' )
		.optional(),
	pricesIncludeTax: z.boolean().optional(),
	roundAtSubtotal: z.boolean().optional(),
	webhooks: z.boolean().optional(),
	webhookDelay: z.int().min( 0 ).optional(),
	saysHome: z.url().nullable().optional(),
	storeId: z.string().min( 1 ).nullable().optional(),
} );

function isTimeZone( name: string ): boolean {
	try {
		new Intl.DateTimeFormat( 'en', { timeZone: name } );
		return true;
	} catch {
		return false;
	}
}

const stockSchema = z.strictObject( {
	sku: z.string().min( 1 ),
	quantity: z.int(),
} );
const countSchema = z.strictObject( {
	count: z.int().min( 1 ).max( 200_000 ),
} );
const faultsSchema = z.union( [
	faultSchema,
	z.strictObject( { faults: z.array( faultSchema ) } ),
] );

function summaryOf(
	order: Order,
	decimals: number
): SellResult[ 'orders' ][ number ] {
	return {
		id: order.id,
		status: order.status,
		total: shown( order.total, decimals ),
		currency: order.currency,
		lines: order.line_items.map( ( { sku, quantity } ) => ( {
			sku,
			quantity,
		} ) ),
	};
}

export function changeSettings(
	shop: Shop,
	change: z.output< typeof settingsSchema >
): ShopSettings {
	const { pricesIncludeTax, roundAtSubtotal, ...rest } = change;
	for ( const [ name, value ] of Object.entries( rest ) ) {
		if ( value !== undefined ) {
			shop.settings = { ...shop.settings, [ name ]: value };
		}
	}
	if ( pricesIncludeTax !== undefined || roundAtSubtotal !== undefined ) {
		changeTax( shop, {
			...( pricesIncludeTax !== undefined && { pricesIncludeTax } ),
			...( roundAtSubtotal !== undefined && { roundAtSubtotal } ),
		} );
	}
	shop.touch();
	return shop.settings;
}

export function createControl(
	shop: Shop,
	parts: {
		readonly deliveries: Deliveries;
		readonly faults: Faults;
		readonly log: RequestLog;
	}
): Control {
	const sell = ( options: SellOptions ): SellResult => {
		const wish = sellSchema.parse( options );
		const orders: Order[] = [];
		const refused = [];
		for ( let done = 0; done < wish.count; done++ ) {
			const result = placeOrder( shop, wish );
			if ( 'id' in result ) {
				orders.push( result );
			} else {
				refused.push( result );
			}
		}
		return {
			orders: orders.map( ( order ) =>
				summaryOf( order, shop.settings.decimals )
			),
			refused,
		};
	};
	const setStock = ( sku: string, quantity: number ): ControlAnswer => {
		const product = shop.catalog
			.bySku( sku )
			.find( ( one ) => stockKeeper( shop, one ) !== null );
		const keeper = product && stockKeeper( shop, product );
		if ( ! keeper ) {
			return {
				status: 404,
				body: {
					error: `No product with the SKU ${ sku } keeps a stock.`,
				},
			};
		}
		const from = keeper.stock_quantity;
		keeper.stock_quantity = quantity;
		followStockStatus( keeper );
		productChanged( shop, keeper );
		shop.emit( {
			kind: 'stock',
			productId: keeper.id,
			sku: keeper.sku,
			from,
			to: quantity,
			cause: 'hand',
		} );
		return { status: 200, body: { sku, from, to: quantity } };
	};
	const state = (): unknown => ( {
		home: shop.home,
		seed: shop.seed,
		settings: shop.settings,
		orders: shop.orders.size,
		products: shop.catalog.size,
		deliveriesWaiting: parts.deliveries.waiting,
		requests: parts.log.total,
		faults: parts.faults.list(),
		webhooks: [ ...shop.webhooks.values() ].map(
			( { id, name, topic, status, delivery_url, failures } ) => ( {
				id,
				name,
				topic,
				status,
				delivery_url,
				failures,
			} )
		),
		stock: Object.fromEntries(
			[ ...shop.catalog.all() ]
				.filter(
					( { manage_stock, sku } ) => manage_stock && sku !== ''
				)
				.map( ( { sku, stock_quantity } ) => [ sku, stock_quantity ] )
		),
	} );
	const addFaults = ( body: unknown ): ControlAnswer => {
		const input = faultsSchema.parse( body );
		for ( const fault of 'faults' in input ? input.faults : [ input ] ) {
			parts.faults.add( fault );
		}
		return { status: 200, body: { faults: parts.faults.list() } };
	};
	const good = ( body: unknown ): ControlAnswer => ( { status: 200, body } );

	const handle = async (
		call: string,
		query: Readonly< Record< string, string > >,
		body: unknown
	): Promise< ControlAnswer | null > => {
		const untrash = /^POST orders\/(\d+)\/untrash$/.exec( call );
		if ( untrash ) {
			const order = shop.orders.get( Number( untrash[ 1 ] ) );
			if ( order?.status !== 'trash' ) {
				return { status: 404, body: { error: 'Not in the trash.' } };
			}
			untrashOrder( shop, order );
			return good( summaryOf( order, shop.settings.decimals ) );
		}
		switch ( call ) {
			case 'POST sell': {
				const result = sell( sellSchema.parse( body ) );
				// As the checkout answers when nothing could be placed.
				return {
					status: result.orders.length === 0 ? 409 : 200,
					body: result,
				};
			}
			case 'POST load-recorded':
				return good( {
					orders: await loadRecorded(
						shop,
						loadSchema.parse( body )
					),
				} );
			case 'POST stock': {
				const { sku, quantity } = stockSchema.parse( body );
				return setStock( sku, quantity );
			}
			case 'POST products':
				return good( {
					ids: addBulkProducts(
						shop,
						countSchema.parse( body ).count
					),
				} );
			case 'GET settings':
				return good( shop.settings );
			case 'POST settings':
				return good(
					changeSettings( shop, settingsSchema.parse( body ) )
				);
			case 'GET faults':
				return good( { faults: parts.faults.list() } );
			case 'POST faults':
				return addFaults( body );
			case 'DELETE faults':
				parts.faults.clear();
				return good( { faults: [] } );
			case 'GET requests':
				return good( {
					total: parts.log.total,
					items: parts.log.list(
						Number( query[ 'after' ] ?? 0 ) || 0
					),
				} );
			case 'GET state':
				return good( state() );
			default:
				return null;
		}
	};
	return {
		sell,
		async answer( method, path, query, body ) {
			try {
				return await handle( `${ method } ${ path }`, query, body );
			} catch ( error ) {
				if ( error instanceof z.ZodError ) {
					return {
						status: 400,
						body: {
							error: 'Not understood.',
							details: error.issues.map( ( issue ) => ( {
								path: issue.path.join( '.' ),
								message: issue.message,
							} ) ),
						},
					};
				}
				// A directory that cannot be read, a file that is no JSON.
				const message =
					error instanceof Error ? error.message : String( error );
				return { status: 400, body: { error: message } };
			}
		},
	};
}
