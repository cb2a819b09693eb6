/**
 * Marks: short digests of what one side says of a row or a part of the order, so that a later
 * edit is seen without keeping what was said. Of addresses nothing else is kept.
 *
 * Left out of a row's mark is what changes by itself afterwards: stock taken off, meta that
 * plugins add, and product and SKU, which both vanish when the product is deleted. Amounts
 * count at two decimals, because the shop prints as many as it is set to show.
 */
import { createHash } from 'node:crypto';
import type { Pushed } from '../../../contracts/database.ts';
import type {
	StoreCharge,
	StoreLine,
	StoreOrder,
	StoreTaxRate,
} from '../../../contracts/store.ts';
import { decimal, money, MOST_DECIMALS, plain, sum } from '../../money.ts';
import { partiesOf } from '../head/contact.ts';
import type { FoundAddress, FoundOrder } from '../found.ts';
import type { Address } from '../types.ts';

export type PartName = keyof Pushed[ 'parts' ];
export type PartMarks = Readonly< Record< PartName, string > >;

/** Of a row that the shop has no facts for: what cannot be reached is put there. */
const ROUNDING_MARK = 'rounding';

/** Of 64; two texts of one order never share it. */
const DIGEST_LENGTH = 24;

function digest( facts: unknown ): string {
	return createHash( 'sha256' )
		.update( JSON.stringify( facts ) )
		.digest( 'hex' )
		.slice( 0, DIGEST_LENGTH );
}

/** At two decimals, however many the shop shows. */
export function amountFact( text: string ): string {
	return money( decimal( text ), MOST_DECIMALS );
}

export function percentFact( rates: readonly StoreTaxRate[] ): string {
	return plain( sum( rates.map( ( rate ) => decimal( rate.percent ) ) ) );
}

export function lineFacts( line: StoreLine ): readonly unknown[] {
	return [
		line.id,
		line.name,
		plain( decimal( line.quantity ) ),
		line.taxClass,
		percentFact( line.rates ),
		amountFact( line.subtotal ),
		amountFact( line.subtotalTax ),
		amountFact( line.total ),
		amountFact( line.totalTax ),
	];
}

function chargeFacts( charge: StoreCharge ): readonly unknown[] {
	return [
		charge.id,
		charge.name,
		percentFact( charge.rates ),
		amountFact( charge.total ),
		amountFact( charge.totalTax ),
	];
}

/** The mark of everything that may be a row, by the row's reference. */
export function rowMarks( order: StoreOrder ): ReadonlyMap< string, string > {
	return new Map( [
		...order.lines.map( ( line ): [ string, string ] => [
			`line-${ line.id }`,
			digest( lineFacts( line ) ),
		] ),
		...order.shippingLines.map( ( line ): [ string, string ] => [
			`ship-${ line.id }`,
			digest( chargeFacts( line ) ),
		] ),
		...order.fees.map( ( fee ): [ string, string ] => [
			`fee-${ fee.id }`,
			digest( chargeFacts( fee ) ),
		] ),
		...order.coupons.map(
			( { id, code, discount } ): [ string, string ] => [
				`coupon-${ id }`,
				digest( [ id, code, amountFact( discount ) ] ),
			]
		),
	] );
}

/** @param marks Of the order, see `rowMarks`. */
export function markOfRow(
	marks: ReadonlyMap< string, string >,
	ref: string
): string {
	return marks.get( ref ) ?? ROUNDING_MARK;
}

export function markOfAddress( address: Address ): string {
	return digest( [
		address.fullName,
		address.company,
		address.line1,
		address.line2,
		address.city,
		address.state,
		address.postcode,
		address.country,
		address.phone,
		address.email,
	] );
}

/** What the shop says of the order's parts; settings have no share in it. */
export function partMarks( order: StoreOrder ): PartMarks {
	const { billing, delivery } = partiesOf( order );
	const [ shipping ] = order.shippingLines;
	return {
		reference: digest( order.number ),
		billing: markOfAddress( billing ),
		delivery: markOfAddress( delivery ),
		shippingMethod: digest(
			shipping === undefined
				? null
				: [ shipping.methodId, shipping.instanceId ]
		),
	};
}

/** How Brightpearl shows the same parts. */
export function foundMarks( found: FoundOrder ): PartMarks {
	const { customer, billing, delivery } = found.addresses;
	return {
		reference: digest( found.reference ?? '' ),
		billing: digest( [
			addressFacts( customer ),
			addressFacts( billing ),
		] ),
		delivery: digest( addressFacts( delivery ) ),
		shippingMethod: digest( found.shippingMethodId ?? 0 ),
	};
}

/** Field by field in our own order; nothing and an empty text are the same. */
export function addressFacts(
	address: FoundAddress | null
): readonly string[] {
	return [
		address?.fullName,
		address?.company,
		address?.line1,
		address?.line2,
		address?.line3,
		address?.line4,
		address?.postalCode,
		address?.countryIso3,
		address?.telephone,
		address?.email,
	].map( ( text ) => ( text ?? '' ).trim() );
}
