/**
 * The JSON shapes of the command line's contract, §4: what every command prints, what the
 * service answers, what the console reads. One schema is type, parser and test.
 *
 * Unknown or not applicable is `null`, never absent.
 */
import { z } from 'zod';
import { decimalSchema, utcSchema } from './primitives.ts';
import { problemSchema } from './problem.ts';
import { settingsSchema } from './settings.ts';

export const ORDER_STATES = [
	'queued',
	'working',
	'retrying',
	'synced',
	'problem',
	'held',
	'ignored',
	'not-due',
] as const;
export const orderStateSchema = z.enum( ORDER_STATES );
export type OrderState = z.infer< typeof orderStateSchema >;

export const orderSummarySchema = z.object( {
	connection: z.string(),
	/** The shop's id (not its number). */
	orderId: z.int(),
	number: z.string().nullable(),
	state: orderStateSchema,
	storeStatus: z.string().nullable(),
	placedAt: utcSchema.nullable(),
	currency: z.string().nullable(),
	total: decimalSchema.nullable(),
	salesOrderId: z.int().nullable(),
	problem: problemSchema.nullable(),
	updatedAt: utcSchema,
} );
export type OrderSummary = z.infer< typeof orderSummarySchema >;

export const journalOutcomeSchema = z.enum( [
	'intent',
	'done',
	'found',
	'retry',
	'refused',
	'unknown',
] );
export type JournalOutcome = z.infer< typeof journalOutcomeSchema >;

export const journalEntrySchema = z.object( {
	at: utcSchema,
	step: z.string(),
	outcome: journalOutcomeSchema,
	ref: z.string().nullable(),
	message: z.string().nullable(),
	ruid: z.string().nullable(),
} );
export type JournalEntry = z.infer< typeof journalEntrySchema >;

export const brightpearlOrderSchema = z.object( {
	salesOrderId: z.int(),
	externalRef: z.string().nullable(),
	reference: z.string().nullable(),
	contactId: z.int().nullable(),
	statusId: z.int().nullable(),
	total: decimalSchema,
	tax: decimalSchema,
	allocation: z.enum( [ 'all', 'part', 'none', 'not-needed' ] ),
	cancelled: z.boolean(),
	payments: z.array(
		z.object( {
			paymentId: z.int(),
			type: z.string(),
			amount: decimalSchema,
			currency: z.string(),
			methodCode: z.string(),
			transactionRef: z.string().nullable(),
		} )
	),
	credits: z.array(
		z.object( {
			salesCreditId: z.int(),
			refundId: z.int(),
			total: decimalSchema,
		} )
	),
} );
export type BrightpearlOrder = z.infer< typeof brightpearlOrderSchema >;

const bothSides = z.object( {
	store: decimalSchema,
	brightpearl: decimalSchema,
} );
export const proofSchema = z.object( {
	checkedAt: utcSchema,
	matches: z.boolean(),
	total: bothSides,
	tax: bothSides,
	/** Without bundle children. */
	rows: z.object( { planned: z.int(), found: z.int() } ),
} );
export type Proof = z.infer< typeof proofSchema >;

export const stepSummarySchema = z.object( {
	type: z.string(),
	summary: z.string(),
} );
export type StepSummary = z.infer< typeof stepSummarySchema >;

export const orderPlanSchema = z.object( {
	steps: z.array( stepSummarySchema ),
	/** The exact POST body; null when nothing is to be created. `customer.id` null when still to be made. */
	salesOrder: z.record( z.string(), z.unknown() ).nullable(),
	totals: z
		.object( {
			net: decimalSchema,
			tax: decimalSchema,
			total: decimalSchema,
			store: decimalSchema,
			difference: decimalSchema,
		} )
		.nullable(),
} );

/** Something of an order that shop and Brightpearl both changed since they last agreed. */
export const conflictSchema = z.object( {
	/** `line-12`, `billing`, `delivery`, `reference`, `shippingMethod` */
	what: z.string(),
	/** As a person calls it: `line "Canvas Tote"`. */
	name: z.string(),
	/** In words: `2 × 10.00 + 4.00 tax`; `removed` where it is gone. */
	store: z.string(),
	brightpearl: z.string(),
} );
export type Conflict = z.infer< typeof conflictSchema >;

