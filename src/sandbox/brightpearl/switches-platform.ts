/** What the platform reference leaves open: signing in, the throttle, searches, webhooks, batches. */
import { z } from 'zod';

const leniency = z.enum( [ 'refuse', 'ignore' ] );

export const platformSwitches = {
	indexLagMs: z
		.int()
		.min( 0 )
		.default( 0 )
		.describe(
			'How long after its creation an order appears in `*-search`; GET by id sees it at once.'
		),
	requestsPerMinute: z
		.int()
		.min( 1 )
		.default( 200 )
		.describe(
			'Requests an account may make in a minute: 200 is documented (platform reference, §3).'
		),
	throttle: z
		.enum( [ 'fixed', 'rolling' ] )
		.default( 'fixed' )
		.describe(
			'`fixed` is recorded, `rolling` is what the documents say (platform reference, §3).'
		),
	refreshToken: z
		.enum( [ 'keep', 'rotate' ] )
		.default( 'keep' )
		.describe(
			'A refresh hands out a new refresh token and forgets the old one, or keeps it.'
		),
	refreshedLife: z
		.enum( [ 'remaining', 'full' ] )
		.default( 'remaining' )
		.describe(
			'`expires_in` of a refresh: what is left of the token before (recorded once), or a whole life.'
		),
	codeLifeSeconds: z
		.int()
		.min( 1 )
		.default( 600 )
		.describe( 'How long a code lives is not known.' ),
	oauthClient: z
		.enum( [ 'confidential', 'public' ] )
		.default( 'confidential' )
		.describe(
			'A confidential app must send its secret, a public one has none.'
		),
	consentRefusal: z
		.enum( [ 'access_denied', 'no-callback' ] )
		.default( 'access_denied' )
		.describe(
			"After a refusal the browser comes back with the standard's error, or stays on the page: no source (§10)."
		),
	consent: z
		.enum( [ 'ask', 'auto' ] )
		.default( 'ask' )
		.describe( '`auto`: consent without a page, for tests.' ),
	tokenLifeSeconds: z
		.int()
		.min( 1 )
		.default( 604_800 )
		.describe( 'How long an access token lives: a week.' ),
	devRef: z
		.enum( [ 'require', 'optional' ] )
		.default( 'require' )
		.describe(
			'Whether an OAuth caller must send the header `brightpearl-dev-ref`.'
		),
	forbidden: z
		.enum( [ 'off', 'text', 'errors', 'html' ] )
		.default( 'off' )
		.describe(
			"Whoever is let in has no rights: 403, whose body was never recorded (§2.3, §10). The gateway's text, an `errors` body, or a page of whatever stands before it."
		),
	unknownParameters: leniency
		.default( 'refuse' )
		.describe(
			'A query parameter or search column that the resource does not have.'
		),
	unknownFields: leniency
		.default( 'refuse' )
		.describe( 'A field of a body that the resource does not have.' ),
	descendingIds: z
		.enum( [ 'refuse', 'sort' ] )
		.default( 'refuse' )
		.describe( 'An id set that is not in ascending order.' ),
	idLimit: z
		.int()
		.min( 1 )
		.default( 200 )
		.describe( 'Largest id set of a GET.' ),
	largeIdSets: z
		.union( [ z.literal( 400 ), z.literal( 414 ) ] )
		.default( 400 )
		.describe(
			"Status of a larger set's answer: no source for it nor for its code (platform reference, §1.3)."
		),
	contactIndexLagMs: z
		.int()
		.min( 0 )
		.default( 0 )
		.describe(
			'How long after its creation a contact appears in contact-search.'
		),
	noWebhooks: z
		.enum( [ 'not-found', 'empty' ] )
		.default( 'not-found' )
		.describe(
			'The list of webhooks where there are none: not recorded (platform reference, §6.1).'
		),
	brightpearlVersion: z
		.string()
		.regex( /^[\w.-]{1,40}$/ )
		.default( '4.95.2647' )
		.describe( 'Goes into webhooks as `${brightpearl-version}`.' ),
	webhookGatherMs: z
		.int()
		.min( 0 )
		.default( 50 )
		.describe(
			'How long ids are gathered into one call of a webhook: an invention (§6.4).'
		),
	webhookAttempts: z
		.int()
		.min( 1 )
		.default( 5 )
		.describe( 'How often a webhook is tried: an invention (§6.4).' ),
	webhookRetryMs: z
		.int()
		.min( 0 )
		.default( 2000 )
		.describe(
			'How long after a failed try the next one comes: an invention (§6.4).'
		),
	webhookTimeoutMs: z
		.int()
		.min( 1 )
		.default( 10_000 )
		.describe(
			'How long a webhook’s receiver may take: an invention (§6.4).'
		),
	webhookDelayMs: z
		.int()
		.min( 0 )
		.default( 0 )
		.describe(
			'A fault of the delivery: every webhook comes later by so much.'
		),
	webhookDuplicate: z
		.number()
		.min( 0 )
		.max( 1 )
		.default( 0 )
		.describe(
			'A fault of the delivery: the share of webhooks that come twice.'
		),
	webhookReorder: z
		.number()
		.min( 0 )
		.max( 1 )
		.default( 0 )
		.describe(
			'A fault of the delivery: the share that comes after the next one.'
		),
	webhookDrop: z
		.number()
		.min( 0 )
		.max( 1 )
		.default( 0 )
		.describe( 'A fault of the delivery: the share that never comes.' ),
	periodStart: z
		.enum( [ 'inclusive', 'exclusive' ] )
		.default( 'inclusive' )
		.describe(
			'Whether the start of a PERIOD belongs to it: no source (platform reference, §5.3).'
		),
	periodEnd: z
		.enum( [ 'inclusive', 'exclusive' ] )
		.default( 'inclusive' )
		.describe(
			'Whether the end of a PERIOD belongs to it: no source (platform reference, §5.3).'
		),
	largePages: z
		.enum( [ 'clamp', 'refuse' ] )
		.default( 'clamp' )
		.describe( 'A `pageSize` above 500: no source (§10).' ),
	throttledStatus: z
		.union( [ z.literal( 503 ), z.literal( 429 ) ] )
		.default( 503 )
		.describe(
			'Status of a throttled answer: 503 is documented; 429 with `Retry-After` only asserted (§3).'
		),
	filterStatus: z
		.union( [ z.literal( 500 ), z.literal( 400 ) ] )
		.default( 500 )
		.describe(
			'Status of a filter that cannot be parsed: 500 is recorded, one client expects 400.'
		),
	multiMessage: z
		.enum( [ 'on', 'off', 'refused', 'forbidden' ] )
		.default( 'on' )
		.describe(
			'Whether an account takes multi-message at all; refused with 404, 400 or 403 (platform reference, §1.6).'
		),
	batchMethods: z
		.enum( [ 'writes', 'any' ] )
		.default( 'writes' )
		.describe(
			'Clients batch writes only; what GET and PATCH inside one do is not known.'
		),
	batchAllFailed: z
		.enum( [ 'shared', 'mixed' ] )
		.default( 'shared' )
		.describe(
			'Status of a batch whose messages all failed alike: the one they share, or 207.'
		),
};
