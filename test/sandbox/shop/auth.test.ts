import { afterEach, describe, expect, test } from '@jest/globals';
import { at, closeAll, send, sign, startShop } from './kit.ts';
import type { TestShop } from './kit.ts';

afterEach( closeAll );

const now = (): number => Math.floor( Date.now() / 1000 );

function orders( { shop }: TestShop ): string {
	return `${ shop.url }/wp-json/wc/v3/orders`;
}

describe( 'who gets in over plain http', () => {
	test( 'no credentials, Basic and query keys get the same refusal: they are ignored', async () => {
		const one = await startShop();
		const { consumerKey, consumerSecret } = one.shop.ready;
		const basic = Buffer.from( `${ consumerKey }:${ consumerSecret }` );
		const answers = [
			await send( 'GET', orders( one ), {} ),
			await send( 'GET', orders( one ), {
				authorization: `Basic ${ basic.toString( 'base64' ) }`,
			} ),
			await send(
				'GET',
				`${ orders( one ) }?consumer_key=${ consumerKey }&consumer_secret=${ consumerSecret }`,
				{}
			),
		];
		for ( const { status, json } of answers ) {
			expect( status ).toBe( 401 );
			expect( json ).toEqual( {
				code: 'woocommerce_rest_cannot_view',
				message: 'Sorry, you cannot list resources.',
				data: { status: 401 },
			} );
		}
	} );

	test.each( [ 'header', 'query' ] as const )(
		'OAuth in the %s is let in',
		async ( place ) => {
			const one = await startShop();
			const signed = sign(
				'GET',
				`${ orders( one ) }?status=any&modified_after=2026-11-21T05:25:59Z&search=a%20b!'()*`,
				{
					key: one.shop.ready.consumerKey,
					secret: one.shop.ready.consumerSecret,
					place,
				}
			);
			const { status } = await send( 'GET', signed.url, signed.headers );
			expect( status ).toBe( 200 );
		}
	);

	test( 'a list parameter is signed with its index', async () => {
		const one = await startShop();
		const signed = sign( 'GET', `${ orders( one ) }?status[0]=pending`, {
			key: one.shop.ready.consumerKey,
			secret: one.shop.ready.consumerSecret,
		} );
		const { status } = await send(
			'GET',
			`${ orders( one ) }?status[]=pending`,
			signed.headers
		);
		expect( status ).toBe( 200 );
	} );

	test.each( [
		[ 14, 200, null ],
		[ -14, 200, null ],
		[ 16, 401, 'Invalid timestamp.' ],
		[ -16, 401, 'Invalid timestamp.' ],
	] )(
		'a timestamp %i minutes off answers %i',
		async ( minutes, status, message ) => {
			const one = await startShop();
			const signed = sign( 'GET', orders( one ), {
				key: one.shop.ready.consumerKey,
				secret: one.shop.ready.consumerSecret,
				timestamp: now() + minutes * 60,
			} );
			const answer = await send( 'GET', signed.url, signed.headers );
			expect( answer.status ).toBe( status );
			if ( message !== null ) {
				expect( at( answer.json, 'message' ) ).toBe( message );
			}
		}
	);

	test( 'a nonce is good once', async () => {
		const one = await startShop();
		const signed = sign( 'GET', orders( one ), {
			key: one.shop.ready.consumerKey,
			secret: one.shop.ready.consumerSecret,
			nonce: 'once',
		} );
		const first = await send( 'GET', signed.url, signed.headers );
		const second = await send( 'GET', signed.url, signed.headers );
		expect( [ first.status, second.status ] ).toEqual( [ 200, 401 ] );
		expect( at( second.json, 'code' ) ).toBe(
			'woocommerce_rest_authentication_error'
		);
	} );

	test( 'a wrong secret, a changed query and localhost do not match', async () => {
		const one = await startShop();
		const { consumerKey: key, consumerSecret: secret } = one.shop.ready;
		const wrong = sign( 'GET', orders( one ), { key, secret: 'cs_no' } );
		const changed = sign( 'GET', `${ orders( one ) }?page=1`, {
			key,
			secret,
		} );
		const local = sign(
			'GET',
			orders( one ).replace( '127.0.0.1', 'localhost' ),
			{ key, secret }
		);
		for ( const answer of [
			await send( 'GET', wrong.url, wrong.headers ),
			await send( 'GET', `${ orders( one ) }?page=2`, changed.headers ),
			await send( 'GET', orders( one ), local.headers ),
		] ) {
			expect( answer.status ).toBe( 401 );
			expect( at( answer.json, 'message' ) ).toBe(
				'Invalid signature - provided signature does not match.'
			);
			expect( answer.headers.get( 'www-authenticate' ) ).toBeNull();
		}
	} );

	test( 'missing parameters are named', async () => {
		const one = await startShop();
		const { json } = await send(
			'GET',
			`${ orders( one ) }?oauth_consumer_key=ck_x`,
			{}
		);
		expect( json ).toEqual( {
			code: 'woocommerce_rest_authentication_missing_parameter',
			message:
				'Missing OAuth parameters oauth_timestamp, oauth_nonce, oauth_signature, oauth_signature_method',
			data: { status: 401 },
		} );
	} );

	test( 'the read-only key reads, and is refused when it writes', async () => {
		const one = await startShop();
		const { consumerKey: key, consumerSecret: secret } =
			one.shop.ready.readOnly;
		const read = sign( 'GET', orders( one ), { key, secret } );
		const write = sign( 'POST', orders( one ), { key, secret } );
		expect( ( await send( 'GET', read.url, read.headers ) ).status ).toBe(
			200
		);
		const refused = await send( 'POST', write.url, write.headers, {} );
		expect( refused.status ).toBe( 401 );
		expect( at( refused.json, 'message' ) ).toBe(
			'The API key provided does not have write permissions.'
		);
	} );

	test( 'route, then parameters, then credentials', async () => {
		const { shop } = await startShop();
		const get = async ( path: string ): Promise< unknown > => {
			const { json } = await send( 'GET', `${ shop.url }${ path }`, {} );
			return at( json, 'code' );
		};
		expect( await get( '/wp-json/wc/v3/orderz' ) ).toBe( 'rest_no_route' );
		expect( await get( '/wp-json/wc/v3/orders?per_page=101' ) ).toBe(
			'rest_invalid_param'
		);
		expect( await get( '/wp-json/wc/v3/orders/99999999' ) ).toBe(
			'woocommerce_rest_cannot_view'
		);
		expect( await get( '/?rest_route=/wc/v3/orders' ) ).toBe(
			'woocommerce_rest_cannot_view'
		);
	} );

	test( 'the same seed has the same keys, another seed others', async () => {
		const [ one, same, other ] = [
			await startShop( { seed: 7 } ),
			await startShop( { seed: 7 } ),
			await startShop( { seed: 8 } ),
		];
		const keys = ( { shop }: TestShop ): unknown => [
			shop.ready.consumerKey,
			shop.ready.consumerSecret,
			shop.ready.webhookSecret,
		];
		expect( keys( one ) ).toEqual( keys( same ) );
		expect( keys( one ) ).not.toEqual( keys( other ) );
		expect( one.shop.ready.consumerKey ).toMatch( /^ck_[0-9a-f]{40}$/ );
	} );
} );
