/** Our copies of Brightpearl's lists: what they answer, and what they cost. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { emailKey } from '../../../src/brightpearl/copies/contact-resolver.ts';
import {
	accountScope,
	type Database,
} from '../../../src/contracts/database.ts';
import type { Meter } from '../../../src/contracts/meter.ts';
import { DAY, HOUR, MINUTE } from '../../../src/contracts/primitives.ts';
import {
	openSqliteBench,
	type SqliteBench,
} from '../../battery/sqlite-bench.ts';
import { createKit, searchAnswer, type Asked } from '../client-kit.ts';
import { valueOf } from '../world.ts';

const ACCOUNT = 'acmeshop';

interface Row {
	readonly id: number;
	/** E-mail or SKU. */
	text: string;
	createdOn: number;
	updatedOn: number | null;
}

/** One of Brightpearl's lists, as its search answers it. */
function createList( path: string, idColumn: string, textColumn: string ) {
	const rows: Row[] = [];
	const iso = ( at: number | null ) =>
		at === null ? null : new Date( at ).toISOString();
	const list = {
		rows,
		/** What `resultsAvailable` tells beyond the rows there are. */
		lie: 0,
		add( id: number, text: string, at: number ) {
			rows.push( { id, text, createdOn: at, updatedOn: null } );
		},
		answer( { path: asked, query }: Asked ): unknown {
			if ( asked !== path ) {
				return undefined;
			}
			const inPeriod = ( at: number | null, period = '' ) =>
				period === '' ||
				( at !== null &&
					at >= Date.parse( period.split( '/' )[ 0 ] ?? '' ) );
			const found = rows
				.filter(
					( row ) =>
						inPeriod( row.createdOn, query[ 'createdOn' ] ) &&
						inPeriod( row.updatedOn, query[ 'updatedOn' ] ) &&
						row.text
							.toLowerCase()
							.includes(
								( query[ textColumn ] ?? '' ).toLowerCase()
							)
				)
				.toSorted( ( one, other ) => one.id - other.id );
			const size = Number( query[ 'pageSize' ] );
			const first = Number( query[ 'firstResult' ] );
			const page = found.slice( first - 1, first - 1 + size );
			const cells = ( row: Row ): Record< string, unknown > => ( {
				[ idColumn ]: row.id,
				[ textColumn ]: row.text,
				createdOn: iso( row.createdOn ),
				updatedOn: iso( row.updatedOn ),
				stockTracked: true,
				productStatus: 'LIVE',
			} );
			const columns = ( query[ 'columns' ] ?? '' ).split( ',' );
			return searchAnswer(
				columns,
				page.map( ( row ) =>
					columns.map( ( column ) => cells( row )[ column ] ?? null )
				),
				{
					first,
					more: first - 1 + page.length < found.length,
					available: found.length + list.lie,
				}
			);
		},
	};
	return list;
}

let bench: SqliteBench;
let database: Database;
let counts: Map< string, number >;
const meter: Meter = {
	count( name, { cache = '', result = '' }, by = 1 ) {
		if ( name === 'brightpearl_cache' ) {
			const key = `${ cache } ${ result }`;
			counts.set( key, ( counts.get( key ) ?? 0 ) + by );
		}
	},
};

beforeEach( async () => {
	bench = await openSqliteBench();
	database = await bench.open();
	counts = new Map();
} );
afterEach( () => bench.destroy() );

function begin() {
	const contacts = createList(
		'/contact-service/contact-search',
		'contactId',
		'primaryEmail'
	);
	const products = createList(
		'/product-service/product-search',
		'productId',
		'SKU'
	);
	const kit = createKit(
		( asked ) =>
			contacts.answer( asked ) ??
			products.answer( asked ) ??
			( asked.path === '/contact-service/contact' ? 4000 : undefined ) ??
			( asked.path.startsWith( '/product-service/product/' )
				? asked.path
						.split( '/' )
						.at( -1 )
						?.split( /[-,]/ )
						.map( ( id ) => bundle( Number( id ) ) )
				: undefined ),
		{ parts: { cache: database.cache, copies: database, meter } }
	);
	return {
		...kit,
		contacts,
		products,
		/** Requests since the last time. */
		spent: () => kit.asked.splice( 0 ).length,
	};
}

