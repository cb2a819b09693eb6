/**
 * What plugin and sidecar say to each other (pairing design, C3). Both directions are signed
 * with signature v1; only `POST /v1/pair` proves itself with the one-time code.
 */
import { z } from 'zod';
import { siteUrlSchema, textSecretSchema } from './connection.ts';
import { utcSchema } from './primitives.ts';

/** Largest difference of clocks, and how long a signature may be replayed against us. */
export const SIGNATURE_WINDOW_SECONDS = 300;

export const pairRequestSchema = z.object( {
	/** The plugin does not know it as a rule. */
	connection: z.string().max( 100 ).nullable().optional(),
	/** The site's `home`. */
	storeUrl: siteUrlSchema,
	/** Made at activation. */
	siteId: z.uuid(),
	pluginVersion: z.string().max( 40 ),
	wpVersion: z.string().max( 40 ),
	wcVersion: z.string().max( 40 ).nullable(),
	/** Unix seconds of the plugin's clock. */
	time: z.int(),
} );
export type PairRequest = z.infer< typeof pairRequestSchema >;

/** What `sealed` holds, as JSON. */
export const pairGrantSchema = z.object( {
	sidecarId: z.string(),
	keyId: z.string(),
	/** 32 random bytes, base64. */
	secret: z.string(),
	/** Added to the design: what the plugin shows and where its webhooks deliver. */
	connection: z.string(),
	webhookUrl: z.string().nullable(),
} );
export type PairGrant = z.infer< typeof pairGrantSchema >;

/** Why a call of the plugin is refused: `{"error":{"code",…}}`; `time` comes with `clock-skew`. */
export const BRIDGE_REFUSALS = {
	'bad-headers': 400,
	'bad-request': 400,
	'unknown-key': 401,
	'clock-skew': 401,
	'wrong-signature': 401,
	'wrong-proof': 401,
	'foreign-connection': 403,
	'replaced-key': 403,
	'not-found': 404,
	replayed: 409,
	'known-site': 409,
	'code-expired': 410,
	'key-reused': 409,
	'too-large': 413,
	'too-many-failures': 429,
	busy: 503,
} as const;
export type BridgeRefusal = keyof typeof BRIDGE_REFUSALS;

/** `GET /v1/ping`. */
export const pingAnswerSchema = z.object( {
	ok: z.literal( true ),
	sidecarId: z.string(),
	version: z.string(),
	connection: z.string(),
	webhookUrl: z.string().nullable(),
	time: utcSchema,
} );

/** `POST /v1/nudge`: read my outbox; the ids make tasks at once. */
export const nudgeSchema = z.object( {
	orders: z.array( z.int().positive() ).max( 1000 ).default( [] ),
	products: z.array( z.int().positive() ).max( 1000 ).default( [] ),
} );

/** `PUT /v1/store`: all but what is left out or null is replaced. */
export const storeKeysSchema = z.object( {
	consumerKey: textSecretSchema.nullable().default( null ),
	consumerSecret: textSecretSchema.nullable().default( null ),
	/** WooCommerce's own id of that key, to revoke it by. */
	keyId: z.int().positive().nullable().default( null ),
	webhookSecret: textSecretSchema.min( 16 ).nullable().default( null ),
	webhookIds: z
		.array( z.int().positive() )
		.max( 100 )
		.nullable()
		.default( null ),
} );
export type StoreKeys = z.infer< typeof storeKeysSchema >;

/** `POST /v1/moved`. */
export const movedSchema = z.object( {
	siteId: z.uuid(),
	/** The site's `home` now. */
	storeUrl: siteUrlSchema,
} );

/** `POST /v1/store/authorization`: the state of one wc-auth approval. */
export const storeAuthorizationSchema = z.object( {
	/** Goes as `user_id`; single use. */
	state: z.string(),
	/** Null = the sidecar has no public https address; the plugin's own route is the callback. */
	callbackUrl: z.string().nullable(),
	expiresAt: utcSchema,
} );

/**
 * `POST /v1/oauth/brightpearl`: what the browser brought back from Brightpearl's consent page to
 * the plugin's page.
 */
