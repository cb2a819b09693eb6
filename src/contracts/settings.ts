/**
 * The settings of a connection: the table of the command line's contract, §2.
 *
 * Every key has its default here and nowhere else. `parseSettings({})` is a complete,
 * usable set; what a person stores is kept sparse and read through the same schema.
 */
import { z } from 'zod';
import {
	decimalSchema,
	durationSchema,
	HOUR,
	instantSchema,
	parseDuration,
} from './primitives.ts';

const id = z.int().positive();
const count = z.int().min( 0 );

/** A longer one is a slip of the pen, and would quietly stop what it times. */
const LONGEST = 720 * HOUR;
/** A shorter one would ask the two systems without a pause. */
const SHORTEST_EVERY = 500;

const spanSchema = durationSchema.refine(
	( text ) => ( parseDuration( text ) ?? 0 ) <= LONGEST,
	'must be at most 720h (30 days)'
);

const everySchema = spanSchema.refine(
	( text ) => ( parseDuration( text ) ?? SHORTEST_EVERY ) >= SHORTEST_EVERY,
	'must be at least 500ms, such as 30s or 10m'
);

/** What people write for a country, and the code that addresses carry. */
const NOT_ISO: Readonly< Record< string, string > > = { UK: 'GB', EL: 'GR' };

/** A code that no address carries would make a rule that never fits. */
const countrySchema = z
	.string()
	.trim()
	.toUpperCase()
	.superRefine( ( code, context ) => {
		const meant = NOT_ISO[ code ];
		if ( meant !== undefined ) {
			context.addIssue( {
				code: 'custom',
				message: `must be ${ meant }, not ${ code }`,
			} );
		} else if ( ! /^[A-Z]{2}$/.test( code ) ) {
			context.addIssue( {
				code: 'custom',
				message: 'must be a country code of two letters, such as GB',
			} );
		}
	} );

/** One line of `orders.tax`; a condition that is left out always holds. */
export const taxRuleSchema = z.strictObject( {
	/** Sum of the rates on the row, compared as a number. */
	percent: decimalSchema.optional(),
	/** The shop's tax class slug; `""` and `standard` are the standard class. */
	class: z.string().optional(),
	/** ISO 3166-1 alpha-2. */
	country: countrySchema.optional(),
	state: z.string().optional(),
	/** Label of any of the row's rates. */
	label: z.string().optional(),
	/** Brightpearl tax code. */
	code: z.string().min( 1 ),
} );
export type TaxRule = z.infer< typeof taxRuleSchema >;

export const missingSkuSchema = z.union( [
	z.literal( 'hold' ),
	z.literal( 'text-row' ),
	z.strictObject( { productId: id } ),
] );

const nominalSchema = z.strictObject( {
	sales: z.string().optional(),
	shipping: z.string().optional(),
	fee: z.string().optional(),
	discount: z.string().optional(),
	giftCard: z.string().optional(),
	rounding: z.string().optional(),
} );

/**
 * One line of `orders.rules`: the first whose conditions all hold says where the order goes, or
 * that it is not pushed.
 */
export const orderRuleSchema = z
	.strictObject( {
		/** Of the shipping address, else billing. */
		country: countrySchema.optional(),
		/** `payment_method` */
		payment: z.string().optional(),
		/** `method_id:instance_id` or `method_id` of any shipping line. */
		shipping: z.string().min( 1 ).optional(),
		/** `checkout`, `store-api`, `admin`, `rest-api`, `subscription`, … */
		createdVia: z.string().min( 1 ).optional(),
		/** Order meta; without `is` any value but an empty one fits. */
		meta: z
			.strictObject( {
				key: z.string().min( 1 ),
				is: z.string().optional(),
			} )
			.optional(),
		channelId: id.optional(),
		warehouseId: id.optional(),
		/** False = such orders stay in the shop. */
		push: z.literal( false ).optional(),
	} )
	.refine(
		( rule ) =>
			rule.push === false ||
			rule.channelId !== undefined ||
			rule.warehouseId !== undefined,
		'must set channelId, warehouseId or "push": false'
	);
