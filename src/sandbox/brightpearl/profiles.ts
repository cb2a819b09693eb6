/**
 * The two accounts' reference data: VAT in pounds, sales tax in dollars.
 */
import { DEFAULT_WAREHOUSE, SECOND_WAREHOUSE } from './profile.ts';
import type {
	Channel,
	Currency,
	Method,
	Named,
	Nominal,
	OrderStatus,
	PriceList,
	Profile,
} from './profile.ts';

const status = (
	id: number,
	name: string,
	type: OrderStatus[ 'type' ],
	state: string,
	disabled = false
): OrderStatus => ( { id, name, type, state, disabled, color: '#E7E6E4' } );

const STATUSES: readonly OrderStatus[] = [
	status( 1, 'Draft / Quote', 'SO', 'draft' ),
	status( 2, 'New web order', 'SO', 'open' ),
	status( 3, 'New phone order', 'SO', 'open' ),
	status( 4, 'Invoiced', 'SO', 'invoiced' ),
	status( 5, 'Cancelled', 'SO', 'cancelled' ),
	status( 6, 'Pending PO', 'PO', 'open' ),
	status( 10, 'Sales credit', 'SC', 'open' ),
	status( 12, 'Purchase credit', 'PC', 'open' ),
	status( 21, 'Awaiting payment', 'SO', 'open' ),
	status( 22, 'Ready to ship', 'SO', 'open' ),
	status( 23, 'Fraud check', 'SO', 'open' ),
	status( 24, 'Old web order', 'SO', 'open', true ),
];

const WAREHOUSES: readonly Named[] = [
	{ id: DEFAULT_WAREHOUSE, name: 'Main warehouse' },
	{ id: SECOND_WAREHOUSE, name: 'Shop floor' },
];

const SHIPPING_METHODS: readonly Method[] = [
	{ id: 1, code: 'STD', name: 'Standard delivery' },
	{ id: 2, code: 'EXP', name: 'Express delivery' },
	{ id: 3, code: 'COL', name: 'Collection' },
	{ id: 5, code: 'INT', name: 'International' },
];

const PAYMENT_METHODS: readonly Method[] = [
	{ id: 1, code: 'CARD', name: 'Card' },
	{ id: 2, code: 'BACS', name: 'Bank transfer' },
	{ id: 3, code: 'CASH', name: 'Cash' },
	{ id: 4, code: 'PAYPAL', name: 'PayPal' },
	{ id: 5, code: 'CHEQUE', name: 'Cheque' },
	{ id: 6, code: 'GIFT', name: 'Gift card' },
];

const LEAD_SOURCES: readonly Named[] = [
	{ id: 1, name: 'Web' },
	{ id: 2, name: 'Phone' },
	{ id: 3, name: 'Trade fair' },
];

const NOMINALS: readonly Nominal[] = [
	{ id: 1, code: '1001', name: 'Stock', bank: false },
	{ id: 2, code: '1100', name: 'Debtors control', bank: false },
	{ id: 3, code: '1200', name: 'Current account', bank: true },
	{ id: 4, code: '2100', name: 'Creditors control', bank: false },
	{ id: 5, code: '2200', name: 'Output tax', bank: false },
	{ id: 6, code: '2310', name: 'Gift card liability', bank: false },
	{ id: 7, code: '4000', name: 'Sales', bank: false },
	{ id: 8, code: '4009', name: 'Discounts allowed', bank: false },
	{ id: 9, code: '4040', name: 'Shipping income', bank: false },
	{ id: 10, code: '4050', name: 'Fees', bank: false },
	{ id: 11, code: '5000', name: 'Purchases', bank: false },
	{ id: 12, code: '7990', name: 'Rounding corrections', bank: false },
];

const NOMINAL = {
	sales: '4000',
	shipping: '4040',
	discount: '4009',
	rounding: '7990',
} as const;

/** Units per pound; another base divides by its own. */
const PER_POUND = [
	[ 1, 'Pound sterling', 'GBP', '£', '1' ],
	[ 2, 'US dollar', 'USD', '$', '1.307000' ],
	[ 3, 'Euro', 'EUR', '€', '1.154000' ],
	[ 4, 'Japanese yen', 'JPY', '¥', '203.500000' ],
	[ 5, 'Canadian dollar', 'CAD', 'C$', '1.832000' ],
	[ 6, 'Brazilian real', 'BRL', 'R$', '7.010000' ],
	[ 7, 'Indian rupee', 'INR', '₹', '116.400000' ],
	[ 8, 'Australian dollar', 'AUD', 'A$', '2.012000' ],
] as const;

