/**
 * Steps applied to one order that is made already: the real database, a Brightpearl in memory,
 * and a process that may die at any of its writes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionFileSchema } from '../../../src/contracts/connection.ts';
import type { LinkChange, OrderLink } from '../../../src/contracts/database.ts';
import type { ProblemDraft } from '../../../src/contracts/problem.ts';
import { SECOND } from '../../../src/contracts/primitives.ts';
import type { Result } from '../../../src/contracts/result.ts';
import type { World } from '../../../src/contracts/world.ts';
import { openDatabase } from '../../../src/database/open.ts';
import type { OrderPlan, Step } from '../../../src/domain/orders/types.ts';
import { createEvents } from '../../../src/flows/events.ts';
import { apply, type Applied } from '../../../src/flows/orders/apply.ts';
import {
	calm,
	manualClock,
	memoryLogger,
	seededRandom,
	type ManualClock,
} from '../../battery/bench.ts';
import {
	createFakeOrderBrightpearl,
	type FakeOrderBrightpearl,
} from './order-brightpearl.ts';
import { rowsFrom, totalsOf } from './order-parts.ts';
import { mortal, type Mortal } from './order-crash.ts';
import { createFakeOrderShop } from './order-shop.ts';

export const NAME = 'main';
const STEP = 250;
const PATIENCE = 90 * SECOND;

type Planned = Step extends infer S
	? S extends Step
		? Omit< S, 'summary' >
		: never
	: never;

export interface ApplyKit {
	readonly clock: ManualClock;
	readonly erp: FakeOrderBrightpearl;
	/** Sales order 5000: two pieces of one product, one of another, shipping. */
	link(): Promise< OrderLink >;
	save( change: LinkChange ): Promise< OrderLink >;
	/** One run; null = it died. */
	once(
		steps: readonly Planned[],
		more?: {
			readonly plan?: Partial< OrderPlan >;
			readonly dies?: Parameters< Mortal[ 'killAt' ] >[ 0 ];
			readonly onWrites?: ( writes: readonly string[] ) => void;
		}
	): Promise< Result< Applied > | null >;
	/** Runs until it is done or a person must act; a retry waits for its time. */
	run(
		steps: readonly Planned[],
		plan?: Partial< OrderPlan >
	): Promise< Result< Applied > >;
	journal(): Promise< string[] >;
	close(): Promise< void >;
}

