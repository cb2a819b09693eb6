/**
 * Tax rates and how they fall on an amount (WooCommerce's `WC_Tax`).
 */
import { Decimal, ZERO, sum } from './decimal.ts';
import type { TaxRate } from './model.ts';

type RateRow = readonly [
	country: string,
	state: string,
	rate: string,
	name: string,
	taxClass: string,
	priority?: number,
	compound?: boolean,
	shipping?: boolean,
];

/** The rates of the recorded shops, all in one table. */
const RATES: readonly RateRow[] = [
	[ 'GB', '', '20.0000', 'VAT', '' ],
	[ 'GB', '', '5.0000', 'VAT reduced', 'reduced-rate' ],
	[ 'GB', '', '0.0000', 'VAT zero', 'zero-rate' ],
	[ 'DE', '', '19.0000', 'MwSt.', '' ],
	[ 'DE', '', '7.0000', 'MwSt. erm.', 'reduced-rate' ],
	[ 'DE', '', '0.0000', 'Null', 'zero-rate' ],
	[ 'FR', '', '20.0000', 'TVA', '' ],
	[ 'FR', '', '5.5000', 'TVA réduite', 'reduced-rate' ],
	[ 'IE', '', '23.0000', 'VAT', '' ],
	[ 'IE', '', '13.5000', 'VAT red.', 'reduced-rate' ],
	[ 'ES', '', '21.0000', 'IVA', '' ],
	[ 'ES', 'TF', '7.0000', 'IGIC', '' ],
	[ 'ES', 'GC', '7.0000', 'IGIC', '' ],
	[ 'US', 'NY', '8.8750', 'NY Sales Tax', '' ],
	[ 'US', 'CA', '7.2500', 'CA State', '', 1, false, false ],
	[ 'US', 'CA', '2.2500', 'LA County', '', 2, false, false ],
	[ 'CA', '', '5.0000', 'GST', '' ],
	[ 'CA', 'QC', '9.9750', 'QST', '', 2 ],
	[ 'CA', 'PE', '10.0000', 'PST', '', 2, true ],
	[ 'JP', '', '10.0000', '消費税', '' ],
	[ 'JP', '', '8.0000', '軽減税率', 'reduced-rate' ],
	[ 'KW', '', '5.0000', 'VAT', '' ],
	[ 'BR', 'SP', '18.0000', 'ICMS SP', '' ],
	[ 'BR', 'RJ', '20.0000', 'ICMS RJ', '' ],
	[ 'IN', 'MH', '9.0000', 'CGST', '' ],
	[ 'IN', 'MH', '9.0000', 'SGST', '', 2 ],
	[ 'IN', 'KA', '18.0000', 'IGST', '' ],
];

/** New ids each time: shops re-create their rates, and ids must never be matched. */
export function makeRates( nextId: () => number ): TaxRate[] {
	return RATES.map(
		( [
			country,
			state,
			rate,
			name,
			taxClass,
			priority = 1,
			compound = false,
			shipping = true,
		] ) => ( {
			id: nextId(),
			country,
			state,
			rate,
			name,
			priority,
			compound,
			shipping,
			class: taxClass,
		} )
	);
}

/** One rate for each priority; a rate of the state goes before one of the whole country. */
export function ratesFor(
	rates: readonly TaxRate[],
	place: { readonly country: string; readonly state: string },
	taxClass: string
): TaxRate[] {
	const byPriority = new Map< number, TaxRate >();
	for ( const rate of rates ) {
		if (
			rate.country !== place.country ||
			rate.class !== taxClass ||
			( rate.state !== '' && rate.state !== place.state )
		) {
			continue;
		}
		const taken = byPriority.get( rate.priority );
		if ( ! taken || ( taken.state === '' && rate.state !== '' ) ) {
			byPriority.set( rate.priority, rate );
		}
	}
	return [ ...byPriority.values() ].sort(
		( a, b ) => a.priority - b.priority
	);
}

export function rateCode( rate: TaxRate ): string {
	return [ rate.country, rate.state, rate.name, rate.priority ]
		.filter( ( part ) => part !== '' )
		.join( '-' )
		.toUpperCase();
}

/** Unrounded tax of each rate on a net amount; compound rates also tax the tax. */
export function taxesOn(
	net: Decimal,
	rates: readonly TaxRate[]
): { rate: TaxRate; amount: Decimal }[] {
	const plain = rates
		.filter( ( rate ) => ! rate.compound )
		.map( ( rate ) => ( {
			rate,
			amount: net.times( rate.rate ).div( 100 ),
		} ) );
	const result = [ ...plain ];
	let before = sum( plain.map( ( { amount } ) => amount ) );
	for ( const rate of rates.filter( ( { compound } ) => compound ) ) {
		const amount = net.plus( before ).times( rate.rate ).div( 100 );
		before = before.plus( amount );
		result.push( { rate, amount } );
	}
	return result;
}

/** The net amount inside a gross one. */
export function netOf( gross: Decimal, rates: readonly TaxRate[] ): Decimal {
	const one = new Decimal( 1 );
	const withTax = sum(
		taxesOn( one, rates ).map( ( { amount } ) => amount )
	).plus( one );
	return withTax.eq( ZERO ) ? gross : gross.div( withTax );
}
