/** When Brightpearl's answers changed, a person is told; nothing else stops. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { VERSION_KEY } from '../../src/brightpearl/answers/drift.ts';
import {
	accountScope,
	type Database,
	type DriftEntry,
} from '../../src/contracts/database.ts';
import { acceptDrift, tellDrift } from '../../src/flows/api-drift.ts';
import { createEvents, type FlowEvent } from '../../src/flows/events.ts';
import { connectionFile, SKU_UNKNOWN } from '../battery/samples.ts';
import { openSqliteBench, type SqliteBench } from '../battery/sqlite-bench.ts';

let bench: SqliteBench;
let database: Database;
let heard: FlowEvent[];

beforeEach( async () => {
	bench = await openSqliteBench();
	database = await bench.open();
	heard = [];
	await database.connections.put( connectionFile( 'a' ) );
	await database.connections.put( connectionFile( 'b' ) );
	await database.connections.put( connectionFile( 'c', 'other' ) );
	await database.cache.put(
		accountScope( 'acmeshop' ),
		VERSION_KEY,
		'4.95.1',
		null
	);
} );
afterEach( () => bench.destroy() );

const add = ( more: Partial< DriftEntry > ) =>
	database.drift.add( [
		{
			account: 'acmeshop',
			endpoint: 'GET /order-service/order',
			kind: 'missing',
			field: 'response[].id',
			times: 3,
			lastAt: '2026-01-01T00:00:00.000Z',
			ruid: null,
			...more,
		},
	] );

async function tell(): Promise< void > {
	const events = createEvents();
	events.subscribe( ( event ) => heard.push( event ) );
	await tellDrift( { database, events }, 'acmeshop' );
}

const problems = async () =>
	( await database.problems.list() ).map(
		( { connection, code } ) => `${ connection } ${ code }`
	);

test( 'a field that stays away is a problem of every connection of the account, told once', async () => {
	await add( {} );
	await tell();
	await tell();
	expect( await problems() ).toEqual( [ 'a api-drift', 'b api-drift' ] );
	expect( heard ).toHaveLength( 2 );
	const [ problem ] = await database.problems.list();
	expect( problem?.message ).toContain( 'response[].id' );
	expect( problem?.subject ).toBe( 'connection:a' );
} );

test.each( [
	[ 'a new field', { kind: 'unknown', times: 500 } ],
	[ 'one odd answer', { times: 2 } ],
	[ 'another build', { kind: 'version', field: '4.95.2' } ],
	[ 'what another account answers', { account: 'other' } ],
] as const )( '%s is none', async ( _, entry ) => {
	await add( entry );
	await tell();
	expect( await problems() ).toEqual( [] );
} );

test( 'a new release is one until it is accepted', async () => {
	await add( { kind: 'version', field: '4.96.7' } );
	await tell();
	expect( await problems() ).toHaveLength( 2 );
	await database.problems.raise( 'a', 'connection:a', SKU_UNKNOWN );
	await acceptDrift( database, 'acmeshop' );
	expect( await problems() ).toEqual( [ 'a sku-unknown' ] );
	expect( await database.drift.list( 'acmeshop' ) ).toEqual( [] );
	await add( { kind: 'version', field: '4.96.8' } );
	await tell();
	expect( await problems() ).toEqual( [ 'a sku-unknown' ] );
} );
