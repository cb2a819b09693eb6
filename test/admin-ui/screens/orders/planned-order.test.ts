import { describe, expect, test } from '@jest/globals';
import {
	addressText,
	readPlanned,
} from '../../../../admin-ui/src/screens/orders/planned-order.ts';
import { toSalesOrderBody } from '../../../../src/domain/orders/bodies.ts';
import type { Address } from '../../../../src/domain/orders/types.ts';

const address: Address = {
	fullName: 'Ada Byron',
	company: '',
	line1: '1 Wharf Lane',
	line2: '',
	city: 'Leeds',
	state: '',
	postcode: 'LS1 4AP',
	country: 'GBR',
	phone: '',
	email: 'ada@example.test',
};

describe( 'the exact order body', () => {
	test( 'what the service plans is what the screen can read', () => {
		const body = toSalesOrderBody(
			{
				ref: '1001',
				externalRef: 'shop-4336',
				installationInstanceId: null,
				placedOn: '2026-01-01T10:00:00+00:00',
				taxDate: '2026-01-01',
				statusId: null,
				warehouseId: 2,
				channelId: null,
				leadSourceId: null,
				priceListId: null,
				priceMode: 'EXC',
				currency: 'JPY',
				billing: address,
				delivery: address,
				shippingMethodId: 0,
				rows: [
					{
						kind: 'line',
						externalRef: 'line-1',
						productId: null,
						name: 'Mug',
						sku: null,
						quantity: '2',
						taxCode: 'T20',
						net: '40',
						tax: '8',
						nominalCode: null,
					},
				],
			} as unknown as Parameters< typeof toSalesOrderBody >[ 0 ],
			null
		);
		const read = readPlanned( JSON.parse( JSON.stringify( body ) ) );
		expect( read?.customer.id ).toBeNull();
		expect( read?.rows ).toHaveLength( 1 );
		expect( read?.delivery.shippingMethodId ).toBe( 0 );
		expect( addressText( read?.delivery.address ?? {} ) ).toBe(
			'Ada Byron, 1 Wharf Lane, Leeds, LS1 4AP, GBR'
		);
	} );

	test( 'a body of another shape is left to the raw text', () => {
		expect( readPlanned( { rows: 'none' } ) ).toBeNull();
	} );
} );
