import { describe, expect, test } from '@jest/globals';
import { parseJsonText } from '../../src/cli/json-text.ts';

describe( 'JSON that people wrote', () => {
	test( 'is read, with a byte order mark too', () => {
		expect( parseJsonText( '\uFEFF{"a":[1,"ü"]}' ) ).toEqual( {
			ok: true,
			value: { a: [ 1, 'ü' ] },
		} );
	} );

	test.each( [
		[ '', 1, 1, 'it ends too early' ],
		[ '{\n\t"a": 1,\n}', 3, 1, 'unexpected "}"' ],
		[ '{\n  "a": "b"\n  "c": 1\n}', 3, 3, 'unexpected "\\""' ],
		[ '{a: 1}', 1, 2, 'unexpected "a"' ],
		[ "{'a': 1}", 1, 2, 'unexpected "\'"' ],
		[ '{"a": tru}', 1, 7, 'unexpected "t"' ],
		[ '{"a": secret-value}', 1, 7, 'unexpected "s"' ],
		[ '{"a": "unclosed', 1, 7, 'unexpected "\\""' ],
		[ '{"a": 1', 1, 8, 'it ends too early' ],
		[ '[1, 2', 1, 6, 'it ends too early' ],
		[ '[1 2]', 1, 4, 'unexpected "2"' ],
		[ '{"a": 1} x', 1, 10, 'unexpected "x"' ],
		[ '{"a": 01}', 1, 8, 'unexpected "1"' ],
		[ '{"a":\r\n "x\ty"}', 2, 2, 'unexpected "\\""' ],
		[ '{"a": "\\q"}', 1, 7, 'unexpected "\\""' ],
		[ '😀', 1, 1, 'unexpected "😀"' ],
	] )(
		'%j is wrong at line %i, column %i',
		( text, line, column, message ) => {
			expect( parseJsonText( text ) ).toEqual( {
				ok: false,
				line,
				column,
				message,
			} );
		}
	);

	test( 'however deep and long it is', () => {
		expect( parseJsonText( '['.repeat( 900_000 ) ).ok ).toBe( false );
		expect(
			parseJsonText( `["${ 'x\\n'.repeat( 300_000 ) }"` )
		).toMatchObject( {
			ok: false,
			line: 1,
			column: 900_004,
		} );
	} );
} );
