/** The battery for pairings, keys, one-time codes and sessions: what must never work twice. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
	connectionRecordSchema,
	type ConnectionRecord,
} from '../../src/contracts/connection.ts';
import type {
	Database,
	Pairing,
	PairingCode,
	PairingKey,
} from '../../src/contracts/database.ts';
import { HOUR, MINUTE, SECOND } from '../../src/contracts/primitives.ts';
import type { Bench, OpenBench } from './bench.ts';
import { connectionFile } from './samples.ts';

const secretOf = ( seed: number ) => new Uint8Array( 32 ).fill( seed );

export function runPairingBattery( name: string, openBench: OpenBench ): void {
	describe( `${ name }: pairing`, () => {
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

		const now = () => bench.clock.now();
		const nowIso = () => new Date( now() ).toISOString();

		function pairing( connection: string ): Pairing {
			return {
				connection,
				siteId: `site-of-${ connection }`,
				storeUrl: `https://${ connection }.example.test`,
				pluginVersion: '1.0.0',
				wpVersion: '6.9',
				wcVersion: null,
				wooKeyId: null,
				webhookIds: [],
				since: nowIso(),
			};
		}

		const key = (
			keyId: string,
			slot: PairingKey[ 'slot' ],
			more: Partial< PairingKey > = {}
		): PairingKey => ( {
			keyId,
			connection: 'main',
			secret: secretOf( 1 ),
			slot,
			createdAt: nowIso(),
			lastUsedAt: null,
			expiresAt: null,
			...more,
		} );

		const slots = async ( connection = 'main' ) =>
			( await database.pairings.keys( connection ) ).map(
				( { keyId, slot } ) => [ slot, keyId ]
			);

		/** How many of the callers are told yes. */
		const winners = async ( calls: Promise< unknown >[] ) =>
			( await Promise.all( calls ) ).filter( Boolean ).length;

		describe( 'pairings', () => {
			test( 'one reads back as it was saved, by connection and by site', async () => {
				const { pairings } = database;
				const first = pairing( 'main' );
				await pairings.save( first );
				await pairings.save( pairing( 'a-shop' ) );
				expect( await pairings.find( 'main' ) ).toEqual( first );
				const told = {
					...first,
					wcVersion: '10.3.0',
					wooKeyId: 7,
					webhookIds: [ 3, 4 ],
				};
				await pairings.save( told );
				expect( await other.pairings.find( 'main' ) ).toEqual( told );
				expect( await pairings.findBySite( first.siteId ) ).toEqual(
					told
				);
				expect( await pairings.list() ).toEqual( [
					pairing( 'a-shop' ),
					told,
				] );
				expect( await pairings.find( 'none' ) ).toBeNull();
				expect( await pairings.findBySite( 'none' ) ).toBeNull();
			} );

			test( 'a site is paired with one connection only', async () => {
				await database.pairings.save( pairing( 'main' ) );
				await expect(
					database.pairings.save( {
						...pairing( 'second' ),
						siteId: pairing( 'main' ).siteId,
					} )
				).rejects.toThrow();
				expect( await database.pairings.list() ).toHaveLength( 1 );
			} );

			test( 'saving it again keeps its keys, another site has none of them', async () => {
				await database.pairings.save( pairing( 'main' ) );
				await database.pairings.putKey( key( 'k1', 'current' ) );
				await database.pairings.save( pairing( 'main' ) );
				expect( await slots() ).toEqual( [ [ 'current', 'k1' ] ] );
				await database.pairings.save( {
					...pairing( 'main' ),
					siteId: 'another',
				} );
				expect( await slots() ).toEqual( [] );
			} );

			test( 'removing takes its keys and nonces, and nothing of another', async () => {
				const { pairings } = database;
				await pairings.save( pairing( 'main' ) );
				await pairings.save( pairing( 'second' ) );
				await pairings.putKey( key( 'k1', 'current' ) );
				await pairings.putKey(
					key( 'k2', 'current', { connection: 'second' } )
				);
				await pairings.takeNonce( 'k1', 'n', now() + HOUR );
				await pairings.takeNonce( 'k2', 'n', now() + HOUR );
				expect( await pairings.remove( 'main' ) ).toBe( true );
				expect( await pairings.remove( 'main' ) ).toBe( false );
				expect( await pairings.key( 'k1' ) ).toBeNull();
				expect( await slots( 'second' ) ).toEqual( [
					[ 'current', 'k2' ],
				] );
				expect(
					await pairings.takeNonce( 'k2', 'n', now() + HOUR )
				).toBe( false );
			} );

			test( 'removing the connection takes all of its pairing', async () => {
				const { pairings } = database;
				for ( const [ n, connection ] of [
					'main',
					'second',
				].entries() ) {
					await database.connections.put(
						connectionFile( connection )
					);
					await database.connections.saveSettings(
						connection,
						connectionFile( connection ).settings,
						{
							by: 'console',
							changes: [ { key: 'goLive', from: 1, to: 2 } ],
						}
					);
					await pairings.save( pairing( connection ) );
					await pairings.putKey(
						key( `k${ n }`, 'current', { connection } )
					);
					await pairings.addCode( code( connection ) );
					await pairings.addAuthorization( {
						stateHash: `state-${ n }`,
						connection,
						expiresAt: now() + HOUR,
					} );
				}
				await pairings.addCode( code( null ) );
				await database.connections.remove( 'main' );

				expect( await pairings.find( 'main' ) ).toBeNull();
				expect( await pairings.key( 'k0' ) ).toBeNull();
				expect(
					await database.connections.settingsHistory( 'main', 10 )
				).toEqual( [] );
				expect( await pairings.takeAuthorization( 'state-0' ) ).toBe(
					null
				);

				expect( await pairings.find( 'second' ) ).not.toBeNull();
				expect( await pairings.key( 'k1' ) ).not.toBeNull();
				expect(
					await database.connections.settingsHistory( 'second', 10 )
				).toHaveLength( 1 );
				expect( await pairings.takeAuthorization( 'state-1' ) ).toBe(
					'second'
				);
				expect(
					( await pairings.openCodes() ).map(
						( { connection } ) => connection
					)
				).toEqual( [ 'second', null ] );
			} );
		} );

		describe( 'keys', () => {
			beforeEach( () => database.pairings.save( pairing( 'main' ) ) );

			test( 'a key reads back as it was put, until it expires', async () => {
				const kept = key( 'k1', 'next', {
					secret: secretOf( 200 ),
					expiresAt: now() + MINUTE,
				} );
				await database.pairings.putKey( kept );
				expect( await other.pairings.key( 'k1' ) ).toEqual( kept );
				expect( await database.pairings.keys( 'main' ) ).toEqual( [
					kept,
				] );
				await bench.clock.advance( MINUTE );
				expect( await database.pairings.key( 'k1' ) ).toBeNull();
				expect( await slots() ).toEqual( [] );
				expect( await database.pairings.key( 'none' ) ).toBeNull();
			} );

			test( 'a new key replaces the one in its slot', async () => {
				await database.pairings.putKey( key( 'k1', 'current' ) );
				await database.pairings.putKey( key( 'k2', 'next' ) );
				await database.pairings.putKey( key( 'k3', 'next' ) );
				expect( await slots() ).toEqual( [
					[ 'current', 'k1' ],
					[ 'next', 'k3' ],
				] );
				expect( await database.pairings.key( 'k2' ) ).toBeNull();
			} );

			test( 'the next key becomes the current one, which is good for a while longer', async () => {
				const { pairings } = database;
				await pairings.putKey( key( 'k0', 'previous' ) );
				await pairings.putKey( key( 'k1', 'current' ) );
				await pairings.putKey(
					key( 'k2', 'next', { expiresAt: now() + HOUR } )
				);
				const until = now() + 24 * HOUR;
				expect( await pairings.promote( 'k2', until ) ).toBe( true );
				expect( await slots() ).toEqual( [
					[ 'current', 'k2' ],
					[ 'previous', 'k1' ],
				] );
				expect( await pairings.key( 'k1' ) ).toMatchObject( {
					secret: secretOf( 1 ),
					expiresAt: until,
				} );
				expect( ( await pairings.key( 'k2' ) )?.expiresAt ).toBeNull();
				await bench.clock.advance( 24 * HOUR );
				expect( await slots() ).toEqual( [ [ 'current', 'k2' ] ] );
			} );

			test( 'only a next key that is good is promoted, and once', async () => {
				const { pairings } = database;
				await pairings.putKey( key( 'k1', 'current' ) );
				await pairings.putKey(
					key( 'k2', 'next', { expiresAt: now() + MINUTE } )
				);
				expect( await pairings.promote( 'k1', now() + HOUR ) ).toBe(
					false
				);
				expect( await pairings.promote( 'none', now() + HOUR ) ).toBe(
					false
				);
				expect(
					await winners( [
						pairings.promote( 'k2', now() + HOUR ),
						pairings.promote( 'k2', now() + HOUR ),
					] )
				).toBe( 1 );
				expect(
					await other.pairings.promote( 'k2', now() + HOUR )
				).toBe( false );
				expect( await slots() ).toEqual( [
					[ 'current', 'k2' ],
					[ 'previous', 'k1' ],
				] );
				await pairings.putKey(
					key( 'k3', 'next', { expiresAt: now() + MINUTE } )
				);
				await bench.clock.advance( MINUTE );
				expect( await pairings.promote( 'k3', now() + HOUR ) ).toBe(
					false
				);
			} );

			test( 'a rotation leaves the keys of another connection alone', async () => {
				const { pairings } = database;
				await pairings.save( pairing( 'second' ) );
				for ( const slot of [ 'current', 'next' ] as const ) {
					await pairings.putKey( key( `main-${ slot }`, slot ) );
					await pairings.putKey(
						key( `second-${ slot }`, slot, {
							connection: 'second',
						} )
					);
				}
				await pairings.promote( 'main-next', now() + HOUR );
				expect( await slots( 'second' ) ).toEqual( [
					[ 'current', 'second-current' ],
					[ 'next', 'second-next' ],
				] );
			} );

			test( 'its last use is noted at most once a minute', async () => {
				const { pairings } = database;
				await pairings.putKey( key( 'k1', 'current' ) );
				const first = nowIso();
				await pairings.used( 'k1' );
				await bench.clock.advance( MINUTE - 1 );
				await pairings.used( 'k1' );
				expect( ( await pairings.key( 'k1' ) )?.lastUsedAt ).toBe(
					first
				);
				await bench.clock.advance( 1 );
				await pairings.used( 'k1' );
				expect( ( await pairings.key( 'k1' ) )?.lastUsedAt ).toBe(
					nowIso()
				);
			} );

			test( 'a nonce is good once, by each key, also when two ask at once', async () => {
				const { pairings } = database;
				const until = now() + MINUTE;
				expect(
					await winners( [
						pairings.takeNonce( 'k1', 'n1', until ),
						pairings.takeNonce( 'k1', 'n1', until ),
					] )
				).toBe( 1 );
				expect(
					await other.pairings.takeNonce( 'k1', 'n1', until )
				).toBe( false );
				expect( await pairings.takeNonce( 'k2', 'n1', until ) ).toBe(
					true
				);
				await bench.clock.advance( MINUTE - 1 );
				expect( await pairings.takeNonce( 'k1', 'n1', until ) ).toBe(
					false
				);
				await bench.clock.advance( 1 );
				expect(
					await pairings.takeNonce( 'k1', 'n1', now() + MINUTE )
				).toBe( true );
			} );
		} );

		const code = (
			connection: string | null,
			more: Partial< PairingCode > = {}
		): Omit< PairingCode, 'id' > => ( {
			connection,
			proofKey: secretOf( 10 ),
			sealKey: secretOf( 11 ),
			expiresAt: now() + 10 * MINUTE,
			...more,
		} );

		describe( 'codes', () => {
			const open = () => database.pairings.openCodes();
			const grant = (
				id: number,
				{
					on = database,
					begun = null,
					keyId = 'granted',
				}: {
					on?: Database;
					begun?: ConnectionRecord | null;
					keyId?: string;
				} = {}
			) =>
				on.pairings.grant( id, {
					begun,
					pairing: { ...pairing( 'main' ), siteId: keyId },
					key: key( keyId, 'current' ),
				} );

			test( 'a code reads back as it was added, until it expires', async () => {
				const added = code( 'main' );
				const id = await database.pairings.addCode( added );
				expect( await other.pairings.openCodes() ).toEqual( [
					{ id, ...added },
				] );
				await bench.clock.advance( 10 * MINUTE );
				expect( await open() ).toEqual( [] );
				expect( await grant( id ) ).toBe( false );
				expect( await database.pairings.list() ).toEqual( [] );
			} );

			test.each( [ 'main', null ] )(
				'a new code for %j replaces the old, and no other',
				async ( connection ) => {
					const { pairings } = database;
					const old = await pairings.addCode( code( connection ) );
					const another = await pairings.addCode( code( 'another' ) );
					const id = await pairings.addCode( code( connection ) );
					expect( ( await open() ).map( ( one ) => one.id ) ).toEqual(
						[ another, id ]
					);
					expect( await grant( old ) ).toBe( false );
				}
			);

			test( 'a code is good for one pairing, also when two race', async () => {
				const id = await database.pairings.addCode( code( null ) );
				expect(
					await winners( [
						grant( id, { keyId: 'one' } ),
						grant( id, { keyId: 'two' } ),
						grant( id, { keyId: 'three' } ),
					] )
				).toBe( 1 );
				expect( await grant( id, { on: other } ) ).toBe( false );
				expect( await open() ).toEqual( [] );
				const { siteId } = ( await database.pairings.find( 'main' ) )!;
				expect( await slots() ).toEqual( [ [ 'current', siteId ] ] );
			} );

			test( 'a pairing takes the place of the one before and all its keys', async () => {
				const { pairings } = database;
				await pairings.save( pairing( 'main' ) );
				await pairings.putKey( key( 'k1', 'current' ) );
				await pairings.putKey( key( 'k2', 'next' ) );
				const id = await pairings.addCode( code( 'main' ) );
				expect( await grant( id ) ).toBe( true );
				expect( await slots() ).toEqual( [ [ 'current', 'granted' ] ] );
				expect( await pairings.find( 'main' ) ).toMatchObject( {
					siteId: 'granted',
				} );
			} );

			test( 'a pairing that fails half-way leaves its code, and nothing else', async () => {
				const { pairings, connections } = database;
				// The site is paired with another connection: no row can be made for it.
				await pairings.save( {
					...pairing( 'second' ),
					siteId: 'granted',
				} );
				const id = await pairings.addCode( code( null ) );
				const begun = connectionRecordSchema.parse(
					connectionFile( 'main' )
				);
				await expect( grant( id, { begun } ) ).rejects.toThrow();
				expect( await connections.find( 'main' ) ).toBeNull();
				expect( ( await open() ).map( ( one ) => one.id ) ).toEqual( [
					id,
				] );
				await pairings.remove( 'second' );
				expect( await grant( id, { begun } ) ).toBe( true );
				expect( await connections.find( 'main' ) ).not.toBeNull();
			} );
		} );

		test( 'a store’s authorization is taken once, in time, for its connection', async () => {
			const { pairings } = database;
			const add = ( stateHash: string, connection: string ) =>
				pairings.addAuthorization( {
					stateHash,
					connection,
					expiresAt: now() + MINUTE,
				} );
			await add( 's1', 'main' );
			await add( 's2', 'second' );
			expect( await pairings.takeAuthorization( 'none' ) ).toBeNull();
			expect(
				(
					await Promise.all( [
						pairings.takeAuthorization( 's1' ),
						other.pairings.takeAuthorization( 's1' ),
					] )
				).toSorted()
			).toEqual( [ 'main', null ] );
			await bench.clock.advance( MINUTE );
			expect( await pairings.takeAuthorization( 's2' ) ).toBeNull();
			await add( 's2', 'second' );
			expect( await pairings.takeAuthorization( 's2' ) ).toBe( 'second' );
		} );

		describe( 'sessions', () => {
			test( 'a login is taken once and in time, also when two race', async () => {
				const { sessions } = database;
				await sessions.addLogin( 'l1', now() + MINUTE );
				await sessions.addLogin( 'l2', now() + MINUTE );
				expect( await sessions.takeLogin( 'none' ) ).toBe( false );
				expect(
					await winners( [
						sessions.takeLogin( 'l1' ),
						other.sessions.takeLogin( 'l1' ),
						sessions.takeLogin( 'l1' ),
					] )
				).toBe( 1 );
				await bench.clock.advance( MINUTE );
				expect( await sessions.takeLogin( 'l2' ) ).toBe( false );
			} );

			test( 'a session is there until it expires or is removed', async () => {
				const { sessions } = database;
				const expiresAt = now() + MINUTE;
				for ( const n of [ 1, 2 ] ) {
					await sessions.add( {
						tokenHash: `t${ n }`,
						csrfHash: `c${ n }`,
						expiresAt,
					} );
				}
				expect( await other.sessions.find( 't1' ) ).toEqual( {
					csrfHash: 'c1',
					expiresAt,
				} );
				expect( await sessions.find( 'none' ) ).toBeNull();
				await sessions.remove( 't1' );
				expect( await sessions.find( 't1' ) ).toBeNull();
				expect( await sessions.find( 't2' ) ).not.toBeNull();
				await bench.clock.advance( MINUTE );
				expect( await sessions.find( 't2' ) ).toBeNull();
			} );

			test( 'one that still is can be prolonged, never shortened', async () => {
				const { sessions } = database;
				const start = now();
				await sessions.add( {
					tokenHash: 't1',
					csrfHash: 'c1',
					expiresAt: start + MINUTE,
				} );
				await bench.clock.advance( MINUTE - SECOND );
				await sessions.extend( 't1', start + HOUR );
				await sessions.extend( 't1', start + 2 * MINUTE );
				expect( ( await sessions.find( 't1' ) )?.expiresAt ).toBe(
					start + HOUR
				);
				await bench.clock.advance( HOUR );
				await sessions.extend( 't1', now() + HOUR );
				expect( await sessions.find( 't1' ) ).toBeNull();
			} );
		} );

		test( 'the service has one id, also when two processes ask first', async () => {
			const ids = await Promise.all( [
				database.facts.sidecarId(),
				other.facts.sidecarId(),
				database.facts.sidecarId(),
			] );
			await other.close();
			ids.push( await ( await bench.open() ).facts.sidecarId() );
			expect( new Set( ids ).size ).toBe( 1 );
			expect( ids[ 0 ] ).toMatch(
				/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
			);
		} );
	} );
}
