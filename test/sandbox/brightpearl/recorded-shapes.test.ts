import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { orderBody, startHarness } from './harness.ts';
import type { Harness, Json } from './harness.ts';

/** The recorded and documented shapes the sandbox is held against. */
const fixtures = JSON.parse(
	readFileSync(
		new URL( '../../data/brightpearl-fixtures.json', import.meta.url ),
		'utf8'
	)
) as Json;

const named = ( list: string, name: string ): Json => {
	const found = [ ...( fixtures[ list ] ?? [] ) ].find(
		( entry ) => String( entry.name ) === name
	);
	if ( ! found ) {
		throw new Error( `${ list }: ${ name }` );
	}
	return found;
};

/** A value's shape: the types of its leaves, the first item standing for a list. */
function shapeOf( value: unknown ): unknown {
	if ( Array.isArray( value ) ) {
		return value.length === 0 ? [] : [ shapeOf( value[ 0 ] ) ];
	}
	if ( typeof value === 'object' && value !== null ) {
		return Object.fromEntries(
			Object.entries( value )
				.map( ( [ key, entry ] ) => [ key, shapeOf( entry ) ] as const )
				.toSorted( ( [ a ], [ b ] ) => a.localeCompare( b ) )
		);
	}
	return typeof value;
}

let bp: Harness;
let customer: number;
beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
	customer = await bp.contact();
} );
afterAll( () => bp.close() );

const order = async (): Promise< number > => {
	const made = await bp.call(
		'POST',
		'/order-service/sales-order',
		orderBody( customer, { externalRef: undefined } )
	);
	return Number( made.json.response );
};

test( 'every API answer carries the recorded headers', async () => {
	const wanted = ( fixtures.apiHeaders?.headers ?? {} ) as unknown as Record<
		string,
		string
	>;
	const { headers } = await bp.call(
		'GET',
		'/accounting-service/tax-code',
		undefined,
		{ auth: 'oauth' }
	);
	for ( const [ name, value ] of Object.entries( wanted ) ) {
		const sent = headers.get( name );
		expect( sent ).not.toBeNull();
		if ( ! value.startsWith( '{' ) ) {
			expect( sent ).toBe( value );
		}
	}
	expect( headers.get( 'ruid' ) ).toMatch( /^[0-9a-f-]{36}$/ );
} );

describe( 'customer-payment-search', () => {
	const path = '/accounting-service/customer-payment-search';

	test( 'a hit: the same columns, the same metadata, a row of the same types', async () => {
		const id = await order();
		await bp.call( 'POST', '/accounting-service/customer-payment', {
			transactionRef: 'ch_9001',
			transactionCode: 'pi_77',
			paymentMethodCode: 'CARD',
			paymentType: 'RECEIPT',
			orderId: id,
			currencyIsoCode: 'GBP',
			exchangeRate: 1.0,
			amountPaid: 100.0,
			paymentDate: '2026-04-17T10:00:00+00:00',
			journalRef: 'Web order 5512',
		} );
		const recorded = named( 'search', 'customer-payment-search hit' ).body;
		const { status, json } = await bp.call(
			'GET',
			`${ path }?transactionRef=ch_9001`
		);
		expect( status ).toBe( 200 );
		expect( json.response?.metaData ).toEqual(
			recorded?.response?.metaData
		);
		expect( json.reference ).toEqual( recorded?.reference );
		const types = ( body: Json | undefined ) =>
			[ ...( body?.response?.results?.[ 0 ] ?? [] ) ].map( ( cell ) =>
				cell === null ? 'null' : typeof cell
			);
		expect( types( json ) ).toEqual( types( recorded ) );
		const row = [ ...( json.response?.results?.[ 0 ] ?? [] ) ] as unknown[];
		expect( row.slice( 8, 12 ) ).toEqual( [
			'0.00',
			'100.00',
			null,
			'2026-04-17T11:00:00.000+01:00',
		] );
	} );

	test( 'no hit: exactly the recorded answer', async () => {
		const recorded = named(
			'search',
			'customer-payment-search empty (no firstResult/lastResult)'
		);
		const { status, json } = await bp.call(
			'GET',
			`${ path }?transactionRef=none`
		);
		expect( status ).toBe( recorded.status );
		expect( json ).toEqual( recorded.body );
	} );
} );

