/** What a payment on the sales order was for, in words. */
import { __ } from '@wordpress/i18n';
import type { OrderComparison } from '../../../../src/contracts/answers.ts';

type Payment = NonNullable<
	OrderComparison[ 'brightpearl' ]
>[ 'payments' ][ number ];

/**
 * Brightpearl's payment types (platform reference, §7.1). What takes another payment back carries
 * its reference with `-x` behind it.
 */
export function paymentKindText( {
	type,
	transactionRef,
}: Pick< Payment, 'type' | 'transactionRef' > ): string {
	const reversal = transactionRef?.endsWith( '-x' ) ?? false;
	switch ( type ) {
		case 'RECEIPT':
			return reversal
				? __( 'refund taken back', 'pearlbridge' )
				: __( 'received', 'pearlbridge' );
		case 'PAYMENT':
			return reversal
				? __( 'receipt taken back', 'pearlbridge' )
				: __( 'paid back', 'pearlbridge' );
		case 'AUTH':
			return __( 'authorized, not taken', 'pearlbridge' );
		case 'CAPTURE':
			return __( 'taken', 'pearlbridge' );
		default:
			return type;
	}
}
