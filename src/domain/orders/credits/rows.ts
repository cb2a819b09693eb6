/**
 * The rows of a sales credit (resources reference, §1.12): positive = value given back, each
 * with the product, tax code and nominal code of the order's row.
 */
import type { Settings } from '../../../contracts/settings.ts';
import type { StoreOrder, StoreRefundLine } from '../../../contracts/store.ts';
import { decimal, money, plain } from '../../money.ts';
import { REFUND_REF, type CreditedRow } from './book.ts';
import { chargeName } from '../rows/names.ts';
import { taxCodeOf, taxedOf, taxPlaceOf } from '../rows/tax.ts';
import type { AccountFacts, PlannedRow } from '../types.ts';

export interface CodesInput {
	readonly order: StoreOrder;
	readonly reason: string;
	readonly settings: Settings;
	readonly account: AccountFacts;
	/** The sales order's. */
	readonly rows: readonly PlannedRow[];
	readonly decimals: number;
}

export function toCreditRow( row: CreditedRow, input: CodesInput ): PlannedRow {
	const value = {
		externalRef: row.ref,
		net: money( row.net, input.decimals ),
		tax: money( row.tax, input.decimals ),
	};
	const agreed = input.rows.find(
		( { externalRef } ) => externalRef === row.ref
	);
	if ( agreed !== undefined ) {
		return { ...value, ...givenBack( row, agreed ) };
	}
	const leading = leadingRow( input.rows );
	const isOwn = row.ref === REFUND_REF;
	return {
		...value,
		productId: null,
		name: isOwn ? ownName( row, input.reason ) : refundOf( row.line?.name ),
		quantity: '1',
		taxCode:
			( isOwn && row.tax.eq( 0 ) ? untaxedCode( input ) : null ) ??
			leading?.taxCode ??
			untaxedCode( input ) ??
			'',
		nominalCode: isOwn
			? ( leading?.nominalCode ?? null )
			: nominalOf( row.line?.kind ?? 'line', input ),
	};
}

function givenBack(
	row: CreditedRow,
	agreed: PlannedRow
): Pick<
	PlannedRow,
	'productId' | 'name' | 'quantity' | 'taxCode' | 'nominalCode'
> {
	const { taxCode, nominalCode } = agreed;
	// Shipping, fees and coupons have no pieces: their row stands for itself.
	const isCharge = ! row.ref.startsWith( 'line-' );
	return row.pieces.gt( 0 )
		? {
				productId: agreed.productId,
				name: agreed.name,
				quantity: plain( row.pieces ),
				taxCode,
				nominalCode,
			}
		: {
				productId: null,
				name: isCharge ? agreed.name : refundOf( agreed.name ),
				quantity: '1',
				taxCode,
				nominalCode,
			};
}

function ownName( row: CreditedRow, reason: string ): string {
	switch ( row.unexplained ) {
		case 'amount':
			return refundOf( reason );
		case 'earlier':
			return 'Less earlier refunds without lines';
		default:
			return 'Refund adjustment';
	}
}

function refundOf( what: string | undefined ): string {
	const name = ( what ?? '' ).trim();
	return chargeName( { name: name === '' ? 'Refund' : `Refund: ${ name }` } );
}

/** The row with the largest net, the first of equal ones. */
function leadingRow( rows: readonly PlannedRow[] ): PlannedRow | null {
	let leading: PlannedRow | null = null;
	for ( const row of rows ) {
		if ( leading === null || decimal( row.net ).gt( leading.net ) ) {
			leading = row;
		}
	}
	return leading;
}

/** Of a row without rates, as the settings say; null = none that the account knows. */
function untaxedCode( {
	order,
	settings,
	account,
}: CodesInput ): string | null {
	const code = taxCodeOf(
		taxedOf( { taxClass: '', rates: [] }, taxPlaceOf( order ) ),
		settings.orders
	);
	return code !== null && account.taxCodes.includes( code ) ? code : null;
}

/** As the sales order's row would have it (`rows.ts`). */
function nominalOf(
	kind: StoreRefundLine[ 'kind' ],
	{ settings, account }: CodesInput
): string | null {
	const { nominal } = settings.orders;
	switch ( kind ) {
		case 'line':
			return nominal.sales ?? null;
		case 'ship':
			return nominal.shipping ?? account.nominal.shipping;
		case 'fee':
			return nominal.fee ?? null;
	}
}
