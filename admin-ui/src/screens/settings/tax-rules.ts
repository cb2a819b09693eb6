/**
 * The ordered rules of `orders.tax`, and rules that could be added: the shop's tax rates, beside
 * the Brightpearl tax codes of the same percentage. Which of several codes is right is known only
 * to the person, so nothing is ever added unasked.
 */
import type { Choices } from '../../../../src/contracts/answers.ts';
import type { TaxRule } from '../../../../src/contracts/settings.ts';

export type ShopRate = NonNullable<
	Choices[ 'store' ]
>[ 'taxRates' ][ number ];
export type TaxCode = NonNullable<
	Choices[ 'brightpearl' ]
>[ 'taxCodes' ][ number ];

export interface TaxSuggestion {
	/** All but the code. */
	readonly rule: Omit< TaxRule, 'code' >;
	/** The likeliest first. */
	readonly codes: readonly string[];
	/** The shop's rates it would settle. */
	readonly rates: readonly ShopRate[];
}

export interface TaxSuggestions {
	readonly suggestions: readonly TaxSuggestion[];
	/** Rates for which Brightpearl has no code of the same percentage. */
	readonly without: readonly ShopRate[];
}

/** `20.00`, `020` and `20` are the same rate; compared as text, digit by digit. */
export function plainPercent( percent: string ): string {
	const [ whole = '0', fraction = '' ] = percent.trim().split( '.' );
	const digits = whole.replace( /^0+(?=\d)/, '' );
	const rest = fraction.replace( /0+$/, '' );
	return rest === '' ? digits : `${ digits }.${ rest }`;
}

const same = ( a: string, b: string ): boolean =>
	a.trim().toUpperCase() === b.trim().toUpperCase();
const standardIsEmpty = ( name: string ): string =>
	name === 'standard' ? '' : name;

/** As the service matches a line that has this one rate. */
export function fits( rule: Omit< TaxRule, 'code' >, rate: ShopRate ): boolean {
	return (
		( rule.percent === undefined ||
			plainPercent( rule.percent ) === plainPercent( rate.percent ) ) &&
		( rule.class === undefined ||
			standardIsEmpty( rule.class ) === standardIsEmpty( rate.class ) ) &&
		( rule.country === undefined || same( rule.country, rate.country ) ) &&
		( rule.state === undefined || same( rule.state, rate.state ) ) &&
		( rule.label === undefined || rule.label === rate.label )
	);
}

export function suggestTaxRules(
	rates: readonly ShopRate[],
	codes: readonly TaxCode[],
	rules: readonly TaxRule[]
): TaxSuggestions {
	const countries = new Set(
		rates.map( ( { country } ) => country.toUpperCase() ).filter( Boolean )
	);
	const placeOf = ( code: string ): string => {
		const place = code.slice( 0, 2 ).toUpperCase();
		return countries.has( place ) ? place : '';
	};
	const codesFor = ( percent: string ): string[] =>
		codes
			.filter( ( { rate } ) => plainPercent( rate ) === percent )
			.map( ( { code } ) => code );
	const ownCodes = ( { percent, country }: ShopRate ): string[] =>
		codesFor( plainPercent( percent ) ).filter(
			( code ) =>
				country !== '' && placeOf( code ) === country.toUpperCase()
		);
	const isSettled = ( rate: ShopRate ): boolean => {
		const rule = rules.find( ( one ) => fits( one, rate ) );
		if ( rule === undefined ) {
			return false;
		}
		// A rule for everywhere may hide that this country has a code of its own.
		const better = ownCodes( rate );
		return (
			rule.country !== undefined ||
			better.length === 0 ||
			better.includes( rule.code )
		);
	};
	const exact: TaxSuggestion[] = [];
	const wide: TaxSuggestion[] = [];
	const without: ShopRate[] = [];
	for ( const [ percent, group ] of groupBy(
		rates.filter( ( rate ) => ! isSettled( rate ) ),
		( rate ) => plainPercent( rate.percent )
	) ) {
		const all = codesFor( percent );
		const elsewhere: ShopRate[] = [];
		for ( const [ country, inCountry ] of groupBy( group, ( rate ) =>
			rate.country.toUpperCase()
		) ) {
			const mine = all.filter(
				( code ) => country !== '' && placeOf( code ) === country
			);
			if ( mine.length > 0 ) {
				exact.push( {
					rule: { percent, country },
					codes: [
						...mine,
						...all.filter( ( code ) => placeOf( code ) === '' ),
					],
					rates: inCountry,
				} );
			} else {
				elsewhere.push( ...inCountry );
			}
		}
		const neutral = all.filter( ( code ) => placeOf( code ) === '' );
		if ( neutral.length === 0 ) {
			without.push( ...elsewhere );
		} else if ( elsewhere.length > 0 ) {
			wide.push( {
				rule: { percent },
				codes: neutral,
				rates: elsewhere,
			} );
		}
	}
	return { suggestions: [ ...exact, ...wide ], without };
}

/** There are rules for its rates already; the suggested one only knows better. */
export function isCovered(
	{ rates }: TaxSuggestion,
	rules: readonly TaxRule[]
): boolean {
	return rates.every( ( rate ) =>
		rules.some( ( rule ) => fits( rule, rate ) )
	);
}

/** Before the first rule that would take its rates away, else at the end. */
export function withSuggestion(
	rules: readonly TaxRule[],
	{ rule, rates }: TaxSuggestion,
	code: string
): TaxRule[] {
	const shadow = rules.findIndex( ( one ) =>
		rates.some( ( rate ) => fits( one, rate ) )
	);
	const at = shadow === -1 ? rules.length : shadow;
	return [ ...rules.slice( 0, at ), { ...rule, code }, ...rules.slice( at ) ];
}

/** Moves one by `step` places; the same list where there is no such place. */
export function moved< T >(
	list: readonly T[],
	index: number,
	step: number
): readonly T[] {
	const to = index + step;
	const item = list[ index ];
	if ( item === undefined || to < 0 || to >= list.length ) {
		return list;
	}
	const rest = list.filter( ( _, at ) => at !== index );
	return [ ...rest.slice( 0, to ), item, ...rest.slice( to ) ];
}

function groupBy< T >(
	items: readonly T[],
	keyOf: ( item: T ) => string
): Map< string, T[] > {
	const groups = new Map< string, T[] >();
	for ( const item of items ) {
		const key = keyOf( item );
		groups.set( key, [ ...( groups.get( key ) ?? [] ), item ] );
	}
	return groups;
}
