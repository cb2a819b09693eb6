/**
 * Status, cancelling, and the lists of codes (resources reference, §1.8, §1.11, §1.12).
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply, ConformanceCase } from '../case.ts';
import {
	at,
	found,
	list,
	made,
	makeSale,
	makeStockSale,
	readOrder,
	refused,
	reserve,
	response,
	silent,
	unique,
} from '../order-kit.ts';

const put = (
	api: Api,
	orderId: number,
	orderStatusId: number,
	orderNote?: unknown
): Promise< ApiReply > =>
	api.put( `/order-service/order/${ orderId }/status`, {
		orderStatusId,
		...( orderNote === undefined ? {} : { orderNote } ),
	} );

async function statuses( api: Api, type: string ): Promise< number[] > {
	const all = list(
		response( await api.get( '/order-service/order-status' ) )
	);
	const { invoicedOrderStatusId, cancelledOrderStatusId } =
		await configuration( api );
	return all
		.filter(
			( status ) =>
				at( status, 'orderTypeCode' ) === type &&
				at( status, 'disabled' ) === false
		)
		.map( ( status ) => Number( at( status, 'statusId' ) ) )
		.filter(
			( id ) =>
				id !== Number( invoicedOrderStatusId ) &&
				id !== Number( cancelledOrderStatusId )
		);
}

const configuration = async (
	api: Api
): Promise< Readonly< Record< string, string > > > =>
	response(
		await api.get( '/integration-service/account-configuration' ),
		'configuration'
	) as Readonly< Record< string, string > >;

const cancelled = async ( api: Api ): Promise< number > =>
	Number( ( await configuration( api ) ).cancelledOrderStatusId );

const statusOf = async ( api: Api, orderId: number ): Promise< unknown > =>
	at( await readOrder( api, orderId ), 'orderStatus', 'orderStatusId' );

const notesOf = ( api: Api, orderId: number ) =>
	found( api, '/order-service/order-note-search', {
		orderId: String( orderId ),
	} );

/** Refused, and nothing is another than before. */
async function cannotCancel( api: Api, orderId: number ): Promise< void > {
	const before = await statusOf( api, orderId );
	const notes = await notesOf( api, orderId );
	refused(
		await put( api, orderId, await cancelled( api ), { text: 'no' } )
	);
	assert.equal( await statusOf( api, orderId ), before );
	assert.deepEqual( await notesOf( api, orderId ), notes );
}

export const statusCases: readonly ConformanceCase[] = [
	{
		id: 'order-status/put-is-silent-and-leaves-a-note',
		fact: 'Setting a status is 200 `{}` and adds the note that came with it',
		source: 'resources §1.8',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const [ first, second = first ] = await statuses( api, 'SO' );
			const orderId = await makeSale( api, { statusId: first } );
			const text = unique();
			silent(
				await put( api, orderId, Number( second ), {
					text,
					isPublic: true,
				} )
			);
			assert.equal( await statusOf( api, orderId ), second );
			const note = ( await notesOf( api, orderId ) ).at( -1 );
			assert.equal( note?.noteText, text );
			assert.equal( note?.isPublic, true );
			assert.equal( note?.orderStatusId, second );
		},
	},
	{
		id: 'order-status/note-of-its-own',
		fact: 'Without a note one with a text of its own is added',
		source: 'resources §1.8',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const [ first ] = await statuses( api, 'SO' );
			const orderId = await makeSale( api );
			silent( await put( api, orderId, Number( first ) ) );
			const notes = await notesOf( api, orderId );
			assert.equal( notes.length, 1 );
			assert( String( notes[ 0 ]?.noteText ).length > 0 );
		},
	},
	{
		id: 'order-status/must-exist-and-fit',
		fact: 'A status must exist and belong to the type of the order',
		source: 'resources §1.8',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			refused( await put( api, orderId, 99_999 ) );
			const [ purchase ] = await statuses( api, 'PO' );
			if ( purchase !== undefined ) {
				refused( await put( api, orderId, purchase ) );
			}
		},
	},
	{
		id: 'order-status/hidden-is-refused',
		fact: 'A hidden status cannot be set',
		source: 'resources §1.8',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const all = list(
				response( await api.get( '/order-service/order-status' ) )
			);
			const hidden = all.find(
				( status ) =>
					at( status, 'disabled' ) === true &&
					at( status, 'orderTypeCode' ) === 'SO'
			);
			if ( hidden === undefined ) {
				return api.skip( 'the account has no hidden status' );
			}
			const orderId = await makeSale( api );
			refused(
				await put( api, orderId, Number( at( hidden, 'statusId' ) ) )
			);
		},
	},
	{
		id: 'order-status/cancel-drops-reservations',
		fact: 'Cancelling is the cancelled status; reservations go with it',
		source: 'resources §1.8',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const sale = await makeStockSale( api );
			await reserve( api, sale );
			silent( await put( api, sale.orderId, await cancelled( api ) ) );
			const reservation = await api.get(
				`/warehouse-service/order/${ sale.orderId }/reservation`
			);
			assert.equal( reservation.status, 404 );
			const shown = await api.get(
				`/order-service/sales-order/${ sale.orderId }`
			);
			assert.equal( response( shown, 0, 'isCanceled' ), true );
		},
	},
	{
		id: 'order-status/cancel-with-payment',
		fact: 'An order with a payment cannot be cancelled; neither status nor notes change',
		source: 'resources §1.8',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			made(
				await api.post( '/accounting-service/customer-payment', {
					paymentMethodCode: 'CONFORMANCE',
					paymentType: 'RECEIPT',
					orderId,
					currencyIsoCode: at(
						await readOrder( api, orderId ),
						'currency',
						'orderCurrencyCode'
					),
					amountPaid: 5,
					paymentDate: '2026-04-17T10:00:00+00:00',
				} )
			);
			await cannotCancel( api, orderId );
		},
	},
	{
		id: 'order-status/cancel-with-note',
		fact: 'An order with a goods-out note cannot be cancelled',
		source: 'resources §1.8',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const sale = await makeStockSale( api );
			await reserve( api, sale );
			await api.sandbox( 'POST', '/ship', {
				account: api.account,
				orderId: sale.orderId,
			} );
			await cannotCancel( api, sale.orderId );
		},
	},
];
