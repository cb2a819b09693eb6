import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { PROBLEM_CODES } from '../../../../src/contracts/problem.ts';
import { problemTitle } from '../../../../admin-ui/src/components/problem-titles.ts';
import { paymentKindText } from '../../../../admin-ui/src/screens/orders/payment-kind.ts';
import { stepName } from '../../../../admin-ui/src/screens/orders/step-text.ts';

/** Every step there is, read where they are declared. */
const STEPS = [
	...readFileSync(
		new URL( '../../../../src/domain/orders/types.ts', import.meta.url ),
		'utf8'
	)
		.replace( /^[^]*export type Step =/m, '' )
		.replace( /;\n\n[^]*$/, '' )
		.matchAll( /readonly type: '([A-Za-z]+)'/g ),
].map( ( [ , type = '' ] ) => type );

describe( 'what is done to an order', () => {
	test( 'all steps were found', () => {
		expect( STEPS.length ).toBeGreaterThanOrEqual( 16 );
		expect( STEPS ).toContain( 'ReverseRefund' );
	} );

	test.each( STEPS )( '%s has a name of its own', ( type ) => {
		expect( stepName( type ) ).not.toBe( type );
		expect(
			STEPS.filter( ( other ) => stepName( other ) === stepName( type ) )
		).toEqual( [ type ] );
	} );

	test( 'a step of a newer service keeps its own name', () => {
		expect( stepName( 'PaintOrder' ) ).toBe( 'PaintOrder' );
	} );
} );

test( 'every kind of problem has a title of its own', () => {
	const titles = PROBLEM_CODES.map( problemTitle );
	expect( new Set( titles ).size ).toBe( PROBLEM_CODES.length );
	expect( titles.filter( ( title ) => title.includes( '-' ) ) ).toEqual( [
		'E-mail belongs to staff or a supplier',
	] );
} );

test.each( [
	[ 'RECEIPT', 'shop-5001-p1', 'received' ],
	[ 'PAYMENT', 'shop-5001-p1-x', 'receipt taken back' ],
	[ 'PAYMENT', 'shop-5001-r9', 'paid back' ],
	[ 'RECEIPT', 'shop-5001-r9-x', 'refund taken back' ],
	[ 'RECEIPT', null, 'received' ],
	[ 'VOUCHER', null, 'VOUCHER' ],
] )( 'a %s with the reference %s is “%s”', ( type, transactionRef, text ) => {
	expect( paymentKindText( { type, transactionRef } ) ).toBe( text );
} );
