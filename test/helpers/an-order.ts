/**
 * A small order to change one thing of: two boards at 20 %, a book at 0 %, shipping at 20 %.
 */
import type {
	StoreAddress,
	StoreCharge,
	StoreLine,
	StoreOrder,
	StoreShippingLine,
	StoreTaxRate,
} from '../../src/contracts/store.ts';

export const VAT: StoreTaxRate = {
	percent: '20',
	label: 'VAT',
	compound: false,
};

export const ADDRESS: StoreAddress = {
	firstName: 'Ines',
	lastName: 'Duarte',
	company: '',
	address1: '9 Harbour Row',
	address2: 'Redcliffe',
	city: 'Bristol',
	state: 'Avon',
	postcode: 'BS1 6XN',
	country: 'GB',
	email: 'ines@example.test',
	phone: '+44 117 000 0001',
};

export const NO_ADDRESS: StoreAddress = {
	firstName: '',
	lastName: '',
	company: '',
	address1: '',
	address2: '',
	city: '',
	state: '',
	postcode: '',
	country: '',
	email: '',
	phone: '',
};

export function aLine( more: Partial< StoreLine > = {} ): StoreLine {
	return {
		id: 1,
		name: 'Oak Serving Board',
		productId: 4200,
		variationId: 0,
		sku: 'OSB-01',
		quantity: '2',
		taxClass: '',
		subtotal: '20.00',
		subtotalTax: '4.00',
		total: '20.00',
		totalTax: '4.00',
		rates: [ VAT ],
		reducedStock: 2,
		meta: [],
		...more,
	};
}

export function aCharge( more: Partial< StoreCharge > = {} ): StoreCharge {
	return {
		id: 4,
		name: 'Gift wrapping',
		total: '2.50',
		totalTax: '0.50',
		taxClass: '',
		taxStatus: 'taxable',
		rates: [ VAT ],
		...more,
	};
}

export function aShippingLine(
	more: Partial< StoreShippingLine > = {}
): StoreShippingLine {
	return {
		...aCharge( {
			id: 3,
			name: 'Royal Mail',
			total: '5.00',
			totalTax: '1.00',
		} ),
		methodId: 'flat_rate',
		instanceId: '2',
		...more,
	};
}

export const BOOK = aLine( {
	id: 2,
	name: 'Field Guide to Mosses',
	productId: 4206,
	sku: 'BOOK-MOSS',
	quantity: '1',
	taxClass: 'zero-rate',
	subtotal: '7.77',
	subtotalTax: '0.00',
	total: '7.77',
	totalTax: '0.00',
	rates: [ { percent: '0', label: 'VAT zero', compound: false } ],
} );

/** Its total is not recalculated: give one that fits what you change. */
export function anOrder( more: Partial< StoreOrder > = {} ): StoreOrder {
	return {
		id: 4336,
		number: '4336',
		status: 'processing',
		currency: 'GBP',
		pricesIncludeTax: false,
		placedAt: '2026-07-01T23:30:00Z',
		modifiedAt: '2026-07-01T23:30:05Z',
		paidAt: '2026-07-01T23:30:04Z',
		completedAt: null,
		total: '37.77',
		totalTax: '5.00',
		paymentMethod: 'stripe',
		paymentMethodTitle: 'Credit / Debit Card',
		transactionId: 'pi_1',
		customerNote: '',
		createdVia: 'store-api',
		customerId: 0,
		billing: ADDRESS,
		shipping: { ...ADDRESS, email: '' },
		lines: [ aLine(), BOOK ],
		shippingLines: [ aShippingLine() ],
		fees: [],
		coupons: [],
		refunds: [],
		meta: {},
		...more,
	};
}
