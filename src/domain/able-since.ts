/**
 * Since when orders could have been pushed: time in which no service ran does not count as silence,
 * and a service that crashes again and again has not begun anew each time.
 */

export interface Able {
	/** Milliseconds since the epoch, moved on by the time in which nothing ran. */
	readonly since: number;
	/** When it was last known that something runs. */
	readonly seenAt: number;
}

/** @param longestCrash A service that was away no longer counts as one that ran on. */
export function ableSince(
	known: Able | null,
	startedAt: number,
	longestCrash: number
): number {
	if ( known === null ) {
		return startedAt;
	}
	const away = startedAt - known.seenAt;
	return away > longestCrash ? known.since + away : known.since;
}
