/**
 * What Brightpearl is told of a refund: a sales credit worth exactly its amount, and the money
 * that went back.
 */
import type { Settings } from '../../../contracts/settings.ts';
import type {
	StoreOrder,
	StoreRefundDetail,
} from '../../../contracts/store.ts';
import { decimal, money, rowDecimals, roundTo } from '../../money.ts';
import { midnightIn, withOffset } from '../../time.ts';
import { EMPTY_BOOK, type BookInput, type CreditBook } from './book.ts';
import { creditedBy } from './given.ts';
import { toCreditRow } from './rows.ts';
import { creditRefOf, customerRef, externalRefOf } from '../references.ts';
import { cut, singleLine } from '../text.ts';
import type {
	AccountFacts,
	Address,
	PlannedCredit,
	PlannedRefund,
	PlannedRow,
	PlannedSalesOrder,
} from '../types.ts';

/** Platform reference, §7.1. */
const TRANSACTION_CODE_LIMIT = 64;
/** Quantities have at most four decimals (resources reference, §1.2). */
const QUANTITY_DECIMALS = 4;

export interface CreditInput {
	readonly order: StoreOrder;
	/** One of `all`. */
	readonly refund: StoreRefundDetail;
	/**
	 * Every refund the order has in the shop, oldest first, those with a credit among them: what
	 * is left of a row, and whether this one covers all that was left, follows from them.
	 */
	readonly all: readonly StoreRefundDetail[];
	readonly refPrefix: string;
	readonly settings: Settings;
	readonly account: AccountFacts;
	/** The sales order's rows as agreed or planned. */
	readonly rows: readonly PlannedRow[];
	readonly billing: Address;
	readonly delivery: Address;
	readonly salesOrder: Pick<
		PlannedSalesOrder,
		| 'warehouseId'
		| 'channelId'
		| 'priceListId'
		| 'leadSourceId'
		| 'priceMode'
	>;
}

/** Null = nothing to credit. */
export function planCredit( input: CreditInput ): PlannedCredit | null {
	const { order, refund, account, salesOrder } = input;
	const decimals = decimalsOf( order, input.all );
	const bookInput: BookInput = {
		order,
		rows: input.rows,
		refundTax: input.settings.orders.refundTax,
		decimals,
	};
	const { rows } = creditedBy(
		refund,
		bookBefore( input, bookInput ),
		bookInput
	);
	if ( rows.length === 0 ) {
		return null;
	}
	return {
		refundId: refund.id,
		externalRef: creditRefOf(
			externalRefOf( input.refPrefix, order.id ),
			refund.id
		),
		ref: customerRef( order.number ),
		placedOn: withOffset( refund.createdAt ),
		taxDate: midnightIn( account.timeZone, refund.createdAt ),
		warehouseId: salesOrder.warehouseId,
		channelId: salesOrder.channelId,
		priceListId: salesOrder.priceListId,
		leadSourceId: salesOrder.leadSourceId,
		priceMode: salesOrder.priceMode,
		currency: order.currency,
		billing: input.billing,
		delivery: input.delivery,
		rows: rows.map( ( row ) =>
			toCreditRow( row, {
				order,
				reason: refund.reason,
				settings: input.settings,
				account,
				rows: input.rows,
				decimals,
			} )
		),
		total: money( decimal( refund.amount ), decimals ),
		installationInstanceId: account.installationInstanceId,
	};
}

function bookBefore(
	{ refund, all }: CreditInput,
	bookInput: BookInput
): CreditBook {
	let book = EMPTY_BOOK;
	for ( const earlier of all ) {
		if ( earlier.id === refund.id ) {
			break;
		}
		book = creditedBy( earlier, book, bookInput ).book;
	}
	return book;
}

/** Those of the order's rows, or two where a refund of whole units has a fraction all the same. */
function decimalsOf(
	{ currency, total }: StoreOrder,
	refunds: readonly StoreRefundDetail[]
): number {
	return Math.max(
		...[ total, ...refunds.map( ( { amount } ) => amount ) ].map(
			( amount ) => rowDecimals( currency, decimal( amount ) )
		)
	);
}

/**
 * The money of a refund, on its credit. The amount is the caller's: no more can go back than
 * was recorded as received.
 */
export function planRefund( input: {
	readonly order: StoreOrder;
	readonly refund: StoreRefundDetail;
	readonly credit: PlannedCredit;
	readonly methodCode: string;
	readonly amount: string;
} ): PlannedRefund {
	const { order, refund, credit } = input;
	const amount = decimal( input.amount );
	return {
		refundId: refund.id,
		transactionRef: credit.externalRef,
		transactionCode: cut(
			singleLine( order.transactionId ),
			TRANSACTION_CODE_LIMIT
		),
		methodCode: input.methodCode,
		amount: money( amount, rowDecimals( order.currency, amount ) ),
		currency: order.currency,
		paidAt: withOffset( refund.createdAt ),
	};
}

/**
 * Pieces that refunds gave back, by the reference of the order's row. Refunds of no value count
 * too (pieces put back on the shelf); refunds without lines say nothing of pieces.
 */
export function refundedPieces(
	refunds: readonly StoreRefundDetail[]
): ReadonlyMap< string, number > {
	const pieces = new Map< string, number >();
	for ( const { kind, itemId, quantity } of refunds.flatMap(
		( { lines } ) => lines
	) ) {
		const given = decimal( quantity );
		if ( kind === 'line' && itemId !== null && given.gt( 0 ) ) {
			const ref = `line-${ itemId }`;
			pieces.set(
				ref,
				roundTo(
					given.plus( pieces.get( ref ) ?? 0 ),
					QUANTITY_DECIMALS
				).toNumber()
			);
		}
	}
	return pieces;
}
