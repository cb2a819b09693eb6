/** The battery for what the Brightpearl client keeps: caches, budgets, drift, consents. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Database, DriftEntry } from '../../src/contracts/database.ts';
import { MINUTE } from '../../src/contracts/primitives.ts';
import type { Bench, OpenBench } from './bench.ts';

const AT = '2026-01-01T00:00:00.000Z';

const entry = (
	more: Partial< Omit< DriftEntry, 'firstAt' > > = {}
): Omit< DriftEntry, 'firstAt' > => ( {
	account: 'acme',
	endpoint: 'GET /order-service/order',
	kind: 'unknown',
	field: 'response[].extra',
	times: 1,
	lastAt: AT,
	ruid: null,
	...more,
} );

/** Something of an account in each of these repositories. */
export async function fillAccount(
	database: Database,
	account: string
): Promise< void > {
	await database.contacts.upsert( account, [ { contactId: 1, key: 'k' } ] );
	await database.bundles.put( account, new Map( [ [ 1, [] ] ] ) );
	await database.drift.add( [ entry( { account } ) ] );
}

export async function accountTraces( database: Database, account: string ) {
	return {
		contacts: ( await database.contacts.count( account ) ) > 0,
		bundles: ( await database.bundles.components( account, [ 1 ] ) ).has(
			1
		),
		drift: ( await database.drift.list( account ) ).length > 0,
	};
}

