/**
 * Every setting of the command line's contract (§2) as a person reads it: where it stands, what it
 * is called, what it does. `path` is the key of `settings get|set` and of `?field=` in links.
 */
import { __, sprintf } from '@wordpress/i18n';
import { RULE_PARTS } from './rule-parts.ts';
import { BACK_FIELDS } from './fields-back.ts';
import { MONEY_FIELDS } from './fields-money.ts';
import { ORDER_FIELDS } from './fields-orders.ts';

export type SectionName =
	| 'live'
	| 'place'
	| 'rules'
	| 'customers'
	| 'statuses'
	| 'payments'
	| 'reversals'
	| 'shipping'
	| 'taxes'
	| 'ledger'
	| 'missing'
	| 'money'
	| 'extras'
	| 'back'
	| 'sweeps'
	| 'stock'
	| 'webhooks'
	| 'budget';

export interface Section {
	readonly name: SectionName;
	readonly title: () => string;
}

/** Translated late: the texts are loaded after this module. */
export const SECTIONS: readonly Section[] = [
	{ name: 'live', title: () => __( 'Going live', 'pearlbridge' ) },
	{ name: 'place', title: () => __( 'Where orders go', 'pearlbridge' ) },
	{
		name: 'rules',
		title: () => __( 'Rules for some orders', 'pearlbridge' ),
	},
	{ name: 'customers', title: () => __( 'Customers', 'pearlbridge' ) },
	{ name: 'statuses', title: () => __( 'Order statuses', 'pearlbridge' ) },
	{ name: 'payments', title: () => __( 'Payments', 'pearlbridge' ) },
	{
		name: 'reversals',
		title: () => __( 'Cancelled and refunded', 'pearlbridge' ),
	},
	{ name: 'shipping', title: () => __( 'Shipping', 'pearlbridge' ) },
	{ name: 'taxes', title: () => __( 'Taxes', 'pearlbridge' ) },
	{ name: 'ledger', title: () => __( 'Ledger codes', 'pearlbridge' ) },
	{
		name: 'missing',
		title: () => __( 'Products that are missing', 'pearlbridge' ),
	},
	{ name: 'money', title: () => __( 'Money', 'pearlbridge' ) },
	{
		name: 'extras',
		title: () => __( 'Notes and custom fields', 'pearlbridge' ),
	},
	{ name: 'back', title: () => __( 'Back to the shop', 'pearlbridge' ) },
	{ name: 'sweeps', title: () => __( 'Sweeps', 'pearlbridge' ) },
	{ name: 'stock', title: () => __( 'Stock', 'pearlbridge' ) },
	{ name: 'webhooks', title: () => __( 'Webhooks', 'pearlbridge' ) },
	{ name: 'budget', title: () => __( 'API budget', 'pearlbridge' ) },
];

export interface Field {
	readonly path: string;
	readonly section: SectionName;
	readonly label: () => string;
	readonly help: () => string;
}