test.each( [
	[ 'tax-code', '/accounting-service/tax-code' ],
	[ 'payment-method', '/accounting-service/payment-method' ],
] )( '%s has the recorded shape', async ( name, path ) => {
	const recorded = named( 'reference', name ).body;
	const { json } = await bp.call( 'GET', path );
	for ( const index of [ 0, 1 ] ) {
		const entry = recorded?.response?.[ index ];
		if ( entry ) {
			expect( shapeOf( json.response?.[ index ] ) ).toEqual(
				shapeOf( entry )
			);
		}
	}
} );

test( 'a zero rate is absent, another is a number with its zeros', async () => {
	const { text, json } = await bp.call(
		'GET',
		'/accounting-service/tax-code'
	);
	expect( json.response?.[ 0 ] ).not.toHaveProperty( 'rate' );
	expect( text ).toContain( '"rate":20.0000' );
} );

test( 'account-configuration has every documented key, as texts', async () => {
	const recorded = named( 'reference', 'account-configuration' ).body
		?.response?.configuration;
	const { json } = await bp.call(
		'GET',
		'/integration-service/account-configuration'
	);
	const sent = json.response?.configuration ?? {};
	for ( const key of Object.keys( recorded ?? {} ) ) {
		expect( typeof ( sent as Json )[ key ] ).toBe( 'string' );
	}
} );

test( 'integration/instance has the recorded shape', async () => {
	const recorded = named( 'reference', 'integration/instance' ).body;
	const { json } = await bp.call(
		'GET',
		'/integration-service/integration/instance',
		undefined,
		{ auth: 'oauth' }
	);
	expect( shapeOf( json ) ).toEqual( shapeOf( recorded ) );
} );

describe( "the gateway's words", () => {
	const path = '/public-api/sandbox-gb/accounting-service/tax-code';
	const send = ( headers: Record< string, string > ) =>
		bp.raw( 'GET', path, headers );

	test( 'no token, an unknown one', async () => {
		expect( ( await send( {} ) ).json ).toEqual(
			named( 'gateway', 'no token' ).body
		);
		const unknown = await send( { authorization: 'Bearer BADTOKEN' } );
		expect( unknown.status ).toBe( 401 );
		expect( unknown.json ).toEqual(
			named( 'gateway', 'unknown token' ).body
		);
	} );

	test.each( [
		[ 'throttled', 'throttled' ],
		[ 'unavailable', 'unavailable, not throttled' ],
	] )( '%s', async ( kind, name ) => {
		await bp.control( 'POST', '/faults', [ { kind, count: 1 } ] );
		const { status, json } = await bp.call(
			'GET',
			'/accounting-service/tax-code'
		);
		expect( status ).toBe( named( 'gateway', name ).status );
		expect( json ).toEqual( named( 'gateway', name ).body );
	} );
} );

test( 'the token answers have the recorded fields', async () => {
	const { json } = await bp.refresh();
	expect( shapeOf( json ) ).toEqual(
		shapeOf( named( 'oauth', 'refresh' ).body )
	);
	const bad = await bp.refresh( 'sandbox-gb', 'wrong' );
	expect( bad.status ).toBe( 400 );
	expect( bad.json ).toEqual( named( 'oauth', 'bad refresh token' ).body );
} );

test( 'writes answer as recorded', async () => {
	const id = await order();
	expect( shapeOf( { response: id } ) ).toEqual(
		shapeOf( named( 'writes', 'POST create' ).body )
	);
	const put = await bp.call( 'PUT', `/order-service/order/${ id }/status`, {
		orderStatusId: 22,
	} );
	expect( put.json ).toEqual( named( 'writes', 'DELETE / PUT' ).body );
	expect(
		( await bp.call( 'GET', '/order-service/order/999' ) ).json
	).toEqual( named( 'writes', 'GET order none' ).body );
} );
