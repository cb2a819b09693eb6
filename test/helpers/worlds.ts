/**
 * The two worlds a client must live in: what the references leave open read the strict way, and
 * everything the other way. Tests that use a real sandbox run in both.
 */
import type { Switches } from '../../src/sandbox/brightpearl/switches.ts';

export interface SandboxWorld {
	readonly name: 'strict' | 'lenient';
	/** On top of the sandbox's defaults. */
	readonly switches: Partial< Switches >;
}

export const strict: SandboxWorld = { name: 'strict', switches: {} };

/** Every switch that has another side, there. */
export const lenient: SandboxWorld = {
	name: 'lenient',
	switches: {
		duplicateAnswer: 'empty',
		oauthInstance: false,
		rowTaxDecimals: 4,
		creditDuplicates: 'shared',
		postedRowDecimals: 4,
		patchTeam: 'accept',
		cancelledStatus: 'none',
		customFieldsTouch: true,
		throttle: 'rolling',
		refreshToken: 'rotate',
		refreshedLife: 'full',
		oauthClient: 'public',
		consent: 'auto',
		consentRefusal: 'no-callback',
		devRef: 'optional',
		unknownParameters: 'ignore',
		unknownFields: 'ignore',
		descendingIds: 'sort',
		largeIdSets: 414,
		unknownAvailabilityIds: 'ignore',
		partialStatus: 200,
		longNames: 'cut',
		postalCountry: 'any',
		secondReservation: 'add',
		untrackedReservation: 'ignore',
		reservationMovements: 'shown',
		goodsOutMovements: 'created',
		reservationDelete: 'order',
		overFulfilment: 'ignore',
		noteAnswer: 'id',
		staleNoteEvent: 409,
		stockTouchesProduct: true,
		inTransit: 'absent',
		contactUpdatedOn: 'null',
		duplicateEmail: 'refuse',
		grossListPrices: 'as-sent',
		noWebhooks: 'empty',
		paymentDuplicate: 409,
		deletedPayment: 'reverse-journal',
		paymentCurrency: 'any',
		periodStart: 'exclusive',
		periodEnd: 'exclusive',
		largePages: 'refuse',
		throttledStatus: 429,
		filterStatus: 400,
		batchMethods: 'any',
		batchAllFailed: 'mixed',
	},
};

export const WORLDS: readonly SandboxWorld[] = [ strict, lenient ];

/** Switches that stay in both worlds as they are, and why. */
export const UNTURNED: Partial< Record< keyof Switches, string > > = {
	multiMessage:
		'without batches the switches of batches say nothing; each value has tests of its own',
	forbidden:
		'whoever may do nothing has nothing to try; each value has tests of its own',
	invoiceDelayMs: 'changes when, not what',
	indexLagMs: 'changes when, not what; lost answers have tests with a lag',
	contactIndexLagMs: 'changes when, not what',
	requestsPerMinute: 'a number; the throttle’s tests set it',
	codeLifeSeconds: 'changes when, not what',
	tokenLifeSeconds: 'changes when, not what; the tests of renewal set it',
	idLimit: 'a number, and the documented one is the smallest known',
	brightpearlVersion: 'a text that is passed on',
	webhookGatherMs: 'changes when, not what',
	webhookAttempts: 'changes how often, not what',
	webhookRetryMs: 'changes when, not what',
	webhookTimeoutMs: 'changes when, not what',
	webhookDelayMs: 'a fault; the tests of webhooks set it',
	webhookDuplicate: 'a fault; the tests of webhooks set it',
	webhookReorder: 'a fault; the tests of webhooks set it',
	webhookDrop: 'a fault; the tests of webhooks set it',
	closedUntil:
		'a date; closing the days of the tests’ own orders refuses their payments',
};

/**
 * Switches of more than two sides. Each value is met: by orders that must be there once
 * (`batch-switches.test.ts`, `against-sandbox.test.ts`), and where a reservation is deleted, which
 * orders do not, by the client’s own tests (`services-sandbox.test.ts`).
 */
export const MANY_SIDED = {
	duplicateAnswer: [ 'id', 'empty', 'conflict' ],
	forbidden: [ 'off', 'text', 'errors', 'html' ],
	multiMessage: [ 'on', 'off', 'refused', 'forbidden' ],
	reservationDelete: [ 'any', 'order', 'warehouse', 'none' ],
} as const satisfies {
	[ Name in keyof Switches ]?: readonly Switches[ Name ][];
};
