/** How the signed routes say no. */
import {
	BRIDGE_REFUSALS,
	type BridgeRefusal,
} from '../../contracts/pairing.ts';
import type { Failure } from '../../contracts/result.ts';

/** A refusal as it goes over the wire; its words may be read by a person in wp-admin. */
export interface Refusal {
	readonly ok: false;
	readonly status: number;
	readonly code: string;
	readonly message: string;
	readonly fix: string | null;
	/** Unix seconds of our clock, where the clocks differ. */
	readonly time: number | null;
}

export type Answer< T > = { readonly ok: true; readonly value: T } | Refusal;

export function refuse(
	code: BridgeRefusal,
	message: string,
	fix: string | null = null,
	time: number | null = null
): Refusal {
	return {
		ok: false,
		status: BRIDGE_REFUSALS[ code ],
		code,
		message,
		fix,
		time,
	};
}

export const BUSY = refuse(
	'busy',
	'The connection is being changed at this moment.',
	'Try again in a moment.'
);
export const GONE = refuse( 'not-found', 'The connection has been removed.' );

/** The shop does not take what it is to be stored for; 422 because the call itself was fine. */
export function refusedByStore( failure: Failure ): Refusal {
	const told = { ok: false, status: 422, time: null } as const;
	return failure.kind === 'hold'
		? {
				...told,
				code: failure.problem.code,
				message: failure.problem.message,
				fix: failure.problem.fix,
			}
		: {
				...told,
				code: 'store-unreachable',
				// How it failed would tell what listens in the sidecar's network.
				message: 'The sidecar could not reach the shop.',
				fix: 'Check that the sidecar can open the address of the shop, then try again.',
			};
}

/** Told only by an address that the clocks of both sides are compared with. */
export function clockSkew( now: number ): Refusal {
	return refuse(
		'clock-skew',
		'The clocks of the shop and the sidecar differ by more than five minutes.',
		'Switch on time synchronisation (NTP) on the machine that is wrong.',
		Math.floor( now / 1000 )
	);
}
