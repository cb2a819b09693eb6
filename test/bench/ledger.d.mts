/** Types for the tests that are TypeScript; what it does is said in ledger.mjs. */
export interface Ledger {
	readonly idOf: ( n: number ) => number;
	readonly numberOf: ( n: number ) => string;
	readonly salesOrderOf: ( n: number ) => number;
	/** Into the database at this path, which has the connection `main`. */
	seed( path: string ): void;
	seedOrders( path: string ): void;
	seedRuns( path: string ): void;
}

export function createLedger( options: {
	readonly orders: number;
	readonly problems: number;
	readonly runs: number;
	readonly sway?: number;
} ): Ledger;
