import { describe, expect, test } from '@jest/globals';
import { plainCell, readCsv, writeCsv } from '../../src/domain/csv.ts';

const cells = ( text: string ) =>
	readCsv( text ).rows.map( ( row ) => row.cells );

describe( 'reading', () => {
	test.each( [
		[ 'commas', 'a,b\n1,2\n' ],
		[ 'semicolons', 'a;b\n1;2\n' ],
		[ 'tabs', 'a\tb\n1\t2\n' ],
		[ 'a byte order mark and Windows line ends', '\u{FEFF}a;b\r\n1;2\r\n' ],
		[ 'old Mac line ends', 'a,b\r1,2\r' ],
		[ 'no last line end', 'a,b\n1,2' ],
		[ 'sep=', 'sep=;\r\na;b\r\n1;2' ],
		[ 'spaces around', ' a , b \n 1 ,\t2 ' ],
		[ 'quotes', '"a","b"\n"1", "2"\n' ],
		[ 'blank lines', '\n\na,b\n\n , \n1,2\n\n' ],
	] )( '%s', ( _, text ) => {
		expect( cells( text ) ).toEqual( [
			[ 'a', 'b' ],
			[ '1', '2' ],
		] );
	} );

	test( 'quotes hold separators, quotes and line ends', () => {
		expect( cells( 'a,b\n"x,""y""","one\ntwo"\n' ) ).toEqual( [
			[ 'a', 'b' ],
			[ 'x,"y"', 'one\ntwo' ],
		] );
	} );

	test( 'lines are counted as an editor shows them', () => {
		expect(
			readCsv( 'sep=,\n\na,b\n"one\ntwo",x\nlast,y' ).rows.map(
				( row ) => row.line
			)
		).toEqual( [ 3, 4, 6 ] );
	} );

	test( 'a quote that is never closed is told with its line', () => {
		expect( readCsv( 'a,b\n1,2\n"3,4\n5,6' ) ).toMatchObject( {
			rows: [ { line: 1 }, { line: 2 } ],
			faults: [ { line: 3 } ],
		} );
	} );
} );

describe( 'writing', () => {
	const TEXTS = [
		'plain',
		'a,b',
		'a;b',
		'say "x"',
		' padded ',
		'=SUM(A1)',
		'+1',
		'-1',
		'@x',
		"'=kept",
		"'plain",
		'Ünïcode',
	];

	test.each( [ '=1+1', '+1', '-1', '@x', '\t=1', "'=1" ] )(
		'%j is nothing a spreadsheet would work out',
		( text ) => {
			expect( writeCsv( [ [ text ] ] ) ).toMatch( /^"?'/ );
		}
	);

	test( 'what is written reads back', () => {
		const read = cells( writeCsv( [ [ 'x', 'y' ], TEXTS ] ) )[ 1 ] ?? [];
		expect( read.map( plainCell ) ).toEqual(
			TEXTS.map( ( text ) => text.trim() )
		);
	} );
} );
