import { describe, expect, test } from '@jest/globals';
import { WrongKeyError } from '../../src/database/errors.ts';
import { createSealer } from '../../src/database/sealer.ts';

const KEY = new Uint8Array( 32 ).fill( 1 );
const OTHER_KEY = new Uint8Array( 32 ).fill( 2 );
const PLACE = [ 'main', 'store.consumerSecret' ];

describe( 'sealer', () => {
	test.each( [ 'cs_123', '', 'ключ – 鍵', 'x'.repeat( 100_000 ) ] )(
		'opens what it sealed',
		( text ) => {
			const sealer = createSealer( KEY );
			const envelope = sealer.seal( text, PLACE );
			expect( createSealer( KEY ).open( envelope, PLACE ) ).toBe( text );
			if ( text !== '' ) {
				expect( envelope ).not.toContain( text );
			}
		}
	);

	test( 'the same text never seals to the same envelope', () => {
		const sealer = createSealer( KEY );
		const envelopes = Array.from( { length: 100 }, () =>
			sealer.seal( 'cs_123', PLACE )
		);
		expect( new Set( envelopes ).size ).toBe( 100 );
	} );

	test( 'another key is told apart from damage, and its id gives nothing away', () => {
		const envelope = createSealer( KEY ).seal( 'cs_123', PLACE );
		expect( () =>
			createSealer( OTHER_KEY ).open( envelope, PLACE )
		).toThrow( WrongKeyError );
		expect( createSealer( KEY ).keyId ).not.toBe(
			createSealer( OTHER_KEY ).keyId
		);
		expect( Buffer.from( KEY ).toString( 'base64url' ) ).not.toContain(
			createSealer( KEY ).keyId
		);
	} );

	test.each( [
		[ [ 'other', 'store.consumerSecret' ] ],
		[ [ 'main', 'store.webhookSecret' ] ],
		[ [] ],
	] )( 'a value moved to %j does not open', ( place ) => {
		const sealer = createSealer( KEY );
		const envelope = sealer.seal( 'cs_123', PLACE );
		expect( () => sealer.open( envelope, place ) ).toThrow();
	} );

	test( 'a value with one bit turned does not open', () => {
		const sealer = createSealer( KEY );
		const [ version, keyId, iv, body = '' ] = sealer
			.seal( 'cs_123', PLACE )
			.split( '.' );
		const bytes = Buffer.from( body, 'base64url' );
		for ( let index = 0; index < bytes.length; index += 1 ) {
			const turned = Buffer.from( bytes );
			turned[ index ] = ( turned[ index ] ?? 0 ) ^ 1;
			const envelope = [
				version,
				keyId,
				iv,
				turned.toString( 'base64url' ),
			].join( '.' );
			expect( () => sealer.open( envelope, PLACE ) ).toThrow();
		}
		for ( const damaged of [ '', 'v1', 'v2.a.b.c', 'cs_123' ] ) {
			expect( () => sealer.open( damaged, PLACE ) ).toThrow( 'damaged' );
		}
	} );

	test( 'a key of another length is refused', () => {
		expect( () => createSealer( new Uint8Array( 31 ) ) ).toThrow( '32' );
	} );
} );