const bundle = ( id: number ) => ( {
	id,
	identity: { sku: `B-${ id }` },
	stock: { stockTracked: false },
	composition: {
		bundle: true,
		bundleComponents: [ { productId: 7, productQuantity: 2 } ],
	},
	version: 1,
	status: 'LIVE',
} );

const mail = ( n: number ) => `person-${ n }@example.test`;
const range = ( length: number ) => Array.from( { length }, ( _, n ) => n );

describe( 'whose e-mail it is', () => {
	test( 'a lone question asks Brightpearl, and what it says is kept', async () => {
		const { client, clock, contacts, spent } = begin();
		contacts.add( 9, 'Ines@Example.test', clock.now() );
		contacts.add( 4, 'ines@example.test', clock.now() );
		contacts.add( 5, 'not-ines@example.test', clock.now() );
		expect(
			valueOf( await client.contactsByEmail( ' ines@example.TEST ' ) )
		).toEqual( [ 4, 9 ] );
		expect( spent() ).toBe( 1 );
		expect(
			await database.contacts.byEmail( ACCOUNT, [
				emailKey( 'INES@example.test' ),
			] )
		).toEqual(
			new Map( [ [ emailKey( 'ines@example.test' ), [ 4, 9 ] ] ] )
		);
		expect( valueOf( await client.contactsByEmail( '' ) ) ).toEqual( [] );
		expect( spent() ).toBe( 0 );
	} );

	test( 'a backlog costs the pages of the list, not a request for each', async () => {
		const { client, clock, contacts, spent } = begin();
		for ( const n of range( 1200 ) ) {
			contacts.add( n + 1, mail( n ), clock.now() - DAY );
		}
		const answers = await Promise.all(
			range( 100 ).map( ( n ) =>
				client.contactsByEmail( mail( n * 20 ) )
			)
		);
		expect( answers.map( valueOf ) ).toEqual(
			range( 100 ).map( ( n ) => ( n * 20 < 1200 ? [ n * 20 + 1 ] : [] ) )
		);
		expect( spent() ).toBe( 3 );
		expect( counts ).toEqual( new Map( [ [ 'contacts hit', 100 ] ] ) );
	} );

	test( 'a list too long for so few questions is left, and each is asked for', async () => {
		const { client, clock, contacts, spent } = begin();
		for ( const n of range( 2600 ) ) {
			contacts.add( n + 1, mail( n ), clock.now() - DAY );
		}
		const ask = () =>
			Promise.all(
				range( 4 ).map( ( n ) => client.contactsByEmail( mail( n ) ) )
			);
		expect( ( await ask() ).map( valueOf ) ).toEqual( [
			[ 1 ],
			[ 2 ],
			[ 3 ],
			[ 4 ],
		] );
		// One to learn how long it is, and that is remembered.
		expect( spent() ).toBe( 5 );
		await clock.runTo( clock.now() + MINUTE );
		await ask();
		expect( spent() ).toBe( 4 );
		expect( counts.get( 'contacts hit' ) ).toBe( 0 );
	} );

	test( 'the copy learns of new and changed contacts, once a minute', async () => {
		const { client, clock, contacts, spent } = begin();
		for ( const n of range( 10 ) ) {
			contacts.add( n + 1, mail( n ), clock.now() - DAY );
		}
		const ask = async ( ...emails: string[] ) =>
			(
				await Promise.all(
					emails.map( ( email ) => client.contactsByEmail( email ) )
				)
			).map( valueOf );
		await ask( ...range( 6 ).map( mail ) );
		expect( spent() ).toBe( 1 );

		await clock.runTo( clock.now() + 10 * MINUTE );
		contacts.add( 20, 'new@example.test', clock.now() );
		const moved = contacts.rows[ 0 ];
		if ( moved ) {
			moved.text = 'moved@example.test';
			moved.updatedOn = clock.now();
		}
		const asked = [ 'new@example.test', 'moved@example.test', mail( 0 ) ];
		expect( await ask( ...asked ) ).toEqual( [ [ 20 ], [ 1 ], [] ] );
		expect( spent() ).toBe( 3 );
		expect( await ask( ...asked ) ).toEqual( [ [ 20 ], [ 1 ], [] ] );
		expect( spent() ).toBe( 0 );
	} );

	test( 'a clock of ours that is far ahead makes no contact absent', async () => {
		const { client, clock, contacts } = begin();
		const theirs = clock.now() - 30 * DAY;
		contacts.add( 1, mail( 0 ), theirs );
		const ask = async () =>
			(
				await Promise.all(
					range( 6 ).map( ( n ) =>
						client.contactsByEmail( mail( n ) )
					)
				)
			).map( valueOf );
		await ask();
		await clock.runTo( clock.now() + 10 * MINUTE );
		contacts.add( 2, mail( 1 ), theirs + 10 * MINUTE );
		expect( await ask() ).toEqual( [ [ 1 ], [ 2 ], [], [], [], [] ] );
	} );

	test( 'a person is told what Brightpearl says, whoever else asks', async () => {
		const { client, clock, contacts, spent } = begin();
		contacts.add( 1, mail( 1 ), clock.now() );
		await Promise.all(
			range( 8 ).map( ( n ) => client.contactsByEmail( mail( n ) ) )
		);
		spent();
		contacts.rows.splice( 0 );
		expect(
			(
				await Promise.all(
					range( 3 ).map( () =>
						client.contactsByEmail( mail( 1 ), true )
					)
				)
			).map( valueOf )
		).toEqual( [ [], [], [] ] );
		expect( spent() ).toBe( 3 );
	} );

	test( 'one that we made is known at once, one that was refused no more', async () => {
		const { client, contacts } = begin();
		const ask = async () =>
			valueOf(
				(
					await Promise.all(
						range( 6 ).map( ( n ) =>
							client.contactsByEmail(
								n === 0 ? 'New@x.test' : mail( n )
							)
						)
					)
				)[ 0 ] ?? { ok: true, value: [] }
			);
		expect( await ask() ).toEqual( [] );
		valueOf(
			await client.createContact( {
				firstName: 'N',
				lastName: 'W',
				email: 'new@x.test',
				addressId: 1,
			} )
		);
		// Brightpearl's own search does not know it yet.
		expect( contacts.rows ).toEqual( [] );
		expect( await ask() ).toEqual( [ 4000 ] );
		await client.forgetContact( 4000 );
		expect( await ask() ).toEqual( [] );
	} );

	test( 'our tables hold nobody’s e-mail', async () => {
		const { client, clock, contacts } = begin();
		contacts.add( 1, 'secret-person@example.test', clock.now() );
		await client.contactsByEmail( 'secret-person@example.test' );
		const key = emailKey( 'secret-person@example.test' );
		expect( key ).toMatch( /^[\w-]{22}$/ );
		expect( key ).toBe( emailKey( '  SECRET-person@Example.Test ' ) );
	} );

	test( 'when Brightpearl is down everybody is told to come back', async () => {
		const { client } = createKit(
			() => ( {
				ok: false,
				sent: true,
				reason: 'timeout',
				message: 'no answer',
			} ),
			{ parts: { cache: database.cache, copies: database } }
		);
		const answers = await Promise.all(
			range( 6 ).map( ( n ) => client.contactsByEmail( mail( n ) ) )
		);
		expect( answers.map( ( { ok } ) => ok ) ).toEqual(
			range( 6 ).map( () => false )
		);
		expect( await database.contacts.count( ACCOUNT ) ).toBe( 0 );
	} );
} );

