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

/** A document with hundreds of thousands of SKU aliases; only from those who may ask anything. */
export const LARGEST_INPUT = 24 * 1024 * 1024;
