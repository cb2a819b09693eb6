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
import type { Reply } from './classify.ts';
import * as problems from './problems.ts';
import type { Transport } from './transport.ts';

const homeSchema = z.object( { home: z.url() } );
const statusSchema = z.object( {
	environment: z.object( {
		home_url: z.url().nullish().catch( null ),
		store_id: z.string().min( 1 ).nullish().catch( null ),
	} ),
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
	if ( ! index.ok && index.failure.kind === 'retry' ) {
		return fail( index.failure );
	}
	const read = homeSchema.safeParse( index.ok ? index.body : null );
	if ( ! read.success ) {
		return readByKey( transport, index );
	}
	const home = withoutSlash( read.data.home );
	const last = LAST.get( transport );
	const fresh =
		last !== undefined &&
		last.home === home &&
		last.readings < READINGS_PER_ID;
	const storeId = fresh
		? last.storeId
		: ( ( await askEnvironment( transport ) )?.store_id ?? null );
	LAST.set( transport, {
		home,
		storeId,
		readings: fresh ? last.readings + 1 : 1,
	} );
	return ok( { home, storeId } );
}

/** Where a plugin hides the index from visitors, the system status says the home as well. */
async function readByKey(
	transport: Transport,
	index: Reply
): Promise< Result< StoreIdentity > > {
	const environment = await askEnvironment( transport );
	if ( environment?.home_url ) {
		return ok( {
			home: withoutSlash( environment.home_url ),
			storeId: environment.store_id ?? null,
		} );
	}
	return index.ok
		? hold( problems.unreadable( 'GET /wp-json/', 'it names no home' ) )
		: fail( index.failure );
}

/** Null where the key may not read it, or the shop is too old to say. */
async function askEnvironment( transport: Transport ) {
	// WooCommerce answers nothing to `environment.store_id`: it wants the section's own name.
	const reply = await transport.get( 'system_status', {
		_fields: 'environment',
	} );
	return reply.ok
		? ( statusSchema.safeParse( reply.body ).data?.environment ?? null )
		: null;
}

function withoutSlash( home: string ): string {
	return home.replace( /\/+$/, '' );
}
