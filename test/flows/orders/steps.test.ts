/**
 * What each step does with an order as it finds it.
 */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SECOND } from '../../../src/contracts/primitives.ts';
import {
	createApplyKit,
	type ApplyKit,
} from '../../helpers/fakes/apply-kit.ts';
import { Refused } from '../../helpers/fakes/order-brightpearl.ts';

let kit: ApplyKit;
beforeEach( async () => {
	kit = await createApplyKit();
} );
afterEach( () => kit.close() );

const order = () => {
	const [ sales ] = kit.erp.sales;
	if ( sales === undefined ) {
		throw new Error( 'There is no sales order.' );
	}
	return sales;
};
const held = () =>
	Object.fromEntries(
		Object.entries( kit.erp.reservations.get( 5000 )?.rows ?? {} ).map(
			( [ rowId, { quantity } ] ) => [ rowId, quantity ]
		)
	);
const problemOf = ( result: Awaited< ReturnType< ApplyKit[ 'run' ] > > ) =>
	result.ok || result.failure.kind === 'retry'
		? null
		: result.failure.problem;
const NO = new Refused( 'WHSC-900 No.' ).failure;

describe( 'Allocate', () => {
	const allocate = ( wanted: Record< string, number > ) =>
		kit.run( [ { type: 'Allocate', wanted } ] );
	const ALL = { 'line-1': 2, 'line-2': 1 };

	test( 'goes down, up and away, and does nothing where all is as wanted', async () => {
		await allocate( ALL );
		expect( held() ).toEqual( { 900: 2, 901: 1 } );
		await allocate( { 'line-1': 1, 'line-2': 1 } );
		expect( held() ).toEqual( { 900: 1, 901: 1 } );
		await allocate( { 'line-1': 2 } );
		expect( held() ).toEqual( { 900: 2 } );
		const before = kit.erp.calls.length;
		await allocate( { 'line-1': 2, 'line-2': 0 } );
		expect( kit.erp.calls.slice( before ) ).not.toContain(
			'updateReservation'
		);
		await allocate( {} );
		expect( kit.erp.reservations.size ).toBe( 0 );
		expect( kit.erp.calls ).toContain( 'deleteReservation' );
		expect( await kit.link() ).toMatchObject( { reserved: {} } );
	} );

	test( 'never asks for more than was ordered, or for what is on a note', async () => {
		await allocate( { 'line-1': 9, 'line-2': 1 } );
		expect( held() ).toEqual( { 900: 2, 901: 1 } );
		await allocate( {} );
		kit.erp.noted.set( 900, 1 );
		kit.erp.change( 5000, { allocation: 'part' } );
		await allocate( ALL );
		expect( held() ).toEqual( { 900: 1, 901: 1 } );
	} );

	test( 'a bundle is reserved by its parts', async () => {
		const [ first, , shipping ] = order().rows;
		if ( ! first || ! shipping ) {
			throw new Error( 'rows' );
		}
		const part = {
			...first,
			externalRef: null,
			bundleChild: true,
			parentRowId: first.id,
		};
		kit.erp.change( 5000, {
			rows: [
				{ ...first, bundleParent: true },
				{ ...part, id: 950, quantity: '2' },
				{ ...part, id: 951, quantity: '6' },
				shipping,
			],
		} );
		await allocate( { 'line-1': 2 } );
		expect( held() ).toEqual( { 950: 2, 951: 6 } );
		await allocate( { 'line-1': 1 } );
		expect( held() ).toEqual( { 950: 1, 951: 3 } );
	} );

	test( 'what staff added stays as it is until all is let go of', async () => {
		const [ first ] = order().rows;
		if ( ! first ) {
			throw new Error( 'rows' );
		}
		await allocate( ALL );
		kit.erp.change( 5000, {
			rows: [ ...order().rows, { ...first, id: 960, externalRef: null } ],
		} );
		await allocate( { 'line-1': 1, 'line-2': 1 } );
		expect( held() ).toEqual( { 900: 1, 901: 1 } );
		const reservation = kit.erp.reservations.get( 5000 );
		kit.erp.reservations.set( 5000, {
			warehouseId: 2,
			rows: {
				...reservation?.rows,
				960: { productId: first.productId, quantity: 2 },
			},
		} );
		await allocate( { 'line-2': 1 } );
		expect( held() ).toEqual( { 901: 1, 960: 2 } );
		await allocate( {} );
		expect( held() ).toEqual( {} );
	} );

	test.each( [ { cancelled: true }, { shipping: 'all' as const } ] )(
		'asks for nothing of an order that is over (%j)',
		async ( change ) => {
			kit.erp.change( 5000, change );
			expect( await allocate( ALL ) ).toMatchObject( { ok: true } );
			expect( kit.erp.calls ).not.toContain( 'createReservation' );
			expect( kit.erp.calls ).not.toContain( 'reservation' );
		}
	);

	test( 'stock that Brightpearl does not let go of is told; nothing on hand is not', async () => {
		await allocate( { 'line-1': 1 } );
		kit.erp.before = ( call ) =>
			/^(update|delete)Reservation/.test( call ) ? NO : null;
		expect( await allocate( ALL ) ).toMatchObject( { ok: true } );
		expect( held() ).toEqual( { 900: 1 } );
		const problem = problemOf( await allocate( {} ) );
		expect( problem?.message ).toContain( 'does not let go' );
		expect( problem?.message ).toContain( 'WHSC-900 No.' );
		expect( ( await kit.link() ).reserved ).toEqual( ALL );
	} );
} );

