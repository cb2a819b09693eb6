/**
 * What products and contacts have beyond the plain ones: kept apart, because most have none of it
 * and a bench makes fifty thousand of them.
 */

/** A custom field's value; a choice of a list carries its id. */
export type CustomValue =
	string | number | boolean | { readonly id: number; readonly value: string };

export type CustomValues = Record< string, CustomValue >;

export interface Identity {
	ean: string;
	upc: string;
	isbn: string;
	mpn: string;
	barcode: string;
}

export interface ProductDetails {
	brandId: number;
	collectionId: number | null;
	typeId: number;
	identity: Identity;
	/** Products of one name are one group (resources reference, §3.3). */
	groupId: number | null;
	categories: number[];
	seasonIds: number[];
	/** Kilograms, 4 places. */
	weight: string;
	description: string;
	shortDescription: string;
	nominals: { stock: string; purchases: string; sales: string | null };
	primarySupplierId: number | null;
	/** By price list: quantity from which a price holds → price. What is not here comes from `price`. */
	prices: Record< string, Record< string, string > >;
	customFields: CustomValues;
}

const PLAIN: ProductDetails = {
	brandId: 74,
	collectionId: null,
	typeId: 1,
	identity: { ean: '', upc: '', isbn: '', mpn: '', barcode: '' },
	groupId: null,
	categories: [ 296 ],
	seasonIds: [],
	weight: '0.0000',
	description: '',
	shortDescription: '',
	nominals: { stock: '1001', purchases: '5000', sales: null },
	primarySupplierId: null,
	prices: {},
	customFields: {},
};

/** The details with what was left out filled in. */
export const detailsOf = ( product: {
	readonly more?: Partial< ProductDetails >;
} ): ProductDetails => ( product.more ? { ...PLAIN, ...product.more } : PLAIN );

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

export interface Brand {
	id: number;
	name: string;
	updatedAt: number;
}
