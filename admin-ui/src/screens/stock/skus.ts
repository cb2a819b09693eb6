/** Reads SKUs as a person types or pastes them: one a line; commas, semicolons and tabs part them, too. */
export function readSkus( text: string ): string[] {
	return [
		...new Set(
			text
				.split( /[\n\r,;\t]+/ )
				// Spaces inside belong to the SKU.
				.map( ( sku ) => sku.trim() )
				.filter( ( sku ) => sku !== '' )
		),
	];
}
