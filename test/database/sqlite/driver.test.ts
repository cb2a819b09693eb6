import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { createSqliteDialect } from '../../../src/database/sqlite/dialect.ts';
import {
	openSqlite,
	type Sqlite,
} from '../../../src/database/sqlite/driver.ts';
import {
	createEngine,
	type Engine,
} from '../../../src/database/sqlite/engine.ts';
import { createGate } from '../../../src/database/sqlite/gate.ts';

describe( 'the driver, its gate and Kysely on one connection', () => {
	let folder: string;
	let sqlite: Sqlite;
	let engine: Engine;
	let kysely: Kysely< { facts: { name: string } } >;

	beforeEach( () => {
		folder = mkdtempSync( join( tmpdir(), 'pearlbridge-' ) );
		sqlite = openSqlite( join( folder, 'data.sqlite' ) );
		sqlite.exec(
			'pragma journal_mode = wal; create table facts (name text primary key)'
		);
		const gate = createGate();
		engine = createEngine( sqlite, gate );
		kysely = new Kysely( { dialect: createSqliteDialect( sqlite, gate ) } );
	} );
	afterEach( async () => {
		await kysely.destroy();
		sqlite.close();
		rmSync( folder, { recursive: true } );
	} );

	const write = ( name: string ) =>
		engine.write( ( open ) =>
			open.query( 'insert into facts values (?)', [ name ] )
		);
	const names = () =>
		sqlite
			.query( 'select name from facts order by name' )
			.rows.map( ( row ) => row.name );

	test( 'a transaction is all or nothing', async () => {
		const broken = engine.write( ( open ) => {
			open.query( 'insert into facts values (?)', [ 'a' ] );
			open.query( 'insert into facts values (?)', [ 'a' ] );
		} );
		await expect( broken ).rejects.toThrow( 'UNIQUE' );
		await write( 'b' );
		expect( names() ).toEqual( [ 'b' ] );
	} );

	test( 'what is written directly never becomes part of somebody else’s transaction', async () => {
		let direct: Promise< unknown > = Promise.resolve();
		const undone = kysely.transaction().execute( async ( trx ) => {
			await trx
				.insertInto( 'facts' )
				.values( { name: 'undone' } )
				.execute();
			direct = write( 'direct' );
			await trx
				.insertInto( 'facts' )
				.values( { name: 'undone, too' } )
				.execute();
			throw new Error( 'undone' );
		} );
		await expect( undone ).rejects.toThrow( 'undone' );
		await direct;
		expect( names() ).toEqual( [ 'direct' ] );
	} );

	test( 'nor does reading see what is not committed', async () => {
		let seen: Promise< unknown > = Promise.resolve();
		await kysely.transaction().execute( async ( trx ) => {
			await trx.insertInto( 'facts' ).values( { name: 'one' } ).execute();
			seen = engine.read( () => names() );
			await trx.insertInto( 'facts' ).values( { name: 'two' } ).execute();
		} );
		expect( await seen ).toEqual( [ 'one', 'two' ] );
	} );

	test( 'one that fails leaves the gate open for the next, in the order they came', async () => {
		const order: string[] = [];
		const holding = kysely.transaction().execute( async ( trx ) => {
			await trx.selectFrom( 'facts' ).selectAll().execute();
			order.push( 'kysely' );
		} );
		const fails = engine.write( () => {
			order.push( 'fails' );
			throw new Error( 'defect' );
		} );
		const works = engine.write( () => order.push( 'works' ) );
		await Promise.allSettled( [ holding, fails, works ] );
		expect( order.sort() ).toEqual( [ 'fails', 'kysely', 'works' ] );
		await write( 'after' );
		expect( names() ).toEqual( [ 'after' ] );
	} );

	test( 'a transaction has the write lock from its beginning, so that it cannot fail half way', () => {
		const other = openSqlite( join( folder, 'data.sqlite' ) );
		other.exec( 'pragma busy_timeout = 0' );
		try {
			sqlite.transaction( () => {
				names();
				expect( () =>
					other.exec( "insert into facts values ('other')" )
				).toThrow( 'locked' );
				sqlite.query( 'insert into facts values (?)', [ 'ours' ] );
			} );
			expect( names() ).toEqual( [ 'ours' ] );
		} finally {
			other.close();
		}
	} );

	test( 'the same holds for Kysely', async () => {
		const other = openSqlite( join( folder, 'data.sqlite' ) );
		other.exec( 'pragma busy_timeout = 0' );
		try {
			await kysely.transaction().execute( async ( trx ) => {
				await trx.selectFrom( 'facts' ).selectAll().execute();
				expect( () =>
					other.exec( "insert into facts values ('other')" )
				).toThrow( 'locked' );
			} );
		} finally {
			other.close();
		}
	} );

	test( 'a value that SQLite would bend is refused', async () => {
		const bent = kysely
			.insertInto( 'facts' )
			.values( { name: true as unknown as string } )
			.execute();
		await expect( bent ).rejects.toThrow( 'boolean' );
	} );

	test( 'more different statements than are kept prepared', () => {
		for ( let index = 0; index < 1000; index += 1 ) {
			expect(
				sqlite.query( `select ${ index } as value` ).rows
			).toMatchObject( [ { value: index } ] );
		}
	} );
} );
