/** Commands of the contract that this version does not have yet. */
const LATER: readonly ( readonly string[] )[] = [
	[ 'stock', 'approve' ],
	[ 'log', 'export' ],
	[ 'backup' ],
	[ 'restore' ],
	[ 'doctor' ],
	[ 'database', 'migrate' ],
];

/** The later command these words begin with; null when they name none. */
export function laterCommand( words: readonly string[] ): string | null {
	const found = LATER.find( ( later ) =>
		later.every( ( word, at ) => words[ at ] === word )
	);
	return found?.join( ' ' ) ?? null;
}