export const orderSchema = orderSummarySchema.extend( {
	attempts: z.int(),
	nextAttemptAt: utcSchema.nullable(),
	/** Steps that are still to be done. */
	pending: z.array( stepSummarySchema ),
	brightpearl: brightpearlOrderSchema.nullable(),
	proof: proofSchema.nullable(),
	journal: z.array( journalEntrySchema ),
	plan: orderPlanSchema.nullable(),
	conflicts: z.array( conflictSchema ),
} );
export type Order = z.infer< typeof orderSchema >;

export const errorBodySchema = z.object( {
	code: z.string(),
	message: z.string(),
	fix: z.string().nullable(),
	details: z
		.array( z.object( { path: z.string(), message: z.string() } ) )
		.nullable(),
} );
export type ErrorBody = z.infer< typeof errorBodySchema >;
export const errorAnswerSchema = z.object( { error: errorBodySchema } );

/** `{error}` stands only where nothing began. */
export const orderResultsSchema = z.object( {
	results: z.array(
		z.union( [
			orderSchema,
			z.object( { orderId: z.int(), error: errorBodySchema } ),
		] )
	),
} );
export const orderSummaryResultsSchema = z.object( {
	results: z.array(
		z.union( [
			orderSummarySchema,
			z.object( { orderId: z.int(), error: errorBodySchema } ),
		] )
	),
} );
export const orderListSchema = z.object( {
	items: z.array( orderSummarySchema ),
	total: z.int(),
	nextCursor: z.string().nullable(),
} );

export const sweepAnswerSchema = z.object( {
	scanned: z.int(),
	queued: z.int(),
	since: utcSchema.nullable(),
	cursor: utcSchema.nullable(),
} );
export type SweepAnswer = z.infer< typeof sweepAnswerSchema >;

export const backfillSchema = z.object( {
	id: z.int(),
	state: z.enum( [ 'running', 'paused', 'done', 'cancelled' ] ),
	/** To be pushed: always `synced` + `problems` + `remaining`. */
	total: z.int(),
	synced: z.int(),
	problems: z.int(),
	/** Of a cancelled one those that were left undone. */
	remaining: z.int(),
	/** Of these days in Brightpearl already when it began; null of one that an earlier version began. */
	there: z.int().nullable(),
	/** Days in the shop's zone; null of one that an earlier version began. */
	from: z.string().nullable(),
	to: z.string().nullable(),
	startedAt: utcSchema.nullable(),
} );
export type Backfill = z.infer< typeof backfillSchema >;

export const stockChangeSchema = z.object( {
	sku: z.string(),
	productId: z.int(),
	variationId: z.int().nullable(),
	from: z.int().nullable(),
	to: z.int(),
	onHand: z.int(),
	inFlight: z.int(),
	buffer: z.int(),
	written: z.boolean(),
} );
export type StockChange = z.infer< typeof stockChangeSchema >;

export const stockRunSchema = z.object( {
	runId: z.int(),
	state: z.enum( [ 'done', 'waiting-approval', 'partial', 'failed' ] ),
	dryRun: z.boolean(),
	startedAt: utcSchema,
	finishedAt: utcSchema.nullable(),
	requests: z.object( { brightpearl: z.int(), store: z.int() } ),
	skus: z.object( {
		mapped: z.int(),
		unmapped: z.int(),
		read: z.int(),
		changed: z.int(),
		written: z.int(),
		skipped: z.int(),
		failed: z.int(),
	} ),
	changes: z.array( stockChangeSchema ),
	errors: z.array(
		z.object( {
			sku: z.string().nullable(),
			code: z.string(),
			message: z.string(),
		} )
	),
} );
export type StockRun = z.infer< typeof stockRunSchema >;

