import { describe, expect, test } from '@jest/globals';
import {
	csvFor,
	exactCsv,
	withMark,
} from '../../../admin-ui/src/components/csv.ts';
import { fileName } from '../../../admin-ui/src/components/download.ts';

describe( 'a table for a spreadsheet', () => {
	test( 'quotes what would end a cell or a line', () => {
		expect(
			csvFor( [ [ 'a,b', 'say "hi"', 'two\nlines', 7, null ] ] )
		).toBe( '"a,b","say ""hi""","two\nlines",7,\r\n' );
	} );

	test.each( [ '=1+1', '+44', '-X', '@cmd', '\tx', '\rx' ] )(
		'%j is never read as a formula',
		( text ) => {
			expect(
				csvFor( [ [ text ] ] )
					.replace( /^"/, '' )
					.startsWith( "'" )
			).toBe( true );
		}
	);

	test( 'a number below zero stays a number', () => {
		expect( csvFor( [ [ -3 ] ] ) ).toBe( '-3\r\n' );
	} );

	test( 'what is read in again is exact', () => {
		expect( exactCsv( [ [ '-X', '=A' ] ] ) ).toBe( '-X,=A\r\n' );
	} );

	test( 'says that it is UTF-8', () => {
		expect( withMark( 'é' ).charCodeAt( 0 ) ).toBe( 0xfeff );
	} );
} );

test( 'a file is named by connection, what it is, and the day', () => {
	expect(
		fileName(
			'main',
			'readiness',
			'csv',
			new Date( '2026-11-21T23:30:00Z' )
		)
	).toBe( 'pearlbridge-main-readiness-2026-11-21.csv' );
} );
