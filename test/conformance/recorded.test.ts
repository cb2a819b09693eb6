/**
 * The recorded shapes: the sandbox gives the same, and the client's schemas read both.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import {
	paymentMethodsSchema,
	taxCodesSchema,
} from '../../src/brightpearl/services/accounting.ts';
import { configurationSchema } from '../../src/brightpearl/services/integration.ts';
import { resultSchema } from '../../src/brightpearl/search/search.ts';
import { createHttpApi } from './api.ts';
import type { Api } from './case.ts';
import { askToken, exchange, newCode } from './oauth-kit.ts';
import { bodyOf } from './reading.ts';
import { startSandboxTarget } from './sandbox-target.ts';
import type { SandboxTarget } from './sandbox-target.ts';

interface Recorded {
	readonly name?: string;
	readonly status?: number;
	readonly body: Record< string, unknown >;
}
interface Fixtures {
	readonly oauth: Recorded[];
	readonly errors: Recorded[];
	readonly search: Recorded[];
	readonly writes: Recorded[];
	readonly reference: Recorded[];
	readonly multiMessage: {
		readonly response: Recorded;
		readonly request: object;
	};
	readonly webhook: {
		readonly resource: Record< string, unknown >;
		readonly delivery: Record< string, string >;
	};
}

const fixtures = JSON.parse(
	readFileSync(
		new URL( '../data/brightpearl-fixtures.json', import.meta.url ),
		'utf8'
	)
) as Fixtures;

let started: SandboxTarget;
let api: Api;
beforeAll( async () => {
	started = await startSandboxTarget();
	api = createHttpApi( {
		target: started.target,
		pace: null,
		kind: 'private-app',
		fetch,
	} );
} );
afterAll( () => started.close() );

const recorded = (
	list: 'oauth' | 'search' | 'writes' | 'reference',
	name: string
): Recorded => {
	const found = fixtures[ list ].find( ( entry ) => entry.name === name );
	if ( ! found ) {
		throw new Error( `${ list }: ${ name }` );
	}
	return found;
};

const errorBody = ( code: string ): unknown =>
	fixtures.errors.find( ( { body } ) =>
		JSON.stringify( body ).includes( code )
	)?.body;

/** Keys and types; of a list its first item stands for all. */
function shapeOf( value: unknown ): unknown {
	if ( Array.isArray( value ) ) {
		return value.slice( 0, 1 ).map( shapeOf );
	}
	return typeof value === 'object' && value !== null
		? Object.fromEntries(
				Object.entries( value )
					.map(
						( [ key, entry ] ) => [ key, shapeOf( entry ) ] as const
					)
					.toSorted( ( [ a ], [ b ] ) => a.localeCompare( b ) )
			)
		: typeof value;
}

describe( 'tokens', () => {
	test( 'an exchange has the recorded fields', async () => {
		const { json } = await exchange( api, await newCode( api ) );
		expect( shapeOf( json ) ).toEqual(
			shapeOf( recorded( 'oauth', 'code exchange' ).body )
		);
	} );

	test( 'refusals are the recorded ones, to the letter', async () => {
		const cases = [
			[
				'bad client',
				await exchange( api, 'x', { client_id: 'nobody' } ),
			],
			[ 'bad code', await exchange( api, 'x' ) ],
			[
				'redirect mismatch',
				await exchange( api, await newCode( api ), {
					redirect_uri: 'http://127.0.0.1:9/other',
				} ),
			],
			[
				'bad refresh token',
				await askToken( api, {
					grant_type: 'refresh_token',
					refresh_token: 'x',
				} ),
			],
		] as const;
		for ( const [ name, { status, json } ] of cases ) {
			expect( { status, json } ).toEqual( {
				status: recorded( 'oauth', name ).status,
				json: recorded( 'oauth', name ).body,
			} );
		}
	} );
} );

