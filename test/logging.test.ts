import { describe, expect, test } from '@jest/globals';
import { createLogger } from '../src/logging.ts';

function log( level: 'debug' | 'info' | 'warn' | 'error' | 'silent' ) {
	const lines: Record< string, unknown >[] = [];
	return {
		lines,
		logger: createLogger( {
			level,
			destination: {
				write: ( line ) => {
					lines.push(
						JSON.parse( line ) as Record< string, unknown >
					);
				},
			},
		} ),
	};
}

describe( 'the log', () => {
	test( 'is one JSON object a line, with level, time, fields and message', () => {
		const { lines, logger } = log( 'info' );
		logger
			.child( { connection: 'main' } )
			.info( { orderId: 4336 }, 'Pushed.' );
		expect( lines ).toEqual( [
			{
				level: 'info',
				time: expect.stringMatching( /^\d{4}-\d\d-\d\dT.*Z$/ ),
				connection: 'main',
				orderId: 4336,
				msg: 'Pushed.',
			},
		] );
	} );

	test.each( [
		[ 'debug', [ 'debug', 'info', 'warn', 'error' ] ],
		[ 'info', [ 'info', 'warn', 'error' ] ],
		[ 'warn', [ 'warn', 'error' ] ],
		[ 'error', [ 'error' ] ],
		[ 'silent', [] ],
	] as const )( 'at level %s tells %j', ( level, told ) => {
		const { lines, logger } = log( level );
		for ( const at of [ 'debug', 'info', 'warn', 'error' ] as const ) {
			logger[ at ]( {}, at );
		}
		expect( lines.map( ( line ) => line[ 'level' ] ) ).toEqual( told );
	} );
} );

describe( 'secrets are hidden', () => {
	test.each( [
		'authorization',
		'Authorization',
		'x-wc-webhook-signature',
		'brightpearl-account-token',
		'brightpearl-staff-token',
		'token',
		'accessToken',
		'refresh_token',
		'clientSecret',
		'consumerKey',
		'consumer_secret',
		'webhookSecret',
		'password',
		'cookie',
		'key',
	] )( 'by the name %s, at any depth', ( name ) => {
		const { lines, logger } = log( 'info' );
		logger.info(
			{
				[ name ]: 'hush',
				request: { headers: [ { [ name ]: 'hush' } ] },
			},
			'x'
		);
		logger.child( { deep: { [ name ]: { a: 'hush' } } } ).info( {}, 'y' );
		expect( JSON.stringify( lines ) ).not.toContain( 'hush' );
	} );

	test.each( [ 'orderId', 'keyId', 'tokenType', 'sku', 'account', 'code' ] )(
		'but %s is shown',
		( name ) => {
			const { lines, logger } = log( 'info' );
			logger.info( { [ name ]: 'seen' }, 'x' );
			expect( lines[ 0 ]?.[ name ] ).toBe( 'seen' );
		}
	);

	test.each( [
		[ 'key ck_0123456789abcdef0123', '0123456789' ],
		[
			'GET https://shop.example/wp-json?consumer_key=ck_1&consumer_secret=hush&a=1',
			'hush',
		],
		[ 'https://shop.example/?oauth_signature=hush%3D', 'hush' ],
		[ 'Authorization: Bearer hush-hush', 'hush' ],
		[ 'authorization: basic aHVzaA==hush', 'hush' ],
		[ 'https://user:hush@shop.example/', 'hush' ],
		[ 'POST /webhooks/brightpearl/main/hush-_1 took 3 ms', 'hush' ],
		[ 'https://a.example/p/webhooks/brightpearl/main/hush?x=1', 'hush' ],
	] )( 'by their shape in any text: %s', ( text, secret ) => {
		const { lines, logger } = log( 'info' );
		const error = new Error( text, { cause: new Error( text ) } );
		logger.error( { err: error, list: [ text ], text }, text );
		expect( JSON.stringify( lines ) ).not.toContain( secret );
		expect( lines[ 0 ]?.[ 'err' ] ).toMatchObject( {
			name: 'Error',
			stack: expect.stringContaining( 'logging.test' ),
			cause: { name: 'Error' },
		} );
	} );

	test( 'what is deep, circular or large does not hurt', () => {
		const { lines, logger } = log( 'info' );
		const circle: Record< string, unknown > = {
			n: 1n,
			bytes: new Uint8Array( 3 ),
		};
		circle[ 'self' ] = circle;
		logger.info( { circle, none: null, missing: undefined }, 'x' );
		expect( lines[ 0 ] ).toMatchObject( {
			circle: { n: '1', bytes: '[3 bytes]', self: { self: { n: '1' } } },
			none: null,
		} );
	} );
} );
