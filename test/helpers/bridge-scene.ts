/**
 * The service as it runs (its database file, workers, schedules and HTTP server), with shops that
 * have the plugin, under a clock that can be put forward.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../../src/app.ts';
import type { App } from '../../src/app-port.ts';
import { systemClock, systemRandom } from '../../src/net/world.ts';
import { connectionFileSchema } from '../../src/contracts/connection.ts';
import type {
	OperationInput,
	OperationName,
} from '../../src/contracts/operations.ts';
import type { Database } from '../../src/contracts/database.ts';
import type { Clock } from '../../src/contracts/world.ts';
import { openDatabase } from '../../src/database/open.ts';
import type { FlowEvent } from '../../src/flows/events.ts';
import { createLogger } from '../../src/logging.ts';
import { createFakePlugin, type FakePlugin } from './fake-plugin.ts';

export interface BridgeScene {
	readonly url: string;
	readonly clock: Clock;
	/** Everything that was logged, as one text. */
	readonly log: () => string;
	readonly events: readonly FlowEvent[];
	/** Puts the clock forward; sleepers are not woken. */
	forward( ms: number ): void;
	run< N extends OperationName >(
		name: N,
		input: OperationInput< N >
	): Promise< { readonly exit: number; readonly body: Loose } >;
	/** A shop that is not paired yet. */
	shop( path?: string ): Promise< FakePlugin >;
	/** A complete connection to that shop. */
	connect( name: string, shop: FakePlugin ): Promise< void >;
	/** A new code, and the shop paired with it. */
	pair( shop: FakePlugin, connection: string | null ): Promise< void >;
	/** Closes the service and opens it again; without `begin` it stays down. */
	restart( options?: { readonly begin?: boolean } ): Promise< void >;
	/** The database as another process has it. */
	beside< T >( work: ( database: Database ) => Promise< T > ): Promise< T >;
	until( holds: () => boolean | Promise< boolean > ): Promise< void >;
	close(): Promise< void >;
}

/** Answers are looked into freely; what is not there fails the test. */
type Loose = Record< string, unknown > & {
	readonly error?: { readonly code: string; readonly message: string };
};

export async function createBridgeScene( {
	publicUrl = null,
}: { readonly publicUrl?: string | null } = {} ): Promise< BridgeScene > {
	const directory = mkdtempSync( join( tmpdir(), 'pearlbridge-bridge-' ) );
	let ahead = 0;
	let logged = '';
	const events: FlowEvent[] = [];
	const clock: Clock = {
		now: () => systemClock.now() + ahead,
		sleep: systemClock.sleep,
	};
	const shops: FakePlugin[] = [];
	let app: App | null = null;
	let url = '';

	async function begin(): Promise< void > {
		const opened = await openApp( {
			dataDir: directory,
			databaseFile: join( directory, 'test.db' ),
			key: new Uint8Array( 32 ),
			publicUrl,
			version: '1.2.3',
			allowedHosts: [],
			metricsToken: null,
			consoleDir: join( directory, 'none' ),
			env: {},
			clock,
			random: systemRandom,
			logger: createLogger( {
				level: 'debug',
				destination: {
					write: ( line ) => {
						logged += line;
					},
				},
			} ),
		} );
		if ( ! opened.ok ) {
			throw new Error( opened.error.message );
		}
		app = opened.app;
		app.events.subscribe( ( event ) => {
			events.push( event );
		} );
		const started = await app.start( {
			host: '127.0.0.1',
			port: 0,
			token: 'token',
			startedAt: new Date( clock.now() ).toISOString(),
		} );
		if ( ! started.ok ) {
			throw new Error( started.error.message );
		}
		url = started.url;
		for ( const shop of shops ) {
			shop.sidecar = url;
		}
	}
	await begin();

	const scene: BridgeScene = {
		get url() {
			return url;
		},
		clock,
		log: () => logged,
		events,
		forward( ms ) {
			ahead += ms;
		},
		async run( name, input ) {
			const { exit, body } = await app!.operations.run( name, input, {
				signal: new AbortController().signal,
				deadline: clock.now() + 10_000,
			} );
			return { exit, body: body as Loose };
		},
		async shop( path = '' ) {
			const shop = await createFakePlugin( { path, now: clock.now } );
			shop.sidecar = url;
			shops.push( shop );
			return shop;
		},
		async connect( name, shop ) {
			shop.consumerKeys.add( `ck_shop_${ name }` );
			const { exit, body } = await scene.run( 'connectionAdd', {
				file: connectionFileSchema.parse( {
					name,
					store: {
						type: 'woocommerce',
						url: shop.home,
						consumerKey: `ck_shop_${ name }`,
						consumerSecret: `cs_${ name }`,
						webhookSecret: `the-webhook-secret-of-${ name }`,
					},
					brightpearl: {
						account: `acme${ name }`,
						// Nothing listens there.
						apiDomain: 'http://127.0.0.1:1',
						sandbox: true,
						auth: {
							type: 'private-app',
							appRef: 'acme_app',
							accountToken: 'token',
						},
					},
				} ),
				replace: false,
			} );
			if ( exit !== 0 ) {
				throw new Error( JSON.stringify( body ) );
			}
		},
		async pair( shop, connection ) {
			const { body } = await scene.run( 'pair', { connection } );
			const answer = await shop.pair( String( body[ 'code' ] ) );
			if ( answer.status !== 200 ) {
				throw new Error( JSON.stringify( answer.body ) );
			}
		},
		async restart( { begin: again = true } = {} ) {
			await app?.close();
			app = null;
			if ( again ) {
				await begin();
			}
		},
		async beside( work ) {
			const database = await openDatabase( {
				path: join( directory, 'test.db' ),
				key: new Uint8Array( 32 ),
				clock,
				random: systemRandom,
				logger: createLogger( {
					level: 'error',
					destination: { write: () => {} },
				} ),
				owner: 'beside',
			} );
			try {
				return await work( database );
			} finally {
				await database.close();
			}
		},
		async until( holds ) {
			const end = Date.now() + 10_000;
			while ( ! ( await holds() ) ) {
				if ( Date.now() > end ) {
					throw new Error( 'It did not come about.' );
				}
				await systemClock.sleep( 20 );
			}
		},
		async close() {
			await app?.close();
			for ( const shop of shops ) {
				await shop.close();
			}
			rmSync( directory, { recursive: true, force: true } );
		},
	};
	return scene;
}
