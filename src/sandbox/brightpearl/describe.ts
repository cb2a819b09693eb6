/**
 * An account's content for people and tests: what the control API and the page show.
 */
import { isCancelled, statusesOf, typeOf } from './account.ts';
import type { Account } from './account.ts';
import type { Order } from './model.ts';
import {
	codesOf,
	isShipped,
	paymentStatusOf,
	totalsOf,
} from './order-state.ts';
import { levelOf } from './stock.ts';

export function describeOrder( account: Account, order: Order ) {
	const totals = totalsOf( order );
	const reservation = account.tables.reservations.get( order.id );
	const contact = account.tables.contacts.get( order.customerId );
	return {
		id: order.id,
		type: typeOf( order ),
		ref: order.ref,
		externalRef: order.externalRef,
		installedIntegrationInstanceId: order.instanceId,
		version: order.version,
		createdOn: new Date( order.createdAt ).toISOString(),
		placedOn: new Date( order.placedAt ).toISOString(),
		taxDate: new Date( order.taxDate ).toISOString(),
		statusId: order.statusId,
		status:
			statusesOf( account ).find( ( { id } ) => id === order.statusId )
				?.name ?? null,
		cancelled: isCancelled( account, order ),
		invoice: order.invoice?.reference ?? null,
		channelId: order.channelId,
		warehouseId: order.warehouseId,
		priceListId: order.priceListId,
		leadSourceId: order.leadSourceId,
		shippingMethodId: order.shippingMethodId,
		customerId: order.customerId,
		email: contact?.emails.PRI ?? null,
		billingAddress: order.billingAddress,
		deliveryAddress: order.deliveryAddress,
		currency: order.currency,
		exchangeRate: order.exchangeRate,
		net: totals.net,
		tax: totals.tax,
		total: totals.total,
		paymentStatus: paymentStatusOf( account, order ),
		...codesOf( account, order ),
		rows: order.rows,
		payments: account
			.paymentsByOrder( String( order.id ) )
			.map( ( payment ) => ( {
				...payment,
				expiresAt:
					payment.expiresAt === null
						? null
						: new Date( payment.expiresAt ).toISOString(),
				paidAt: new Date( payment.paidAt ).toISOString(),
				createdAt: new Date( payment.createdAt ).toISOString(),
			} ) ),
		reservation: reservation
			? { warehouseId: reservation.warehouseId, rows: reservation.rows }
			: null,
		goodsOut: account
			.notesByOrder( String( order.id ) )
			.map( ( note ) => ( {
				id: note.id,
				warehouseId: note.warehouseId,
				shipped: isShipped( note ),
				reference: note.reference,
				rows: note.rows,
			} ) ),
		notes: order.notes.map( ( { text, isPublic } ) => ( {
			text,
			isPublic,
		} ) ),
	};
}

export function describeStock( account: Account, productId: number ) {
	const product = account.tables.products.get( productId );
	const stock = account.tables.stock.get( productId );
	return {
		productId,
		sku: product?.sku ?? null,
		name: product?.name ?? null,
		stockTracked: product?.stockTracked ?? false,
		warehouses: Object.fromEntries(
			Object.keys( stock?.warehouses ?? {} ).map( ( key ) => [
				key,
				levelOf( account, productId, Number( key ) ),
			] )
		),
	};
}

export function describeAccount( account: Account ) {
	return {
		account: account.code,
		baseCurrency: account.profile.baseCurrency,
		timeZone: account.profile.timeZone,
		orders: [ ...account.tables.orders.values() ].map( ( order ) =>
			describeOrder( account, order )
		),
		contacts: [ ...account.tables.contacts.values() ].map(
			( contact ) => ( {
				id: contact.id,
				firstName: contact.firstName,
				lastName: contact.lastName,
				email: contact.emails.PRI ?? null,
				phone: contact.phones.PRI ?? null,
				company: contact.organisation.name,
				addressIds: contact.addressIds,
			} )
		),
		addresses: account.tables.addresses.size(),
		payments: account.tables.payments.size(),
		stock: [ ...account.tables.stock.values() ].map( ( { id } ) =>
			describeStock( account, id )
		),
	};
}
