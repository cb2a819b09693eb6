/**
 * How a thing of the shop that keeps its own stock is named among others.
 */

/** Key of a product (`12/0`) or of a variation that manages its own stock (`12/34`). */
export type ItemKey = `${ number }/${ number }`;

export function itemKey(
	productId: number,
	variationId: number | null
): ItemKey {
	return `${ productId }/${ variationId ?? 0 }`;
}
