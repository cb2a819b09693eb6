/**
 * Duplicates, addresses and dates of a new sales order (resources reference, §1.2, §1.4).
 */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase } from '../case.ts';
import {
	at,
	customerOf,
	found,
	keys,
	made,
	makeSale,
	readOrder,
	readSale,
	refused,
	response,
	saleBody,
	unique,
} from '../order-kit.ts';

const PATH = '/order-service/sales-order';

/** What the header of every OAuth answer says. */
async function instanceOf( api: Api ): Promise< number > {
	const { headers } = await api.get(
		'/integration-service/account-configuration'
	);
	const id = headers[ 'brightpearl-installed-integration-instance-id' ];
	return id === undefined
		? api.skip( 'the answers name no integration instance' )
		: Number( id );
}

const address = ( more: Readonly< Record< string, unknown > > ) => ( {
	delivery: {
		address: {
			addressFullName: 'Ines Duarte',
			addressLine1: '9 Harbour Row',
			...more,
		},
	},
} );

export const createMoreCases: readonly ConformanceCase[] = [
	{
		id: 'sales-order/duplicate-pair-changes-nothing',
		fact: 'A repeated pair of externalRef and instance answers 200 and changes nothing',
		source: 'resources §1.2',
		mark: 'D',
		mode: 'write',
		needs: [ 'oauth' ],
		run: async ( api ) => {
			const externalRef = unique();
			const pair = {
				externalRef,
				installedIntegrationInstanceId: await instanceOf( api ),
			};
			const id = await makeSale( api, { ...pair, ref: 'first' } );
			const again = await api.post(
				PATH,
				await saleBody( api, { ...pair, ref: 'second' } )
			);
			assert.equal( again.status, 200 );
			const there = await found( api, '/order-service/order-search', {
				externalRef,
			} );
			assert.deepEqual(
				there.map( ( row ) => row.orderId ),
				[ id ]
			);
			const order = await readOrder( api, id );
			assert.equal( at( order, 'reference' ), 'first' );
			assert.equal( at( order, 'version' ), 0 );
		},
	},
	{
		id: 'sales-order/instance-is-kept',
		fact: 'The order shows the instance it was made for, in `order` and in `sales-order`',
		source: 'resources §1.2, §1.4',
		mark: 'D',
		mode: 'write',
		needs: [ 'oauth' ],
		run: async ( api ) => {
			const instance = await instanceOf( api );
			const id = await makeSale( api, {
				externalRef: unique(),
				installedIntegrationInstanceId: instance,
			} );
			for ( const shown of [
				await readOrder( api, id ),
				await readSale( api, id ),
			] ) {
				assert.equal(
					at( shown, 'installedIntegrationInstanceId' ),
					instance
				);
			}
		},
	},
	{
		id: 'sales-order/duplicate-answers-the-first-id',
		fact: 'The answer to a duplicate holds the id of the order that exists',
		source: 'resources §1.2, §8.1',
		mark: 'I',
		mode: 'write',
		needs: [ 'oauth', 'sandbox' ],
		run: async ( api ) => {
			const pair = {
				externalRef: unique(),
				installedIntegrationInstanceId: await instanceOf( api ),
			};
			const id = await makeSale( api, pair );
			assert.equal( await makeSale( api, pair ), id );
		},
	},
	{
		id: 'sales-order/reference-of-64',
		fact: 'A reference has at most 64 characters',
		source: 'resources §1.2, §1.7',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api, { ref: 'x'.repeat( 64 ) } );
			assert.equal(
				at( await readOrder( api, id ), 'reference' ),
				'x'.repeat( 64 )
			);
			refused(
				await api.post(
					PATH,
					await saleBody( api, { ref: 'x'.repeat( 65 ) } )
				)
			);
		},
	},
	{
		id: 'sales-order/country-by-any-iso-code',
		fact: 'An order’s address takes ISO-2 and ISO-3 codes, in small letters too',
		source: 'resources §1.2',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			for ( const countryIsoCode of [ 'GB', 'GBR', 'gb' ] ) {
				const id = await makeSale( api, address( { countryIsoCode } ) );
				const shown = at(
					await readOrder( api, id ),
					'parties',
					'delivery'
				);
				assert.equal( at( shown, 'countryIsoCode3' ), 'GBR' );
			}
		},
	},
	{
		id: 'sales-order/country-is-shown-in-both-codes',
		fact: 'An order shows `countryIsoCode` as ISO-2 beside `countryIsoCode3`, `country` and `countryId`',
		source: 'resources §1.4',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale(
				api,
				address( { countryIsoCode: 'GBR' } )
			);
			const shown = at(
				await readOrder( api, id ),
				'parties',
				'delivery'
			);
			assert.equal( at( shown, 'countryIsoCode' ), 'GB' );
			assert.equal( at( shown, 'countryIsoCode3' ), 'GBR' );
			assert.equal( at( shown, 'country' ), 'United Kingdom' );
			assert( Number( at( shown, 'countryId' ) ) > 0 );
		},
	},
	{
		id: 'sales-order/no-country',
		fact: 'Without a country `countryId` is 0 and the three texts are absent',
		source: 'resources §1.4',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api, address( {} ) );
			const shown = at(
				await readOrder( api, id ),
				'parties',
				'delivery'
			);
			assert.equal( at( shown, 'countryId' ), 0 );
			for ( const absent of [
				'country',
				'countryIsoCode',
				'countryIsoCode3',
			] ) {
				assert( ! keys( shown ).includes( absent ), absent );
			}
		},
	},
	{
		id: 'sales-order/address-of-the-contact',
		fact: 'Left out, the addresses are the contact’s own',
		source: 'resources §1.2',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			const parties = at( await readOrder( api, id ), 'parties' );
			const contact = await api.get(
				`/contact-service/contact/${ await customerOf( api ) }`
			);
			const lastName = String( response( contact, 0, 'lastName' ) );
			for ( const party of [ 'customer', 'billing', 'delivery' ] ) {
				const name = String( at( parties, party, 'addressFullName' ) );
				assert( name.includes( lastName ), name );
			}
			assert(
				! keys( at( parties, 'delivery' ) ).includes( 'contactId' )
			);
		},
	},
	{
		id: 'sales-order/offset-is-honoured',
		fact: 'A time with an offset is stored exactly',
		source: 'platform §1.7',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api, {
				placedOn: '2026-04-17T10:00:00-06:00',
			} );
			assert.equal(
				Date.parse(
					String( at( await readOrder( api, id ), 'placedOn' ) )
				),
				Date.parse( '2026-04-17T16:00:00Z' )
			);
		},
	},
	{
		id: 'sales-order/bare-date-is-utc-midnight',
		fact: 'A date without a time is UTC midnight, shown in the account’s time',
		source: 'resources §0.1',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api, { taxDate: '2026-01-20' } );
			assert.equal(
				Date.parse(
					String( at( await readSale( api, id ), 'taxDate' ) )
				),
				Date.parse( '2026-01-20T00:00:00Z' )
			);
		},
	},
	{
		id: 'sales-order/body-must-be-json',
		fact: 'A body that is no JSON is refused with CMNC-010',
		source: 'platform §4.3',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const reply = await api.post( PATH, 'customer=1' );
			refused( reply );
			assert.equal( at( reply.json, 'errors', 0, 'code' ), 'CMNC-010' );
		},
	},
	{
		id: 'sales-order/stands-in-the-order-resource',
		fact: 'Sales orders and orders share one id space',
		source: 'resources §1.1',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = made( await api.post( PATH, await saleBody( api ) ) );
			const order = await readOrder( api, id );
			assert.equal( at( order, 'id' ), id );
			assert.equal( at( order, 'orderTypeCode' ), 'SO' );
		},
	},
];