describe( 'AmendOrder', () => {
	const pushed = {
		storeStatus: 'processing',
		statusId: 1,
		rows: [],
		parts: {
			reference: { mark: 'a', found: null },
			billing: { mark: 'b', found: null },
			delivery: { mark: 'c', found: null },
			shippingMethod: { mark: 'd', found: null },
		},
	};
	const amend = ( version: number ) => ( {
		type: 'AmendOrder' as const,
		version,
		change: { ref: '#2', rows: { change: [], add: [], remove: [ 900 ] } },
		pushed,
	} );

	test( 'changes the order and keeps what is agreed, to be filled in by the read-back', async () => {
		expect(
			await kit.run( [ amend( 1 ), { type: 'Verify' } ] )
		).toMatchObject( { ok: true } );
		expect( order() ).toMatchObject( { reference: '#2', total: '18.00' } );
		const { parts } = ( await kit.link() ).pushed ?? {};
		expect( parts?.reference.mark ).toBe( 'a' );
		expect( parts?.reference.found ).not.toBeNull();
	} );

	test( 'of another version writes nothing and is due at once', async () => {
		expect( await kit.once( [ amend( 9 ) ] ) ).toMatchObject( {
			failure: { kind: 'retry', cause: 'busy', after: 0 },
		} );
		expect( order().reference ).toBe( '1' );
		expect( ( await kit.link() ).pushed ).toBeNull();
	} );

	test( 'that is refused is told with Brightpearl’s words', async () => {
		kit.erp.change( 5000, { invoiced: true } );
		const problem = problemOf(
			await kit.run( [ amend( order().version ?? 0 ) ] )
		);
		expect( problem ).toMatchObject( {
			code: 'order-changed',
			message: expect.stringContaining( 'invoiced order must stay' ),
		} );
		expect( ( await kit.link() ).pushed ).toBeNull();
	} );

	test( 'steps after it see the order as it is then', async () => {
		await kit.run( [
			{ type: 'Allocate', wanted: {} },
			{
				...amend( 1 ),
				change: {
					rows: {
						change: [ { rowId: 900, quantity: '5' } ],
						add: [],
						remove: [],
					},
				},
			},
			{ type: 'Allocate', wanted: { 'line-1': 5 } },
		] );
		expect( held() ).toEqual( { 900: 5 } );
	} );
} );

