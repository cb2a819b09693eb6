/**
 * What an account holds. Plain JSON throughout (the state file is these shapes), times in
 * milliseconds, money and quantities as decimal strings.
 */
import type { ContactDetails, ProductDetails } from './catalogue-model.ts';

export type { ContactDetails };

export type * from './address-model.ts';
export type * from './order-model.ts';

/** A postal address has no name, company or phone: those live on the contact. */
export interface PostalAddress {
	id: number;
	contactId: number | null;
	addressLine1: string;
	addressLine2: string;
	addressLine3: string;
	addressLine4: string;
	postalCode: string;
	country: string | null;
}

export interface Contact {
	id: number;
	salutation: string;
	firstName: string;
	lastName: string;
	addressIds: { DEF: number; BIL: number; DEL: number };
	emails: Partial< Record< 'PRI' | 'SEC' | 'TER', string > >;
	phones: Partial< Record< 'PRI' | 'SEC' | 'MOB' | 'FAX', string > >;
	isSupplier: boolean;
	isStaff: boolean;
	newsletter: boolean;
	statusId: number;
	priceListId: number;
	/** `0` = none: the product's or the account's counts. */
	nominalCode: string;
	creditTermDays: number;
	currencyId: number;
	leadSourceId: number;
	organisation: { id: number; name: string };
	createdAt: number;
	updatedAt: number;
	lastOrderedAt: number | null;
	more?: Partial< ContactDetails >;
}

export interface Product {
	id: number;
	sku: string;
	name: string;
	stockTracked: boolean;
	taxCode: string;
	/** Net selling price. */
	price: string;
	/** Null = not a bundle. */
	bundle: { productId: number; quantity: number }[] | null;
	options: { name: string; value: string }[];
	status: 'LIVE' | 'DISCONTINUED' | 'ARCHIVED';
	createdAt: number;
	updatedAt: number;
	more?: Partial< ProductDetails >;
}

/** Everything a product has in stock, by warehouse id; a warehouse once stocked stays listed. */
export interface ProductStock {
	/** The product's id. */
	id: number;
	warehouses: Record< string, { inStock: number; allocated: number } >;
}

export type PaymentType = 'RECEIPT' | 'PAYMENT' | 'AUTH' | 'CAPTURE' | 'VOID';

export interface Payment {
	id: number;
	transactionRef: string | null;
	transactionCode: string | null;
	methodCode: string;
	type: PaymentType;
	orderId: number;
	currency: string;
	authorized: string;
	paid: string;
	expiresAt: number | null;
	paidAt: number;
	createdAt: number;
	journalId: number | null;
	/** At most 255 characters. */
	journalRef?: string;
}

export type {
	GoodsOutNote,
	NoteEvent,
	Reservation,
	ReservedRow,
	StockCorrection,
} from './stock-model.ts';

/** Access and refresh tokens and authorization codes that OAuth handed out. */
export interface Grant {
	id: number;
	kind: 'access' | 'refresh' | 'code';
	token: string;
	/** Null = never. */
	expiresAt: number | null;
	redirectUri: string | null;
	/** Whose it is; none = the first app's. */
	clientId?: string;
}

export interface Counters {
	row: number;
	journal: number;
	orderNote: number;
	grant: number;
	invoice: number;
}

/** What webhooks are told of (platform reference, §6.3): `order.modified.order-status`. */
export interface ResourceChange {
	readonly type: 'change';
	readonly account: string;
	readonly resourceType:
		| 'order'
		| 'sales-order'
		| 'product'
		| 'goods-out-note'
		| 'drop-ship-note'
		| 'goods-in-note'
		| 'quarantine-release';
	readonly id: number;
	readonly lifecycle: 'created' | 'modified' | 'destroyed';
	/** The third part of the event's name, such as `order-status`; null = there is none. */
	readonly specifier: string | null;
}

/** A webhook's target is to be called with given variables (platform reference, §6.1). */
export interface WebhookSimulation {
	readonly type: 'simulation';
	readonly webhookId: number;
	readonly variables: Readonly< Record< string, string > >;
	readonly ids: readonly number[];
}

/** What the sandbox tells whoever started it (the demo's terminal), and its webhooks. */
export type SandboxEvent =
	| ResourceChange
	| {
			readonly type: 'order';
			readonly account: string;
			readonly orderId: number;
			readonly ref: string;
			readonly externalRef: string | null;
			readonly rows: number;
			readonly total: string;
			readonly currency: string;
	  }
	| {
			readonly type: 'payment';
			readonly account: string;
			readonly orderId: number;
			readonly paymentId: number;
			readonly paymentType: PaymentType;
			readonly amount: string;
			readonly currency: string;
			readonly methodCode: string;
	  }
	| {
			readonly type: 'reservation';
			readonly account: string;
			readonly orderId: number;
			readonly warehouseId: number;
			readonly quantity: number;
			/** False = less than was asked for. */
			readonly complete: boolean;
	  }
	| {
			readonly type: 'stock';
			readonly account: string;
			readonly productId: number;
			readonly sku: string;
			readonly warehouseId: number;
			readonly inStock: number;
			readonly allocated: number;
			readonly onHand: number;
	  }
	| {
			readonly type: 'shipped' | 'cancelled' | 'released';
			readonly account: string;
			readonly orderId: number;
	  };
