/**
 * Reference data that a person chooses from by name: price lists, lead sources, the statuses of
 * sales orders, nominal codes, shipping methods (resources reference, §1.8, §2.5, §3.4, §4.7;
 * platform reference, §7.4).
 */
import { z } from 'zod';
import type { CodeName, Named } from '../api.ts';
import type { Call } from '../transport/call.ts';
import { emptyIsNone, flag, id } from '../answers/fields.ts';
import { rowsSchema, searchCall } from '../search/search.ts';

const get = ( path: string ): Call => ( { method: 'GET', path } );

export const PRICE_LISTS = get( '/product-service/price-list' );
/** An order takes its prices from a list to sell by, never from one of costs. */
export const priceListsSchema = z
	.array(
		z.object( {
			id,
			name: z.object( { text: z.string() } ),
			priceListTypeCode: z.string().optional(),
		} )
	)
	.transform( ( lists ): Named[] =>
		lists
			.filter( ( { priceListTypeCode } ) => priceListTypeCode !== 'BUY' )
			.map( ( list ) => ( { id: list.id, name: list.name.text } ) )
	);

export const LEAD_SOURCES = get( '/contact-service/lead-source' );
export const leadSourcesSchema = z
	.array(
		z.object( { id, name: z.string(), isActive: flag.default( true ) } )
	)
	.transform( ( sources ): Named[] =>
		sources
			.filter( ( { isActive } ) => isActive )
			.map( ( source ) => ( { id: source.id, name: source.name } ) )
	);

export const ORDER_STATUSES = get( '/order-service/order-status' );
/** A disabled status cannot be set, but an order may still have it. */
export const orderStatusesSchema = z
	.array(
		z.object( {
			statusId: id,
			name: z.string(),
			orderTypeCode: z.string(),
			disabled: flag.default( false ),
		} )
	)
	.transform( ( statuses ) =>
		statuses
			.filter( ( { orderTypeCode } ) => orderTypeCode === 'SO' )
			.map( ( { statusId, name, disabled } ) => ( {
				id: statusId,
				name,
				disabled,
			} ) )
	);

export const SHIPPING_METHODS = get( '/warehouse-service/shipping-method' );
export const shippingMethodsSchema: z.ZodType< Named[] > = z.array(
	z.object( { id, name: z.string() } )
);

const nominalRow = z.object( {
	/** Text, because of its leading zeros. */
	code: z.union( [ z.string(), z.number().transform( String ) ] ),
	name: z.string(),
	active: flag.default( true ),
} );

/** The read by id is by row, not by code (§7.4); further pages of the search are followed. */
export const NOMINAL_CODES: Call = searchCall(
	{
		path: '/accounting-service/nominal-code-search',
		columns: [ 'code', 'name', 'active' ],
		sort: 'code.ASC',
		row: nominalRow,
	},
	1
);
export const nominalCodesSchema = rowsSchema( nominalRow ).transform(
	( rows ): CodeName[] =>
		rows
			.filter( ( { active } ) => active )
			.map( ( { code, name } ) => ( { code, name } ) )
);

export const CONTACT_TAGS = get( '/contact-service/tag' );
/** An object keyed by the tag's id; an empty one may be an empty list (resources reference, §2.5). */
export const contactTagsSchema = emptyIsNone(
	z.record( z.string(), z.object( { tagId: id, tagName: z.string() } ) )
).transform( ( tags ): Named[] =>
	Object.values( tags ).map( ( tag ) => ( {
		id: tag.tagId,
		name: tag.tagName,
	} ) )
);
