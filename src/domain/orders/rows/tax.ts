/**
 * Which Brightpearl tax code a row gets: `orders.tax`, first match wins (the command line's
 * contract, §2). Rate ids are never looked at, shops re-create them.
 */
import type { Settings, TaxRule } from '../../../contracts/settings.ts';
import type { StoreOrder, StoreTaxRate } from '../../../contracts/store.ts';
import { decimal, plain, sum } from '../../money.ts';

/** What a rule's conditions are held against. */
export interface Taxed {
	/** Sum of the row's rates, `0` when it has none. */
	readonly percent: string;
	/** `` = standard */
	readonly taxClass: string;
	readonly labels: readonly string[];
	readonly country: string;
	readonly state: string;
}

export interface TaxPlace {
	readonly country: string;
	readonly state: string;
}

/** The shipping address, else billing: never the country of one with the state of the other. */
export function taxPlaceOf(
	order: Pick< StoreOrder, 'billing' | 'shipping' >
): TaxPlace {
	const { country, state } =
		order.shipping.country.trim() === '' ? order.billing : order.shipping;
	return { country: country.trim(), state: state.trim() };
}

export function taxedOf(
	row: { readonly taxClass: string; readonly rates: readonly StoreTaxRate[] },
	place: TaxPlace
): Taxed {
	return {
		percent: plain(
			sum( row.rates.map( ( { percent } ) => decimal( percent ) ) )
		),
		taxClass: standardIsEmpty( row.taxClass ),
		labels: row.rates.map( ( { label } ) => label ),
		...place,
	};
}

/** Null when no rule matches and there is no default. */
export function taxCodeOf(
	taxed: Taxed,
	{ tax, taxDefault }: Pick< Settings[ 'orders' ], 'tax' | 'taxDefault' >
): string | null {
	return tax.find( ( rule ) => matches( rule, taxed ) )?.code ?? taxDefault;
}

function matches( rule: TaxRule, taxed: Taxed ): boolean {
	return (
		( rule.percent === undefined ||
			decimal( rule.percent ).eq( taxed.percent ) ) &&
		( rule.class === undefined ||
			standardIsEmpty( rule.class ) === taxed.taxClass ) &&
		( rule.country === undefined ||
			sameCode( rule.country, taxed.country ) ) &&
		( rule.state === undefined || sameCode( rule.state, taxed.state ) ) &&
		( rule.label === undefined || taxed.labels.includes( rule.label ) )
	);
}

function standardIsEmpty( taxClass: string ): string {
	return taxClass === 'standard' ? '' : taxClass;
}

function sameCode( a: string, b: string ): boolean {
	return a.trim().toUpperCase() === b.trim().toUpperCase();
}

/** `20% standard rate in GB`, for a person. */
export function describeTaxed( taxed: Taxed ): string {
	const place = [ taxed.country, taxed.state ].filter( Boolean ).join( '/' );
	const named =
		taxed.taxClass === ''
			? 'standard class'
			: `class "${ taxed.taxClass }"`;
	return `${ taxed.percent }%, ${ named }${ place === '' ? '' : `, ${ place }` }`;
}

/** The rule that would match, its code left to the person. */
export function taxRuleFor( taxed: Taxed ): string {
	return JSON.stringify( {
		percent: taxed.percent,
		...( taxed.taxClass === '' ? {} : { class: taxed.taxClass } ),
		...( taxed.country === '' ? {} : { country: taxed.country } ),
		code: '…',
	} );
}