export const explainSchema = z.object( {
	sku: z.string(),
	/** What the shop shows now; null when it keeps no stock for it. */
	shown: z.int().nullable(),
	wanted: z.int().nullable(),
	store: z
		.object( {
			productId: z.int(),
			variationId: z.int().nullable(),
			managesStock: z.boolean(),
			readAt: utcSchema,
		} )
		.nullable(),
	brightpearl: z
		.object( {
			productId: z.int(),
			readAt: utcSchema,
			warehouses: z.array(
				z.object( {
					id: z.int(),
					name: z.string().nullable(),
					inStock: z.int(),
					allocated: z.int(),
					onHand: z.int(),
					counted: z.boolean(),
				} )
			),
		} )
		.nullable(),
	inFlight: z.object( {
		total: z.int(),
		orders: z.array(
			z.object( { orderId: z.int(), quantity: z.int(), why: z.string() } )
		),
	} ),
	buffer: z.int(),
	minimum: z.int(),
	maximum: z.int().nullable(),
	lastWrite: z
		.object( { value: z.int(), at: utcSchema, runId: z.int() } )
		.nullable(),
	/** One sentence. */
	why: z.string(),
} );
export type Explain = z.infer< typeof explainSchema >;

export const problemListSchema = z.object( {
	items: z.array( problemSchema ),
	total: z.int(),
} );
export const problemsRetriedSchema = z.object( { retried: z.int() } );

export const budgetViewSchema = z.object( {
	pool: z.string(),
	limit: z.int().nullable(),
	remaining: z.int().nullable(),
	resetsAt: utcSchema.nullable(),
	/** Requests Brightpearl refused as too many, to whichever process, since this one began to ask. */
	refused: z.int(),
} );
export type BudgetView = z.infer< typeof budgetViewSchema >;

export const statusSchema = z.object( {
	version: z.string(),
	service: z.object( {
		running: z.boolean(),
		pid: z.int().nullable(),
		url: z.string().nullable(),
		startedAt: utcSchema.nullable(),
	} ),
	queue: z.object( {
		ready: z.int(),
		running: z.int(),
		retrying: z.int(),
		parked: z.int(),
	} ),
	problems: z.int(),
	connections: z.array(
		z.object( {
			name: z.string(),
			live: z.boolean(),
			health: z.enum( [ 'ok', 'degraded', 'down', 'paused' ] ),
			why: z.string().nullable(),
			orders: z.record( z.string(), z.int() ),
			lastOrderAt: utcSchema.nullable(),
			lastPushAt: utcSchema.nullable(),
			sweep: z.object( {
				at: utcSchema.nullable(),
				cursor: utcSchema.nullable(),
			} ),
			stock: z.object( {
				runId: z.int().nullable(),
				at: utcSchema.nullable(),
				state: z.string().nullable(),
			} ),
			budget: budgetViewSchema,
			token: z.object( { expiresAt: utcSchema } ).nullable(),
			webhooks: z.array(
				z.object( {
					id: z.int().nullable(),
					topic: z.string(),
					status: z.string(),
					lastDeliveryAt: utcSchema.nullable(),
				} )
			),
		} )
	),
} );
export type Status = z.infer< typeof statusSchema >;

const authViewSchema = z.object( {
	type: z.enum( [ 'private-app', 'staff-token', 'oauth' ] ),
	appRef: z.string().nullable(),
	clientId: z.string().nullable(),
	devRef: z.string().nullable(),
	tokenType: z.string().nullable(),
	expiresAt: utcSchema.nullable(),
	/** Seconds. */
	expiresIn: z.int().nullable(),
} );

export const connectionViewSchema = z.object( {
	name: z.string(),
	live: z.boolean(),
	store: z.object( {
		type: z.literal( 'woocommerce' ),
		url: z.string(),
		auth: z.enum( [ 'basic', 'oauth1' ] ),
		/** Last characters of the consumer key; null for a pointer to a secret. */
		keyTail: z.string().nullable(),
	} ),
	brightpearl: z
		.object( {
			account: z.string(),
			apiDomain: z.string().nullable(),
			installationInstanceId: z.int().nullable(),
			auth: authViewSchema,
		} )
		.nullable(),
	/** Which secrets are set, as paths of `connection.json`; what they are is never shown. */
	secrets: z.array( z.string() ),
	settings: settingsSchema,
	webhookUrl: z.string().nullable(),
	paired: z
		.object( { siteId: z.string(), keyId: z.string(), since: utcSchema } )
		.nullable(),
} );
export type ConnectionView = z.infer< typeof connectionViewSchema >;
export const connectionListSchema = z.object( {
	items: z.array( connectionViewSchema ),
} );
export const connectionRemovedSchema = z.object( { removed: z.string() } );

