/**
 * What rows, credits and purchases show as goods move (resources reference, §1.4, §1.6, §1.11).
 */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase } from '../case.ts';
import {
	at,
	keys,
	list,
	made,
	makeContact,
	makeSale,
	readOrder,
	readSale,
	response,
	taxCodeOf,
	textRow,
} from '../order-kit.ts';
import { makeNote, makeProduct, noteEvent, stockSale } from '../stock-kit.ts';

const shipping = async ( api: Api, id: number ): Promise< unknown > =>
	at( await readOrder( api, id ), 'shippingStatusCode' );

/** A product that is a variant: its options by name. */
async function variantOf(
	api: Api
): Promise< readonly [ id: number, options: Record< string, unknown > ] > {
	const uris = list(
		response( await api.options( '/product-service/product' ), 'getUris' )
	);
	for ( const uri of uris ) {
		const products = list(
			response( await api.get( `/product-service${ String( uri ) }` ) )
		);
		for ( const product of products ) {
			const options = at( product, 'variations' );
			if ( Array.isArray( options ) && options.length > 0 ) {
				return [
					Number( at( product, 'id' ) ),
					Object.fromEntries(
						options.map( ( option: unknown ) => [
							String( at( option, 'optionName' ) ),
							at( option, 'optionValue' ),
						] )
					),
				];
			}
		}
	}
	return api.skip( 'the account has no variants' );
}

export const progressCases: readonly ConformanceCase[] = [
	{
		id: 'order-row/fewer-pieces-finish-the-shipping',
		fact: 'A quantity lowered to what has shipped turns a part-shipped order into a shipped one',
		source: 'resources §1.6',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 5, 3 );
			const note = await makeNote( api, sale, 2 );
			assert.equal( ( await noteEvent( api, note, 'SHW' ) ).status, 200 );
			assert.equal( await shipping( api, sale.orderId ), 'SPS' );
			const reply = await api.patch(
				`/order-service/order/${ sale.orderId }/row/${ sale.rowId }`,
				[ { op: 'replace', path: '/quantity/magnitude', value: '2' } ]
			);
			assert.equal( reply.status, 200, reply.text );
			assert.equal( await shipping( api, sale.orderId ), 'ASS' );
		},
	},
	{
		id: 'order-row/variant-shows-its-options',
		fact: "The row of a variant shows `productOptions`, a map of its options' values",
		source: 'resources §1.4',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const [ productId, options ] = await variantOf( api );
			const { code } = await taxCodeOf( api );
			const id = await makeSale( api, {
				rows: [
					textRow( code, { productId, name: undefined } ),
					textRow( code ),
				],
			} );
			const rows = at( await readOrder( api, id ), 'orderRows' );
			const [ variant, plain ] = keys( rows ).map( ( key ) =>
				at( rows, key )
			);
			assert.deepEqual( at( variant, 'productOptions' ), options );
			assert.equal( at( plain, 'productOptions' ), undefined );
		},
	},
	{
		id: 'order-post/purchase-has-a-supplier',
		fact: 'A purchase order shows `parties.supplier` in place of a customer, and `isDropship`',
		source: 'resources §1.4, §1.5',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const contactId = await makeContact( api, {
				relationshipToAccount: { isSupplier: true, isStaff: false },
			} );
			const id = made(
				await api.post( '/order-service/order', {
					orderTypeCode: 'PO',
					parties: { supplier: { contactId } },
				} )
			);
			const order = await readOrder( api, id );
			assert.equal( at( order, 'orderTypeCode' ), 'PO' );
			const parties = at( order, 'parties' );
			assert.equal( at( parties, 'supplier', 'contactId' ), contactId );
			assert( ! keys( parties ).includes( 'customer' ) );
			assert.equal( at( order, 'isDropship' ), false );
			const sale = await readOrder( api, await makeSale( api ) );
			assert( ! keys( at( sale, 'parties' ) ).includes( 'supplier' ) );
			assert( ! keys( sale ).includes( 'isDropship' ) );
		},
	},
	{
		id: 'order-codes/credit-follows-the-goods',
		fact: 'The stock code of a credit is SCN, SCP and SCA as its goods come in, NON without goods',
		source: 'resources §1.11',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const productId = await makeProduct( api );
			const { code } = await taxCodeOf( api );
			const row = textRow( code, {
				productId,
				name: undefined,
				quantity: '1',
			} );
			const credit = await makeSale(
				api,
				{ rows: [ row, row ] },
				'sales-credit'
			);
			const shown = async () => {
				const own = at(
					await readSale( api, credit, 'sales-credit' ),
					'stockStatusCode'
				);
				assert.equal(
					at( await readOrder( api, credit ), 'stockStatusCode' ),
					own
				);
				return own;
			};
			// How goods are booked in through the API is not documented (§4.7).
			const arrive = () =>
				api.sandbox( 'POST', '/goods-in', {
					account: api.account,
					productId,
					quantity: 1,
					orderId: credit,
				} );
			assert.equal( await shown(), 'SCN' );
			await arrive();
			assert.equal( await shown(), 'SCP' );
			await arrive();
			assert.equal( await shown(), 'SCA' );
			const text = await makeSale( api, {}, 'sales-credit' );
			assert.equal(
				at( await readOrder( api, text ), 'stockStatusCode' ),
				'NON'
			);
		},
	},
];
