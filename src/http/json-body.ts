/** The JSON of a raw body; undefined when it is none. */
export function parseJson( body: unknown ): unknown {
	try {
		return Buffer.isBuffer( body )
			? JSON.parse( body.toString() )
			: undefined;
	} catch {
		return undefined;
	}
}