/** In the order of the form. Maps and lists are one field each. */
export const FIELDS: readonly Field[] = [
	{
		path: 'goLive',
		section: 'live',
		label: () => __( 'Live since', 'pearlbridge' ),
		help: () =>
			__(
				'Orders placed from this moment on go to Brightpearl by themselves, and stock comes back. Earlier orders are taken to be in Brightpearl already.',
				'pearlbridge'
			),
	},
	...ORDER_FIELDS,
	...MONEY_FIELDS,
	...BACK_FIELDS,
	{
		path: 'sweep.every',
		section: 'sweeps',
		label: () => __( 'Look for changed orders every', 'pearlbridge' ),
		help: () =>
			__(
				'Finds what a webhook has missed: changed and trashed orders.',
				'pearlbridge'
			),
	},
	{
		path: 'sweep.overlap',
		section: 'sweeps',
		label: () => __( 'Look back by', 'pearlbridge' ),
		help: () =>
			__(
				'Each sweep begins so much before the end of the last one, because shops save late.',
				'pearlbridge'
			),
	},
	{
		path: 'sweep.deep',
		section: 'sweeps',
		label: () => __( 'Deep sweep every', 'pearlbridge' ),
		help: () =>
			__(
				'Finds what leaves no trace: vanished orders and deleted refunds.',
				'pearlbridge'
			),
	},
	{
		path: 'watch.silence',
		section: 'sweeps',
		label: () => __( 'Tell when no order arrives', 'pearlbridge' ),
		help: () =>
			__(
				'Orders are placed in the shop, and none is pushed for unusually long: then something stands still without a fault.',
				'pearlbridge'
			),
	},
	{
		path: 'stock.every',
		section: 'stock',
		label: () => __( 'Pull stock every', 'pearlbridge' ),
		help: () =>
			__(
				'How often the sellable stock is read from Brightpearl and written to the shop.',
				'pearlbridge'
			),
	},
	{
		path: 'stock.warehouses',
		section: 'stock',
		label: () => __( 'Warehouses that count', 'pearlbridge' ),
		help: () =>
			__(
				'The shop shows what is on hand in these together.',
				'pearlbridge'
			),
	},
	{
		path: 'stock.buffer',
		section: 'stock',
		label: () => __( 'Buffer', 'pearlbridge' ),
		help: () =>
			__(
				'So many pieces of each product are kept back from the shop.',
				'pearlbridge'
			),
	},
	{
		path: 'stock.minimum',
		section: 'stock',
		label: () => __( 'Never show less than', 'pearlbridge' ),
		help: () =>
			__(
				'Does not hold for products that allow backorders: theirs may be negative.',
				'pearlbridge'
			),
	},
	{
		path: 'stock.maximum',
		section: 'stock',
		label: () => __( 'Never show more than', 'pearlbridge' ),
		help: () => __( 'Empty: no limit.', 'pearlbridge' ),
	},
	{
		path: 'stock.breaker.percent',
		section: 'stock',
		label: () => __( 'Ask before changing more than', 'pearlbridge' ),
		help: () =>
			__(
				'Percent of the products. A run that would empty or change more waits for a person, because a wrong warehouse looks just like that.',
				'pearlbridge'
			),
	},
	{
		path: 'stock.breaker.minimum',
		section: 'stock',
		label: () => __( 'Ask only from', 'pearlbridge' ),
		help: () =>
			__(
				'So many products at least: a few changes never stop a run.',
				'pearlbridge'
			),
	},
	{
		path: 'webhooks',
		section: 'webhooks',
		label: () => __( 'Webhooks of the shop', 'pearlbridge' ),
		help: () =>
			__(
				'They tell of an order at once. Without them the sweep finds it.',
				'pearlbridge'
			),
	},
	{
		path: 'budget.reserve',
		section: 'budget',
		label: () => __( 'Leave to other apps', 'pearlbridge' ),
		help: () =>
			__(
				'Brightpearl allows an account so many requests a minute. This many are left for your other apps.',
				'pearlbridge'
			),
	},
	{
		path: 'budget.window',
		section: 'budget',
		label: () => __( 'How Brightpearl counts requests', 'pearlbridge' ),
		help: () =>
			__(
				'What is used up comes back at the next full minute, or a minute after each request.',
				'pearlbridge'
			),
	},
	{
		path: 'budget.batch',
		section: 'budget',
		label: () => __( 'Sending changes', 'pearlbridge' ),
		help: () =>
			__(
				'Changes that wait at the same time can share a request, so that more orders fit into a minute. Should an account refuse that, they go one by one by themselves.',
				'pearlbridge'
			),
	},
];

const BY_PATH = new Map( FIELDS.map( ( field ) => [ field.path, field ] ) );

export function fieldAt( path: string ): Field | null {
	return BY_PATH.get( path ) ?? null;
}

/** The field a path points into: `orders.payments.stripe` is in `orders.payments`. */
export function fieldOf( path: string ): Field | null {
	const parts = path.split( '.' );
	for ( let length = parts.length; length > 0; length-- ) {
		const field = fieldAt( parts.slice( 0, length ).join( '.' ) );
		if ( field !== null ) {
			return field;
		}
	}
	return (
		FIELDS.find( ( field ) => field.path.startsWith( `${ path }.` ) ) ??
		null
	);
}

/** What a path is called: the field, and what it names within it. */
export function labelOf( path: string ): string {
	const field = fieldOf( path );
	if ( field === null ) {
		return path;
	}
	const inside = path.slice( field.path.length + 1 );
	return inside === ''
		? field.label()
		: `${ field.label() }: ${ partLabel( field.path, inside ) }`;
}

/** What stands inside a field: a line of a table by its key, a part of a rule by name. */
export function partLabel( path: string, inside: string ): string {
	const [ index = '', ...part ] = inside.split( '.' );
	return path in RULE_PARTS && /^\d+$/.test( index )
		? ruleLabel( path, Number( index ) + 1, part.join( '.' ) )
		: inside;
}

function ruleLabel( path: string, number: number, part: string ): string {
	return part === ''
		? sprintf(
				/* translators: %s: number of a rule */
				__( 'rule %s', 'pearlbridge' ),
				String( number )
			)
		: sprintf(
				/* translators: 1: number of a rule, 2: a part of it, such as Percent */
				__( 'rule %1$s, %2$s', 'pearlbridge' ),
				String( number ),
				RULE_PARTS[ path ]?.[ part ]?.() ?? part
			);
}
