import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createApi } from '../../../src/sandbox/brightpearl/api.ts';
import { answerControl } from '../../../src/sandbox/brightpearl/control.ts';
import { isShipped } from '../../../src/sandbox/brightpearl/order-state.ts';
import { createSandbox } from '../../../src/sandbox/brightpearl/sandbox.ts';
import type { Sandbox } from '../../../src/sandbox/brightpearl/sandbox.ts';
import { createThrottle } from '../../../src/sandbox/brightpearl/throttle.ts';
import { START } from './harness.ts';

/** The API without a network between: thousands of calls in a second. */
function start() {
	const sandbox = createSandbox( {
		seed: 1,
		saved: null,
		now: () => START,
		onChange: () => {},
		onEvent: () => {},
	} );
	sandbox.setSwitches( {
		...sandbox.switches(),
		requestsPerMinute: 1_000_000,
	} );
	const api = createApi( sandbox, createThrottle( 1 ) );
	const tenant = sandbox.tenants.get( 'sandbox-gb' );
	if ( ! tenant ) {
		throw new Error( 'sandbox-gb' );
	}
	const { appRef, accountToken } = tenant.credentials.privateApp;
	const call = ( method: string, path: string, body?: unknown ) => {
		const answered = api( {
			method,
			account: 'sandbox-gb',
			path,
			query: new URLSearchParams(),
			headers: {
				'brightpearl-app-ref': appRef,
				'brightpearl-account-token': accountToken,
			},
			body: JSON.stringify( body ) ?? '',
			fault: null,
		} );
		expect( answered.defect ).toBeNull();
		return answered.reply.body as { response?: never };
	};
	return { sandbox, account: tenant.account, call };
}

const control = ( sandbox: Sandbox, path: string, body: unknown ) =>
	answerControl(
		sandbox,
		'POST',
		`/_sandbox/${ path }`,
		new URLSearchParams(),
		JSON.stringify( body )
	);

const PRODUCTS = 3;
const ORDERS = 4;

const small = fc.integer( { min: 0, max: 6 } );
const actions = fc.array(
	fc.record( {
		what: fc.constantFrom(
			'order',
			'reserve',
			'replace',
			'unreserve',
			'note',
			'ship',
			'delete note',
			'cancel',
			'correct',
			'set'
		),
		order: fc.nat( ORDERS - 1 ),
		product: fc.nat( PRODUCTS - 1 ),
		warehouse: fc.constantFrom( 2, 3 ),
		quantity: small,
	} ),
	// Long ones: an order must be made, reserved and shipped before much can go wrong.
	{ minLength: 20, maxLength: 60, size: 'max' }
);

test( 'whatever happens, allocated is what reservations and open notes hold, and nothing is oversold', () => {
	fc.assert(
		fc.property( actions, ( steps ) => {
			const { sandbox, account, call } = start();
			call( 'POST', '/contact-service/postal-address', {
				addressLine1: 'x',
			} );
			const customer = call( 'POST', '/contact-service/contact', {
				firstName: 'A',
				lastName: 'B',
				postAddressIds: { DEF: 501 },
			} ).response;
			const products = Array.from( { length: PRODUCTS }, ( _, index ) => {
				const reply = control( sandbox, 'products', {
					account: 'sandbox-gb',
					sku: `P${ index }`,
					quantity: 5,
				} );
				return ( reply.body as { productId: number } ).productId;
			} );
			const orders: number[] = [];

			for ( const {
				what,
				order,
				product,
				warehouse,
				quantity,
			} of steps ) {
				const id = orders[ order % Math.max( 1, orders.length ) ] ?? 0;
				const made = account.tables.orders.get( id );
				const wanted = {
					products: ( made?.rows ?? [] )
						.filter( ( row ) => row.stockTracked )
						.map( ( row ) => ( {
							productId: row.productId,
							salesOrderRowId: row.id,
							quantity: Math.max(
								1,
								Math.min( quantity, Number( row.quantity ) )
							),
						} ) ),
				};
				const note = account.notesByOrder( String( id ) )[ 0 ];
				switch ( what ) {
					case 'order': {
						const reply = call(
							'POST',
							'/order-service/sales-order',
							{
								customer: { id: customer },
								rows: [
									products[ product ],
									products[ 0 ],
								].map( ( productId ) => ( {
									productId,
									quantity: 1 + quantity,
									taxCode: 'T20',
									net: 1,
									tax: 0,
								} ) ),
							}
						);
						orders.push( Number( reply.response ) );
						break;
					}
					case 'reserve':
						call(
							'POST',
							`/warehouse-service/order/${ id }/reservation/warehouse/${ warehouse }`,
							wanted
						);
						break;
					case 'replace':
						call(
							'PUT',
							`/warehouse-service/order/${ id }/reservation`,
							wanted
						);
						break;
					case 'unreserve':
						call(
							'DELETE',
							`/warehouse-service/order/${ id }/reservation`
						);
						break;
					case 'note':
						call(
							'POST',
							`/warehouse-service/order/${ id }/goods-note/goods-out`,
							{
								warehouses: [
									{ warehouseId: warehouse, ...wanted },
								],
							}
						);
						break;
					case 'ship':
						control( sandbox, 'ship', {
							account: 'sandbox-gb',
							orderId: id,
						} );
						break;
					case 'delete note':
						call(
							'DELETE',
							`/warehouse-service/order/${ id }/goods-note/goods-out/${ note?.id ?? 1 }`
						);
						break;
					case 'cancel':
						call( 'PUT', `/order-service/order/${ id }/status`, {
							orderStatusId: 5,
						} );
						break;
					case 'correct':
						call(
							'POST',
							`/warehouse-service/warehouse/${ warehouse }/stock-correction`,
							{
								corrections: [
									{
										productId: products[ product ],
										quantity: quantity - 3,
										reason: 'count',
										locationId: 2,
										cost: { currency: 'GBP', value: 1 },
									},
								],
							}
						);
						break;
					case 'set':
						control( sandbox, 'stock', {
							account: 'sandbox-gb',
							productId: products[ product ],
							warehouseId: warehouse,
							set: quantity,
						} );
						break;
				}

				for ( const productId of products ) {
					const stock = account.tables.stock.get( productId );
					for ( const [ place, level ] of Object.entries(
						stock?.warehouses ?? {}
					) ) {
						const held = [
							...account.tables.reservations.values(),
							...[ ...account.tables.notes.values() ].filter(
								( entry ) => ! isShipped( entry )
							),
						]
							.filter(
								( entry ) =>
									entry.warehouseId === Number( place )
							)
							.flatMap( ( entry ) => Object.values( entry.rows ) )
							.filter( ( row ) => row.productId === productId )
							.reduce( ( sum, row ) => sum + row.quantity, 0 );
						expect( level.allocated ).toBe( held );
						expect( level.inStock ).toBeGreaterThanOrEqual(
							level.allocated
						);
					}
				}
			}
		} ),
		{ numRuns: 150 }
	);
} );
