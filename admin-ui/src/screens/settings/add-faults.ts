/** Why a line cannot be added to a table of the settings, in words; null = it can. Pure. */
import { __, sprintf } from '@wordpress/i18n';

export function takenFault( key: string, taken: boolean ): string | null {
	return taken
		? sprintf(
				/* translators: %s: what was typed, such as a status */
				__( '“%s” is in the table already', 'pearlbridge' ),
				key
			)
		: null;
}

/** As the settings take it (contracts/settings.ts). */
export function customFieldFault(
	code: string,
	taken: boolean
): string | null {
	return /^PCF_\w{1,40}$/.test( code )
		? takenFault( code, taken )
		: __(
				'type a code such as PCF_ORDERNO: PCF_, then letters, digits and underscores, without spaces',
				'pearlbridge'
			);
}

export function statusIdFault( id: string, taken: boolean ): string | null {
	return /^\d{1,10}$/.test( id )
		? takenFault( id, taken )
		: __(
				'type the number of a status in Brightpearl, such as 4',
				'pearlbridge'
			);
}