const PAYMENT = {
	n: 1,
	transactionRef: 'P-1-p1',
	transactionCode: '',
	methodCode: 'CARD',
	amount: '42.00',
	currency: 'GBP',
	paidAt: '2026-07-02T10:00:00.000+00:00',
};
const REVERSAL = {
	transactionRef: 'P-1-p1-x',
	paymentId: 700,
	orderId: 5000,
	how: 'payment' as const,
	type: 'PAYMENT' as const,
	methodCode: 'CARD',
	amount: '42.00',
	currency: 'GBP',
	at: '2026-07-02T11:00:00.000+00:00',
};

describe( 'money', () => {
	const pay = () =>
		kit.run( [ { type: 'RecordPayment', payment: PAYMENT } ] );
	const takeBack = () =>
		kit.run( [ { type: 'ReversePayment', n: 1, reversal: REVERSAL } ] );

	test( 'a payment that staff deleted is not paid back', async () => {
		await pay();
		kit.erp.payments.splice( 0 );
		expect( await takeBack() ).toMatchObject( { ok: true } );
		expect( kit.erp.payments ).toEqual( [] );
		expect( ( await kit.link() ).payments[ 0 ]?.reversed ).toEqual( {
			paymentId: null,
		} );
	} );

	test( 'a payment made a moment ago, which the search does not show yet, is', async () => {
		await pay();
		const hidden = kit.erp.payments.splice( 0 );
		const from = kit.clock.now();
		kit.erp.before = ( call ) => {
			if (
				call === 'payments' &&
				kit.clock.now() - from >= 10 * SECOND
			) {
				kit.erp.payments.unshift( ...hidden.splice( 0 ) );
			}
			return null;
		};
		expect( await takeBack() ).toMatchObject( { ok: true } );
		expect(
			kit.erp.payments.map( ( { transactionRef } ) => transactionRef )
		).toEqual( [ 'P-1-p1', 'P-1-p1-x' ] );
	} );

	test( 'a reference that is on another order is told, and nothing is paid', async () => {
		await pay();
		const [ payment ] = kit.erp.payments;
		kit.erp.payments.splice( 0 );
		if ( payment ) {
			kit.erp.payments.push( { ...payment, orderId: 4999 } );
		}
		expect( problemOf( await pay() )?.code ).toBe( 'reference-taken' );
		expect( kit.erp.payments ).toHaveLength( 1 );
	} );

	test( 'of two payments each has a try of its own', async () => {
		kit.erp.lag = 10 * SECOND;
		let lost = 0;
		kit.erp.after = ( call ) =>
			call === 'createPayment' && lost++ === 0
				? {
						kind: 'retry',
						cause: 'outage',
						side: 'brightpearl',
						message: 'no answer',
						after: null,
						outcomeUnknown: true,
						ruid: null,
					}
				: null;
		await kit.once( [ { type: 'RecordPayment', payment: PAYMENT } ] );
		// Another one comes first, and its end is no end of the first.
		await kit.run( [
			{
				type: 'RecordPayment',
				payment: { ...PAYMENT, n: 2, transactionRef: 'P-1-p2' },
			},
		] );
		await pay();
		expect(
			kit.erp.payments.map( ( { transactionRef } ) => transactionRef )
		).toEqual( [ 'P-1-p1', 'P-1-p2' ] );
	} );
} );

