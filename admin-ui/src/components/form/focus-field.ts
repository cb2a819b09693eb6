/** Finds, shows and focuses the field a path means; one within it, where that has no own place. */
const LIT_FOR = 3000;
const CONTROLS =
	'input:not([type="hidden"]):not(:disabled), select, textarea, button';

export function focusField( path: string ): boolean {
	for ( let at = path; at !== ''; ) {
		const field =
			document.querySelector< HTMLElement >(
				`[data-field="${ CSS.escape( at ) }"]`
			) ??
			document.querySelector< HTMLElement >(
				`[data-field^="${ CSS.escape( at ) }."]`
			);
		if ( field !== null ) {
			show( field );
			return true;
		}
		at = at.includes( '.' ) ? at.slice( 0, at.lastIndexOf( '.' ) ) : '';
	}
	return false;
}

function show( field: HTMLElement ): void {
	const tall = field.offsetHeight > window.innerHeight * 0.6;
	field.scrollIntoView( { block: tall ? 'start' : 'center' } );
	const controls = [ ...field.querySelectorAll< HTMLElement >( CONTROLS ) ];
	const chosen = controls.find(
		( control ) =>
			control instanceof HTMLInputElement &&
			control.type === 'radio' &&
			control.checked
	);
	( chosen ?? controls[ 0 ] )?.focus( { preventScroll: true } );
	field.classList.add( 'is-target' );
	window.setTimeout( () => field.classList.remove( 'is-target' ), LIT_FOR );
}
