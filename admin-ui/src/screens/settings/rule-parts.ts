/** What the parts of a rule are called, by the field the rules are in. */
import { __ } from '@wordpress/i18n';

type Names = Readonly< Record< string, () => string > >;

/** Translated late: the texts are loaded after this module. */
export const RULE_PARTS: Readonly< Record< string, Names > > = {
	'orders.tax': {
		percent: () => __( 'Percent', 'pearlbridge' ),
		class: () => __( 'Tax class', 'pearlbridge' ),
		country: () => __( 'Country', 'pearlbridge' ),
		state: () => __( 'State', 'pearlbridge' ),
		label: () => __( 'Label of the rate', 'pearlbridge' ),
		code: () => __( 'Tax code', 'pearlbridge' ),
	},
	'orders.rules': {
		country: () => __( 'Country', 'pearlbridge' ),
		payment: () => __( 'Payment method', 'pearlbridge' ),
		shipping: () => __( 'Shipping method', 'pearlbridge' ),
		createdVia: () => __( 'Placed through', 'pearlbridge' ),
		meta: () => __( 'Order meta', 'pearlbridge' ),
		'meta.key': () => __( 'Order meta: key', 'pearlbridge' ),
		'meta.is': () => __( 'Order meta: value', 'pearlbridge' ),
		channelId: () => __( 'Channel', 'pearlbridge' ),
		warehouseId: () => __( 'Warehouse', 'pearlbridge' ),
	},
};
