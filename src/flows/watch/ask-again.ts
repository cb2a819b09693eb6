/**
 * Ends what was told of a side that did not answer. Whoever asks that side next does so, but when
 * all orders are settled and no stock is pulled nobody asks: then the watch does, once at each look
 * and only while the problem stands.
 */
import type { ProblemCode } from '../../contracts/problem.ts';
import type { Connected } from '../connected.ts';
import { connectionSubject, recovered } from '../connection-problems.ts';

/** Brightpearl has said when it may be asked again; kept until then. */
const LATER = 'brightpearl-later';

export async function askAgain(
	connected: Connected,
	{ shopIsDown }: { readonly shopIsDown: boolean }
): Promise< void > {
	const { database, name } = connected;
	const own = await database.problems.list( {
		connection: name,
		subject: connectionSubject( name ),
	} );
	const stands = ( ...codes: readonly ProblemCode[] ) =>
		own.some( ( { code } ) => codes.includes( code ) );
	if ( stands( 'store-unreachable' ) && ! shopIsDown ) {
		await askShop( connected );
	}
	if ( stands( 'brightpearl-unreachable', 'throttled' ) ) {
		await askBrightpearl( connected );
	}
}

/** What the sweeps ask, of which there is nothing yet. */
async function askShop( connected: Connected ): Promise< void > {
	const { store, world } = connected;
	const answered = await store.orders( {
		modifiedAfter: new Date( world.clock.now() ).toISOString(),
		status: 'any',
		orderBy: 'modified',
		page: 1,
	} );
	if ( answered.ok ) {
		await recovered( connected, 'store' );
	}
}

async function askBrightpearl( connected: Connected ): Promise< void > {
	const { brightpearl, database, name } = connected;
	if ( ( await database.cache.get( name, LATER ) ) !== undefined ) {
		return;
	}
	const answered = await brightpearl.configuration( true );
	if ( answered.ok ) {
		await recovered( connected, 'brightpearl' );
	} else if (
		answered.failure.kind === 'retry' &&
		answered.failure.after !== null
	) {
		await database.cache.put( name, LATER, true, answered.failure.after );
	}
}