export const consentReturnSchema = z.object( {
	state: z.string().min( 1 ).max( 200 ),
	code: z.string().min( 1 ).max( 2000 ).nullable().default( null ),
	/** Instead of a code (RFC 6749, §4.1.2.1). */
	error: z.string().min( 1 ).max( 100 ).nullable().default( null ),
	errorDescription: z.string().max( 500 ).nullable().default( null ),
} );
export type ConsentReturn = z.infer< typeof consentReturnSchema >;

/** What WooCommerce posts to the callback (pairing design, C2). */
export const wcAuthCallbackSchema = z.object( {
	key_id: z.int(),
	user_id: z.string().max( 200 ),
	consumer_key: textSecretSchema,
	consumer_secret: textSecretSchema,
	key_permissions: z.string().max( 40 ),
} );

/**
 * `POST /v1/rotate` `{}` → `{sealed}`: the next key, AES-256-GCM under HKDF-SHA256(current secret,
 * info `rotate v1 seal`), additional data = the current key id. It becomes the current one with
 * the first call that is signed with it; the old one is good for another 24 h.
 */
export const sealedSchema = z.object( { sealed: z.string() } );
export const rotateGrantSchema = z.object( {
	keyId: z.string(),
	secret: z.string(),
} );

/** `GET pearlbridge/v1/sidecar/outbox?after=ID&limit=N`, on the plugin. */
export const outboxPageSchema = z.object( {
	items: z.array(
		z.object( {
			id: z.int(),
			kind: z.enum( [ 'order', 'product' ] ),
			objectId: z.int(),
			/** Unix seconds. */
			at: z.int(),
		} )
	),
	/** There are rows after the last of these. */
	more: z.boolean(),
} );
export type OutboxPage = z.infer< typeof outboxPageSchema >;

/** `GET pearlbridge/v1/sidecar/ping`, on the plugin. */
export const pluginPingSchema = z.object( {
	siteId: z.string(),
	pluginVersion: z.string(),
	wpVersion: z.string(),
	wcVersion: z.string().nullable(),
	home: z.string(),
	/** Its page in wp-admin, where Brightpearl sends the browser back to; older plugins have none. */
	consentUrl: z
		.url( { protocol: /^https?$/ } )
		.max( 2000 )
		.optional(),
	time: z.int(),
} );

/** `POST pearlbridge/v1/sidecar/stock`: `wanted − seen` is applied as one atomic increment. */
export const stockRouteRequestSchema = z.object( {
	writes: z
		.array(
			z.object( {
				/** Of the product or the variation that keeps the stock. */
				id: z.int().positive(),
				seen: z.int(),
				wanted: z.int(),
			} )
		)
		.max( 100 ),
} );
export const stockRouteAnswerSchema = z.object( {
	results: z.array(
		z.object( {
			id: z.int(),
			ok: z.boolean(),
			/** What the shop shows afterwards. */
			quantity: z.int().nullable(),
			code: z.string().nullable(),
			message: z.string().nullable(),
		} )
	),
} );

/** `POST pearlbridge/v1/sidecar/order-meta`: our own keys (`_pearlbridge_…`); null deletes. */
export const orderMetaRequestSchema = z.object( {
	orders: z
		.array(
			z.object( {
				id: z.int().positive(),
				meta: z.record(
					z.string().regex( /^_pearlbridge_[a-z_]{1,40}$/ ),
					z.string().max( 1000 ).nullable()
				),
			} )
		)
		.max( 100 ),
} );
export const orderMetaAnswerSchema = z.object( {
	results: z.array(
		z.object( {
			id: z.int(),
			ok: z.boolean(),
			/** `unknown_order`, `failed` */
			code: z.string().nullable(),
			message: z.string().nullable(),
		} )
	),
} );

/**
 * `POST pearlbridge/v1/sidecar/order-status`. Refused with 404 `unknown_order` and 400
 * `unknown_status`; an order that has the status already is left alone, and nobody is sent anything.
 */
export const orderStatusRequestSchema = z.object( {
	id: z.int().positive(),
	/** Without `wc-`. */
	status: z.string().regex( /^[a-z0-9_-]{1,40}$/ ),
	/** The shop's customer mails are held back for this one change. */
	quiet: z.boolean(),
	/** Goes before WooCommerce's own private note of the change. */
	note: z.string().max( 500 ).optional(),
} );
export const orderStatusAnswerSchema = z.object( {
	id: z.int(),
	/** As the shop shows it afterwards: another plugin may have moved it on. */
	status: z.string(),
	changed: z.boolean(),
} );