describe( 'the copy of the products', () => {
	const skus = async () => {
		const all: string[] = [];
		for await ( const page of database.products.all( ACCOUNT ) ) {
			all.push( ...page.map( ( { sku } ) => sku ) );
		}
		return all;
	};

	test( 'is read whole once, and then costs three requests when nothing changed', async () => {
		const { client, clock, products, spent } = begin();
		for ( const n of range( 1200 ) ) {
			products.add( n + 1, `S-${ n }`, clock.now() - DAY );
		}
		expect( valueOf( await client.refreshProducts() ) ).toBe( true );
		expect( spent() ).toBe( 3 );
		expect( await database.products.count( ACCOUNT ) ).toBe( 1200 );
		await clock.runTo( clock.now() + 10 * MINUTE );
		expect( valueOf( await client.refreshProducts() ) ).toBe( true );
		expect( spent() ).toBe( 3 );
	} );

	test( 'learns of new ones, of those that were never changed, and of SKUs that moved', async () => {
		const { client, clock, products, spent } = begin();
		products.add( 1, 'OLD', clock.now() - DAY );
		products.add( 2, 'KEPT', clock.now() - DAY );
		await client.refreshProducts();
		await clock.runTo( clock.now() + HOUR );
		products.add( 3, 'NEW', clock.now() );
		const moved = products.rows[ 0 ];
		if ( moved ) {
			moved.text = 'MOVED';
			moved.updatedOn = clock.now();
		}
		spent();
		await client.refreshProducts();
		expect( spent() ).toBe( 3 );
		expect( await skus() ).toEqual( [ 'MOVED', 'KEPT', 'NEW' ] );
	} );

	test( 'a deleted one is missed by the count, and goes with a whole read', async () => {
		const { client, clock, products, spent } = begin();
		for ( const n of range( 3 ) ) {
			products.add( n + 1, `S-${ n }`, clock.now() - DAY );
		}
		await client.refreshProducts();
		await clock.runTo( clock.now() + 2 * HOUR );
		products.rows.splice( 1, 1 );
		spent();
		await client.refreshProducts();
		expect( await skus() ).toEqual( [ 'S-0', 'S-2' ] );
		await clock.runTo( clock.now() + 2 * HOUR );
		await client.refreshProducts();
		expect( spent() ).toBe( 3 + 3 + 1 + 3 );
	} );

	test( 'a count that is always told wrong is no reason to read again and again', async () => {
		const { client, clock, products, spent } = begin();
		products.lie = 17;
		products.add( 1, 'A', clock.now() - DAY );
		await client.refreshProducts();
		spent();
		for ( let run = 0; run < 3; run += 1 ) {
			await clock.runTo( clock.now() + 2 * HOUR );
			await client.refreshProducts();
		}
		expect( spent() ).toBe( 9 );
	} );

	test( 'is read whole again after a day', async () => {
		const { client, clock, products, spent } = begin();
		for ( const n of range( 600 ) ) {
			products.add( n + 1, `S-${ n }`, clock.now() - 2 * DAY );
		}
		await client.refreshProducts();
		await clock.runTo( clock.now() + DAY );
		spent();
		await client.refreshProducts();
		expect( spent() ).toBe( 2 );
	} );

	test( 'pages that stop half way leave the copy as it was', async () => {
		const { client, clock, products } = begin();
		products.add( 1, 'A', clock.now() - 2 * DAY );
		await client.refreshProducts();
		await clock.runTo( clock.now() + DAY );
		for ( const n of range( 600 ) ) {
			products.add( n + 2, `S-${ n }`, clock.now() - DAY );
		}
		const stop = new AbortController();
		stop.abort();
		expect(
			await client.refreshProducts( { signal: stop.signal } )
		).toMatchObject( { ok: false, failure: { cause: 'lost-lease' } } );
		expect( await skus() ).toEqual( [ 'A' ] );
	} );

	test( 'is not read for fewer questions than it costs', async () => {
		const { client, clock, products, spent } = begin();
		for ( const n of range( 1200 ) ) {
			products.add( n + 1, `S-${ n }`, clock.now() - DAY );
		}
		expect( valueOf( await client.refreshProducts( { most: 2 } ) ) ).toBe(
			false
		);
		expect( spent() ).toBe( 1 );
		expect( valueOf( await client.refreshProducts( { most: 2 } ) ) ).toBe(
			false
		);
		expect( spent() ).toBe( 0 );
		expect( valueOf( await client.refreshProducts( { most: 3 } ) ) ).toBe(
			true
		);
	} );

	test( 'a catalogue without products is one', async () => {
		const { client, clock, spent } = begin();
		expect( valueOf( await client.refreshProducts() ) ).toBe( true );
		await clock.runTo( clock.now() + MINUTE );
		expect( valueOf( await client.refreshProducts() ) ).toBe( true );
		expect( spent() ).toBe( 1 + 3 );
	} );

	test( 'two connections of an account share it', async () => {
		const one = begin();
		one.products.add( 1, 'A', one.clock.now() - DAY );
		await one.client.refreshProducts();
		const other = begin();
		expect(
			valueOf( await other.client.resolveSkus( [ 'A' ] ) ).get( 'A' )
		).toMatchObject( [ { productId: 1 } ] );
		expect( other.spent() ).toBe( 0 );
	} );
} );

