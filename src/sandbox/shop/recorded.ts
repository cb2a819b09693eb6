/**
 * Places recorded orders in the shop as they are, with their ids (test data,
 * `woocommerce/orders`): the plain file, with the exact amounts of its `.dp6.json`, its
 * `.refunds.json` and `.notes.json` where there are such files.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Decimal, shown, stored } from './decimal.ts';
import type { LineItem, Order, Refund } from './model.ts';
import { wholeSecond } from './dates.ts';
import { isMissingFile } from './rest.ts';
import type { Shop } from './shop.ts';

const amount = z.string();
const meta = z.array(
	z.object( { id: z.int(), key: z.string(), value: z.unknown() } )
);
const taxes = z.array(
	z.object( { id: z.int(), total: amount, subtotal: amount } )
);
const line = z.object( {
	id: z.int(),
	name: z.string(),
	product_id: z.int(),
	variation_id: z.int(),
	quantity: z.number(),
	tax_class: z.string(),
	subtotal: amount,
	subtotal_tax: amount,
	total: amount,
	total_tax: amount,
	taxes,
	meta_data: meta,
	sku: z.string().nullable(),
	global_unique_id: z.string().nullable(),
	price: z.number(),
	image: z.object( { id: z.union( [ z.number(), z.literal( '' ) ] ) } ),
	parent_name: z.string().nullable(),
} );
type Line = z.infer< typeof line >;
const shippingLine = z.object( {
	id: z.int(),
	method_title: z.string(),
	method_id: z.string(),
	instance_id: z.string(),
	total: amount,
	total_tax: amount,
	taxes,
	tax_status: z.string(),
	meta_data: meta,
} );
const feeLine = z.object( {
	id: z.int(),
	name: z.string(),
	tax_class: z.string(),
	tax_status: z.string(),
	amount,
	total: amount,
	total_tax: amount,
	taxes,
	meta_data: meta,
} );
const taxLine = z.object( {
	id: z.int(),
	rate_code: z.string(),
	rate_id: z.int(),
	label: z.string(),
	compound: z.boolean(),
	tax_total: amount,
	shipping_tax_total: amount,
	rate_percent: z.number(),
	meta_data: meta,
} );
const address = {
	first_name: z.string(),
	last_name: z.string(),
	company: z.string(),
	address_1: z.string(),
	address_2: z.string(),
	city: z.string(),
	state: z.string(),
	postcode: z.string(),
	country: z.string(),
};
const items = {
	line_items: z.array( line ),
	shipping_lines: z.array( shippingLine ),
	fee_lines: z.array( feeLine ),
	tax_lines: z.array( taxLine ),
	meta_data: meta,
};
const time = z.string().regex( /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/ );

const orderSchema = z.object( {
	...items,
	id: z.int(),
	parent_id: z.int(),
	status: z.string(),
	currency: z.string(),
	version: z.string(),
	prices_include_tax: z.boolean(),
	discount_total: amount,
	discount_tax: amount,
	shipping_total: amount,
	shipping_tax: amount,
	cart_tax: amount,
	total: amount,
	total_tax: amount,
	customer_id: z.int(),
	order_key: z.string(),
	billing: z.object( { ...address, email: z.string(), phone: z.string() } ),
	shipping: z.object( { ...address, phone: z.string() } ),
	payment_method: z.string(),
	payment_method_title: z.string(),
	transaction_id: z.string(),
	customer_ip_address: z.string(),
	customer_user_agent: z.string(),
	created_via: z.string(),
	customer_note: z.string(),
	cart_hash: z.string(),
	coupon_lines: z.array(
		z.object( {
			id: z.int(),
			code: z.string(),
			discount: amount,
			discount_tax: amount,
			meta_data: meta,
			discount_type: z.string(),
			nominal_amount: z.number(),
			free_shipping: z.boolean(),
		} )
	),
	refunds: z.array(
		z.object( {
			id: z.int(),
			reason: z.string(),
			total: amount,
			total_tax: amount,
		} )
	),
	date_created_gmt: time,
	date_modified_gmt: time,
	date_completed_gmt: time.nullable(),
	date_paid_gmt: time.nullable(),
} );

const refundSchema = z.object( {
	...items,
	id: z.int(),
	date_created_gmt: time,
	amount,
	reason: z.string(),
	refunded_by: z.int(),
	refunded_payment: z.boolean(),
} );

const noteSchema = z.object( {
	id: z.int(),
	author: z.string(),
	date_created_gmt: time,
	note: z.string(),
	customer_note: z.boolean(),
} );

function instant( text: string ): number {
	return Date.parse( `${ text }Z` );
}

/**
 * The float `price` tells the stored total more exactly than the printed one does, where
 * the order was recorded with plain decimals only.
 */
function exactTotal( { price, quantity, total }: Line ): string {
	const decimals = ( total.split( '.' )[ 1 ] ?? '' ).length;
	const exact = stored( new Decimal( price ).times( quantity ) );
	return shown( exact, decimals ) === total ? exact : total;
}

