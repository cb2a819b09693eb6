/**
 * A stock run: read the shop's items, Brightpearl's products and their availability, and write
 * the difference.
 *
 * Items go through in chunks, each read and written before the next, so that the figures are
 * fresh when they are written and memory does not grow with the catalogue's answers.
 */
import { ok, type Result } from '../../contracts/result.ts';
import {
	matchItems,
	sharedSkusOf,
	type Aliases,
	type MappedItem,
	type StockItem,
} from '../../domain/stock/match.ts';
import { planStock, type StockFacts } from '../../domain/stock/plan.ts';
import type { CountedWarehouses } from '../../domain/stock/published.ts';
import { withRelations } from './aliases.ts';
import { onHandByProduct } from './availability.ts';
import { batchesOf } from './batches.ts';
import { readItems, readRelatives, type ShopItems } from './items.ts';
import { createStockLedger, type StockLedger } from './ledger.ts';
import { slices, stopped, type StockParts } from './parts.ts';
import { refreshProducts, type ProductLookup } from './products.ts';
import type { RunRecord } from './run-record.ts';
import { countedWarehouses } from './warehouses.ts';
import { writeBatch } from './write.ts';

/** Five id sets of availability. */
const CHUNK = 1000;

export interface PullInput {
	readonly parts: StockParts;
	readonly record: RunRecord;
	/** Null = all. */
	readonly skus: readonly string[] | null;
	/** Nobody named them: one that a side does not have is no error. */
	readonly hinted: boolean;
	readonly signal: AbortSignal;
}

interface Pull extends PullInput {
	readonly counted: CountedWarehouses;
	readonly items: ShopItems;
	readonly lookup: ProductLookup;
	readonly ledger: StockLedger;
	readonly sharedSkus: ReadonlySet< string >;
	readonly aliases: Aliases;
}

/** @return How many figures were adjusted by what was sold while the run went on. */
export async function pullStock(
	input: PullInput
): Promise< Result< number > > {
	const prepared = await prepare( input );
	if ( ! prepared.ok ) {
		return prepared;
	}
	const pull = prepared.value;
	const { managed } = pull.items;
	await input.record.expect( managed.length );
	let adjusted = 0;
	let done = 0;
	for ( const items of slices( managed, CHUNK ) ) {
		const pulled = await pullChunk( pull, items, done );
		if ( ! pulled.ok ) {
			return pulled;
		}
		adjusted += pulled.value;
		done += items.length;
		await input.record.progress( done, { mark: true } );
	}
	return ok( adjusted );
}

async function prepare( input: PullInput ): Promise< Result< Pull > > {
	const { parts, signal, skus } = input;
	const { brightpearl, connection, database, settings, store } = parts;
	const counted = await countedWarehouses( brightpearl, settings );
	if ( ! counted.ok ) {
		return counted;
	}
	const read = await readItems(
		store,
		skus && ( await withRelations( database.aliases, connection, skus ) ),
		signal
	);
	if ( ! read.ok ) {
		return read;
	}
	const items = read.value;
	await countItems( input, items );
	// In the shop's own spelling, which may not be that of those asked for.
	const spelled = [ ...new Set( items.managed.map( ( { sku } ) => sku ) ) ];
	const aliases = await database.aliases.of( connection, spelled );
	const lookup = await refreshProducts(
		brightpearl,
		database.products,
		skus && spelled.map( ( sku ) => aliases.get( sku ) ?? sku ),
		signal
	);
	if ( ! lookup.ok ) {
		return lookup;
	}
	const scanned = await parts.scanOrders();
	if ( ! scanned.ok ) {
		return scanned;
	}
	const ledger = createStockLedger( parts, ( variationId ) =>
		items.ownStock.has( variationId )
	);
	if ( skus !== null ) {
		const relatives = await readRelatives(
			store,
			items,
			await ledger.open()
		);
		if ( ! relatives.ok ) {
			return relatives;
		}
	}
	return ok( {
		...input,
		counted: counted.value,
		items,
		lookup: lookup.value,
		ledger,
		sharedSkus: sharedSkusOf( items.managed, aliases ),
		aliases,
	} );
}

async function countItems(
	{ hinted, parts, record: { counts, errors }, skus }: PullInput,
	items: ShopItems
): Promise< void > {
	counts.read = items.managed.length + items.leftAlone;
	counts.skipped = items.leftAlone;
	if ( hinted ) {
		return;
	}
	const missing = items.missing.filter( ( sku ) => skus?.includes( sku ) );
	for ( const sku of missing ) {
		const stands = await parts.database.aliases.skusFor( parts.connection, [
			sku,
		] );
		if ( stands.length > 0 ) {
			continue;
		}
		errors.push( {
			sku,
			code: 'sku-unknown',
			message: `The shop has no product with SKU "${ sku }".`,
		} );
	}
}

async function pullChunk(
	pull: Pull,
	items: readonly StockItem[],
	before: number
): Promise< Result< number > > {
	const { parts, record, signal } = pull;
	const mapped = await matchChunk( pull, items );
	if ( mapped.length === 0 ) {
		return ok( 0 );
	}
	const confirmed = await pull.ledger.confirmAllocations();
	if ( ! confirmed.ok ) {
		return confirmed;
	}
	if ( signal.aborted ) {
		return stopped();
	}
	const availability = await parts.brightpearl.availability(
		mapped.map( ( { product } ) => product )
	);
	if ( ! availability.ok ) {
		return availability;
	}
	const { askedAt, byProduct } = availability.value;
	const facts: StockFacts = {
		onHand: onHandByProduct( byProduct ),
		counted: pull.counted,
		inFlight: await pull.ledger.inFlight( askedAt ),
		limits: parts.settings.stock,
	};
	const planned = planStock( mapped, facts );
	if ( record.dryRun ) {
		for ( const { change } of planned ) {
			record.add( change );
		}
		return ok( 0 );
	}
	let adjusted = 0;
	let done = before + items.length - planned.length;
	for ( const batch of batchesOf( planned ) ) {
		const written = await writeBatch( { ...pull, facts, askedAt }, batch );
		if ( ! written.ok ) {
			return written;
		}
		adjusted += written.value;
		done += batch.length;
		await record.progress( done );
	}
	return ok( adjusted );
}

async function matchChunk(
	pull: Pull,
	items: readonly StockItem[]
): Promise< readonly MappedItem[] > {
	const { counts, errors } = pull.record;
	const meant = ( sku: string ) => pull.aliases.get( sku ) ?? sku;
	const matched = matchItems( {
		items,
		products: await pull.lookup(
			items.map( ( { sku } ) => meant( sku ) ).filter( Boolean )
		),
		sharedSkus: pull.sharedSkus,
		aliases: pull.aliases,
	} );
	counts.mapped += matched.mapped.length;
	counts.unmapped += matched.unmapped.length;
	counts.skipped += matched.untracked.length;
	errors.push( ...matched.errors );
	if ( pull.skus !== null && ! pull.hinted ) {
		for ( const { sku } of matched.unmapped ) {
			errors.push( {
				sku,
				code: 'sku-unknown',
				message: `Brightpearl has no product with exactly SKU "${ meant( sku ) }".`,
			} );
		}
	}
	return matched.mapped;
}
