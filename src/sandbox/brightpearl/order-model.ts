/**
 * Orders and credits as an account holds them: one shape for all four types.
 */
import type { CustomValues } from './catalogue-model.ts';
import type { Address } from './address-model.ts';

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
