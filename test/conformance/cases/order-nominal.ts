/**
 * Where a row's nominal code comes from (resources reference, §1.6).
 */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase } from '../case.ts';
import { otherNominals } from '../order-fields-kit.ts';
import {
	at,
	configured,
	made,
	makeContact,
	makeSale,
	readOrder,
	taxCodeOf,
	textRow,
} from '../order-kit.ts';
import { makeProduct } from '../stock-kit.ts';

/** The codes of a posted order's only row, and of a row added to it by itself. */
async function nominalsOf(
	api: Api,
	customer: number,
	productId: number
): Promise< readonly unknown[] > {
	const { code } = await taxCodeOf( api );
	const orderId = await makeSale( api, {
		customer: { id: customer },
		rows: [ textRow( code, { productId, name: undefined } ) ],
	} );
	made(
		await api.post( `/order-service/order/${ orderId }/row`, {
			productId,
			quantity: { magnitude: 1 },
			rowValue: {
				taxCode: code,
				rowNet: { value: '10.00' },
				rowTax: { value: '2.00' },
			},
		} )
	);
	const rows = at( await readOrder( api, orderId ), 'orderRows' );
	return Object.values( rows as object ).map( ( row: unknown ) =>
		at( row, 'nominalCode' )
	);
}

export const nominalCases: readonly ConformanceCase[] = [
	{
		id: 'order-row/nominal-of-contact-product-account',
		fact: "A row's nominal code is the contact's, else the product's for sales, else the account's",
		source: 'resources §1.6',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const account = await configured( api, 'salesNominalCode' );
			const [ first, second ] = await otherNominals( api );
			assert( first !== undefined && second !== undefined );
			const plain = await makeContact( api );
			const special = await makeContact( api, {
				financialDetails: { nominalCode: first },
			} );
			const product = await makeProduct( api, {
				nominalCodeSales: second,
			} );
			const twice = ( code: string ) => [ code, code ];
			assert.deepEqual(
				await nominalsOf( api, special, product ),
				twice( first )
			);
			assert.deepEqual(
				await nominalsOf( api, plain, product ),
				twice( second )
			);
			const { code } = await taxCodeOf( api );
			const orderId = await makeSale( api, {
				customer: { id: plain },
				rows: [ textRow( code ) ],
			} );
			const rows = at( await readOrder( api, orderId ), 'orderRows' );
			const [ row ] = Object.values( rows as object ) as unknown[];
			assert.equal( at( row, 'nominalCode' ), account );
		},
	},
];
