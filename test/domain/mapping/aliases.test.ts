import { expect, test } from '@jest/globals';
import {
	checkAliases,
	readAliases,
	writeAliases,
} from '../../../src/domain/mapping/aliases.ts';

test( 'columns come in any order and case, with others beside them', () => {
	expect(
		readAliases( '\u{FEFF}ALIAS;name;Sku\r\n MUG-1 ;Mug;mug 1\r\n' )
	).toEqual( { ok: true, aliases: [ { sku: 'mug 1', alias: 'MUG-1' } ] } );
} );

test( 'every fault is told at once, with its line', () => {
	const read = readAliases(
		'sku,alias\nA,1\n,2\nB,\nA,3\nC,"x\ny"\nA,1\nD,D\n'
	);
	expect( read ).toEqual( {
		ok: false,
		faults: [
			{ line: 3, message: 'the sku of the alias "2" is missing' },
			{ line: 4, message: 'the alias of "B" is missing' },
			{
				line: 5,
				message: '"A" has another alias already, "1" in line 2',
			},
			{ line: 6, message: expect.stringContaining( 'line break' ) },
		],
	} );
} );

test( 'the same line twice is one, and an alias of itself is none', () => {
	expect( readAliases( 'sku,alias\nA,1\nA,1\nB,B\nb,B\n' ) ).toEqual( {
		ok: true,
		aliases: [
			{ sku: 'A', alias: '1' },
			{ sku: 'b', alias: 'B' },
		],
	} );
} );

test.each( [
	[ '', 'the columns sku and alias are missing' ],
	[ 'a,b\n1,2\n', 'the column sku is missing' ],
	[ 'sku,sku,alias\n', 'the column sku is there 2 times' ],
] )( 'the columns of %j are told', ( csv, message ) => {
	expect( readAliases( csv ) ).toMatchObject( {
		ok: false,
		faults: expect.arrayContaining( [ { line: 1, message } ] ),
	} );
} );

test( 'what is exported is imported, formulas among them', () => {
	const aliases = [
		{ sku: '=A', alias: '-1' },
		{ sku: 'a;b', alias: "'@x" },
		{ sku: '0012', alias: 'x "y"' },
	];
	expect( readAliases( writeAliases( aliases ) ) ).toEqual( {
		ok: true,
		aliases,
	} );
	expect( writeAliases( [] ) ).toBe( 'sku,alias\r\n' );
} );

test( 'a list is trimmed and checked alike', () => {
	expect( checkAliases( [ { sku: ' a ', alias: 'b' } ] ) ).toEqual( {
		ok: true,
		aliases: [ { sku: 'a', alias: 'b' } ],
	} );
	expect(
		checkAliases( [
			{ sku: 'a', alias: 'b' },
			{ sku: 'a ', alias: 'c' },
		] )
	).toMatchObject( { ok: false, faults: [ { line: 2 } ] } );
} );
