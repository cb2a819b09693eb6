import { expect, test } from '@jest/globals';
import { readSettingsFile } from '../../../../admin-ui/src/screens/settings/settings-file.ts';

const document = {
	format: 'pearlbridge-settings',
	version: 1,
	connection: 'main',
	exportedAt: '2026-11-21T09:00:00Z',
	settings: {},
	aliases: [],
};

test( 'a file of settings says whose it is, and goes on whole', () => {
	expect(
		readSettingsFile( 'a.json', `\uFEFF${ JSON.stringify( document ) }` )
	).toEqual( {
		name: 'a.json',
		document,
		connection: 'main',
		exportedAt: '2026-11-21T09:00:00Z',
	} );
} );

test.each( [
	[ 'no JSON', 'sku,alias' ],
	[ 'a list', '[]' ],
	[ 'something else', '{"format":"other"}' ],
	[ 'nothing', '' ],
] )( '%s is none', ( _, text ) => {
	expect( readSettingsFile( 'a.json', text ) ).toBeNull();
} );

test( 'what it does not say is not made up', () => {
	expect(
		readSettingsFile(
			'a.json',
			JSON.stringify( { ...document, connection: 7, exportedAt: 'soon' } )
		)
	).toMatchObject( { connection: null, exportedAt: null } );
} );