describe( 'CancelOrder', () => {
	const cancel = () => kit.run( [ { type: 'CancelOrder', statusId: 5 } ] );

	test( 'of an order with money on it tells cancelled-paid', async () => {
		await kit.run( [ { type: 'RecordPayment', payment: PAYMENT } ] );
		expect( problemOf( await cancel() ) ).toMatchObject( {
			code: 'cancelled-paid',
			message: expect.stringContaining( 'with payments' ),
		} );
		expect( ( await kit.link() ).cancelled ).toBe( false );
	} );

	test.each( [ 'note', 'invoice', 'shipped' ] as const )(
		'of one with a %s tells cancelled-shipped, whatever was paid',
		async ( what ) => {
			await ( what === 'note'
				? kit.erp.noted.set( 900, 1 )
				: kit.run( [ { type: 'RecordPayment', payment: PAYMENT } ] ) );
			kit.erp.change( 5000, {
				invoiced: what === 'invoice',
				shipping: what === 'shipped' ? 'part' : 'none',
			} );
			expect( problemOf( await cancel() )?.code ).toBe(
				'cancelled-shipped'
			);
		}
	);

	test( 'that somebody else did is none of ours', async () => {
		kit.erp.change( 5000, { statusId: 5, cancelled: true } );
		expect( await cancel() ).toMatchObject( { ok: true } );
		expect( kit.erp.calls ).not.toContain( 'setOrderStatus' );
		expect( ( await kit.link() ).cancelled ).toBe( false );
	} );

	test( 'and back again: what was reserved is forgotten, and reserved anew', async () => {
		const wanted = { 'line-1': 2 };
		await kit.run( [ { type: 'Allocate', wanted } ] );
		await cancel();
		expect( ( await kit.link() ).cancelled ).toBe( true );
		expect( held() ).toEqual( {} );
		await kit.run( [
			{
				type: 'SetStatus',
				statusId: 1,
				storeStatus: 'processing',
				revives: true,
			},
		] );
		expect( await kit.link() ).toMatchObject( {
			cancelled: false,
			reserved: null,
			allocation: null,
		} );
		await kit.run( [ { type: 'Allocate', wanted } ] );
		expect( held() ).toEqual( { 900: 2 } );
	} );

	test( 'a status that is there is not set again, and is agreed on', async () => {
		await kit.save( {
			pushed: {
				storeStatus: 'processing',
				statusId: 1,
				rows: [],
				parts: {
					reference: { mark: '', found: '' },
					billing: { mark: '', found: '' },
					delivery: { mark: '', found: '' },
					shippingMethod: { mark: '', found: '' },
				},
			},
		} );
		kit.erp.change( 5000, { statusId: 21 } );
		await kit.run( [
			{
				type: 'SetStatus',
				statusId: 21,
				storeStatus: 'completed',
				revives: false,
			},
		] );
		expect( kit.erp.calls ).not.toContain( 'setOrderStatus' );
		expect( ( await kit.link() ).pushed ).toMatchObject( {
			storeStatus: 'completed',
			statusId: 21,
		} );
	} );
} );

describe( 'SetCustomFields', () => {
	const define = ( code: string, type: string, choices: string[] = [] ) =>
		kit.erp.definitions.push( {
			code,
			name: code,
			type,
			required: false,
			options: choices.map( ( value, at ) => ( {
				id: 160 + at,
				value,
			} ) ),
		} );

	test( 'gives each field what it holds, and tells what does not fit', async () => {
		define( 'PCF_TEXT', 'TEXT' );
		define( 'PCF_PICK', 'SELECT', [ 'Web', 'Fair' ] );
		define( 'PCF_WRONG', 'SELECT', [ 'Web' ] );
		define( 'PCF_COUNT', 'INTEGER' );
		define( 'PCF_DAY', 'DATE' );
		define( 'PCF_NODAY', 'DATE' );
		define( 'PCF_YES', 'BOOLEAN' );
		define( 'PCF_NO', 'YES_NO' );
		define( 'PCF_EMPTY', 'INTEGER' );
		const fields = {
			PCF_TEXT: 'Ring twice',
			PCF_PICK: 'fair',
			PCF_WRONG: 'Moon',
			PCF_COUNT: '12',
			PCF_DAY: '2026-07-01',
			PCF_NODAY: '2026-02-31',
			PCF_YES: 'Yes',
			PCF_NO: '0',
			PCF_EMPTY: '',
			PCF_UNKNOWN: 'x',
		};
		const result = await kit.run( [ { type: 'SetCustomFields', fields } ] );
		expect( kit.erp.fields.get( 5000 ) ).toEqual( {
			PCF_TEXT: 'Ring twice',
			PCF_PICK: { id: 161 },
			PCF_COUNT: 12,
			PCF_DAY: '2026-07-01',
			PCF_YES: true,
			PCF_NO: false,
			PCF_EMPTY: null,
		} );
		const told = result.ok ? result.value.told : [];
		expect( told ).toHaveLength( 1 );
		expect( told[ 0 ]?.field ).toBe( 'orders.customFields' );
		for ( const code of [ 'PCF_WRONG', 'PCF_NODAY', 'PCF_UNKNOWN' ] ) {
			expect( told[ 0 ]?.message ).toContain( code );
		}
		expect( Object.keys( ( await kit.link() ).fields ) ).toEqual(
			Object.keys( fields ).filter(
				( code ) => ! /WRONG|NODAY|UNKNOWN/.test( code )
			)
		);
	} );
} );

