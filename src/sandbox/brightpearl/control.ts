/**
 * The control API below `/_sandbox/`: what a test or a person does to the sandbox by hand. It is
 * no part of Brightpearl: unauthenticated, on loopback, outside the throttle.
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import { controlAnswer, controlError } from './control-reply.ts';
import { controlStock } from './control-stock.ts';
import { describeAccount, describeOrder, describeStock } from './describe.ts';
import { faultSchema } from './faults.ts';
import { createNote, faultsOfNote } from './goods-out.ts';
import { shipNote } from './goods-out-events.ts';
import type { Order } from './model.ts';
import { isShipped, progressOf } from './order-state.ts';
import { setStatus } from './order-status.ts';
import { API_USER } from './profile.ts';
import type { Reply } from './reply.ts';
import type { Sandbox } from './sandbox.ts';
import { levelOf, releaseReservation } from './stock.ts';
import { switchesSchema } from './switches.ts';

const orderSchema = z.strictObject( {
	account: z.string(),
	orderId: z.int(),
} );

/** Runs an action on one order; what it returns as text is why not. */
function onOrder(
	sandbox: Sandbox,
	body: unknown,
	action: ( account: Account, order: Order ) => string | null
): Reply {
	const read = orderSchema.safeParse( body );
	if ( ! read.success ) {
		return controlError( z.prettifyError( read.error ) );
	}
	const account = sandbox.tenants.get( read.data.account )?.account;
	const order = account?.tables.orders.get( read.data.orderId );
	if ( ! account || ! order ) {
		return controlError( 'There is no such account or order', 404 );
	}
	const why = action( account, order );
	return why === null
		? controlAnswer(
				describeOrder(
					account,
					account.tables.orders.get( order.id ) ?? order
				)
			)
		: controlError( why, 409 );
}

/** Notes that are open are shipped; what is on none goes on new ones, reserved stock first. */
function ship( account: Account, order: Order, now: number ): string | null {
	const reservation = account.tables.reservations.get( order.id );
	const warehouseId = reservation?.warehouseId ?? order.warehouseId;
	const products = progressOf( account, order ).flatMap( ( entry ) => {
		const { onHand } = levelOf( account, entry.row.productId, warehouseId );
		const open = entry.needed - entry.noted;
		const quantity = Math.min(
			open,
			entry.reserved + Math.max( 0, onHand )
		);
		return quantity > 0
			? [
					{
						productId: entry.row.productId,
						salesOrderRowId: entry.row.id,
						quantity,
					},
				]
			: [];
	} );
	const part = { warehouseId, transfer: false as const, products };
	if ( products.length > 0 ) {
		const faults = faultsOfNote( account, order, [ part ] );
		if ( faults[ 0 ] ) {
			return faults[ 0 ].message;
		}
		createNote(
			account,
			order,
			{ priority: false, shippingMethodId: order.shippingMethodId },
			part,
			now
		);
	}
	const open = account
		.notesByOrder( String( order.id ) )
		.filter( ( note ) => ! isShipped( note ) );
	for ( const note of open ) {
		shipNote( account, note, now, API_USER, now );
	}
	return open.length > 0 ? null : 'There is nothing of the order to ship';
}

function cancel( account: Account, order: Order, now: number ): string | null {
	const reply = setStatus(
		account,
		order,
		account.profile.statuses.cancelled,
		{ text: 'Cancelled in the sandbox', isPublic: false },
		now
	);
	return reply.status === 200
		? null
		: ( reply.body as { errors: { message: string }[] } ).errors
				.map( ( { message } ) => message )
				.join( '; ' );
}

function setFaults( sandbox: Sandbox, body: unknown ): Reply {
	const read = z
		.union( [ faultSchema, z.array( faultSchema ) ] )
		.safeParse( body );
	if ( ! read.success ) {
		return controlError( z.prettifyError( read.error ) );
	}
	// A list replaces what is set, a single one joins it.
	if ( Array.isArray( read.data ) ) {
		sandbox.faults.clear();
	}
	for ( const fault of [ read.data ].flat() ) {
		sandbox.faults.add( fault );
	}
	return controlAnswer( sandbox.faults.list() );
}

