import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redact } from '../../../src/brightpearl/transport/redact.ts';

const TOKEN = "a+b/c=&'<>";

describe( 'a secret', () => {
	test.each( [
		TOKEN,
		encodeURIComponent( TOKEN ),
		'a+b/c\\u003d\\u0026\\u0027\\u003c\\u003e',
	] )( 'is blanked as %s', ( form ) => {
		expect( redact( `you sent ${ form }!`, [ TOKEN ] ) ).toBe(
			'you sent [redacted]!'
		);
	} );

	test( 'that begins with another leaves nothing behind', () => {
		expect( redact( 'abcdef', [ 'abc', 'abcdef' ] ) ).toBe( '[redacted]' );
	} );

	test( 'is blanked before the text is cut', () => {
		const told = redact( `${ 'x'.repeat( 295 ) }SECRETSECRET`, [
			'SECRETSECRET',
		] );
		expect( told ).not.toContain( 'SECR' );
		expect( told.length ).toBeLessThanOrEqual( 301 );
	} );

	test( 'of any make never stays, and nothing is too strange to read', () => {
		fc.assert(
			fc.property(
				fc.string( { minLength: 3, unit: 'binary' } ),
				fc.string( { unit: 'binary' } ),
				fc.string( { unit: 'binary' } ),
				( secret, before, after ) => {
					const told = redact( before + secret + after, [ secret ] );
					// What was put in its place may spell it by chance.
					fc.pre( ! '[redacted]…'.includes( secret ) );
					fc.pre( secret.trim() === secret && secret !== '' );
					expect(
						told.replaceAll( '[redacted]', '\0' )
					).not.toContain( secret );
				}
			)
		);
		expect( () => redact( 'x', [ '\ud800abc' ] ) ).not.toThrow();
	} );

	test( 'of two characters is none', () => {
		expect( redact( 'abab', [ 'ab', '' ] ) ).toBe( 'abab' );
	} );
} );
