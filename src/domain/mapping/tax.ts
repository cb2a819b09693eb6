/**
 * The readiness report's part on tax: which tax code each rate of the shop gets, and the rule that
 * would give it one.
 */
import type { Choices, MappingItem } from '../../contracts/answers.ts';
import type { Settings, TaxRule } from '../../contracts/settings.ts';
import { decimal, plain } from '../money.ts';
import { describeTaxed, taxCodeOf, type Taxed } from '../orders/rows/tax.ts';
import type { Draft } from './choices.ts';

type TaxCodes = NonNullable< Choices[ 'brightpearl' ] >[ 'taxCodes' ];

export const reportTax =
	( orders: Settings[ 'orders' ], taxCodes: TaxCodes ) =>
	(
		rate: NonNullable< Choices[ 'store' ] >[ 'taxRates' ][ number ]
	): Draft => {
		const taxed: Taxed = {
			percent: plain( decimal( rate.percent ) ),
			taxClass: rate.class === 'standard' ? '' : rate.class,
			labels: [ rate.label ],
			country: rate.country,
			state: rate.state,
		};
		const code = taxCodeOf( taxed, orders );
		const isKnown = taxCodes.some( ( one ) => one.code === code );
		const name = describeTaxed( taxed );
		return {
			store: rate.label === '' ? name : rate.label,
			name,
			code: isKnown
				? 'tax-mapped'
				: code === null
					? 'tax-unmapped'
					: 'tax-unknown',
			level: isKnown ? 'ok' : 'error',
			brightpearl: isKnown ? code : null,
			proposal: isKnown ? null : taxProposal( taxed, orders, taxCodes ),
			message: isKnown
				? `Rows with ${ name } get the tax code ${ code ?? '' }.`
				: code === null
					? `Orders with ${ name } would wait: no tax code is chosen for it.`
					: `Brightpearl has no tax code ${ code }, which rows with ${ name } would get.`,
		};
	};

/** The rules there are, and one more: more exactly where several codes have the rate. */
function taxProposal(
	taxed: Taxed,
	{ tax: rules }: Settings[ 'orders' ],
	taxCodes: TaxCodes
): MappingItem[ 'proposal' ] {
	const same = taxCodes.filter( ( { rate } ) =>
		decimal( rate ).eq( taxed.percent )
	);
	const [ first ] = same;
	if ( first === undefined ) {
		return null;
	}
	const guess =
		same.length === 1
			? first
			: same.find( ( { code } ) =>
					[ taxed.country, taxed.taxClass ].some(
						( word ) =>
							word !== '' &&
							code.toUpperCase().includes( word.toUpperCase() )
					)
				);
	const chosen = guess ?? first;
	const rule: TaxRule = {
		percent: taxed.percent,
		...( same.length > 1
			? {
					class: taxed.taxClass,
					...( taxed.country === ''
						? {}
						: { country: taxed.country } ),
				}
			: {} ),
		code: chosen.code,
	};
	return {
		key: 'orders.tax',
		value: JSON.stringify( [ ...rules, rule ] ),
		label: `${ chosen.code } (${ chosen.rate }%)`,
		why:
			same.length === 1
				? `It is the only tax code of ${ taxed.percent }%.`
				: `It is one of ${ same.length } tax codes of ${ taxed.percent }%${ guess === undefined ? '; look which one it should be' : ', and its name fits' }.`,
	};
}
