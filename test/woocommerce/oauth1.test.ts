import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import {
	encodeRfc3986,
	oauthHeader,
	oauthParameters,
	queryString,
	signatureBase,
} from '../../src/woocommerce/oauth1.ts';
import type { QueryPair } from '../../src/woocommerce/oauth1.ts';
import { shopSignature } from './woo-oauth.ts';

const KEY = { consumerKey: 'ck_1', consumerSecret: 'cs_1' };
const STAMP = { timestamp: 1795238832, nonce: 'abcdef0123' };
const URL_ORDERS = 'http://127.0.0.1:8080/wp-json/wc/v3/orders';

function signatureOf( query: readonly QueryPair[], url = URL_ORDERS ): string {
	const parameters = oauthParameters( KEY, STAMP, 'GET', url, query );
	return parameters.at( -1 )?.[ 1 ] ?? '';
}

describe( 'encoding', () => {
	test.each( [
		[ 'abc-._~019', 'abc-._~019' ],
		[ "!'()*", '%21%27%28%29%2A' ],
		[ 'a b+c', 'a%20b%2Bc' ],
		[ 'é/☃', '%C3%A9%2F%E2%98%83' ],
		[ '%', '%25' ],
		[ '\uD800', '%EF%BF%BD' ],
	] )( 'writes %j as %s', ( text, encoded ) => {
		expect( encodeRfc3986( text ) ).toBe( encoded );
	} );
} );

describe( 'the base string', () => {
	test( 'is that of RFC 5849, section 3.4.1.1', () => {
		expect(
			signatureBase( 'post', 'http://example.com/request', [
				[ 'b5', '=%3D' ],
				[ 'a3', '2 q' ],
				[ 'a3', 'a' ],
				[ 'c@', '' ],
				[ 'a2', 'r b' ],
				[ 'oauth_consumer_key', '9djdj82h48djs9d2' ],
				[ 'oauth_token', 'kkk9d7dh3k39sjv7' ],
				[ 'oauth_signature_method', 'HMAC-SHA1' ],
				[ 'oauth_timestamp', '137131201' ],
				[ 'oauth_nonce', '7d8f3e4a' ],
				[ 'c2', '' ],
			] )
		).toBe(
			'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q' +
				'%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_' +
				'key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_m' +
				'ethod%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk' +
				'9d7dh3k39sjv7'
		);
	} );

	test( 'signs status[] as status[0], status[1] in the order sent', () => {
		expect(
			signatureBase( 'GET', 'http://a.test/x', [
				[ 'status[]', 'processing' ],
				[ 'page', '2' ],
				[ 'status[]', 'completed' ],
			] )
		).toBe(
			'GET&http%3A%2F%2Fa.test%2Fx&page%3D2%26status%255B0%255D%3Dprocessing%26status%255B1%255D%3Dcompleted'
		);
	} );
} );

describe( 'the signature', () => {
	test( 'is the HMAC-SHA256 of the base string under secret and ampersand', () => {
		const base =
			'GET&http%3A%2F%2F127.0.0.1%3A8080%2Fwp-json%2Fwc%2Fv3%2Forders&_fields%3Did%252Cstatus' +
			'%26oauth_consumer_key%3Dck_1%26oauth_nonce%3Dabcdef0123%26oauth_signature_method%3DHMAC-SHA256' +
			'%26oauth_timestamp%3D1795238832%26page%3D2';
		expect(
			signatureOf( [
				[ 'page', '2' ],
				[ '_fields', 'id,status' ],
			] )
		).toBe(
			createHmac( 'sha256', 'cs_1&' ).update( base ).digest( 'base64' )
		);
	} );

	test( 'is what the shop computes, whatever stands in the query', () => {
		const name = fc.stringMatching( /^[a-z_]{1,8}(\[\])?$/ );
		const value = fc.string( { unit: 'binary', maxLength: 12 } );
		fc.assert(
			fc.property(
				fc.uniqueArray( fc.tuple( name, value ), {
					// PHP keeps one value of a repeated name unless it ends in [].
					selector: ( [ key ] ) =>
						key.endsWith( '[]' ) ? Symbol( key ) : key,
				} ),
				( pairs ) => {
					const bare = new Set( pairs.map( ( [ key ] ) => key ) );
					fc.pre(
						pairs.every(
							( [ key ] ) =>
								! key.endsWith( '[]' ) ||
								! bare.has( key.slice( 0, -2 ) )
						)
					);
					const parameters = oauthParameters(
						KEY,
						STAMP,
						'GET',
						URL_ORDERS,
						pairs
					);
					const { given, expected } = shopSignature(
						'GET',
						`/wp-json/wc/v3/orders?${ queryString( pairs ) }`,
						oauthHeader( parameters ),
						'http://127.0.0.1:8080',
						KEY.consumerSecret
					);
					expect( given ).toBe( expected );
				}
			)
		);
	} );

	test( 'changes with method, address, query, secret, nonce and time', () => {
		const sign = (
			method: string,
			url: string,
			secret: string,
			stamp: typeof STAMP,
			query: readonly QueryPair[]
		): string =>
			oauthParameters(
				{ ...KEY, consumerSecret: secret },
				stamp,
				method,
				url,
				query
			).at( -1 )?.[ 1 ] ?? '';
		const all = [
			sign( 'GET', URL_ORDERS, 's', STAMP, [] ),
			sign( 'POST', URL_ORDERS, 's', STAMP, [] ),
			sign(
				'GET',
				'http://localhost:8080/wp-json/wc/v3/orders',
				's',
				STAMP,
				[]
			),
			sign( 'GET', URL_ORDERS, 't', STAMP, [] ),
			sign( 'GET', URL_ORDERS, 's', { ...STAMP, nonce: 'x' }, [] ),
			sign( 'GET', URL_ORDERS, 's', { ...STAMP, timestamp: 1 }, [] ),
			sign( 'GET', URL_ORDERS, 's', STAMP, [ [ 'a', '' ] ] ),
		];
		expect( new Set( all ).size ).toBe( all.length );
	} );
} );
