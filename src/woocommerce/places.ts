/**
 * So many requests at a time, the others in their order of arrival: a shop on a small host has a
 * handful of PHP workers, and its shoppers need them too.
 */
export interface Places {
	/** Runs the work when there is a place for it; the place is free again however it ends. */
	take< T >( work: () => Promise< T > ): Promise< T >;
}

export function createPlaces( most: number ): Places {
	let taken = 0;
	const waiting: ( () => void )[] = [];

	return {
		async take( work ) {
			if ( taken >= most ) {
				await new Promise< void >( ( resolve ) =>
					waiting.push( resolve )
				);
			} else {
				taken += 1;
			}
			try {
				return await work();
			} finally {
				// The place passes on: a newcomer in between cannot take it.
				const next = waiting.shift();
				if ( next ) {
					next();
				} else {
					taken -= 1;
				}
			}
		},
	};
}
