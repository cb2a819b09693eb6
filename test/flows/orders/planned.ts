/**
 * What a plan wants made of order `P-1`: its payment, a refund with its credit, and what takes them
 * back.
 */
export const ADDRESS = {
	fullName: 'Ines Duarte',
	company: '',
	line1: '9 Harbour Row',
	line2: '',
	city: 'Bristol',
	state: '',
	postcode: 'BS1 6XN',
	country: 'GBR',
	phone: '',
	email: 'ines@example.test',
};
export const CREDIT = {
	refundId: 7,
	externalRef: 'P-1-r7',
	ref: '1',
	placedOn: '2026-07-02T10:00:00.000+00:00',
	taxDate: '2026-07-02T00:00:00.000+01:00',
	warehouseId: 2,
	channelId: null,
	priceListId: null,
	leadSourceId: null,
	priceMode: 'EXC' as const,
	currency: 'GBP',
	billing: ADDRESS,
	delivery: ADDRESS,
	rows: [
		{
			externalRef: 'line-1',
			productId: 2000,
			name: 'A',
			quantity: '1',
			taxCode: 'T20',
			net: '10.00',
			tax: '2.00',
			nominalCode: null,
		},
		{
			externalRef: 'refund',
			productId: null,
			name: 'Refund: sorry',
			quantity: '1',
			taxCode: 'T20',
			net: '1.00',
			tax: '0.00',
			nominalCode: null,
		},
	],
	total: '13.00',
	installationInstanceId: null,
};
const money = {
	methodCode: 'CARD',
	currency: 'GBP',
	transactionCode: '',
	paidAt: '2026-07-02T10:00:00.000+00:00',
};
export const PAYMENT = {
	...money,
	n: 1,
	transactionRef: 'P-1-p1',
	amount: '42.00',
};
export const REFUND = {
	...money,
	refundId: 7,
	transactionRef: 'P-1-r7',
	amount: '13.00',
};
export const reversal = ( how: 'payment' | 'delete' ) => ( {
	transactionRef: 'P-1-p1-x',
	paymentId: 700,
	orderId: 5000,
	how,
	type: 'PAYMENT' as const,
	methodCode: 'CARD',
	amount: '42.00',
	currency: 'GBP',
	at: '2026-07-02T11:00:00.000+00:00',
} );
