/**
 * The words of the problems that planning finds. Each names the order's part concerned, the
 * likely cause and the next step; one problem tells everything of its kind at once.
 */
import type { ProblemDraft } from '../contracts/problem.ts';
import { listed } from './orders/text.ts';

const RETRY = 'then retry the order';

export function currencyUnknown(
	currency: string,
	known: readonly string[]
): ProblemDraft {
	return {
		code: 'currency-unknown',
		message: `The order is in ${ currency }, a currency that the Brightpearl account does not have.`,
		cause:
			known.length > 0
				? `The account knows ${ listed( [ ...known ].sort() ) }.`
				: 'The account lists no currency at all.',
		fix: `Add ${ currency } to Brightpearl's currencies, ${ RETRY }.`,
		field: 'currency',
	};
}

export function currencyPrecision(
	total: string,
	currency: string
): ProblemDraft {
	return {
		code: 'currency-precision',
		message: `The total ${ total } ${ currency } needs more than two decimals, and Brightpearl's totals have two.`,
		cause: "The currency's smallest coin, or the shop's number of decimals, is finer than a hundredth.",
		fix: 'Enter this order in Brightpearl by hand and ignore it here; for later orders set the number of decimals in the shop (WooCommerce → Settings → General) to 2.',
		field: 'total',
	};
}

export function totalMismatch(
	order: { readonly total: string; readonly currency: string },
	lines: string,
	limit: string
): ProblemDraft {
	return {
		code: 'total-mismatch',
		message: `The order's lines, shipping and fees add up to ${ lines } ${ order.currency }, but its total is ${ order.total }.`,
		cause: "Something changed the order's total without recalculating it: an import, a plugin or an edit by hand.",
		fix: `Recalculate the order in the shop; or, if the difference is right, raise orders.roundingLimit (now ${ limit }), or set orders.totalMismatch to "row" to book such differences as a row of their own; ${ RETRY }.`,
		field: 'orders.roundingLimit',
	};
}

/** A line of the order as a person finds it. */
export interface NamedLine {
	readonly name: string;
	readonly sku: string;
}

export function skuUnknown( lines: readonly NamedLine[] ): ProblemDraft {
	const unknown = lines.filter( ( { sku } ) => sku !== '' );
	const empty = lines.filter( ( { sku } ) => sku === '' );
	const said = [
		...( unknown.length > 0
			? [
					`Brightpearl has no product with ${ listed(
						unknown.map(
							( { name, sku } ) =>
								`SKU "${ sku }" (line "${ name }")`
						)
					) }`,
				]
			: [] ),
		...( empty.length > 0
			? [
					`${ unknown.length > 0 ? 'there' : 'There' } is no SKU on ${
						empty.length > 1 ? 'the lines' : 'the line'
					} ${ listed( empty.map( ( { name } ) => `"${ name }"` ) ) }`,
				]
			: [] ),
	];
	return {
		code: 'sku-unknown',
		message: `${ said.join( '; ' ) }.`,
		cause:
			unknown.length > 0
				? 'The SKU is spelled differently in the two systems (capitals and spaces count), or the product is not in Brightpearl yet.'
				: 'The line was typed in by hand, its product was deleted, or the product never had a SKU.',
		fix: `Give the product the same SKU on both sides, or say with orders.missingSku what such lines become ("text-row" or {"productId": …}), ${ RETRY }.`,
		field: 'orders.missingSku',
	};
}

export function skuDuplicate(
	skus: readonly {
		readonly sku: string;
		readonly productIds: readonly number[];
	}[]
): ProblemDraft {
	return {
		code: 'sku-duplicate',
		message: `Brightpearl has several products with ${ listed(
			skus.map(
				( { sku, productIds } ) =>
					`SKU "${ sku }" (products ${ listed( productIds.map( String ) ) })`
			)
		) }.`,
		cause: 'A product was copied in Brightpearl, or made again, and kept its SKU.',
		fix: `Give all but one of them another SKU in Brightpearl, ${ RETRY }.`,
		field: 'sku',
	};
}

export function taxUnmapped(
	unmatched: readonly { readonly what: string; readonly rule: string }[],
	unknownCodes: readonly string[],
	known: readonly string[]
): ProblemDraft {
	const said = [
		...( unmatched.length > 0
			? [
					`No rule of orders.tax matches ${ unmatched
						.map( ( { what } ) => `(${ what })` )
						.join( ' and ' ) }`,
				]
			: [] ),
		...( unknownCodes.length > 0
			? [
					`Brightpearl has no tax code ${ listed(
						unknownCodes.map( ( code ) => `"${ code }"` )
					) }`,
				]
			: [] ),
	];
	const fixes = [
		...( unmatched.length > 0
			? [
					`add to orders.tax ${ listed(
						unmatched.map( ( { rule } ) => rule )
					) } with the code for "…", or set orders.taxDefault`,
				]
			: [] ),
		...( unknownCodes.length > 0
			? [
					`use codes the account has (${ listed( known ) || 'it lists none' })`,
				]
			: [] ),
	];
	const fix = fixes.join( '; ' );
	return {
		code: 'tax-unmapped',
		message: `${ said.join( '; ' ) }.`,
		cause:
			unmatched.length > 0
				? 'The shop sells at a rate, in a class or to a country that no rule speaks of.'
				: 'The code was renamed in Brightpearl, or is misspelled in orders.tax or orders.taxDefault.',
		fix: `${ fix.charAt( 0 ).toUpperCase() }${ fix.slice( 1 ) }, ${ RETRY }.`,
		field: 'orders.tax',
	};
}

export function paymentUnmapped( method: string, title: string ): ProblemDraft {
	const named =
		method === '' ? 'without a payment method' : `by "${ method }"`;
	const called = title === '' || title === method ? '' : ` (${ title })`;
	return {
		code: 'payment-unmapped',
		message: `The order was paid ${ named }${ called }, and orders.payments has no payment method code for it.`,
		cause: 'The payment method is new in the shop, or was never mapped.',
		fix: `Add ${ JSON.stringify( method ) } (or "*" for all others) with Brightpearl's payment method code to orders.payments, ${ RETRY }.`,
		field: 'orders.payments',
	};
}

export function contactIncomplete(
	missing: readonly { readonly field: string; readonly what: string }[]
): ProblemDraft {
	return {
		code: 'contact-incomplete',
		message: `Brightpearl cannot make a contact and address from this order: it has ${ listed(
			missing.map( ( { what } ) => what )
		) }.`,
		cause: 'The order was made by hand, at a till or by another system, or the checkout does not ask for it.',
		fix: `Fill in the address on the order in the shop${
			missing.some( ( { field } ) => field === 'billing.email' )
				? '; or, for orders without an e-mail address, name the contact they all belong to with orders.guestEmail'
				: ''
		}, ${ RETRY }.`,
		field: missing.map( ( { field } ) => field ).join( ', ' ),
	};
}