function toLine( recorded: Line ): LineItem {
	const { image, price: _price, ...rest } = recorded;
	const total = exactTotal( recorded );
	return {
		...rest,
		total,
		subtotal: recorded.subtotal === recorded.total ? total : rest.subtotal,
		image_id: image.id,
	};
}

function toRefund( recorded: z.infer< typeof refundSchema > ): Refund {
	const { date_created_gmt, line_items, ...rest } = recorded;
	return {
		...rest,
		created: instant( date_created_gmt ),
		line_items: line_items.map( toLine ),
	};
}

/** An order whose refunds were not recorded one by one still knows their sums. */
function toSummary(
	recorded: z.infer< typeof orderSchema >[ 'refunds' ][ number ],
	created: number
): Refund {
	return {
		id: recorded.id,
		created,
		amount: recorded.total.replace( /^-/, '' ),
		reason: recorded.reason,
		refunded_by: 1,
		refunded_payment: false,
		meta_data: [],
		line_items: [],
		shipping_lines: [],
		tax_lines: [],
		fee_lines: [],
	};
}

async function readJson( path: string ): Promise< unknown > {
	return JSON.parse( await readFile( path, 'utf8' ) ) as unknown;
}

export const loadSchema = z.strictObject( {
	directory: z.string().min( 1 ),
	/** Only these case numbers, such as `001`. */
	only: z.array( z.string() ).optional(),
	/** `now` moves the dates: placed, changed and paid at this moment. */
	dates: z.enum( [ 'recorded', 'now' ] ).default( 'recorded' ),
	/** Whether the webhooks tell of it. */
	fire: z.boolean().default( true ),
} );

const ORDER_FILE = /^(\d{3})-[^.]+\.json$/;

async function readRecorded(
	directory: string,
	file: string
): Promise< Order > {
	const part = async ( suffix: string ): Promise< unknown > => {
		try {
			return await readJson(
				join( directory, file.replace( /\.json$/, `${ suffix }.json` ) )
			);
		} catch ( error ) {
			if ( isMissingFile( error ) ) {
				return null;
			}
			throw error;
		}
	};
	const plain = orderSchema.parse(
		await readJson( join( directory, file ) )
	);
	const dp6 = await part( '.dp6' );
	const exact = dp6 === null ? plain : orderSchema.parse( dp6 );
	const refunds = await part( '.refunds' );
	const notes = await part( '.notes' );
	const {
		date_created_gmt,
		date_modified_gmt,
		date_completed_gmt,
		date_paid_gmt,
		line_items,
		...rest
	} = exact;
	const created = instant( date_created_gmt );
	return {
		...rest,
		created,
		modified: instant( date_modified_gmt ),
		completed:
			date_completed_gmt === null ? null : instant( date_completed_gmt ),
		paid: date_paid_gmt === null ? null : instant( date_paid_gmt ),
		line_items: line_items.map( toLine ),
		refunds:
			refunds === null
				? plain.refunds.map( ( one ) => toSummary( one, created ) )
				: z
						.array( refundSchema )
						.parse( refunds )
						.map( toRefund )
						.sort( ( a, b ) => a.id - b.id ),
		notes: z
			.array( noteSchema )
			.parse( notes ?? [] )
			.map( ( { date_created_gmt: at, ...note } ) => ( {
				...note,
				created: instant( at ),
			} ) ),
		stock_reduced: line_items.some( ( { meta_data } ) =>
			meta_data.some( ( { key } ) => key === '_reduced_stock' )
		),
		held_until: null,
		decimals: ( plain.total.split( '.' )[ 1 ] ?? '' ).length,
	};
}

/** The ids that were placed; an order that is there already is replaced. */
export async function loadRecorded(
	shop: Shop,
	options: z.output< typeof loadSchema >
): Promise< number[] > {
	const files = ( await readdir( options.directory ) )
		.filter( ( file ) => {
			const number = ORDER_FILE.exec( file )?.[ 1 ];
			return (
				number !== undefined &&
				( options.only === undefined ||
					options.only.includes( number ) )
			);
		} )
		.sort();
	const orders = [];
	for ( const file of files ) {
		orders.push( await readRecorded( options.directory, file ) );
	}
	for ( const order of orders ) {
		if ( options.dates === 'now' ) {
			const now = wholeSecond( shop.clock.now() );
			order.created = now;
			order.modified = now;
			order.paid = order.paid && now;
			order.completed = order.completed && now;
		}
		shop.orders.set( order.id, order );
		shop.counters.post = Math.max(
			shop.counters.post,
			order.id,
			...order.refunds.map( ( { id } ) => id )
		);
		if (
			options.fire &&
			! [ 'trash', 'checkout-draft' ].includes( order.status )
		) {
			shop.fire( 'order.updated', order.id );
			shop.fire( 'order.created', order.id );
		}
	}
	shop.touch();
	return orders.map( ( { id } ) => id );
}
