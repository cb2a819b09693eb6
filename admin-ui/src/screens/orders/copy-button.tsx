import { __ } from '@wordpress/i18n';
import { CommandButton, notify } from '../../components/index.ts';

export function CopyButton( { text }: { readonly text: string } ) {
	const copy = async (): Promise< void > => {
		if ( await copied( text ) ) {
			notify( __( 'Copied.', 'pearlbridge' ) );
		} else {
			notify(
				__(
					'The browser does not allow copying. Open the text and copy it by hand.',
					'pearlbridge'
				),
				'warning'
			);
		}
	};
	return (
		<CommandButton size="compact" onClick={ () => void copy() }>
			{ __( 'Copy', 'pearlbridge' ) }
		</CommandButton>
	);
}

/** `navigator.clipboard` is missing where the page came over plain http from another machine. */
async function copied( text: string ): Promise< boolean > {
	try {
		await navigator.clipboard.writeText( text );
		return true;
	} catch {
		const area = document.createElement( 'textarea' );
		const before = document.activeElement;
		area.value = text;
		area.setAttribute( 'readonly', '' );
		area.style.cssText = 'position:fixed;opacity:0';
		document.body.append( area );
		area.select();
		const done = document.execCommand( 'copy' );
		area.remove();
		if ( before instanceof HTMLElement ) {
			before.focus();
		}
		return done;
	}
}
