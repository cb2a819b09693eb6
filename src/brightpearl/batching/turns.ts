/**
 * One after the other, with the event loop turning in between: ten writers who learn at once
 * that they are done must not keep a webhook's answer waiting.
 */
export type InTurn = ( step: () => void ) => Promise< void >;

export function createTurns(): InTurn {
	let last: Promise< void > = Promise.resolve();
	return ( step ) => {
		last = last.then(
			() =>
				new Promise( ( turn ) =>
					setImmediate( () => {
						step();
						turn();
					} )
				)
		);
		return last;
	};
}
