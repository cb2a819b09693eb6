/**
 * The shop's text as the value of a custom field of a certain type (resources reference, §1.9).
 */
import type {
	CustomFieldChange,
	CustomFieldDefinition,
} from '../../../brightpearl/api.ts';

const YES: ReadonlySet< string > = new Set( [ 'true', 'yes', 'y', 'on', '1' ] );
const NO: ReadonlySet< string > = new Set( [ 'false', 'no', 'n', 'off', '0' ] );

/** The value, or (a text) why it does not fit. */
export type Fitted =
	| { readonly ok: true; readonly value: CustomFieldChange }
	| { readonly ok: false; readonly why: string };

const fits = ( value: CustomFieldChange ): Fitted => ( { ok: true, value } );
const misfit = ( why: string ): Fitted => ( { ok: false, why } );

export function fieldValue(
	{ type, options }: CustomFieldDefinition,
	text: string
): Fitted {
	const plain = text.trim();
	if ( plain === '' ) {
		return fits( null );
	}
	switch ( type ) {
		case 'SELECT': {
			const option = options.find(
				( { value } ) =>
					value.trim().toLowerCase() === plain.toLowerCase()
			);
			return option === undefined
				? misfit( 'it is none of the choices' )
				: fits( { id: option.id } );
		}
		case 'INTEGER':
			return /^-?\d{1,15}$/.test( plain )
				? fits( Number( plain ) )
				: misfit( 'it is no whole number' );
		case 'BOOLEAN':
		case 'YES_NO':
			if ( YES.has( plain.toLowerCase() ) ) {
				return fits( true );
			}
			return NO.has( plain.toLowerCase() )
				? fits( false )
				: misfit( 'it is neither yes nor no' );
		case 'DATE':
			return isDate( plain )
				? fits( plain )
				: misfit( 'it is no date such as 2026-07-01' );
		default:
			return fits( text );
	}
}

/** A day of the calendar, with or without a time. */
function isDate( text: string ): boolean {
	const day = /^(\d{4}-\d{2}-\d{2})(T.+)?$/.exec( text )?.[ 1 ];
	const at = Date.parse( text );
	return (
		day !== undefined &&
		! Number.isNaN( at ) &&
		new Date( `${ day }T00:00:00Z` ).toISOString().startsWith( day )
	);
}
