/**
 * WooCommerce behind the store port.
 */
import type { StoreConfig } from '../contracts/connection.ts';
import type { SecretReader } from '../contracts/database.ts';
import type { Store } from '../contracts/store.ts';
import type { World } from '../contracts/world.ts';
import { checkStore } from './check.ts';
import { readOrder, readOrders } from './orders.ts';
import { readAllItems, readItemsBySku } from './products.ts';
import { createStockWriter } from './stock-writes.ts';
import { createTransport } from './transport.ts';

export interface WooCommerceOptions {
	/** Name of the connection, for the log. */
	readonly connection: string;
	readonly config: StoreConfig;
	readonly world: World;
	readonly readSecret: SecretReader;
}

export function createWooCommerce( options: WooCommerceOptions ): Store {
	const transport = createTransport( options );
	const logger = options.world.logger.child( {
		connection: options.connection,
		side: 'store',
	} );
	return {
		order: ( id ) => readOrder( transport, id, false ),
		orderExact: ( id ) => readOrder( transport, id, true ),
		orders: ( query ) => readOrders( transport, query ),
		items: () => readAllItems( transport, logger ),
		itemsBySku: ( skus ) => readItemsBySku( transport, logger, skus ),
		writeStock: createStockWriter( transport ),
		check: () => checkStore( transport, options.world.clock ),
		requests: transport.requests,
	};
}
