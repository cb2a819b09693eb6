/**
 * What was paid against what is due. An edit after payment makes no payment of its own, so the two
 * may differ; that is for a person to know, and no problem. Pure.
 */
import { __, sprintf } from '@wordpress/i18n';
import type { OrderComparison } from '../../../../src/contracts/answers.ts';
import { formatMoney } from '../../components/format.ts';
import { add, isNegative, isZero, subtract } from './decimals.ts';

type Sides = Pick< OrderComparison, 'store' | 'brightpearl' >;

export interface PaidAndDue {
	/** Receipts less what was given back. */
	readonly paid: string;
	/** The shop's total less its refunds. */
	readonly due: string;
	readonly currency: string;
}

const size = ( amount: string ): string => amount.replace( '-', '' );

/** Null = nothing was paid yet, or the sides cannot be compared. */
export function paidAndDue( { store, brightpearl }: Sides ): PaidAndDue | null {
	if (
		store === null ||
		brightpearl === null ||
		brightpearl.payments.some(
			( { currency } ) => currency !== store.currency
		)
	) {
		return null;
	}
	// Payment types: platform reference, §7.1. AUTH is a promise, no money.
	const received = brightpearl.payments.reduce(
		( sum, { type, amount } ) =>
			type === 'RECEIPT' || type === 'CAPTURE'
				? add( sum, size( amount ) )
				: type === 'PAYMENT'
					? subtract( sum, size( amount ) )
					: sum,
		'0'
	);
	if ( isZero( received ) || isNegative( received ) ) {
		return null;
	}
	// A refund is paid out on its credit, which is not among the sales order's payments.
	const refunded = store.refunds.reduce(
		( sum, { total } ) => add( sum, size( total ) ),
		'0'
	);
	return {
		paid: subtract( received, refunded ),
		due: subtract( store.total, refunded ),
		currency: store.currency,
	};
}

/** Null = what is due was paid. */
export function dueText( { paid, due, currency }: PaidAndDue ): string | null {
	const by = subtract( due, paid );
	if ( isZero( by ) ) {
		return null;
	}
	return sprintf(
		isNegative( by )
			? /* translators: 1: amount that is due, 2: amount of the difference, 3: amount that was paid */
				__( '%1$s due, %2$s less than was paid (%3$s)', 'pearlbridge' )
			: /* translators: 1: amount that is due, 2: amount of the difference, 3: amount that was paid */
				__( '%1$s due, %2$s more than was paid (%3$s)', 'pearlbridge' ),
		formatMoney( due, currency ),
		formatMoney( size( by ), currency ),
		formatMoney( paid, currency )
	);
}
