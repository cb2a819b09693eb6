/**
 * What was paid against what is due, in words: an edit after payment makes no payment of its own.
 * Payment types: platform reference, §7.1; AUTH is a promise, no money.
 */
import type { Order } from '../../contracts/answers.ts';
import { currencyDigits, decimal, money, sum } from '../../domain/money.ts';

/** Null = what is due was paid, nothing was paid yet, or it cannot be compared. */
export function paidText( {
	brightpearl,
	currency,
	total,
}: Pick< Order, 'brightpearl' | 'currency' | 'total' > ): string | null {
	if (
		brightpearl === null ||
		currency === null ||
		total === null ||
		brightpearl.payments.some( ( one ) => one.currency !== currency )
	) {
		return null;
	}
	const of = ( ...types: string[] ) =>
		sum(
			brightpearl.payments
				.filter( ( { type } ) => types.includes( type ) )
				.map( ( { amount } ) => decimal( amount ).abs() )
		);
	const received = of( 'RECEIPT', 'CAPTURE' ).minus( of( 'PAYMENT' ) );
	if ( received.lte( 0 ) ) {
		return null;
	}
	// A refund is paid out on its credit, which is not among the sales order's payments.
	const refunded = sum(
		brightpearl.credits.map( ( credit ) => decimal( credit.total ).abs() )
	);
	const by = decimal( total ).minus( received );
	if ( by.eq( 0 ) ) {
		return null;
	}
	const decimals = currencyDigits( currency );
	const shown = ( value: ReturnType< typeof decimal > ) =>
		`${ money( value, decimals ) } ${ currency }`;
	return `${ shown( received.minus( refunded ) ) }; due ${ shown(
		decimal( total ).minus( refunded )
	) }, ${ shown( by.abs() ) } ${ by.gt( 0 ) ? 'more' : 'less' } than was paid`;
}
