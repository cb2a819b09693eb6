/** What the setting `budget.reserve` leaves to this connection. */

/** Tenths of the allowance from which on what is left does not carry a shop. */
const TOO_MANY = 8;

export interface ReserveWarning {
	readonly message: string;
	readonly fix: string;
}

/** Null = enough is left, or the limit is not known yet. */
export function reserveWarning(
	reserve: number,
	limit: number | null
): ReserveWarning | null {
	if ( limit === null || reserve * 10 < limit * TOO_MANY ) {
		return null;
	}
	const left =
		reserve < limit
			? `only ${ limit - reserve } a minute are left for this shop, so orders and stock are slow`
			: 'next to none is left for this shop, so orders and stock hardly move';
	return {
		message: `The setting budget.reserve leaves ${ reserve } of the ${ limit } requests that Brightpearl takes a minute to other apps: ${ left }.`,
		fix: `Set budget.reserve to ${ Math.floor( limit / 2 ) } or less; 0 where no other app uses this Brightpearl account.`,
	};
}
