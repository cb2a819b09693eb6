import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orderBody, startHarness } from './harness.ts';
import type { Harness, Json } from './harness.ts';

let bp: Harness;
let customer: number;

beforeAll( async () => {
	bp = await startHarness( { switches: { requestsPerMinute: 100_000 } } );
	customer = await bp.contact();
} );
afterAll( () => bp.close() );
beforeEach( async () => {
	await bp.control( 'POST', '/switches', {
		invoiceDelayMs: 1000,
		creditDuplicates: 'own',
		postedRowDecimals: 2,
		unknownParameters: 'refuse',
	} );
} );

let serial = 0;

const make = async (
	more: Record< string, unknown > = {},
	resource = 'sales-order'
): Promise< number > => {
	const made = await bp.call(
		'POST',
		`/order-service/${ resource }`,
		orderBody( customer, { externalRef: `os-${ ++serial }`, ...more } )
	);
	expect( made.json ).toEqual( { response: expect.any( Number ) } );
	return Number( made.json.response );
};

const shown = async ( id: number ): Promise< Json > =>
	( await bp.call( 'GET', `/order-service/order/${ id }` ) ).json
		.response[ 0 ]!;

const sale = async ( id: number ): Promise< Json > =>
	( await bp.call( 'GET', `/order-service/sales-order/${ id }` ) ).json
		.response[ 0 ]!;

const close = ( id: number, resource = 'sales-order' ) =>
	bp.call( 'POST', `/order-service/${ resource }/${ id }/close`, {} );

test( 'a closed order is pending, and invoiced only when its time has come', async () => {
	const id = await make();
	expect( ( await close( id ) ).json ).toEqual( {} );
	expect( ( await shown( id ) ).invoices![ 0 ]!.invoiceReference ).toBe(
		'pending'
	);
	bp.advance( 999 );
	expect( ( await shown( id ) ).state ).toEqual( { tax: 'READY' } );
	bp.advance( 1 );
	const after = await shown( id );
	expect( after.state ).toEqual( { tax: 'INVOICED' } );
	expect( after.orderStatus!.name ).toBe( 'Invoiced' );
	expect( ( await sale( id ) ).invoice!.invoiceReference ).toBe(
		after.invoices![ 0 ]!.invoiceReference
	);
} );

test( 'each invoice has a reference of its own, and asking twice while pending makes one', async () => {
	const ids = [ await make(), await make() ];
	for ( const id of [ ...ids, ...ids ] ) {
		expect( ( await close( id ) ).status ).toBe( 200 );
	}
	bp.advance( 1000 );
	const references = await Promise.all(
		ids.map( async ( id ) =>
			String( ( await shown( id ) ).invoices![ 0 ]!.invoiceReference )
		)
	);
	expect( new Set( references ).size ).toBe( 2 );
	expect( ( await close( ids[ 0 ]! ) ).status ).toBe( 400 );
} );

test( 'a cancelled order cannot be closed, and an order that is pending cannot be cancelled', async () => {
	const cancelled = await make();
	await bp.call( 'PUT', `/order-service/order/${ cancelled }/status`, {
		orderStatusId: 5,
	} );
	expect( ( await close( cancelled ) ).status ).toBe( 400 );
	const pending = await make();
	await close( pending );
	const refused = await bp.call(
		'PUT',
		`/order-service/order/${ pending }/status`,
		{ orderStatusId: 5 }
	);
	expect( refused.status ).toBe( 400 );
} );

test( 'credits, pending invoices, statuses and custom fields go on after a restart', async () => {
	const folder = await mkdtemp( join( tmpdir(), 'brightpearl-orders-' ) );
	const stateFile = join( folder, 'state.json' );
	const first = await startHarness( { stateFile } );
	const contact = await first.contact();
	const post = async (
		on: Harness,
		path: string,
		body: unknown
	): Promise< number > =>
		Number( ( await on.call( 'POST', path, body ) ).json.response );
	const path = '/order-service/sales-credit';
	const credit = await post( first, path, orderBody( contact ) );
	await first.call(
		'PATCH',
		`/order-service/order/${ credit }/custom-field`,
		[ { op: 'add', path: '/PCF_TEAM', value: 'A' } ]
	);
	await first.call( 'POST', `${ path }/${ credit }/close`, {} );
	const status = await post( first, '/order-service/order-status', {
		name: 'Returned',
		orderTypeCode: 'SC',
	} );
	await first.close();
	const second = await startHarness( { stateFile } );
	try {
		second.advance( 1000 );
		const read = async () =>
			(
				await second.call(
					'GET',
					`/order-service/order/${ credit }?includeOptional=customFields`
				)
			).json.response[ 0 ];
		expect( await read() ).toMatchObject( {
			orderTypeCode: 'SC',
			state: { tax: 'INVOICED' },
			customFields: { PCF_TEAM: 'A' },
		} );
		const set = await second.call(
			'PUT',
			`/order-service/order/${ credit }/status`,
			{ orderStatusId: status }
		);
		expect( set.json ).toEqual( {} );
		expect( ( await read() )?.orderStatus?.name ).toBe( 'Returned' );
	} finally {
		await second.close();
		await rm( folder, { recursive: true } );
	}
} );
