/**
 * Who may use the one connection. Kysely's transactions span several microtasks, and a
 * statement slipped in between would become part of somebody else's transaction. So Kysely
 * holds the gate while it has the connection, and direct work goes in when it is free.
 *
 * The wait is short by construction: the driver is synchronous, so whoever holds the gate is
 * through before the event loop turns again. A repository must therefore never await the
 * outside world inside a transaction.
 *
 * Those who wait go in one at each turn of the event loop. Many orders that are worked on at a
 * time would otherwise go through all their statements in one turn, and a webhook would wait for
 * its answer that long; direct work (events, claims) goes in between.
 */
export interface Gate {
	/** Resolves to the way to leave. */
	enter(): Promise< () => void >;
	/** Runs synchronous work when nobody is inside: at once where possible. */
	run< T >( work: () => T ): Promise< T >;
}

export function createGate(): Gate {
	let inside = false;
	/** Somebody went in during this turn of the event loop, or is about to in the next. */
	let turning = false;
	const waiting: ( () => void )[] = [];
	/** Direct work that found the gate taken: it goes first. */
	const direct: ( () => void )[] = [];

	function admit( next: () => void ): void {
		inside = true;
		next();
	}

	/** At the next turn of the event loop: the first of those who wait. */
	function turn(): void {
		if ( turning ) {
			return;
		}
		turning = true;
		setImmediate( () => {
			turning = false;
			if ( ! inside ) {
				const next = waiting.shift();
				if ( next ) {
					admit( next );
					turn();
				}
			}
		} );
	}

	function leave(): void {
		inside = false;
		const next = direct.shift();
		if ( next ) {
			admit( next );
		} else if ( waiting.length > 0 ) {
			turn();
		}
	}

	async function enter(): Promise< () => void > {
		if ( inside || turning ) {
			await new Promise< void >( ( resolve ) => {
				waiting.push( resolve );
				turn();
			} );
		} else {
			inside = true;
			turn();
		}
		return wayOut();
	}

	async function enterDirectly(): Promise< () => void > {
		await new Promise< void >( ( resolve ) => direct.push( resolve ) );
		return wayOut();
	}

	function wayOut(): () => void {
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
			const out = await enterDirectly();
			try {
				return work();
			} finally {
				out();
			}
		},
	};
}