describe( 'errors', () => {
	test.each( [
		[ 'No Contact Found', '/contact-service/contact/999999' ],
		[ 'CMNC-018', '/order-service/order-search?orderStatusId=BAD%20PARAM' ],
	] )( '%s is as recorded', async ( code, path ) => {
		expect( ( await api.get( path ) ).json ).toEqual( errorBody( code ) );
	} );

	test( 'a wrong patch operation is as recorded', async () => {
		const id = await api.existing( 'order' );
		const { json } = await api.patch( `/order-service/order/${ id }`, [
			{ op: 'add', path: '/reference', value: 'X' },
		] );
		expect( json ).toEqual( errorBody( 'CMNC-044' ) );
	} );

	test( 'an event that cannot be subscribed to is as recorded', async () => {
		const { json } = await api.post( '/integration-service/webhook', {
			...fixtures.webhook.resource,
			id: undefined,
			subscribeTo: 'order.created',
		} );
		expect( json ).toEqual( errorBody( 'INTC-064' ) );
	} );

	test( 'an order without type is as recorded', async () => {
		const { json } = await api.post( '/order-service/order', {
			parties: {
				customer: { contactId: await api.existing( 'contact' ) },
			},
		} );
		expect( json ).toEqual( errorBody( 'ORDC-005' ) );
	} );
} );

test( 'OPTIONS answers as recorded', async () => {
	const { json } = await api.options( '/order-service/order/999999' );
	expect( json ).toEqual( recorded( 'writes', 'OPTIONS none' ).body );
	const id = await api.existing( 'order' );
	const some = await api.options( `/order-service/order/${ id }` );
	expect( shapeOf( some.json ) ).toEqual(
		shapeOf( recorded( 'writes', 'OPTIONS' ).body )
	);
} );

test( 'a multi-message is answered as recorded: one good, one bad, one left undone', async () => {
	const reply = await api.post(
		'/multi-message',
		fixtures.multiMessage.request
	);
	const { response } = fixtures.multiMessage;
	expect( reply.status ).toBe( response.status );
	expect( shapeOf( reply.json ) ).toEqual( shapeOf( response.body ) );
	const { processedMessages, unprocessedMessages } = (
		reply.json as {
			response: {
				processedMessages: { statusCode: number }[];
				unprocessedMessages: string[];
			};
		}
	 ).response;
	expect( processedMessages.map( ( { statusCode } ) => statusCode ) ).toEqual(
		[ 200, 400 ]
	);
	expect( unprocessedMessages ).toEqual( [ 'c' ] );
} );

test( 'a webhook is kept as recorded', async () => {
	const sent = { ...fixtures.webhook.resource };
	delete sent.id;
	const made = bodyOf(
		await api.post( '/integration-service/webhook', sent )
	).response as unknown as number;
	const { json } = await api.get( `/integration-service/webhook/${ made }` );
	expect( json ).toEqual( { response: [ { ...sent, id: made } ] } );
} );

test( 'a delivery has the recorded form', () => {
	const template = JSON.parse(
		String( fixtures.webhook.resource.bodyTemplate )
	) as Record< string, string >;
	expect( Object.keys( fixtures.webhook.delivery ).sort() ).toEqual(
		Object.keys( template ).sort()
	);
} );

describe( "the client's schemas read what is recorded and what the sandbox answers", () => {
	const SCHEMAS: Readonly<
		Record< string, readonly [ string, z.ZodType ] >
	> = {
		'tax-code': [ '/accounting-service/tax-code', taxCodesSchema ],
		'payment-method': [
			'/accounting-service/payment-method',
			paymentMethodsSchema,
		],
		'account-configuration': [
			'/integration-service/account-configuration',
			configurationSchema,
		],
	};

	test.each( Object.entries( SCHEMAS ) )(
		'%s',
		async ( name, [ path, schema ] ) => {
			const answers = [
				recorded( 'reference', name ).body,
				( await api.get( path ) ).json as Record< string, unknown >,
			];
			for ( const { response } of answers ) {
				expect( schema.safeParse( response ).error ).toBeUndefined();
			}
		}
	);

	test.each( [
		'customer-payment-search hit',
		'customer-payment-search empty (no firstResult/lastResult)',
	] )( '%s', async ( name ) => {
		const answers = [
			recorded( 'search', name ).body,
			( await api.get( '/accounting-service/customer-payment-search' ) )
				.json as Record< string, unknown >,
		];
		for ( const { response } of answers ) {
			expect( resultSchema.safeParse( response ).error ).toBeUndefined();
		}
	} );
} );