export async function createApplyKit(
	instanceId: number | null = null
): Promise< ApplyKit > {
	const directory = mkdtempSync( join( tmpdir(), 'pearlbridge-apply-' ) );
	const clock = manualClock( Date.UTC( 2026, 6, 2, 12 ) );
	const world: World = {
		clock,
		random: seededRandom(),
		logger: memoryLogger(),
		fetch: () => Promise.reject( new Error( 'no network here' ) ),
	};
	const opened = await openDatabase( {
		path: join( directory, 'test.db' ),
		key: new Uint8Array( 32 ),
		clock,
		random: world.random,
		logger: world.logger,
		owner: 'test',
		exclusive: true,
	} );
	const file = connectionFileSchema.parse( {
		name: NAME,
		store: {
			type: 'woocommerce',
			url: 'https://shop.example.test',
			consumerKey: 'ck_test',
			consumerSecret: 'cs_test',
		},
		brightpearl: {
			account: 'acme',
			apiDomain: 'euw1.brightpearlconnect.com',
			auth: {
				type: 'private-app',
				appRef: 'acme_test',
				accountToken: 'token',
			},
		},
		settings: {},
	} );
	await opened.connections.put( file );
	const erp = createFakeOrderBrightpearl( clock, instanceId );
	const skus = await erp.brightpearl.resolveSkus( [ 'A', 'B' ], 'none' );
	const idOf = ( sku: string ) =>
		( skus.ok ? skus.value.get( sku )?.[ 0 ]?.productId : null ) ?? 0;
	const row = { taxCode: 'T20', sequence: 10 };
	const rows = rowsFrom( erp, {
		rows: [
			{
				...row,
				productId: idOf( 'A' ),
				quantity: '2',
				net: '20.00',
				tax: '4.00',
				externalRef: 'line-1',
			},
			{
				...row,
				productId: idOf( 'B' ),
				quantity: '1',
				net: '10.00',
				tax: '2.00',
				externalRef: 'line-2',
			},
			{
				...row,
				name: 'Shipping',
				quantity: '1',
				net: '5.00',
				tax: '1.00',
				externalRef: 'ship-3',
			},
		],
	} );
	erp.enter( {
		externalRef: 'P-1',
		reference: '1',
		contactId: 200,
		exchangeRate: '1.250000',
		rows,
		...totalsOf( rows ),
	} );
	const save = ( change: LinkChange ) =>
		opened.orderLinks.save( NAME, 1, change );
	await save( {
		number: '1',
		salesOrderId: 5000,
		pushedAt: '2026-07-01T12:00:00.000Z',
		contactId: 200,
	} );
	const link = () => save( {} );
	let runs = 0;

	const kit: ApplyKit = {
		clock,
		erp,
		link,
		save,
		async once( steps, { plan, dies, onWrites } = {} ) {
			runs += 1;
			// A lease of its own: that of a dead process is not waited for.
			await opened.queue.enqueue( [
				{
					key: `${ NAME }/order:${ runs }`,
					kind: 'order',
					connection: NAME,
				},
			] );
			const task = await opened.queue.claim();
			if ( task === null ) {
				throw new Error( 'There was nothing to claim.' );
			}
			const life = mortal( opened );
			life.killAt( dies ?? ( () => false ) );
			let result: Result< Applied > | null = null;
			const running = apply( {
				connected: {
					name: NAME,
					storeUrl: file.store.url,
					settings: file.settings,
					store: createFakeOrderShop().store,
					brightpearl: erp.brightpearl,
					database: life.database,
					world,
					events: createEvents(),
				},
				lease: task.lease,
				order: null,
				plan: {
					salesOrder: null,
					totals: null,
					expected: null,
					toSend: null,
					pushed: null,
					conflicts: [],
					edits: [],
					cancelled: null,
					settledCredits: [],
					told: [],
					fingerprint: '',
					rows: 0,
					...plan,
					steps: steps.map( ( step ) => ( {
						...step,
						summary: step.type,
					} ) ),
				},
				link: await link(),
				salesOrder: null,
				isWanted: async () => true,
			} ).then( ( value ) => {
				result = value;
			} );
			let failure: unknown = null;
			running.catch( ( error: unknown ) => {
				failure = error;
			} );
			for ( let passed = 0; passed <= PATIENCE; passed += STEP ) {
				await calm();
				if ( failure !== null ) {
					throw failure;
				}
				if ( result !== null || life.isDead() ) {
					break;
				}
				await clock.advance( STEP );
			}
			onWrites?.( life.writes );
			if ( ! life.isDead() ) {
				await opened.queue.settle( task.lease, { kind: 'done' } );
			}
			return result;
		},
		async run( steps, plan ) {
			for ( let tries = 0; tries < 20; tries += 1 ) {
				const result = await kit.once( steps, plan ? { plan } : {} );
				if ( result === null ) {
					throw new Error( 'It came to no end.' );
				}
				if ( result.ok || result.failure.kind === 'hold' ) {
					return result;
				}
				await clock.advance( result.failure.after ?? SECOND );
			}
			throw new Error( 'It retries for ever.' );
		},
		async journal() {
			const entries = await opened.journal.list( NAME, 'order:1' );
			return entries.map( ( { step, outcome, ref } ) =>
				[ step, outcome, ref ].join( ' ' )
			);
		},
		async close() {
			await opened.close();
			rmSync( directory, { recursive: true, force: true } );
		},
	};
	return kit;
}

/** The first; null = a person need not act. */
export function problemOf( result: Result< Applied > ): ProblemDraft | null {
	if ( result.ok ) {
		return result.value.told[ 0 ] ?? null;
	}
	return result.failure.kind === 'retry' ? null : result.failure.problem;
}
