/**
 * Reading what the shop sells: products, and the variations that are items of their own.
 *
 * `/wc/v3/variations` lists all variations at once (seen in 11.0.1); a shop without that
 * route is asked product by product.
 */
import type { Result } from '../contracts/result.ts';
import { fail, hold, ok } from '../contracts/result.ts';
import type { StoreItem } from '../contracts/store.ts';
import type { Logger } from '../contracts/world.ts';
import type { RefusedReply } from './classify.ts';
import { PER_PAGE, readPage } from './paging.ts';
import { unreadable } from './problems.ts';
import { ITEM_FIELDS, itemSchema, whyRefused } from './schemas.ts';
import type { ItemJson } from './schemas.ts';
import type { Query, Transport } from './transport.ts';

/** Of `?sku=`, encoded: well below what web servers take as an address. */
const LONGEST_SKU_LIST = 1500;
const MOST_SKUS = 50;

interface Found {
	readonly items: readonly ItemJson[];
	readonly more: boolean;
}
type FoundResult = { readonly ok: true; readonly value: Found } | RefusedReply;

async function readItems(
	transport: Transport,
	logger: Logger,
	route: string,
	query: Query,
	page: number
): Promise< FoundResult > {
	const reply = await transport.get( route, {
		per_page: PER_PAGE,
		page,
		// By id: what is added meanwhile comes last and pushes nothing to another page.
		orderby: 'id',
		order: 'asc',
		_fields: ITEM_FIELDS,
		...query,
	} );
	if ( ! reply.ok ) {
		return reply;
	}
	const found = readPage( reply, page );
	if ( found === null ) {
		const { failure } = hold(
			unreadable( `the list of ${ route }`, 'it is not a list' )
		);
		return { ok: false, failure, status: reply.status, code: null };
	}
	const items: ItemJson[] = [];
	for ( const entry of found.entries ) {
		const parsed = itemSchema.safeParse( entry );
		if ( parsed.success ) {
			items.push( parsed.data );
		} else {
			logger.warn(
				{ route, page, why: whyRefused( parsed.error ) },
				'An item of the shop cannot be read and is left out'
			);
		}
	}
	return { ok: true, value: { items, more: found.more } };
}

export async function* readAllItems(
	transport: Transport,
	logger: Logger
): AsyncGenerator< Result< readonly StoreItem[] > > {
	const variable: number[] = [];
	for ( let page = 1, more = true; more; page++ ) {
		const found = await readItems(
			transport,
			logger,
			'products',
			{ status: 'any' },
			page
		);
		if ( ! found.ok ) {
			yield fail( found.failure );
			return;
		}
		more = found.value.more;
		for ( const item of found.value.items ) {
			if ( item.type?.includes( 'variable' ) === true ) {
				variable.push( item.id );
			}
		}
		yield ok( found.value.items.map( toProduct ).filter( isOfUse ) );
	}
	if ( variable.length > 0 ) {
		yield* readVariations( transport, logger, variable );
	}
}

async function* readVariations(
	transport: Transport,
	logger: Logger,
	parents: readonly number[]
): AsyncGenerator< Result< readonly StoreItem[] > > {
	for ( let page = 1, more = true; more; page++ ) {
		const found = await readItems(
			transport,
			logger,
			'variations',
			{},
			page
		);
		if ( ! found.ok ) {
			if ( page === 1 && found.code === 'rest_no_route' ) {
				break;
			}
			yield fail( found.failure );
			return;
		}
		more = found.value.more;
		yield ok(
			found.value.items
				.filter( ( item ) => item.parent_id > 0 )
				.map( ( item ) => toVariation( item, item.parent_id ) )
				.filter( isOfUse )
		);
		if ( ! more ) {
			return;
		}
	}
	for ( const parent of parents ) {
		const route = `products/${ parent }/variations`;
		for ( let page = 1, more = true; more; page++ ) {
			const found = await readItems( transport, logger, route, {}, page );
			if ( ! found.ok ) {
				yield fail( found.failure );
				return;
			}
			more = found.value.more;
			yield ok(
				found.value.items
					.map( ( item ) => toVariation( item, parent ) )
					.filter( isOfUse )
			);
		}
	}
}

/**
 * Items with exactly these SKUs. The shop matches without regard to case, and its database
 * also to accents and trailing spaces: what it finds is compared again.
 */
export async function readItemsBySku(
	transport: Transport,
	logger: Logger,
	skus: readonly string[]
): Promise< Result< readonly StoreItem[] > > {
	// An empty `sku=` would bring every product of the shop.
	const wanted = new Map(
		skus
			.filter( ( sku ) => sku.trim() !== '' )
			.map( ( sku ) => [ fold( sku ), sku ] )
	);
	const found = new Map< string, StoreItem >();
	for ( const chunk of chunksOf( [ ...wanted.values() ] ) ) {
		for ( let page = 1, more = true; more; page++ ) {
			const answer = await readItems(
				transport,
				logger,
				'products',
				{ sku: chunk.join( ',' ), status: 'any' },
				page
			);
			if ( ! answer.ok ) {
				return fail( answer.failure );
			}
			more = answer.value.more;
			for ( const json of answer.value.items ) {
				const item =
					json.type === 'variation' && json.parent_id > 0
						? toVariation( json, json.parent_id )
						: toProduct( json );
				if ( wanted.has( fold( item.sku ) ) ) {
					found.set(
						`${ item.productId }/${ item.variationId }`,
						item
					);
				}
			}
		}
	}
	return ok( [ ...found.values() ] );
}

function fold( sku: string ): string {
	return sku.toLowerCase();
}

/** The shop splits `sku=` at commas: a SKU that has one is asked alone, where it also tries the whole. */
function chunksOf( skus: readonly string[] ): string[][] {
	const chunks: string[][] = skus
		.filter( ( sku ) => sku.includes( ',' ) )
		.map( ( sku ) => [ sku ] );
	let current: string[] = [];
	let length = 0;
	for ( const sku of skus.filter( ( each ) => ! each.includes( ',' ) ) ) {
		const size = encodeURIComponent( sku.toWellFormed() ).length + 3;
		if (
			current.length >= MOST_SKUS ||
			( current.length > 0 && length + size > LONGEST_SKU_LIST )
		) {
			chunks.push( current );
			current = [];
			length = 0;
		}
		current.push( sku );
		length += size;
	}
	return current.length > 0 ? [ ...chunks, current ] : chunks;
}

function toProduct( json: ItemJson ): StoreItem {
	return toItem( json, json.id, null );
}

function toVariation( json: ItemJson, parent: number ): StoreItem {
	return toItem( json, parent, json.id );
}

function toItem(
	json: ItemJson,
	productId: number,
	variationId: number | null
): StoreItem {
	return {
		productId,
		variationId,
		sku: json.sku,
		managesStock: json.manage_stock,
		quantity: wholeQuantity( json ),
		backorders: json.backorders !== 'no',
		modifiedAt: json.date_modified_gmt ?? null,
	};
}

/**
 * Some plugins let shops sell fractions. Rounded up, a fraction never looks like the whole
 * number below it, so the shop is never left showing more than it should.
 */
function wholeQuantity( json: ItemJson ): number | null {
	return json.manage_stock === false || json.stock_quantity === null
		? null
		: Math.ceil( json.stock_quantity );
}

function isOfUse( item: StoreItem ): boolean {
	return item.sku !== '' || item.managesStock === true;
}
