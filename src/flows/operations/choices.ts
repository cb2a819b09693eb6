/**
 * choices: what the settings can be chosen from, in both systems. A side that does not answer
 * leaves its part null; the settings can be read and saved all the same.
 */
import { z } from 'zod';
import { choicesSchema, type Choices } from '../../contracts/answers.ts';
import type { OperationInput, Outcome } from '../../contracts/operations.ts';
import { MINUTE } from '../../contracts/primitives.ts';
import {
	ok,
	retry,
	type Failure,
	type Result,
} from '../../contracts/result.ts';
import type { StoreChoices } from '../../contracts/store.ts';
import type { Brightpearl } from '../../brightpearl/api.ts';
import type { Connected } from '../connected.ts';
import { troubleOf } from '../orders/compare.ts';
import { done, type OperationContext } from './context.ts';
import { usableConnection } from './scope.ts';

/** As long as Brightpearl's own reference data is kept. */
const TTL = 5 * MINUTE;

export async function choices(
	context: OperationContext,
	input: OperationInput< 'choices' >
): Promise< Outcome< Choices > > {
	const found = await usableConnection( context, input.connection );
	if ( ! found.ok ) {
		return found.outcome;
	}
	const { connected } = found;
	const [ erp, store ] = await Promise.all( [
		brightpearlChoices(
			connected.brightpearl.inLane( 'person' ),
			input.fresh
		),
		storeChoices( connected, input.fresh ),
	] );
	return done( {
		readAt: new Date( context.world.clock.now() ).toISOString(),
		brightpearl: erp.ok ? erp.value.lists : null,
		store: store.ok ? store.value.lists : null,
		trouble: [
			...( erp.ok
				? erp.value.unread
				: [ troubleOf( 'brightpearl', erp.failure ) ] ),
			...( store.ok
				? store.value.unread.map( ( message ) => ( {
						side: 'store' as const,
						message,
					} ) )
				: [ troubleOf( 'store', store.failure ) ] ),
		],
	} );
}

type BrightpearlLists = NonNullable< Choices[ 'brightpearl' ] >;

/** A list that this app may not read stays empty; where nothing is answered, the side fails. */
export async function brightpearlChoices(
	brightpearl: Brightpearl,
	fresh: boolean
): Promise<
	Result< { lists: BrightpearlLists; unread: Choices[ 'trouble' ] } >
> {
	// Alone and first: an outage or a wrong key is met once, not nine times.
	const channels = await brightpearl.channels( fresh );
	if ( ! channels.ok ) {
		return channels;
	}
	const unread: Failure[] = [];
	const listOf = async < T, S >(
		asked: Promise< Result< readonly T[] > >,
		show: ( entry: T ) => S
	): Promise< S[] > => {
		const read = await asked;
		if ( ! read.ok ) {
			unread.push( read.failure );
			return [];
		}
		return read.value.map( show );
	};
	const named = ( { id, name }: { id: number; name: string } ) => ( {
		id,
		name,
	} );
	const coded = ( { code, name }: { code: string; name: string } ) => ( {
		code,
		name,
	} );
	const settable = async () => {
		const read = await brightpearl.orderStatuses( fresh );
		return read.ok
			? ok( read.value.filter( ( { disabled } ) => ! disabled ) )
			: read;
	};
	const [
		warehouses,
		priceLists,
		leadSources,
		orderStatuses,
		shippingMethods,
		taxCodes,
		nominalCodes,
		paymentMethods,
	] = await Promise.all( [
		listOf( brightpearl.warehouses( fresh ), named ),
		listOf( brightpearl.priceLists( fresh ), named ),
		listOf( brightpearl.leadSources( fresh ), named ),
		listOf( settable(), named ),
		listOf( brightpearl.shippingMethods( fresh ), named ),
		listOf( brightpearl.taxCodes( fresh ), ( { code, rate } ) => ( {
			code,
			rate,
		} ) ),
		listOf( brightpearl.nominalCodes( fresh ), coded ),
		listOf( brightpearl.paymentMethods( fresh ), coded ),
	] );
	const down = unread.find( ( { kind } ) => kind === 'retry' );
	return down !== undefined
		? { ok: false, failure: down }
		: ok( {
				lists: {
					channels: channels.value.map( named ),
					warehouses,
					priceLists,
					leadSources,
					orderStatuses,
					shippingMethods,
					taxCodes,
					nominalCodes,
					paymentMethods,
				},
				unread: unread.map( ( failure ) =>
					troubleOf( 'brightpearl', failure )
				),
			} );
}

const keptSchema = z.object( {
	lists: choicesSchema.shape.store.unwrap(),
	unread: z.array( z.string() ),
} );
type Kept = z.infer< typeof keptSchema >;

export async function storeChoices(
	{ database, name, store, storeUrl }: Connected,
	fresh: boolean
): Promise< Result< Kept > > {
	// Another address is another shop's choices.
	const key = `store-choices ${ storeUrl }`;
	if ( ! fresh ) {
		const kept = keptSchema.safeParse(
			await database.cache.get( name, key )
		);
		if ( kept.success ) {
			return ok( kept.data );
		}
	}
	const read = await store.choices();
	if ( ! read.ok ) {
		return read;
	}
	const value = toKept( read.value );
	// What is missing may be put right in a minute: only a whole answer is kept.
	if ( value.unread.length === 0 ) {
		await database.cache.put( name, key, value, TTL );
	}
	return ok( value );
}

function toKept( read: StoreChoices ): Kept {
	return {
		lists: {
			statuses: [ ...read.statuses ],
			paymentMethods: [ ...read.paymentMethods ],
			shippingMethods: [ ...read.shippingMethods ],
			taxRates: [ ...read.taxRates ],
		},
		unread: [ ...read.unread ],
	};
}

/** Slugs of the statuses that an order of the shop may have. */
export async function storeStatuses(
	connected: Connected
): Promise< Result< string[] > > {
	const read = await storeChoices( connected, false );
	if ( ! read.ok ) {
		return read;
	}
	const { statuses } = read.value.lists;
	return statuses.length > 0
		? ok( statuses.map( ( { slug } ) => slug ) )
		: retry( 'store', 'busy', 'The shop does not tell its statuses.' );
}
