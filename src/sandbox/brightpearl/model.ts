/**
 * What an account holds. Plain JSON throughout (the state file is these shapes), times in
 * milliseconds, money and quantities as decimal strings.
 */
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
	status: 'LIVE' | 'ARCHIVED';
	createdAt: number;
	updatedAt: number;
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
}

export interface OrderNote {
	id: number;
	text: string;
	isPublic: boolean;
	addedAt: number;
	contactId: number;
	statusId: number;
}

export interface Order {
	id: number;
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

export interface ReservedRow {
	productId: number;
	quantity: number;
}

/** One reservation note for each sales order, in one warehouse. */
export interface Reservation {
	/** The order's id. */
	id: number;
	warehouseId: number;
	rows: Record< string, ReservedRow >;
	createdAt: number;
}

export interface NoteEvent {
	at: number;
	ownerId: number;
	code: string;
}

export interface GoodsOutNote {
	id: number;
	orderId: number;
	warehouseId: number;
	rows: Record< string, ReservedRow >;
	priority: boolean;
	shippingMethodId: number;
	/** The tracking number. */
	reference: string;
	boxes: number | null;
	weight: string | null;
	labelUri: string | null;
	releaseAt: number | null;
	createdAt: number;
	/** 1 for the order's first note. */
	sequence: number;
	events: NoteEvent[];
}

export interface StockCorrection {
	id: number;
	warehouseId: number;
	orderId: number | null;
	productId: number;
	quantity: number;
	reason: string;
	createdAt: number;
}

/** Access and refresh tokens and authorization codes that OAuth handed out. */
export interface Grant {
	id: number;
	kind: 'access' | 'refresh' | 'code';
	token: string;
	/** Null = never. */
	expiresAt: number | null;
	redirectUri: string | null;
}

export interface Counters {
	row: number;
	journal: number;
	orderNote: number;
	grant: number;
}

/** What the sandbox tells whoever started it (the demo's terminal). */
export type SandboxEvent =
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
