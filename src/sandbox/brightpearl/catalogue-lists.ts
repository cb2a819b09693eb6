/**
 * Lists beside the catalogue: brands, collections, options, types, seasons, categories
 * (resources reference, §3.5). All can be searched by when they changed.
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import { route } from './call.ts';
import type { Call, Route } from './call.ts';
import type { Brand } from './catalogue-model.ts';
import { DOCUMENTED, problem } from './codes.ts';
import { optionsOf } from './options.ts';
import type { Option, OptionValue } from './options.ts';
import type { Named } from './profile.ts';
import { API_USER } from './profile.ts';
import { listRoute } from './reference-data.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { searchRoutes } from './search.ts';
import type { Column } from './search.ts';

/** When the account was set up: everything here is from then. */
const SET_UP = Date.UTC( 2025, 0, 6, 9 );

const OWN_BRANDS: readonly Brand[] = [
	{ id: 74, name: 'House brand', updatedAt: SET_UP },
];
const COLLECTIONS: readonly Named[] = [ { id: 3, name: 'All year' } ];
const TYPES: readonly Named[] = [ { id: 1, name: 'General' } ];
const SEASONS: readonly Named[] = [
	{ id: 1, name: 'Spring' },
	{ id: 2, name: 'Autumn' },
];
const CATEGORIES: readonly Named[] = [
	{ id: 296, name: 'Shop' },
	{ id: 297, name: 'Clearance' },
];
export const CHANNEL_BRANDS: readonly Named[] = [ { id: 1, name: 'Default' } ];

export const isBrand = ( account: Account, brandId: number ): boolean =>
	OWN_BRANDS.some( ( { id } ) => id === brandId ) ||
	account.tables.brands.has( brandId );

const updatedOn = < T >(): Column< T > => ( {
	name: 'updatedOn',
	type: 'PERIOD',
	value: () => SET_UP,
} );

const named = ( idName = 'id', nameName = 'name' ): Column< Named >[] => [
	{ name: idName, type: 'IDSET', value: ( row ) => row.id },
	{ name: nameName, type: 'SEARCH_STRING', value: ( row ) => row.name },
];

/** Where the columns of a search are known by their names only, these are the least there are. */
const list = (
	path: string,
	rows: readonly Named[],
	columns: readonly Column< Named >[] = [ ...named(), updatedOn() ]
): Route[] =>
	searchRoutes< Named >( {
		path: `/product-service/${ path }`,
		columns,
		rows: () => rows,
	} );

const brandSchema = z.object( { name: z.string().min( 1 ) } );

function postBrand( { account, body, now }: Call ): Reply {
	const read = brandSchema.safeParse( body );
	if ( ! read.success ) {
		return body === undefined
			? refuse(
					400,
					problem(
						DOCUMENTED.notJson,
						'You must supply a JSON formatted body with your request'
					)
				)
			: refuse(
					400,
					problem( DOCUMENTED.brandName, 'Brand name is required' )
				);
	}
	const id = account.tables.brands.nextId();
	account.tables.brands.put( { id, name: read.data.name, updatedAt: now } );
	return answer( id );
}

export const catalogueListRoutes: readonly Route[] = [
	route( 'POST', '/product-service/brand', 'post-brand', postBrand ),
	...searchRoutes< Brand >( {
		path: '/product-service/brand-search',
		columns: [
			{ name: 'brandId', type: 'IDSET', value: ( row ) => row.id },
			{
				name: 'brandName',
				type: 'SEARCH_STRING',
				value: ( row ) => row.name,
			},
		],
		filters: [
			{
				name: 'updatedOn',
				type: 'PERIOD',
				value: ( row ) => row.updatedAt,
			},
		],
		rows: ( call ) => [
			...OWN_BRANDS,
			...call.account.tables.brands.values(),
		],
	} ),
	...list( 'collection-search', COLLECTIONS ),
	...list( 'product-type-search', TYPES ),
	...list( 'season-search', SEASONS ),
	...list( 'brightpearl-category-search', CATEGORIES, [
		...named(),
		{ name: 'parentId', type: 'IDSET', value: () => 0 },
		{ name: 'active', type: 'BOOLEAN', value: () => true },
		{ name: 'createdOn', type: 'PERIOD', value: () => SET_UP },
		{ name: 'createdById', type: 'INTEGER', value: () => API_USER },
		updatedOn(),
		{ name: 'updatedBy', type: 'INTEGER', value: () => API_USER },
	] ),
	...searchRoutes< Option >( {
		path: '/product-service/option-search',
		columns: [ ...named(), updatedOn() ],
		rows: ( call ) => optionsOf( call.account ),
	} ),
	...searchRoutes< OptionValue >( {
		path: '/product-service/option-value-search',
		columns: [
			{ name: 'optionValueId', type: 'IDSET', value: ( row ) => row.id },
			{
				name: 'optionValueName',
				type: 'SEARCH_STRING',
				value: ( row ) => row.name,
			},
			{ name: 'optionId', type: 'IDSET', value: ( row ) => row.optionId },
			updatedOn(),
		],
		rows: ( call ) =>
			optionsOf( call.account ).flatMap( ( { values } ) => values ),
	} ),
	route(
		'GET',
		'/product-service/channel-brand/{ids?}',
		'get-channel-brand',
		listRoute(
			'Channel Brand',
			() => CHANNEL_BRANDS,
			( entry ) => entry
		)
	),
];
