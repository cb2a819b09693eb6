/** The battery for the repositories: what every engine behind the port must do. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { settingsSchema } from '../../src/contracts/settings.ts';
import type { StockChange, StockRun } from '../../src/contracts/answers.ts';
import {
	accountScope,
	type CachedProduct,
	type Database,
	type LinkChange,
} from '../../src/contracts/database.ts';
import { taskKey, type Lease } from '../../src/contracts/queue.ts';
import type { Bench, OpenBench } from './bench.ts';
import { accountTraces, fillAccount } from './brightpearl.ts';
import { connectionFile, SKU_UNKNOWN, TOKEN } from './samples.ts';

const DAYS = { from: '2026-01-01', to: '2026-01-31', there: 4 };
const DELAYED = settingsSchema.parse( { orders: { delay: '2m' } } );

export function runDatabaseBattery( name: string, openBench: OpenBench ): void {
	describe( `${ name }: database`, () => {
		let bench: Bench;
		let database: Database;

		beforeEach( async () => {
			bench = await openBench();
			database = await bench.open();
		} );
		afterEach( () => bench.destroy() );

		const nowIso = () => new Date( bench.clock.now() ).toISOString();

		async function reopen(): Promise< void > {
			await database.close();
			database = await bench.open();
		}

		describe( 'connections', () => {
			test( 'a connection reads back as it was put, also after a restart', async () => {
				const file = connectionFile( 'main' );
				const stored = await database.connections.put( file );
				expect( stored ).toEqual( {
					record: file,
					file,
					revision: stored.revision,
					settingsRevision: stored.settingsRevision,
					pushedOnce: false,
					createdAt: nowIso(),
					updatedAt: nowIso(),
				} );
				await reopen();
				expect( await database.connections.find( 'main' ) ).toEqual(
					stored
				);
				expect( await database.connections.find( 'none' ) ).toBeNull();
			} );

			test( 'pointers to secrets stay pointers', async () => {
				const file = connectionFile( 'main' );
				const pointing = {
					...file,
					store: {
						...file.store,
						consumerKey: { env: 'WOO_KEY' },
						consumerSecret: { file: '/run/secrets/woo' },
					},
				};
				await database.connections.put( pointing );
				expect(
					( await database.connections.find( 'main' ) )?.file
				).toEqual( pointing );
			} );

			test( 'putting it again replaces the file and keeps the ledger', async () => {
				const first = await database.connections.put(
					connectionFile( 'main' )
				);
				await database.connections.markPushed( 'main' );
				await database.connections.saveToken( 'main', TOKEN );
				await database.orderLinks.save( 'main', 1, {} );
				await database.cursors.set( 'main', 'orders', 'x' );
				await bench.clock.advance( 1000 );
				const second = await database.connections.put(
					connectionFile( 'main', 'other' )
				);
				expect( second ).toMatchObject( {
					file: { brightpearl: { account: 'other' } },
					pushedOnce: true,
					createdAt: first.createdAt,
					updatedAt: nowIso(),
				} );
				expect( second.revision ).toBeGreaterThan( first.revision );
				expect( await database.connections.token( 'main' ) ).toEqual(
					TOKEN
				);
				expect(
					await database.orderLinks.find( 'main', 1 )
				).not.toBeNull();
				expect(
					await database.cursors.get( 'main', 'orders' )
				).not.toBeNull();
			} );

			test( 'settings are saved alone, and raise both revisions', async () => {
				const before = await database.connections.put(
					connectionFile( 'main' )
				);
				const after = await database.connections.saveSettings(
					'main',
					DELAYED,
					{ by: 'console', changes: [] }
				);
				expect( after?.file ).toEqual( {
					...before.file,
					settings: DELAYED,
				} );
				expect( after?.revision ).toBeGreaterThan( before.revision );
				expect( after?.settingsRevision ).toBeGreaterThan(
					before.settingsRevision
				);
				await expect(
					database.connections.saveSettings( 'none', DELAYED, {
						by: 'console',
						changes: [],
					} )
				).rejects.toThrow( 'none' );
			} );

			test( 'a token is kept apart and does not touch the revision', async () => {
				const { revision } = await database.connections.put(
					connectionFile( 'main' )
				);
				expect( await database.connections.token( 'main' ) ).toBeNull();
				await database.connections.saveToken( 'main', TOKEN );
				await database.connections.saveToken( 'main', {
					...TOKEN,
					apiDomain: null,
				} );
				expect( await database.connections.token( 'main' ) ).toEqual( {
					...TOKEN,
					apiDomain: null,
				} );
				expect(
					( await database.connections.find( 'main' ) )?.revision
				).toBe( revision );
				await database.connections.saveToken( 'main', null );
				expect( await database.connections.token( 'main' ) ).toBeNull();
			} );

			test( 'one that was removed is not made again by a change of it', async () => {
				const { connections } = database;
				const file = connectionFile( 'main' );
				await connections.put( file );
				await connections.remove( 'main' );
				expect( await connections.replace( file ) ).toBeNull();
				expect( await connections.find( 'main' ) ).toBeNull();
				const { revision } = await connections.put( file );
				const changed = await connections.replace( {
					...file,
					store: { ...file.store, url: 'https://new.example.test' },
				} );
				expect( changed?.revision ).toBeGreaterThan( revision );
				expect( changed?.record.store.url ).toBe(
					'https://new.example.test'
				);
			} );

			test( 'they are listed by name', async () => {
				await database.connections.put( connectionFile( 'shop-b' ) );
				await database.connections.put( connectionFile( 'shop-a' ) );
				const names = ( await database.connections.list() ).map(
					( one ) => one.record.name
				);
				expect( names ).toEqual( [ 'shop-a', 'shop-b' ] );
			} );

			/** Something of a connection in every repository. */
			async function fill( connection: string ) {
				await database.connections.put(
					connectionFile( connection, `${ connection }-account` )
				);
				await database.connections.saveToken( connection, TOKEN );
				await database.orderLinks.save( connection, 1, {} );
				await database.problems.raise(
					connection,
					'order:1',
					SKU_UNKNOWN
				);
				await database.cache.put( connection, 'k', 1, null );
				await database.cache.put(
					`${ connection }/contacts`,
					'k',
					1,
					null
				);
				await database.cache.put(
					accountScope( `${ connection }-account` ),
					'k',
					1,
					null
				);
				await database.products.upsert( `${ connection }-account`, [
					product( 1, 'A' ),
				] );
				await fillAccount( database, `${ connection }-account` );
				await database.consents.add( {
					stateHash: `state of ${ connection }`,
					connection,
					redirectUri: 'https://pearl.example.test',
					expiresAt: bench.clock.now() + 1000,
				} );
				const runId = await database.stockRuns.start(
					connection,
					false
				);
				await database.stockRuns.recordWrites( connection, runId, [
					change( 'A', 1 ),
				] );
				const backfillId = await database.backfills.start(
					connection,
					[ 1 ],
					DAYS
				);
				await database.aliases.replaceAll( connection, [
					{ sku: 'MUG 1', alias: 'MUG-1' },
				] );
				await database.cursors.set( connection, 'orders', 'x' );
				await database.schedules.ensure(
					`${ connection }/sweep`,
					1000
				);
				const key = taskKey( connection, 'order', 1 );
				await database.queue.enqueue( [
					{ key, kind: 'order', connection },
					{
						key: taskKey( connection, 'order', 2 ),
						kind: 'order',
						connection,
					},
				] );
				const task = await database.queue.claim( { only: [ key ] } );
				if ( ! task ) {
					throw new Error( 'There was nothing to claim.' );
				}
				const entry = {
					connection,
					subject: 'order:1',
					step: 'CreateOrder',
					ref: null,
				};
				expect(
					await database.journal.intent( task.lease, entry )
				).toBe( true );
				return { runId, backfillId, task, entry };
			}

			async function traces(
				connection: string,
				runId: number,
				backfillId: number
			) {
				const {
					connections,
					orderLinks,
					problems,
					cache,
					products,
					stockRuns,
					backfills,
					cursors,
				} = database;
				return {
					connection:
						( await connections.find( connection ) ) !== null,
					token: ( await connections.token( connection ) ) !== null,
					link: ( await orderLinks.find( connection, 1 ) ) !== null,
					journal:
						( await database.journal.list( connection, 'order:1' ) )
							.length > 0,
					problem: ( await problems.count( connection ) ) > 0,
					cache: ( await cache.get( connection, 'k' ) ) !== undefined,
					cacheBelow:
						( await cache.get(
							`${ connection }/contacts`,
							'k'
						) ) !== undefined,
					cacheOfAccount:
						( await cache.get(
							accountScope( `${ connection }-account` ),
							'k'
						) ) !== undefined,
					products:
						( await products.count( `${ connection }-account` ) ) >
						0,
					...( await accountTraces(
						database,
						`${ connection }-account`
					) ),
					run: ( await stockRuns.find( connection, runId ) ) !== null,
					write:
						( await stockRuns.lastWrite( connection, 'A' ) ) !==
						null,
					backfill:
						( await backfills.find( connection, backfillId ) ) !==
						null,
					aliases:
						( await database.aliases.list( connection ) ).length >
						0,
					cursor:
						( await cursors.get( connection, 'orders' ) ) !== null,
					tasks:
						( await database.queue.find(
							taskKey( connection, 'order', 2 )
						) ) !== null,
				};
			}

			test( 'removing takes everything of it, and nothing of another', async () => {
				const main = await fill( 'main' );
				const other = await fill( 'main-2' );
				expect(
					await traces( 'main', main.runId, main.backfillId )
				).toEqual( everything( true ) );
				expect( await database.connections.remove( 'main' ) ).toBe(
					true
				);
				expect( await database.connections.remove( 'main' ) ).toBe(
					false
				);
				expect(
					await traces( 'main', main.runId, main.backfillId )
				).toEqual( everything( false ) );
				expect(
					await traces( 'main-2', other.runId, other.backfillId )
				).toEqual( everything( true ) );
				expect(
					await database.schedules.due( bench.clock.now() )
				).toEqual( [ 'main-2/sweep' ] );

				// Whoever still works on it can begin nothing more, and settles nothing.
				expect(
					await database.journal.intent( main.task.lease, main.entry )
				).toBe( false );
				expect(
					await database.queue.settle( main.task.lease, {
						kind: 'done',
					} )
				).toBe( false );
				expect(
					await database.journal.intent(
						other.task.lease,
						other.entry
					)
				).toBe( true );
			} );

			test( 'removing takes its consents, and nobody else’s', async () => {
				await fill( 'main' );
				await fill( 'main-2' );
				await database.connections.remove( 'main' );
				expect(
					await database.consents.take( 'state of main' )
				).toBeNull();
				expect(
					await database.consents.take( 'state of main-2' )
				).toMatchObject( { connection: 'main-2' } );
			} );

			function everything( there: boolean ) {
				return {
					connection: there,
					token: there,
					link: there,
					journal: there,
					problem: there,
					cache: there,
					cacheBelow: there,
					cacheOfAccount: there,
					products: there,
					contacts: there,
					bundles: there,
					drift: there,
					run: there,
					write: there,
					backfill: there,
					aliases: there,
					cursor: there,
					tasks: there,
				};
			}

			test( 'an account that another connection shares keeps its products', async () => {
				await database.connections.put( connectionFile( 'a' ) );
				await database.connections.put( connectionFile( 'b' ) );
				await database.products.upsert( 'acmeshop', [
					product( 1, 'A' ),
				] );
				await database.connections.remove( 'a' );
				expect( await database.products.count( 'acmeshop' ) ).toBe( 1 );
				await database.connections.remove( 'b' );
				expect( await database.products.count( 'acmeshop' ) ).toBe( 0 );
			} );

			test( 'a name that comes back is not taken for the one that was', async () => {
				const before = await database.connections.put(
					connectionFile( 'main' )
				);
				await database.connections.markPushed( 'main' );
				await database.connections.remove( 'main' );
				const after = await database.connections.put(
					connectionFile( 'main' )
				);
				expect( after.revision ).toBeGreaterThan( before.revision );
				expect( after.pushedOnce ).toBe( false );
			} );
		} );

		describe( 'order links', () => {
			const whole: Required< LinkChange > = {
				number: '1001-A',
				state: 'synced',
				storeStatus: 'processing',
				placedAt: '2026-01-02T10:00:00Z',
				modifiedAt: '2026-01-02T10:05:00Z',
				currency: 'GBP',
				total: '12.30',
				salesOrderId: 500,
				decision: 'held',
				forced: true,
				gone: 'trashed',
				lines: [
					{
						lineId: 1,
						productId: 2,
						variationId: 0,
						sku: 'MUG-1',
						reduced: 2,
					},
				],
				refunds: [ 9 ],
				payments: [
					{
						n: 1,
						amount: '12.30',
						paidAt: '2026-01-02T10:00:00Z',
						paymentId: null,
						reversed: { paymentId: null },
					},
				],
				credits: [
					{
						refundId: 9,
						salesCreditId: 501,
						total: '2.05',
						refund: {
							amount: '2.05',
							paymentId: 7,
							reversed: { paymentId: 8 },
						},
						emptied: true,
						settled: false,
					},
				],
				contactId: 44,
				customerKey: 'digest',
				reserved: { 'line-1': 2 },
				pushed: {
					storeStatus: 'processing',
					statusId: null,
					rows: [
						{
							ref: 'line-1',
							mark: 'm',
							productId: 1007,
							name: 'Mug',
							quantity: '2',
							taxCode: 'T20',
							net: '10.25',
							tax: '2.05',
							nominalCode: null,
							found: {
								rowId: 3,
								productId: 1007,
								quantity: '2',
								net: '10.25',
								tax: '2.05',
								taxCode: 'T20',
							},
						},
					],
					parts: {
						reference: { mark: 'a', found: 'b' },
						billing: { mark: 'c', found: null },
						delivery: { mark: 'd', found: 'e' },
						shippingMethod: { mark: 'f', found: 'g' },
					},
				},
				cancelled: true,
				notes: [ 'note-4' ],
				fields: { PCF_GIFT: 'yes' },
				writtenBack: {
					salesOrderId: 500,
					statusId: 1,
					status: 'completed',
					noted: true,
				},
				conflicts: [
					{
						what: 'line-1',
						name: 'line "Mug"',
						store: '3 × 5.00',
						brightpearl: 'removed',
					},
				],
				accepted: '["12.30","12.00"]',
				resolve: 'store',
				allocation: {
					state: 'part',
					byLine: { 1: 1 },
					shipped: false,
					confirmedAt: '2026-01-02T10:06:00.000Z',
				},
				pending: [ { type: 'Verify', summary: 'Read it back' } ],
				brightpearl: {
					salesOrderId: 500,
					externalRef: 'shop-1',
					reference: '1001-A',
					contactId: 44,
					statusId: 1,
					total: '12.30',
					tax: '2.05',
					allocation: 'part',
					cancelled: false,
					payments: [],
					credits: [],
				},
				proof: {
					checkedAt: '2026-01-02T10:06:00.000Z',
					matches: true,
					total: { store: '12.30', brightpearl: '12.30' },
					tax: { store: '2.05', brightpearl: '2.05' },
					rows: { planned: 2, found: 2 },
				},
				fingerprint: 'abc',
				pushedAt: '2026-01-02T10:05:30.000Z',
			};

			test( 'a new one begins queued and empty', async () => {
				expect(
					await database.orderLinks.save( 'main', 7, {} )
				).toEqual( {
					connection: 'main',
					orderId: 7,
					number: null,
					state: 'queued',
					storeStatus: null,
					placedAt: null,
					modifiedAt: null,
					currency: null,
					total: null,
					salesOrderId: null,
					decision: null,
					forced: false,
					gone: null,
					lines: [],
					refunds: [],
					payments: [],
					credits: [],
					contactId: null,
					customerKey: null,
					allocation: null,
					reserved: null,
					pushed: null,
					cancelled: false,
					notes: [],
					fields: {},
					writtenBack: null,
					conflicts: [],
					accepted: null,
					resolve: null,
					pending: [],
					brightpearl: null,
					proof: null,
					fingerprint: null,
					pushedAt: null,
					updatedAt: nowIso(),
				} );
			} );

			test( 'every field reads back as it was saved, also after a restart', async () => {
				const saved = await database.orderLinks.save(
					'main',
					7,
					whole
				);
				expect( saved ).toEqual( {
					...whole,
					connection: 'main',
					orderId: 7,
					updatedAt: nowIso(),
				} );
				await reopen();
				expect( await database.orderLinks.find( 'main', 7 ) ).toEqual(
					saved
				);
				expect(
					await database.orderLinks.find( 'other', 7 )
				).toBeNull();
			} );

			test( 'a change touches only the fields it names', async () => {
				await database.orderLinks.save( 'main', 7, whole );
				await bench.clock.advance( 1000 );
				const changed = await database.orderLinks.save( 'main', 7, {
					total: '13.00',
					decision: null,
				} );
				expect( changed ).toEqual( {
					...whole,
					total: '13.00',
					decision: null,
					connection: 'main',
					orderId: 7,
					updatedAt: nowIso(),
				} );
			} );

			test( 'changes at the same time are both kept', async () => {
				await Promise.all( [
					database.orderLinks.save( 'main', 7, { number: '7' } ),
					database.orderLinks.save( 'main', 7, { total: '5.00' } ),
					database.orderLinks.save( 'main', 7, { contactId: 3 } ),
				] );
				expect(
					await database.orderLinks.find( 'main', 7 )
				).toMatchObject( {
					number: '7',
					total: '5.00',
					contactId: 3,
				} );
			} );

			test( 'many are found at once, more than an engine takes parameters', async () => {
				for ( const id of [ 3, 1, 2 ] ) {
					await database.orderLinks.save( 'main', id, {} );
				}
				const ids = [
					3,
					1,
					...Array.from(
						{ length: 40_000 },
						( _, index ) => 1000 + index
					),
				];
				const found = await database.orderLinks.findMany( 'main', ids );
				expect( found.map( ( link ) => link.orderId ) ).toEqual( [
					1, 3,
				] );
				expect(
					await database.orderLinks.findMany( 'main', [] )
				).toEqual( [] );
			} );

			async function placed(
				orderId: number,
				placedAt: string | null,
				change: LinkChange = {}
			) {
				await database.orderLinks.save( 'main', orderId, {
					placedAt,
					...change,
				} );
			}

			async function pages( limit: number, more = {} ) {
				const ids: number[][] = [];
				let cursor: string | null | undefined;
				do {
					const page = await database.orderLinks.list( {
						connection: 'main',
						limit,
						...more,
						...( typeof cursor === 'string' && { cursor } ),
					} );
					ids.push(
						page?.items.map( ( link ) => link.orderId ) ?? []
					);
					cursor = page?.nextCursor ?? undefined;
				} while ( cursor !== undefined );
				return ids;
			}

			test( 'a list is newest placed first, page by page, each once', async () => {
				await placed( 1, '2026-01-01T00:00:00Z' );
				await placed( 2, '2026-01-03T00:00:00Z' );
				await placed( 3, '2026-01-02T00:00:00Z' );
				// The same instant, written in two ways, and in between two others.
				await placed( 4, '2026-01-02T00:00:00.000Z' );
				await placed( 5, '2026-01-02T00:00:00.500Z' );
				await placed( 6, null );
				await placed( 7, null );
				await database.orderLinks.save( 'other', 8, {
					placedAt: '2026-01-09T00:00:00Z',
				} );
				expect( await pages( 10 ) ).toEqual( [
					[ 2, 5, 4, 3, 1, 7, 6 ],
				] );
				expect( await pages( 3 ) ).toEqual( [
					[ 2, 5, 4 ],
					[ 3, 1, 7 ],
					[ 6 ],
				] );
				expect( await pages( 7 ) ).toHaveLength( 1 );
			} );

			test( 'a list filters by state and time, and counts without the page', async () => {
				await placed( 1, '2026-01-01T00:00:00Z', { state: 'synced' } );
				await placed( 2, '2026-01-02T00:00:00Z', { state: 'synced' } );
				await placed( 3, '2026-01-03T00:00:00Z', { state: 'problem' } );
				await placed( 4, '2026-01-04T00:00:00Z', { state: 'synced' } );
				await placed( 5, null, { state: 'synced' } );
				expect(
					await pages( 1, {
						state: 'synced',
						since: '2026-01-02T00:00:00Z',
					} )
				).toEqual( [ [ 4 ], [ 2 ] ] );
				const first = await database.orderLinks.list( {
					connection: 'main',
					state: 'synced',
					limit: 1,
				} );
				expect( first?.total ).toBe( 4 );
				const second = await database.orderLinks.list( {
					connection: 'main',
					state: 'synced',
					limit: 1,
					cursor: first?.nextCursor ?? '',
				} );
				expect( second?.total ).toBe( 4 );
				expect(
					await database.orderLinks.list( {
						connection: 'none',
						limit: 5,
					} )
				).toEqual( {
					items: [],
					total: 0,
					nextCursor: null,
				} );
			} );

			test( 'a cursor stays where it was when newer orders come', async () => {
				for ( const day of [ 1, 2, 3, 4 ] ) {
					await placed( day, `2026-01-0${ day }T00:00:00Z` );
				}
				const first = await database.orderLinks.list( {
					connection: 'main',
					limit: 2,
				} );
				await placed( 9, '2026-01-09T00:00:00Z' );
				const second = await database.orderLinks.list( {
					connection: 'main',
					limit: 2,
					cursor: first?.nextCursor ?? '',
				} );
				expect( second?.items.map( ( link ) => link.orderId ) ).toEqual(
					[ 2, 1 ]
				);
			} );

			test.each( [ '', 'nonsense', 'MTIz', '0:1' ] )(
				'the cursor %j is refused',
				async ( cursor ) => {
					expect(
						await database.orderLinks.list( {
							connection: 'main',
							limit: 2,
							cursor,
						} )
					).toBeNull();
				}
			);

			test( 'a list filters by customer and by problem', async () => {
				const day = ( n: number ) => `2026-01-0${ n }T00:00:00Z`;
				await placed( 1, day( 1 ), { customerKey: 'k' } );
				await placed( 2, day( 2 ), { customerKey: 'other' } );
				await placed( 3, day( 3 ), { customerKey: 'k' } );
				await placed( 13, day( 4 ), { customerKey: null } );
				await database.orderLinks.save( 'other', 4, {
					customerKey: 'k',
				} );
				for ( const subject of [ 'order:1', 'order:2', 'sku:13' ] ) {
					await database.problems.raise(
						'main',
						subject,
						SKU_UNKNOWN
					);
				}
				await database.problems.raise( 'main', 'order:3', {
					...SKU_UNKNOWN,
					code: 'total-mismatch',
				} );
				await database.problems.raise(
					'other',
					'order:13',
					SKU_UNKNOWN
				);
				expect( await pages( 9, { customerKey: 'k' } ) ).toEqual( [
					[ 3, 1 ],
				] );
				expect( await pages( 9, { problem: 'sku-unknown' } ) ).toEqual(
					[ [ 2, 1 ] ]
				);
				expect(
					await pages( 9, {
						problem: 'sku-unknown',
						customerKey: 'k',
					} )
				).toEqual( [ [ 1 ] ] );
				await database.problems.clear( 'main', 'order:2' );
				expect( await pages( 9, { problem: 'sku-unknown' } ) ).toEqual(
					[ [ 1 ] ]
				);
				await placed( 1, day( 1 ), { customerKey: 'new' } );
				expect( await pages( 9, { customerKey: 'k' } ) ).toEqual( [
					[ 3 ],
				] );
				expect(
					( await database.orderLinks.find( 'main', 1 ) )?.customerKey
				).toBe( 'new' );
			} );

			test( 'links are found by their sales orders', async () => {
				await placed( 1, null, { salesOrderId: 500 } );
				await placed( 2, null, { salesOrderId: 400 } );
				await placed( 3, null, {} );
				await database.orderLinks.save( 'other', 9, {
					salesOrderId: 500,
				} );
				const found = async ( ids: readonly number[] ) =>
					(
						await database.orderLinks.bySalesOrder( 'main', ids )
					).map( ( link ) => link.orderId );
				expect( await found( [ 400, 500, 600 ] ) ).toEqual( [ 1, 2 ] );
				expect( await found( [ 600 ] ) ).toEqual( [] );
				expect( await found( [] ) ).toEqual( [] );
				expect(
					await found( [
						500,
						...Array.from(
							{ length: 40_000 },
							( _, n ) => n + 600
						),
					] )
				).toEqual( [ 1 ] );
			} );

			test( 'they are counted by state', async () => {
				await placed( 1, null, { state: 'synced' } );
				await placed( 2, null, { state: 'synced' } );
				await placed( 3, null, { state: 'problem' } );
				expect(
					await database.orderLinks.countByState( 'main' )
				).toEqual( { synced: 2, problem: 1 } );
				expect(
					await database.orderLinks.countByState( 'none' )
				).toEqual( {} );
			} );

			test( 'open are those whose stock may be in flight; watched those that have not ended', async () => {
				const line = {
					lineId: 1,
					productId: 2,
					variationId: 0,
					sku: 'A',
					reduced: 1,
				};
				const lines = [ { ...line, reduced: 0 }, line ];
				const shipped = {
					state: 'all',
					byLine: {},
					shipped: true,
					confirmedAt: nowIso(),
				} as const;
				const save = ( id: number, change: LinkChange ) =>
					database.orderLinks.save( 'main', id, {
						storeStatus: 'processing',
						lines,
						...change,
					} );
				await save( 1, {} );
				await save( 2, { lines: [ { ...line, reduced: 0 } ] } );
				await save( 3, { lines: [] } );
				await save( 4, { gone: 'trashed' } );
				await save( 5, { gone: 'deleted' } );
				await save( 6, { storeStatus: 'cancelled' } );
				await save( 7, { storeStatus: null } );
				await save( 8, { allocation: shipped } );
				await save( 9, { allocation: { ...shipped, shipped: false } } );
				await save( 10, { decision: 'ignored' } );
				await database.orderLinks.save( 'other', 11, { lines } );
				const ended = [ 'cancelled', 'refunded' ];
				const open = await database.orderLinks.open( 'main', ended );
				expect( open.map( ( link ) => link.orderId ) ).toEqual( [
					1, 7, 9, 10,
				] );
				expect(
					await database.orderLinks.open( 'main', [] )
				).toHaveLength( 5 );

				const watched = async ( afterId: number, limit: number ) =>
					(
						await database.orderLinks.watched(
							'main',
							ended,
							afterId,
							limit
						)
					).map( ( link ) => link.orderId );
				expect( await watched( 0, 100 ) ).toEqual( [
					1, 2, 3, 7, 8, 9, 10,
				] );
				expect( await watched( 2, 3 ) ).toEqual( [ 3, 7, 8 ] );
				expect( await watched( 10, 3 ) ).toEqual( [] );
			} );

			test( 'the last times are of the newest order and the newest push', async () => {
				expect( await database.orderLinks.lastTimes( 'main' ) ).toEqual(
					{
						lastOrderAt: null,
						lastPushAt: null,
					}
				);
				await placed( 1, null );
				await placed( 2, '2026-01-02T00:00:00.000Z', {
					pushedAt: '2026-01-05T00:00:00.000Z',
				} );
				await placed( 3, '2026-01-03T00:00:00.000Z', {
					pushedAt: '2026-01-04T00:00:00.000Z',
				} );
				expect( await database.orderLinks.lastTimes( 'main' ) ).toEqual(
					{
						lastOrderAt: '2026-01-03T00:00:00.000Z',
						lastPushAt: '2026-01-05T00:00:00.000Z',
					}
				);
			} );

			describe( 'silence', () => {
				const FROM = Date.parse( '2026-01-01T00:00:00Z' );
				const waiting = ( withStopped = false ) =>
					database.orderLinks.waiting( 'main', FROM, withStopped );
				const NONE = { count: 0, oldest: null };

				test( 'how long pushes took, of orders placed and pushed since then', async () => {
					const times = () =>
						database.orderLinks.pushTimes( 'main', FROM );
					expect( await times() ).toEqual( [] );
					await placed( 1, '2026-01-02T00:00:00Z', {
						pushedAt: '2026-01-02T00:00:05Z',
					} );
					await placed( 2, '2026-01-02T00:00:00Z', {
						pushedAt: '2026-01-03T00:00:00Z',
					} );
					// The shop's clock is ahead.
					await placed( 3, '2026-01-02T00:00:09Z', {
						pushedAt: '2026-01-02T00:00:07Z',
					} );
					await placed( 4, '2025-12-31T00:00:00Z', {
						pushedAt: '2026-01-02T00:00:00Z',
					} );
					await placed( 5, '2026-01-02T00:00:00Z' );
					await database.orderLinks.save( 'other', 6, {
						placedAt: '2026-01-02T00:00:00Z',
						pushedAt: '2026-01-02T00:00:01Z',
					} );
					expect( await times() ).toEqual( [ 86_400_000, 0, 5000 ] );
				} );

				test( 'orders on their way wait, from when they last changed in the shop', async () => {
					expect( await waiting() ).toEqual( NONE );
					await placed( 1, '2026-01-05T00:00:00Z', {
						state: 'retrying',
						number: '1001',
					} );
					// Placed first, and paid last.
					await placed( 2, '2026-01-02T00:00:00Z', {
						state: 'queued',
						modifiedAt: '2026-01-06T00:00:00Z',
					} );
					await placed( 3, '2026-01-07T00:00:00Z', {
						state: 'working',
					} );
					expect( await waiting() ).toEqual( {
						count: 3,
						oldest: {
							orderId: 1,
							number: '1001',
							since: Date.parse( '2026-01-05T00:00:00Z' ),
						},
					} );
				} );

				test.each< LinkChange >( [
					{ state: 'synced' },
					{ state: 'held' },
					{ state: 'ignored' },
					{ state: 'not-due' },
					{ state: 'problem' },
					{ state: 'queued', placedAt: '2025-12-31T00:00:00Z' },
					{ state: 'queued', placedAt: null },
					{ state: 'queued', pushedAt: '2026-01-02T00:00:01Z' },
					{ state: 'queued', gone: 'trashed' },
				] )( 'one of %j does not', async ( change ) => {
					await placed( 1, '2026-01-02T00:00:00Z', change );
					expect( await waiting() ).toEqual( NONE );
				} );

				test( 'nor does one of a backfill that rests', async () => {
					await placed( 1, '2026-01-02T00:00:00Z', {
						state: 'queued',
					} );
					const id = await database.backfills.start(
						'main',
						[ 1 ],
						DAYS
					);
					expect( ( await waiting() ).count ).toBe( 1 );
					await database.backfills.setState( 'main', id, 'paused' );
					expect( await waiting() ).toEqual( NONE );
					await database.backfills.setState( 'main', id, 'running' );
					expect( ( await waiting() ).count ).toBe( 1 );
				} );

				test( 'what only the connection stops waits, when that is asked', async () => {
					await placed( 1, '2026-01-02T00:00:00Z', {
						state: 'problem',
					} );
					await placed( 12, '2026-01-01T12:00:00Z', {
						state: 'problem',
					} );
					await database.problems.raise(
						'main',
						'order:12',
						SKU_UNKNOWN
					);
					expect( await waiting() ).toEqual( NONE );
					expect( await waiting( true ) ).toMatchObject( {
						count: 1,
						oldest: { orderId: 1 },
					} );
				} );
			} );
		} );

		describe( 'journal', () => {
			async function lease(): Promise< Lease > {
				await database.queue.enqueue( [
					{ key: 'main/order:1', kind: 'order', connection: 'main' },
				] );
				const task = await database.queue.claim();
				if ( ! task ) {
					throw new Error( 'There was nothing to claim.' );
				}
				return task.lease;
			}
			const step = {
				connection: 'main',
				subject: 'order:1',
				step: 'CreateOrder',
				ref: 'shop-1',
			};
			const outcome = {
				...step,
				ref: '500',
				message: 'made',
				ruid: 'r-1',
			};

			test( 'intent and outcome are read oldest first', async () => {
				expect(
					await database.journal.intent( await lease(), step )
				).toBe( true );
				await bench.clock.advance( 1000 );
				await database.journal.outcome( {
					...outcome,
					outcome: 'done',
				} );
				await database.journal.outcome( {
					...outcome,
					subject: 'order:2',
					outcome: 'done',
				} );
				const entries = await database.journal.list(
					'main',
					'order:1'
				);
				expect( entries ).toEqual( [
					{
						at: '2026-01-01T00:00:00.000Z',
						step: 'CreateOrder',
						outcome: 'intent',
						ref: 'shop-1',
						message: null,
						ruid: null,
					},
					{
						at: '2026-01-01T00:00:01.000Z',
						step: 'CreateOrder',
						outcome: 'done',
						ref: '500',
						message: 'made',
						ruid: 'r-1',
					},
				] );
				expect(
					await database.journal.list( 'main', 'order:1', 1 )
				).toEqual( [ entries[ 1 ] ] );
				expect(
					await database.journal.list( 'other', 'order:1' )
				).toEqual( [] );
			} );

			test.each( [
				[ 'done', true ],
				[ 'found', true ],
				[ 'refused', false ],
				[ 'retry', true ],
				[ 'unknown', true ],
			] as const )(
				'after %s a step that had begun is open: %s',
				async ( last, open ) => {
					const isOpen = async () =>
						( await database.journal.lastTry(
							'main',
							'order:1',
							'CreateOrder'
						) ) !== null;
					expect( await isOpen() ).toBe( false );
					await database.journal.intent( await lease(), step );
					expect( await isOpen() ).toBe( true );
					await database.journal.outcome( {
						...outcome,
						outcome: last,
					} );
					expect( await isOpen() ).toBe( open );
					await database.journal.outcome( {
						...outcome,
						step: 'Verify',
						outcome: 'unknown',
					} );
					expect( await isOpen() ).toBe( open );
				}
			);

			test( 'of several of one step, each has a last try of its own', async () => {
				const held = await lease();
				const tryOf = ( ref?: string ) =>
					database.journal.lastTry(
						'main',
						'order:1',
						'CreateOrder',
						ref
					);
				for ( const ref of [ 'r1', 'r2' ] ) {
					await database.journal.intent( held, { ...step, ref } );
				}
				await database.journal.outcome( {
					...outcome,
					outcome: 'done',
					ref: 'r2',
				} );
				expect( await tryOf( 'r1' ) ).toMatchObject( {
					outcome: 'intent',
					ref: 'r1',
				} );
				expect( await tryOf( 'r2' ) ).toMatchObject( {
					outcome: 'done',
					ref: 'r2',
				} );
				expect( await tryOf( 'r3' ) ).toBeNull();
				await database.journal.outcome( {
					...outcome,
					outcome: 'refused',
					ref: 'r1',
				} );
				expect( await tryOf( 'r1' ) ).toBeNull();
				expect( await tryOf( 'r2' ) ).not.toBeNull();
			} );

			test( 'a lease that was given back writes no intent', async () => {
				const held = await lease();
				await database.queue.settle( held, {
					kind: 'park',
					message: '',
				} );
				expect( await database.journal.intent( held, step ) ).toBe(
					false
				);
				expect(
					await database.journal.list( 'main', 'order:1' )
				).toEqual( [] );
			} );
		} );

		describe( 'problems', () => {
			test( 'raising one again keeps its id and since, and says what is true now', async () => {
				const first = await database.problems.raise(
					'main',
					'order:1',
					SKU_UNKNOWN
				);
				expect( first ).toEqual( {
					...SKU_UNKNOWN,
					id: first.id,
					connection: 'main',
					subject: 'order:1',
					since: nowIso(),
					retryable: true,
				} );
				await bench.clock.advance( 60_000 );
				const draft = {
					...SKU_UNKNOWN,
					message: 'MUG-2 is not in Brightpearl.',
				};
				const again = await database.problems.raise(
					'main',
					'order:1',
					draft,
					{ retryable: false }
				);
				expect( again ).toEqual( {
					...first,
					message: draft.message,
					retryable: false,
				} );
				expect( await database.problems.list() ).toEqual( [ again ] );
				expect( await database.problems.find( first.id ) ).toEqual(
					again
				);
			} );

			test( 'clearing leaves the exceptions and other subjects, and may be done twice', async () => {
				const other = { ...SKU_UNKNOWN, code: 'tax-unmapped' } as const;
				await database.problems.raise( 'main', 'order:1', SKU_UNKNOWN );
				await database.problems.raise( 'main', 'order:1', other );
				await database.problems.raise( 'main', 'order:2', SKU_UNKNOWN );
				await database.problems.raise( 'shop', 'order:1', SKU_UNKNOWN );
				for ( let time = 0; time < 2; time += 1 ) {
					await database.problems.clear( 'main', 'order:1', [
						'tax-unmapped',
					] );
					expect(
						await database.problems.list( {
							connection: 'main',
							subject: 'order:1',
						} )
					).toMatchObject( [ { code: 'tax-unmapped' } ] );
				}
				await database.problems.clear( 'main', 'order:1' );
				expect( await database.problems.count( 'main' ) ).toBe( 1 );
				expect( await database.problems.count() ).toBe( 2 );
				expect(
					await database.problems.list( { subject: 'order:1' } )
				).toMatchObject( [ { connection: 'shop' } ] );
			} );

			test( 'one that was cleared and comes back is a new one', async () => {
				const first = await database.problems.raise(
					'main',
					'order:1',
					SKU_UNKNOWN
				);
				await database.problems.clear( 'main', 'order:1' );
				const second = await database.problems.raise(
					'main',
					'order:1',
					SKU_UNKNOWN
				);
				expect( second.id ).toBeGreaterThan( first.id );
				expect( await database.problems.find( first.id ) ).toBeNull();
			} );
		} );

		describe( 'cache and cursors', () => {
			test( 'a fact is there until it expires', async () => {
				await database.cache.put(
					'acme',
					'channels',
					[ { id: 1 } ],
					1000
				);
				await database.cache.put( 'acme', 'zone', null, null );
				await bench.clock.advance( 999 );
				expect(
					await database.cache.get( 'acme', 'channels' )
				).toEqual( [ { id: 1 } ] );
				await bench.clock.advance( 1 );
				expect(
					await database.cache.get( 'acme', 'channels' )
				).toBeUndefined();
				expect( await database.cache.get( 'acme', 'zone' ) ).toBeNull();
				await database.cache.put( 'acme', 'channels', 2, 1000 );
				expect( await database.cache.get( 'acme', 'channels' ) ).toBe(
					2
				);
			} );

			test( 'dropping takes one fact or the whole scope', async () => {
				for ( const key of [ 'a', 'b', 'c' ] ) {
					await database.cache.put( 'acme', key, key, null );
				}
				await database.cache.put( 'other', 'a', 'a', null );
				await database.cache.drop( 'acme', 'a' );
				expect(
					await database.cache.get( 'acme', 'a' )
				).toBeUndefined();
				expect( await database.cache.get( 'acme', 'b' ) ).toBe( 'b' );
				await database.cache.drop( 'acme' );
				expect(
					await database.cache.get( 'acme', 'b' )
				).toBeUndefined();
				expect( await database.cache.get( 'other', 'a' ) ).toBe( 'a' );
			} );

			test( 'a cursor says how far, and when it got there', async () => {
				expect(
					await database.cursors.get( 'main', 'orders' )
				).toBeNull();
				await database.cursors.set(
					'main',
					'orders',
					'2026-01-01T00:00:00Z'
				);
				await bench.clock.advance( 1000 );
				await database.cursors.set( 'main', 'deep', null );
				expect(
					await database.cursors.get( 'main', 'orders' )
				).toEqual( {
					cursor: '2026-01-01T00:00:00Z',
					at: '2026-01-01T00:00:00.000Z',
				} );
				expect( await database.cursors.get( 'main', 'deep' ) ).toEqual(
					{ cursor: null, at: nowIso() }
				);
				await database.cursors.set(
					'main',
					'orders',
					'2026-01-02T00:00:00Z'
				);
				expect(
					await database.cursors.get( 'main', 'orders' )
				).toMatchObject( {
					cursor: '2026-01-02T00:00:00Z',
				} );
			} );
		} );

		describe( 'products', () => {
			async function* pagesOf( ...pages: CachedProduct[][] ) {
				yield* pages;
			}
			const skus = async () => {
				const all: string[] = [];
				for await ( const page of database.products.all( 'acme' ) ) {
					all.push( ...page.map( ( one ) => one.sku ) );
				}
				return all;
			};

			test( 'they are found by exact SKU and by id', async () => {
				const twin = product( 3, 'MUG' );
				const mug = {
					productId: 1,
					sku: 'MUG',
					stockTracked: false,
					status: 'LIVE',
				};
				const count = await database.products.replaceAll(
					'acme',
					pagesOf( [ mug, product( 2, 'mug' ) ], [ twin ], [ mug ] )
				);
				expect( count ).toBe( 3 );
				expect( await database.products.count( 'acme' ) ).toBe( 3 );
				expect( await database.products.count( 'other' ) ).toBe( 0 );
				expect(
					await database.products.bySku( 'acme', [
						'MUG',
						'MUG',
						'none',
					] )
				).toEqual( [ mug, twin ] );
				expect(
					await database.products.byId( 'acme', [ 3, 9 ] )
				).toEqual( [ twin ] );
				expect(
					await database.products.bySku( 'other', [ 'MUG' ] )
				).toEqual( [] );
				expect( await database.products.bySku( 'acme', [] ) ).toEqual(
					[]
				);
			} );

			test( 'readers see the old catalogue until the new one is whole', async () => {
				await database.products.replaceAll(
					'acme',
					pagesOf( [ product( 1, 'OLD' ) ] )
				);
				const seen: string[][] = [];
				async function* slow() {
					yield [ product( 2, 'NEW-1' ) ];
					seen.push( await skus() );
					yield [ product( 3, 'NEW-2' ) ];
					seen.push( await skus() );
				}
				await database.products.replaceAll( 'acme', slow() );
				expect( seen ).toEqual( [ [ 'OLD' ], [ 'OLD' ] ] );
				expect( await skus() ).toEqual( [ 'NEW-1', 'NEW-2' ] );
			} );

			test( 'pages that stop half way, by an error or a crash, leave the old one', async () => {
				await database.products.replaceAll(
					'acme',
					pagesOf( [ product( 1, 'OLD' ) ] )
				);
				async function* failing() {
					yield [ product( 2, 'NEW' ) ];
					throw new Error( 'The connection broke.' );
				}
				await expect(
					database.products.replaceAll( 'acme', failing() )
				).rejects.toThrow( 'broke' );
				expect( await skus() ).toEqual( [ 'OLD' ] );

				// A crash: the pages never end, and the process is gone.
				async function* endless() {
					yield [ product( 3, 'HALF' ) ];
					await new Promise( () => {} );
				}
				void database.products.replaceAll( 'acme', endless() );
				await bench.clock.advance( 0 );
				await reopen();
				expect( await skus() ).toEqual( [ 'OLD' ] );
				await database.products.replaceAll(
					'acme',
					pagesOf( [ product( 4, 'NEXT' ) ] )
				);
				expect( await skus() ).toEqual( [ 'NEXT' ] );
			} );

			test( 'of two replacements the later begun stands', async () => {
				let release = () => {};
				const released = new Promise< void >(
					( resolve ) => ( release = resolve )
				);
				async function* early() {
					yield [ product( 1, 'EARLY-1' ) ];
					await released;
					yield [ product( 2, 'EARLY-2' ) ];
				}
				const first = database.products.replaceAll( 'acme', early() );
				await bench.clock.advance( 0 );
				await database.products.replaceAll(
					'acme',
					pagesOf( [ product( 3, 'LATE' ) ] )
				);
				release();
				await first;
				expect( await skus() ).toEqual( [ 'LATE' ] );
			} );

			test( 'a live look-up is kept, also by the catalogue that is being read meanwhile', async () => {
				await database.products.upsert( 'acme', [
					product( 1, 'A' ),
					product( 1, 'A2' ),
				] );
				expect( await skus() ).toEqual( [ 'A2' ] );
				async function* pages() {
					yield [ product( 1, 'A2' ) ];
					await database.products.upsert( 'acme', [
						product( 1, 'A3' ),
						product( 5, 'FRESH' ),
					] );
					yield [ product( 5, 'STALE' ) ];
				}
				await database.products.replaceAll( 'acme', pages() );
				expect( await skus() ).toEqual( [ 'A3', 'FRESH' ] );
				await database.products.upsert( 'acme', [] );
			} );

			test( 'an empty catalogue is one', async () => {
				await database.products.upsert( 'acme', [ product( 1, 'A' ) ] );
				expect(
					await database.products.replaceAll( 'acme', pagesOf() )
				).toBe( 0 );
				expect( await skus() ).toEqual( [] );
			} );

			test( 'a large catalogue comes page by page, each product once', async () => {
				const many = Array.from( { length: 2500 }, ( _, id ) =>
					product( id + 1, `S-${ id }` )
				);
				await database.products.replaceAll( 'acme', pagesOf( many ) );
				expect( new Set( await skus() ).size ).toBe( 2500 );
				const found = await database.products.bySku(
					'acme',
					many.map( ( one ) => one.sku )
				);
				expect( found ).toHaveLength( 2500 );
			} );
		} );

		describe( 'stock runs', () => {
			const finished = ( runId: number ): StockRun => ( {
				runId,
				state: 'done',
				dryRun: false,
				startedAt: nowIso(),
				finishedAt: nowIso(),
				requests: { brightpearl: 2, store: 1 },
				skus: {
					mapped: 2,
					unmapped: 0,
					read: 2,
					changed: 1,
					written: 1,
					skipped: 0,
					failed: 0,
				},
				changes: [ change( 'A', 3 ) ],
				errors: [ { sku: null, code: 'outage', message: 'away' } ],
			} );

			test( 'a run is there from its start, and as it was saved', async () => {
				const runId = await database.stockRuns.start( 'main', true );
				expect(
					await database.stockRuns.find( 'main', runId )
				).toMatchObject( {
					runId,
					state: 'partial',
					dryRun: true,
					startedAt: nowIso(),
					finishedAt: null,
					changes: [],
				} );
				await database.stockRuns.save( 'main', finished( runId ) );
				expect(
					await database.stockRuns.find( 'main', runId )
				).toEqual( finished( runId ) );
				expect(
					await database.stockRuns.find( 'other', runId )
				).toBeNull();
			} );

			test( 'a run that was never started is a defect', async () => {
				await expect(
					database.stockRuns.save( 'main', finished( 99 ) )
				).rejects.toThrow( '99' );
			} );

			test( 'a crash leaves a run unfinished; one that waits for a person is not', async () => {
				const [ a, b, c ] = [
					await database.stockRuns.start( 'main', false ),
					await database.stockRuns.start( 'main', false ),
					await database.stockRuns.start( 'main', false ),
				];
				await database.stockRuns.start( 'other', false );
				await database.stockRuns.save( 'main', {
					...finished( a ),
					finishedAt: null,
					state: 'partial',
				} );
				await database.stockRuns.save( 'main', finished( b ) );
				await database.stockRuns.save( 'main', {
					...finished( c ),
					finishedAt: null,
					state: 'waiting-approval',
				} );
				expect( await database.stockRuns.unfinished( 'main' ) ).toEqual(
					[ a ]
				);
			} );

			test( 'the last run is the newest pull, not a dry run', async () => {
				expect( await database.stockRuns.last( 'main' ) ).toBeNull();
				await database.stockRuns.start( 'main', false );
				const newest = await database.stockRuns.start( 'main', false );
				await database.stockRuns.start( 'main', true );
				await database.stockRuns.start( 'other', false );
				expect(
					( await database.stockRuns.last( 'main' ) )?.runId
				).toBe( newest );
			} );

			test( 'the last write of a SKU is what was really written last', async () => {
				const record = ( runId: number, ...changes: StockChange[] ) =>
					database.stockRuns.recordWrites( 'main', runId, changes );
				await record(
					1,
					change( 'A', 5 ),
					change( 'B', 1 ),
					change( 'A', 6 )
				);
				await bench.clock.advance( 1000 );
				await record( 2, change( 'A', 9 ), {
					...change( 'B', 9 ),
					written: false,
				} );
				await record( 3 );
				expect(
					await database.stockRuns.lastWrite( 'main', 'A' )
				).toEqual( {
					value: 9,
					at: nowIso(),
					runId: 2,
				} );
				expect(
					await database.stockRuns.lastWrite( 'main', 'B' )
				).toMatchObject( { value: 1, runId: 1 } );
				expect(
					await database.stockRuns.lastWrite( 'main', 'C' )
				).toBeNull();
				expect(
					await database.stockRuns.lastWrite( 'other', 'A' )
				).toBeNull();
			} );
		} );

		describe( 'backfills', () => {
			test( 'progress is counted from the links of its orders', async () => {
				const ids = Array.from(
					{ length: 1200 },
					( _, index ) => index + 1
				);
				const id = await database.backfills.start(
					'main',
					[ ...ids, 1, 2 ],
					DAYS
				);
				expect( await database.backfills.find( 'main', id ) ).toEqual( {
					...DAYS,
					startedAt: nowIso(),
					id,
					state: 'running',
					total: 1200,
					synced: 0,
					problems: 0,
					remaining: 1200,
				} );
				await database.orderLinks.save( 'main', 1, {
					state: 'synced',
				} );
				await database.orderLinks.save( 'main', 2, {
					state: 'problem',
				} );
				await database.orderLinks.save( 'main', 3, {
					state: 'retrying',
				} );
				await database.orderLinks.save( 'main', 4, {
					state: 'ignored',
				} );
				await database.orderLinks.save( 'main', 5000, {
					state: 'synced',
				} );
				await database.orderLinks.save( 'other', 5, {
					state: 'synced',
				} );
				expect(
					await database.backfills.find( 'main', id )
				).toMatchObject( {
					total: 1199,
					synced: 1,
					problems: 1,
					remaining: 1197,
				} );
				expect(
					await database.backfills.find( 'other', id )
				).toBeNull();
			} );

			test( 'one that is not to be pushed any more is not counted; of a cancelled one it is left undone', async () => {
				const id = await database.backfills.start(
					'main',
					[ 1, 2, 3, 4 ],
					DAYS
				);
				for ( const [ orderId, state ] of [
					[ 1, 'synced' ],
					[ 2, 'not-due' ],
					[ 3, 'held' ],
				] as const ) {
					await database.orderLinks.save( 'main', orderId, {
						state,
					} );
				}
				expect(
					await database.backfills.find( 'main', id )
				).toMatchObject( { total: 2, synced: 1, remaining: 1 } );
				await database.backfills.setState( 'main', id, 'cancelled' );
				expect(
					await database.backfills.find( 'main', id )
				).toMatchObject( { total: 3, synced: 1, remaining: 2 } );
			} );

			test( 'they are running until their state is set', async () => {
				const a = await database.backfills.start( 'main', [ 1 ], DAYS );
				const b = await database.backfills.start( 'main', [], DAYS );
				await database.backfills.setState( 'main', a, 'cancelled' );
				await database.backfills.setState( 'other', b, 'done' );
				const inState = ( state: 'running' | 'cancelled' ) =>
					database.backfills.inState( 'main', state );
				expect( await inState( 'running' ) ).toEqual( [ b ] );
				expect( await inState( 'cancelled' ) ).toEqual( [ a ] );
				const stateOf = ( connection: string, id: number ) =>
					database.backfills.stateOf( connection, id );
				expect( await stateOf( 'main', a ) ).toBe( 'cancelled' );
				expect( await stateOf( 'main', b ) ).toBe( 'running' );
				expect( await stateOf( 'other', b ) ).toBeNull();
				expect(
					await database.backfills.find( 'main', b )
				).toMatchObject( { state: 'running', total: 0, remaining: 0 } );
			} );

			test( 'they are listed newest first, each with its figures', async () => {
				const ids: number[] = [];
				for ( const orders of [ [ 1 ], [ 1, 2 ], [] ] ) {
					ids.push(
						await database.backfills.start( 'main', orders, {
							...DAYS,
							to: `2026-02-0${ 1 + ids.length }`,
						} )
					);
				}
				await database.backfills.start( 'other', [ 1 ], DAYS );
				await database.orderLinks.save( 'main', 1, {
					state: 'synced',
				} );
				await database.backfills.setState(
					'main',
					ids[ 1 ] ?? 0,
					'paused'
				);
				const list = await database.backfills.list( 'main', 2 );
				expect( list ).toEqual( [
					{
						id: ids[ 2 ],
						state: 'running',
						total: 0,
						synced: 0,
						problems: 0,
						remaining: 0,
						there: DAYS.there,
						from: DAYS.from,
						to: '2026-02-03',
						startedAt: nowIso(),
					},
					{
						id: ids[ 1 ],
						state: 'paused',
						total: 2,
						synced: 1,
						problems: 0,
						remaining: 1,
						there: DAYS.there,
						from: DAYS.from,
						to: '2026-02-02',
						startedAt: nowIso(),
					},
				] );
				expect(
					( await database.backfills.list( 'main', 100 ) ).map(
						( backfill ) => backfill.id
					)
				).toEqual( ids.toReversed() );
			} );

			test( 'what remains is told in pieces, and of nobody else’s', async () => {
				const id = await database.backfills.start(
					'main',
					[ 7, 3, 5, 1, 9, 11 ],
					DAYS
				);
				await database.backfills.start( 'main', [ 2, 4 ], DAYS );
				await database.orderLinks.save( 'main', 3, {
					state: 'problem',
				} );
				await database.orderLinks.save( 'main', 5, {
					state: 'queued',
				} );
				await database.orderLinks.save( 'main', 7, {
					state: 'retrying',
				} );
				await database.orderLinks.save( 'main', 9, {
					state: 'not-due',
				} );
				await database.orderLinks.save( 'other', 11, {
					state: 'synced',
				} );
				const remaining = ( afterId: number, limit: number ) =>
					database.backfills.remaining( 'main', id, afterId, limit );
				expect( await remaining( 0, 10 ) ).toEqual( [ 1, 5, 7, 11 ] );
				expect( await remaining( 0, 2 ) ).toEqual( [ 1, 5 ] );
				expect( await remaining( 5, 2 ) ).toEqual( [ 7, 11 ] );
				expect( await remaining( 11, 2 ) ).toEqual( [] );
				expect(
					await database.backfills.remaining( 'other', id, 0, 9 )
				).toEqual( [] );
			} );
		} );

		describe( 'SKU aliases', () => {
			const alias = ( sku: string, to: string ) => ( { sku, alias: to } );

			test( 'each is found by its own SKU alone, to the character', async () => {
				await database.aliases.replaceAll( 'main', [
					alias( 'mug-1', 'MUG-1' ),
					alias( 'MUG-1', 'MUG-2' ),
					alias( 'Möbel', 'M' ),
				] );
				await database.aliases.replaceAll( 'other', [
					alias( 'mug-1', 'elsewhere' ),
				] );
				expect(
					await database.aliases.of( 'main', [
						'mug-1',
						'mug-1',
						'Mug-1',
						'MÖBEL',
						'Möbel',
						"' or 1=1",
					] )
				).toEqual(
					new Map( [
						[ 'mug-1', 'MUG-1' ],
						[ 'Möbel', 'M' ],
					] )
				);
				expect( await database.aliases.of( 'main', [] ) ).toEqual(
					new Map()
				);
			} );

			test( 'those of the shop are found by what they stand for', async () => {
				await database.aliases.replaceAll( 'main', [
					alias( 'b', 'P' ),
					alias( 'a', 'P' ),
					alias( 'P', 'Q' ),
				] );
				await database.aliases.replaceAll( 'other', [
					alias( 'c', 'P' ),
				] );
				const skusFor = ( ...skus: string[] ) =>
					database.aliases.skusFor( 'main', skus );
				expect( await skusFor( 'P', 'P', 'x' ) ).toEqual( [
					'a',
					'b',
				] );
				expect( await skusFor( 'p' ) ).toEqual( [] );
				expect( await skusFor() ).toEqual( [] );
			} );

			test( 'a new list takes the place of the old, also a long one', async () => {
				await database.aliases.replaceAll( 'main', [
					alias( 'old', 'gone' ),
				] );
				const many = Array.from( { length: 12_000 }, ( _, n ) =>
					alias( `A${ String( n ).padStart( 5, '0' ) }`, `B${ n }` )
				);
				await database.aliases.replaceAll( 'main', many.toReversed() );
				expect( await database.aliases.list( 'main' ) ).toEqual( many );
				expect(
					(
						await database.aliases.of(
							'main',
							many.map( ( { sku } ) => sku )
						)
					).size
				).toBe( many.length );
				await database.aliases.replaceAll( 'main', [] );
				expect( await database.aliases.list( 'main' ) ).toEqual( [] );
			} );

			test( 'one SKU twice is refused, and the old list stays', async () => {
				await database.aliases.replaceAll( 'main', [
					alias( 'a', '1' ),
				] );
				await expect(
					database.aliases.replaceAll( 'main', [
						alias( 'b', '2' ),
						alias( 'b', '3' ),
					] )
				).rejects.toThrow();
				expect( await database.aliases.list( 'main' ) ).toEqual( [
					alias( 'a', '1' ),
				] );
			} );
		} );

		test( 'everything at once on one database: nothing waits for ever or mixes', async () => {
			await Promise.all(
				Array.from( { length: 40 }, async ( _, id ) => {
					const saving = database.orderLinks.save( 'main', id, {
						number: String( id ),
					} );
					const adding = database.queue.enqueue( [
						{
							key: taskKey( 'main', 'order', id ),
							kind: 'order',
							connection: 'main',
						},
					] );
					const claiming = database.queue.claim();
					await database.problems.raise(
						'main',
						`order:${ id }`,
						SKU_UNKNOWN
					);
					const task =
						( await adding, await claiming ) ??
						( await database.queue.claim() );
					await saving;
					if ( task ) {
						await database.queue.settle( task.lease, {
							kind: 'done',
						} );
					}
				} )
			);
			expect( await database.orderLinks.countByState( 'main' ) ).toEqual(
				{ queued: 40 }
			);
			expect( await database.problems.count() ).toBe( 40 );
			const { ready, running } = await database.queue.counts();
			expect( running ).toBe( 0 );
			expect( ready ).toBeLessThan( 40 );
		} );
	} );
}

function product( productId: number, sku: string ): CachedProduct {
	return { productId, sku, stockTracked: true, status: null };
}

function change( sku: string, to: number ): StockChange {
	return {
		sku,
		productId: 1,
		variationId: null,
		from: 0,
		to,
		onHand: to,
		inFlight: 0,
		buffer: 0,
		written: true,
	};
}
