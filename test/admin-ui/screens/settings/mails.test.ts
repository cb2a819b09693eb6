import { expect, test } from '@jest/globals';
import { mailsText } from '../../../../admin-ui/src/screens/settings/mails.ts';

test.each( [
	[ { quiet: true, paired: true, any: true }, 'info', /keeps the mails/ ],
	[
		{ quiet: true, paired: false, any: true },
		'warning',
		/no status is set/,
	],
	[ { quiet: true, paired: false, any: false }, 'info', /not paired/ ],
	[ { quiet: false, paired: true, any: true }, 'warning', /get WooCommerce/ ],
	[
		{ quiet: false, paired: false, any: true },
		'warning',
		/get WooCommerce/,
	],
] )( '%j', ( how, status, text ) => {
	const told = mailsText( how );
	expect( told?.status ).toBe( status );
	expect( told?.text ).toMatch( text );
} );

test( 'nothing is said before it is known', () => {
	expect( mailsText( { quiet: true, paired: null, any: true } ) ).toBeNull();
} );
