/**
 * Customer payments.
 */
import type { PaymentBody } from '../../contracts/brightpearl-bodies.ts';
import type { Result } from '../../contracts/result.ts';

export interface Payment {
	readonly paymentId: number;
	readonly transactionRef: string | null;
	readonly methodCode: string;
	/** RECEIPT, PAYMENT, AUTH, CAPTURE or VOID. */
	readonly type: string;
	readonly orderId: number;
	readonly currency: string;
	readonly amount: string;
}

export interface PaymentsApi {
	payments(
		by:
			| { readonly transactionRef: string }
			| { readonly orderIds: readonly number[] }
	): Promise< Result< readonly Payment[] > >;
	/** Null = accepted without an id. */
	createPayment( body: PaymentBody ): Promise< Result< number | null > >;
	/**
	 * One that is gone already is no failure. Whether a journal it made is reversed with it is
	 * not known (platform reference, §7.1).
	 */
	deletePayment( paymentId: number ): Promise< Result< void > >;
	/** Those made since, oldest first. */
	paymentsSince(
		since: string
	): AsyncIterable< Result< readonly Payment[] > >;
}
