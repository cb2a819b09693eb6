/**
 * A sales order changed as a whole, against the built-in Brightpearl: nothing but the change is
 * different afterwards, and a change made from another version changes nothing.
 */
import {
	afterAll,
	beforeAll,
	beforeEach,
	describe,
	expect,
	test,
} from '@jest/globals';
import type { Brightpearl } from '../../../src/brightpearl/api.ts';
import { amendSalesOrder } from '../../../src/brightpearl/services/order-amend.ts';
import type { Call, Sent } from '../../../src/brightpearl/transport/call.ts';
import { WORLDS } from '../../helpers/worlds.ts';
import {
	catalogue,
	newOrder,
	sellable,
	startSandboxKit,
	type SandboxKit,
} from '../sandbox-kit.ts';
import { valueOf } from '../world.ts';

const ADDRESS = {
	addressFullName: 'Ola Nordmann',
	addressLine1: '1 New Street',
	addressLine3: 'Leeds',
	postalCode: 'LS1 1AA',
	countryIsoCode: 'GBR',
	email: 'ola@example.test',
};

describe.each( WORLDS )( 'in the $name world:', ( world ) => {
	let kit: SandboxKit;
	let client: Brightpearl;
	beforeAll( async () => {
		kit = await startSandboxKit( world );
	} );
	afterAll( () => kit.close() );
	beforeEach( () => {
		( { client } = kit.connect( kit.configOf( 'private-app' ) ) );
	} );

	async function order( productId?: number ) {
		await client.configuration();
		const product = productId ?? ( await sellable( client, 2 ) ).productId;
		const body = await newOrder( client, product );
		return valueOf( await client.createSalesOrder( body ) ) ?? 0;
	}

	async function read( id: number ) {
		const [ found ] = valueOf( await client.salesOrders( [ id ] ) );
		if ( ! found ) {
			throw new Error( `there is no order ${ id }` );
		}
		return found;
	}

	test( 'rows are changed, added and taken away, and everything else stays', async () => {
		const id = await order();
		const before = await read( id );
		const [ goods, shipping ] = before.rows;
		valueOf(
			await client.amendSalesOrder( id, before.version, {
				rows: {
					change: [
						{
							rowId: goods?.id ?? 0,
							quantity: '1',
							net: '16.67',
							tax: '3.33',
						},
					],
					add: [
						{
							name: 'Gift wrap',
							quantity: '1',
							taxCode: goods?.taxCode ?? '',
							net: '2.50',
							tax: '0.50',
							externalRef: 'fee-9',
							sequence: 30,
						},
					],
					remove: [ shipping?.id ?? 0 ],
				},
			} )
		);
		const after = await read( id );
		expect(
			after.rows.map( ( { id: rowId, externalRef, quantity, net } ) => [
				rowId === goods?.id,
				externalRef,
				Number( quantity ),
				Number( net ),
			] )
		).toEqual( [
			[ true, 'line-1', 1, 16.67 ],
			[ false, 'fee-9', 1, 2.5 ],
		] );
		const { rows, total, net, tax, version, updatedOn, ...same } = before;
		expect( rows ).toHaveLength( 2 );
		expect( [ total, net, tax ] ).toEqual( [ '45.00', '37.50', '7.50' ] );
		expect( after ).toMatchObject( {
			...same,
			total: '23.00',
			externalRef: before.externalRef,
		} );
		expect( after.version ).not.toBe( version );
		expect( after.updatedOn ).not.toBe( updatedOn );
	} );

	test( 'reference, addresses and shipping method are changed alone', async () => {
		const id = await order();
		const before = await read( id );
		const [ method ] = valueOf( await client.shippingMethods() );
		valueOf(
			await client.amendSalesOrder( id, before.version, {
				ref: '#edited',
				billingAddress: ADDRESS,
				shippingMethodId: method?.id ?? 0,
			} )
		);
		const after = await read( id );
		expect( after ).toMatchObject( {
			reference: '#edited',
			shippingMethodId: method?.id,
			rows: before.rows,
			total: before.total,
			addresses: {
				customer: { fullName: 'Ola Nordmann', line3: 'Leeds' },
				billing: {
					fullName: 'Ola Nordmann',
					company: null,
					countryIso3: 'GBR',
				},
				delivery: before.addresses.delivery,
			},
		} );
		valueOf(
			await client.amendSalesOrder( id, after.version, {
				deliveryAddress: ADDRESS,
			} )
		);
		expect( ( await read( id ) ).addresses.delivery?.line1 ).toBe(
			'1 New Street'
		);
	} );

	test( 'a change made from another version is due again at once, and writes nothing', async () => {
		const id = await order();
		const { version } = await read( id );
		valueOf(
			await client.patchOrder( id, [
				{ op: 'replace', path: '/reference', value: '#theirs' },
			] )
		);
		expect(
			await client.amendSalesOrder( id, version, { ref: '#ours' } )
		).toMatchObject( {
			ok: false,
			failure: {
				kind: 'retry',
				cause: 'busy',
				after: 0,
				outcomeUnknown: false,
			},
		} );
		expect( ( await read( id ) ).reference ).toBe( '#theirs' );
	} );

	test( 'what is allocated stays, and Brightpearl’s words come back', async () => {
		const id = await order();
		const before = await read( id );
		const [ goods ] = before.rows;
		valueOf(
			await client.createReservation( id, 2, [
				{
					productId: goods?.productId ?? 0,
					salesOrderRowId: goods?.id ?? 0,
					quantity: 2,
				},
			] )
		);
		const { version } = await read( id );
		expect(
			await client.amendSalesOrder( id, version, {
				rows: { change: [], add: [], remove: [ goods?.id ?? 0 ] },
			} )
		).toMatchObject( {
			ok: false,
			failure: {
				kind: 'hold',
				problem: {
					code: 'refused-by-brightpearl',
					message: expect.stringContaining( 'allocated stock' ),
				},
			},
		} );
	} );

	test( 'a bundle’s parts follow its own row', async () => {
		const bundle = ( await catalogue( client ) ).find(
			( { sku } ) => sku === 'BUNDLE-PAIR'
		);
		const id = await order( bundle?.productId ?? 0 );
		const before = await read( id );
		const [ parent ] = before.rows;
		const parts = before.rows.filter( ( row ) => row.bundleChild );
		expect( parts.length ).toBeGreaterThan( 0 );
		valueOf(
			await client.amendSalesOrder( id, before.version, {
				rows: {
					change: [ { rowId: parent?.id ?? 0, quantity: '6' } ],
					add: [],
					remove: [],
				},
			} )
		);
		const more = await read( id );
		expect(
			more.rows
				.filter( ( row ) => row.bundleChild )
				.map( ( row ) => Number( row.quantity ) )
		).toEqual( parts.map( ( row ) => Number( row.quantity ) * 3 ) );
		valueOf(
			await client.amendSalesOrder( id, more.version, {
				rows: { change: [], add: [], remove: [ parent?.id ?? 0 ] },
			} )
		);
		expect( ( await read( id ) ).rows ).toHaveLength( 1 );
	} );

	test( 'an order that is not there is told', async () => {
		expect(
			await client.amendSalesOrder( 9_999_999, null, { ref: 'x' } )
		).toMatchObject( {
			ok: false,
			failure: { kind: 'hold', problem: { code: 'order-gone' } },
		} );
	} );
} );

