import { expect, test } from '@jest/globals';
import { apiError } from '../../../../admin-ui/src/api/errors.ts';
import { aliasFaults } from '../../../../admin-ui/src/screens/readiness/alias-faults.ts';

const fault = ( line: number ) => ( {
	path: `line ${ line }`,
	message: 'has no alias',
} );
const refused = ( ...lines: readonly number[] ) =>
	apiError( 'invalid-aliases', 'line 2 has no alias; line 9 has no alias.', {
		details: lines.map( fault ),
	} );

test( 'several faults are counted, and listed by their lines', () => {
	const shown = aliasFaults( refused( 2, 9 ) );
	expect( shown?.message ).toBe( 'The file has 2 faults.' );
	expect( shown?.details ).toEqual( [ fault( 2 ), fault( 9 ) ] );
} );

test( 'one fault is the sentence itself', () => {
	expect( aliasFaults( refused( 4 ) )?.message ).toBe(
		'line 4: has no alias'
	);
} );

test( 'another failure keeps its words', () => {
	const error = apiError( 'unreachable', 'Pearlbridge cannot be reached.' );
	expect( aliasFaults( error ) ).toBe( error );
	expect( aliasFaults( null ) ).toBeNull();
} );
