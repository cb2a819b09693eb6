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
import { allPages } from './search/all-pages.ts';
import type { Brightpearl, Lane } from './api.ts';
import { createAuth } from './auth/auth.ts';
import { createBatcher, type BatchMode } from './batching/batch.ts';
import type { Call, Sent } from './transport/call.ts';
import { checkAccount } from './check/check.ts';
import { createCopies, withoutCopies } from './copies/copies.ts';
import type { CopyStores } from './copies/copy-parts.ts';
import type { DriftWatch } from './answers/drift.ts';
import { createInstanceId } from './auth/instance-id.ts';
import {
	CONFIGURATION,
	configurationSchema,
	readInstance,
} from './services/integration.ts';
import type { Link } from './services/link.ts';
import { poolOf, type BudgetRegistry } from './budget/pools.ts';
import { createReference, LONG } from './services/reference.ts';
import { createServices } from './services/services.ts';
import { createTogether } from './services/together.ts';
import type { TokenKeeper } from './auth/token-keeper.ts';
import { DEFAULT_LIMIT, type WindowMode } from './budget/throttle-window.ts';
import { createTransport } from './transport/transport.ts';

export interface BrightpearlOptions {
	/** The connection's name, for the log. */
	readonly connection: string;
	readonly config: BrightpearlConfig;
	readonly world: World;
	readonly readSecret: SecretReader;
	readonly cache: Cache;
	readonly tokens: TokenKeeper;
	readonly budgets: BudgetRegistry;
	/** Requests per period left to other apps, asked for whenever one may leave. */
	readonly reserve: () => number;
	/** The setting `budget.window` (minute). */
	readonly window?: WindowMode;
	/** (counts nothing) */
	readonly meter?: Meter;
	/** The setting `budget.batch` (off). */
	readonly batch?: BatchMode;
	/** Who compares answers with what is documented (nobody). */
	readonly drift?: Pick< DriftWatch, 'seen' >;
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
	const meter = options.meter ?? NO_METER;
	const reference = createReference( cache, scope, ( result ) =>
		meter.count( 'brightpearl_cache', {
			account: config.account,
			cache: 'reference',
			result,
		} )
	);
	/** Orders that are worked on: what one of them sends waits for what the others will. */
	let walks = 0;
	const company = () => walks;
	/** Under way: a dozen requests, which also find out whether the reserve is too high. */
	let checks = 0;
	async function checking< T >( work: () => Promise< T > ): Promise< T > {
		checks += 1;
		try {
			return await work();
		} finally {
			checks -= 1;
		}
	}
	const seen = ( call: Call, sent: Sent ) =>
		options.drift?.seen( config.account, call, sent );
	const transport = createTransport( {
		connection: options.connection,
		meter: options.meter,
		config,
		world,
		auth,
		instance,
		pool,
		reserve: ( lane ) =>
			lane === 'person' && checks > 0 ? 0 : options.reserve(),
		seen,
	} );
	const batcher = createBatcher( {
		transport,
		world,
		mode: options.batch ?? 'off',
		company,
		seen,
		cache,
		scope,
		app:
			config.auth.type === 'oauth'
				? config.auth.clientId
				: config.auth.appRef,
	} );

	const copies =
		options.copies === undefined
			? withoutCopies
			: createCopies(
					{
						account: config.account,
						cache,
						clock: world.clock,
						logger: world.logger,
						meter,
						askIn: ( lane ) => transport.ask( lane, () => {} ),
						limit: () => pool.budget.view().limit ?? DEFAULT_LIMIT,
						company,
					},
					options.copies
				);

	const together = createTogether( transport, world.clock, company );

	function close(): void {
		copies.close();
		together.close();
		batcher.close();
	}

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
			< T >( call: Call, schema: z.ZodType< T >, lasts?: number ) =>
			( fresh = false ) =>
				known( reference.read( asker, call, schema, fresh, lasts ) );
		const configuration = kept( CONFIGURATION, configurationSchema, LONG );
		const link: Link = {
			ask,
			lane,
			prefix: transport.prefix,
			clock: world.clock,
			together: together.of( lane, count ),
			kept,
			configuration,
		};
		const services = createServices( link );

		return {
			account: config.account,
			inLane: ( other ) => inLane( other, count ),
			async during( work ) {
				walks += 1;
				try {
					return await work();
				} finally {
					walks -= 1;
				}
			},
			budget: () => pool.budget.view(),
			async freshBudget() {
				await pool.budget.refresh();
				return pool.budget.view();
			},
			requests: () => sent,
			installationInstanceId: () => instance.current(),
			ready: () => instance.ready(),
			close,
			...services,
			...copies.of( {
				ask,
				lane,
				contacts: services,
				products: services,
			} ),
			check: () =>
				checking( () =>
					checkAccount( {
						connection: options.connection,
						account: config.account,
						isOAuth: config.auth.type === 'oauth',
						ask,
						configuration: () => configuration( true ),
						channels: () => services.channels( true ),
						warehouses: () => services.warehouses( true ),
						taxCodes: () => services.taxCodes( true ),
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
						prove: () => auth.prove(),
						now: () => world.clock.now(),
						budget: () => pool.budget.view(),
						reserve: options.reserve,
					} )
				),
		};
	}

	return inLane( 'order', () => {} );
}
