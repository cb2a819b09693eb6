import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createApi } from '../../../src/sandbox/brightpearl/api.ts';
import { answerControl } from '../../../src/sandbox/brightpearl/control.ts';
import type { ResourceChange } from '../../../src/sandbox/brightpearl/model.ts';
import { createSandbox } from '../../../src/sandbox/brightpearl/sandbox.ts';
import { createThrottle } from '../../../src/sandbox/brightpearl/throttle.ts';
import { START } from './harness.ts';

/** What the webhooks are told of, as `product.modified.on-hand-modified 1101`. */
const told: string[] = [];
const note = ( { resourceType, lifecycle, specifier, id }: ResourceChange ) =>
	told.push(
		[ resourceType, lifecycle, specifier ]
			.filter( ( part ) => part !== null )
			.join( '.' ) + ` ${ id }`
	);

const sandbox = createSandbox( {
	seed: 1,
	saved: null,
	now: () => START,
	onChange: () => {},
	onEvent: () => {},
	onResource: ( _, change ) => note( change ),
} );
const api = createApi( sandbox, createThrottle( 1 ) );

function call( method: string, path: string, body?: unknown ): unknown {
	const credentials = sandbox.tenants.get( 'sandbox-gb' )?.credentials;
	const answered = api( {
		method,
		account: 'sandbox-gb',
		path,
		query: new URLSearchParams(),
		headers: {
			'brightpearl-app-ref': credentials?.privateApp.appRef,
			'brightpearl-account-token': credentials?.privateApp.accountToken,
		},
		body: JSON.stringify( body ) ?? '',
		fault: null,
	} );
	expect( answered.defect ).toBeNull();
	expect( answered.reply ).toMatchObject( { status: 200 } );
	return ( answered.reply.body as { response?: unknown } ).response;
}

const control = ( path: string, body: object ): unknown =>
	answerControl(
		sandbox,
		'POST',
		`/_sandbox/${ path }`,
		new URLSearchParams(),
		JSON.stringify( { account: 'sandbox-gb', ...body } )
	).body;

let customer: unknown;
beforeAll( () => {
	sandbox.setSwitches( {
		...sandbox.switches(),
		requestsPerMinute: 1_000_000,
	} );
	call( 'POST', '/contact-service/postal-address', { addressLine1: 'x' } );
	customer = call( 'POST', '/contact-service/contact', {
		firstName: 'A',
		lastName: 'B',
		postAddressIds: { DEF: 501 },
	} );
} );
beforeEach( () => {
	told.length = 0;
} );
afterAll( () => {
	told.length = 0;
} );

let serial = 0;
function stocked( quantity: number ): number {
	const made = control( 'products', { sku: `TOLD-${ ++serial }`, quantity } );
	return ( made as { productId: number } ).productId;
}

function sold( productId: number, quantity: number ) {
	const id = Number(
		call( 'POST', '/order-service/sales-order', {
			customer: { id: customer },
			rows: [ { productId, quantity, taxCode: 'T20', net: 1, tax: 0 } ],
		} )
	);
	const orders = sandbox.tenants.get( 'sandbox-gb' )?.account.tables.orders;
	return { id, rowId: orders?.get( id )?.rows[ 0 ]?.id };
}

const line = ( made: { rowId: number | undefined }, productId: number ) => [
	{ productId, salesOrderRowId: made.rowId, quantity: 1 },
];

const ofStock = () =>
	told.filter( ( event ) => ! event.startsWith( 'order.' ) );

test( 'a reservation and its end each change what can be sold', () => {
	const id = stocked( 3 );
	const made = sold( id, 1 );
	told.length = 0;
	const path = `/warehouse-service/order/${ made.id }/reservation`;
	call( 'POST', `${ path }/warehouse/2`, { products: line( made, id ) } );
	expect( ofStock() ).toEqual( [
		`product.modified.on-hand-modified ${ id }`,
	] );
	call( 'DELETE', path );
	expect( ofStock() ).toHaveLength( 2 );
} );

