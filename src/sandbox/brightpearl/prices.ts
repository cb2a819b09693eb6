/**
 * Prices (resources reference, §3.4).
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { detailsOf } from './catalogue-model.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import { Big, fixed } from './decimal.ts';
import { existing } from './existing.ts';
import { decimal, readFields } from './fields.ts';
import type { Product } from './model.ts';
import { taxCodeOf } from './order-rows.ts';
import type { PriceList } from './profile.ts';
import { currencyOf } from './reference-data.ts';
import { answer, refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';

const noPrices = (): Reply =>
	refuse( 404, notFound( 'No Product Prices Found' ) );

/** From which quantity which price holds; nothing where there is none. */
export function pricesOf(
	product: Product,
	list: PriceList
): Readonly< Record< string, string > > {
	const set = detailsOf( product ).prices[ String( list.id ) ];
	if ( set ) {
		return set;
	}
	return list.type === 'SELL' ? { 1: fixed( product.price, 4 ) } : {};
}

/** All price lists of each product, those without a price empty (§3.4). */
function readPrices( call: Call ): Reply {
	const ids = idsOf( call );
	const lists = idsOf( call, 'listIds' );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	if ( ! lists.ok ) {
		return lists.reply;
	}
	const { profile, tables } = call.account;
	const wanted = lists.value;
	const shown = profile.priceLists.filter(
		( list ) => wanted?.includes( list.id ) ?? true
	);
	const found = ( ids.value ?? [] ).flatMap(
		( id ) => tables.products.get( id ) ?? []
	);
	if ( found.length === 0 || shown.length === 0 ) {
		return noPrices();
	}
	return answer(
		found.map( ( product ) => ( {
			productId: product.id,
			priceLists: shown.map( ( list ) => ( {
				priceListId: list.id,
				currencyCode: currencyOf( call.account, list ).code,
				currencyId: list.currencyId,
				sku: product.sku,
				quantityPrice: pricesOf( product, list ),
			} ) ),
		} ) )
	);
}

const priceSchema = z.strictObject( {
	priceLists: z
		.array(
			z.strictObject( {
				priceListId: z.int(),
				quantityPrice: z.record(
					z.string().regex( /^[1-9]\d{0,8}$/ ),
					decimal
				),
				sku: z.string().optional(),
			} )
		)
		.min( 1 ),
} );

/** PUT takes values as net (documented), and a list with tax shows its own mode (§3.4). */
function stored(
	account: Account,
	product: Product,
	list: PriceList,
	value: string,
	mode: 'as-sent' | 'net'
): string {
	const rate = taxCodeOf( account, product.taxCode )?.rate ?? '0';
	return list.gross && mode === 'net'
		? fixed(
				new Big( value ).times( new Big( rate ).div( 100 ).plus( 1 ) ),
				4
			)
		: fixed( value, 4 );
}

/** The lists that are named change, the others stay. */
function putPrices( call: Call ): Reply {
	const { account, switches } = call;
	const product = account.tables.products.get( idOf( call ) );
	if ( ! product ) {
		return noPrices();
	}
	const read = readFields( priceSchema, call.body, switches.unknownFields );
	if ( ! read.ok ) {
		return read.reply;
	}
	const prices = { ...detailsOf( product ).prices };
	for ( const { priceListId, quantityPrice } of read.value.priceLists ) {
		const list = account.profile.priceLists.find(
			( { id } ) => id === priceListId
		);
		if ( ! list ) {
			return refuse(
				400,
				problem(
					INVENTED.priceList,
					`There is no price list ${ priceListId }`
				)
			);
		}
		prices[ String( priceListId ) ] = Object.fromEntries(
			Object.entries( quantityPrice ).map( ( [ quantity, value ] ) => [
				quantity,
				stored(
					account,
					product,
					list,
					value,
					switches.grossListPrices
				),
			] )
		);
	}
	account.tables.products.put( {
		...product,
		more: { ...product.more, prices },
	} );
	return silent();
}

/** `*` stands for every product, as no set at all does. */
function priceUris( call: Call ): Reply {
	const { ids, ...params } = call.params;
	return existing(
		ids === '*' ? { ...call, params } : call,
		'/product-price',
		call.account.tables.products.ids()
	);
}

export const priceRoutes: readonly Route[] = [
	route(
		'OPTIONS',
		'/product-service/product-price/{ids?}',
		'options-product-price',
		priceUris
	),
	route(
		'GET',
		'/product-service/product-price/{ids}',
		'get-product-price',
		readPrices
	),
	route(
		'GET',
		'/product-service/product-price/{ids}/price-list/{listIds}',
		'get-product-price',
		readPrices
	),
	route(
		'PUT',
		'/product-service/product-price/{id}/price-list',
		'put-product-price',
		putPrices
	),
];
