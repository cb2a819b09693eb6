/**
 * Composes the parts into the port flows speak to (`api.ts`).
 */
import type { z } from 'zod';
import type { BrightpearlConfig } from '../contracts/connection.ts';
import type { Cache, SecretReader } from '../contracts/database.ts';
import { ok, type Result } from '../contracts/result.ts';
import type { World } from '../contracts/world.ts';
import {
	createPayment,
	CURRENCIES,
	currenciesSchema,
	PAYMENT_METHODS,
	paymentMethodsSchema,
	findPayments,
	TAX_CODES,
	taxCodesSchema,
} from './accounting.ts';
import type { Brightpearl, Lane } from './api.ts';
import { createAuth } from './auth.ts';
import type { Call } from './call.ts';
import { checkAccount } from './check.ts';
import {
	contactsByEmail,
	createContact,
	createPostalAddress,
} from './contacts.ts';
import { createInstanceId } from './instance-id.ts';
import {
	CONFIGURATION,
	configurationSchema,
	readInstance,
} from './integration.ts';
import {
	createSalesOrder,
	findSalesOrders,
	readSalesOrders,
} from './orders.ts';
import {
	LEAD_SOURCES,
	leadSourcesSchema,
	NOMINAL_CODES,
	nominalCodesSchema,
	ORDER_STATUSES,
	orderStatusesSchema,
	PRICE_LISTS,
	priceListsSchema,
	SHIPPING_METHODS,
	shippingMethodsSchema,
} from './named.ts';
import { poolOf, type BudgetRegistry } from './pools.ts';
import {
	CHANNELS,
	channelsSchema,
	productPages,
	productsById,
	productsBySku,
} from './products.ts';
import { createReference } from './reference.ts';
import type { TokenKeeper } from './token-keeper.ts';
import { createTransport } from './transport.ts';
import {
	createReservation,
	readAvailability,
	readReservation,
	WAREHOUSES,
	warehousesSchema,
} from './warehouse.ts';

export interface BrightpearlOptions {
	/** The connection's name, for the log. */
	readonly connection: string;
	readonly config: BrightpearlConfig;
	readonly world: World;
	readonly readSecret: SecretReader;
	readonly cache: Cache;
	readonly tokens: TokenKeeper;
	readonly budgets: BudgetRegistry;
	/** Requests per period left to other apps. */
	readonly reserve: number;
}

export function createBrightpearl( options: BrightpearlOptions ): Brightpearl {
	const { cache, config, readSecret, tokens } = options;
	const world: World = {
		...options.world,
		logger: options.world.logger.child( {
			connection: options.connection,
			side: 'brightpearl',
		} ),
	};
	const scope = `bp:${ config.account }`;
	const pool = options.budgets.pool( poolOf( config ) );
	const auth = createAuth( { config, world, readSecret, tokens } );
	const instance = createInstanceId( { config, auth, cache, scope } );
	const reference = createReference( cache, scope );
	const transport = createTransport( {
		config,
		world,
		auth,
		instance,
		pool,
		reserve: options.reserve,
	} );
	const { prefix } = transport;

	/** One client object: its lane, and its own count of requests beside its maker's. */
	function inLane( lane: Lane, countAbove: () => void ): Brightpearl {
		let sent = 0;
		const count = () => {
			sent += 1;
			countAbove();
		};
		const ask = transport.ask( lane, count );
		const asker = { ask, lane };

		/** Also when the cache answers, what an earlier run learned must be known. */
		const known = async < T >(
			work: Promise< Result< T > >
		): Promise< Result< T > > => {
			await instance.ready();
			return work;
		};
		/** One kind of reference data. */
		const kept =
			< T >( call: Call, schema: z.ZodType< T > ) =>
			( fresh = false ) =>
				known( reference.read( asker, call, schema, fresh ) );
		const configuration = kept( CONFIGURATION, configurationSchema );
		const channels = kept( CHANNELS, channelsSchema );
		const warehouses = kept( WAREHOUSES, warehousesSchema );
		const taxCodes = kept( TAX_CODES, taxCodesSchema );

		return {
			account: config.account,
			inLane: ( other ) => inLane( other, count ),
			budget: () => pool.budget.view(),
			requests: () => sent,
			installationInstanceId: () => instance.current(),
			ready: () => instance.ready(),
			configuration: () => configuration(),
			channels,
			warehouses,
			taxCodes,
			paymentMethods: kept( PAYMENT_METHODS, paymentMethodsSchema ),
			priceLists: kept( PRICE_LISTS, priceListsSchema ),
			leadSources: kept( LEAD_SOURCES, leadSourcesSchema ),
			orderStatuses: kept( ORDER_STATUSES, orderStatusesSchema ),
			nominalCodes: kept( NOMINAL_CODES, nominalCodesSchema ),
			shippingMethods: kept( SHIPPING_METHODS, shippingMethodsSchema ),
			currencies: kept( CURRENCIES, currenciesSchema ),
			contactsByEmail: ( email ) => contactsByEmail( ask, email ),
			createPostalAddress: ( body ) => createPostalAddress( ask, body ),
			createContact: ( body ) => createContact( ask, body ),
			findSalesOrders: ( by ) => findSalesOrders( ask, by ),
			createSalesOrder: ( body ) => createSalesOrder( ask, body ),
			async salesOrders( ids ) {
				if ( ids.length === 0 ) {
					return ok( [] );
				}
				const account = await configuration();
				return account.ok
					? readSalesOrders(
							ask,
							prefix,
							account.value.cancelledOrderStatusId,
							ids
						)
					: account;
			},
			payments: ( by ) => findPayments( ask, prefix, by ),
			createPayment: ( body ) => createPayment( ask, body ),
			reservation: ( orderId ) => readReservation( ask, orderId ),
			createReservation: ( orderId, warehouseId, products ) =>
				createReservation( ask, orderId, warehouseId, products ),
			productPages: () => productPages( ask ),
			productsBySku: ( sku ) => productsBySku( ask, sku ),
			productsById: ( ids ) => productsById( ask, prefix, ids ),
			availability: ( ids ) =>
				readAvailability( ask, prefix, () => world.clock.now(), ids ),
			check: () =>
				checkAccount( {
					account: config.account,
					isOAuth: config.auth.type === 'oauth',
					ask,
					configuration: () => configuration( true ),
					channels: () => channels( true ),
					warehouses: () => warehouses( true ),
					taxCodes: () => taxCodes( true ),
					async instanceName() {
						// Only an installed app has an instance.
						if ( config.auth.type !== 'oauth' ) {
							return null;
						}
						const found = await readInstance( ask );
						return found.ok ? found.value.instanceName : null;
					},
					instanceId: () => ( {
						used: instance.current(),
						told: instance.told(),
					} ),
					requestsRemaining: () => pool.budget.view().remaining,
				} ),
		};
	}

	return inLane( 'order', () => {} );
}
