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
		path: 'orders.rules',
		section: 'rules',
		label: () => __( 'Rules', 'pearlbridge' ),
		help: () =>
			__(
				'Orders that go elsewhere, or stay in the shop. The first rule whose conditions all hold counts; a condition that is left empty always holds.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.contacts',
		section: 'customers',
		label: () => __( 'A customer Brightpearl knows', 'pearlbridge' ),
		help: () =>
			__(
				'Found by the e-mail address. Whether a new order changes what the contact says.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.guestEmail',
		section: 'customers',
		label: () => __( 'Orders without an e-mail address', 'pearlbridge' ),
		help: () =>
			__(
				'They go to the contact with this address. Empty: they wait as a problem.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.staffContacts',
		section: 'customers',
		label: () => __( 'The e-mail of staff or a supplier', 'pearlbridge' ),
		help: () =>
			__(
				'An order whose e-mail address belongs to somebody who is no customer in Brightpearl.',
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
		path: 'orders.invoice',
		section: 'statuses',
		label: () => __( 'Invoice', 'pearlbridge' ),
		help: () =>
			__(
				'Whether Pearlbridge makes the invoice in Brightpearl. An invoiced order can no longer be changed by it.',
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
		section: 'reversals',
		label: () => __( 'Paid, then cancelled', 'pearlbridge' ),
		help: () =>
			__(
				'What happens when a paid order is cancelled or deleted without a refund.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.cancelledStatusId',
		section: 'reversals',
		label: () => __( 'Status of cancelled orders', 'pearlbridge' ),
		help: () =>
			__(
				'What an order gets in Brightpearl when it is cancelled in the shop.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.reversal',
		section: 'reversals',
		label: () => __( 'How money is taken back', 'pearlbridge' ),
		help: () =>
			__(
				'When a payment or a refund no longer stands in the shop.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.refundTax',
		section: 'reversals',
		label: () => __( 'Tax of a refund without lines', 'pearlbridge' ),
		help: () =>
			__(
				'The shop can refund an amount without saying for what.',
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
];