const ADDRESS = {
	fullName: 'Ines Duarte',
	company: '',
	line1: '9 Harbour Row',
	line2: '',
	city: 'Bristol',
	state: '',
	postcode: 'BS1 6XN',
	country: 'GBR',
	phone: '',
	email: 'ines@example.test',
};

describe( 'EnsureContact', () => {
	const CONTACT = {
		email: 'ines@example.test',
		firstName: 'Ines',
		lastName: 'Duarte',
		company: '',
		phone: '0117 1',
		address: ADDRESS,
	};
	const ensure = (
		contacts: 'keep' | 'update',
		staffContacts: 'use' | 'customer' | 'hold' = 'use'
	) =>
		kit.run( [
			{
				type: 'EnsureContact',
				contact: CONTACT,
				contacts,
				staffContacts,
			},
		] );
	const enter = ( more: object = {} ) => {
		kit.erp.addresses.push( {
			addressLine1: 'Old Road',
			countryIsoCode: 'GBR',
		} );
		kit.erp.contacts.push( {
			id: 40 + kit.erp.contacts.length,
			firstName: 'I.',
			lastName: 'Duarte',
			email: CONTACT.email,
			addressId: kit.erp.addresses.length,
			at: 0,
			...more,
		} );
	};
	const contact = () => kit.erp.contacts[ 0 ];

	test( 'leaves a contact that is there alone', async () => {
		enter();
		await ensure( 'keep' );
		expect( contact() ).toMatchObject( { firstName: 'I.', addressId: 1 } );
		expect( contact()?.addressIds ).toBeUndefined();
		expect( ( await kit.link() ).contactId ).toBe( 40 );
	} );

	test( 'brings it up to date, once for each order', async () => {
		enter();
		await ensure( 'update' );
		expect( contact() ).toMatchObject( {
			firstName: 'Ines',
			telephone: '0117 1',
			addressIds: { DEF: 2, BIL: 2, DEL: 1 },
		} );
		expect( kit.erp.addresses[ 1 ] ).toMatchObject( {
			addressLine1: '9 Harbour Row',
		} );
		const [ kept ] = kit.erp.contacts.splice( 0 );
		if ( kept ) {
			kit.erp.contacts.push( { ...kept, firstName: 'By hand' } );
		}
		await ensure( 'update' );
		expect( contact()?.firstName ).toBe( 'By hand' );
		expect( kit.erp.addresses ).toHaveLength( 2 );
	} );

	test( 'a contact that is up to date is not written to', async () => {
		enter( { firstName: 'Ines', phone: '0117 1' } );
		kit.erp.addresses[ 0 ] = {
			addressLine1: '9 Harbour Row',
			addressLine3: 'Bristol',
			postalCode: 'BS1 6XN',
			countryIsoCode: 'GBR',
		};
		await ensure( 'update' );
		expect( kit.erp.calls ).not.toContain( 'patchContact' );
		expect( kit.erp.calls ).not.toContain( 'setContactAddresses' );
	} );

	test( 'a secondary contact keeps its company’s address, and staff all of theirs', async () => {
		enter( { isPrimary: false } );
		await ensure( 'update' );
		expect( contact()?.firstName ).toBe( 'Ines' );
		expect( kit.erp.calls ).not.toContain( 'setContactAddresses' );
		await kit.close();
		kit = await createApplyKit();
		enter( { isStaff: true } );
		await ensure( 'update' );
		expect( contact()?.firstName ).toBe( 'I.' );
	} );

	test( 'an update that is refused stops no order', async () => {
		enter();
		kit.erp.before = ( call ) => ( call === 'patchContact' ? NO : null );
		expect( await ensure( 'update' ) ).toMatchObject( { ok: true } );
		expect( ( await kit.link() ).contactId ).toBe( 40 );
		expect( await kit.journal() ).toContain(
			'EnsureContact refused update contact 40'
		);
	} );

	test( 'staff and suppliers: used, passed over, or held', async () => {
		enter( { isStaff: true } );
		enter( { isSupplier: true } );
		await ensure( 'keep', 'use' );
		expect( ( await kit.link() ).contactId ).toBe( 40 );
		expect( problemOf( await ensure( 'keep', 'hold' ) ) ).toMatchObject( {
			code: 'staff-contact',
			field: 'orders.staffContacts',
			message: expect.stringContaining( 'contact 40' ),
		} );
		enter();
		await ensure( 'keep', 'customer' );
		expect( ( await kit.link() ).contactId ).toBe( 42 );
		kit.erp.contacts.splice( 2 );
		await ensure( 'keep', 'customer' );
		expect( kit.erp.contacts ).toHaveLength( 3 );
		expect( ( await kit.link() ).contactId ).toBe(
			kit.erp.contacts[ 2 ]?.id
		);
	} );
} );

