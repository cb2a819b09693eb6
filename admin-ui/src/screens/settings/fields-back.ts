/** Notes, custom fields and what goes back to the shop, in the order of the form. */
import { __ } from '@wordpress/i18n';
import type { Field } from './fields.ts';

export const BACK_FIELDS: readonly Field[] = [
	{
		path: 'orders.notes.customer',
		section: 'extras',
		label: () => __( 'What the customer wrote', 'pearlbridge' ),
		help: () =>
			__(
				'The note of the checkout becomes a note of the sales order.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.notes.order',
		section: 'extras',
		label: () => __( 'Notes of the order', 'pearlbridge' ),
		help: () =>
			__(
				'Those that the shop’s people and plugins write to the order. Each is copied once.',
				'pearlbridge'
			),
	},
	{
		path: 'orders.customFields',
		section: 'extras',
		label: () => __( 'Custom fields', 'pearlbridge' ),
		help: () =>
			__(
				'What of the shop’s order a custom field of the sales order holds. Its code begins with PCF_ and stands beside it in Brightpearl’s settings.',
				'pearlbridge'
			),
	},
	{
		path: 'writeBack.meta',
		section: 'back',
		label: () => __( 'Brightpearl’s order id', 'pearlbridge' ),
		help: () =>
			__(
				'Kept with the order in the shop, hidden, for reports and other plugins.',
				'pearlbridge'
			),
	},
	{
		path: 'writeBack.note',
		section: 'back',
		label: () => __( 'Note when it has arrived', 'pearlbridge' ),
		help: () =>
			__(
				'A private note with Brightpearl’s number; the customer does not see it.',
				'pearlbridge'
			),
	},
	{
		path: 'writeBack.status',
		section: 'back',
		label: () => __( 'Status in the shop', 'pearlbridge' ),
		help: () =>
			__(
				'When the order gets one of these statuses in Brightpearl, it gets the status beside it in the shop. Left alone, the shop’s status stays.',
				'pearlbridge'
			),
	},
	{
		path: 'writeBack.mails',
		section: 'back',
		label: () => __( 'Mails to the customer', 'pearlbridge' ),
		help: () =>
			__(
				'WooCommerce mails the customer when some statuses are set: order complete, for one.',
				'pearlbridge'
			),
	},
];