/** A consent in Brightpearl that was begun. */
export const consentSchema = z.object( {
	connection: z.string(),
	/** For the browser of somebody who may allow apps in the account. */
	url: z.string(),
	/** Single use, until `expiresAt`. */
	state: z.string(),
	redirectUri: z.string(),
	expiresAt: utcSchema,
	/** False = nobody takes what comes back: a person pastes the code. */
	callback: z.boolean(),
} );
export type Consent = z.infer< typeof consentSchema >;

export const consentStateSchema = z.object( {
	state: z.enum( [ 'waiting', 'done', 'failed', 'expired' ] ),
	/** The exit code of a command that waited for it. */
	exit: z.int(),
	/** Why it failed. Not `error`: that the question was answered is no error. */
	failure: errorBodySchema.nullable(),
} );
export type ConsentState = z.infer< typeof consentStateSchema >;

export const findingSchema = z.object( {
	side: z.enum( [ 'store', 'brightpearl' ] ),
	code: z.string(),
	level: z.enum( [ 'ok', 'warning', 'error' ] ),
	message: z.string(),
	fix: z.string().nullable(),
} );
export type Finding = z.infer< typeof findingSchema >;

export const connectionCheckSchema = z.object( {
	name: z.string(),
	ok: z.boolean(),
	findings: z.array( findingSchema ),
	store: z.object( {
		name: z.string().nullable(),
		version: z.string().nullable(),
		timeZone: z.string().nullable(),
		currency: z.string().nullable(),
	} ),
	brightpearl: z.object( {
		account: z.string(),
		instanceName: z.string().nullable(),
		baseCurrency: z.string().nullable(),
		timeZone: z.string().nullable(),
		taxScheme: z.string().nullable(),
		channels: z.array( z.object( { id: z.int(), name: z.string() } ) ),
		requestsRemaining: z.int().nullable(),
	} ),
} );
export type ConnectionCheck = z.infer< typeof connectionCheckSchema >;

export const readyEventSchema = z.object( {
	event: z.literal( 'ready' ),
	url: z.string(),
	pid: z.int(),
	dataDir: z.string(),
	version: z.string(),
	ms: z.int(),
} );

/** What is drawn on the overview: one entry for each step of time, also where nothing happened. */
export const activitySchema = z.object( {
	from: utcSchema,
	to: utcSchema,
	/** Seconds of one step. */
	step: z.int(),
	orders: z.array(
		z.object( {
			at: utcSchema,
			/** Placed in the shop in this step. */
			placed: z.int(),
			/** First pushed to Brightpearl in this step. */
			pushed: z.int(),
			/** Median seconds from placed to pushed, of those pushed; null = none. */
			latency: z.number().nullable(),
		} )
	),
	stock: z.array(
		z.object( {
			at: utcSchema,
			runs: z.int(),
			changed: z.int(),
			failed: z.int(),
		} )
	),
} );
export type Activity = z.infer< typeof activitySchema >;

const comparedRowSchema = z.object( {
	/** What ties the two sides together: `line-12`, `ship-3`, `rounding`; null = only there. */
	key: z.string().nullable(),
	name: z.string().nullable(),
	sku: z.string().nullable(),
	quantity: decimalSchema,
	net: decimalSchema,
	tax: decimalSchema,
} );

