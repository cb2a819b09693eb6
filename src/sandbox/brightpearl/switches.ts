/**
 * What the references leave open, one switch for each question. The default is the strictest
 * reading; both readings must be survived by a client.
 *
 * No switch for what no client of ours reads: the answers' shapes of `countOnly`, of `…-search/meta-data`
 * and of `sale-payment-total`, which nobody has recorded. What the sandbox answers there is a guess.
 */
import { z } from 'zod';

const leniency = z.enum( [ 'refuse', 'ignore' ] );

export const switchesSchema = z.strictObject( {
	/** Answer to a repeated `externalRef` + instance id: always without a change (resources reference, §8.1). */
	duplicateAnswer: z.enum( [ 'id', 'empty', 'conflict' ] ).default( 'id' ),
	/** An OAuth caller's order takes the token's instance where the body names none. */
	oauthInstance: z.boolean().default( true ),
	/** Places that row tax is stored to (§9: 2 is recorded, whether input is rounded is not known). */
	rowTaxDecimals: z.union( [ z.literal( 2 ), z.literal( 4 ) ] ).default( 2 ),
	/** Whether a credit's pair of reference and instance is a duplicate of an order's (§8.1). */
	creditDuplicates: z.enum( [ 'own', 'shared' ] ).default( 'own' ),
	/** How long a closed order is invoice pending (§1.12: asynchronous, no time is named). */
	invoiceDelayMs: z.int().min( 0 ).default( 1000 ),
	/** Decimal places of `rowNet` and `rowTax` where a row is posted by itself: documented as 2, as 4 elsewhere (§1.6). */
	postedRowDecimals: z
		.union( [ z.literal( 2 ), z.literal( 4 ) ] )
		.default( 2 ),
	/** `/assignment/current/teamId` stands in an example of the PATCH page only (§1.7). */
	patchTeam: z.enum( [ 'refuse', 'accept' ] ).default( 'refuse' ),
	/** An account without a cancelled status shows `isCanceled` as null (§1.3) and cannot cancel. */
	cancelledStatus: z.enum( [ 'configured', 'none' ] ).default( 'configured' ),
	/** Whether an edited custom field moves the order's version and `updatedOn` (§1.9: perhaps not). */
	customFieldsTouch: z.boolean().default( false ),
	/** How long after its creation an order appears in `*-search`; GET by id sees it at once. */
	indexLagMs: z.int().min( 0 ).default( 0 ),
	requestsPerMinute: z.int().min( 1 ).default( 200 ),
	/** `fixed` is recorded, `rolling` is what the documents say (platform reference, §3). */
	throttle: z.enum( [ 'fixed', 'rolling' ] ).default( 'fixed' ),
	/** A refresh hands out a new refresh token and forgets the old one, or keeps it. */
	refreshToken: z.enum( [ 'keep', 'rotate' ] ).default( 'keep' ),
	/** `expires_in` of a refresh: what is left of the token before (recorded once), or a whole life. */
	refreshedLife: z.enum( [ 'remaining', 'full' ] ).default( 'remaining' ),
	/** How long a code lives is not known. */
	codeLifeSeconds: z.int().min( 1 ).default( 600 ),
	/** A confidential app must send its secret, a public one has none. */
	oauthClient: z
		.enum( [ 'confidential', 'public' ] )
		.default( 'confidential' ),
	/** After a refusal the browser comes back with the standard's error, or stays on the page: no source (§10). */
	consentRefusal: z
		.enum( [ 'access_denied', 'no-callback' ] )
		.default( 'access_denied' ),
	/** `auto`: consent without a page, for tests. */
	consent: z.enum( [ 'ask', 'auto' ] ).default( 'ask' ),
	tokenLifeSeconds: z.int().min( 1 ).default( 604_800 ),
	devRef: z.enum( [ 'require', 'optional' ] ).default( 'require' ),
	/**
	 * Whoever is let in has no rights: 403, whose body was never recorded (§2.3, §10). The gateway's
	 * text, an `errors` body, or a page of whatever stands before it.
	 */
	forbidden: z.enum( [ 'off', 'text', 'errors', 'html' ] ).default( 'off' ),
	unknownParameters: leniency.default( 'refuse' ),
	unknownFields: leniency.default( 'refuse' ),
	descendingIds: z.enum( [ 'refuse', 'sort' ] ).default( 'refuse' ),
	/** Largest id set of a GET. */
	idLimit: z.int().min( 1 ).default( 200 ),
	/** Status of a larger set's answer: no source for it nor for its code (platform reference, §1.3). */
	largeIdSets: z
		.union( [ z.literal( 400 ), z.literal( 414 ) ] )
		.default( 400 ),
	/** `ignore`: unknown ids of an availability set are left out; `refuse`: 400 for the whole set. */
	unknownAvailabilityIds: leniency.default( 'refuse' ),
	/** Status of a sales-order GET that finds only some of the ids (documented for credits only). */
	partialStatus: z
		.union( [ z.literal( 207 ), z.literal( 200 ) ] )
		.default( 207 ),
	longNames: z.enum( [ 'refuse', 'cut' ] ).default( 'refuse' ),
	/** Postal addresses are documented with ISO-3; one client sends ISO-2. */
	postalCountry: z.enum( [ 'iso3', 'any' ] ).default( 'iso3' ),
	secondReservation: z.enum( [ 'refuse', 'add' ] ).default( 'refuse' ),
	/** Rows of a reservation that carry no stock. */
	untrackedReservation: leniency.default( 'refuse' ),
	/** Whether reservations make goods movements (resources reference, §8.4). */
	reservationMovements: z.enum( [ 'none', 'shown' ] ).default( 'none' ),
	/** A goods-out note's movements appear when it is made, or only when it has shipped. */
	goodsOutMovements: z.enum( [ 'shipped', 'created' ] ).default( 'shipped' ),
	/** Where a reservation is deleted: the page exists, its path is not known (§8.5). */
	reservationDelete: z
		.enum( [ 'any', 'order', 'warehouse', 'none' ] )
		.default( 'any' ),
	/** A goods-out note may hold more than the order still needs (§8.6). */
	overFulfilment: leniency.default( 'refuse' ),
	/** The answer of a goods-out note's POST: ids (clients loop), or the one id the page speaks of. */
	noteAnswer: z.enum( [ 'list', 'id' ] ).default( 'list' ),
	/** Status of an event whose `If-Match` is an older version than the note's. */
	staleNoteEvent: z
		.union( [ z.literal( 412 ), z.literal( 409 ) ] )
		.default( 412 ),
	/** Whether a stock movement also moves the product's `updatedOn` (§3.2: nothing says so). */
	stockTouchesProduct: z.boolean().default( false ),
	/** Older accounts leave `inTransit` out of the availability. */
	inTransit: z.enum( [ 'shown', 'absent' ] ).default( 'shown' ),
	/** `updatedOn` of contact-search: recorded as set, reported as null elsewhere (§2.3). */
	contactUpdatedOn: z.enum( [ 'shown', 'null' ] ).default( 'shown' ),
	/** An e-mail is recorded as not unique (§2.3); what POST says to a second one is not (§8.8). */
	duplicateEmail: z.enum( [ 'accept', 'refuse' ] ).default( 'accept' ),
	/** How long after its creation a contact appears in contact-search. */
	contactIndexLagMs: z.int().min( 0 ).default( 0 ),
	/**
	 * A price sent to a list with tax: PUT is documented to take net values, which such a list then
	 * shows with tax; one that keeps what was sent must be survived too (§3.4).
	 */
	grossListPrices: z.enum( [ 'net', 'as-sent' ] ).default( 'net' ),
	/** The list of webhooks where there are none: not recorded (platform reference, §6.1). */
	noWebhooks: z.enum( [ 'not-found', 'empty' ] ).default( 'not-found' ),
	/** Goes into webhooks as `${brightpearl-version}`. */
	brightpearlVersion: z
		.string()
		.regex( /^[\w.-]{1,40}$/ )
		.default( '4.95.2647' ),
	/** How long ids are gathered into one call; this and the next three are inventions (§6.4). */
	webhookGatherMs: z.int().min( 0 ).default( 50 ),
	webhookAttempts: z.int().min( 1 ).default( 5 ),
	webhookRetryMs: z.int().min( 0 ).default( 2000 ),
	webhookTimeoutMs: z.int().min( 1 ).default( 10_000 ),
	/** Faults of the delivery: later by so much; the shares sent twice, after the next one, never. */
	webhookDelayMs: z.int().min( 0 ).default( 0 ),
	webhookDuplicate: z.number().min( 0 ).max( 1 ).default( 0 ),
	webhookReorder: z.number().min( 0 ).max( 1 ).default( 0 ),
	webhookDrop: z.number().min( 0 ).max( 1 ).default( 0 ),
	/** Status of a payment whose reference and method exist already (platform reference, §10). */
	paymentDuplicate: z
		.union( [ z.literal( 400 ), z.literal( 409 ) ] )
		.default( 400 ),
	/** Whether deleting a payment takes its journal back: no source (§7.1). */
	deletedPayment: z
		.enum( [ 'keep-journal', 'reverse-journal' ] )
		.default( 'keep-journal' ),
	/** The last day that is closed for postings, `2026-03-31`; null = none (§7.8). */
	closedUntil: z.iso.date().nullable().default( null ),
	paymentCurrency: z.enum( [ 'order', 'any' ] ).default( 'order' ),
	/** Whether the bounds of a PERIOD belong to it: no source (platform reference, §5.3). */
	periodStart: z.enum( [ 'inclusive', 'exclusive' ] ).default( 'inclusive' ),
	periodEnd: z.enum( [ 'inclusive', 'exclusive' ] ).default( 'inclusive' ),
	/** A `pageSize` above 500: no source (§10). */
	largePages: z.enum( [ 'clamp', 'refuse' ] ).default( 'clamp' ),
	/** Status of a throttled answer: 503 is documented; 429 with `Retry-After` only asserted (§3). */
	throttledStatus: z
		.union( [ z.literal( 503 ), z.literal( 429 ) ] )
		.default( 503 ),
	/** Status of a filter that cannot be parsed: 500 is recorded, one client expects 400. */
	filterStatus: z
		.union( [ z.literal( 500 ), z.literal( 400 ) ] )
		.default( 500 ),
	/** Whether an account takes multi-message at all; refused with 404, 400 or 403 (platform reference, §1.6). */
	multiMessage: z
		.enum( [ 'on', 'off', 'refused', 'forbidden' ] )
		.default( 'on' ),
	/** Clients batch writes only; what GET and PATCH inside one do is not known. */
	batchMethods: z.enum( [ 'writes', 'any' ] ).default( 'writes' ),
	/** Status of a batch whose messages all failed alike: the one they share, or 207. */
	batchAllFailed: z.enum( [ 'shared', 'mixed' ] ).default( 'shared' ),
} );

export type Switches = z.infer< typeof switchesSchema >;

export const strictSwitches = (): Switches => switchesSchema.parse( {} );
