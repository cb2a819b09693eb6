/**
 * Which warehouses count: those of the settings, else the channel's, else all.
 */
import type { Brightpearl } from '../../brightpearl/api.ts';
import { hold, ok, type Result } from '../../contracts/result.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { CountedWarehouses } from '../../domain/stock/published.ts';

/**
 * A warehouse or channel that Brightpearl does not have is a mistake that would publish the
 * wrong figure for every product, so it stops the run.
 */
export async function countedWarehouses(
	brightpearl: Brightpearl,
	settings: Settings
): Promise< Result< CountedWarehouses > > {
	if ( settings.stock.warehouses !== null ) {
		return named( brightpearl, settings.stock.warehouses );
	}
	const { channelId } = settings.orders;
	if ( channelId === null ) {
		return ok( null );
	}
	const channels = await brightpearl.channels();
	if ( ! channels.ok ) {
		return channels;
	}
	const channel = channels.value.find( ( { id } ) => id === channelId );
	if ( channel === undefined ) {
		return unknown( 'orders.channelId', `channel ${ channelId }` );
	}
	if ( channel.warehouseIds.length > 0 ) {
		return ok( new Set( channel.warehouseIds ) );
	}
	return ok(
		channel.defaultWarehouseId === null
			? null
			: new Set( [ channel.defaultWarehouseId ] )
	);
}

async function named(
	brightpearl: Brightpearl,
	ids: readonly number[]
): Promise< Result< CountedWarehouses > > {
	const warehouses = await brightpearl.warehouses();
	if ( ! warehouses.ok ) {
		return warehouses;
	}
	const known = new Set( warehouses.value.map( ( { id } ) => id ) );
	const strange = ids.filter( ( id ) => ! known.has( id ) );
	return strange.length === 0
		? ok( new Set( ids ) )
		: unknown( 'stock.warehouses', `warehouse ${ strange.join( ', ' ) }` );
}

function unknown( field: string, what: string ): Result< never > {
	return hold( {
		code: 'stock-refused',
		message: `Brightpearl has no ${ what }, so it is not known which stock counts and none was written.`,
		cause: `The setting ${ field } names it; it was mistyped or has been removed in Brightpearl.`,
		fix: `Correct ${ field }, or reset it to null, and pull the stock again.`,
		field,
	} );
}
