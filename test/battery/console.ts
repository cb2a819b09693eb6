/** The battery for what the console reads: settings with their history, search, charts. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StockRun } from '../../src/contracts/answers.ts';
import type { ConnectionRecord } from '../../src/contracts/connection.ts';
import type { Database, LinkChange } from '../../src/contracts/database.ts';
import { HOUR, MINUTE, SECOND } from '../../src/contracts/primitives.ts';
import { settingsSchema } from '../../src/contracts/settings.ts';
import type { Bench, OpenBench } from './bench.ts';
import { connectionFile, SKU_UNKNOWN } from './samples.ts';

const settingsOf = ( delay: string ) =>
	settingsSchema.parse( { orders: { delay } } );

export function runConsoleBattery( name: string, openBench: OpenBench ): void {
	describe( `${ name }: console`, () => {
		let bench: Bench;
		let database: Database;

		beforeEach( async () => {
			bench = await openBench();
			database = await bench.open();
		} );
		afterEach( () => bench.destroy() );

		const nowIso = () => new Date( bench.clock.now() ).toISOString();
		const utc = ( time: number ) => new Date( time ).toISOString();

		describe( 'a connection that is still to be filled in', () => {
			const file = connectionFile( 'main' );
			const begun: ConnectionRecord = {
				...file,
				store: {
					...file.store,
					consumerKey: null,
					consumerSecret: null,
				},
				brightpearl: null,
			};

			test( 'reads back as it was put, and is no file yet', async () => {
				const stored = await database.connections.put( begun );
				expect( stored ).toMatchObject( { record: begun, file: null } );
				await database.close();
				database = await bench.open();
				expect( await database.connections.find( 'main' ) ).toEqual(
					stored
				);
				expect( await database.connections.list() ).toEqual( [
					stored,
				] );
			} );

			test.each< [ string, Partial< ConnectionRecord > ] >( [
				[ 'Brightpearl', { brightpearl: null } ],
				[ 'the consumer key', { store: begun.store } ],
			] )( 'without %s it is no file', async ( _, missing ) => {
				const stored = await database.connections.put( {
					...file,
					...missing,
				} );
				expect( stored.file ).toBeNull();
				expect(
					( await database.connections.put( file ) ).file
				).toEqual( file );
			} );

			test( 'its settings can be saved', async () => {
				await database.connections.put( begun );
				const saved = await database.connections.saveSettings(
					'main',
					settingsOf( '3m' ),
					{ by: 'console', changes: [] }
				);
				expect( saved?.record ).toEqual( {
					...begun,
					settings: settingsOf( '3m' ),
				} );
			} );

			test( 'it is removed, and takes no account along', async () => {
				await database.connections.put( begun );
				await database.connections.put( connectionFile( 'other' ) );
				await database.products.upsert( 'acmeshop', [
					{
						productId: 1,
						sku: 'A',
						stockTracked: true,
						status: null,
					},
				] );
				expect( await database.connections.remove( 'main' ) ).toBe(
					true
				);
				expect( await database.products.count( 'acmeshop' ) ).toBe( 1 );
			} );

			test( 'the webhook secret before stays with the record, not with the file', async () => {
				const record: ConnectionRecord = {
					...file,
					store: {
						...file.store,
						previousWebhookSecret: {
							secret: 'wh_before',
							until: '2026-01-01T01:00:00.000Z',
						},
					},
				};
				await database.connections.put( record );
				const stored = await database.connections.find( 'main' );
				expect( stored?.record ).toEqual( record );
				expect( stored?.file ).toEqual( file );
			} );
		} );

		describe( 'settings', () => {
			const log = ( by: string, to: string ) => ( {
				by,
				changes: [ { key: 'orders.delay', from: '0s', to } ],
			} );

			test( 'what somebody else changed meanwhile is not overwritten', async () => {
				const { connections } = database;
				const seen = (
					await connections.put( connectionFile( 'main' ) )
				).settingsRevision;
				const answers = await Promise.all( [
					connections.saveSettings( 'main', settingsOf( '1m' ), {
						...log( 'Ann', '1m' ),
						expected: seen,
					} ),
					connections.saveSettings( 'main', settingsOf( '2m' ), {
						...log( 'Ben', '2m' ),
						expected: seen,
					} ),
				] );
				const [ won, ...more ] = answers.filter(
					( answer ) => answer !== null
				);
				expect( more ).toEqual( [] );
				const stored = await connections.find( 'main' );
				expect( stored ).toEqual( won );
				expect(
					await connections.settingsHistory( 'main', 10 )
				).toHaveLength( 1 );
				expect(
					await connections.saveSettings(
						'main',
						settingsOf( '3m' ),
						{
							...log( 'Ben', '3m' ),
							expected: stored?.settingsRevision ?? -1,
						}
					)
				).not.toBeNull();
			} );

			test( 'a connection put again with other settings is such a change, with the same is none', async () => {
				const { connections } = database;
				const file = connectionFile( 'main' );
				const first = await connections.put( file );
				const same = await connections.put( {
					...file,
					store: { ...file.store, url: 'https://moved.example.test' },
				} );
				expect( same.settingsRevision ).toBe( first.settingsRevision );
				expect( same.revision ).toBeGreaterThan( first.revision );
				const changed = await connections.put( {
					...file,
					settings: settingsOf( '9m' ),
				} );
				expect( changed.settingsRevision ).toBeGreaterThan(
					first.settingsRevision
				);
			} );

			test( 'a form of a connection that was removed does not fit the one of its name', async () => {
				const { connections } = database;
				const before = await connections.put(
					connectionFile( 'main' )
				);
				await connections.remove( 'main' );
				await connections.put( connectionFile( 'main' ) );
				expect(
					await connections.saveSettings(
						'main',
						settingsOf( '1m' ),
						{
							...log( 'Ann', '1m' ),
							expected: before.settingsRevision,
						}
					)
				).toBeNull();
			} );

			test( 'the history is newest first, of the one connection, as long as asked', async () => {
				const { connections } = database;
				await connections.put( connectionFile( 'main' ) );
				await connections.put( connectionFile( 'other' ) );
				const save = async ( connection: string, by: string ) => {
					await connections.saveSettings(
						connection,
						settingsOf( '1m' ),
						log( by, '1m' )
					);
				};
				await save( 'main', 'Ann' );
				// In the same millisecond.
				await save( 'main', 'Ben' );
				await save( 'other', 'Cid' );
				await bench.clock.advance( HOUR );
				await save( 'main', 'Dan' );
				// What changes nothing is no line.
				await connections.saveSettings( 'main', settingsOf( '1m' ), {
					by: 'Eve',
					changes: [],
				} );
				const history = await connections.settingsHistory( 'main', 10 );
				expect( history.map( ( { by } ) => by ) ).toEqual( [
					'Dan',
					'Ben',
					'Ann',
				] );
				expect( history[ 0 ] ).toEqual( {
					at: nowIso(),
					...log( 'Dan', '1m' ),
				} );
				expect(
					await connections.settingsHistory( 'main', 2 )
				).toEqual( history.slice( 0, 2 ) );
			} );
		} );

		const place = (
			orderId: number,
			placedAt: string | null,
			change: LinkChange = {},
			connection = 'main'
		) =>
			database.orderLinks.save( connection, orderId, {
				placedAt,
				...change,
			} );

		describe( 'the order list', () => {
			const day = ( n: number ) =>
				`2026-01-${ String( n ).padStart( 2, '0' ) }T00:00:00Z`;

			async function found( filter: object ) {
				const page = await database.orderLinks.list( {
					connection: 'main',
					limit: 50,
					...filter,
				} );
				expect( page?.total ).toBe( page?.items.length );
				return page?.items.map( ( link ) => link.orderId );
			}

			test( 'a search begins a number, or is an order id or a sales order id', async () => {
				await place( 10, day( 1 ), { number: '1234' } );
				await place( 11, day( 2 ), { number: '123' } );
				await place( 12, day( 3 ), { number: '0123' } );
				await place( 123, day( 4 ), { number: null } );
				await place( 14, day( 5 ), { number: '9', salesOrderId: 123 } );
				await place( 15, day( 6 ), {
					number: '9',
					salesOrderId: 1234,
				} );
				// By all three, and found once.
				await place( 1236, day( 7 ), {
					number: '1236',
					salesOrderId: 1236,
				} );
				await place( 123, day( 8 ), { number: '123' }, 'other' );
				expect( await found( { search: '123' } ) ).toEqual( [
					1236, 14, 123, 11, 10,
				] );
				expect( await found( { search: '1236' } ) ).toEqual( [ 1236 ] );
				expect( await found( { search: '0123' } ) ).toEqual( [ 12 ] );
				expect( await found( { search: '77' } ) ).toEqual( [] );
			} );

			test( 'letters and signs in numbers are plain text', async () => {
				await place( 1, day( 1 ), { number: 'WEB-%1' } );
				await place( 2, day( 2 ), { number: 'WEB-11' } );
				await place( 3, day( 3 ), { number: '#Ö-1' } );
				expect( await found( { search: 'WEB-%' } ) ).toEqual( [ 1 ] );
				expect( await found( { search: 'WEB-' } ) ).toEqual( [ 2, 1 ] );
				expect( await found( { search: '#Ö' } ) ).toEqual( [ 3 ] );
				expect( await found( { search: '_' } ) ).toEqual( [] );
			} );

			test( 'a number that changes is found by the new one', async () => {
				await place( 1, day( 1 ), { number: 'A1' } );
				await place( 1, day( 1 ), { number: 'B1' } );
				expect( await found( { search: 'A' } ) ).toEqual( [] );
				expect( await found( { search: 'B' } ) ).toEqual( [ 1 ] );
			} );

			test( 'until is placed before, and an unknown time is before nothing', async () => {
				await place( 1, day( 1 ) );
				await place( 2, day( 2 ) );
				await place( 3, day( 3 ) );
				await place( 4, null );
				expect( await found( { until: day( 3 ) } ) ).toEqual( [
					2, 1,
				] );
				expect(
					await found( { since: day( 2 ), until: day( 3 ) } )
				).toEqual( [ 2 ] );
				expect(
					await found( { since: day( 3 ), until: day( 2 ) } )
				).toEqual( [] );
			} );

			test( 'the filters hold together with a search', async () => {
				await place( 1, day( 1 ), { number: '51', state: 'synced' } );
				await place( 2, day( 2 ), { number: '52', state: 'problem' } );
				await place( 3, day( 3 ), { number: '53', state: 'synced' } );
				await place( 5, day( 4 ), { number: '9', state: 'synced' } );
				const search = '5';
				expect( await found( { search, state: 'synced' } ) ).toEqual( [
					5, 3, 1,
				] );
				expect(
					await found( { search, state: 'synced', until: day( 4 ) } )
				).toEqual( [ 3, 1 ] );
				expect( await found( { search, since: day( 3 ) } ) ).toEqual( [
					5, 3,
				] );
			} );

			test( 'pages of a search stand still while new orders come', async () => {
				for ( let n = 1; n <= 9; n++ ) {
					await place( n, day( n ), {
						number: n % 2 === 0 ? `7-${ n }` : null,
						...( n % 2 === 1 && { salesOrderId: 7 } ),
					} );
				}
				const seen: number[] = [];
				let cursor: string | null = null;
				let totals: ( number | undefined )[] = [];
				do {
					const page: Awaited<
						ReturnType< Database[ 'orderLinks' ][ 'list' ] >
					> = await database.orderLinks.list( {
						connection: 'main',
						search: '7',
						limit: 2,
						...( cursor === null ? {} : { cursor } ),
					} );
					seen.push(
						...( page?.items.map( ( link ) => link.orderId ) ?? [] )
					);
					totals = [ ...totals, page?.total ];
					cursor = page?.nextCursor ?? null;
					await place( 100 + seen.length, day( 20 ), {
						number: `7-${ seen.length }`,
					} );
				} while ( cursor !== null );
				expect( seen ).toEqual( [ 9, 8, 7, 6, 5, 4, 3, 2, 1 ] );
				expect( totals ).toEqual( [ 9, 10, 11, 12, 13 ] );
			} );
		} );

		describe( 'activity', () => {
			const from = Date.UTC( 2026, 0, 1 );
			const quiet = { placed: 0, pushed: 0, latency: null };

			test( 'what is placed and pushed is counted where it belongs, to the millisecond', async () => {
				await place( 1, utc( from - 1 ) );
				await place( 2, utc( from ) );
				await place( 3, utc( from + HOUR - 1 ) );
				await place( 4, utc( from + HOUR ), {
					pushedAt: utc( from + 2 * HOUR ),
				} );
				await place( 5, utc( from + 3 * HOUR ) );
				await place( 6, null, {
					pushedAt: utc( from + 3 * HOUR - 1 ),
				} );
				await place( 7, utc( from - 10 * HOUR ), {
					pushedAt: utc( from + 3 * HOUR ),
				} );
				expect(
					await database.orderLinks.activity(
						'main',
						from,
						from + 3 * HOUR,
						HOUR
					)
				).toEqual( [
					{ ...quiet, at: utc( from ), placed: 2 },
					{ ...quiet, at: utc( from + HOUR ), placed: 1 },
					{
						at: utc( from + 2 * HOUR ),
						placed: 0,
						pushed: 2,
						latency: 3600,
					},
				] );
			} );

			test( 'latency is the median, in seconds, and never before the order', async () => {
				const push = ( orderId: number, after: number ) =>
					place( orderId, utc( from ), {
						pushedAt: utc( from + after ),
					} );
				const latency = async () =>
					(
						await database.orderLinks.activity(
							'main',
							from - MINUTE,
							from + HOUR,
							2 * HOUR
						)
					)[ 0 ]?.latency;
				await push( 1, -5 * SECOND );
				expect( await latency() ).toBe( 0 );
				await push( 2, 10 * SECOND );
				await push( 3, 500 * SECOND );
				expect( await latency() ).toBe( 10 );
				await push( 4, 11 * SECOND );
				expect( await latency() ).toBe( 10.5 );
			} );

			test( 'where nothing happened stand zeros', async () => {
				expect(
					await database.orderLinks.activity(
						null,
						from,
						from + 2 * HOUR,
						HOUR
					)
				).toEqual( [
					{ ...quiet, at: utc( from ) },
					{ ...quiet, at: utc( from + HOUR ) },
				] );
				expect(
					await database.stockRuns.activity(
						'main',
						from,
						from + HOUR,
						HOUR
					)
				).toEqual( [
					{ at: utc( from ), runs: 0, changed: 0, failed: 0 },
				] );
			} );

			test( 'two connections are counted apart, or both together', async () => {
				const { orderLinks, stockRuns } = database;
				for ( const connection of [ 'main', 'other' ] ) {
					await database.connections.put(
						connectionFile( connection )
					);
					await place(
						1,
						utc( from ),
						{ pushedAt: utc( from + MINUTE ) },
						connection
					);
					await save( connection, { changed: 3, failed: 1 } );
				}
				await place( 2, utc( from ), {}, 'other' );
				const orders = async ( connection: string | null ) =>
					(
						await orderLinks.activity(
							connection,
							from,
							from + HOUR,
							HOUR
						)
					)[ 0 ];
				const stock = async ( connection: string | null ) =>
					(
						await stockRuns.activity(
							connection,
							from,
							from + HOUR,
							HOUR
						)
					)[ 0 ];
				expect( await orders( 'main' ) ).toMatchObject( {
					placed: 1,
					pushed: 1,
				} );
				expect( await orders( null ) ).toMatchObject( {
					placed: 3,
					pushed: 2,
					latency: 60,
				} );
				expect( await stock( 'main' ) ).toMatchObject( {
					runs: 1,
					changed: 3,
					failed: 1,
				} );
				expect( await stock( null ) ).toMatchObject( {
					runs: 2,
					changed: 6,
					failed: 2,
				} );
			} );

			test( 'a run counts where it began; a dry run is none', async () => {
				await save( 'main', { changed: 1 } );
				await bench.clock.advance( HOUR );
				await save( 'main', { changed: 2 } );
				await save( 'main', { changed: 4, dryRun: true } );
				await bench.clock.advance( HOUR );
				await save( 'main', { changed: 8 } );
				expect(
					await database.stockRuns.activity(
						'main',
						from,
						from + 2 * HOUR,
						HOUR
					)
				).toEqual( [
					{ at: utc( from ), runs: 1, changed: 1, failed: 0 },
					{ at: utc( from + HOUR ), runs: 1, changed: 2, failed: 0 },
				] );
			} );
		} );

		/** A run that took a second. */
		async function save(
			connection: string,
			told: { changed?: number; failed?: number; dryRun?: boolean } = {}
		): Promise< StockRun > {
			const { stockRuns } = database;
			const runId = await stockRuns.start(
				connection,
				told.dryRun ?? false
			);
			const begun = await stockRuns.find( connection, runId );
			if ( ! begun ) {
				throw new Error( 'The run was not kept.' );
			}
			const run: StockRun = {
				...begun,
				state: 'done',
				finishedAt: utc( bench.clock.now() + SECOND ),
				skus: {
					...begun.skus,
					changed: told.changed ?? 0,
					failed: told.failed ?? 0,
				},
				errors: [ { sku: null, code: 'x', message: 'y' } ],
			};
			await stockRuns.save( connection, run );
			return run;
		}

		describe( 'the list of stock runs', () => {
			test( 'is newest first, page by page, without the changes', async () => {
				const { stockRuns } = database;
				const runs: StockRun[] = [];
				for ( let n = 0; n < 5; n++ ) {
					runs.unshift( await save( 'main', { changed: n } ) );
					await save( 'other' );
				}
				const begunOnly = await stockRuns.start( 'main', true );
				const first = await stockRuns.list( 'main', 4 );
				expect( first?.items[ 0 ] ).toMatchObject( {
					runId: begunOnly,
					dryRun: true,
					finishedAt: null,
					errors: 0,
				} );
				const { state, startedAt, finishedAt, requests, skus } =
					runs[ 0 ]!;
				expect( first?.items[ 1 ] ).toEqual( {
					runId: runs[ 0 ]?.runId,
					dryRun: false,
					errors: 1,
					...{ state, startedAt, finishedAt, requests, skus },
				} );
				// One that begins meanwhile moves nothing.
				await save( 'main' );
				const second = await stockRuns.list(
					'main',
					4,
					first?.nextCursor ?? ''
				);
				expect( second?.nextCursor ).toBeNull();
				expect(
					[
						...( first?.items ?? [] ),
						...( second?.items ?? [] ),
					].map( ( run ) => run.runId )
				).toEqual( [ begunOnly, ...runs.map( ( run ) => run.runId ) ] );
			} );

			test.each( [ '', 'nonsense', '-1', '1.5' ] )(
				'the cursor %j is refused',
				async ( cursor ) => {
					expect(
						await database.stockRuns.list( 'main', 5, cursor )
					).toBeNull();
				}
			);
		} );

		test( 'problems of several subjects are found at once, oldest first', async () => {
			const { problems } = database;
			for ( const subject of [ 'order:2', 'order:1', 'order:3' ] ) {
				await problems.raise( 'main', subject, SKU_UNKNOWN );
			}
			await problems.raise( 'other', 'order:1', SKU_UNKNOWN );
			const subjects = async ( subject: readonly string[] ) =>
				( await problems.list( { connection: 'main', subject } ) ).map(
					( problem ) => problem.subject
				);
			expect( await subjects( [ 'order:1', 'order:2' ] ) ).toEqual( [
				'order:2',
				'order:1',
			] );
			expect( await subjects( [] ) ).toEqual( [] );
			const many = Array.from( { length: 1200 }, ( _, n ) => `x:${ n }` );
			expect( await subjects( [ ...many, 'order:3' ] ) ).toEqual( [
				'order:3',
			] );
		} );
	} );
}
