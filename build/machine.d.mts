/** Types for the tests that are TypeScript; what it does is said in machine.mjs. */
export type Need = 'php' | 'composer' | 'database' | 'browser';

export function chromiumPath(): string | null;

/** Null when all of it is there, else one sentence that says what to install. */
export function missingFor( ...needs: Need[] ): string | null;

export function prepareMachine( options?: {
	needs?: Need[];
	say?: ( line: string ) => void;
} ): void;
