/**
 * The three-way comparison of one row or part: what was agreed on last, the shop now, Brightpearl
 * now. Only what the shop changed is written, and staff's own edits stay.
 */
export type Resolve = 'store' | 'brightpearl' | null;

/**
 * - `agreed`: both sides say the same
 * - `write`: the shop's value goes to Brightpearl
 * - `leave`: Brightpearl's value stays, and nothing is owed to the shop's
 * - `yield`: the shop changed it, and a person said that Brightpearl's value is to hold
 * - `conflict`: both changed it, and a person must say whose is to hold
 * - `blocked`: the shop changed it, and Brightpearl does not take changes any more
 */
export type Decision =
	'agreed' | 'write' | 'leave' | 'yield' | 'conflict' | 'blocked';

export interface Sides {
	/** Both sides have the same value now. */
	readonly equal: boolean;
	/**
	 * It was about to be written, and nobody read what came of it: Brightpearl's value is ours or
	 * the one before ours.
	 */
	readonly pending: boolean;
	readonly shopChanged: boolean;
	readonly staffChanged: boolean;
	/** Staff's edit is shown to a person too, who may say that the shop's value is to hold. */
	readonly asked: boolean;
	/** The shop did not touch it, but its value moved with another's (a penny of rounding). */
	readonly moved: boolean;
}

/** @param frozen Invoiced: nothing of it can be written. */
export function decide(
	sides: Sides,
	resolve: Resolve,
	frozen: boolean
): Decision {
	const decision = decideFree( sides, resolve );
	if ( decision !== 'write' || ! frozen ) {
		return decision;
	}
	if ( ! sides.shopChanged && ! sides.pending ) {
		return 'leave';
	}
	return resolve === 'brightpearl' ? 'yield' : 'blocked';
}

function decideFree( sides: Sides, resolve: Resolve ): Decision {
	if ( sides.equal ) {
		return 'agreed';
	}
	if ( sides.pending ) {
		return 'write';
	}
	if ( sides.shopChanged && sides.staffChanged ) {
		switch ( resolve ) {
			case 'store':
				return 'write';
			case 'brightpearl':
				return 'yield';
			default:
				return 'conflict';
		}
	}
	if ( sides.staffChanged && sides.asked && resolve === 'store' ) {
		return 'write';
	}
	return sides.shopChanged || ( sides.moved && ! sides.staffChanged )
		? 'write'
		: 'leave';
}
