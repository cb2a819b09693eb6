import { describe, expect, test } from '@jest/globals';
import { alpha3Of } from '../../../src/domain/orders/head/countries.ts';
import {
	cut,
	cutAtWord,
	decodeEntities,
	listed,
	singleLine,
	textBlock,
	withoutTags,
} from '../../../src/domain/orders/text.ts';

describe( 'entities of the block checkout', () => {
	test.each( [
		[ 'Prosser &amp; Daughters Ltd', 'Prosser & Daughters Ltd' ],
		[ '5 &lt; 6 &gt; 4', '5 < 6 > 4' ],
		[
			'&quot;Q&quot; &apos;a&apos; &#039;b&#039; &#x27;c&#X27;',
			`"Q" 'a' 'b' 'c'`,
		],
		[ '&#128512; &#x1F600;', '😀 😀' ],
		// Typed so by a person, and encoded once; an ampersand alone may have been encoded again.
		[ '&amp;lt;b&amp;gt;', '&lt;b&gt;' ],
		[ 'A &amp;amp; B &amp;amp;amp; C', 'A & B & C' ],
		[ 'A &amp;amp;lt; B', 'A &lt; B' ],
		[ '2 &times; &pound;5 &rarr; &nbsp;x', '2 × £5 → \u00a0x' ],
		[ '&toString; &at;', '&toString; &at;' ],
		[ 'Tom & Jerry', 'Tom & Jerry' ],
		[ 'ann_d&ampd@example.test', 'ann_d&ampd@example.test' ],
		[
			'a &copy b &notanentity; &; &#; &#x;',
			'a &copy b &notanentity; &; &#; &#x;',
		],
		[
			'&#0; &#10; &#xD800; &#x110000; &#9999999;',
			'&#0; &#10; &#xD800; &#x110000; &#9999999;',
		],
		[ '&AMP;', '&AMP;' ],
	] )( '%s', ( encoded, decoded ) => {
		expect( decodeEntities( encoded ) ).toBe( decoded );
	} );
} );

describe( 'single lines', () => {
	test( 'controls and line breaks become one space, ends are trimmed', () => {
		expect(
			singleLine( ' 1\tHigh\r\nStreet\u0000\u0007\u2028 back\u00a0yard ' )
		).toBe( '1 High Street back yard' );
	} );

	test( 'half a surrogate pair is replaced, a whole one stays', () => {
		expect( singleLine( 'a\ud83d b 😀' ) ).toBe( 'a\ufffd b 😀' );
	} );
} );

describe( 'several lines', () => {
	test.each( [
		[ 'a\r\nb\rc\u2028d', 'a\nb\nc\nd' ],
		[ ' a \t b  \n\n\n\n c ', 'a b\n\nc' ],
		[ '<p>One</p><p>Two<br />Three</p>', 'One\nTwo\nThree' ],
		[ '<a href="https://x.test">link</a> &lt;b&gt;', 'link <b>' ],
		[ 'I <3 you', 'I <3 you' ],
		[ 'half \ud83d', 'half \ufffd' ],
		[ ' \n ', '' ],
	] )( '%j', ( text, expected ) => {
		expect( textBlock( text, 100 ) ).toBe( expected );
	} );

	test( 'are cut where a word ends, and say so', () => {
		expect( textBlock( 'one two three', 10 ) ).toBe( 'one two…' );
		expect( textBlock( 'one two three', 13 ) ).toBe( 'one two three' );
	} );
} );

describe( 'shortening', () => {
	test( 'never leaves half a character', () => {
		expect( cut( 'ab😀', 3 ) ).toBe( 'ab' );
		expect( cut( 'ab😀', 4 ) ).toBe( 'ab😀' );
	} );

	test.each( [
		[ 'Featherstonehaugh the Third', 32, 'Featherstonehaugh the Third' ],
		[ 'Anna Maria Luisa', 10, 'Anna Maria' ],
		[ 'Anna Maria Luisa', 12, 'Anna Maria' ],
		[ 'Jo Wolfeschlegelsteinhausen', 12, 'Jo Wolfeschl' ],
	] )( '%s to %i', ( text, limit, expected ) => {
		expect( cutAtWord( text, limit ) ).toBe( expected );
	} );

	test( 'markup goes, its text and a heart stay', () => {
		expect( withoutTags( '<p>I <3 <b>you</b></p>' ).trim() ).toBe(
			'I <3  you'
		);
	} );

	test( 'lists read as a person would say them', () => {
		expect(
			[ [], [ 'a' ], [ 'a', 'b' ], [ 'a', 'b', 'c' ] ].map( listed )
		).toEqual( [ '', 'a', 'a and b', 'a, b and c' ] );
	} );
} );

describe( 'countries', () => {
	test.each( [
		[ 'GB', 'GBR' ],
		[ 'gb ', 'GBR' ],
		[ 'DE', 'DEU' ],
		[ 'XX', null ],
		[ 'GBR', null ],
		[ '', null ],
	] )( '%s is %s', ( alpha2, alpha3 ) => {
		expect( alpha3Of( alpha2 ) ).toBe( alpha3 );
	} );
} );
