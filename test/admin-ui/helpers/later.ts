/** Time that goes on when it is told to. */
export function createTime() {
	let now = 0;
	let waiting: { readonly at: number; readonly work: () => void }[] = [];
	return {
		now: () => now,
		later( work: () => void, ms: number ): () => void {
			const entry = { at: now + ms, work };
			waiting.push( entry );
			return () => {
				waiting = waiting.filter( ( other ) => other !== entry );
			};
		},
		/** Also lets what was promised meanwhile come true. */
		async pass( ms: number ): Promise< void > {
			now += ms;
			const due = waiting.filter( ( { at } ) => at <= now );
			waiting = waiting.filter( ( { at } ) => at > now );
			due.forEach( ( { work } ) => work() );
			await settle();
		},
	};
}

export async function settle(): Promise< void > {
	for ( let turn = 0; turn < 10; turn++ ) {
		await Promise.resolve();
	}
}
