/**
 * A shop and a Brightpearl (the sandboxes themselves, over HTTP) under a clock that only moves
 * when nothing is under way: hours of retries pass in seconds, in the same order every time.
 */
import type { HttpFetch, World } from '../../../src/contracts/world.ts';
import {
	createHttpFetch,
	type ClosableHttpFetch,
} from '../../../src/net/http-fetch.ts';
import {
	startBrightpearlSandbox,
	type BrightpearlSandbox,
	type Switches,
} from '../../../src/sandbox/brightpearl/index.ts';
import {
	startShopSandbox,
	type ShopSandbox,
} from '../../../src/sandbox/shop/index.ts';
import { createTransport } from '../../../src/woocommerce/transport.ts';
import {
	calm,
	manualClock,
	memoryLogger,
	seededRandom,
	type ManualClock,
} from '../../battery/bench.ts';
import type { AccountState } from '../../e2e/kit/shapes.ts';

/** When every world begins. */
export const START = Date.UTC( 2026, 9, 1, 9 );
/** While something waits for an answer. */
const STEP = 250;
/** While everything waits for a later time. */
const STRIDE = 20_000;

export interface TestWorld extends World {
	readonly clock: ManualClock;
	/** Requests that were sent and have no answer yet. */
	readonly underWay: () => number;
	/** Lets everything come to rest that needs no clock. */
	quiet(): Promise< void >;
	/**
	 * Moves time on until it holds; throws after `patience` ms of the clock.
	 *
	 * @param idle Nothing runs: time may pass in strides.
	 */
	until(
		holds: () => Promise< boolean >,
		idle: () => Promise< boolean >,
		patience: number
	): Promise< void >;
	close(): Promise< void >;
}

export function createTestWorld( seed: number ): TestWorld {
	const clock = manualClock( START );
	const http: ClosableHttpFetch = createHttpFetch( {
		// Its time-outs would go by a clock that leaps.
		clock: { now: () => clock.now(), sleep: () => new Promise( () => {} ) },
	} );
	let open = 0;
	const fetch: HttpFetch = async ( request ) => {
		open += 1;
		try {
			return await http( request );
		} finally {
			open -= 1;
		}
	};
	async function quiet(): Promise< void > {
		do {
			while ( open > 0 ) {
				await new Promise( ( resolve ) => setImmediate( resolve ) );
			}
			await calm();
		} while ( open > 0 );
	}
	return {
		clock,
		random: seededRandom( seed ),
		logger: memoryLogger(),
		fetch,
		underWay: () => open,
		quiet,
		async until( holds, idle, patience ) {
			const end = clock.now() + patience;
			for (;;) {
				await quiet();
				if ( await holds() ) {
					return;
				}
				if ( clock.now() > end ) {
					throw new Error( 'It does not come to rest.' );
				}
				await clock.advance( ( await idle() ) ? STRIDE : STEP );
			}
		},
		close: () => http.close(),
	};
}

export interface TestShop {
	readonly sandbox: ShopSandbox;
	/** As somebody in wp-admin, or another plugin, does it; throws on anything but 2xx. */
	rest< T >(
		method: 'GET' | 'POST' | 'PUT' | 'DELETE',
		route: string,
		body?: unknown
	): Promise< T >;
	/** Into the trash, as wp-admin does it. */
	trash( id: number ): Promise< void >;
	/** A sandbox address that is not WooCommerce's. */
	control( route: string ): Promise< void >;
	/** Null = gone for good. */
	order( id: number ): Promise< ShopOrder | null >;
	close(): Promise< void >;
}

/** The parts of WooCommerce's order that people change. */
export interface ShopOrder {
	readonly id: number;
	readonly status: string;
	readonly total: string;
	readonly date_paid_gmt: string | null;
	readonly line_items: readonly {
		readonly id: number;
		readonly sku: string;
		readonly quantity: number;
		readonly total: string;
		readonly total_tax: string;
		readonly taxes: readonly {
			readonly id: number;
			readonly total: string;
		}[];
	}[];
	readonly shipping_lines: readonly {
		readonly id: number;
		readonly total: string;
	}[];
	readonly refunds: readonly {
		readonly id: number;
		readonly total: string;
	}[];
}

