/** The tax rules that the service proposes as JSON, in the words of the form. */
import { __, sprintf } from '@wordpress/i18n';

/** One flat object; braces may stand in its strings. */
const RULE = /\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}/g;

/** What each rule speaks of, such as “20 %, class standard, country GB”. */
export function rulesIn( fix: string ): string[] {
	return ( fix.match( RULE ) ?? [] ).flatMap( ( json ) => {
		const rule = read( json );
		const conditions = Object.entries( rule ).flatMap(
			( [ key, value ] ) =>
				typeof value === 'string' && value !== ''
					? ( CONDITIONS[ key ]?.( value ) ?? [] )
					: []
		);
		return conditions.length === 0 ? [] : [ conditions.join( ', ' ) ];
	} );
}

const CONDITIONS: Readonly<
	Record< string, ( ( value: string ) => string ) | undefined >
> = {
	/* translators: %s: number */
	percent: ( value ) => sprintf( __( '%s percent', 'pearlbridge' ), value ),
	/* translators: %s: tax class of the shop */
	class: ( value ) => sprintf( __( 'class “%s”', 'pearlbridge' ), value ),
	/* translators: %s: country code */
	country: ( value ) => sprintf( __( 'country %s', 'pearlbridge' ), value ),
	/* translators: %s: code of a state */
	state: ( value ) => sprintf( __( 'state %s', 'pearlbridge' ), value ),
	/* translators: %s: name of a tax rate */
	label: ( value ) => sprintf( __( 'label “%s”', 'pearlbridge' ), value ),
};

function read( json: string ): Readonly< Record< string, unknown > > {
	try {
		return JSON.parse( json ) as Record< string, unknown >;
	} catch {
		return {};
	}
}
