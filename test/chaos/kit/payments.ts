import type {
	LinkPayment,
	OrderLink,
} from '../../../src/contracts/database.ts';

/** The receipt that stands, or would: of a payment that was taken back nothing does. */
export function standingPayment( { payments }: OrderLink ): LinkPayment | null {
	const last = payments.at( -1 );
	return last === undefined || last.reversed !== null ? null : last;
}

/** Amounts of payments that were made at one and the same time and are not the same amount. */
export function amountsOfOneTime( {
	payments,
}: Pick< OrderLink, 'payments' > ): string[] {
	return [
		...Map.groupBy( payments, ( { paidAt } ) => Date.parse( paidAt ) ),
	].flatMap( ( [ , ofTime ] ) => {
		const amounts = new Set( ofTime.map( ( { amount } ) => amount ) );
		return amounts.size > 1 ? [ [ ...amounts ].join( ', ' ) ] : [];
	} );
}
