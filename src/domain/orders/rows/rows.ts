/**
 * The rows of the sales order: the shop's lines, shipping, fees and, if the settings say so,
 * coupons, each with the value that `amounts.ts` settled (resources reference, §5.2).
 */
import type { PushedRow } from '../../../contracts/database.ts';
import type { ProblemDraft } from '../../../contracts/problem.ts';
import type { StoreCharge, StoreTaxRate } from '../../../contracts/store.ts';
import {
	decimal,
	money,
	plain,
	roundTo,
	ZERO,
	type Decimal,
} from '../../money.ts';
import { mismatchOf, type Amount, type Settled } from './amounts.ts';
import { chargeName, couponName, lineName, shippingName } from './names.ts';
import { productsOf } from './products.ts';
import {
	codesOf,
	discountedCode,
	leadingCode,
	type TaxedRow,
} from './row-codes.ts';
import { taxCodeOf, taxedOf, taxPlaceOf } from './tax.ts';
import type { PlanInput, PlannedRow } from '../types.ts';

/** Quantities have at most four decimals (resources reference, §1.2). */
const QUANTITY_DECIMALS = 4;

/** As what is no sale is taxed. */
const UNTAXED = { taxClass: '', rates: [] as readonly StoreTaxRate[] };

/** A row before its value: what it is and how it is taxed. */
interface Draft extends TaxedRow {
	readonly productId: number | null;
	readonly name: string;
	readonly quantity: string;
	readonly nominalCode: string | null;
}

export interface Rows {
	readonly rows: readonly PlannedRow[];
	readonly problems: readonly ProblemDraft[];
}

/**
 * @param input    What was read.
 * @param settled  What each row is worth.
 * @param decimals Of the rows' values.
 * @param agreed   Rows that the shop has not edited since they were agreed on, by reference: they
 *                 keep what they are, whatever became of the settings and the products.
 */
export function planRows(
	input: PlanInput,
	settled: Settled,
	decimals: number,
	agreed: ReadonlyMap< string, PushedRow > = new Map()
): Rows {
	const { drafts, problems } = draftRows( input, settled, agreed );
	const amounts = new Map(
		settled.amounts.map( ( amount ) => [ amount.ref, amount ] )
	);
	const kept = drafts.filter(
		( { ref } ) =>
			ref.startsWith( 'line-' ) || ! isNothing( amounts.get( ref ) )
	);
	const tax = codesOf( kept, input );
	const leading = leadingCode( kept, tax.codes, amounts );
	const discounted = discountedCode( input, tax.codes ) ?? leading;

	const rows = kept.map( ( draft ) =>
		toRow(
			draft,
			tax.codes.get( draft.ref ) ?? discounted,
			amounts.get( draft.ref ),
			decimals
		)
	);
	if ( settled.rounding !== null ) {
		const draft = roundingDraft( input, settled, decimals, agreed );
		rows.push(
			toRow(
				draft,
				draft.agreedCode ??
					roundingCode( input, settled.rounding.tax, leading ),
				{ ref: 'rounding', ...settled.rounding },
				decimals
			)
		);
	}
	return { rows, problems: [ ...problems, ...tax.problems ] };
}

function isNothing( amount: Amount | undefined ): boolean {
	return amount === undefined || ( amount.net.eq( 0 ) && amount.tax.eq( 0 ) );
}

function toRow(
	draft: Draft,
	taxCode: string,
	amount: Amount | undefined,
	decimals: number
): PlannedRow {
	return {
		externalRef: draft.ref,
		productId: draft.productId,
		name: draft.name,
		quantity: draft.quantity,
		taxCode,
		net: money( amount?.net ?? ZERO, decimals ),
		tax: money( amount?.tax ?? ZERO, decimals ),
		nominalCode: draft.nominalCode,
	};
}

