/**
 * Keeps a run below the cap of a real account, by the two throttle headers (platform reference, §3).
 * Other apps share the pool, so a part of every period is left to them.
 */
export interface Pace {
	/** Waits until there is room. */
	before(): Promise< void >;
	after( headers: Readonly< Record< string, string > > ): void;
}

/** Requests of a period that are left to others. */
const LEFT_TO_OTHERS = 20;
/** The period's end is told in whole milliseconds and travels a while. */
const MARGIN_MS = 250;

export interface Waiting {
	readonly now: () => number;
	readonly sleep: ( ms: number ) => Promise< void >;
}

export function createPace( { now, sleep }: Waiting ): Pace {
	let room = Infinity;
	let periodEnds = 0;
	return {
		before: async () => {
			if ( room <= LEFT_TO_OTHERS && now() < periodEnds ) {
				await sleep( periodEnds - now() + MARGIN_MS );
				room = Infinity;
			}
			room -= 1;
		},
		after: ( headers ) => {
			const remaining = Number(
				headers[ 'brightpearl-requests-remaining' ] ?? NaN
			);
			const period = Number(
				headers[ 'brightpearl-next-throttle-period' ] ?? NaN
			);
			if ( Number.isFinite( remaining ) && Number.isFinite( period ) ) {
				room = remaining;
				periodEnds = now() + period;
			}
		},
	};
}
