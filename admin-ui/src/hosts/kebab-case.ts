/** `stockRunShow` → `stock-run-show`, as the plugin's routes are named. */
export function kebabCase( name: string ): string {
	return name.replaceAll(
		/[A-Z]/g,
		( letter ) => `-${ letter.toLowerCase() }`
	);
}
