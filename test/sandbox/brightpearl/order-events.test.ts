import { beforeEach, expect, test } from '@jest/globals';
import { createAccount } from '../../../src/sandbox/brightpearl/account.ts';
import type { Account } from '../../../src/sandbox/brightpearl/account.ts';
import { ROUTES } from '../../../src/sandbox/brightpearl/api.ts';
import type { ResourceChange } from '../../../src/sandbox/brightpearl/model.ts';
import { createPerform } from '../../../src/sandbox/brightpearl/perform.ts';
import { PROFILES } from '../../../src/sandbox/brightpearl/profiles.ts';
import { seedAccount } from '../../../src/sandbox/brightpearl/seed.ts';
import { strictSwitches } from '../../../src/sandbox/brightpearl/switches.ts';
import { orderBody, START } from './harness.ts';

const perform = createPerform( ROUTES );

let account: Account;
let events: Parameters< Account[ 'emit' ] >[ 0 ][];
let now: number;
let customer: number;

beforeEach( () => {
	const [ profile ] = PROFILES;
	if ( ! profile ) {
		throw new Error( 'no profile' );
	}
	events = [];
	now = START;
	account = createAccount(
		profile,
		() => {},
		( event ) => events.push( event )
	);
	seedAccount( account, 1, START );
	const address = ask( 'POST', '/contact-service/postal-address', {
		addressLine1: '9 Harbour Row',
		postalCode: 'BS1 6XN',
		countryIsoCode: 'GBR',
	} );
	customer = ask( 'POST', '/contact-service/contact', {
		firstName: 'Ines',
		lastName: 'Duarte',
		postAddressIds: { DEF: address },
	} );
} );

function ask( method: string, path: string, body: unknown ): number {
	const { reply, defect } = perform(
		{ method, path, query: new URLSearchParams(), body },
		{
			account,
			headers: {},
			now,
			instanceId: null,
			switches: strictSwitches(),
		}
	);
	expect( { status: reply.status, defect } ).toEqual( {
		status: 200,
		defect: null,
	} );
	return Number( ( reply.body as { response?: unknown } ).response );
}

/** `order.modified.order-status 20001`, of what happened since the last look. */
function told(): string[] {
	const names = events
		.filter( ( event ): event is ResourceChange => event.type === 'change' )
		.map(
			( { resourceType, lifecycle, specifier, id } ) =>
				`${ resourceType }.${ lifecycle }${ specifier === null ? '' : `.${ specifier }` } ${ id }`
		);
	events = [];
	return names;
}

const create = ( resource: string, more: Record< string, unknown > = {} ) =>
	ask( 'POST', `/order-service/${ resource }`, orderBody( customer, more ) );

test( 'a sales order is told as made, and as a modified order; a credit only as the latter', () => {
	told();
	const id = create( 'sales-order' );
	expect( told() ).toEqual( [
		`order.modified ${ id }`,
		`sales-order.created ${ id }`,
	] );
	const credit = create( 'sales-credit' );
	expect( told() ).toEqual( [ `order.modified ${ credit }` ] );
} );

test( 'an order of the older resource is not told as a sales order', () => {
	told();
	const id = ask( 'POST', '/order-service/order', {
		orderTypeCode: 'SO',
		parties: { customer: { contactId: customer } },
	} );
	expect( told() ).toEqual( [ `order.modified ${ id }` ] );
} );

test( 'a duplicate is told to nobody', () => {
	const pair = { installedIntegrationInstanceId: 11 };
	const id = create( 'sales-order', pair );
	told();
	expect( create( 'sales-order', pair ) ).toBe( id );
	expect( told() ).toEqual( [] );
} );

test( 'a status is told by its own event, a note by the general one', () => {
	const id = create( 'sales-order' );
	told();
	ask( 'PUT', `/order-service/order/${ id }/status`, { orderStatusId: 22 } );
	expect( told() ).toEqual( [ `order.modified.order-status ${ id }` ] );
	ask( 'POST', `/order-service/order/${ id }/note`, { text: 'x' } );
	expect( told() ).toEqual( [ `order.modified ${ id }` ] );
} );

test( 'an invoice is told when accounting has given it its reference', () => {
	const id = create( 'sales-order' );
	ask( 'POST', `/order-service/sales-order/${ id }/close`, {} );
	told();
	now += strictSwitches().invoiceDelayMs;
	ask( 'GET', `/order-service/order/${ id }`, undefined );
	expect( told() ).toEqual( [ `order.modified.order-status ${ id }` ] );
} );

test( 'fewer pieces make a part-shipped order a shipped one, and that is told', () => {
	const product = [ ...account.tables.products.values() ].find(
		( { stockTracked, bundle } ) => stockTracked && bundle === null
	);
	const productId = product?.id ?? 0;
	account.tables.stock.put( {
		id: productId,
		warehouses: { 2: { inStock: 5, allocated: 0 } },
	} );
	const id = create( 'sales-order', {
		rows: [
			{
				productId,
				quantity: '3',
				taxCode: 'T20',
				net: '30',
				tax: '6',
			},
		],
	} );
	const rowId = account.tables.orders.get( id )?.rows[ 0 ]?.id ?? 0;
	ask( 'POST', `/warehouse-service/order/${ id }/reservation/warehouse/2`, {
		products: [ { productId, salesOrderRowId: rowId, quantity: 1 } ],
	} );
	const note = ask(
		'POST',
		`/warehouse-service/order/${ id }/goods-note/goods-out`,
		{
			warehouses: [
				{
					warehouseId: 2,
					releaseDate: '2026-07-01T10:00:00+00:00',
					products: [
						{ productId, salesOrderRowId: rowId, quantity: 1 },
					],
				},
			],
			priority: false,
			shippingMethodId: 1,
			labelUri: '',
		}
	);
	expect( note ).toBeGreaterThan( 0 );
	ask( 'POST', `/warehouse-service/goods-note/goods-out/${ note }/event`, {
		events: [
			{
				eventCode: 'SHW',
				occured: '2026-07-01T10:00:00+00:00',
				eventOwnerId: 203,
			},
		],
	} );
	expect( told() ).not.toContain( `order.modified.fully-shipped ${ id }` );
	ask( 'PATCH', `/order-service/order/${ id }/row/${ rowId }`, [
		{ op: 'replace', path: '/quantity/magnitude', value: '1' },
	] );
	expect( told() ).toEqual( [
		`order.modified ${ id }`,
		`order.modified.fully-shipped ${ id }`,
	] );
} );
