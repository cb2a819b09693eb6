/**
 * What an account holds. Plain JSON throughout (the state file is these shapes), times in
 * milliseconds, money and quantities as decimal strings.
 */
import type { CustomValues, ProductDetails } from './catalogue-model.ts';

export interface Address {
	addressFullName: string;
	companyName: string;
	/** Street, suburb, city, state. */
	addressLine1: string;
	addressLine2: string;
	addressLine3: string;
	addressLine4: string;
	postalCode: string;
	/** ISO-3166 alpha-3; null = none given. */
	country: string | null;
	telephone: string;
	mobileTelephone: string;
	fax: string;
	email: string;
}

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

/** What few contacts have: left out where it is not set. */
export interface ContactDetails {
	skype: string;
	website: string;
	creditLimit: number;
	/** Percent, 2 places. */
	discount: string;
	taxCodeId: number;
	staffOwnerId: number;
	leadTime: number;
	companyId: number;
	tagIds: number[];
	customFields: CustomValues;
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

export interface OrderRow {
	id: number;
	productId: number;
	name: string;
	sku: string;
	/** As it was when the row was made. */
	stockTracked: boolean;
	quantity: string;
	taxCode: string;
	/** Whole row; net at 4 places, tax at 2 (or 4, by switch). */
	net: string;
	tax: string;
	nominalCode: string;
	externalRef: string | null;
	sequence: number;
	bundleParent: boolean;
	bundleChild: boolean;
	parentRowId: number;
	/** Left out = Brightpearl's own, which recalculates the tax when the net changes. */
	taxCalculator?: 'manual' | 'avalara';
	/** Of one piece, 4 places; left out = the product's. */
	price?: string;
	/** Percent, 2 places; left out = none. */
	discount?: string;
	/** The row this one was copied from. */
	clonedFromId?: number;
}

export interface OrderNote {
	id: number;
	text: string;
	isPublic: boolean;
	addedAt: number;
	contactId: number;
	statusId: number;
	fileId?: number;
}

/** Sales and purchase orders and credits share one id space. */
export type OrderType = 'SO' | 'SC' | 'PO' | 'PC';

/** What closing leaves on an order or credit. */
export interface Invoice {
	/** `pending` until accounting has given it one (resources reference, §1.12). */
	reference: string;
	requestedAt: number;
	taxDate: number;
	/** Null while pending. */
	closedAt: number | null;
}

export interface Order {
	id: number;
	/** Left out = a sales order. */
	type?: OrderType;
	ref: string;
	externalRef: string | null;
	instanceId: number | null;
	version: number;
	createdAt: number;
	/** Null until the first change. */
	updatedAt: number | null;
	placedAt: number;
	taxDate: number;
	parentId: number;
	statusId: number;
	warehouseId: number;
	/** 0 = none, like every id below. */
	channelId: number;
	staffOwnerId: number;
	projectId: number;
	teamId: number;
	leadSourceId: number;
	priceListId: number;
	priceMode: 'INC' | 'EXC';
	currency: string;
	/** Order currency units per base unit. */
	exchangeRate: string;
	fixedExchangeRate: boolean;
	deliveryAt: number | null;
	shippingMethodId: number;
	customerId: number;
	billingContactId: number;
	customerAddress: Address;
	billingAddress: Address;
	deliveryAddress: Address;
	rows: OrderRow[];
	notes: OrderNote[];
	/** Left out = not closed. */
	invoice?: Invoice;
	customFields?: CustomValues;
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
