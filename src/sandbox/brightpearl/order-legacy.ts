/**
 * `POST /order-service/order`: the header of an order of any type; its rows follow one by one
 * (resources reference, §1.5).
 */
import { z } from 'zod';
import { emitChange } from './account.ts';
import { addressSchema } from './addresses.ts';
import type { Call } from './call.ts';
import { DOCUMENTED, problem } from './codes.ts';
import { decimal, id, instant, readFields } from './fields.ts';
import type { Order, OrderType } from './model.ts';
import { checkOrder } from './order-create.ts';
import { LONGEST_REFERENCE } from './order-fields.ts';
import type { SentOrder } from './order-fields.ts';
import { isOrderType, isPurchase } from './order-types.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { utcMidnight } from './zone.ts';

const party = z.strictObject( { contactId: id } );

const legacySchema = z.strictObject( {
	orderTypeCode: z.string(),
	reference: z.string().max( LONGEST_REFERENCE ).default( '' ),
	parentOrderId: id.optional(),
	priceListId: id.optional(),
	priceModeCode: z.enum( [ 'INC', 'EXC' ] ).optional(),
	placedOn: instant.optional(),
	orderStatus: z.strictObject( { orderStatusId: id } ).optional(),
	delivery: z
		.strictObject( {
			deliveryDate: instant.optional(),
			shippingMethodId: id.optional(),
		} )
		.prefault( {} ),
	invoices: z
		.array( z.strictObject( { taxDate: instant.optional() } ) )
		.max( 1 )
		.optional(),
	currency: z
		.strictObject( {
			orderCurrencyCode: z.string(),
			exchangeRate: decimal.optional(),
			fixedExchangeRate: z.boolean().optional(),
		} )
		.optional(),
	parties: z.strictObject( {
		customer: party.optional(),
		supplier: party.optional(),
		delivery: addressSchema.optional(),
		billing: party.optional(),
	} ),
	assignment: z
		.strictObject( {
			current: z
				.strictObject( {
					channelId: id.optional(),
					leadSourceId: id.optional(),
					projectId: id.optional(),
					staffOwnerContactId: id.optional(),
					teamId: id.optional(),
				} )
				.prefault( {} ),
		} )
		.prefault( {} ),
	warehouseId: id.optional(),
} );
type Sent = z.infer< typeof legacySchema >;

/** The same order in the newer resource's words. */
function asSalesOrder(
	sent: Sent,
	contactId: number,
	type: OrderType,
	now: number
): SentOrder {
	const { delivery, parties, currency } = sent;
	const { current } = sent.assignment;
	return {
		customer: { id: contactId },
		billing: { contactId: parties.billing?.contactId },
		ref: sent.reference,
		placedOn: sent.placedOn,
		taxDate: sent.invoices?.[ 0 ]?.taxDate,
		parentId: sent.parentOrderId,
		statusId: sent.orderStatus?.orderStatusId,
		warehouseId: sent.warehouseId,
		channelId: current.channelId,
		staffOwnerId: current.staffOwnerContactId,
		projectId: current.projectId,
		teamId: current.teamId,
		leadSourceId: current.leadSourceId,
		priceListId: sent.priceListId,
		priceModeCode: sent.priceModeCode,
		currency: currency && {
			code: currency.orderCurrencyCode,
			exchangeRate: currency.exchangeRate,
			fixedExchangeRate: currency.fixedExchangeRate,
		},
		delivery: {
			// Of a purchase: today and the supplier's lead time, which nobody has set here.
			date:
				delivery.deliveryDate ??
				( type === 'PO' ? utcMidnight( now ) : undefined ),
			address: parties.delivery,
			shippingMethodId: delivery.shippingMethodId,
		},
		rows: [],
	};
}

/** The recorded refusals come before anything else is looked at. */
function recordedFault( body: unknown ): Reply | null {
	const { orderTypeCode, parties } = ( body ?? {} ) as {
		orderTypeCode?: unknown;
		parties?: { supplier?: { contactId?: unknown } } | null;
	};
	if ( orderTypeCode === undefined || orderTypeCode === '' ) {
		return refuse(
			400,
			problem(
				DOCUMENTED.noOrderType,
				'You have not supplied an order type code'
			)
		);
	}
	if ( ! isOrderType( orderTypeCode ) ) {
		return refuse(
			400,
			problem(
				DOCUMENTED.orderType,
				'You have supplied an invalid order type code'
			)
		);
	}
	return isPurchase( orderTypeCode ) &&
		parties?.supplier?.contactId === undefined
		? refuse(
				400,
				// Brightpearl's spelling.
				problem( DOCUMENTED.supplier, 'Suppllier ID Required.' )
			)
		: null;
}

export function createLegacyOrder( call: Call ): Reply {
	const { account, now, switches } = call;
	const refused = call.body === undefined ? null : recordedFault( call.body );
	if ( refused ) {
		return refused;
	}
	const read = readFields( legacySchema, call.body, switches.unknownFields );
	if ( ! read.ok ) {
		return read.reply;
	}
	const sent = read.value;
	const type = sent.orderTypeCode as OrderType;
	const holder = isPurchase( type )
		? sent.parties.supplier
		: sent.parties.customer;
	const checked = checkOrder(
		call,
		asSalesOrder( sent, holder?.contactId ?? 0, type, now ),
		type
	);
	if ( ! checked.ok ) {
		return checked.reply;
	}
	const { orders } = account.tables;
	const order: Order = {
		id: orders.nextId(),
		...( type === 'SO' ? {} : { type } ),
		version: 0,
		createdAt: now,
		updatedAt: null,
		...checked.value.header,
		rows: [],
		notes: [],
	};
	orders.put( order );
	// `sales-order.created` is for orders of the newer resource alone.
	emitChange( account, 'order', order.id, 'modified' );
	return answer( order.id );
}
