/**
 * Group commit: everything handed over in one turn of the event loop shares one transaction
 * and one fsync. A disk that takes 5 ms to sync then still acknowledges hundreds of events a
 * second, because they wait together instead of in a row.
 */
export interface GroupCommit< Item > {
	/** Resolves when the items are durable; rejects, with everybody of the group, when not. */
	add( items: readonly Item[] ): Promise< void >;
	/** Resolves when nothing is on its way any more; it never rejects. */
	settled(): Promise< void >;
}

export function createGroupCommit< Item >(
	commit: ( items: readonly Item[] ) => Promise< void >
): GroupCommit< Item > {
	let group: Item[] = [];
	let next: Promise< void > | null = null;
	let last: Promise< unknown > = Promise.resolve();

	async function flush(): Promise< void > {
		await new Promise< void >( ( resolve ) => setImmediate( resolve ) );
		const items = group;
		group = [];
		next = null;
		await commit( items );
	}

	return {
		add( items ) {
			if ( items.length === 0 ) {
				return Promise.resolve();
			}
			group.push( ...items );
			if ( next === null ) {
				next = flush();
				last = next.catch( () => {} );
			}
			return next;
		},
		settled: async () => {
			await last;
		},
	};
}
