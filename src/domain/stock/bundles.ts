/**
 * What bundles come down to. A bundle keeps no stock of its own, and may hold other bundles
 * (resources reference, §3.1): what is sold of it is taken from the products at the bottom.
 */
import type { BundleComponent } from '../../contracts/database.ts';

/** Components per bundle; a product that is none has an empty list. */
export type Compositions = ReadonlyMap< number, readonly BundleComponent[] >;

export type Composition =
	/** Base product → how many of it one bundle takes; the product itself where it is none. */
	| { readonly ok: true; readonly base: ReadonlyMap< number, number > }
	/** These are to be read first. */
	| { readonly ok: false; readonly unknown: readonly number[] }
	/** A bundle that holds itself cannot be taken apart. */
	| { readonly ok: false; readonly circle: number };

export function baseProducts(
	productId: number,
	compositions: Compositions
): Composition {
	const base = new Map< number, number >();
	const unknown = new Set< number >();
	let circle: number | null = null;

	function take(
		id: number,
		quantity: number,
		inside: ReadonlySet< number >
	): void {
		const components = compositions.get( id );
		if ( inside.has( id ) ) {
			circle ??= id;
		} else if ( components === undefined ) {
			unknown.add( id );
		} else if ( components.length === 0 ) {
			base.set( id, ( base.get( id ) ?? 0 ) + quantity );
		} else {
			const within = new Set( [ ...inside, id ] );
			for ( const component of components ) {
				take(
					component.productId,
					quantity * component.quantity,
					within
				);
			}
		}
	}

	take( productId, 1, new Set() );
	if ( circle !== null ) {
		return { ok: false, circle };
	}
	return unknown.size > 0
		? { ok: false, unknown: [ ...unknown ] }
		: { ok: true, base };
}
