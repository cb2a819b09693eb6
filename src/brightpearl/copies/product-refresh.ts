/**
 * Our copy of an account's products, by SKU: brought up to date by what changed, read whole once
 * a day (resources reference, §3.2: there is no search for a list of SKUs).
 */
import { z } from 'zod';
import { accountScope, type CachedProduct } from '../../contracts/database.ts';
import { DAY, HOUR } from '../../contracts/primitives.ts';
import { ok, type Result } from '../../contracts/result.ts';
import type { Lane, TrustInCopy } from '../api.ts';
import type { Ask } from '../transport/call.ts';
import type { CopyParts, CopyStores } from './copy-parts.ts';
import { createLookUp } from './look-up.ts';
import { createMirror } from './mirror.ts';
import type { Wish } from './mirror-read.ts';
import { MIRROR_COLUMNS, mirrorTimes } from './mirror-state.ts';
import { productSearch, productsBySku } from '../services/products.ts';

/** Far beyond the catalogues Brightpearl is made for. */
const MOST = 2_000_000;
/** A SKU may have moved to another product since: older than this the copy is not believed. */
const BELIEVED = HOUR;
/** UTC hours that are quiet on both sides of the Atlantic. */
const NIGHT = { from: 2, to: 5 };

type ProductRow = CachedProduct & z.infer< typeof mirrorTimes >;

/** Deleted products disappear at the whole read: nightly, and after a day at the latest. */
function isDue( at: number, now: number ): boolean {
	const age = now - at;
	const hour = new Date( now ).getUTCHours();
	return (
		age < 0 ||
		age >= DAY ||
		( age >= DAY / 2 && hour >= NIGHT.from && hour < NIGHT.to )
	);
}

type Found = readonly CachedProduct[];
type BySku = ReadonlyMap< string, Found >;

export interface Products {
	/**
	 * Brings the copy up to date; false = that would cost more than `most` requests.
	 */
	refresh(
		from: { readonly ask: Ask; readonly lane: Lane },
		options: {
			readonly most?: number | undefined;
			readonly signal?: AbortSignal | undefined;
		}
	): Promise< Result< boolean > >;
	/**
	 * Products with exactly these SKUs. What the copy does not know, or knows twice, is asked for:
	 * it may have been put right a minute ago.
	 */
	bySkus(
		from: { readonly ask: Ask; readonly lane: Lane },
		skus: readonly string[],
		trust: TrustInCopy
	): Promise< Result< BySku > >;
	/** Sends those who wait for company away. */
	close(): void;
}

export function createProducts(
	parts: CopyParts & Pick< CopyStores, 'products' | 'bundles' >
): Products {
	const { account, askIn, bundles, cache, clock, limit, logger, products } =
		parts;
	const mirror = createMirror< ProductRow >( {
		name: 'products',
		scope: accountScope( account ),
		cache,
		clock,
		logger,
		search( filters ) {
			const search = productSearch( filters );
			return {
				...search,
				columns: [ ...search.columns, ...MIRROR_COLUMNS ],
				row: z.intersection( search.row, mirrorTimes ),
			};
		},
		keep: ( rows ) => products.upsert( account, rows ),
		async fill( pages ) {
			await products.replaceAll( account, pages );
		},
		changed: ( rows ) =>
			bundles.drop(
				account,
				// A bundle keeps no stock of its own.
				rows
					.filter( ( row ) => ! row.stockTracked )
					.map( ( row ) => row.productId )
			),
		count: () => products.count( account ),
		most: MOST,
		dropsVanished: true,
		isDue,
	} );

	async function live( ask: Ask, sku: string ): Promise< Result< Found > > {
		const found = await productsBySku( ask, sku );
		if ( found.ok ) {
			await products.upsert( account, found.value );
		}
		return found;
	}

	/** By SKU, as our copy has them. */
	async function copied( skus: readonly string[] ): Promise< BySku > {
		return Map.groupBy(
			await products.bySku( account, skus ),
			( product ) => product.sku
		);
	}

	const counted = ( result: 'hit' | 'miss', by: number ) =>
		parts.meter.count(
			'brightpearl_cache',
			{ account, cache: 'products', result },
			by
		);
	const lookUp = createLookUp< Found >( {
		clock,
		logger,
		mirror,
		company: parts.company,
		askIn,
		live,
		async copied( skus ) {
			const known = await copied( skus );
			return ( sku ) => known.get( sku ) ?? [];
		},
		// An order whose product is not found waits for a person.
		age: 0,
		limit,
		counted,
	} );

	return {
		refresh( { ask, lane }, { most = Infinity, signal } ) {
			const wish: Wish = {
				age: 0,
				affords: ( requests ) => requests <= most,
				signal,
			};
			return mirror.refresh( ask, lane, wish );
		},
		async bySkus( { ask, lane }, skus, trust ) {
			const wanted = [ ...new Set( skus ) ].filter( Boolean );
			const known =
				trust === 'any' ||
				( trust === 'recent' && ( await mirror.isFresh( BELIEVED ) ) )
					? await copied( wanted )
					: new Map< string, Found >();
			const sure = wanted.filter(
				( sku ) => known.get( sku )?.length === 1
			);
			counted( 'hit', sure.length );
			const found = new Map(
				sure.map( ( sku ) => [ sku, known.get( sku ) ?? [] ] )
			);
			const unsure = wanted.filter( ( sku ) => ! found.has( sku ) );
			if ( trust === 'none' ) {
				counted( 'miss', unsure.length );
			}
			const answers = await Promise.all(
				unsure.map( ( sku ) =>
					trust === 'none'
						? live( ask, sku )
						: lookUp.find( sku, lane )
				)
			);
			for ( const [ at, answer ] of answers.entries() ) {
				if ( ! answer.ok ) {
					return answer;
				}
				found.set( unsure[ at ] ?? '', answer.value );
			}
			return ok( found );
		},
		close: () => lookUp.close(),
	};
}
