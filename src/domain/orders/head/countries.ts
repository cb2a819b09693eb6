/**
 * ISO-3166: the shop speaks alpha-2, Brightpearl's postal addresses want alpha-3 (resources
 * reference, §2.1). Only the table of codes is imported, no language's names.
 */
import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };

const ALPHA_3: ReadonlyMap< string, string > = new Map(
	codes.map( ( [ alpha2, alpha3 ] ) => [ alpha2 ?? '', alpha3 ?? '' ] )
);

/** Null for a code that is no country's. */
export function alpha3Of( alpha2: string ): string | null {
	return ALPHA_3.get( alpha2.trim().toUpperCase() ) ?? null;
}
