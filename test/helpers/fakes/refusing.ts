/**
 * A port of which only some methods are needed: every other one throws when it is called.
 */
export function refusing< Port extends object >(
	known: Partial< Port >,
	why: string
): Port {
	return new Proxy( known, {
		get( target, name, receiver ): unknown {
			if (
				typeof name === 'symbol' ||
				name in target ||
				name === 'then'
			) {
				return Reflect.get( target, name, receiver );
			}
			return () => {
				throw new Error( `${ why } (${ name })` );
			};
		},
	} ) as Port;
}
