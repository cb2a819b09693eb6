/**
 * Customer payments (platform reference, §7.1): no GET by id, no PUT; the pair of reference and
 * method is unique where a reference is given.
 */
import { z } from 'zod';
import { touchOrder } from './account.ts';
import type { Account } from './account.ts';
import { idOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { Big, fixed } from './decimal.ts';
import {
	decimalUpTo,
	looseInstant,
	readFields,
	wholeNumber,
} from './fields.ts';
import type { Payment } from './model.ts';
import { noSuchOrder } from './find-order.ts';
import { journalOfPayment } from './journals.ts';
import { closedPeriod } from './accounting-periods.ts';
import { answer, refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';
import { rateAt } from './rates.ts';
import { paymentSearchRoutes } from './payment-search.ts';

const paymentSchema = z.strictObject( {
	transactionRef: z.string().min( 1 ).max( 64 ).optional(),
	transactionCode: z.string().max( 64 ).optional(),
	paymentMethodCode: z.string().min( 1 ).max( 36 ),
	paymentType: z.enum( [ 'RECEIPT', 'PAYMENT', 'AUTH', 'CAPTURE', 'VOID' ] ),
	orderId: wholeNumber,
	currencyIsoCode: z.string().length( 3 ),
	exchangeRate: decimalUpTo( 6 ).optional(),
	amountAuthorized: decimalUpTo( 2 ).optional(),
	amountPaid: decimalUpTo( 2 ).optional(),
	authorizationExpiry: looseInstant.optional(),
	journalId: wholeNumber.optional(),
	journalRef: z.string().optional(),
	paymentDate: looseInstant,
} );
type SentPayment = z.infer< typeof paymentSchema >;

/** What is longer is cut, not refused. */
const LONGEST_JOURNAL_REF = 255;

const authorizes = ( type: Payment[ 'type' ] ): boolean =>
	type === 'AUTH' || type === 'VOID';

function faultsOfPayment(
	call: Call,
	sent: SentPayment,
	orderCurrency: string
): Problem[] {
	const faults: Problem[] = [];
	const { account, switches } = call;
	const twins =
		sent.transactionRef === undefined
			? []
			: account.paymentsByRef( sent.transactionRef );
	if (
		twins.some(
			( { methodCode } ) => methodCode === sent.paymentMethodCode
		)
	) {
		faults.push(
			problem(
				INVENTED.paymentDuplicate,
				`A payment with reference ${ sent.transactionRef ?? '' } and method ${ sent.paymentMethodCode } exists`
			)
		);
	}
	if (
		sent.currencyIsoCode !== orderCurrency &&
		switches.paymentCurrency === 'order'
	) {
		faults.push(
			problem(
				INVENTED.paymentCurrency,
				`The order is in ${ orderCurrency }, the payment in ${ sent.currencyIsoCode }`
			)
		);
	}
	if (
		sent.exchangeRate !== undefined &&
		new Big( sent.exchangeRate ).lte( 0 )
	) {
		faults.push(
			problem(
				INVENTED.paymentAmount,
				'The exchange rate must be more than 0'
			)
		);
	}
	const journal = account.tables.journals.get( sent.journalId ?? 0 );
	if ( sent.journalId !== undefined && ( ! journal || journal.reversed ) ) {
		faults.push(
			problem(
				INVENTED.paymentJournal,
				`There is no journal ${ sent.journalId }`
			)
		);
	}
	const closed = closedPeriod( call, sent.paymentDate );
	if ( closed ) {
		faults.push( closed );
	}
	if ( authorizes( sent.paymentType ) ) {
		const { amountAuthorized, authorizationExpiry } = sent;
		const complete =
			amountAuthorized !== undefined &&
			new Big( amountAuthorized ).gte( 0 ) &&
			( sent.paymentType === 'VOID' ||
				authorizationExpiry !== undefined );
		if ( ! complete ) {
			faults.push(
				problem(
					INVENTED.paymentAmount,
					'An authorization needs its amount and expiry'
				)
			);
		}
	}
	return faults;
}

/**
 * A journal is made when money moves and the method exists with a bank account in the payment's
 * currency; methods here have one in base currency.
 */
function isBooked( account: Account, sent: SentPayment ): boolean {
	return (
		! authorizes( sent.paymentType ) &&
		sent.currencyIsoCode === account.profile.baseCurrency &&
		account.profile.paymentMethods.some(
			( { code } ) => code === sent.paymentMethodCode
		)
	);
}

function postPayment( call: Call ): Reply {
	const read = readFields(
		paymentSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const sent = read.value;
	const { account } = call;
	const order = account.tables.orders.get( sent.orderId );
	if ( ! order ) {
		return noSuchOrder( sent.orderId );
	}
	const faults = faultsOfPayment( call, sent, order.currency );
	if ( faults.length > 0 ) {
		return refuse(
			faults[ 0 ]?.code === INVENTED.paymentDuplicate
				? call.switches.paymentDuplicate
				: 400,
			...faults
		);
	}
	const holds = authorizes( sent.paymentType );
	const made: Omit< Payment, 'journalId' > = {
		id: account.tables.payments.nextId(),
		transactionRef: sent.transactionRef ?? null,
		transactionCode: sent.transactionCode ?? null,
		methodCode: sent.paymentMethodCode,
		type: sent.paymentType,
		orderId: order.id,
		currency: sent.currencyIsoCode,
		authorized: fixed( holds ? ( sent.amountAuthorized ?? 0 ) : 0, 2 ),
		paid: fixed( holds ? 0 : ( sent.amountPaid ?? 0 ), 2 ),
		expiresAt: holds ? ( sent.authorizationExpiry ?? null ) : null,
		paidAt: sent.paymentDate,
		createdAt: call.now,
		...( sent.journalRef === undefined
			? {}
			: { journalRef: sent.journalRef.slice( 0, LONGEST_JOURNAL_REF ) } ),
	};
	const currency = account.profile.currencies.find(
		( { code } ) => code === made.currency
	);
	const rate =
		sent.exchangeRate ??
		( currency ? rateAt( account, currency, call.now ) : '1' );
	const payment: Payment = {
		...made,
		journalId:
			sent.journalId ??
			( isBooked( account, sent )
				? journalOfPayment(
						account,
						made,
						rate,
						order.customerId,
						call.now
					).id
				: null ),
	};
	account.tables.payments.put( payment );
	touchOrder( account, order, call.now );
	account.emit( {
		type: 'payment',
		account: account.code,
		orderId: order.id,
		paymentId: payment.id,
		paymentType: payment.type,
		amount: holds ? payment.authorized : payment.paid,
		currency: payment.currency,
		methodCode: payment.methodCode,
	} );
	return answer( payment.id );
}

function deletePayment( call: Call ): Reply {
	const { account } = call;
	const payment = account.tables.payments.get( idOf( call ) );
	if ( ! payment ) {
		return refuse(
			404,
			notFound(
				`Cannot find customer payment: ${ call.params.id ?? '' }`
			)
		);
	}
	account.tables.payments.remove( payment.id );
	const journal = account.tables.journals.get( payment.journalId ?? 0 );
	if ( journal && call.switches.deletedPayment === 'reverse-journal' ) {
		account.tables.journals.put( { ...journal, reversed: true } );
	}
	const order = account.tables.orders.get( payment.orderId );
	if ( order ) {
		touchOrder( account, order, call.now );
	}
	return silent();
}

export const paymentRoutes: readonly Route[] = [
	route(
		'POST',
		'/accounting-service/customer-payment',
		'post-customer-payment',
		postPayment
	),
	route(
		'DELETE',
		'/accounting-service/customer-payment/{id}',
		'delete-customer-payment',
		deletePayment
	),
	...paymentSearchRoutes,
];
