/**
 * Kill -9 at random moments while orders arrive and answers get lost: every order, payment,
 * contact and allocation exactly once (architecture, *Durability*).
 */
import { afterEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { Status } from '../../src/contracts/answers.ts';
import {
	ask,
	createBench,
	writeConnection,
	eventually,
	type Bench,
	type Started,
} from '../e2e/harness.ts';

const ORDERS = Number( process.env[ 'CHAOS_ORDERS' ] ?? 200 );
const KILLS = Number( process.env[ 'CHAOS_KILLS' ] ?? 50 );
const GUEST = 'new.guest@example.test';

interface SandboxAccount {
	readonly account: string;
	readonly apiDomain: string;
	readonly installationInstanceId: number;
	readonly privateApp: {
		readonly appRef: string;
		readonly accountToken: string;
	};
}

interface AccountState {
	readonly orders: readonly {
		readonly externalRef: string;
		readonly total: string;
		readonly email: string;
		readonly allocation: string;
		readonly payments: readonly {
			readonly transactionRef: string;
			readonly amountPaid?: string;
		}[];
	}[];
	readonly contacts: readonly { readonly email: string | null }[];
	readonly payments: number;
}

let bench: Bench | null = null;
afterEach( async () => {
	await bench?.end();
	bench = null;
} );

/** A repeatable spread of moments in [0, 1). */
function moment( n: number ): number {
	return (
		createHash( 'sha256' )
			.update( `kill ${ n }` )
			.digest()
			.readUInt32BE( 0 ) /
		2 ** 32
	);
}

describe.each( [
	[ 'with an installation instance id', true ],
	[ 'without one', false ],
] )( 'kill -9 %s', ( _name, withInstance ) => {
	test( `${ KILLS } kills while ${ ORDERS } orders arrive and answers get lost: everything exactly once`, async () => {
		bench = await createBench();
		const brightpearl = await bench.start( [
			'sandbox',
			'brightpearl',
			'--port',
			'0',
			'--speed',
			'60',
		] );
		const shop = await bench.start( [
			'sandbox',
			'shop',
			'--port',
			'0',
			'--speed',
			'20',
		] );
		const [ account ] = brightpearl.ready[ 'accounts' ] as SandboxAccount[];
		if ( account === undefined ) {
			throw new Error( 'The sandbox has no account.' );
		}
		const file = await writeConnection( bench.dataDir, {
			name: 'main',
			store: {
				type: 'woocommerce',
				url: shop.ready.url,
				consumerKey: shop.ready[ 'consumerKey' ],
				consumerSecret: shop.ready[ 'consumerSecret' ],
				webhookSecret: shop.ready[ 'webhookSecret' ],
			},
			brightpearl: {
				account: account.account,
				apiDomain: account.apiDomain,
				sandbox: true,
				...( withInstance
					? { installationInstanceId: account.installationInstanceId }
					: {} ),
				auth: { type: 'private-app', ...pick( account ) },
			},
			settings: {
				goLive: new Date( Date.now() - 60000 ).toISOString(),
				orders: {
					channelId: 7,
					payments: { '*': 'CARD' },
					tax: [
						{ percent: '20', code: 'T20' },
						{ percent: '5', code: 'T5' },
						{ percent: '0', code: 'T0' },
					],
					taxDefault: 'T20',
				},
				sweep: { every: '2s' },
				stock: { every: null },
			},
		} );
		expect(
			( await bench.cli( [ 'connection', 'add', '--file', file ] ) ).code
		).toBe( 0 );
		// A search that knows an order only a while after it exists.
		await ask( `${ brightpearl.ready.url }/_sandbox/switches`, {
			indexLagMs: 5000,
		} );
		await ask( `${ brightpearl.ready.url }/_sandbox/faults`, [
			{ kind: 'lost-answer', rate: 0.1, method: 'POST' },
		] );

		let sold = 0;
		const sell = async (): Promise< void > => {
			const count = Math.min( 10, ORDERS - sold );
			sold += count;
			await ask( `${ shop.ready.url }/_sandbox/sell`, {
				count,
				// Goods that are there: then every row must be allocated.
				items: [
					{ sku: 'OSB-01', quantity: 1 },
					{ sku: 'LIN-APR', quantity: 2 },
				],
				paymentMethod: 'stripe',
				// Several orders of one new guest at the same time.
				...( sold % 30 === 0 ? { email: GUEST } : {} ),
			} );
		};
		for ( let kill = 0; kill < KILLS; kill++ ) {
			const service: Started = await bench.serve();
			if ( sold < ORDERS ) {
				await sell();
			}
			await new Promise( ( resolve ) =>
				setTimeout( resolve, 100 + moment( kill ) * 900 )
			);
			await service.stop( 'SIGKILL' );
		}
		while ( sold < ORDERS ) {
			await sell();
		}

		await ask( `${ brightpearl.ready.url }/_sandbox/faults`, [] );
		await bench.serve();
		// What may have been executed waits for the search, so idle is not yet done.
		const settled = await eventually(
			'nothing left in the queue',
			async () => {
				const status = ( await bench?.cli( [ 'status' ] ) )
					?.json as Status;
				const { ready, running, retrying } = status.queue;
				return ready + running + retrying === 0 && status;
			},
			// A try that was killed counts as one, and the longest pause between tries is five minutes.
			330000
		);
		expect( {
			problems: ( await bench.cli( [ 'problems', 'list' ] ) ).json,
			queue: settled.queue,
			orders: settled.connections[ 0 ]?.orders,
		} ).toEqual( {
			problems: { items: [], total: 0 },
			queue: { ready: 0, running: 0, retrying: 0, parked: 0 },
			orders: { synced: ORDERS },
		} );
		const state = await ask< AccountState >(
			`${ brightpearl.ready.url }/_sandbox/state?account=${ account.account }`
		);

		expect( state.orders ).toHaveLength( ORDERS );
		expect(
			new Set( state.orders.map( ( order ) => order.externalRef ) ).size
		).toBe( ORDERS );
		expect( state.payments ).toBe( ORDERS );
		expect(
			state.orders.filter( ( order ) => order.payments.length !== 1 )
		).toEqual( [] );
		expect(
			state.orders.filter( ( { allocation } ) => allocation !== 'AAA' )
		).toEqual( [] );
		const emails = state.contacts
			.map( ( contact ) => contact.email?.toLowerCase() ?? '' )
			.filter( ( email ) =>
				state.orders.some(
					( order ) => order.email.toLowerCase() === email
				)
			);
		expect( new Set( emails ).size ).toBe( emails.length );
	}, 600000 );
} );

function pick( account: SandboxAccount ): {
	appRef: string;
	accountToken: string;
} {
	const { appRef, accountToken } = account.privateApp;
	return { appRef, accountToken };
}
