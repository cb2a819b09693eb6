/**
 * Sales invoices and credits as bookkeeping (platform reference, §7.6): a journal, nothing more.
 * The order is not marked as invoiced; only its closing does that.
 */
import { z } from 'zod';
import { closedPeriod } from './accounting-periods.ts';
import type { Account } from './account.ts';
import { route } from './call.ts';
import type { Call, Route } from './call.ts';
import { INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { Big, fixed, sum } from './decimal.ts';
import {
	decimalUpTo,
	looseInstant,
	readFields,
	wholeNumber,
} from './fields.ts';
import { saleOf } from './find-order.ts';
import { DEBTORS, journalLine, putJournal } from './journals.ts';
import { isBase } from './rates.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';

const CREDITORS = '2100';
const OUTPUT_TAX = '2200';

const bodySchema = z.strictObject( {
	header: z.strictObject( {
		contactId: wholeNumber,
		taxDate: looseInstant,
		dueDate: looseInstant.optional(),
		description: z.string().optional(),
		currencyId: wholeNumber,
		exchangeRate: decimalUpTo( 6 ).optional(),
		orderId: wholeNumber.optional(),
	} ),
	lines: z
		.array(
			z.strictObject( {
				net: decimalUpTo( 2 ),
				tax: decimalUpTo( 2 ),
				nominalCode: z.string(),
				taxClassId: wholeNumber,
				projectId: wholeNumber.optional(),
				leadSourceId: wholeNumber.optional(),
				channelId: wholeNumber.optional(),
			} )
		)
		.min( 1 ),
} );
type Sent = z.infer< typeof bodySchema >;

const fault = ( message: string ): Problem =>
	problem( INVENTED.invoice, message );

function faultsOfHeader( account: Account, { header }: Sent ): Problem[] {
	const faults: Problem[] = [];
	const contact = account.tables.contacts.get( header.contactId );
	if ( ! contact || contact.isSupplier ) {
		faults.push( fault( 'The contact is no customer' ) );
	}
	const order =
		header.orderId === undefined
			? null
			: saleOf( account, header.orderId, 'SO' );
	if (
		order !== null &&
		( ! order || order.customerId !== header.contactId )
	) {
		faults.push( fault( 'There is no such sales order of the customer' ) );
	}
	const currency = account.profile.currencies.find(
		( { id } ) => id === header.currencyId
	);
	if ( ! currency ) {
		faults.push( fault( `There is no currency ${ header.currencyId }` ) );
	} else if (
		! isBase( account, currency ) &&
		header.exchangeRate === undefined
	) {
		faults.push( fault( 'The exchange rate is missing' ) );
	}
	return faults;
}

function faultsOfLines( account: Account, { lines }: Sent ): Problem[] {
	return lines.flatMap( ( { nominalCode, taxClassId } ) => {
		const faults: Problem[] = [];
		if ( nominalCode === DEBTORS || nominalCode === CREDITORS ) {
			faults.push(
				fault( `Nominal code ${ nominalCode } is a control account` )
			);
		} else if (
			! account.profile.nominals.some(
				( { code } ) => code === nominalCode
			)
		) {
			faults.push( fault( `There is no nominal code ${ nominalCode }` ) );
		}
		if (
			! account.profile.taxCodes.some( ( { id } ) => id === taxClassId )
		) {
			faults.push( fault( `There is no tax code ${ taxClassId }` ) );
		}
		return faults;
	} );
}

const post =
	( typeCode: 'SI' | 'SC' ) =>
	( call: Call ): Reply => {
		const read = readFields(
			bodySchema,
			call.body,
			call.switches.unknownFields
		);
		if ( ! read.ok ) {
			return read.reply;
		}
		const { account, now } = call;
		const { header, lines } = read.value;
		const closed = closedPeriod( call, header.taxDate );
		const faults = [
			...faultsOfHeader( account, read.value ),
			...faultsOfLines( account, read.value ),
			...( closed ? [ closed ] : [] ),
		];
		if ( faults.length > 0 ) {
			return refuse( 400, ...faults );
		}
		const rate = header.exchangeRate ?? '1';
		const [ customer, other ] =
			typeCode === 'SI'
				? ( [ 'debit', 'credit' ] as const )
				: ( [ 'credit', 'debit' ] as const );
		const tax = sum( lines.map( ( line ) => line.tax ) );
		const total = sum( lines.map( ( line ) => line.net ) ).plus( tax );
		const journal = putJournal( account, {
			typeCode,
			contactId: header.contactId,
			orderId: header.orderId ?? 0,
			description: header.description ?? '',
			invoiceReference: `${ typeCode }-${ account.counters.journal }`,
			taxDate: header.taxDate,
			dueDate: header.dueDate ?? null,
			createdAt: now,
			currencyId: header.currencyId,
			exchangeRate: fixed( rate, 6 ),
			lines: [
				journalLine( customer, DEBTORS, fixed( total, 2 ), rate ),
				...lines.map( ( line ) =>
					journalLine( other, line.nominalCode, line.net, rate, {
						taxCode:
							account.profile.taxCodes.find(
								( { id } ) => id === line.taxClassId
							)?.code ?? '-',
						channelId: line.channelId ?? 0,
					} )
				),
				...( new Big( tax ).eq( 0 )
					? []
					: [
							journalLine(
								other,
								OUTPUT_TAX,
								fixed( tax, 2 ),
								rate
							),
						] ),
			],
		} );
		return answer( journal.id );
	};

export const invoiceRoutes: readonly Route[] = [
	route(
		'POST',
		'/accounting-service/invoice/sales-invoice',
		'post-sales-invoice',
		post( 'SI' )
	),
	route(
		'POST',
		'/accounting-service/invoice/sales-credit',
		'post-sales-credit',
		post( 'SC' )
	),
];
