/**
 * Countries by Brightpearl's own id and both ISO codes. Three ids are known (222 United
 * Kingdom, 73 France, 282 Costa Rica; resources reference, §2.1), the others are made up.
 */
import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' };

export interface Country {
	readonly id: number;
	readonly iso2: string;
	readonly iso3: string;
	readonly name: string;
}

const KNOWN: Readonly< Record< string, number > > = {
	GBR: 222,
	FRA: 73,
	CRI: 282,
};
const FIRST_INVENTED = 300;

const names = english.countries as Readonly<
	Record< string, string | string[] >
>;

const countries: readonly Country[] = (
	codes as [ string, string, ...string[] ][]
 ).map( ( [ iso2, iso3 ], index ) => {
	const name = names[ iso2 ] ?? iso2;
	return {
		id: KNOWN[ iso3 ] ?? FIRST_INVENTED + index,
		iso2,
		iso3,
		name: typeof name === 'string' ? name : ( name[ 0 ] ?? iso2 ),
	};
} );

const byId = new Map( countries.map( ( country ) => [ country.id, country ] ) );
const byIso2 = new Map( countries.map( ( entry ) => [ entry.iso2, entry ] ) );
const byIso3 = new Map( countries.map( ( entry ) => [ entry.iso3, entry ] ) );

export const countryById = ( id: number ): Country | undefined =>
	byId.get( id );

export const countryByIso3 = ( code: string ): Country | undefined =>
	byIso3.get( code.toUpperCase() );

/** Orders take either code, in any case (resources reference, §1.2). */
export const countryByAnyIso = ( code: string ): Country | undefined =>
	countryByIso3( code ) ?? byIso2.get( code.toUpperCase() );
