import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

test( 'only whitelisted fields can be patched, and a wrong operation is a 500', async () => {
	const id = Number( ( await post() ).json.response );
	const patch = ( op: string, path: string, value?: unknown ) =>
		bp.call( 'PATCH', `/order-service/order/${ id }`, [
			{ op, path, value },
		] );
	bp.advance( 1000 );
	const changed = await patch( 'replace', '/reference', '#NEW' );
	expect( changed.json.response ).toMatchObject( {
		reference: '#NEW',
		version: 1,
		updatedOn: '2026-07-01T11:00:01.000+01:00',
	} );
	const wrong = await patch( 'add', '/reference', 'x' );
	expect( wrong.status ).toBe( 500 );
	expect( wrong.json ).toEqual( {
		errors: [
			{
				code: 'CMNC-044',
				message:
					'Invalid patch operation (add) for given path (/reference)',
			},
		],
	} );
	expect(
		( await patch( 'replace', '/externalRef', 'x' ) ).json.errors?.[ 0 ]
			?.code
	).toBe( 'CMNC-043' );
	expect( ( await patch( 'replace', '/warehouseId', 99 ) ).status ).toBe(
		400
	);
	const dated = await patch(
		'replace',
		'/delivery/deliveryDate',
		'2026-01-20'
	);
	// A bare date is midnight UTC.
	expect( dated.json.response?.delivery?.deliveryDate ).toBe(
		'2026-01-20T00:00:00.000+00:00'
	);
} );

test( 'rows can be added, edited and deleted; editing net recalculates tax', async () => {
	const id = Number( ( await post( { rows: [] } ) ).json.response );
	const base = `/order-service/order/${ id }/row`;
	const legacy = {
		productName: 'Engraving',
		quantity: { magnitude: '1' },
		rowValue: {
			taxCode: 'T20',
			rowNet: { value: '10' },
			rowTax: { value: '2' },
		},
	};
	const added = await bp.call( 'POST', base, legacy );
	expect( added.status ).toBe( 200 );
	const rowPath = `${ base }/${ String( added.json.response ) }`;
	const edited = await bp.call( 'PATCH', rowPath, [
		{ op: 'replace', path: '/rowValue/rowNet/value', value: '200' },
	] );
	expect( edited.json.response?.rowValue ).toMatchObject( {
		rowNet: { value: '200.0000' },
		rowTax: { value: '40.00' },
	} );
	expect( await bp.call( 'DELETE', rowPath ) ).toMatchObject( {
		status: 200,
		text: '{}',
	} );
	const empty = await bp.call( 'GET', `/order-service/order/${ id }` );
	expect( empty.json.response[ 0 ]?.orderRows ).toEqual( {} );
	expect( empty.json.response[ 0 ]?.orderPaymentStatus ).toBe(
		'NOT_APPLICABLE'
	);

	const bad = await bp.call( 'POST', '/order-service/order/123/row', {} );
	expect(
		[ ...( bad.json.errors ?? [] ) ].map( ( error ) => error.code )
	).toEqual( [ 'ORDC-003', 'ORDC-026' ] );
	expect( bad.json.errors?.[ 0 ]?.message ).toBe(
		'You have supplied an invalid order id: 123'
	);
} );

test( 'a status change leaves a note; an order note has an id', async () => {
	const id = Number( ( await post() ).json.response );
	const set = ( orderStatusId: number ) =>
		bp.call( 'PUT', `/order-service/order/${ id }/status`, {
			orderStatusId,
		} );
	expect( await set( 22 ) ).toMatchObject( { status: 200, text: '{}' } );
	for ( const wrong of [ 999, 6, 24 ] ) {
		expect( ( await set( wrong ) ).json.errors?.[ 0 ]?.code ).toBe(
			'ORDC-909'
		);
	}
	const note = await bp.call( 'POST', `/order-service/order/${ id }/note`, {
		text: 'Leave with the neighbour',
	} );
	expect( note.json.response ).toEqual( expect.any( Number ) );
	const state = await bp.control( 'GET', '/state?account=sandbox-gb' );
	const order = [ ...( state.json.orders ?? [] ) ].find(
		( entry ) => Number( entry.id ) === id
	);
	expect( order?.notes ).toHaveLength( 2 );
	expect( order?.status ).toBe( 'Ready to ship' );
	const statuses = await bp.call( 'GET', '/order-service/order-status' );
	expect(
		[ ...statuses.json.response ].map( ( entry ) => entry.statusId )
	).toContain( 22 );
} );

test( 'an order with money on it cannot be cancelled, and then nothing changes', async () => {
	const id = Number( ( await post() ).json.response );
	const payment = await bp.call(
		'POST',
		'/accounting-service/customer-payment',
		{
			paymentMethodCode: 'CARD',
			paymentType: 'RECEIPT',
			orderId: id,
			currencyIsoCode: 'GBP',
			amountPaid: '5.00',
			paymentDate: '2026-07-01',
		}
	);
	const cancel = () =>
		bp.call( 'PUT', `/order-service/order/${ id }/status`, {
			orderStatusId: 5,
		} );
	const refused = await cancel();
	expect( refused.status ).toBe( 400 );
	await bp.call(
		'DELETE',
		`/accounting-service/customer-payment/${ String( payment.json.response ) }`
	);
	expect( ( await cancel() ).status ).toBe( 200 );
	const read = await bp.call( 'GET', `/order-service/sales-order/${ id }` );
	expect( read.json.response[ 0 ]?.isCanceled ).toBe( true );
} );
