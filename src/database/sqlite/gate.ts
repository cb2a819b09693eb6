/**
 * Who may use the one connection. Kysely's transactions span several microtasks, and a
 * statement slipped in between would become part of somebody else's transaction. So Kysely
 * holds the gate while it has the connection, and direct work goes in when it is free.
 *
 * The wait is short by construction: the driver is synchronous, so whoever holds the gate is
 * through before the event loop turns again. A repository must therefore never await the
 * outside world inside a transaction.
 */
export interface Gate {
	/** Resolves to the way to leave. */
	enter(): Promise< () => void >;
	/** Runs synchronous work when nobody is inside: at once where possible. */
	run< T >( work: () => T ): Promise< T >;
}

export function createGate(): Gate {
	let inside = false;
	const waiting: ( () => void )[] = [];

	function leave(): void {
		const next = waiting.shift();
		if ( next ) {
			next();
		} else {
			inside = false;
		}
	}

	async function enter(): Promise< () => void > {
		if ( inside ) {
			await new Promise< void >( ( resolve ) => waiting.push( resolve ) );
		} else {
			inside = true;
		}
		let left = false;
		return () => {
			if ( ! left ) {
				left = true;
				leave();
			}
		};
	}

	return {
		enter,
		async run( work ) {
			if ( ! inside ) {
				return work();
			}
			const out = await enter();
			try {
				return work();
			} finally {
				out();
			}
		},
	};
}