/** One order as both systems have it at this moment. */
export const orderComparisonSchema = z.object( {
	orderId: z.int(),
	readAt: utcSchema,
	/** Null = the shop has it no longer, or could not be asked (see `trouble`). */
	store: z
		.object( {
			number: z.string(),
			status: z.string(),
			placedAt: utcSchema,
			paidAt: utcSchema.nullable(),
			currency: z.string(),
			net: decimalSchema,
			tax: decimalSchema,
			total: decimalSchema,
			customer: z.string(),
			company: z.string(),
			email: z.string(),
			country: z.string(),
			paymentMethod: z.string(),
			shippingMethod: z.string(),
			note: z.string(),
			rows: z.array( comparedRowSchema ),
			refunds: z.array(
				z.object( {
					id: z.int(),
					reason: z.string(),
					total: decimalSchema,
				} )
			),
		} )
		.nullable(),
	/** Null = nothing there yet, or it could not be asked. */
	brightpearl: z
		.object( {
			salesOrderId: z.int(),
			externalRef: z.string().nullable(),
			reference: z.string().nullable(),
			statusId: z.int().nullable(),
			statusName: z.string().nullable(),
			placedAt: utcSchema.nullable(),
			currency: z.string(),
			net: decimalSchema,
			tax: decimalSchema,
			total: decimalSchema,
			contactId: z.int().nullable(),
			allocation: brightpearlOrderSchema.shape.allocation,
			paymentStatus: z.string().nullable(),
			cancelled: z.boolean(),
			rows: z.array( comparedRowSchema ),
			payments: brightpearlOrderSchema.shape.payments,
		} )
		.nullable(),
	/** Sides that could not be asked, and why. */
	trouble: z.array(
		z.object( {
			side: z.enum( [ 'store', 'brightpearl' ] ),
			message: z.string(),
		} )
	),
} );
export type OrderComparison = z.infer< typeof orderComparisonSchema >;

/** A run without its changes, which may be thousands. `finishedAt` null = it runs, or a crash ended it. */
export const stockRunSummarySchema = stockRunSchema
	.omit( { changes: true, errors: true } )
	.extend( { errors: z.int() } );
export type StockRunSummary = z.infer< typeof stockRunSummarySchema >;
export const stockRunListSchema = z.object( {
	items: z.array( stockRunSummarySchema ),
	nextCursor: z.string().nullable(),
} );

const named = z.array( z.object( { id: z.int(), name: z.string() } ) );

/** What the settings can be chosen from; a list is null where its side could not be asked. */
export const choicesSchema = z.object( {
	readAt: utcSchema,
	brightpearl: z
		.object( {
			channels: named,
			warehouses: named,
			priceLists: named,
			leadSources: named,
			orderStatuses: named,
			shippingMethods: named,
			taxCodes: z.array(
				z.object( { code: z.string(), rate: decimalSchema } )
			),
			nominalCodes: z.array(
				z.object( { code: z.string(), name: z.string() } )
			),
			paymentMethods: z.array(
				z.object( { code: z.string(), name: z.string() } )
			),
		} )
		.nullable(),
	store: z
		.object( {
			statuses: z.array(
				z.object( { slug: z.string(), name: z.string() } )
			),
			paymentMethods: z.array(
				z.object( { id: z.string(), title: z.string() } )
			),
			/** `id` is `method:instance`, as `orders.shipping` has it. */
			shippingMethods: z.array(
				z.object( {
					id: z.string(),
					title: z.string(),
					zone: z.string(),
				} )
			),
			taxRates: z.array(
				z.object( {
					percent: decimalSchema,
					class: z.string(),
					country: z.string(),
					state: z.string(),
					label: z.string(),
				} )
			),
		} )
		.nullable(),
	trouble: orderComparisonSchema.shape.trouble,
} );
export type Choices = z.infer< typeof choicesSchema >;

export const settingsStateSchema = z.object( {
	settings: settingsSchema,
	/** Rises with each change; saving names the one it was made from. */
	revision: z.int(),
	/** Null = never changed since the connection was made. */
	savedAt: utcSchema.nullable(),
	savedBy: z.string().nullable(),
	/** Fixed after the first push. */
	prefixFixed: z.boolean(),
} );
export type SettingsState = z.infer< typeof settingsStateSchema >;

