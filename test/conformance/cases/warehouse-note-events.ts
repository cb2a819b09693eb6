/** The events of goods-out notes, and drop-ship notes (resources reference, §4.5, §4.6, §9). */
import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { readOrder, refused } from '../order-kit.ts';
import {
	at,
	levels,
	list,
	makeNote,
	noteEvent,
	readNote,
	response,
	shipDirect,
	silent,
	stockSale,
} from '../stock-kit.ts';

const codesOf = ( note: unknown ): unknown[] =>
	list( at( note, 'events' ) ).map( ( event ) => at( event, 'eventCode' ) );

export const noteEventCases: readonly ConformanceCase[] = [
	{
		id: 'goods-out-event/ship-stands-before-what-it-makes-up-for',
		fact: '`SHW` adds the missing PRI, PIC and PAC after itself, at the same time',
		source: 'resources §9',
		mark: 'R',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeNote( api, await stockSale( api, 2, 1 ), 1 );
			silent( await noteEvent( api, id, 'SHW' ) );
			const note = await readNote( api, id );
			assert.deepEqual( codesOf( note ), [
				'PLA',
				'SHW',
				'PRI',
				'PIC',
				'PAC',
			] );
			const times = list( at( note, 'events' ) )
				.slice( 1 )
				.map( ( event ) => at( event, 'occured' ) );
			assert.equal( new Set( times ).size, 1 );
			for ( const step of [ 'printed', 'picked', 'packed', 'shipped' ] ) {
				assert.equal( at( note, 'status', step ), true );
				assert.equal( at( note, 'status', `${ step }ById` ), 4 );
				assert.equal(
					typeof at( note, 'status', `${ step }On` ),
					'string'
				);
			}
		},
	},
	{
		id: 'goods-out-event/what-happened-is-not-made-up',
		fact: '`SHW` adds only the steps that had not happened',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeNote( api, await stockSale( api, 2, 1 ), 1 );
			silent( await noteEvent( api, id, 'PRI' ) );
			silent( await noteEvent( api, id, 'PIC' ) );
			silent( await noteEvent( api, id, 'SHW' ) );
			assert.deepEqual( codesOf( await readNote( api, id ) ), [
				'PLA',
				'PRI',
				'PIC',
				'SHW',
				'PAC',
			] );
		},
	},
	{
		id: 'goods-out-event/steps-can-be-undone',
		fact: 'UPR, UPI and UPA undo PRI, PIC and PAC',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeNote( api, await stockSale( api, 2, 1 ), 1 );
			for ( const [ done, undone, step ] of [
				[ 'PRI', 'UPR', 'printed' ],
				[ 'PIC', 'UPI', 'picked' ],
				[ 'PAC', 'UPA', 'packed' ],
			] as const ) {
				silent( await noteEvent( api, id, done ) );
				const during = await readNote( api, id );
				assert.equal( at( during, 'status', step ), true );
				silent( await noteEvent( api, id, undone ) );
				const after = await readNote( api, id );
				assert.equal( at( after, 'status', step ), false );
			}
		},
	},
	{
		id: 'goods-out-event/needs-all-three-fields',
		fact: 'Code, time (`occured`) and owner are all required',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeNote( api, await stockSale( api, 2, 1 ), 1 );
			const whole = {
				eventCode: 'PRI',
				occured: '2026-03-03T15:02:00.000+00:00',
				eventOwnerId: 4,
			};
			for ( const field of Object.keys( whole ) ) {
				const event = Object.fromEntries(
					Object.entries( whole ).filter(
						( [ key ] ) => key !== field
					)
				);
				refused(
					await api.post(
						`/warehouse-service/goods-note/goods-out/${ id }/event`,
						{ events: [ event ] }
					)
				);
			}
		},
	},
	{
		id: 'goods-out-event/second-ship-conflicts',
		fact: 'Shipping a shipped note is 409, and takes no stock again',
		source: 'resources §4.5',
		mark: 'C',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 2, 1 );
			const id = await makeNote( api, sale, 1 );
			silent( await noteEvent( api, id, 'SHW' ) );
			refused( await noteEvent( api, id, 'SHW' ), 409 );
			assert.equal( ( await levels( api, sale.productId ) ).inStock, 1 );
		},
	},
	{
		id: 'goods-out-event/if-match-names-the-last-version',
		fact: '`If-Match: <lastEventVersion>` lets an event through once: the version moves with it',
		source: 'resources §4.5',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const id = await makeNote( api, await stockSale( api, 2, 1 ), 1 );
			const version = String(
				at( await readNote( api, id ), 'lastEventVersion' )
			);
			const match = { 'If-Match': version };
			silent( await noteEvent( api, id, 'PRI', match ) );
			const again = await noteEvent( api, id, 'PRI', match );
			assert( again.status >= 400 && again.status < 500, again.text );
			assert.deepEqual( codesOf( await readNote( api, id ) ), [
				'PLA',
				'PRI',
			] );
		},
	},
	{
		id: 'goods-out-event/all-shipped-shows-on-the-order',
		fact: 'When every row has shipped the order is `ASS`',
		source: 'resources §1.11',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const sale = await stockSale( api, 2, 2 );
			const id = await makeNote( api, sale, 2 );
			silent( await noteEvent( api, id, 'SHW' ) );
			const order = await readOrder( api, sale.orderId );
			assert.equal( at( order, 'shippingStatusCode' ), 'ASS' );
			assert.equal( at( order, 'stockStatusCode' ), 'SOA' );
		},
	},
	{
		id: 'drop-ship/a-supplier-sends',
		fact: 'A drop-ship note is made, read and shipped (`SHS` with tracking) without moving our stock',
		source: 'resources §4.6',
		mark: 'D',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const { sale, supplierId, noteId, shipped } =
				await shipDirect( api );
			const read = async () =>
				response(
					await api.get(
						`/warehouse-service/order/*/goods-note/drop-ship/${ noteId }`
					),
					String( noteId )
				);
			const before = await read();
			assert.equal( at( before, 'orderId' ), sale.orderId );
			assert.equal( at( before, 'supplierId' ), supplierId );
			assert.equal( at( before, 'status', 'shipped' ), false );
			await shipped();
			assert.equal( at( await read(), 'status', 'shipped' ), true );
			assert.equal( ( await levels( api, sale.productId ) ).inStock, 4 );
		},
	},
	{
		id: 'drop-ship/any-order-needs-note-ids',
		fact: 'With `*` for the orders, drop-ship note ids are needed',
		source: 'resources §4.6',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			refused(
				await api.get(
					'/warehouse-service/order/*/goods-note/drop-ship'
				)
			);
		},
	},
];
