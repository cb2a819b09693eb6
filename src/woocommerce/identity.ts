/**
 * Which site this is: its `home`, which anybody may read, and WooCommerce's id of the shop.
 *
 * The id stands in the system status, whose environment makes the shop call out to test its
 * connections (once an hour, by its own cache), so it is asked for seldom: at first, when the home
 * has changed, and once in a while.
 */
import { z } from 'zod';
import { fail, hold, ok, type Result } from '../contracts/result.ts';
import type { StoreIdentity } from '../contracts/store.ts';
import * as problems from './problems.ts';
import { whyRefused } from './schemas.ts';
import type { Transport } from './transport.ts';

const homeSchema = z.object( { home: z.url() } );
const statusSchema = z.object( {
	environment: z.object( { store_id: z.string().min( 1 ) } ),
} );

/** At one reading in five minutes: every six hours. */
const READINGS_PER_ID = 72;

interface Last {
	readonly home: string;
	readonly storeId: string | null;
	readonly readings: number;
}

/** Of each client, as long as it lives. */
const LAST = new WeakMap< Transport, Last >();

export async function readIdentity(
	transport: Transport
): Promise< Result< StoreIdentity > > {
	const index = await transport.getOpenly( 'wp-json/', { _fields: 'home' } );
	if ( ! index.ok ) {
		return fail( index.failure );
	}
	const read = homeSchema.safeParse( index.body );
	if ( ! read.success ) {
		return hold(
			problems.unreadable( 'GET /wp-json/', whyRefused( read.error ) )
		);
	}
	const home = read.data.home.replace( /\/+$/, '' );
	const last = LAST.get( transport );
	const fresh =
		last !== undefined &&
		last.home === home &&
		last.readings < READINGS_PER_ID;
	const storeId = fresh ? last.storeId : await askStoreId( transport );
	LAST.set( transport, {
		home,
		storeId,
		readings: fresh ? last.readings + 1 : 1,
	} );
	return ok( { home, storeId } );
}

/** Null where the key may not read it, or the shop is too old to say. */
async function askStoreId( transport: Transport ): Promise< string | null > {
	// WooCommerce answers nothing to `environment.store_id`: it wants the section's own name.
	const reply = await transport.get( 'system_status', {
		_fields: 'environment',
	} );
	return reply.ok
		? ( statusSchema.safeParse( reply.body ).data?.environment.store_id ??
				null )
		: null;
}
