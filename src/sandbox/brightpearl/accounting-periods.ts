/**
 * Accounting periods (platform reference, §7.8): months. What a posting in a closed one is refused
 * with is not known; that it is refused is inferred.
 */
import { idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { API_USER } from './profile.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Switches } from './switches.ts';
import { parseTime } from './zone.ts';

const FIRST_YEAR = 2020;
/** Months that stand ready after the current one. */
const AHEAD = 12;

/** End of the last closed day; null = nothing is closed. */
const closedAt = ( { closedUntil }: Switches ): number | null => {
	const day = closedUntil === null ? null : parseTime( closedUntil );
	return day === null ? null : day + 86_400_000;
};

function readPeriods( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const { account, now, switches } = call;
	const today = new Date( now );
	const count =
		( today.getUTCFullYear() - FIRST_YEAR ) * 12 +
		today.getUTCMonth() +
		1 +
		AHEAD;
	const closed = closedAt( switches );
	const periods = Array.from( { length: count }, ( _, index ) => {
		const end = Date.UTC( FIRST_YEAR, index + 1, 1 );
		return {
			id: index + 1,
			startDate: account.zone.format( Date.UTC( FIRST_YEAR, index, 1 ) ),
			endDate: account.zone.format( end - 1 ),
			...( closed !== null && end <= closed
				? {
						closedDate: account.zone.format( closed ),
						closedByUserId: API_USER,
					}
				: {} ),
		};
	} ).filter( ( { id } ) => ids.value?.includes( id ) ?? true );
	return periods.length === 0
		? refuse( 404, notFound( 'No Accounting Period Found' ) )
		: answer( periods );
}

/** Why nothing can be posted on that day; null = it can. */
export function closedPeriod( call: Call, at: number ): Problem | null {
	const closed = closedAt( call.switches );
	return closed !== null && at < closed
		? problem(
				INVENTED.closedPeriod,
				'The date is in a closed accounting period'
			)
		: null;
}

/** The page is named in the menu, its shape was never seen: an invention. */
function readLock( { account, switches }: Call ): Reply {
	const closed = closedAt( switches );
	return answer(
		closed === null
			? {}
			: { lockedUntil: account.zone.format( closed - 1 ) }
	);
}

export const accountingPeriodRoutes: readonly Route[] = [
	route(
		'GET',
		'/accounting-service/accounting-period-lock',
		'get-accounting-period-lock',
		readLock
	),
	route(
		'GET',
		'/accounting-service/accounting-period/{ids?}',
		'get-accounting-period',
		readPeriods
	),
];