function draftRows(
	input: PlanInput,
	settled: Settled,
	agreed: ReadonlyMap< string, PushedRow >
): {
	drafts: readonly Draft[];
	problems: readonly ProblemDraft[];
} {
	const { order, settings, account } = input;
	const { nominal } = settings.orders;
	const place = taxPlaceOf( order );
	const found = productsOf( input, agreed );
	const charge = (
		kind: 'ship' | 'fee',
		item: StoreCharge,
		name: string,
		nominalCode: string | null
	): Draft => ( {
		ref: `${ kind }-${ item.id }`,
		productId: null,
		name,
		quantity: '1',
		nominalCode,
		taxed: taxedOf( item, place ),
		agreedCode: null,
	} );
	const drafts = [
		...order.lines.map( ( line ): Draft => ( {
			ref: `line-${ line.id }`,
			productId: found.products.get( line.id ) ?? null,
			name: lineName( line ),
			quantity: plain(
				roundTo( decimal( line.quantity ), QUANTITY_DECIMALS )
			),
			// Left out, Brightpearl takes the contact's, the product's or the account's own.
			nominalCode: nominal.sales ?? null,
			taxed: taxedOf( line, place ),
			agreedCode: null,
		} ) ),
		...order.shippingLines.map( ( line ) =>
			charge(
				'ship',
				line,
				shippingName( line ),
				nominal.shipping ?? account.nominal.shipping
			)
		),
		...order.fees.map( ( fee ) =>
			charge( 'fee', fee, chargeName( fee ), feeNominal( fee, input ) )
		),
		// Those that are in the lines already have no value of their own, and no row.
		...order.coupons.map( ( { id, code } ): Draft => {
			const ref = `coupon-${ id }`;
			const isCredit = settled.credits.includes( ref );
			const discount = nominal.discount ?? account.nominal.discount;
			return {
				ref,
				productId: null,
				name: couponName( code, isCredit ),
				quantity: '1',
				nominalCode: isCredit
					? ( nominal.giftCard ?? discount )
					: discount,
				taxed: isCredit ? taxedOf( UNTAXED, place ) : null,
				agreedCode: null,
			};
		} ),
	];
	return {
		drafts: drafts.map( ( draft ) => asAgreed( draft, agreed ) ),
		problems: found.problems,
	};
}

function asAgreed(
	draft: Draft,
	agreed: ReadonlyMap< string, PushedRow >
): Draft {
	const before = agreed.get( draft.ref );
	return before === undefined
		? draft
		: {
				...draft,
				productId: before.productId,
				name: before.name,
				nominalCode: before.nominalCode,
				agreedCode: before.taxCode,
			};
}

/**
 * Gift cards come as negative fees that whoever made them meant to be untaxed: tax status
 * `none`, or class `0` where they were added to the cart so.
 */
function feeNominal(
	fee: StoreCharge,
	{ settings }: PlanInput
): string | null {
	const { giftCard, fee: usual } = settings.orders.nominal;
	const isGiftCard =
		decimal( fee.total ).lt( 0 ) &&
		( fee.taxStatus === 'none' || fee.taxClass === '0' );
	return ( isGiftCard ? giftCard : undefined ) ?? usual ?? null;
}

function roundingDraft(
	{ settings, account }: PlanInput,
	settled: Settled,
	decimals: number,
	agreed: ReadonlyMap< string, PushedRow >
): Draft {
	const isMore = mismatchOf( settled, settings.orders, decimals ) !== 'none';
	return asAgreed(
		{
			ref: 'rounding',
			productId: null,
			name: isMore ? "Difference to the shop's total" : 'Rounding',
			quantity: '1',
			nominalCode:
				settings.orders.nominal.rounding ?? account.nominal.rounding,
			taxed: null,
			agreedCode: null,
		},
		agreed
	);
}

/** That of a row without rates; with tax in it, or without such a rule, the order's leading one. */
function roundingCode(
	{ order, settings, account }: PlanInput,
	tax: Decimal,
	leading: string
): string {
	const code = taxCodeOf(
		taxedOf( UNTAXED, taxPlaceOf( order ) ),
		settings.orders
	);
	return tax.eq( 0 ) && code !== null && account.taxCodes.includes( code )
		? code
		: leading;
}
