/** What `connection check` says of settings before an order meets them: write-back. */
import { expect, test } from '@jest/globals';
import type { Brightpearl } from '../../../src/brightpearl/api.ts';
import { ok } from '../../../src/contracts/result.ts';
import { settingsSchema } from '../../../src/contracts/settings.ts';
import { settingsFindings } from '../../../src/flows/operations/settings-findings.ts';
import { refusing } from '../../helpers/fakes/refusing.ts';

function findings(
	writeBack: Record< string, unknown >,
	isPaired: boolean
): Promise< string[] > {
	const brightpearl = refusing< Brightpearl >(
		{
			channels: async () => ok( [] ),
			warehouses: async () => ok( [] ),
			taxCodes: async () => ok( [] ),
			paymentMethods: async () => ok( [] ),
			orderStatuses: async () =>
				ok( [ { id: 4, name: 'Shipped', disabled: false } ] ),
		},
		'Nothing else is asked.'
	);
	return settingsFindings(
		brightpearl,
		settingsSchema.parse( { writeBack } ),
		isPaired
	).then( ( found ) =>
		found.map(
			( { code, level, message } ) => `${ level } ${ code } ${ message }`
		)
	);
}

const status = { '4': 'completed' };

test.each( [
	[ 'with the plugin', { status }, true ],
	[ 'where mails are welcome', { status, mails: 'send' }, false ],
	[ 'where no status is written', { meta: true, note: true }, false ],
] )( 'nothing %s', async ( _, writeBack, isPaired ) => {
	expect( await findings( writeBack, isPaired ) ).toEqual( [] );
} );

test( 'quiet statuses without the plugin are told', async () => {
	expect( await findings( { status }, false ) ).toEqual( [
		expect.stringMatching( /^error write-back-refused .*writeBack\.mails/ ),
	] );
} );

test( 'a status that the account does not have is told', async () => {
	expect(
		await findings( { status: { ...status, '9': 'on-hold' } }, true )
	).toEqual( [
		expect.stringMatching(
			/^warning setting-unknown writeBack\.status names 9,/
		),
	] );
} );
