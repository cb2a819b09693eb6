/**
 * The service between the two sandboxes, in this process: database file, queue, worker, sweeps;
 * no HTTP of its own, so that every event is one that the test sends.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brightpearlMaker } from '../../../src/app-brightpearl.ts';
import { createBudgetRegistry } from '../../../src/brightpearl/budget/pools.ts';
import { createDriftWatch } from '../../../src/brightpearl/answers/drift.ts';
import { connectionFileSchema } from '../../../src/contracts/connection.ts';
import type {
	LinkPayment,
	OrderLink,
	SecretReader,
} from '../../../src/contracts/database.ts';
import { NO_METER } from '../../../src/contracts/meter.ts';
import { HOUR } from '../../../src/contracts/primitives.ts';
import type { Problem } from '../../../src/contracts/problem.ts';
import { PRIORITY, taskKey } from '../../../src/contracts/queue.ts';
import { openDatabase } from '../../../src/database/open.ts';
import type { Connected } from '../../../src/flows/connected.ts';
import { createConnections } from '../../../src/flows/connections.ts';
import { createDispatch } from '../../../src/flows/dispatch.ts';
import { createEvents } from '../../../src/flows/events.ts';
import { requeue, UNFINISHED } from '../../../src/flows/orders/requeue.ts';
import { deepSweep, sweep } from '../../../src/flows/orders/sweeps.ts';
import { askAgain } from '../../../src/flows/watch/ask-again.ts';
import { createWorker } from '../../../src/queue/worker.ts';
import { createWooCommerce } from '../../../src/woocommerce/store.ts';
import { mortal } from '../../helpers/fakes/order-crash.ts';
import { START, type TestErp, type TestShop, type TestWorld } from './world.ts';

export const CONNECTION = 'main';
export const PREFIX = 'chaos';

export interface ServiceOptions {
	readonly world: TestWorld;
	readonly shop: TestShop;
	readonly erp: TestErp;
	/** Brightpearl de-duplicates with it. */
	readonly instanceId: boolean;
	readonly orders: Readonly< Record< string, unknown > >;
}

export interface TestService {
	/** As a delivery makes it: look at this order. */
	tell( orderId: number ): Promise< void >;
	/** Changed and trashed orders; the deep one after it. A shop that does not answer is no failure here. */
	sweep( deep: boolean ): Promise< void >;
	/** What the watch does about a side that did not answer: without orders nobody else asks it. */
	askAgain(): Promise< void >;
	/** Until nothing is ready or running, and nothing waits for a later try. */
	settle(): Promise< void >;
	/** Until nothing is ready or running now. */
	rest(): Promise< void >;
	/** Gone as by kill -9, whatever it was doing; the next process opens the same file. */
	restart(): Promise< void >;
	/** The same in the middle of its work: instead of the so many-th write from now. */
	dieAt( write: number ): void;
	links(): Promise< OrderLink[] >;
	problems(): Promise< readonly Problem[] >;
	/** What was paid, where the shop no longer tells (an order edited after its payment). */
	remember(
		orderId: number,
		payments: readonly LinkPayment[]
	): Promise< void >;
	close(): Promise< void >;
}

