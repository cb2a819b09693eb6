import { describe, expect, test } from '@jest/globals';
import type { ProblemDraft } from '../../src/contracts/problem.ts';
import { oneOfEachCode } from '../../src/domain/joined-problems.ts';

const problem = ( more: Partial< ProblemDraft > = {} ): ProblemDraft => ( {
	code: 'order-changed',
	message: 'A is so.',
	cause: 'Because.',
	fix: 'Do it.',
	field: 'orders.status',
	...more,
} );

describe( 'problems of one code', () => {
	test( 'become one that says them all, in their order', () => {
		expect(
			oneOfEachCode( [
				problem(),
				problem( { code: 'cancelled-paid' } ),
				problem( { message: 'B is so.', fix: 'Do that.' } ),
				problem( { message: 'C is so.', cause: null } ),
			] )
		).toEqual( [
			problem( {
				message: 'A is so. B is so. C is so.',
				fix: 'Do it. Do that.',
			} ),
			problem( { code: 'cancelled-paid' } ),
		] );
	} );

	test( 'that say the same say it once', () => {
		expect( oneOfEachCode( [ problem(), problem() ] ) ).toEqual( [
			problem(),
		] );
	} );

	test( 'of two settings name neither', () => {
		expect(
			oneOfEachCode( [ problem(), problem( { field: 'orders.notes' } ) ] )
		).toEqual( [ problem( { field: null } ) ] );
	} );
} );
