/**
 * The keys of every public document, typed from the command line's contract (§1, §4, §5) and
 * from nothing else: a field renamed in a schema of ours still fails here.
 */

/** Null = a plain value, or one whose keys are the shop's or Brightpearl's words. */
export interface Shape {
	readonly [ key: string ]: Shape | null;
}

function keys( names: string, nested: Shape = {} ): Shape {
	return Object.fromEntries(
		names.split( ' ' ).map( ( name ) => [ name, nested[ name ] ?? null ] )
	);
}

export const ERROR = keys( 'error', {
	error: keys( 'code message fix details', {
		details: keys( 'path message' ),
	} ),
} );

export const PROBLEM = keys(
	'id connection code subject message cause fix field since retryable'
);

const SUMMARY_KEYS =
	'connection orderId number state storeStatus placedAt currency total salesOrderId problem updatedAt';
export const ORDER_SUMMARY = keys( SUMMARY_KEYS, { problem: PROBLEM } );

const STEP = keys( 'type summary' );
const BOTH_SIDES = keys( 'store brightpearl' );
export const ORDER = keys(
	`${ SUMMARY_KEYS } attempts nextAttemptAt pending brightpearl proof journal plan conflicts`,
	{
		problem: PROBLEM,
		pending: STEP,
		brightpearl: keys(
			'salesOrderId externalRef reference contactId statusId total tax allocation cancelled payments credits',
			{
				payments: keys(
					'paymentId type amount currency methodCode transactionRef'
				),
				credits: keys( 'salesCreditId refundId total' ),
			}
		),
		proof: keys( 'checkedAt matches total tax rows', {
			total: BOTH_SIDES,
			tax: BOTH_SIDES,
			rows: keys( 'planned found' ),
		} ),
		journal: keys( 'at step outcome ref message ruid' ),
		plan: keys( 'steps salesOrder totals', {
			steps: STEP,
			totals: keys( 'net tax total store difference' ),
		} ),
		conflicts: keys( 'what name store brightpearl' ),
	}
);
/** Stands in `results` only where nothing began. */
export const NOTHING_BEGAN = keys( 'orderId error', {
	error: ERROR[ 'error' ] ?? null,
} );

export const RESULTS = keys( 'results' );
export const ORDER_LIST = keys( 'items total nextCursor', {
	items: ORDER_SUMMARY,
} );
export const SWEEP = keys( 'scanned queued since cursor' );
export const BACKFILL = keys(
	'id state total synced problems remaining there from to startedAt'
);

export const STOCK_RUN = keys(
	'runId state dryRun startedAt finishedAt requests skus changes errors',
	{
		requests: keys( 'brightpearl store' ),
		skus: keys( 'mapped unmapped read changed written skipped failed' ),
		changes: keys(
			'sku productId variationId from to onHand inFlight buffer written'
		),
		errors: keys( 'sku code message' ),
	}
);

export const EXPLAIN = keys(
	'sku shown wanted store brightpearl inFlight buffer minimum maximum lastWrite why',
	{
		store: keys( 'productId variationId managesStock readAt' ),
		brightpearl: keys( 'productId readAt warehouses', {
			warehouses: keys( 'id name inStock allocated onHand counted' ),
		} ),
		inFlight: keys( 'total orders', {
			orders: keys( 'orderId quantity why' ),
		} ),
		lastWrite: keys( 'value at runId' ),
	}
);

export const PROBLEM_LIST = keys( 'items total', { items: PROBLEM } );
export const RETRIED = keys( 'retried' );

export const STATUS = keys( 'version service queue problems connections', {
	service: keys( 'running pid url startedAt' ),
	queue: keys( 'ready running retrying parked' ),
	connections: keys(
		'name live health why orders lastOrderAt lastPushAt sweep stock budget token webhooks',
		{
			sweep: keys( 'at cursor' ),
			stock: keys( 'runId at state' ),
			budget: keys( 'pool limit remaining resetsAt refused' ),
			token: keys( 'expiresAt' ),
			webhooks: keys( 'id topic status lastDeliveryAt' ),
		}
	),
} );