describe( 'which product has a SKU', () => {
	test( 'the copy answers for an hour, then Brightpearl is asked', async () => {
		const { client, clock, products, spent } = begin();
		products.add( 1, 'A', clock.now() - DAY );
		await client.refreshProducts();
		spent();
		const find = async () =>
			valueOf( await client.resolveSkus( [ 'A' ] ) ).get( 'A' );
		expect( await find() ).toMatchObject( [ { productId: 1 } ] );
		expect( spent() ).toBe( 0 );
		await clock.runTo( clock.now() + HOUR + 1 );
		expect( await find() ).toMatchObject( [ { productId: 1 } ] );
		expect( spent() ).toBe( 1 );
		// Of an order that is made, no row is made again.
		await client.resolveSkus( [ 'A' ], 'any' );
		expect( spent() ).toBe( 0 );
	} );

	test( 'what the copy does not know, or knows twice, is asked for', async () => {
		const { client, clock, products, spent } = begin();
		products.add( 1, 'TWICE', clock.now() - DAY );
		products.add( 2, 'TWICE', clock.now() - DAY );
		await client.refreshProducts();
		products.add( 3, 'FRESH', clock.now() );
		spent();
		expect(
			valueOf( await client.resolveSkus( [ 'FRESH' ] ) ).get( 'FRESH' )
		).toMatchObject( [ { productId: 3 } ] );
		expect( spent() ).toBe( 1 );
		expect(
			valueOf( await client.resolveSkus( [ 'TWICE', '' ] ) ).get(
				'TWICE'
			)
		).toHaveLength( 2 );
		expect( spent() ).toBe( 1 );
		await client.resolveSkus( [ 'FRESH' ] );
		expect( spent() ).toBe( 0 );
	} );

	test( 'a person’s word is not answered from the copy', async () => {
		const { client, clock, products, spent } = begin();
		products.add( 1, 'A', clock.now() - DAY );
		await client.refreshProducts();
		spent();
		products.rows.splice( 0 );
		expect(
			valueOf( await client.resolveSkus( [ 'A' ], 'none' ) ).get( 'A' )
		).toEqual( [] );
		expect( spent() ).toBe( 1 );
	} );

	test( 'a backlog with a cold copy reads the list', async () => {
		const { client, clock, products, spent } = begin();
		for ( const n of range( 900 ) ) {
			products.add( n + 1, `S-${ n }`, clock.now() - DAY );
		}
		const orders = await Promise.all(
			range( 30 ).map( ( n ) =>
				client.resolveSkus( [ `S-${ n }`, `S-${ n + 300 }` ] )
			)
		);
		expect( orders.map( ( order ) => valueOf( order ).size ) ).toEqual(
			range( 30 ).map( () => 2 )
		);
		expect( spent() ).toBe( 2 );
	} );
} );

describe( 'what bundles consist of', () => {
	test( 'is read once, and again when the product changed', async () => {
		const { client, spent } = begin();
		const parts = [ { productId: 7, quantity: 2 } ];
		expect( valueOf( await client.bundleComponents( [ 1, 2 ] ) ) ).toEqual(
			new Map( [
				[ 1, parts ],
				[ 2, parts ],
			] )
		);
		expect( spent() ).toBe( 1 );
		await client.bundleComponents( [ 2, 1 ] );
		expect( spent() ).toBe( 0 );
		await database.bundles.drop( ACCOUNT, [ 2 ] );
		expect(
			valueOf( await client.bundleComponents( [ 1, 2 ] ) ).size
		).toBe( 2 );
		expect( spent() ).toBe( 1 );
		expect( counts.get( 'bundles hit' ) ).toBe( 3 );
	} );
} );

test( 'a state that cannot be read is begun anew', async () => {
	const { client, spent } = begin();
	await database.cache.put(
		accountScope( ACCOUNT ),
		'products',
		{ something: 'else' },
		null
	);
	expect( valueOf( await client.refreshProducts() ) ).toBe( true );
	expect( spent() ).toBe( 1 );
} );
