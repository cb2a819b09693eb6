/**
 * mapping report: what of the shop would find no place in Brightpearl, before it stops an order.
 * Reads both sides, writes nothing; SKUs are compared with our copy of Brightpearl's products, so
 * that fifty thousand of them cost no request each.
 */
import type { MappingItem, MappingReport } from '../../contracts/answers.ts';
import type {
	OperationCall,
	OperationInput,
	Outcome,
} from '../../contracts/operations.ts';
import { ok, type Failure, type Result } from '../../contracts/result.ts';
import { reportChoices, reportCurrency } from '../../domain/mapping/choices.ts';
import {
	emptySkuIndex,
	indexSku,
	reportSkus,
	type SkuIndex,
	type SkuReport,
	type SoldItem,
} from '../../domain/mapping/skus.ts';
import type { Connected } from '../connected.ts';
import { troubleOf } from '../orders/compare.ts';
import { brightpearlChoices, storeChoices, storeStatuses } from './choices.ts';
import type { OperationContext } from './context.ts';
import { usableConnection } from './scope.ts';
import { unknownSettings, type UnknownSetting } from './settings-unknown.ts';

type Trouble = MappingReport[ 'trouble' ];

const LEVELS: readonly MappingItem[ 'level' ][] = [ 'error', 'warning', 'ok' ];

export async function mappingReport(
	context: OperationContext,
	input: OperationInput< 'mappingReport' >,
	call: OperationCall
): Promise< Outcome< MappingReport > > {
	const found = await usableConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const connected = {
		...found.connected,
		brightpearl: found.connected.brightpearl.inLane( 'person' ),
	};
	const readAt = new Date( context.world.clock.now() ).toISOString();
	const trouble: Trouble = [];
	let isPartial = false;
	const told: Tell = ( side, failure ) => {
		isPartial = true;
		const one = troubleOf( side, failure );
		if ( ! trouble.some( ( { message } ) => message === one.message ) ) {
			trouble.push( one );
		}
	};
	const [ settings, skus ] = await Promise.all( [
		settingsPart( connected, told, trouble ),
		skuPart( connected, told, call.signal ),
	] );
	const items = [ ...settings, ...skus.items ].sort(
		( a, b ) => LEVELS.indexOf( a.level ) - LEVELS.indexOf( b.level )
	);
	const ready =
		! isPartial && ! items.some( ( { level } ) => level === 'error' );
	return {
		exit: ready ? 0 : 3,
		body: {
			connection: connected.name,
			readAt,
			ready,
			skus: skus.counts,
			items,
			trouble,
		},
	};
}

type Tell = ( side: Trouble[ number ][ 'side' ], failure: Failure ) => void;

async function settingsPart(
	connected: Connected,
	told: Tell,
	trouble: Trouble
): Promise< MappingItem[] > {
	const { brightpearl, settings, store } = connected;
	const [ erp, shop, site, currencies ] = await Promise.all( [
		brightpearlChoices( brightpearl, true ),
		storeChoices( connected, true ),
		store.check().then( ( checked ) => checked.site ),
		brightpearl.currencies( true ),
	] );
	if ( ! erp.ok ) {
		told( 'brightpearl', erp.failure );
	} else {
		trouble.push( ...erp.value.unread );
	}
	if ( ! shop.ok ) {
		told( 'store', shop.failure );
	} else {
		trouble.push(
			...shop.value.unread.map( ( message ) => ( {
				side: 'store' as const,
				message,
			} ) )
		);
	}
	if ( ! currencies.ok ) {
		told( 'brightpearl', currencies.failure );
	}
	// Nothing here is asked for twice: the lists were just read.
	const unknown = erp.ok
		? await unknownSettings( brightpearl, settings, () =>
				storeStatuses( connected )
			)
		: [];
	return [
		...unknown.filter( isToldOnce ).map( unknownItem ),
		...( erp.ok && shop.ok
			? reportChoices(
					{ brightpearl: erp.value.lists, store: shop.value.lists },
					settings,
					site
				)
			: [] ),
		...reportCurrency(
			site.currency,
			currencies.ok ? currencies.value : null
		),
	];
}

/** Settings whose every value has an item of its own, by what of the shop it is for. */
const TOLD_BY_USE: readonly string[] = [
	'orders.channelId',
	'orders.payments',
];

const isToldOnce = ( { setting }: UnknownSetting ): boolean =>
	! TOLD_BY_USE.includes( setting );

const unknownItem = ( {
	setting,
	level,
	message,
	fix,
}: UnknownSetting ): MappingItem => ( {
	kind: 'setting',
	code: 'setting-unknown',
	level,
	store: setting,
	name: null,
	brightpearl: null,
	proposal: null,
	message: `${ message } ${ fix }`,
	orders: null,
} );

const NOTHING: SkuReport = {
	counts: {
		total: 0,
		matched: 0,
		aliased: 0,
		missing: 0,
		duplicate: 0,
		similar: 0,
		parentOnly: 0,
		empty: 0,
	},
	items: [],
};

async function skuPart(
	connected: Connected,
	told: Tell,
	signal: AbortSignal
): Promise< SkuReport > {
	const { database, name, settings } = connected;
	const [ items, index ] = await Promise.all( [
		soldItems( connected ),
		brightpearlSkus( connected, signal ),
	] );
	if ( ! items.ok ) {
		told( 'store', items.failure );
	}
	if ( ! index.ok ) {
		told( 'brightpearl', index.failure );
	}
	if ( ! items.ok || ! index.ok ) {
		// Against nothing, everything would look missing.
		return NOTHING;
	}
	const aliases = await database.aliases.list( name );
	return reportSkus(
		items.value,
		index.value,
		new Map( aliases.map( ( { sku, alias } ) => [ sku, alias ] ) ),
		settings.orders.missingSku
	);
}

async function soldItems( {
	store,
}: Connected ): Promise< Result< SoldItem[] > > {
	const items = new Map< string, SoldItem >();
	for await ( const page of store.items() ) {
		if ( ! page.ok ) {
			return page;
		}
		for ( const {
			productId,
			variationId,
			sku,
			managesStock,
		} of page.value ) {
			// A page that shifts while it is walked shows an item twice.
			items.set( `${ productId }/${ variationId ?? '' }`, {
				productId,
				variationId,
				sku,
				managesStock,
			} );
		}
	}
	return ok( [ ...items.values() ] );
}

async function brightpearlSkus(
	{ brightpearl, database }: Connected,
	signal: AbortSignal
): Promise< Result< SkuIndex > > {
	const refreshed = await brightpearl.refreshProducts( { signal } );
	if ( ! refreshed.ok ) {
		return refreshed;
	}
	const index = emptySkuIndex();
	for await ( const page of database.products.all( brightpearl.account ) ) {
		page.forEach( ( { sku } ) => indexSku( index, sku ) );
	}
	return ok( index );
}
