/**
 * Three connections over real HTTP, two of them on one pool: two stores that use the same private
 * app of an account, and one store on another account. The sandbox's minute is one second.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createBrightpearl } from '../../../src/brightpearl/client.ts';
import {
	createBudgetRegistry,
	type BudgetRegistry,
} from '../../../src/brightpearl/budget/pools.ts';
import { brightpearlConfigSchema } from '../../../src/contracts/connection.ts';
import { createHttpFetch } from '../../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../../src/net/world.ts';
import {
	startBrightpearlSandbox,
	type BrightpearlSandbox,
} from '../../../src/sandbox/brightpearl/index.ts';
import { createMemoryLedger } from './kit.ts';
import {
	createLog,
	createMemoryCache,
	createMemoryTokens,
	plainSecrets,
} from '../world.ts';

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

const logSchema = z.object( {
	requests: z.array(
		z.object( {
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
		const stores = {
			first: connect( 'first', 0, here ),
			second: connect( 'second', 0, elsewhere ),
			third: connect( 'third', 1, here ),
		};
		// Two windows for each of the first two, two for the third.
		const through: string[] = [];
		await Promise.all(
			Object.entries( stores ).map( async ( [ store, client ] ) => {
				const answers = await Promise.all(
					Array.from( { length: CAP * 2 }, ( _, id ) =>
						client.reservation( id + 1 )
					)
				);
				expect( answers.every( ( { ok } ) => ok ) ).toBe( true );
				through.push( store );
			} )
		);

		// The sandbox refuses the first request above the cap: none refused is none above it.
		const log = await requestLog();
		expect( log.map( ( { status } ) => status ) ).not.toContain( 503 );
		const perPool = Map.groupBy( log, ( { pool } ) => pool );
		expect(
			[ ...perPool.values() ].map( ( { length } ) => length ).sort()
		).toEqual( [ CAP * 2, CAP * 4 ] );
		// The third had a pool to itself: two windows, and the later of the others four.
		expect( through ).toHaveLength( 3 );
		expect( through.indexOf( 'third' ) ).toBeLessThan( 2 );
		here.close();
		elsewhere.close();
	} );
} );