describe( 'CreateCredit', () => {
	const create = ( total: string ) =>
		kit.run( [
			{
				type: 'CreateCredit',
				credit: {
					refundId: 7,
					externalRef: 'P-1-r7',
					ref: '1',
					placedOn: '2026-07-02T10:00:00.000+00:00',
					taxDate: '2026-07-02T00:00:00.000+01:00',
					warehouseId: 2,
					channelId: null,
					priceListId: null,
					leadSourceId: null,
					priceMode: 'EXC',
					currency: 'GBP',
					billing: ADDRESS,
					delivery: ADDRESS,
					rows: [
						{
							externalRef: 'refund',
							productId: null,
							name: 'Refund',
							quantity: '1',
							taxCode: 'T20',
							net: '10.00',
							tax: '2.00',
							nominalCode: null,
						},
					],
					total,
					installationInstanceId: null,
				},
			},
			{ type: 'Verify' },
		] );

	test( 'is read back: another total is told, again and again until it is right', async () => {
		for ( const _ of [ 1, 2 ] ) {
			expect( problemOf( await create( '13.00' ) ) ).toMatchObject( {
				code: 'total-mismatch',
				message: expect.stringContaining( 'sales credit 8000' ),
			} );
		}
		expect( kit.erp.credits ).toHaveLength( 1 );
		const [ credit ] = kit.erp.credits.splice( 0 );
		if ( credit ) {
			kit.erp.credits.push( { ...credit, total: '13.00' } );
		}
		expect( await create( '13.00' ) ).toMatchObject( { ok: true } );
		expect( ( await kit.link() ).brightpearl?.credits ).toEqual( [
			{ salesCreditId: 8000, refundId: 7, total: '13.00' },
		] );
	} );

	test( 'of another sales order is never taken for ours', async () => {
		await create( '12.00' );
		const [ credit ] = kit.erp.credits.splice( 0 );
		if ( credit ) {
			kit.erp.credits.push( { ...credit, parentOrderId: 4999 } );
		}
		await kit.save( { credits: [] } );
		expect( problemOf( await create( '12.00' ) )?.code ).toBe(
			'reference-taken'
		);
		expect( ( await kit.link() ).credits ).toEqual( [] );
	} );

	test( 'goes with what de-duplicates', async () => {
		await kit.close();
		kit = await createApplyKit( 12 );
		await create( '12.00' );
		await kit.save( { credits: [] } );
		await create( '12.00' );
		expect( kit.erp.credits ).toHaveLength( 1 );
	} );
} );

test( 'an order gone before its sales order was confirmed is told, and nothing is done', async () => {
	await kit.save( { pushedAt: null } );
	expect(
		problemOf( await kit.run( [ { type: 'CancelOrder', statusId: 5 } ] ) )
			?.code
	).toBe( 'order-gone' );
	expect( kit.erp.calls ).not.toContain( 'setOrderStatus' );
} );
