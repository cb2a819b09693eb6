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
import type { RecordedLine } from './recorded-schema.ts';
import { noteSchema, orderSchema, refundSchema } from './recorded-schema.ts';
import { isMissingFile } from './rest.ts';
import type { Shop } from './shop.ts';

function instant( text: string ): number {
	return Date.parse( `${ text }Z` );
}

/**
 * The float `price` tells the stored total more exactly than the printed one does, where
 * the order was recorded with plain decimals only.
 */
function exactTotal( { price, quantity, total }: RecordedLine ): string {
	const decimals = ( total.split( '.' )[ 1 ] ?? '' ).length;
	const exact = stored( new Decimal( price ).times( quantity ) );
	return shown( exact, decimals ) === total ? exact : total;
}

function toLine( recorded: RecordedLine ): LineItem {
	const { image, ...rest } = recorded;
	const total = exactTotal( recorded );
	const line: LineItem & { price?: number } = {
		...rest,
		total,
		subtotal: recorded.subtotal === recorded.total ? total : rest.subtotal,
		image_id: image.id,
	};
	// Shown as total by quantity, never kept.
	delete line.price;
	return line;
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