export type OrderRule = z.infer< typeof orderRuleSchema >;

/** What of the shop's order a custom field of the sales order holds. */
const FIELD_SOURCES = [
	'number',
	'customerNote',
	'paymentMethod',
	'paymentMethodTitle',
	'transactionId',
	'createdVia',
	'coupons',
	'shippingMethod',
	'vatNumber',
] as const;
export type FieldSource =
	( typeof FIELD_SOURCES )[ number ] | `meta:${ string }`;
const fieldSourceSchema = z.custom< FieldSource >(
	( value ) =>
		typeof value === 'string' &&
		( ( FIELD_SOURCES as readonly string[] ).includes( value ) ||
			/^meta:.+/.test( value ) ),
	`must be one of ${ FIELD_SOURCES.join( ', ' ) } or meta:KEY`
);

const ordersSchema = z.strictObject( {
	/** Null = derived from `store.url` (see `refPrefixOf`). */
	refPrefix: z
		.string()
		.regex(
			/^[a-z0-9-]{1,24}$/,
			'must be 1 to 24 of a-z, 0-9 and the hyphen'
		)
		.nullable()
		.default( null ),
	channelId: id.nullable().default( null ),
	warehouseId: id.nullable().default( null ),
	priceListId: id.nullable().default( null ),
	leadSourceId: id.nullable().default( null ),
	/** Shop status → Brightpearl status id; null = the account's; absent = does not push. */
	status: z
		.record( z.string(), id.nullable() )
		.default( { processing: null, completed: null, 'on-hold': null } ),
	/** `payment_method`, `""` or `"*"` → payment method code. */
	payments: z
		.record( z.string(), z.string().min( 1 ).max( 36 ) )
		.default( {} ),
	/** `method_id:instance_id`, `method_id` or `*` → shipping method id (0 = none). */
	shipping: z.record( z.string(), count ).default( { '*': 0 } ),
	tax: z.array( taxRuleSchema ).default( [] ),
	taxDefault: z.string().min( 1 ).nullable().default( null ),
	nominal: nominalSchema.default( {} ),
	discounts: z.enum( [ 'net', 'rows' ] ).default( 'net' ),
	missingSku: missingSkuSchema.default( 'hold' ),
	/** Largest rounding row, in the order's currency. */
	roundingLimit: decimalSchema
		.refine( ( text ) => ! text.startsWith( '-' ), 'must not be negative' )
		.default( '0.05' ),
	allocate: z.boolean().default( true ),
	delay: spanSchema.default( '0s' ),
	cancelPaid: z.enum( [ 'hold', 'reverse' ] ).default( 'hold' ),
	/** Null = the account's own cancelled status. */
	cancelledStatusId: id.nullable().default( null ),
	/** How money is taken back: by a payment the other way, or by deleting what was recorded. */
	reversal: z.enum( [ 'payment', 'delete' ] ).default( 'payment' ),
	/** Of a refund that names no lines: as the shop has it (no tax), or the order's own share of tax. */
	refundTax: z.enum( [ 'shop', 'share' ] ).default( 'shop' ),
	/** First match wins. */
	rules: z.array( orderRuleSchema ).max( 200 ).default( [] ),
	/** Whether a contact that is found takes over name, telephone and address of a new order. */
	contacts: z.enum( [ 'keep', 'update' ] ).default( 'keep' ),
	/** The contact of orders without an e-mail address; null = they are held. */
	guestEmail: z.email().max( 254 ).nullable().default( null ),
	/** An order whose e-mail belongs to staff or a supplier in Brightpearl. */
	staffContacts: z.enum( [ 'use', 'customer', 'hold' ] ).default( 'use' ),
	/** Lines that do not add up to the total beyond `roundingLimit`: hold, or book a row for it. */
	totalMismatch: z.enum( [ 'hold', 'row' ] ).default( 'hold' ),
	/** Order meta with Brightpearl's exchange rate (units per base unit); null = Brightpearl's own rate. */
	exchangeRateMeta: z.string().min( 1 ).nullable().default( null ),
	notes: z
		.strictObject( {
			/** What the customer wrote at checkout. */
			customer: z.boolean().default( true ),
			/** Notes of the order in the shop: none, those sent to the customer, or all. */
			order: z.enum( [ 'none', 'customer', 'all' ] ).default( 'none' ),
		} )
		.prefault( {} ),
	/** Brightpearl's code (`PCF_…`) → what it holds. */
	customFields: z
		.record(
			z.string().regex( /^PCF_\w{1,40}$/, 'must begin with PCF_' ),
			fieldSourceSchema
		)
		.default( {} ),
	/** Makes the invoice when the shop's order is completed. */
	invoice: z.enum( [ 'never', 'completed' ] ).default( 'never' ),
} );

