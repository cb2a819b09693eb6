/**
 * `POST /order-service/sales-order` and `sales-credit` (resources reference, §1.2, §1.12): header
 * and rows in one call, wholly or not at all; a repeated pair of external reference and instance
 * changes nothing.
 */
import { duplicateKey, emitChange, typeOf } from './account.ts';
import type { Account } from './account.ts';
import { addressFrom, contactAddress } from './addresses.ts';
import type { SentAddress } from './addresses.ts';
import type { Call } from './call.ts';
import { INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { fixed } from './decimal.ts';
import { readFields } from './fields.ts';
import type { Address, Contact, Order, OrderType } from './model.ts';
import { faultsOfHeader, freshStatus, orderSchema } from './order-fields.ts';
import type { SentOrder } from './order-fields.ts';
import { buildRows, checkRows } from './order-rows.ts';
import { isPurchase } from './order-types.ts';
import { totalsOf } from './order-state.ts';
import { DEFAULT_WAREHOUSE } from './profile.ts';
import { answer, bad, good, refuse } from './reply.ts';
import type { Checked, Reply } from './reply.ts';
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
					`An order with external reference ${ order.externalRef ?? '' } exists`
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

/** What a body says of an order's header, with the defaults for what it leaves out. */
export type Header = Omit<
	Order,
	| 'id'
	| 'type'
	| 'version'
	| 'createdAt'
	| 'updatedAt'
	| 'rows'
	| 'notes'
	| 'invoice'
	| 'customFields'
>;

function headerOf(
	call: Call,
	sent: SentOrder,
	{ customer, addresses, instanceId }: Parties,
	type: OrderType
): Header {
	const { account, now } = call;
	const { profile } = account;
	const code = sent.currency?.code ?? profile.baseCurrency;
	const currency = profile.currencies.find(
		( entry ) => entry.code === code
	);
	const priceListId = sent.priceListId ?? customer.priceListId;
	const list = profile.priceLists.find( ( { id } ) => id === priceListId );
	return {
		ref: sent.ref,
		externalRef: sent.externalRef ?? null,
		instanceId,
		placedAt: sent.placedOn ?? now,
		taxDate: sent.taxDate ?? utcMidnight( now ),
		parentId: sent.parentId ?? 0,
		statusId: sent.statusId ?? freshStatus( account, type ),
		warehouseId: sent.warehouseId ?? DEFAULT_WAREHOUSE,
		channelId: sent.channelId ?? 0,
		staffOwnerId: sent.staffOwnerId ?? 0,
		projectId: 0,
		teamId: 0,
		leadSourceId: sent.leadSourceId ?? customer.leadSourceId,
		priceListId,
		// What is sent overrides the price list's own mode (§1.2).
		priceMode: sent.priceModeCode ?? ( list?.gross ? 'INC' : 'EXC' ),
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
	};
}

interface Parties {
	readonly customer: Contact;
	readonly addresses: Addresses;
	readonly instanceId: number | null;
}

/** The instance an order is bound to: the body's, or by switch that of the token. */
const instanceOf = ( call: Call, sent: SentOrder ): number | null =>
	sent.installedIntegrationInstanceId ??
	( call.switches.oauthInstance ? call.instanceId : null );

/** The order that has a body's pair already; credits count for themselves or not, by switch. */
export function twinOf(
	call: Call,
	sent: SentOrder,
	type: OrderType
): Order | undefined {
	const key = duplicateKey(
		instanceOf( call, sent ),
		sent.externalRef ?? null
	);
	return key === null
		? undefined
		: call.account
				.ordersByPair( key )
				.find(
					( order ) =>
						call.switches.creditDuplicates === 'shared' ||
						typeOf( order ) === type
				);
}

/** A body read and checked: the header, and the customer its rows are made for. */
export interface CheckedOrder {
	readonly header: Header;
	readonly customer: Contact;
}

/** Header and rows are checked together, so that everything wrong is told at once. */
export function checkOrder(
	call: Call,
	sent: SentOrder,
	type: OrderType,
	/** The status the order has already, which any may keep. */
	current: number | null = null
): Checked< CheckedOrder > {
	const { account, switches } = call;
	const { contacts } = account.tables;
	const customerId = sent.customer?.id ?? sent.customerId ?? 0;
	const customer = contacts.get( customerId );
	const fits = isPurchase( type )
		? customer?.isSupplier
		: ! customer?.isSupplier && ! customer?.isStaff;
	if ( ! customer || ! fits ) {
		return bad(
			refuse(
				400,
				problem(
					INVENTED.unknownContact,
					`There is no ${ isPurchase( type ) ? 'supplier' : 'customer' } with contact id ${ customerId }`
				)
			)
		);
	}
	const payer =
		contacts.get( sent.billing.contactId ?? customer.organisation.id ) ??
		customer;
	const faults = [
		...faultsOfHeader( account, sent, type, current ),
		...checkRows( { account, customer, switches }, sent.rows ),
	];
	const addresses = addressesOf( account, sent, customer, payer, faults );
	if ( faults.length > 0 ) {
		return bad( refuse( 400, ...faults ) );
	}
	const instanceId = instanceOf( call, sent );
	return good( {
		customer,
		header: headerOf(
			call,
			sent,
			{ customer, addresses, instanceId },
			type
		),
	} );
}

/** `POST` of a sales order or a sales credit. */
export const createSale =
	( type: 'SO' | 'SC' ) =>
	( call: Call ): Reply => {
		const { account, now, switches } = call;
		const read = readFields(
			orderSchema,
			call.body,
			switches.unknownFields
		);
		if ( ! read.ok ) {
			return read.reply;
		}
		const sent = read.value;
		const twin = twinOf( call, sent, type );
		if ( twin ) {
			return answerDuplicate( call, twin );
		}
		const checked = checkOrder( call, sent, type );
		if ( ! checked.ok ) {
			return checked.reply;
		}
		const { header, customer } = checked.value;
		const { contacts, orders } = account.tables;
		const order: Order = {
			id: orders.nextId(),
			...( type === 'SO' ? {} : { type } ),
			version: 0,
			createdAt: now,
			updatedAt: null,
			...header,
			rows: buildRows( { account, customer, switches }, sent.rows ),
			notes: [],
		};
		orders.put( order );
		if ( type === 'SO' ) {
			contacts.put( { ...customer, lastOrderedAt: order.placedAt } );
		}
		announce( account, order );
		return answer( order.id );
	};

/** `order.modified` fires for new ones too; `order.created` does not exist (platform reference, §6.3). */
function announce( account: Account, order: Order ): void {
	emitChange( account, 'order', order.id, 'modified' );
	if ( typeOf( order ) !== 'SO' ) {
		return;
	}
	emitChange( account, 'sales-order', order.id, 'created' );
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
}
