/**
 * What was paid, and as what Brightpearl gets it.
 */
import type { LinkPayment, OrderLink } from '../../../contracts/database.ts';
import type { Settings } from '../../../contracts/settings.ts';
import type { StoreOrder } from '../../../contracts/store.ts';
import { decimal, isZero, money } from '../../money.ts';
import { withOffset } from '../../time.ts';
import { isNoSale } from '../statuses.ts';
import { externalRefOf, paymentRefOf } from '../references.ts';
import { cut, singleLine } from '../text.ts';
import type { PlannedPayment } from '../types.ts';

/** Platform reference, §7.1. */
const TRANSACTION_CODE_LIMIT = 64;

/**
 * The order's payment that counts: the one that stands, else the next. Its amount is the order's
 * total when it was first seen paid (again), because later edits move the total and nothing tells
 * what was paid of them; of what was taken back and is of the same time, that one's. Null when
 * unpaid or when nothing was due.
 */
export function currentPayment(
	order: Pick< StoreOrder, 'paidAt' | 'total' | 'status' >,
	link: Pick< OrderLink, 'payments' > | null
): LinkPayment | null {
	const payments = link?.payments ?? [];
	const standing = payments.findLast( ( { reversed } ) => reversed === null );
	if ( standing !== undefined ) {
		return isZero( standing.amount ) ? null : standing;
	}
	if ( order.paidAt === null ) {
		return null;
	}
	const last = payments.at( -1 );
	const amount =
		last !== undefined && isSameTime( last.paidAt, order.paidAt )
			? last.amount
			: order.total;
	if ( isZero( amount ) ) {
		return null;
	}
	// What was taken back was taken back for good while there is no sale.
	if ( payments.length > 0 && isNoSale( order.status ) ) {
		return null;
	}
	return {
		n: Math.max( 0, ...payments.map( ( { n } ) => n ) ) + 1,
		amount,
		paidAt: order.paidAt,
		paymentId: null,
		reversed: null,
	};
}

function isSameTime( a: string, b: string ): boolean {
	return Date.parse( a ) === Date.parse( b );
}

/** Those that are in Brightpearl and were not taken back. */
export function receiptsOf(
	link: Pick< OrderLink, 'payments' > | null
): readonly ( LinkPayment & { readonly paymentId: number } )[] {
	return ( link?.payments ?? [] ).filter(
		( payment ): payment is LinkPayment & { paymentId: number } =>
			payment.paymentId !== null && payment.reversed === null
	);
}

/** `payment_method`, else `*`; null when neither is mapped. */
export function methodCodeOf(
	method: string,
	payments: Settings[ 'orders' ][ 'payments' ]
): string | null {
	return own( payments, method ) ?? own( payments, '*' ) ?? null;
}

export function planPayment(
	order: StoreOrder,
	payment: LinkPayment,
	methodCode: string,
	refPrefix: string,
	decimals: number
): PlannedPayment {
	return {
		n: payment.n,
		transactionRef: paymentRefOf(
			externalRefOf( refPrefix, order.id ),
			payment.n
		),
		transactionCode: cut(
			singleLine( order.transactionId ),
			TRANSACTION_CODE_LIMIT
		),
		methodCode,
		amount: money( decimal( payment.amount ), decimals ),
		currency: order.currency,
		paidAt: withOffset( payment.paidAt ),
	};
}

/** A shop may call a method or status anything, `constructor` too. */
export function own< T >(
	record: Readonly< Record< string, T > >,
	key: string
): T | undefined {
	return Object.hasOwn( record, key ) ? record[ key ] : undefined;
}
