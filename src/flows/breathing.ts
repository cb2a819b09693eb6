/**
 * Long work in slices: between two of them the process sees to what else has come.
 */
export async function breathing< T >(
	steps: Generator< void, T >
): Promise< T > {
	for (;;) {
		const step = steps.next();
		if ( step.done === true ) {
			return step.value;
		}
		await new Promise< void >( ( next ) => setImmediate( next ) );
	}
}