export function runBrightpearlBattery(
	name: string,
	openBench: OpenBench
): void {
	describe( `${ name }: what the Brightpearl client keeps`, () => {
		let bench: Bench;
		let database: Database;
		/** The same data, as another process has it. */
		let other: Database;

		beforeEach( async () => {
			bench = await openBench();
			database = await bench.open();
			other = await bench.open( { owner: 'other' } );
		} );
		afterEach( () => bench.destroy() );

		describe( 'contacts', () => {
			test( 'they are found by their key, in their account, ids ascending', async () => {
				await database.contacts.upsert( 'acme', [
					{ contactId: 9, key: 'a' },
					{ contactId: 4, key: 'a' },
					{ contactId: 5, key: 'b' },
					{ contactId: 6, key: null },
				] );
				await database.contacts.upsert( 'other', [
					{ contactId: 1, key: 'a' },
				] );
				expect(
					await other.contacts.byEmail( 'acme', [
						'a',
						'a',
						'b',
						'none',
					] )
				).toEqual(
					new Map( [
						[ 'a', [ 4, 9 ] ],
						[ 'b', [ 5 ] ],
					] )
				);
				expect(
					( await database.contacts.byEmail( 'acme', [] ) ).size
				).toBe( 0 );
				expect( await database.contacts.count( 'acme' ) ).toBe( 4 );
			} );

			test( 'a contact whose e-mail changed has only the new one', async () => {
				const { contacts } = database;
				await contacts.upsert( 'acme', [
					{ contactId: 4, key: 'a' },
					{ contactId: 5, key: 'a' },
				] );
				await contacts.upsert( 'acme', [
					{ contactId: 4, key: 'b' },
					{ contactId: 4, key: 'c' },
					{ contactId: 5, key: null },
				] );
				expect(
					await contacts.byEmail( 'acme', [ 'a', 'b', 'c' ] )
				).toEqual( new Map( [ [ 'c', [ 4 ] ] ] ) );
			} );

			test( 'many come and go at once', async () => {
				const { contacts } = database;
				const many = Array.from( { length: 2100 }, ( _, id ) => ( {
					contactId: id + 1,
					key: `k-${ id + 1 }`,
				} ) );
				await contacts.upsert( 'acme', many );
				await contacts.upsert( 'acme', [] );
				await contacts.upsert( 'other', many.slice( 0, 1 ) );
				expect(
					(
						await contacts.byEmail(
							'acme',
							many.map( ( one ) => one.key )
						)
					).size
				).toBe( 2100 );
				await contacts.clear( 'acme' );
				expect( await contacts.count( 'acme' ) ).toBe( 0 );
				expect( await contacts.count( 'other' ) ).toBe( 1 );
			} );
		} );

		describe( 'bundles', () => {
			test( 'what nobody has read is absent; what is none is empty', async () => {
				await database.bundles.put(
					'acme',
					new Map( [
						[
							1,
							[
								{ productId: 7, quantity: 2 },
								{ productId: 3, quantity: 1 },
							],
						],
						[ 2, [] ],
					] )
				);
				expect(
					await other.bundles.components( 'acme', [ 1, 2, 3, 1 ] )
				).toEqual(
					new Map( [
						[
							1,
							[
								{ productId: 7, quantity: 2 },
								{ productId: 3, quantity: 1 },
							],
						],
						[ 2, [] ],
					] )
				);
				expect(
					( await other.bundles.components( 'other', [ 1 ] ) ).size
				).toBe( 0 );
			} );

			test( 'one that is read again is replaced, one that is dropped unknown', async () => {
				const { bundles } = database;
				const of = ( quantity: number ) => [
					{ productId: 7, quantity },
				];
				await bundles.put(
					'acme',
					new Map( [
						[ 1, of( 1 ) ],
						[ 2, of( 1 ) ],
					] )
				);
				await bundles.put( 'acme', new Map( [ [ 1, of( 5 ) ] ] ) );
				await bundles.put( 'acme', new Map() );
				await bundles.drop( 'acme', [ 2, 9 ] );
				await bundles.drop( 'other', [ 1 ] );
				await bundles.drop( 'acme', [] );
				expect( await bundles.components( 'acme', [ 1, 2 ] ) ).toEqual(
					new Map( [ [ 1, of( 5 ) ] ] )
				);
			} );
		} );

		describe( 'budgets', () => {
			const add = ( process: Database, pool: string ) =>
				process.budgets.change( pool, ( state ) => {
					const count = typeof state === 'number' ? state : 0;
					return { state: count + 1, result: [ state, pool ] };
				} );

			test( 'a pool begins with nothing and keeps what it is given, also after a restart', async () => {
				expect( await add( database, 'a' ) ).toEqual( [ null, 'a' ] );
				expect( await add( database, 'a' ) ).toEqual( [ 1, 'a' ] );
				expect( await add( database, 'b' ) ).toEqual( [ null, 'b' ] );
				await database.close();
				await other.close();
				database = await bench.open();
				expect( await add( database, 'a' ) ).toEqual( [ 2, 'a' ] );
			} );

			test( 'two processes count together', async () => {
				await Promise.all(
					Array.from( { length: 40 }, ( _, turn ) =>
						add( turn % 2 ? database : other, 'a' )
					)
				);
				expect( await add( other, 'a' ) ).toEqual( [ 40, 'a' ] );
			} );

			test( 'a change that fails changes nothing, and holds nobody up', async () => {
				await add( database, 'a' );
				await expect(
					database.budgets.change( 'a', () => {
						throw new Error( 'No.' );
					} )
				).rejects.toThrow( 'No.' );
				expect( await add( other, 'a' ) ).toEqual( [ 1, 'a' ] );
				expect( await add( database, 'a' ) ).toEqual( [ 2, 'a' ] );
			} );

			test( 'what is kept is as JSON keeps it', async () => {
				const { budgets } = database;
				const state = { sent: [ 1, 2 ], until: null };
				await budgets.change( 'a', () => ( { state, result: 1 } ) );
				expect(
					await budgets.change( 'a', ( kept ) => ( {
						state: undefined,
						result: kept,
					} ) )
				).toEqual( state );
				expect(
					await budgets.change( 'a', ( kept ) => ( {
						state: kept,
						result: kept,
					} ) )
				).toBeNull();
			} );
		} );

		describe( 'drift', () => {
			test( 'what comes again is counted, and keeps when it came first', async () => {
				const { drift } = database;
				const later = '2026-01-02T00:00:00.000Z';
				await drift.add( [
					entry( { times: 2, ruid: 'r1' } ),
					entry( { kind: 'missing', field: 'response[].id' } ),
				] );
				await other.drift.add( [
					entry( { times: 3, lastAt: later, ruid: 'r2' } ),
					entry( { account: 'other' } ),
				] );
				expect( await drift.list( 'acme' ) ).toEqual( [
					{
						...entry( {
							kind: 'missing',
							field: 'response[].id',
						} ),
						firstAt: AT,
					},
					{
						...entry( { times: 5, lastAt: later, ruid: 'r2' } ),
						firstAt: AT,
					},
				] );
				await drift.clear( 'acme' );
				expect( await drift.list( 'acme' ) ).toEqual( [] );
				expect( await drift.list( 'other' ) ).toHaveLength( 1 );
			} );

			test( 'an account’s entries are bounded; those it has still count', async () => {
				const { drift } = database;
				await drift.add(
					Array.from( { length: 700 }, ( _, field ) =>
						entry( { field: `response.f${ field }` } )
					)
				);
				const kept = ( await drift.list( 'acme' ) ).length;
				expect( kept ).toBeLessThanOrEqual( 500 );
				await drift.add( [
					entry( { field: 'response.f0' } ),
					entry( { field: 'response.new' } ),
				] );
				const list = await drift.list( 'acme' );
				expect( list ).toHaveLength( kept );
				expect(
					list.find( ( one ) => one.field === 'response.f0' )?.times
				).toBe( 2 );
				await drift.add( [ entry( { account: 'other' } ) ] );
				expect( await drift.list( 'other' ) ).toHaveLength( 1 );
			} );
		} );

		test( 'a consent is taken once, in time, also when two race', async () => {
			const { consents } = database;
			const add = ( stateHash: string, expiresAt: number ) =>
				consents.add( {
					stateHash,
					connection: 'main',
					redirectUri: `https://pearl.example.test/${ stateHash }`,
					expiresAt,
				} );
			await add( 's1', bench.clock.now() + MINUTE );
			await add( 's2', bench.clock.now() + MINUTE );
			expect( await consents.take( 'none' ) ).toBeNull();
			const taken = await Promise.all( [
				consents.take( 's1' ),
				other.consents.take( 's1' ),
			] );
			expect( taken.filter( ( one ) => one !== null ) ).toEqual( [
				{
					connection: 'main',
					redirectUri: 'https://pearl.example.test/s1',
					expiresAt: expect.any( Number ),
				},
			] );
			await bench.clock.advance( MINUTE );
			expect( await consents.take( 's2' ) ).toBeNull();
			await add( 's2', bench.clock.now() + MINUTE );
			expect( await other.consents.take( 's2' ) ).toMatchObject( {
				connection: 'main',
			} );
		} );
	} );
}
