/** The settings of orders, in the order of the form. Maps and lists are one field each. */
import { __ } from '@wordpress/i18n';
import type { Field } from './fields.ts';

export const ORDER_FIELDS: readonly Field[] = [
	{
		path: 'orders.channelId',
		section: 'place',
		label: () => __( 'Channel', 'pearlbridge' ),
		help: () =>
			__(
				'The sales channel the orders appear under in Brightpearl.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.warehouseId',
		section: 'place',
		label: () => __( 'Warehouse', 'pearlbridge' ),
		help: () =>
			__( 'Where the stock of an order is allocated.', 'pearlbridge' ),
	},
	{
		path: 'orders.priceListId',
		section: 'place',
		label: () => __( 'Price list', 'pearlbridge' ),
		help: () =>
			__(
				'Named on the sales order. The prices are always those the customer paid.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.leadSourceId',
		section: 'place',
		label: () => __( 'Lead source', 'pearlbridge' ),
		help: () =>
			__(
				'Where Brightpearl’s reports say the order came from.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.allocate',
		section: 'place',
		label: () => __( 'Allocate stock', 'pearlbridge' ),
		help: () =>
			__(
				'Reserves the stock in the warehouse as soon as the order is in Brightpearl.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.delay',
		section: 'place',
		label: () => __( 'Wait before pushing', 'pearlbridge' ),
		help: () =>
			__(
				'Time for the customer or a fraud check to change the order first.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.refPrefix',
		section: 'place',
		label: () => __( 'Reference prefix', 'pearlbridge' ),
		help: () =>
			__(
				'Begins every reference in Brightpearl, such as my-shop-4336. Each connection of an account needs its own; fixed after the first push.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.status',
		section: 'statuses',
		label: () => __( 'Statuses that push an order', 'pearlbridge' ),
		help: () =>
			__(
				'An order goes to Brightpearl when it first has one of the ticked statuses, and gets the Brightpearl status beside it.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.payments',
		section: 'payments',
		label: () => __( 'Payment methods', 'pearlbridge' ),
		help: () =>
			__(
				'Where each of the shop’s payment methods is booked. An order paid by one that is not mapped waits as a problem.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.cancelPaid',
		section: 'payments',
		label: () => __( 'Paid, then cancelled', 'pearlbridge' ),
		help: () =>
			__(
				'What happens when a paid order is cancelled or deleted without a refund.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.shipping',
		section: 'shipping',
		label: () => __( 'Shipping methods', 'pearlbridge' ),
		help: () =>
			__(
				'The Brightpearl shipping method of an order. The most exact line counts: a zone’s own method, then its kind, then everything else.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.tax',
		section: 'taxes',
		label: () => __( 'Tax rules', 'pearlbridge' ),
		help: () =>
			__(
				'The first rule that fits a line of an order gives its tax code. A condition that is left empty always fits.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.taxDefault',
		section: 'taxes',
		label: () => __( 'When no rule fits', 'pearlbridge' ),
		help: () =>
			__(
				'Without a code here such an order waits as a problem, which is safer.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.nominal.sales',
		section: 'ledger',
		label: () => __( 'Sales', 'pearlbridge' ),
		help: () =>
			__(
				'Products. Left alone, each product’s own code counts.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.nominal.shipping',
		section: 'ledger',
		label: () => __( 'Shipping charges', 'pearlbridge' ),
		help: () => __( 'What the customer paid for shipping.', 'pearlbridge' ),
	},
	{
		path: 'orders.nominal.fee',
		section: 'ledger',
		label: () => __( 'Fees', 'pearlbridge' ),
		help: () => __( 'Fee lines of the order.', 'pearlbridge' ),
	},
	{
		path: 'orders.nominal.discount',
		section: 'ledger',
		label: () => __( 'Discounts', 'pearlbridge' ),
		help: () =>
			__(
				'Coupons, where discounts are rows of their own.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.nominal.giftCard',
		section: 'ledger',
		label: () => __( 'Gift cards', 'pearlbridge' ),
		help: () =>
			__(
				'Gift cards paid with, which the shop writes as negative fees. Left alone, the code of fees counts.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.nominal.rounding',
		section: 'ledger',
		label: () => __( 'Rounding', 'pearlbridge' ),
		help: () =>
			__( 'The small row that makes both totals agree.', 'pearlbridge' ),
	},
	{
		path: 'orders.missingSku',
		section: 'missing',
		label: () =>
			__( 'When Brightpearl does not know a SKU', 'pearlbridge' ),
		help: () =>
			__(
				'A line of an order may be a product Brightpearl has never heard of.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.discounts',
		section: 'money',
		label: () => __( 'Discounts', 'pearlbridge' ),
		help: () => __( 'How coupons show on the sales order.', 'pearlbridge' ),
	},
	{
		path: 'orders.roundingLimit',
		section: 'money',
		label: () => __( 'Largest rounding row', 'pearlbridge' ),
		help: () =>
			__(
				'In the order’s currency. When the totals differ by more, the order waits as a problem.',
				'pearlbridge'
			),
	},
];
