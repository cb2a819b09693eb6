import { describe, expect, test } from '@jest/globals';
import { readBody } from '../../src/woocommerce/body.ts';
import { plainText } from '../../src/woocommerce/plain-text.ts';

const WARNING =
	'<br />\n<b>Warning</b>:  Undefined array key "foo" in <b>/var/www/bad.php</b> on line <b>42</b><br />\n';

describe( 'a body', () => {
	test.each( [
		[ 'clean', '{"id":1}', { id: 1 }, false ],
		[ 'a list', ' [1,2]\n', [ 1, 2 ], false ],
		[ 'after a byte order mark', '\uFEFF{"id":1}', { id: 1 }, false ],
		[ 'after several', '\uFEFF\uFEFF\r\n{"id":1}', { id: 1 }, false ],
		[ 'after a warning', `${ WARNING }{"id":1}`, { id: 1 }, true ],
		[
			'after a warning and a byte order mark',
			`${ WARNING }\uFEFF{"id":1}`,
			{ id: 1 },
			true,
		],
		[
			'after two warnings',
			`${ WARNING }${ WARNING }[{"id":1}]`,
			[ { id: 1 } ],
			true,
		],
		[
			'after a plain notice with brackets',
			'\nNotice: Undefined index: [x]{y} in /a.php on line 1\n{"id":1}',
			{ id: 1 },
			true,
		],
		[
			'after debug output that looks like a list',
			'Array\n(\n    [0] => x\n)\n{"id":1}',
			{ id: 1 },
			true,
		],
		[
			'before a warning at the end',
			`{"id":1,"note":"a<br />b"}${ WARNING }`,
			{ id: 1, note: 'a<br />b' },
			true,
		],
	] )( 'of JSON %s is read', ( _name, raw, value, noisy ) => {
		expect( readBody( raw ) ).toEqual( { kind: 'json', value, noisy } );
	} );

	test.each( [ '', '  \r\n', '\uFEFF' ] )( 'of %j is empty', ( raw ) => {
		expect( readBody( raw ) ).toEqual( { kind: 'empty' } );
	} );

	test.each( [
		[ 'in the middle', '{"id":1,"a":[1,2]' ],
		[ 'right after an inner list', '[{"id":1,"refunds":[]' ],
		[ 'after a warning', `${ WARNING }[{"id":1,"refunds":[]` ],
		[ 'before a warning', `{"id":1,"refunds":[${ WARNING }` ],
		[ 'after one character', '[' ],
	] )( 'cut %s is broken, never its inner part', ( _name, raw ) => {
		expect( readBody( raw ) ).toEqual( { kind: 'broken' } );
	} );

	test( 'of debug output before a cut answer is not taken for the answer', () => {
		expect( readBody( '[]\n[{"id":1' ) ).toEqual( { kind: 'broken' } );
	} );

	test.each( [
		[
			'<!DOCTYPE html>\n<html><head><title>WordPress &rsaquo; Error</title></head></html>',
			'WordPress › Error',
		],
		[
			'<html>\n<script>\n{"id":1}\n</script><title>Login</title></html>',
			'Login',
		],
		[ '<html><title> </title></html>', null ],
		[ '<br />\n<b>Fatal error</b>: Out of memory in x', null ],
		[ 'error', null ],
	] )( 'that is a page shows its title: %s', ( raw, title ) => {
		expect( readBody( raw ) ).toEqual( { kind: 'page', title } );
	} );
} );

describe( 'plain text', () => {
	test.each( [
		[
			'Coupon &quot;nope&quot; cannot be applied.',
			'Coupon "nope" cannot be applied.',
		],
		[
			'<p>There has been a <a href="x">critical\nerror</a>.</p>',
			'There has been a critical error .',
		],
		[
			'Harbour &amp; Pine &#8211; &#x2603; &bogus; &#0;',
			'Harbour & Pine – ☃ &bogus; &#0;',
		],
		[ '&#1114112;', '&#1114112;' ],
	] )( 'of %s', ( html, text ) => {
		expect( plainText( html ) ).toBe( text );
	} );

	test( 'is cut where it is long', () => {
		expect( plainText( 'x'.repeat( 10_000 ) ) ).toHaveLength( 300 );
	} );
} );
