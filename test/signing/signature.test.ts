import { describe, expect, test } from '@jest/globals';
import { canonicalString, pathBelow } from '../../src/signing/canonical.ts';
import { readHeaders } from '../../src/signing/headers.ts';
import { sign, verify } from '../../src/signing/signature.ts';
import { signatureVectors } from './vectors.ts';

const vectors = signatureVectors();
const lower = (
	headers: Readonly< Record< string, string > >
): Record< string, string > =>
	Object.fromEntries(
		Object.entries( headers ).map( ( [ name, value ] ) => [
			name.toLowerCase(),
			value,
		] )
	);

describe( 'signing', () => {
	const key = vectors.keys[ 0 ];
	if ( key === undefined ) {
		throw new Error( 'The vectors have no key.' );
	}
	test.each( vectors.sign )( '$name', ( vector ) => {
		const path = pathBelow( vector.baseUrl, vector.url );
		expect( path ).toBe( vector.path );
		const request = {
			method: vector.method,
			path: vector.path,
			body: vector.bodyBase64,
		};
		const headers = sign( key, request, {
			now: vector.timestamp * 1000 + 999,
			nonce: vector.nonceBase64,
		} );
		expect( headers ).toEqual( lower( vector.headers ) );
		expect(
			canonicalString( {
				keyId: key.keyId,
				timestamp: String( vector.timestamp ),
				nonce: vector.nonceBase64.toString( 'base64url' ),
				request,
			} )
		).toBe( vector.canonical );
	} );
} );

describe( 'the path below a base', () => {
	test.each( vectors.paths )( '$url below "$base"', ( vector ) => {
		expect( pathBelow( vector.base, vector.url ) ).toBe( vector.path );
	} );
} );

describe( 'verifying', () => {
	test.each( vectors.verify )( '$name', ( vector ) => {
		const headers = readHeaders( lower( vector.headers ) );
		const key = vectors.keys.find(
			( { keyId } ) => keyId === headers?.keyId
		);
		const verdict =
			headers === null
				? 'bad-headers'
				: key === undefined
					? 'unknown-key'
					: verify(
							headers,
							key,
							{
								method: vector.method,
								path: vector.path,
								body: vector.bodyBase64,
							},
							vector.now * 1000
						);
		expect( verdict ).toBe( vector.expect );
	} );

	test( 'a header that came twice is none', () => {
		const [ first ] = vectors.verify;
		const headers = lower( first?.headers ?? {} );
		expect( readHeaders( headers ) ).not.toBeNull();
		expect(
			readHeaders( {
				...headers,
				'x-bridge-nonce': [ 'a'.repeat( 22 ), 'b'.repeat( 22 ) ],
			} )
		).toBeNull();
	} );
} );
