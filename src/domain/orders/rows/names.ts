/**
 * What rows are called, so that a picker in the warehouse reads what the customer chose.
 */
import type { StoreLine } from '../../../contracts/store.ts';
import { cutAtWord, singleLine, withoutTags } from '../text.ts';

/** Brightpearl names no limit for a row's name; this one keeps rows readable. */
const ROW_NAME_LIMIT = 255;

/** `Engraved Pen (Engraving: To Dad; Font style: Copperplate)` */
export function lineName( line: StoreLine ): string {
	const name = singleLine( line.name ) || line.sku || `Line ${ line.id }`;
	const said = line.variationId > 0 ? attributesIn( name ) : [];
	const details: string[] = [];
	for ( const meta of line.meta ) {
		const key = singleLine( withoutTags( meta.key ) );
		const value = singleLine( withoutTags( meta.value ) );
		// Each attribute in the name stands for one: `Size: M` is said, `Monogram: M` is not.
		const at = said.indexOf( value.toLowerCase() );
		if ( at >= 0 ) {
			said.splice( at, 1 );
		} else if ( value !== '' ) {
			details.push( key === '' ? value : `${ key }: ${ value }` );
		}
	}
	return shortened(
		details.length === 0 ? name : `${ name } (${ details.join( '; ' ) })`
	);
}

/** As the customer chose it, in words; '' where the shop names none. */
export function shippingTitle( line: { readonly name: string } ): string {
	return singleLine( withoutTags( line.name ) );
}

export function shippingName( line: { readonly name: string } ): string {
	const name = shippingTitle( line );
	return shortened( name === '' ? 'Shipping' : `Shipping: ${ name }` );
}

export function chargeName( charge: { readonly name: string } ): string {
	return shortened( singleLine( charge.name ) || 'Fee' );
}

/** Store credit pays for the order, a discount makes it cheaper. */
export function couponName( code: string, isCredit: boolean ): string {
	return chargeName( {
		name: `${ isCredit ? 'Store credit' : 'Discount' }: ${ code }`,
	} );
}

function shortened( text: string ): string {
	return text.length <= ROW_NAME_LIMIT
		? text
		: `${ cutAtWord( text, ROW_NAME_LIMIT - 1 ) }…`;
}

/** What a variation's name ends in: `Linen Shirt - M, Ecru` → `m`, `ecru`. */
function attributesIn( name: string ): string[] {
	const dash = name.lastIndexOf( ' - ' );
	return dash < 0
		? []
		: name
				.slice( dash + 3 )
				.split( ', ' )
				.map( ( word ) => word.toLowerCase() );
}
