/**
 * Order rows: what may be sent, and what becomes of it (resources reference, §1.2, §1.6).
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import { DOCUMENTED, INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { Big, fixed, placesOf } from './decimal.ts';
import { decimalUpTo } from './fields.ts';
import type { Contact, OrderRow, Product } from './model.ts';
import { MISC_PRODUCT } from './profile.ts';
import type { TaxCode } from './profile.ts';
import type { Switches } from './switches.ts';

/** A row of `sales-order` POST. `net` and `tax` are row totals, not unit values. */
export const rowSchema = z.strictObject( {
	productId: z.int().optional(),
	name: z.string().optional(),
	quantity: decimalUpTo( 4 ),
	taxCode: z.string(),
	net: decimalUpTo( 4 ),
	tax: decimalUpTo( 4 ),
	nominalCode: z.string().optional(),
	externalRef: z.string().optional(),
	sequence: z.int().optional(),
} );
export type SentRow = z.infer< typeof rowSchema >;

/** `orderRowSequence` steps by ten (§1.4). */
const SEQUENCE_STEP = 10;

export interface RowContext {
	readonly account: Account;
	readonly customer: Contact;
	readonly switches: Switches;
}

export const taxCodeOf = (
	account: Account,
	code: string
): TaxCode | undefined =>
	account.profile.taxCodes.find( ( entry ) => entry.code === code );

function faultsOfRow(
	{ account }: RowContext,
	row: SentRow,
	product: Product | undefined,
	where: string
): Problem[] {
	const faults: Problem[] = [];
	const need = ( holds: boolean, code: string, message: string ): void => {
		if ( ! holds ) {
			faults.push( problem( code, `${ where }: ${ message }` ) );
		}
	};
	if ( row.productId === undefined ) {
		need(
			( row.name ?? '' ) !== '',
			DOCUMENTED.rowProduct,
			'a product or a name is needed'
		);
	} else {
		need(
			product !== undefined,
			INVENTED.unknownProduct,
			`there is no product ${ row.productId }`
		);
	}
	need(
		taxCodeOf( account, row.taxCode ) !== undefined,
		INVENTED.unknownTaxCode,
		`unknown tax code ${ row.taxCode }`
	);
	need(
		new Big( row.quantity ).gt( 0 ),
		INVENTED.badQuantity,
		'the quantity must be more than 0'
	);
	const whole = product?.stockTracked === true || product?.bundle != null;
	need(
		! whole || placesOf( row.quantity ) === 0,
		INVENTED.badQuantity,
		'a stock-tracked product or bundle needs a whole quantity'
	);
	need(
		row.nominalCode === undefined ||
			account.profile.nominals.some(
				( { code } ) => code === row.nominalCode
			),
		INVENTED.unknownNominal,
		`unknown nominal code ${ row.nominalCode ?? '' }`
	);
	return faults;
}

/** Leaves of a bundle with their numbers in one bundle; bundles nest (§3.1). */
export function leavesOf(
	account: Account,
	product: Product
): { product: Product; quantity: number }[] {
	return ( product.bundle ?? [] ).flatMap( ( { productId, quantity } ) => {
		const component = account.tables.products.get( productId );
		if ( ! component ) {
			return [];
		}
		return component.bundle
			? leavesOf( account, component ).map( ( leaf ) => ( {
					product: leaf.product,
					quantity: leaf.quantity * quantity,
				} ) )
			: [ { product: component, quantity } ];
	} );
}

/** The contact's, else the product's (§1.6); undefined = the account's. */
const nominalOf = (
	customer: Contact,
	product: Product | undefined
): string | undefined =>
	customer.nominalCode === '0'
		? ( product?.more?.nominals?.sales ?? undefined )
		: customer.nominalCode;

/** The row, and for a bundle its children, which carry the stock and no money. */
function buildRow(
	{ account, customer, switches }: RowContext,
	row: SentRow,
	product: Product | undefined,
	sequence: number
): OrderRow[] {
	const { counters, profile } = account;
	const isBundle = product?.bundle != null;
	const parent: OrderRow = {
		id: counters.row++,
		// A free-text row is stored under the system's misc product (recorded).
		productId: product?.id ?? MISC_PRODUCT,
		name:
			row.name !== undefined && row.name !== ''
				? row.name
				: ( product?.name ?? '' ),
		sku: product?.sku ?? '',
		stockTracked: product?.stockTracked ?? false,
		quantity: fixed( row.quantity, 4 ),
		taxCode: row.taxCode,
		net: fixed( row.net, 4 ),
		tax: fixed( row.tax, switches.rowTaxDecimals ),
		nominalCode:
			row.nominalCode ??
			nominalOf( customer, product ) ??
			profile.nominal.sales,
		externalRef: row.externalRef ?? null,
		sequence: row.sequence ?? sequence,
		bundleParent: isBundle,
		bundleChild: false,
		parentRowId: 0,
	};
	const children = product ? leavesOf( account, product ) : [];
	return [
		parent,
		...children.map( ( leaf ): OrderRow => ( {
			...parent,
			id: counters.row++,
			productId: leaf.product.id,
			name: leaf.product.name,
			sku: leaf.product.sku,
			stockTracked: leaf.product.stockTracked,
			quantity: fixed(
				new Big( row.quantity ).times( leaf.quantity ),
				4
			),
			net: fixed( 0, 4 ),
			tax: fixed( 0, switches.rowTaxDecimals ),
			externalRef: null,
			bundleParent: false,
			bundleChild: true,
			parentRowId: parent.id,
		} ) ),
	];
}

/** Faults of every row first; rows are only made (and ids used) when there are none. */
export function checkRows(
	context: RowContext,
	rows: readonly SentRow[]
): Problem[] {
	return rows.flatMap( ( row, index ) =>
		faultsOfRow(
			context,
			row,
			context.account.tables.products.get( row.productId ?? 0 ),
			`rows[${ index }]`
		)
	);
}

export function buildRows(
	context: RowContext,
	rows: readonly SentRow[],
	firstSequence = SEQUENCE_STEP
): OrderRow[] {
	return rows.flatMap( ( row, index ) =>
		buildRow(
			context,
			row,
			context.account.tables.products.get( row.productId ?? 0 ),
			firstSequence + index * SEQUENCE_STEP
		)
	);
}
