import { describe, expect, test } from '@jest/globals';
import { apiError } from '../../../../admin-ui/src/api/errors.ts';
import {
	customFieldFault,
	statusIdFault,
	takenFault,
} from '../../../../admin-ui/src/screens/settings/add-faults.ts';
import { faultWords } from '../../../../admin-ui/src/screens/settings/fault-words.ts';
import { inFormWords } from '../../../../admin-ui/src/screens/settings/file-faults.ts';
import { settingsSchema } from '../../../../src/contracts/settings.ts';

describe( 'a line that cannot be added says why', () => {
	test( 'the code of a custom field', () => {
		expect( customFieldFault( 'PCF_ORDERNO', false ) ).toBeNull();
		expect( customFieldFault( 'PCF_ORDERNO', true ) ).toMatch( /already/ );
		expect( customFieldFault( 'foo bar', false ) ).toMatch( /PCF_/ );
	} );

	test( 'the id of a status', () => {
		expect( statusIdFault( '4', false ) ).toBeNull();
		expect( statusIdFault( '4', true ) ).toBe(
			'“4” is in the table already'
		);
		expect( statusIdFault( 'abc', false ) ).toMatch( /number/ );
	} );

	test( 'a key of the shop', () => {
		expect( takenFault( 'stripe', false ) ).toBeNull();
		expect( takenFault( 'stripe', true ) ).toMatch( /“stripe”/ );
	} );

	test.each( [
		'PCF_A',
		'PCF_' + 'x'.repeat( 40 ),
		'PCF_',
		'pcf_a',
		'PCF-A',
	] )( '“%s” as the settings themselves have it', ( code ) => {
		const read = settingsSchema.safeParse( {
			orders: { customFields: { [ code ]: 'number' } },
		} );
		expect( customFieldFault( code, false ) === null ).toBe( read.success );
	} );
} );

describe( 'a span of time', () => {
	const saidOf = ( every: string ): string => {
		const read = settingsSchema.safeParse( { sweep: { every } } );
		return faultWords(
			'sweep.every',
			read.error?.issues[ 0 ]?.message ?? 'nothing'
		);
	};

	test( 'that is too short or too long is told in the words of its two controls', () => {
		expect( saidOf( '0s' ) ).toBe( 'type 1 or more' );
		expect( saidOf( '999h' ) ).toBe(
			'must be at most 30 days (720 hours)'
		);
		expect( saidOf( 'xm' ) ).toBe( 'type a whole number' );
	} );
} );

describe( 'the faults of a file', () => {
	const refused = ( ...details: { path: string; message: string }[] ) =>
		inFormWords(
			apiError( 'invalid-settings', 'settings.orders.cancelPaid must …', {
				details,
				fix: 'The document is one that "settings export" wrote.',
			} )
		);
	const cancelPaid = {
		path: 'settings.orders.cancelPaid',
		message: 'must be one of hold, reverse',
	};

	test( 'a single one is told once, with the label of its field', () => {
		const error = refused( cancelPaid );
		expect( error.message ).toBe(
			'Paid, then cancelled: must be one of hold, reverse.'
		);
		expect( error.details ).toHaveLength( 1 );
	} );

	test( 'several are counted, and each stands in the list alone', () => {
		const error = refused( cancelPaid, cancelPaid, {
			path: 'aliases.2',
			message: 'has no SKU',
		} );
		expect( error.message ).toBe(
			'2 entries of the file cannot be taken:'
		);
		expect( error.details ).toEqual( [
			{
				path: '',
				message: 'Paid, then cancelled: must be one of hold, reverse',
			},
			{ path: '', message: 'SKU alias 3: has no SKU' },
		] );
		expect( JSON.stringify( error ) ).not.toContain( 'orders.cancelPaid' );
	} );

	test( 'any other error stays as it is', () => {
		const error = apiError( 'unreachable', 'No answer.' );
		expect( inFormWords( error ) ).toBe( error );
	} );
} );
