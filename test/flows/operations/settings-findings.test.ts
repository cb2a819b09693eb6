/** What `connection check` says of settings before an order meets them: write-back. */
import { expect, test } from '@jest/globals';
import type { Brightpearl } from '../../../src/brightpearl/api.ts';
import { ok } from '../../../src/contracts/result.ts';
import { settingsSchema } from '../../../src/contracts/settings.ts';
import { settingsFindings } from '../../../src/flows/operations/settings-findings.ts';
import { refusing } from '../../helpers/fakes/refusing.ts';

function findings(
	writeBack: Record< string, unknown >,
	isPaired: boolean,
	orders: Record< string, unknown > = {}
): Promise< string[] > {
	const brightpearl = refusing< Brightpearl >(
		{
			channels: async () =>
				ok( [
					{
						id: 3,
						name: 'Web',
						defaultWarehouseId: null,
						warehouseIds: [],
					},
				] ),
			warehouses: async () => ok( [ { id: 2, name: 'Main' } ] ),
			priceLists: async () => ok( [ { id: 1, name: 'Retail' } ] ),
			leadSources: async () => ok( [ { id: 1, name: 'Web' } ] ),
			shippingMethods: async () => ok( [ { id: 7, name: 'Post' } ] ),
			nominalCodes: async () => ok( [ { code: '4000', name: 'Sales' } ] ),
			customFieldDefinitions: async () =>
				ok( [
					{
						code: 'PCF_GIFT',
						name: 'Gift',
						type: 'TEXT',
						required: false,
						options: [],
					},
				] ),
			orderStatuses: async () =>
				ok( [
					{ id: 4, name: 'Shipped', disabled: false },
					{ id: 6, name: 'Old', disabled: true },
				] ),
		},
		'Nothing else is asked.'
	);
	return settingsFindings(
		brightpearl,
		settingsSchema.parse( { writeBack, orders } ),
		isPaired,
		async () => ok( [ 'processing', 'completed', 'on-hold' ] )
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

test( 'a status that the shop does not have is told', async () => {
	expect( await findings( { status: { '4': 'completedd' } }, true ) ).toEqual(
		[
			expect.stringMatching(
				/^error setting-unknown writeBack\.status names completedd, which the shop does not have/
			),
		]
	);
} );

test.each( [
	[ 'orders.cancelledStatusId', { cancelledStatusId: 99999 }, '99999' ],
	[ 'orders.cancelledStatusId', { cancelledStatusId: 6 }, '6' ],
	[ 'orders.status', { status: { processing: 77, completed: 4 } }, '77' ],
	[
		'orders.customFields',
		{ customFields: { PCF_NOPE: 'number' } },
		'PCF_NOPE',
	],
	[ 'orders.rules', { rules: [ { country: 'GB', channelId: 9 } ] }, '9' ],
	[ 'orders.rules', { rules: [ { country: 'GB', warehouseId: 8 } ] }, '8' ],
	[ 'orders.channelId', { channelId: 9 }, '9' ],
	[ 'orders.warehouseId', { warehouseId: 8 }, '8' ],
	[ 'orders.priceListId', { priceListId: 5 }, '5' ],
	[ 'orders.leadSourceId', { leadSourceId: 5 }, '5' ],
	[ 'orders.shipping', { shipping: { '*': 0, flat_rate: 6 } }, '6' ],
	[ 'orders.nominal', { nominal: { sales: '4000', fee: '1' } }, '1' ],
] )( '%s: %j is told', async ( setting, orders, named ) => {
	expect( await findings( {}, true, orders ) ).toEqual( [
		expect.stringContaining(
			`error setting-unknown ${ setting } names ${ named }, which the account does not have.`
		),
	] );
} );

test( 'what there is is not told', async () => {
	expect(
		await findings( { status }, true, {
			channelId: 3,
			warehouseId: 2,
			priceListId: 1,
			leadSourceId: 1,
			cancelledStatusId: 4,
			status: { processing: 4, completed: null },
			shipping: { '*': 0, flat_rate: 7 },
			nominal: { sales: '4000' },
			customFields: { PCF_GIFT: 'number' },
			rules: [ { country: 'GB', channelId: 3, warehouseId: 2 } ],
		} )
	).toEqual( [] );
} );