test( 'a note is told at every step; shipping does not change what can be sold', () => {
	const id = stocked( 3 );
	const made = sold( id, 1 );
	told.length = 0;
	const [ noteId ] = call(
		'POST',
		`/warehouse-service/order/${ made.id }/goods-note/goods-out`,
		{ warehouses: [ { warehouseId: 2, products: line( made, id ) } ] }
	) as [ number ];
	expect( ofStock() ).toEqual( [
		`product.modified.on-hand-modified ${ id }`,
		`goods-out-note.created ${ noteId }`,
	] );

	told.length = 0;
	const path = `/warehouse-service/goods-note/goods-out/${ noteId }`;
	call( 'PUT', path, { shipping: { reference: 'TRK1' } } );
	const event = ( eventCode: string ) =>
		call( 'POST', `${ path }/event`, {
			events: [
				{
					eventCode,
					occured: '2026-07-01T12:00:00Z',
					eventOwnerId: 4,
				},
			],
		} );
	event( 'PRI' );
	event( 'UPR' );
	event( 'PRI' );
	event( 'SHW' );
	expect( ofStock() ).toEqual(
		[
			'goods-out-note.modified',
			'goods-out-note.modified.printed',
			'goods-out-note.modified.un-printed',
			'goods-out-note.modified.printed',
			'goods-out-note.modified.shipped',
			'goods-out-note.modified.picked',
			'goods-out-note.modified.packed',
		].map( ( name ) => `${ name } ${ noteId }` )
	);
	expect( told ).toContain( `order.modified.fully-shipped ${ made.id }` );
} );

test( 'a note that is deleted is told as destroyed and gives its stock back', () => {
	const id = stocked( 3 );
	const made = sold( id, 1 );
	const path = `/warehouse-service/order/${ made.id }/goods-note/goods-out`;
	const [ noteId ] = call( 'POST', path, {
		warehouses: [ { warehouseId: 2, products: line( made, id ) } ],
	} ) as [ number ];
	told.length = 0;
	call( 'DELETE', `${ path }/${ noteId }` );
	expect( ofStock().toSorted() ).toEqual( [
		`goods-out-note.destroyed ${ noteId }`,
		`product.modified.on-hand-modified ${ id }`,
	] );
} );

test( 'corrections, stock set by hand and goods that come in are told', () => {
	const id = stocked( 3 );
	const onHand = `product.modified.on-hand-modified ${ id }`;
	told.length = 0;
	call( 'POST', '/warehouse-service/warehouse/2/stock-correction', {
		corrections: [
			{ quantity: -1, productId: id, reason: 'lost', locationId: 2 },
		],
	} );
	control( 'stock', { productId: id, set: 9 } );
	const batch = control( 'goods-in', { productId: id, quantity: 2 } );
	expect( told ).toEqual( [
		onHand,
		onHand,
		`goods-in-note.created ${ ( batch as { id: number } ).id }`,
		onHand,
	] );
	told.length = 0;
	// Nothing changes, nothing is told.
	control( 'stock', { productId: id, set: 11 } );
	expect( told ).toEqual( [] );
} );

test( 'products are told when they are made, changed and removed', () => {
	const id = Number(
		call( 'POST', '/product-service/product', {
			brandId: 74,
			identity: { sku: 'TOLD-API' },
			salesChannels: [
				{
					salesChannelName: 'Brightpearl',
					productName: 'Bowl',
					categories: [ { categoryCode: 296 } ],
				},
			],
		} )
	);
	call( 'PUT', `/product-service/product/${ id }`, { status: 'ARCHIVED' } );
	call( 'PUT', `/product-service/product/${ id }/identity`, {
		sku: 'TOLD-NEW',
	} );
	control( 'products', { sku: 'TOLD-NEW', remove: true } );
	expect( told ).toEqual( [
		`product.created ${ id }`,
		`product.modified ${ id }`,
		`product.modified ${ id }`,
		`product.destroyed ${ id }`,
	] );
} );