export const SETTINGS = keys(
	'goLive orders sweep stock webhooks budget writeBack watch',
	{
		orders: keys(
			'refPrefix channelId warehouseId priceListId leadSourceId status payments shipping tax taxDefault nominal discounts missingSku roundingLimit allocate delay cancelPaid cancelledStatusId reversal refundTax rules contacts guestEmail staffContacts totalMismatch exchangeRateMeta notes customFields invoice',
			{ notes: keys( 'customer order' ) }
		),
		sweep: keys( 'every overlap deep' ),
		stock: keys( 'every warehouses buffer minimum maximum breaker', {
			breaker: keys( 'percent minimum' ),
		} ),
		budget: keys( 'reserve window batch' ),
		writeBack: keys( 'meta note status mails' ),
		watch: keys( 'silence' ),
	}
);

export const CONNECTION = keys(
	'name live store brightpearl secrets settings webhookUrl paired',
	{
		store: keys( 'type url auth keyTail' ),
		brightpearl: keys( 'account apiDomain installationInstanceId auth', {
			auth: keys(
				'type appRef clientId devRef tokenType expiresAt expiresIn'
			),
		} ),
		settings: SETTINGS,
		paired: keys( 'siteId keyId since' ),
	}
);
export const CONNECTION_LIST = keys( 'items', { items: CONNECTION } );
export const CONNECTION_REMOVED = keys( 'removed' );
export const CONNECTION_CHECK = keys( 'name ok findings store brightpearl', {
	findings: keys( 'side code level message fix' ),
	store: keys( 'name version timeZone currency' ),
	brightpearl: keys(
		'account instanceName baseCurrency timeZone taxScheme channels requestsRemaining',
		{ channels: keys( 'id name' ) }
	),
} );

const READY = 'event url pid';
export const SERVE_READY = keys( `${ READY } dataDir version ms` );
const SANDBOX_ACCOUNTS = keys(
	'account apiDomain oauthUrl installationInstanceId privateApp oauth',
	{
		privateApp: keys( 'appRef accountToken staffToken' ),
		oauth: keys( 'clientId clientSecret devRef refreshToken' ),
	}
);
export const BRIGHTPEARL_READY = keys( `${ READY } accounts`, {
	accounts: SANDBOX_ACCOUNTS,
} );
export const SHOP_READY = keys(
	`${ READY } consumerKey consumerSecret webhookSecret`
);
export const DEMO_READY = keys(
	`${ READY } dataDir version ms console brightpearl shop`
);
export const SERVICE_FILE = keys( 'pid url token startedAt' );

/** Every key that is missing, and every one the contract does not have. */
export function differences(
	value: unknown,
	shape: Shape,
	path = ''
): string[] {
	if ( value === null ) {
		return [];
	}
	if ( Array.isArray( value ) ) {
		return value.flatMap( ( entry, at ) =>
			differences( entry, shape, `${ path }[${ at }]` )
		);
	}
	if ( typeof value !== 'object' ) {
		return [ `${ path || 'the document' } is no object` ];
	}
	const found = value as Readonly< Record< string, unknown > >;
	const at = ( key: string ): string =>
		path === '' ? key : `${ path }.${ key }`;
	return [
		...Object.keys( shape )
			.filter( ( key ) => ! Object.hasOwn( found, key ) )
			.map( ( key ) => `${ at( key ) } is missing` ),
		...Object.keys( found )
			.filter( ( key ) => ! Object.hasOwn( shape, key ) )
			.map( ( key ) => `${ at( key ) } is not in the contract` ),
		...Object.entries( shape ).flatMap( ( [ key, nested ] ) =>
			nested === null || found[ key ] === undefined
				? []
				: differences( found[ key ], nested, at( key ) )
		),
	];
}

const TIME_LIKE = /^\d{4}-\d\d-\d\dT/;
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Times that are not ISO-8601 in UTC with `Z`, wherever they stand. */
export function foreignTimes( value: unknown, path = '' ): string[] {
	if ( typeof value === 'string' ) {
		return TIME_LIKE.test( value ) && ! UTC.test( value )
			? [ `${ path }: ${ value }` ]
			: [];
	}
	return typeof value === 'object' && value !== null
		? Object.entries( value ).flatMap( ( [ key, entry ] ) =>
				// The body as it is sent carries Brightpearl's own form of time.
				key === 'salesOrder'
					? []
					: foreignTimes( entry, `${ path }.${ key }` )
			)
		: [];
}