function setSwitches( sandbox: Sandbox, body: unknown ): Reply {
	const read = switchesSchema.safeParse( {
		...sandbox.switches(),
		...( typeof body === 'object' ? body : { body } ),
	} );
	if ( ! read.success ) {
		return controlError( z.prettifyError( read.error ) );
	}
	sandbox.setSwitches( read.data );
	return controlAnswer( read.data );
}

function readState( sandbox: Sandbox, query: URLSearchParams ): Reply {
	const code = query.get( 'account' );
	if ( code === null ) {
		return controlAnswer( {
			accounts: [ ...sandbox.tenants.values() ].map( ( { account } ) =>
				describeAccount( account )
			),
		} );
	}
	const account = sandbox.tenants.get( code )?.account;
	const sku = query.get( 'sku' );
	if ( account && sku !== null ) {
		return controlAnswer(
			account
				.productsBySku( sku )
				.map( ( { id } ) => describeStock( account, id ) )
		);
	}
	return account
		? controlAnswer( describeAccount( account ) )
		: controlError( `There is no account ${ code }`, 404 );
}

function readRequests( sandbox: Sandbox, query: URLSearchParams ): Reply {
	const since = Number( query.get( 'since' ) ?? 0 );
	return Number.isInteger( since ) && since >= 0
		? controlAnswer( {
				last: sandbox.log.last(),
				requests: sandbox.log.since( since ),
				counters: sandbox.log.counters(),
			} )
		: controlError( 'since must be a number' );
}

/** What the ready line tells too: the keys of an account's apps. */
function readCredentials( sandbox: Sandbox, query: URLSearchParams ): Reply {
	const code = query.get( 'account' ) ?? '';
	const tenant = sandbox.tenants.get( code );
	return tenant
		? controlAnswer( tenant.credentials )
		: controlError( `There is no account ${ code }`, 404 );
}

/** What webhooks led to, oldest first: what was called with what, and how each attempt ended. */
function readDeliveries( sandbox: Sandbox, query: URLSearchParams ): Reply {
	const code = query.get( 'account' ) ?? '';
	const account = sandbox.tenants.get( code )?.account;
	return account
		? controlAnswer( [ ...account.tables.deliveries.values() ] )
		: controlError( `There is no account ${ code }`, 404 );
}

export function answerControl(
	sandbox: Sandbox,
	method: string,
	path: string,
	query: URLSearchParams,
	body: string
): Reply {
	let sent: unknown = undefined;
	if ( method !== 'GET' ) {
		try {
			sent = body === '' ? {} : JSON.parse( body );
		} catch {
			return controlError( 'The body is no JSON' );
		}
	}
	const now = sandbox.now();
	switch ( `${ method } ${ path }` ) {
		case 'GET /_sandbox/state':
			return readState( sandbox, query );
		case 'GET /_sandbox/requests':
			return readRequests( sandbox, query );
		case 'GET /_sandbox/credentials':
			return readCredentials( sandbox, query );
		case 'GET /_sandbox/deliveries':
			return readDeliveries( sandbox, query );
		case 'GET /_sandbox/faults':
			return controlAnswer( sandbox.faults.list() );
		case 'POST /_sandbox/faults':
			return setFaults( sandbox, sent );
		case 'GET /_sandbox/switches':
			return controlAnswer( sandbox.switches() );
		case 'POST /_sandbox/switches':
			return setSwitches( sandbox, sent );
		case 'POST /_sandbox/ship':
			return onOrder( sandbox, sent, ( account, order ) =>
				ship( account, order, now )
			);
		case 'POST /_sandbox/unallocate':
			return onOrder( sandbox, sent, ( account, order ) =>
				releaseReservation( account, order.id, now )
					? null
					: 'The order has no reservation'
			);
		case 'POST /_sandbox/cancel':
			return onOrder( sandbox, sent, ( account, order ) =>
				cancel( account, order, now )
			);
		default:
			return (
				controlStock( sandbox, method, path, sent ) ??
				controlError( `There is no ${ method } ${ path }`, 404 )
			);
	}
}
