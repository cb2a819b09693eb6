/**
 * Where Brightpearl sends the browser after a consent: its `redirect_uri`, which must be registered
 * there and be the same at the exchange (pairing design, C3.7).
 */
import type { ConnectionRecord } from '../contracts/connection.ts';
import { SECOND } from '../contracts/primitives.ts';
import type { OperationContext } from './operations/context.ts';
import { createPluginOf } from './pairing/plugin-of.ts';

const CALLBACK = '/oauth/brightpearl';
/**
 * Nobody listens there while no service runs: the browser's page fails, and its address, with the
 * code in it, is what a person pastes.
 */
const NOBODY = 'http://127.0.0.1:8780';

const PATIENCE = 4 * SECOND;

export interface ReturnAddress {
	readonly uri: string;
	/** Somebody takes what comes back there. */
	readonly callback: boolean;
}

/** The plugin's page in wp-admin, else the service's address. */
export async function returnAddress(
	context: OperationContext,
	{ name, store }: Pick< ConnectionRecord, 'name' | 'store' >
): Promise< ReturnAddress > {
	const { publicUrl, running } = context.service();
	const callback = running !== null;
	if ( ( await context.database.pairings.find( name ) ) !== null ) {
		return { uri: await pluginsPage( context, name, store.url ), callback };
	}
	const base = publicUrl ?? running?.url ?? NOBODY;
	return { uri: `${ base.replace( /\/+$/, '' ) }${ CALLBACK }`, callback };
}

/** As the plugin says it: WordPress may stand elsewhere than the shop. */
async function pluginsPage(
	context: OperationContext,
	name: string,
	storeUrl: string
): Promise< string > {
	const plugin = await createPluginOf( context )( name );
	const late = new AbortController();
	// The plugin itself may be the one that asks, on a host with few PHP processes.
	const told =
		plugin === null
			? null
			: await Promise.race( [
					plugin.ping(),
					context.world.clock
						.sleep( PATIENCE, late.signal )
						.then( () => null ),
				] );
	late.abort();
	return told?.ok === true && told.value.consentUrl !== undefined
		? told.value.consentUrl
		: `${ storeUrl.replace( /\/+$/, '' ) }/wp-admin/admin.php?page=pearlbridge`;
}
