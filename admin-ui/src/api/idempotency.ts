/**
 * A key for each click. When the answer was lost, trying the same thing again is the same click:
 * the sidecar then answers with what came of the first.
 */
export interface Keys {
	of( input: unknown ): string;
	/** The call ended; `unknown` = nobody can tell whether it was carried out. */
	settle( unknown: boolean ): void;
}

export function createKeys( random: () => string ): Keys {
	let last: { readonly input: string; readonly key: string } | null = null;
	return {
		of( input ) {
			const text = JSON.stringify( input );
			if ( last?.input !== text ) {
				last = { input: text, key: random() };
			}
			return last.key;
		},
		settle( unknown ) {
			if ( ! unknown ) {
				last = null;
			}
		},
	};
}
