/**
 * What of an order can be patched, and how (resources reference, §1.7).
 */
import assert from 'node:assert/strict';
import type { Api, ApiReply, ConformanceCase } from '../case.ts';
import {
	at,
	codes,
	customerOf,
	keys,
	list,
	makeSale,
	makeStockSale,
	readOrder,
	refused,
	reserve,
	response,
} from '../order-kit.ts';

const patch = (
	api: Api,
	orderId: number,
	op: string,
	path: string,
	value?: unknown
): Promise< ApiReply > =>
	api.patch( `/order-service/order/${ orderId }`, [
		{ op, path, ...( value === undefined ? {} : { value } ) },
	] );

async function accepted( reply: Promise< ApiReply > ): Promise< unknown > {
	const { status, text, json } = await reply;
	assert.equal( status, 200, text );
	return at( json, 'response' );
}

const NONE = 999_999;

export const patchCases: readonly ConformanceCase[] = [
	{
		id: 'order-patch/answers-the-whole-order',
		fact: 'A patch answers the whole order as it is now',
		source: 'platform §4.1',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			const order = await accepted(
				patch( api, id, 'replace', '/reference', '#patched' )
			);
			assert.equal( at( order, 'reference' ), '#patched' );
			assert.deepEqual( order, await readOrder( api, id ) );
		},
	},
	{
		id: 'order-patch/reference',
		fact: '`/reference` is replaced (at most 64 characters) or removed, which leaves ""',
		source: 'resources §1.7',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			refused(
				await patch(
					api,
					id,
					'replace',
					'/reference',
					'x'.repeat( 65 )
				)
			);
			const order = await accepted(
				patch( api, id, 'remove', '/reference' )
			);
			assert.equal( at( order, 'reference' ), '' );
		},
	},
	{
		id: 'order-patch/wrong-operation',
		fact: 'An operation that a path does not take is 500 CMNC-044',
		source: 'platform §4.3',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			const reply = await patch( api, id, 'add', '/reference', 'x' );
			assert.equal( reply.status, 500 );
			assert.deepEqual( reply.json, {
				errors: [
					{
						code: 'CMNC-044',
						message:
							'Invalid patch operation (add) for given path (/reference)',
					},
				],
			} );
		},
	},
	{
		id: 'order-patch/unknown-path',
		fact: 'What is not listed cannot be patched: externalRef, addresses, channel, status',
		source: 'resources §1.7, platform §4.3',
		mark: 'I',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			for ( const path of [
				'/externalRef',
				'/parties/delivery/addressLine1',
				'/assignment/current/channelId',
				'/orderStatus/orderStatusId',
			] ) {
				const reply = await patch( api, id, 'replace', path, 'x' );
				assert( codes( reply ).includes( 'CMNC-043' ), path );
			}
		},
	},
	{
		id: 'order-patch/all-or-nothing',
		fact: 'A refused operation undoes those before it',
		source: 'resources §0.1',
		mark: 'I',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			const before = await readOrder( api, id );
			await api.patch( `/order-service/order/${ id }`, [
				{ op: 'replace', path: '/reference', value: '#half' },
				{ op: 'add', path: '/reference', value: 'x' },
			] );
			assert.deepEqual( await readOrder( api, id ), before );
		},
	},
	{
		id: 'order-patch/shipping-method',
		fact: '`/delivery/shippingMethodId` must exist; removed it is 0',
		source: 'resources §1.7',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const methods = await api.get(
				'/warehouse-service/shipping-method'
			);
			const method = at( list( response( methods ) )[ 0 ], 'id' );
			const id = await makeSale( api );
			const path = '/delivery/shippingMethodId';
			refused( await patch( api, id, 'replace', path, NONE ) );
			const set = await accepted(
				patch( api, id, 'replace', path, method )
			);
			assert.equal( at( set, 'delivery', 'shippingMethodId' ), method );
			const unset = await accepted( patch( api, id, 'remove', path ) );
			assert.equal( at( unset, 'delivery', 'shippingMethodId' ), 0 );
		},
	},
	{
		id: 'order-patch/delivery-date',
		fact: '`/delivery/deliveryDate` takes a date, which is UTC midnight, or a time with its offset',
		source: 'platform §1.7',
		mark: 'V',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			const path = '/delivery/deliveryDate';
			for ( const [ sent, instant ] of [
				[ '2026-01-20', '2026-01-20T00:00:00Z' ],
				[ '2026-01-20T10:00:00-06:00', '2026-01-20T16:00:00Z' ],
			] as const ) {
				const order = await accepted(
					patch( api, id, 'replace', path, sent )
				);
				assert.equal(
					Date.parse(
						String( at( order, 'delivery', 'deliveryDate' ) )
					),
					Date.parse( instant )
				);
			}
		},
	},
	{
		id: 'order-patch/contacts',
		fact: 'The customer and the payer can be replaced by a customer that exists',
		source: 'resources §1.7',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeSale( api );
			const customer = await customerOf( api );
			for ( const party of [ 'customer', 'billing' ] ) {
				const path = `/parties/${ party }/contactId`;
				refused( await patch( api, id, 'replace', path, 99_999_999 ) );
				const order = await accepted(
					patch( api, id, 'replace', path, customer )
				);
				assert.equal(
					at( order, 'parties', party, 'contactId' ),
					customer
				);
			}
		},
	},
	{
		id: 'order-patch/warehouse',
		fact: '`/warehouseId` cannot be replaced while stock is allocated',
		source: 'resources §1.7',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const warehouses = list(
				response( await api.get( '/warehouse-service/warehouse' ) )
			).map( ( warehouse ) => at( warehouse, 'id' ) );
			const sale = await makeStockSale( api );
			const current = at(
				await readOrder( api, sale.orderId ),
				'warehouseId'
			);
			const other = warehouses.find( ( id ) => id !== current );
			await accepted(
				patch( api, sale.orderId, 'replace', '/warehouseId', other )
			);
			await accepted(
				patch( api, sale.orderId, 'replace', '/warehouseId', current )
			);
			await reserve( api, sale );
			refused(
				await patch(
					api,
					sale.orderId,
					'replace',
					'/warehouseId',
					other
				)
			);
		},
	},
	{
		id: 'order-patch/team-by-switch',
		fact: '`/assignment/current/teamId` stands in an example only: refused or taken, by switch',
		source: 'resources §1.7',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const id = await makeSale( api );
			const path = '/assignment/current/teamId';
			refused( await patch( api, id, 'replace', path, 0 ) );
			await api.sandbox( 'POST', '/switches', { patchTeam: 'accept' } );
			const order = await accepted(
				patch( api, id, 'replace', path, 0 )
			);
			assert( keys( order ).includes( 'assignment' ) );
		},
	},
	{
		id: 'order-patch/unknown-order',
		fact: 'An order id that is none is 400 ORDC-003',
		source: 'resources §1.6',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const reply = await patch(
				api,
				999_999_999,
				'replace',
				'/reference',
				'x'
			);
			refused( reply );
			assert.deepEqual( codes( reply ), [ 'ORDC-003' ] );
		},
	},
];