export async function openService( {
	world,
	shop,
	erp,
	instanceId,
	orders,
}: ServiceOptions ): Promise< TestService > {
	const directory = mkdtempSync( join( tmpdir(), 'pearlbridge-chaos-' ) );
	const goLive = new Date( START - HOUR ).toISOString();
	const { appRef, accountToken } = erp.account.privateApp;
	const file = connectionFileSchema.parse( {
		name: CONNECTION,
		store: {
			type: 'woocommerce',
			url: shop.sandbox.url,
			consumerKey: shop.sandbox.ready.consumerKey,
			consumerSecret: shop.sandbox.ready.consumerSecret,
		},
		brightpearl: {
			account: erp.account.account,
			apiDomain: erp.account.apiDomain,
			sandbox: true,
			...( instanceId
				? { installationInstanceId: erp.account.installationInstanceId }
				: {} ),
			auth: { type: 'private-app', appRef, accountToken },
		},
		settings: {
			goLive,
			orders: {
				refPrefix: PREFIX,
				channelId: 7,
				payments: { '*': 'CARD' },
				tax: [
					{ percent: '20', code: 'T20' },
					{ percent: '5', code: 'T5' },
					{ percent: '0', class: 'zero-rate', code: 'T0' },
					{ percent: '0', code: 'T9' },
					// A fee or refund of a whole cart carries the rates of all its goods at once.
					{ percent: '25', code: 'T20' },
				],
				cancelPaid: 'reverse',
				...orders,
			},
		},
	} );
	const readSecret: SecretReader = ( secret ) => ( {
		ok: true,
		value: typeof secret === 'string' ? secret : '',
	} );
	let current = await begin();
	await current.database.connections.put( file );
	current.worker.start();

	/** One process: its view of the file, its connections, its worker. */
	async function begin() {
		const opened = await openDatabase( {
			path: join( directory, 'chaos.db' ),
			key: new Uint8Array( 32 ),
			clock: world.clock,
			random: world.random,
			logger: world.logger,
			owner: 'chaos',
			exclusive: true,
		} );
		const life = mortal( opened );
		const { database } = life;
		const events = createEvents();
		const budgets = createBudgetRegistry( { ...world } );
		const connections = createConnections( {
			database,
			world,
			events,
			makeStore: ( stored ) =>
				createWooCommerce( {
					connection: CONNECTION,
					config: stored.file.store,
					world,
					readSecret,
				} ),
			makeBrightpearl: brightpearlMaker( {
				database,
				world,
				readSecret,
				budgets,
				meter: NO_METER,
				drift: createDriftWatch( {
					drift: database.drift,
					cache: database.cache,
					clock: world.clock,
					logger: world.logger,
					meter: NO_METER,
					kept: () => Promise.resolve(),
				} ),
			} ),
		} );
		const worker = createWorker( {
			queue: database.queue,
			clock: world.clock,
			random: world.random,
			logger: world.logger,
			concurrency: 4,
			handle: createDispatch( connections ),
		} );
		return { opened, life, database, connections, worker, budgets };
	}

	async function connected(): Promise< Connected > {
		const live = await current.connections.find( CONNECTION );
		if ( live === null ) {
			throw new Error( 'There is no connection.' );
		}
		return live.connected;
	}

	/** Waits for a promise while time goes on. */
	async function over< T >( work: Promise< T > ): Promise< T > {
		let done = false;
		const both = work.finally( () => {
			done = true;
		} );
		await world.until(
			() => Promise.resolve( done ),
			() => Promise.resolve( false ),
			HOUR
		);
		return both;
	}

	/** The next process, when this one has died. */
	async function alive(): Promise< void > {
		if ( current.life.isDead() ) {
			await restart();
		}
	}

	async function restart(): Promise< void > {
		current.life.kill();
		await world.quiet();
		const { budgets, opened } = current;
		budgets.dismiss();
		await opened.close();
		current = await begin();
		await requeue( await connected(), UNFINISHED );
		current.worker.start();
	}

	/** The work, done by whichever process lives to its end. */
	async function survived( work: () => Promise< unknown > ): Promise< void > {
		for (;;) {
			await alive();
			const { life } = current;
			let done = false;
			void work().finally( () => {
				done = true;
			} );
			await world.until(
				() => Promise.resolve( done || life.isDead() ),
				() => Promise.resolve( false ),
				HOUR
			);
			if ( done ) {
				return;
			}
		}
	}

	/** Until it holds, also over the death of a process. */
	async function livingUntil(
		holds: () => Promise< boolean >,
		patience: number
	): Promise< void > {
		let isIt = false;
		do {
			await alive();
			const { life } = current;
			await world.until(
				async () => {
					isIt = ! life.isDead() && ( await holds() );
					return isIt || life.isDead();
				},
				async () => ! life.isDead() && ( await isIdle() ),
				patience
			);
		} while ( ! isIt );
	}

	const counts = () => current.opened.queue.counts();
	async function isIdle(): Promise< boolean > {
		const { ready, running } = await counts();
		return ready + running === 0;
	}

	return {
		// Also where the process dies at this very write.
		tell: ( orderId ) =>
			survived( () =>
				current.database.queue.enqueue( [
					{
						key: taskKey( CONNECTION, 'order', orderId ),
						kind: 'order',
						connection: CONNECTION,
						priority: PRIORITY.order,
					},
				] )
			),
		async sweep( deep ) {
			await survived( async () => sweep( await connected() ) );
			if ( deep ) {
				await survived( async () => deepSweep( await connected() ) );
			}
		},
		askAgain: () =>
			survived( async () =>
				askAgain( await connected(), { shopIsDown: false } )
			),
		settle: () =>
			livingUntil( async () => {
				const { retrying } = await counts();
				return retrying === 0 && ( await isIdle() );
			}, 12 * HOUR ),
		rest: () => livingUntil( isIdle, HOUR ),
		restart,
		dieAt( write ) {
			const begun = current.life.writes.length;
			current.life.killAt(
				( _name, _args, nth ) => nth >= begun + write
			);
		},
		async links() {
			// Also of a process that is dead.
			const page = await current.opened.orderLinks.list( {
				connection: CONNECTION,
				limit: 1000,
			} );
			return page?.items ?? [];
		},
		problems: () => current.database.problems.list(),
		async remember( orderId, payments ) {
			await current.database.orderLinks.save( CONNECTION, orderId, {
				payments,
			} );
		},
		async close() {
			const stopped = current.worker.stop( 0 );
			current.connections.close();
			current.budgets.dismiss();
			await over( stopped );
			await current.budgets.close();
			await current.opened.close();
			rmSync( directory, { recursive: true, force: true } );
		},
	};
}