describe( 'the request', () => {
	const WHOLE = {
		id: 7,
		version: 12,
		ref: '#1',
		somethingNew: { deep: [ 1 ] },
		delivery: { date: '2026-08-01', shippingMethodId: 2, address: {} },
		rows: [
			{ id: 1, bundleParent: true, odd: 'kept' },
			{ id: 2, bundleChild: true, parentRowId: 1 },
			{ id: 3, net: '5.0000' },
			{ id: 4, bundleChild: true, parentRowId: 9 },
		],
	};
	const answered = ( response: unknown ): Sent => ( {
		kind: 'answer',
		body: { response },
		ruid: null,
		sentAt: 0,
	} );

	/** The shown order, then this. */
	function asking( put: Sent ) {
		const calls: Call[] = [];
		const ask = async ( call: Call ): Promise< Sent > => {
			calls.push( call );
			return call.method === 'GET' ? answered( [ WHOLE ] ) : put;
		};
		return { ask, calls };
	}

	test( 'gives back everything that was read, under the version of that reading', async () => {
		const { ask, calls } = asking( answered( {} ) );
		valueOf(
			await amendSalesOrder( ask, 7, 12, {
				shippingMethodId: 0,
				rows: {
					change: [ { rowId: 1, quantity: '3' } ],
					add: [],
					remove: [ 3 ],
				},
			} )
		);
		expect( calls[ 1 ] ).toEqual( {
			method: 'PUT',
			path: '/order-service/sales-order/7',
			headers: { 'if-match': '12' },
			body: {
				...WHOLE,
				delivery: {
					date: '2026-08-01',
					shippingMethodId: 0,
					address: {},
				},
				rows: [
					{ id: 1, bundleParent: true, odd: 'kept', quantity: '3' },
					{ id: 4, bundleChild: true, parentRowId: 9 },
				],
			},
		} );
	} );

	test( 'that meets another version is due again at once', async () => {
		const { ask } = asking( {
			kind: 'failed',
			status: 412,
			sentAt: 0,
			failure: {
				kind: 'hold',
				ruid: null,
				problem: {
					code: 'refused-by-brightpearl',
					message: 'stale',
					cause: null,
					fix: null,
					field: null,
				},
			},
		} );
		expect( await amendSalesOrder( ask, 7, null, {} ) ).toMatchObject( {
			failure: { kind: 'retry', cause: 'busy', after: 0 },
		} );
	} );

	test( 'is not sent at all for a version that is over', async () => {
		const { ask, calls } = asking( answered( {} ) );
		expect( await amendSalesOrder( ask, 7, 11, {} ) ).toMatchObject( {
			failure: { kind: 'retry', cause: 'busy' },
		} );
		expect( calls ).toHaveLength( 1 );
	} );
} );
