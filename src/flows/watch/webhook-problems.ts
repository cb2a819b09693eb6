/** What a person is told of webhooks that do not deliver. */
import type { ProblemDraft } from '../../contracts/problem.ts';
import type { Down } from './webhook-plan.ts';

const SCREEN = 'WooCommerce → Settings → Advanced → Webhooks';
const MEANWHILE =
	'Nothing is lost: the sweep finds the orders, only later than a webhook would.';

function draft(
	down: readonly Down[],
	cause: string,
	fix: string
): ProblemDraft {
	return {
		code: 'webhook-disabled',
		message:
			down.length === 0
				? 'The webhooks in the shop are not as they should be.'
				: `The shop does not deliver: ${ listed( down ) }. ${ MEANWHILE }`,
		cause,
		fix,
		field: 'webhooks',
	};
}

function listed( down: readonly Down[] ): string {
	return down
		.map( ( { topic, what } ) => `the webhook ${ topic } is ${ what }` )
		.join( ', ' );
}

/** Told while it is put right; it is over a moment later. */
export function repairing( down: readonly Down[] ): ProblemDraft {
	return draft(
		down,
		causeOf( down ),
		'It is put right by itself, and the orders of the gap are looked for at once.'
	);
}

export function onlyLookedAt(
	down: readonly Down[],
	why: 'manual' | 'plugin' | 'address',
	detail = ''
): ProblemDraft {
	switch ( why ) {
		case 'manual':
			return draft(
				down,
				causeOf( down ),
				`Put it right under ${ SCREEN }, or leave it to Pearlbridge with webhooks: auto.`
			);
		case 'plugin':
			return draft(
				down,
				causeOf( down ),
				'The plugin repairs it when somebody next opens a page of wp-admin; see WooCommerce → Pearlbridge.'
			);
		case 'address':
			return draft(
				down,
				`${ causeOf( down ) } ${ detail }`,
				'Give the service an address that the shop can deliver to with PEARLBRIDGE_PUBLIC_URL, or install the plugin. Webhooks are then put right by themselves.'
			);
	}
}

export function notReachable(
	down: readonly Down[],
	address: string,
	met: string
): ProblemDraft {
	return draft(
		down,
		`The service cannot be reached at ${ address } (${ met }), so the shop’s deliveries would fail again.`,
		'Check PEARLBRIDGE_PUBLIC_URL, the proxy in front of the service and its certificate. They are put right by themselves once /healthz answers there.'
	);
}

export function againAndAgain(
	down: readonly Down[],
	times: number,
	address: string
): ProblemDraft {
	return draft(
		down,
		`They were put right ${ times } times within 24 hours and stopped again (the shop does not tell how many deliveries failed, so repairs are what is counted): the shop’s deliveries to ${ address } fail, though this machine reaches it. A firewall that keeps the shop out, or an answer that is not ours, is likely.`,
		`Look at the delivery logs under WooCommerce → Status → Logs (webhooks-delivery), and let the shop’s server reach ${ address }. It is tried again when the first of those repairs is 24 hours old.`
	);
}

/** The shop refuses it, or the secret cannot be read. */
export function cannotWrite(
	down: readonly Down[],
	problem: ProblemDraft
): ProblemDraft {
	return draft(
		down,
		`It cannot be put right: ${ problem.message }`,
		problem.fix ??
			`Put it right under ${ SCREEN } by hand, and set webhooks to manual.`
	);
}

function causeOf( down: readonly Down[] ): string {
	return down.some( ( { what } ) => what === 'disabled' )
		? 'WooCommerce disables a webhook, without a word, after seven failed deliveries in a row: the service was down, or could not be reached.'
		: 'Somebody has paused or deleted it in the shop.';
}
