/**
 * One Brightpearl account: its fixed reference data (the profile) and its tables.
 */
import { createTable } from './table.ts';
import type { Lookup, Table } from './table.ts';
import type {
	Contact,
	Counters,
	GoodsOutNote,
	Grant,
	Order,
	OrderType,
	Payment,
	PostalAddress,
	Product,
	ProductStock,
	Reservation,
	ResourceChange,
	SandboxEvent,
	StockCorrection,
	WebhookSimulation,
} from './model.ts';
import type { Brand } from './catalogue-model.ts';
import type { OrderStatus, Profile } from './profile.ts';
import type {
	DropShipNote,
	GoodsInBatch,
	GoodsMovement,
} from './stock-model.ts';
import type { AddedRate, Journal } from './journal-model.ts';
import type { Delivery, Webhook } from './webhook-model.ts';
import { createZone } from './zone.ts';
import type { Zone } from './zone.ts';

/** An invoice's reference until accounting has given it one. */
export const PENDING = 'pending';

/** Statuses below are the profile's. */
const FIRST_STATUS = 101;

/** Brands below are the account's own from before. */
export const FIRST_BRAND = 100;

export interface Tables {
	readonly products: Table< Product >;
	readonly stock: Table< ProductStock >;
	readonly contacts: Table< Contact >;
	readonly addresses: Table< PostalAddress >;
	readonly orders: Table< Order >;
	readonly payments: Table< Payment >;
	readonly reservations: Table< Reservation >;
	readonly notes: Table< GoodsOutNote >;
	readonly corrections: Table< StockCorrection >;
	readonly movements: Table< GoodsMovement >;
	readonly dropShips: Table< DropShipNote >;
	readonly goodsIn: Table< GoodsInBatch >;
	readonly brands: Table< Brand >;
	readonly grants: Table< Grant >;
	readonly journals: Table< Journal >;
	readonly rates: Table< AddedRate >;
	readonly webhooks: Table< Webhook >;
	readonly deliveries: Table< Delivery >;
	/** Statuses made through the API, beside the profile's. */
	readonly statuses: Table< OrderStatus >;
}

export interface Account {
	readonly code: string;
	readonly profile: Profile;
	readonly zone: Zone;
	readonly tables: Tables;
	readonly counters: Counters;
	readonly productsBySku: Lookup< Product >;
	readonly ordersByExternalRef: Lookup< Order >;
	readonly ordersByRef: Lookup< Order >;
	/** Key: instance id and external reference (see `duplicateKey`). */
	readonly ordersByPair: Lookup< Order >;
	readonly ordersByCustomer: Lookup< Order >;
	/** Key `pending`: closed, and still without a reference. */
	readonly ordersByInvoice: Lookup< Order >;
	readonly paymentsByOrder: Lookup< Payment >;
	readonly paymentsByRef: Lookup< Payment >;
	readonly notesByOrder: Lookup< GoodsOutNote >;
	/** Key: type and note id, for goods notes of each kind count for themselves. */
	readonly movementsByNote: Lookup< GoodsMovement >;
	readonly dropShipsByOrder: Lookup< DropShipNote >;
	readonly goodsInByOrder: Lookup< GoodsInBatch >;
	readonly productsByName: Lookup< Product >;
	readonly grantsByToken: Lookup< Grant >;
	readonly emit: ( event: SandboxEvent | WebhookSimulation ) => void;
}

/** What makes a sales order a duplicate; null = nothing does (resources reference, §1.2). */
export const duplicateKey = (
	instanceId: number | null,
	externalRef: string | null
): string | null =>
	instanceId === null || externalRef === null
		? null
		: `${ instanceId } ${ externalRef }`;

