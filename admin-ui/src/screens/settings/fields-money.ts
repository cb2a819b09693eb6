/** Taxes, ledger codes and money of orders, in the order of the form. */
import { __ } from '@wordpress/i18n';
import type { Field } from './fields.ts';

export const MONEY_FIELDS: readonly Field[] = [
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
	{
		path: 'orders.totalMismatch',
		section: 'money',
		label: () => __( 'Lines that do not add up', 'pearlbridge' ),
		help: () =>
			__(
				'The lines of an order and its total differ by more than the largest rounding row.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.exchangeRateMeta',
		section: 'money',
		label: () => __( 'Exchange rate from order meta', 'pearlbridge' ),
		help: () =>
			__(
				'The key of the order meta that holds Brightpearl’s rate, in units for one of the base currency. Empty: Brightpearl’s own rate.',
				'pearlbridge'
			),
	},
];
