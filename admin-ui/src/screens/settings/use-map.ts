import { useField, useForm } from './form.tsx';
import { isTree } from '../../../../src/contracts/json.ts';
import type { Tree } from '../../../../src/contracts/json.ts';

/** A map of the settings, with its keys set and taken away. */
export function useMap( path: string ) {
	const { value, set } = useField( path );
	const { choices } = useForm();
	const map: Tree = isTree( value ) ? value : {};
	return {
		map,
		put: ( key: string, entry: unknown ) =>
			set( { ...map, [ key ]: entry } ),
		drop: ( key: string ) =>
			set(
				Object.fromEntries(
					Object.entries( map ).filter( ( [ name ] ) => name !== key )
				)
			),
		has: ( key: string ) => Object.hasOwn( map, key ),
		store: choices.data?.store ?? null,
		/** Keeps the table's place while the shop is asked for the first time. */
		waiting: choices.data === null && choices.loading,
	};
}
