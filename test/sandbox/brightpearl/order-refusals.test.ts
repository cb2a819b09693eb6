import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderBody, startHarness } from './harness.ts';
import type { Harness } from './harness.ts';

let bp: Harness;
let customer: number;

beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
	customer = await bp.contact();
} );
afterAll( () => bp.close() );

const post = ( more: Record< string, unknown > = {} ) =>
	bp.call(
		'POST',
		'/order-service/sales-order',
		orderBody( customer, more )
	);

const count = async (): Promise< number > =>
	( await bp.search( '/order-service/order-search?columns=orderId' ) ).length;

const row = ( more: Record< string, unknown > = {} ) => ( {
	name: 'Something',
	quantity: '1',
	taxCode: 'T20',
	net: '1',
	tax: '0.2',
	...more,
} );
const without = ( key: string ) => {
	const made: Record< string, unknown > = row();
	delete made[ key ];
	return made;
};

describe( 'a sales order is refused whole, and nothing of it is kept', () => {
	const cases: [ string, Record< string, unknown >, string ][] = [
		[ 'unknown customer', { customer: { id: 999_999 } }, 'CNTC-901' ],
		[ 'no customer', { customer: undefined }, 'CMNC-904' ],
		[ 'unknown channel', { channelId: 99 }, 'ORDC-902' ],
		[ 'unknown warehouse', { warehouseId: 99 }, 'ORDC-902' ],
		[ 'unknown price list', { priceListId: 99 }, 'ORDC-902' ],
		[ 'unknown lead source', { leadSourceId: 99 }, 'ORDC-902' ],
		[
			'unknown shipping method',
			{ delivery: { shippingMethodId: 99 } },
			'ORDC-902',
		],
		[ 'unknown parent', { parentId: 1 }, 'ORDC-902' ],
		[ 'unknown status', { statusId: 999 }, 'ORDC-909' ],
		[ 'status of a purchase order', { statusId: 6 }, 'ORDC-909' ],
		[ 'hidden status', { statusId: 24 }, 'ORDC-909' ],
		[ 'unknown currency', { currency: { code: 'KWD' } }, 'ORDC-906' ],
		[
			'rate for the base currency',
			{ currency: { code: 'GBP', exchangeRate: '2' } },
			'ORDC-906',
		],
		[
			'unknown instance',
			{ installedIntegrationInstanceId: 99 },
			'ORDC-912',
		],
		[
			'unknown country',
			{ delivery: { address: { countryIsoCode: 'XX' } } },
			'ORDC-907',
		],
		[ 'reference over 64', { ref: 'x'.repeat( 65 ) }, 'CMNC-904' ],
		[
			'time without offset',
			{ placedOn: '2026-07-01T10:00:00' },
			'CMNC-904',
		],
		[ 'a day that is none', { taxDate: '2026-02-30' }, 'CMNC-904' ],
		[ 'unknown field', { colour: 'red' }, 'CMNC-903' ],
		[
			'unknown product',
			{ rows: [ row( { productId: 99 } ) ] },
			'ORDC-903',
		],
		[
			'unknown tax code',
			{ rows: [ row( { taxCode: 'T99' } ) ] },
			'ORDC-904',
		],
		[
			'unknown nominal code',
			{ rows: [ row( { nominalCode: '9999' } ) ] },
			'ORDC-908',
		],
		[
			'row without name and product',
			{ rows: [ without( 'name' ) ] },
			'ORDC-026',
		],
		[
			'row without tax code',
			{ rows: [ without( 'taxCode' ) ] },
			'CMNC-904',
		],
		[ 'row without net', { rows: [ without( 'net' ) ] }, 'CMNC-904' ],
		[ 'row without tax', { rows: [ without( 'tax' ) ] }, 'CMNC-904' ],
		[
			'row without quantity',
			{ rows: [ without( 'quantity' ) ] },
			'CMNC-904',
		],
		[ 'quantity 0', { rows: [ row( { quantity: 0 } ) ] }, 'ORDC-905' ],
		[
			'five decimals',
			{ rows: [ row( { net: '1.23456' } ) ] },
			'CMNC-904',
		],
	];
	test.each( cases )( '%s', async ( _name, more, code ) => {
		const before = await count();
		const refused = await post( more );
		expect( refused.status ).toBe( 400 );
		expect( refused.json.errors?.[ 0 ]?.code ).toBe( code );
		expect( await count() ).toBe( before );
	} );

	test( 'a half of a stock-tracked product', async () => {
		const { productId } = await bp.product( 'OSB-01' );
		const refused = await post( {
			rows: [ row( { productId, quantity: '0.5' } ) ],
		} );
		expect( refused.json.errors?.[ 0 ]?.code ).toBe( 'ORDC-905' );
	} );

	test( 'no JSON at all', async () => {
		const refused = await bp.call(
			'POST',
			'/order-service/sales-order',
			'oops'
		);
		expect( refused.status ).toBe( 400 );
		expect( refused.json.errors?.[ 0 ]?.code ).toBe( 'CMNC-010' );
	} );
} );

test( 'unknown fields can be let through', async () => {
	bp.sandbox.setSwitches( { unknownFields: 'ignore' } );
	const made = await post( { colour: 'red', rows: [ row( { shade: 1 } ) ] } );
	bp.sandbox.setSwitches( { unknownFields: 'refuse' } );
	expect( made.status ).toBe( 200 );
} );
