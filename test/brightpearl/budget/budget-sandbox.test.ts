/**
 * Budgets over real HTTP against the built-in Brightpearl, whose minute is one second here; and over
 * one SQLite file that two handles share, as two processes do.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	afterAll,
	afterEach,
	beforeEach,
	describe,
	expect,
	test,
} from '@jest/globals';
import { createBudgetRegistry } from '../../../src/brightpearl/budget/pools.ts';
import type { WindowMode } from '../../../src/brightpearl/budget/throttle-window.ts';
import { openDatabase } from '../../../src/database/open.ts';
import { createHttpFetch } from '../../../src/net/http-fetch.ts';
import { systemClock, systemRandom } from '../../../src/net/world.ts';
import {
	startBrightpearlSandbox,
	type BrightpearlSandbox,
	type Switches,
} from '../../../src/sandbox/brightpearl/index.ts';
import { createLog } from '../world.ts';

const fetch = createHttpFetch( { clock: systemClock } );
afterAll( () => fetch.close() );

/** Another developer's app on the same account has a pool of its own (platform reference, §3). */
interface Caller {
	readonly headers: Readonly< Record< string, string > >;
	readonly pool: string;
}

/** Every test spends several windows of it. */
const CAP = 20;
const MANY = CAP * 2 + 5;

let sandbox: BrightpearlSandbox;
let account: BrightpearlSandbox[ 'ready' ][ 'accounts' ][ number ];
/** Each with a throttle that nobody has used. */
beforeEach( async () => {
	sandbox = await startBrightpearlSandbox( {
		clock: systemClock,
		speed: 60,
		switches: { requestsPerMinute: CAP },
	} );
	const [ first ] = sandbox.ready.accounts;
	if ( ! first ) {
		throw new Error( 'the sandbox has no account' );
	}
	account = first;
} );
afterEach( () => sandbox.close() );

const privateApp = (): Caller => ( {
	headers: {
		'brightpearl-app-ref': account.privateApp.appRef,
		'brightpearl-account-token': account.privateApp.accountToken,
	},
	pool: `${ account.account }|private`,
} );

/** One request within a registry's pool, as the transport makes it; its status. */
async function ask(
	registry: ReturnType< typeof createBudgetRegistry >,
	caller: Caller,
	window: WindowMode
): Promise< number | null > {
	const { budget } = registry.pool( caller.pool, window );
	const admission = await budget.admit( 'person', () => 0 );
	if ( ! admission.ok ) {
		return null;
	}
	const outcome = await fetch( {
		method: 'GET',
		url: `${ account.apiDomain.startsWith( 'http' ) ? '' : 'http://' }${ account.apiDomain }/public-api/${ account.account }/accounting-service/tax-code`,
		headers: caller.headers,
		timeout: 5000,
	} );
	if ( ! outcome.ok ) {
		throw new Error( outcome.message );
	}
	const { headers, status } = outcome.answer;
	const figures = {
		remaining: Number( headers[ 'brightpearl-requests-remaining' ] ),
		period: Number( headers[ 'brightpearl-next-throttle-period' ] ),
	};
	admission.permit.ended( figures );
	if ( status === 503 ) {
		budget.refused( figures.period );
	}
	return status;
}

const many = < T >( count: number, make: () => Promise< T > ) =>
	Promise.all( Array.from( { length: count }, make ) );

const registryOf = ( more: object = {} ) =>
	createBudgetRegistry( {
		clock: systemClock,
		random: systemRandom,
		...more,
	} );

describe( 'a window', () => {
	const modes: readonly [ Switches[ 'throttle' ], WindowMode, number ][] = [
		[ 'fixed', 'minute', 0 ],
		[ 'rolling', 'rolling', 0 ],
		[ 'fixed', 'rolling', 0 ],
		[ 'rolling', 'minute', 4 ],
	];
	test.each( modes )(
		'counted %s there and %s by the setting: everything gets through, at most %d refused',
		async ( throttle, window, mostRefused ) => {
			sandbox.setSwitches( { throttle } );
			const registry = registryOf();
			const statuses = await many( MANY, () =>
				ask( registry, privateApp(), window )
			);
			registry.close();
			const refused = statuses.filter( ( status ) => status === 503 );
			expect( refused.length ).toBeLessThanOrEqual( mostRefused );
			expect(
				statuses.filter( ( status ) => status === 200 )
			).toHaveLength( MANY - refused.length );
		}
	);
} );

describe( 'two handles on one database file', () => {
	test( 'count together: the cap is kept, both get through, and both know what is left', async () => {
		const folder = await mkdtemp( join( tmpdir(), 'pearlbridge-budget-' ) );
		const { lines, logger } = createLog();
		const open = ( owner: string ) =>
			openDatabase( {
				path: join( folder, 'pearlbridge.db' ),
				key: new Uint8Array( 32 ).fill( 7 ),
				clock: systemClock,
				random: systemRandom,
				logger,
				owner,
			} );
		const databases = [ await open( 'one' ), await open( 'two' ) ];
		try {
			const registries = databases.map( ( database ) =>
				registryOf( { ledger: database.budgets, logger } )
			);
			const statuses = await Promise.all(
				registries.map( ( registry ) =>
					many( CAP + 5, () =>
						ask( registry, privateApp(), 'minute' )
					)
				)
			);
			for ( const one of statuses ) {
				expect( one ).toEqual( Array( CAP + 5 ).fill( 200 ) );
			}
			const views = await Promise.all(
				registries.map( async ( registry ) => {
					const { budget } = registry.pool( privateApp().pool );
					await budget.refresh();
					return budget.view();
				} )
			);
			expect( views[ 0 ] ).toMatchObject( { limit: CAP, refused: 0 } );
			expect( views[ 1 ] ).toMatchObject( { limit: CAP, refused: 0 } );
			expect( lines ).toEqual( [] );
			for ( const registry of registries ) {
				registry.close();
			}
		} finally {
			for ( const database of databases ) {
				await database.close();
			}
			await rm( folder, { recursive: true } );
		}
	} );
} );
