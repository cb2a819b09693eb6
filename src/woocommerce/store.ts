/**
 * WooCommerce behind the store port.
 */
import type { StoreConfig } from '../contracts/connection.ts';
import type { SecretReader } from '../contracts/database.ts';
import { SECOND } from '../contracts/primitives.ts';
import { fail, ok, type Result } from '../contracts/result.ts';
import type { Store } from '../contracts/store.ts';
import type { World } from '../contracts/world.ts';
import { checkStore } from './check.ts';
import { readChoices } from './choices.ts';
import { readIdentity } from './identity.ts';
import { readOrderNotes } from './order-notes.ts';
import { createOrderWriter } from './order-writes.ts';
import { readOrder, readOrders } from './orders.ts';
import { readAllItems, readItemsBySku } from './products.ts';
import type { StorePlugin } from './plugin.ts';
import { readRefunds } from './refunds.ts';
import { createAtomicStockWriter } from './stock-atomic.ts';
import { createStockWriter } from './stock-writes.ts';
import { createTransport } from './transport.ts';
import { createWebhooksApi } from './webhooks-api.ts';

export interface WooCommerceOptions {
	/** Name of the connection, for the log. */
	readonly connection: string;
	readonly config: StoreConfig;
	readonly world: World;
	readonly readSecret: SecretReader;
	/** Null = the shop is not paired. */
	readonly plugin?: () => Promise< StorePlugin | null >;
}

/** The plugin waits 15 s for us, and must hear what became of its keys. */
const LONGEST_KEY_CHECK = 12 * SECOND;

/** One read with the keys of the configuration; what the shop says against them comes back. */
export async function checkKeys(
	options: WooCommerceOptions
): Promise< Result< void > > {
	const { fetch } = options.world;
	const transport = createTransport( {
		...options,
		world: {
			...options.world,
			fetch: ( request ) =>
				fetch( { ...request, timeout: LONGEST_KEY_CHECK } ),
		},
	} );
	const reply = await transport.get( 'orders', {
		per_page: 1,
		_fields: 'id',
	} );
	return reply.ok ? ok( undefined ) : fail( reply.failure );
}

export function createWooCommerce( options: WooCommerceOptions ): Store {
	const transport = createTransport( options );
	const logger = options.world.logger.child( {
		connection: options.connection,
		side: 'store',
	} );
	const plugin = options.plugin ?? ( () => Promise.resolve( null ) );
	const stock = createAtomicStockWriter(
		plugin,
		createStockWriter( transport ),
		logger
	);
	return {
		order: ( id ) => readOrder( transport, id, false ),
		orderExact: ( id ) => readOrder( transport, id, true ),
		orders: ( query ) => readOrders( transport, query ),
		items: () => readAllItems( transport, logger ),
		itemsBySku: ( skus ) => readItemsBySku( transport, logger, skus ),
		writeStock: stock.write,
		writesInSteps: async () => ( await plugin() ) !== null,
		choices: () => readChoices( transport ),
		check: () => checkStore( transport, options.world.clock ),
		requests: () => transport.requests() + stock.requests(),
		refunds: ( orderId ) => readRefunds( transport, orderId ),
		orderNotes: ( orderId ) => readOrderNotes( transport, orderId ),
		...createOrderWriter( { transport, plugin } ),
		...createWebhooksApi( transport ),
		identity: () => readIdentity( transport ),
	};
}
