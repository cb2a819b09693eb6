/**
 * `POST /order-service/sales-order` (resources reference, §1.2): header and rows in one call,
 * wholly or not at all; a repeated pair of external reference and instance changes nothing.
 */
import { duplicateKey } from './account.ts';
import type { Account } from './account.ts';
import { addressFrom, contactAddress } from './addresses.ts';
import type { SentAddress } from './addresses.ts';
import type { Call } from './call.ts';
import { INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { fixed } from './decimal.ts';
import { readFields } from './fields.ts';
import type { Address, Contact, Order } from './model.ts';
import { faultsOfHeader, orderSchema } from './order-fields.ts';
import type { SentOrder } from './order-fields.ts';
import { buildRows, checkRows } from './order-rows.ts';
import { totalsOf } from './order-state.ts';
import { DEFAULT_WAREHOUSE } from './profile.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { utcMidnight } from './zone.ts';

/** A duplicate is 200 and changes nothing; what stands in the answer is not known. */
function answerDuplicate( call: Call, order: Order ): Reply {
	switch ( call.switches.duplicateAnswer ) {
		case 'id':
			return answer( order.id );
		case 'empty':
			return { status: 200, body: {} };
		case 'conflict':
			return refuse(
				409,
				problem(
					INVENTED.duplicateOrder,
					`A sales order with external reference ${ order.externalRef ?? '' } exists`
				)
			);
	}
}

interface Addresses {
	readonly customer: Address;
	readonly billing: Address;
	readonly delivery: Address;
}

function addressesOf(
	account: Account,
	sent: SentOrder,
	customer: Contact,
	payer: Contact,
	faults: Problem[]
): Addresses {
	const pick = (
		address: SentAddress | undefined,
		where: string,
		contact: Contact,
		kind: 'DEF' | 'BIL' | 'DEL'
	): Address =>
		address
			? addressFrom( address, where, faults )
			: contactAddress( account, contact, kind );
	return {
		customer: pick( sent.customer?.address, 'customer', customer, 'DEF' ),
		billing: pick( sent.billing.address, 'billing', payer, 'BIL' ),
		delivery: pick( sent.delivery.address, 'delivery', customer, 'DEL' ),
	};
}

function buildOrder(
	call: Call,
	sent: SentOrder,
	customer: Contact,
	addresses: Addresses,
	instanceId: number | null
): Order {
	const { account, now, switches } = call;
	const { profile, tables } = account;
	const code = sent.currency?.code ?? profile.baseCurrency;
	const currency = profile.currencies.find(
		( entry ) => entry.code === code
	);
	return {
		id: tables.orders.nextId(),
		ref: sent.ref,
		externalRef: sent.externalRef ?? null,
		instanceId,
		version: 0,
		createdAt: now,
		updatedAt: null,
		placedAt: sent.placedOn ?? now,
		taxDate: sent.taxDate ?? utcMidnight( now ),
		parentId: sent.parentId ?? 0,
		statusId: sent.statusId ?? profile.statuses.fresh,
		warehouseId: sent.warehouseId ?? DEFAULT_WAREHOUSE,
		channelId: sent.channelId ?? 0,
		staffOwnerId: sent.staffOwnerId ?? 0,
		projectId: 0,
		teamId: 0,
		leadSourceId: sent.leadSourceId ?? customer.leadSourceId,
		priceListId: sent.priceListId ?? customer.priceListId,
		priceMode: sent.priceModeCode ?? 'EXC',
		currency: code,
		exchangeRate: fixed(
			sent.currency?.exchangeRate ?? currency?.rate ?? 1,
			6
		),
		fixedExchangeRate: sent.currency?.fixedExchangeRate ?? true,
		deliveryAt: sent.delivery.date ?? null,
		shippingMethodId: sent.delivery.shippingMethodId ?? 0,
		customerId: customer.id,
		billingContactId: sent.billing.contactId ?? customer.organisation.id,
		customerAddress: addresses.customer,
		billingAddress: addresses.billing,
		deliveryAddress: addresses.delivery,
		rows: buildRows( { account, customer, switches }, sent.rows ),
		notes: [],
	};
}

export function createSalesOrder( call: Call ): Reply {
	const read = readFields(
		orderSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const { account, switches } = call;
	const sent = read.value;
	const instanceId =
		sent.installedIntegrationInstanceId ??
		( switches.oauthInstance ? call.instanceId : null );
	const key = duplicateKey( instanceId, sent.externalRef ?? null );
	const twin = key === null ? undefined : account.ordersByPair( key )[ 0 ];
	if ( twin ) {
		return answerDuplicate( call, twin );
	}
	const { contacts } = account.tables;
	const customerId = sent.customer?.id ?? sent.customerId ?? 0;
	const customer = contacts.get( customerId );
	if ( ! customer || customer.isSupplier || customer.isStaff ) {
		return refuse(
			400,
			problem(
				INVENTED.unknownContact,
				`There is no customer with contact id ${ customerId }`
			)
		);
	}
	const payer =
		contacts.get( sent.billing.contactId ?? customer.organisation.id ) ??
		customer;
	const faults = [
		...faultsOfHeader( account, sent ),
		...checkRows( { account, customer, switches }, sent.rows ),
	];
	const addresses = addressesOf( account, sent, customer, payer, faults );
	if ( faults.length > 0 ) {
		return refuse( 400, ...faults );
	}
	const order = buildOrder( call, sent, customer, addresses, instanceId );
	account.tables.orders.put( order );
	contacts.put( { ...customer, lastOrderedAt: order.placedAt } );
	account.emit( {
		type: 'order',
		account: account.code,
		orderId: order.id,
		ref: order.ref,
		externalRef: order.externalRef,
		rows: order.rows.length,
		total: totalsOf( order ).total,
		currency: order.currency,
	} );
	return answer( order.id );
}
