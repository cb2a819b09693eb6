import type {
	LinkPayment,
	OrderLink,
} from '../../../src/contracts/database.ts';

/** The receipt that stands, or would: of a payment that was taken back nothing does. */
export function standingPayment( { payments }: OrderLink ): LinkPayment | null {
	const last = payments.at( -1 );
	return last === undefined || last.reversed !== null ? null : last;
}