/** Units per dollar, in the same order. */
const PER_DOLLAR: readonly string[] = [
	'0.765111',
	'1',
	'0.882938',
	'155.700077',
	'1.401683',
	'5.363428',
	'89.058914',
	'1.539403',
];

const currencies = ( rates: readonly string[] ): readonly Currency[] =>
	PER_POUND.map( ( [ id, title, code, symbol ], index ) => ( {
		id,
		title,
		code,
		symbol,
		rate: rates[ index ] ?? '1',
	} ) );

const priceLists = ( currencyId: number, gross: boolean ): PriceList[] => [
	{
		id: 1,
		name: 'Cost',
		code: 'COST',
		currencyId,
		type: 'BUY',
		gross: false,
	},
	{
		id: 2,
		name: 'Retail',
		code: 'SELL',
		currencyId,
		type: 'SELL',
		gross: false,
	},
	{ id: 3, name: 'Web', code: 'WEB', currencyId, type: 'SELL', gross },
];

const channels = ( name: string ): Channel[] => [
	{
		id: 1,
		name: 'Direct',
		defaultWarehouseId: null,
		warehouseIds: [],
		priceListId: null,
	},
	{
		id: 7,
		name,
		defaultWarehouseId: DEFAULT_WAREHOUSE,
		warehouseIds: [ DEFAULT_WAREHOUSE, SECOND_WAREHOUSE ],
		priceListId: 3,
	},
];

const COMMON = {
	statuses: { fresh: 2, invoiced: 4, cancelled: 5, all: STATUSES },
	warehouses: WAREHOUSES,
	shippingMethods: SHIPPING_METHODS,
	paymentMethods: PAYMENT_METHODS,
	leadSources: LEAD_SOURCES,
	nominals: NOMINALS,
	nominal: NOMINAL,
} as const;

export const PROFILES: readonly Profile[] = [
	{
		...COMMON,
		code: 'sandbox-gb',
		timeZone: 'Europe/London',
		baseCurrency: 'GBP',
		taxScheme: 'VAT',
		instanceId: 11,
		integrationId: 7,
		firstIds: {
			product: 1101,
			contact: 301,
			address: 501,
			order: 20_001,
			row: 45_001,
			payment: 9001,
			note: 7001,
		},
		taxCodes: [
			{ id: 1, code: 'T0', description: 'Zero rated', rate: null },
			{
				id: 2,
				code: 'T20',
				description: 'Standard 20%',
				rate: '20.0000',
			},
			{ id: 3, code: 'T5', description: 'Reduced 5%', rate: '5.0000' },
			{
				id: 4,
				code: 'T9',
				description: 'Outside the scope of VAT',
				rate: null,
			},
			{
				id: 5,
				code: 'IE23',
				description: 'Ireland 23%',
				rate: '23.0000',
			},
			{
				id: 6,
				code: 'DE19',
				description: 'Germany 19%',
				rate: '19.0000',
			},
			{ id: 7, code: 'DE7', description: 'Germany 7%', rate: '7.0000' },
			{ id: 8, code: 'FR20', description: 'France 20%', rate: '20.0000' },
		],
		productTax: { '': 'T20', 'reduced-rate': 'T5', 'zero-rate': 'T0' },
		currencies: currencies( PER_POUND.map( ( entry ) => entry[ 4 ] ) ),
		channels: channels( 'Web store' ),
		priceLists: priceLists( 1, true ),
	},
	{
		...COMMON,
		code: 'sandbox-us',
		timeZone: 'America/New_York',
		baseCurrency: 'USD',
		taxScheme: 'SALES TAX',
		instanceId: 23,
		integrationId: 7,
		firstIds: {
			product: 5101,
			contact: 3301,
			address: 3501,
			order: 60_001,
			row: 85_001,
			payment: 59_001,
			note: 57_001,
		},
		taxCodes: [
			{ id: 1, code: '-', description: 'Not taxable', rate: null },
			{
				id: 2,
				code: 'NY',
				description: 'New York 8.875%',
				rate: '8.8750',
			},
			{
				id: 3,
				code: 'CA',
				description: 'California 7.25%',
				rate: '7.2500',
			},
			{
				id: 4,
				code: 'CALA',
				description: 'California, Los Angeles 9.5%',
				rate: '9.5000',
			},
			{
				id: 5,
				code: 'T',
				description: 'Taxed elsewhere',
				rate: '6.0000',
			},
		],
		productTax: { '': 'T', 'reduced-rate': 'T', 'zero-rate': '-' },
		currencies: currencies( PER_DOLLAR ),
		channels: channels( 'US web store' ),
		priceLists: priceLists( 2, false ),
	},
];
