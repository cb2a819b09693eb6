/**
 * Three connections over real HTTP, two of them on one pool: two stores that use the same private
 * app of an account, and one store on another account. The sandbox's minute is one second.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createBrightpearl } from '../../src/brightpearl/client.ts';
import {
	createBudgetRegistry,
	type BudgetRegistry,
} from '../../src/brightpearl/pools.ts';
import { brightpearlConfigSchema } from '../../src/contracts/connection.ts';
import { createHttpFetch } from '../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../src/net/world.ts';
import {
	startBrightpearlSandbox,
	type BrightpearlSandbox,
} from '../../src/sandbox/brightpearl/index.ts';
import { createMemoryLedger } from './budget-kit.ts';
import {
	createLog,
	createMemoryCache,
	createMemoryTokens,
	plainSecrets,
} from './world.ts';

const CAP = 10;
const fetch = createHttpFetch( { clock: systemClock } );
let sandbox: BrightpearlSandbox;
beforeAll( async () => {
	sandbox = await startBrightpearlSandbox( {
		clock: systemClock,
		speed: 60,
		switches: { requestsPerMinute: CAP },
	} );
} );
afterAll( async () => {
	await sandbox.close();
	await fetch.close();
} );

function connect( store: string, account: number, budgets: BudgetRegistry ) {
	const at = sandbox.ready.accounts[ account ];
	if ( ! at ) {
		throw new Error( 'the sandbox has too few accounts' );
	}
	const { logger } = createLog();
	return createBrightpearl( {
		connection: store,
		config: brightpearlConfigSchema.parse( {
			account: at.account,
			apiDomain: at.apiDomain,
			sandbox: true,
			auth: {
				type: 'private-app',
				appRef: at.privateApp.appRef,
				accountToken: at.privateApp.accountToken,
			},
		} ),
		world: {
			clock: systemClock,
			random: systemRandom,
			logger,
			fetch,
		},
		readSecret: plainSecrets,
		cache: createMemoryCache(),
		tokens: createMemoryTokens(),
		budgets,
		reserve: () => 0,
	} ).inLane( 'person' );
}

const windowOf = ( at: string ) => Math.floor( Date.parse( at ) / 1000 );

const logSchema = z.object( {
	requests: z.array(
		z.object( {
			at: z.string(),
			pool: z.string().nullable(),
			status: z.int(),
		} )
	),
} );

async function requestLog() {
	const outcome = await fetch( {
		method: 'GET',
		url: `${ sandbox.url }/_sandbox/requests?since=0`,
		headers: {},
		timeout: 5000,
	} );
	if ( ! outcome.ok ) {
		throw new Error( outcome.message );
	}
	return logSchema.parse( JSON.parse( outcome.answer.body ) ).requests;
}

describe( 'three connections, two of them on one pool', () => {
	test( 'the shared pool keeps its cap in two processes too; the third is not slowed', async () => {
		const ledger = createMemoryLedger();
		const registryOf = () =>
			createBudgetRegistry( {
				clock: systemClock,
				random: systemRandom,
				ledger,
			} );
		const here = registryOf();
		const elsewhere = registryOf();
		const shared = [
			connect( 'first', 0, here ),
			connect( 'second', 0, elsewhere ),
		];
		const alone = connect( 'third', 1, here );
		// Two windows for each of the first two, two for the third.
		const times = [ ...shared, alone ].map( async ( client ) => {
			const answers = await Promise.all(
				Array.from( { length: CAP * 2 }, ( _, id ) =>
					client.reservation( id + 1 )
				)
			);
			expect( answers.every( ( { ok } ) => ok ) ).toBe( true );
		} );
		await Promise.all( times );
		const log = await requestLog();
		expect( log.filter( ( { status } ) => status === 503 ) ).toEqual( [] );

		const perWindow = new Map< string, number >();
		for ( const { at, pool } of log ) {
			const key = `${ pool } ${ windowOf( at ) }`;
			perWindow.set( key, ( perWindow.get( key ) ?? 0 ) + 1 );
		}
		expect( Math.max( ...perWindow.values() ) ).toBeLessThanOrEqual( CAP );

		// The third had a pool to itself, and was through in half the windows of the others.
		const windowsOf = ( account: number ) =>
			new Set(
				log
					.filter( ( { pool } ) =>
						pool?.startsWith(
							sandbox.ready.accounts[ account ]?.account ?? '-'
						)
					)
					.map( ( { at } ) => windowOf( at ) )
			).size;
		expect( windowsOf( 1 ) ).toBeLessThan( windowsOf( 0 ) );
		here.close();
		elsewhere.close();
	} );
} );