export async function openShop(
	world: TestWorld,
	seed: number
): Promise< TestShop > {
	const sandbox = await startShopSandbox( { clock: world.clock, seed } );
	const transport = createTransport( {
		connection: 'people',
		config: {
			type: 'woocommerce',
			url: sandbox.url,
			consumerKey: sandbox.ready.consumerKey,
			consumerSecret: sandbox.ready.consumerSecret,
		},
		world: { ...world, fetch: createHttpFetch( { clock: world.clock } ) },
		readSecret: ( secret ) => ( {
			ok: true,
			value: typeof secret === 'string' ? secret : '',
		} ),
	} );
	const shop: TestShop = {
		sandbox,
		async rest< T >(
			method: 'GET' | 'POST' | 'PUT' | 'DELETE',
			route: string,
			body?: unknown
		) {
			const reply =
				method === 'GET'
					? await transport.get( route )
					: method === 'DELETE'
						? await transport.remove( route, { force: 'true' } )
						: await transport.send( method, route, body );
			if ( ! reply.ok ) {
				throw new Error(
					`${ method } ${ route }: ${ reply.status } ${ reply.code ?? '' }`
				);
			}
			return reply.body as T;
		},
		async trash( id ) {
			await transport.remove( `orders/${ id }` );
		},
		async control( route ) {
			const reply = await fetch( `${ sandbox.url }/_sandbox/${ route }`, {
				method: 'POST',
			} );
			if ( ! reply.ok ) {
				throw new Error( `${ route }: ${ reply.status }` );
			}
		},
		async order( id ) {
			const reply = await transport.get( `orders/${ id }` );
			return reply.ok ? ( reply.body as ShopOrder ) : null;
		},
		close: () => sandbox.close(),
	};
	return shop;
}

export interface TestErp {
	readonly sandbox: BrightpearlSandbox;
	readonly account: BrightpearlSandbox[ 'ready' ][ 'accounts' ][ number ];
	state(): Promise< ErpState >;
	fault( fault: Readonly< Record< string, unknown > > ): Promise< void >;
	clearFaults(): Promise< void >;
	close(): Promise< void >;
}

/** Orders of both types: a credit's value is given back. */
export type ErpState = Omit< AccountState, 'orders' > & {
	readonly orders: readonly ( AccountState[ 'orders' ][ number ] & {
		readonly type: 'SO' | 'SC';
	} )[];
};

export async function openErp(
	world: TestWorld,
	switches: Partial< Switches > = {}
): Promise< TestErp > {
	const sandbox = await startBrightpearlSandbox( {
		clock: world.clock,
		switches,
	} );
	const [ account ] = sandbox.ready.accounts;
	if ( account === undefined ) {
		throw new Error( 'The sandbox has no account.' );
	}
	const control = async ( method: string, route: string, body?: unknown ) => {
		const reply = await fetch( `${ sandbox.url }/_sandbox/${ route }`, {
			method,
			...( body === undefined
				? {}
				: {
						headers: { 'content-type': 'application/json' },
						body: JSON.stringify( body ),
					} ),
		} );
		if ( ! reply.ok ) {
			throw new Error(
				`${ route }: ${ reply.status } ${ await reply.text() }`
			);
		}
		return reply.json() as Promise< unknown >;
	};
	return {
		sandbox,
		account,
		state: async () =>
			( await control(
				'GET',
				`state?account=${ account.account }`
			) ) as ErpState,
		async fault( fault ) {
			await control( 'POST', 'faults', fault );
		},
		async clearFaults() {
			await control( 'POST', 'faults', [] );
		},
		close: () => sandbox.close(),
	};
}