export function createAccount(
	profile: Profile,
	onChange: () => void,
	emit: ( event: SandboxEvent | WebhookSimulation ) => void
): Account {
	const { firstIds } = profile;
	const tables: Tables = {
		products: createTable( firstIds.product, onChange ),
		stock: createTable( 1, onChange ),
		contacts: createTable( firstIds.contact, onChange ),
		addresses: createTable( firstIds.address, onChange ),
		orders: createTable( firstIds.order, onChange ),
		payments: createTable( firstIds.payment, onChange ),
		reservations: createTable( 1, onChange ),
		notes: createTable( firstIds.note, onChange ),
		corrections: createTable( firstIds.note, onChange ),
		movements: createTable( 1, onChange ),
		dropShips: createTable( firstIds.note, onChange ),
		goodsIn: createTable( firstIds.note, onChange ),
		brands: createTable( FIRST_BRAND, onChange ),
		grants: createTable( 1, onChange ),
		journals: createTable( 1, onChange ),
		rates: createTable( 1, onChange ),
		webhooks: createTable( 1, onChange ),
		deliveries: createTable( 1, onChange ),
		statuses: createTable( FIRST_STATUS, onChange ),
	};
	return {
		code: profile.code,
		profile,
		zone: createZone( profile.timeZone ),
		tables,
		counters: {
			row: firstIds.row,
			journal: 1,
			orderNote: 1,
			grant: 1,
			invoice: 1001,
		},
		productsBySku: tables.products.lookup( ( product ) => product.sku ),
		ordersByExternalRef: tables.orders.lookup(
			( order ) => order.externalRef
		),
		ordersByRef: tables.orders.lookup( ( order ) => order.ref ),
		ordersByPair: tables.orders.lookup( ( order ) =>
			duplicateKey( order.instanceId, order.externalRef )
		),
		ordersByCustomer: tables.orders.lookup( ( order ) =>
			String( order.customerId )
		),
		ordersByInvoice: tables.orders.lookup( ( order ) =>
			order.invoice?.closedAt === null ? PENDING : null
		),
		paymentsByOrder: tables.payments.lookup( ( payment ) =>
			String( payment.orderId )
		),
		paymentsByRef: tables.payments.lookup(
			( payment ) => payment.transactionRef
		),
		notesByOrder: tables.notes.lookup( ( note ) => String( note.orderId ) ),
		movementsByNote: tables.movements.lookup( ( { type, noteId } ) =>
			noteId === null ? null : `${ type } ${ noteId }`
		),
		dropShipsByOrder: tables.dropShips.lookup( ( note ) =>
			String( note.orderId )
		),
		goodsInByOrder: tables.goodsIn.lookup( ( { orderId } ) =>
			orderId === 0 ? null : String( orderId )
		),
		productsByName: tables.products.lookup( ( product ) => product.name ),
		grantsByToken: tables.grants.lookup( ( grant ) => grant.token ),
		emit,
	};
}

/** Tells the webhooks: `order.modified.order-status` (platform reference, §6.3). */
export const emitChange = (
	account: Account,
	resourceType: ResourceChange[ 'resourceType' ],
	id: number,
	lifecycle: ResourceChange[ 'lifecycle' ],
	specifier: string | null = null
): void =>
	account.emit( {
		type: 'change',
		account: account.code,
		resourceType,
		id,
		lifecycle,
		specifier,
	} );

/**
 * Every change of an order moves its version and `updatedOn` (resources reference, §1.4), and
 * webhooks are told of it: of the special event where it has one.
 */
export function touchOrder(
	account: Account,
	order: Order,
	now: number,
	specifier: 'order-status' | null = null
): void {
	order.version += 1;
	order.updatedAt = now;
	account.tables.orders.put( order );
	emitChange( account, 'order', order.id, 'modified', specifier );
}

export const typeOf = ( order: Order ): OrderType => order.type ?? 'SO';

export const statusesOf = ( account: Account ): readonly OrderStatus[] => [
	...account.profile.statuses.all,
	...account.tables.statuses.values(),
];

export const isCancelled = ( account: Account, order: Order ): boolean =>
	order.statusId === account.profile.statuses.cancelled;

/** Closed, or set to the invoiced status by hand; pending counts, for it cannot be taken back. */
export const isInvoiced = ( account: Account, order: Order ): boolean =>
	order.invoice !== undefined ||
	order.statusId === account.profile.statuses.invoiced;
