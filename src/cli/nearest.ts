/** The known name that is closest to what was typed; null when none is close. */
export function nearest(
	typed: string,
	known: readonly string[]
): string | null {
	let best: string | null = null;
	// A third of the letters may be wrong: `--dry-rnu`, but not any word of that length.
	let bestDistance = Math.floor( typed.length / 3 ) + 1;
	for ( const name of known ) {
		const distance = editDistance(
			typed.toLowerCase(),
			name.toLowerCase()
		);
		if ( distance < bestDistance ) {
			best = name;
			bestDistance = distance;
		}
	}
	return best;
}

/** `Did you mean …?` as a fix, or null. */
export function didYouMean(
	typed: string,
	known: readonly string[]
): string | null {
	const name = nearest( typed, known );
	return name === null ? null : `Did you mean ${ name }?`;
}

/** Insertions, deletions, substitutions and swaps of neighbours. */
function editDistance( from: string, to: string ): number {
	let beforeLast: number[] = [];
	let last = Array.from( { length: to.length + 1 }, ( _, at ) => at );
	for ( let row = 1; row <= from.length; row++ ) {
		const current = [ row ];
		for ( let column = 1; column <= to.length; column++ ) {
			const same = from[ row - 1 ] === to[ column - 1 ];
			let cost = Math.min(
				( last[ column ] ?? 0 ) + 1,
				( current[ column - 1 ] ?? 0 ) + 1,
				( last[ column - 1 ] ?? 0 ) + ( same ? 0 : 1 )
			);
			if (
				row > 1 &&
				column > 1 &&
				from[ row - 1 ] === to[ column - 2 ] &&
				from[ row - 2 ] === to[ column - 1 ]
			) {
				cost = Math.min( cost, ( beforeLast[ column - 2 ] ?? 0 ) + 1 );
			}
			current.push( cost );
		}
		beforeLast = last;
		last = current;
	}
	return last[ to.length ] ?? 0;
}
