/** The settings of shipping methods and payment gateways, in the form their routes show them. */

/** One field of a form, as WooCommerce's settings API describes it. */
export function field(
	id: string,
	label: string,
	type: string,
	value: string | null,
	more: {
		readonly description?: string;
		readonly usual?: string;
		readonly placeholder?: string;
		readonly options?: Readonly< Record< string, string > >;
	} = {}
): Record< string, unknown > {
	const description = more.description ?? '';
	return {
		[ id ]: {
			id,
			label,
			description,
			type,
			value,
			default: more.usual ?? '',
			tip: description,
			placeholder: more.placeholder ?? '',
			...( more.options === undefined ? {} : { options: more.options } ),
		},
	};
}

const COST =
	'Enter a cost (excl. tax) or sum, e.g. <code>10.00 * [qty]</code>.<br/><br/>Use <code>[qty]</code> for the number of items, <br/><code>[cost]</code> for the total cost of items, and <code>[fee percent="10" min_fee="20" max_fee=""]</code> for percentage based fees.';

export const KINDS = {
	flat_rate: {
		title: 'Flat rate',
		description: '<p>Lets you charge a fixed rate for shipping.</p>\n',
		placeholder: 'e.g. Standard national',
		cost: COST,
	},
	local_pickup: {
		title: 'Local pickup',
		description:
			'<p>Allow customers to pick up orders themselves. By default, when using local pickup store base taxes will apply regardless of customer address.</p>\n',
		placeholder: 'e.g. Local pickup',
		cost: 'Optional cost for local pickup.',
	},
	free_shipping: {
		title: 'Free shipping',
		description:
			'<p>Free shipping is a special method which can be triggered with coupons and minimum spends.</p>\n',
		placeholder: 'e.g. Free shipping',
		cost: null,
	},
} as const;

export interface ShippingMethod {
	readonly id: number;
	readonly kind: keyof typeof KINDS;
	readonly title: string;
	readonly cost: string;
	readonly taxed: boolean;
}

export function shippingSettings( {
	kind,
	title,
	cost,
	taxed,
}: ShippingMethod ): Record< string, unknown > {
	const { title: usual, placeholder, cost: help } = KINDS[ kind ];
	return {
		...field( 'title', 'Name', 'text', title, {
			description:
				'Your customers will see the name of this shipping method during checkout.',
			usual,
			placeholder,
		} ),
		...( help === null
			? freeShippingSettings()
			: {
					...field(
						'tax_status',
						'Tax status',
						'select',
						taxed ? 'taxable' : 'none',
						{
							usual: 'taxable',
							options: { taxable: 'Taxable', none: 'None' },
						}
					),
					...field( 'cost', 'Cost', 'text', cost, {
						description: help,
					} ),
				} ),
	};
}

function freeShippingSettings(): Record< string, unknown > {
	return {
		...field( 'requires', 'Free shipping requires', 'select', 'coupon', {
			options: {
				'': 'No requirement',
				coupon: 'A valid free shipping coupon',
				min_amount: 'A minimum order amount',
				either: 'A minimum order amount OR coupon',
				both: 'A minimum order amount AND coupon',
			},
		} ),
		...field( 'min_amount', 'Minimum order amount', 'text', '0', {
			description:
				'Customers will need to spend this amount to get free shipping.',
		} ),
		...field( 'ignore_discounts', 'Coupons discounts', 'checkbox', null, {
			description:
				'If checked, free shipping would be available based on pre-discount order amount.',
			usual: 'no',
		} ),
	};
}

export interface Gateway {
	readonly id: string;
	readonly title: string;
	readonly description: string | null;
	readonly enabled: boolean;
	readonly methodTitle: string;
	readonly methodDescription: string;
	/** WooCommerce's own, which no other party settles. */
	readonly offline: boolean;
}

export function gatewaySettings( {
	title,
	methodTitle,
	offline,
}: Gateway ): unknown {
	return offline
		? {
				...field( 'title', 'Title', 'safe_text', title, {
					description:
						'This controls the title which the user sees during checkout.',
					usual: methodTitle,
				} ),
				...field( 'instructions', 'Instructions', 'textarea', '', {
					description:
						'Instructions that will be added to the thank you page and emails.',
				} ),
			}
		: // What a gateway of another plugin shows is its own affair.
			[];
}