/** Everything here changes the shop's own orders, so all of it is off. */
const writeBackSchema = z.strictObject( {
	/** Brightpearl's order id and status as hidden order meta. */
	meta: z.boolean().default( false ),
	/** A private note when the order has reached Brightpearl. */
	note: z.boolean().default( false ),
	/**
	 * Brightpearl status id → shop status. The shop does what it does at every such change: at
	 * `cancelled` it gives the stock back, at `refunded` it refunds what is left.
	 */
	status: z
		.record(
			z.string().regex( /^\d{1,10}$/, 'must be a status id' ),
			z.string().min( 1 ).max( 40 )
		)
		.default( {} ),
	/** Whether a status written back sends the shop's customer mails; `quiet` needs the plugin. */
	mails: z.enum( [ 'send', 'quiet' ] ).default( 'quiet' ),
} );

const sweepSchema = z.strictObject( {
	every: everySchema.default( '5m' ),
	overlap: spanSchema.default( '2m' ),
	deep: everySchema.default( '24h' ),
} );

const stockSchema = z.strictObject( {
	/** Null = no pulls by themselves. */
	every: everySchema.nullable().default( '10m' ),
	/** Null = the channel's warehouses. */
	warehouses: z.array( id ).min( 1 ).nullable().default( null ),
	buffer: count.default( 0 ),
	minimum: z.int().default( 0 ),
	maximum: z.int().nullable().default( null ),
	breaker: z
		.strictObject( {
			percent: z.number().min( 0 ).max( 100 ).default( 20 ),
			minimum: count.default( 20 ),
		} )
		.prefault( {} ),
} );

const budgetSchema = z.strictObject( {
	/** Requests per period. */
	reserve: count.default( 0 ),
	/** How Brightpearl counts: per minute of its clock (recorded), or the last 60 s (documented). */
	window: z.enum( [ 'minute', 'rolling' ] ).default( 'minute' ),
	/** How writes that wait together are worked through there; off = each leaves alone. */
	batch: z
		.enum( [ 'sequential', 'parallel', 'off' ] )
		.default( 'sequential' ),
} );

export const settingsSchema = z.strictObject( {
	/** Null = nothing moves by itself, either way. */
	goLive: instantSchema.nullable().default( null ),
	orders: ordersSchema.prefault( {} ),
	sweep: sweepSchema.prefault( {} ),
	stock: stockSchema.prefault( {} ),
	webhooks: z.enum( [ 'auto', 'manual' ] ).default( 'auto' ),
	writeBack: writeBackSchema.prefault( {} ),
	watch: z
		.strictObject( {
			/** Tell when orders are placed and none is pushed for unusually long. */
			silence: z.boolean().default( true ),
		} )
		.prefault( {} ),
	budget: budgetSchema.prefault( {} ),
} );

export type Settings = z.infer< typeof settingsSchema >;

/**
 * The reference prefix that goes into Brightpearl when `orders.refPrefix` is not set: the
 * host of the shop without `www.` and port, other characters → `-`, cut to 24.
 */
export function refPrefixOf( storeUrl: string ): string {
	const host = new URL( storeUrl ).hostname
		.toLowerCase()
		.replace( /^www\./, '' );
	return host.replace( /[^a-z0-9-]/g, '-' ).slice( 0, 24 );
}
