/**
 * Tax codes for all rows of an order, those of our own making included.
 */
import type { ProblemDraft } from '../../../contracts/problem.ts';
import { decimal, ZERO, type Decimal } from '../../money.ts';
import { taxUnmapped } from '../../problems.ts';
import type { Amount } from './amounts.ts';
import { describeTaxed, taxCodeOf, taxRuleFor, type Taxed } from './tax.ts';
import type { PlanInput } from '../types.ts';

export interface TaxedRow {
	/** The row's external reference. */
	readonly ref: string;
	/** Null = coupons, which follow the lines they were taken off. */
	readonly taxed: Taxed | null;
	/** Of a row that was agreed on before: no rule is asked again. */
	readonly agreedCode: string | null;
}

/** A tax code for every row that is taxed, by the row's reference. */
export function codesOf(
	drafts: readonly TaxedRow[],
	{ settings, account }: PlanInput
): { codes: ReadonlyMap< string, string >; problems: readonly ProblemDraft[] } {
	const codes = new Map< string, string >();
	const unmatched = new Map< string, string >();
	const unknown = new Set< string >();
	for ( const { ref, taxed, agreedCode } of drafts ) {
		if ( agreedCode !== null ) {
			codes.set( ref, agreedCode );
			continue;
		}
		if ( taxed === null ) {
			continue;
		}
		const code = taxCodeOf( taxed, settings.orders );
		if ( code === null ) {
			unmatched.set( describeTaxed( taxed ), taxRuleFor( taxed ) );
			continue;
		}
		codes.set( ref, code );
		if ( ! account.taxCodes.includes( code ) ) {
			unknown.add( code );
		}
	}
	const problems =
		unmatched.size + unknown.size > 0
			? [
					taxUnmapped(
						[ ...unmatched ].map( ( [ what, rule ] ) => ( {
							what,
							rule,
						} ) ),
						[ ...unknown ],
						account.taxCodes
					),
				]
			: [];
	return { codes, problems };
}

/** The code of the row with the most tax, or value where none is taxed: for rows of our own. */
export function leadingCode(
	drafts: readonly TaxedRow[],
	codes: ReadonlyMap< string, string >,
	amounts: ReadonlyMap< string, Amount >
): string {
	const values = drafts.map( ( { ref } ) => ( {
		code: codes.get( ref ),
		net: amounts.get( ref )?.net ?? ZERO,
		tax: amounts.get( ref )?.tax ?? ZERO,
	} ) );
	const isTaxed = values.some( ( { tax } ) => ! tax.eq( 0 ) );
	return heaviest(
		values.map( ( { code, net, tax } ) => ( {
			code,
			weight: ( isTaxed ? tax : net ).abs(),
		} ) )
	);
}

/**
 * A coupon takes its discount off lines of several codes; its row has one: the code under which
 * the most tax was taken off (a row with tax in it must not have a code for untaxed goods), or
 * the most value where no tax was.
 */
export function discountedCode(
	{ order }: PlanInput,
	codes: ReadonlyMap< string, string >
): string | null {
	const off = order.lines.flatMap( ( line ) => {
		const code = codes.get( `line-${ line.id }` );
		return code === undefined
			? []
			: [
					{
						code,
						net: decimal( line.subtotal ).minus( line.total ),
						tax: decimal( line.subtotalTax ).minus( line.totalTax ),
					},
				];
	} );
	const isTaxed = off.some( ( { tax } ) => ! tax.eq( 0 ) );
	const weights = new Map< string, Decimal >();
	for ( const { code, net, tax } of off ) {
		const weight = isTaxed ? tax : net;
		weights.set( code, ( weights.get( code ) ?? ZERO ).plus( weight ) );
	}
	return (
		heaviest(
			[ ...weights ].map( ( [ code, weight ] ) => ( { code, weight } ) )
		) || null
	);
}

/** The first of the heaviest codes; empty when there is none (the order is held then). */
function heaviest(
	entries: readonly {
		readonly code: string | undefined;
		readonly weight: Decimal;
	}[]
): string {
	let best: { code: string; weight: Decimal } | null = null;
	for ( const { code, weight } of entries ) {
		if (
			code !== undefined &&
			( best === null || weight.gt( best.weight ) )
		) {
			best = { code, weight };
		}
	}
	return best?.code ?? '';
}