export const settingsChangeSchema = z.object( {
	at: utcSchema,
	/** `command line`, `console` or the WordPress user. */
	by: z.string(),
	changes: z.array(
		z.object( {
			/** Dotted path. */
			key: z.string(),
			from: z.unknown(),
			to: z.unknown(),
		} )
	),
} );
export type SettingsChange = z.infer< typeof settingsChangeSchema >;
export const settingsHistorySchema = z.object( {
	items: z.array( settingsChangeSchema ),
} );

export const backfillListSchema = z.object( {
	items: z.array( backfillSchema ),
} );

/**
 * The readiness report: what of the shop would not find its place in Brightpearl, before it
 * stops an order.
 */
export const mappingItemSchema = z.object( {
	kind: z.enum( [
		'sku',
		'status',
		'payment',
		'shipping',
		'tax',
		'currency',
		'setting',
	] ),
	/** `sku-missing`, `sku-duplicate`, `sku-case`, `sku-spaces`, `sku-parent-only`, `sku-empty`, `payment-unmapped`, … */
	code: z.string(),
	level: z.enum( [ 'ok', 'warning', 'error' ] ),
	/** The shop's word: a SKU, a status, a payment method … */
	store: z.string(),
	/** As a person knows it: the product's name, the method's title. */
	name: z.string().nullable(),
	/** What it becomes in Brightpearl now; null = nothing. */
	brightpearl: z.string().nullable(),
	/** A guess: the setting and its value, or the alias; null = none. */
	proposal: z
		.object( {
			/** `orders.payments.stripe`, or `alias` */
			key: z.string(),
			/** JSON of the value, as `settings set KEY=VALUE` takes it; of an alias the SKU. */
			value: z.string(),
			/** As Brightpearl names it. */
			label: z.string(),
			why: z.string(),
		} )
		.nullable(),
	message: z.string(),
	/** Orders that it concerns; null = not counted. */
	orders: z.int().nullable(),
} );
export type MappingItem = z.infer< typeof mappingItemSchema >;

export const mappingReportSchema = z.object( {
	connection: z.string(),
	readAt: utcSchema,
	/** Nothing in it would stop an order. */
	ready: z.boolean(),
	skus: z.object( {
		total: z.int(),
		matched: z.int(),
		aliased: z.int(),
		missing: z.int(),
		duplicate: z.int(),
		/** Differ by capitals or spaces. */
		similar: z.int(),
		/** Variations whose parent alone has the SKU. */
		parentOnly: z.int(),
		/** Products that are sold without a SKU. */
		empty: z.int(),
	} ),
	/** The worst first; of matched SKUs none. */
	items: z.array( mappingItemSchema ),
	/** Sides that could not be asked, and why. */
	trouble: z.array(
		z.object( {
			side: z.enum( [ 'store', 'brightpearl' ] ),
			message: z.string(),
		} )
	),
} );
export type MappingReport = z.infer< typeof mappingReportSchema >;

export const aliasListSchema = z.object( {
	items: z.array( z.object( { sku: z.string(), alias: z.string() } ) ),
	total: z.int(),
} );
export const aliasesImportedSchema = z.object( {
	imported: z.int(),
	/** Orders that waited for an unknown SKU and are looked at again. */
	retried: z.int(),
} );

/** Settings as a file, for another shop or a fresh start: no secret is in it. */
export const settingsExportSchema = z.object( {
	format: z.literal( 'pearlbridge-settings' ),
	version: z.literal( 1 ),
	connection: z.string(),
	exportedAt: utcSchema,
	settings: settingsSchema,
	aliases: z.array( z.object( { sku: z.string(), alias: z.string() } ) ),
} );
export type SettingsExport = z.infer< typeof settingsExportSchema >;

export const loginAnswerSchema = z.object( {
	url: z.string(),
	expiresAt: utcSchema,
} );
export const pairAnswerSchema = z.object( {
	code: z.string(),
	expiresAt: utcSchema,
	/** Null = the pairing makes one, named after the shop's host. */
	connection: z.string().nullable(),
} );
