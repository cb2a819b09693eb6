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
	Payment,
	PostalAddress,
	Product,
	ProductStock,
	Reservation,
	SandboxEvent,
	StockCorrection,
} from './model.ts';
import type { Profile } from './profile.ts';
import { createZone } from './zone.ts';
import type { Zone } from './zone.ts';

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
	readonly grants: Table< Grant >;
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
	readonly paymentsByOrder: Lookup< Payment >;
	readonly paymentsByRef: Lookup< Payment >;
	readonly notesByOrder: Lookup< GoodsOutNote >;
	readonly grantsByToken: Lookup< Grant >;
	readonly emit: ( event: SandboxEvent ) => void;
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
	emit: ( event: SandboxEvent ) => void
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
		grants: createTable( 1, onChange ),
	};
	return {
		code: profile.code,
		profile,
		zone: createZone( profile.timeZone ),
		tables,
		counters: { row: firstIds.row, journal: 1, orderNote: 1, grant: 1 },
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
		paymentsByOrder: tables.payments.lookup( ( payment ) =>
			String( payment.orderId )
		),
		paymentsByRef: tables.payments.lookup(
			( payment ) => payment.transactionRef
		),
		notesByOrder: tables.notes.lookup( ( note ) => String( note.orderId ) ),
		grantsByToken: tables.grants.lookup( ( grant ) => grant.token ),
		emit,
	};
}

/** Every change of an order moves its version and `updatedOn` (resources reference, §1.4). */
export function touchOrder(
	account: Account,
	order: Order,
	now: number
): void {
	order.version += 1;
	order.updatedAt = now;
	account.tables.orders.put( order );
}

export const isCancelled = ( account: Account, order: Order ): boolean =>
	order.statusId === account.profile.statuses.cancelled;

export const isInvoiced = ( account: Account, order: Order ): boolean =>
	order.statusId === account.profile.statuses.invoiced;
