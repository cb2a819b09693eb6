import { describe, expect, test } from '@jest/globals';
import { adviceOf } from '../../../../admin-ui/src/screens/problems/advice.ts';

describe( 'where a side is to be chosen', () => {
	const both = {
		code: 'changed-on-both-sides',
		field: null,
		message: 'Both.',
		cause: null,
		fix: 'Say which side holds (orders resolve), or make both sides equal by hand and retry the order.',
	} as const;
	const edited = {
		...both,
		code: 'total-mismatch',
		fix: 'Make the same change in the shop and retry the order, or say whose figures hold (orders resolve); a row that was added in Brightpearl is only taken out there.',
	} as const;

	test( 'the list leads to the order’s page, and that page to what stands below', () => {
		expect( adviceOf( both ).fix ).toMatch( /^Say on the order’s page/ );
		expect( adviceOf( both, 'order' ).fix ).toMatch( /^Say below/ );
		expect( adviceOf( edited ).fix ).toMatch(
			/whose figures hold on the order’s page; a row/
		);
		expect( adviceOf( edited, 'order' ).fix ).toMatch(
			/whose figures hold below; a row/
		);
	} );

	test( 'no command of the command line is named', () => {
		for ( const place of [ 'order', 'elsewhere' ] as const ) {
			expect( adviceOf( edited, place ).fix ).not.toMatch( /resolve/ );
		}
	} );
} );
