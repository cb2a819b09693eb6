/**
 * Composes the parts into the port flows speak to (`api.ts`).
 */
import type { z } from 'zod';
import type { BrightpearlConfig } from '../contracts/connection.ts';
import {
	accountScope,
	type Cache,
	type SecretReader,
} from '../contracts/database.ts';
import { NO_METER, type Meter } from '../contracts/meter.ts';
import type { Result } from '../contracts/result.ts';
import type { World } from '../contracts/world.ts';
import { allPages } from './all-pages.ts';
import type { Brightpearl, Lane } from './api.ts';
import { createAuth } from './auth.ts';
import { createBatcher, type BatchMode } from './batch.ts';
import type { Call } from './call.ts';
import { checkAccount } from './check.ts';
import { createContactsApi } from './contacts.ts';
import { createCustomFieldsApi } from './custom-fields.ts';
import { createGoodsOutApi } from './goods-out.ts';
import { createCopies, withoutCopies, type CopyStores } from './copies.ts';
import { createInstanceId } from './instance-id.ts';
import {
	CONFIGURATION,
	configurationSchema,
	readInstance,
} from './integration.ts';
import type { Link } from './link.ts';
import { createOrderEditsApi } from './order-edits.ts';
import { createOrderNotesApi } from './order-notes.ts';
import { createOrdersApi } from './orders.ts';
import { createPaymentsApi } from './payments.ts';
import { poolOf, type BudgetRegistry } from './pools.ts';
import { createProductsApi } from './products.ts';
import { createReferenceApi } from './reference-api.ts';
import { createReference } from './reference.ts';
import { createSalesCreditsApi } from './sales-credits.ts';
import { createTogether } from './together.ts';
import type { TokenKeeper } from './token-keeper.ts';
import { DEFAULT_LIMIT, type WindowMode } from './throttle-window.ts';
import { createTransport } from './transport.ts';
import { createWarehouseApi } from './warehouse.ts';
import { createWebhooksApi } from './webhooks.ts';

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
	/** The setting `budget.window` (minute). */
	readonly window?: WindowMode;
	/** (counts nothing) */
	readonly meter?: Meter;
	/** The setting `budget.batch` (off). */
	readonly batch?: BatchMode;
	/** Where contacts, products and bundles are kept (nowhere: each is asked for). */
	readonly copies?: CopyStores;
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
	const scope = accountScope( config.account );
	const pool = options.budgets.pool( poolOf( config ), options.window );
	const auth = createAuth( {
		connection: options.connection,
		config,
		world,
		readSecret,
		tokens,
	} );
	const instance = createInstanceId( { config, auth, cache, scope } );
	const reference = createReference( cache, scope );
	const transport = createTransport( {
		connection: options.connection,
		meter: options.meter,
		config,
		world,
		auth,
		instance,
		pool,
		reserve: options.reserve,
	} );
	const batcher = createBatcher( {
		transport,
		world,
		mode: options.batch ?? 'off',
		cache,
		scope,
		app:
			config.auth.type === 'oauth'
				? config.auth.clientId
				: config.auth.appRef,
	} );

	const copied =
		options.copies === undefined
			? withoutCopies
			: createCopies(
					{
						account: config.account,
						cache,
						clock: world.clock,
						logger: world.logger,
						meter: options.meter ?? NO_METER,
						askIn: ( lane ) => transport.ask( lane, () => {} ),
						limit: () => pool.budget.view().limit ?? DEFAULT_LIMIT,
					},
					options.copies
				);

	const together = createTogether( transport, world.clock );

	/** One client object: its lane, and its own count of requests beside its maker's. */
	function inLane( lane: Lane, countAbove: () => void ): Brightpearl {
		let sent = 0;
		const count = () => {
			sent += 1;
			countAbove();
		};
		const ask = batcher.ask( lane, count );
		const asker = { ask: allPages( ask ), lane };

		/** Also when the cache answers, what an earlier run learned must be known. */
		const known = async < T >(
			work: Promise< Result< T > >
		): Promise< Result< T > > => {
			await instance.ready();
			return work;
		};
		const kept =
			< T >( call: Call, schema: z.ZodType< T > ) =>
			( fresh = false ) =>
				known( reference.read( asker, call, schema, fresh ) );
		const configuration = kept( CONFIGURATION, configurationSchema );
		const link: Link = {
			ask,
			lane,
			prefix: transport.prefix,
			clock: world.clock,
			together: together.of( lane, count ),
			kept,
			configuration,
		};
		const referenceApi = createReferenceApi( link );
		const contacts = createContactsApi( link );
		const products = createProductsApi( link );

		return {
			account: config.account,
			inLane: ( other ) => inLane( other, count ),
			budget: () => pool.budget.view(),
			requests: () => sent,
			installationInstanceId: () => instance.current(),
			ready: () => instance.ready(),
			...referenceApi,
			...contacts,
			...createCustomFieldsApi( link ),
			...createGoodsOutApi( link ),
			...createOrderEditsApi( link ),
			...createOrderNotesApi( link ),
			...createOrdersApi( link ),
			...createPaymentsApi( link ),
			...products,
			...createSalesCreditsApi( link ),
			...copied( { ask, lane, contacts, products } ),
			...createWarehouseApi( link ),
			...createWebhooksApi( link ),
			check: () =>
				checkAccount( {
					connection: options.connection,
					account: config.account,
					isOAuth: config.auth.type === 'oauth',
					ask,
					configuration: () => configuration( true ),
					channels: () => referenceApi.channels( true ),
					warehouses: () => referenceApi.warehouses( true ),
					taxCodes: () => referenceApi.taxCodes( true ),
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
					grant: () => auth.grant(),
					now: () => world.clock.now(),
					budget: () => pool.budget.view(),
				} ),
		};
	}

	return inLane( 'order', () => {} );
}
