/**
 * Journals: made for payments, invoices and credits, read by id, searched by line (platform
 * reference, §7.6).
 */
import type { Account } from './account.ts';
import { idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { notFound } from './codes.ts';
import { Big, fixed } from './decimal.ts';
import type { Journal, JournalLine } from './journal-model.ts';
import type { Payment } from './model.ts';
import { API_USER } from './profile.ts';
import { answer, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { searchRoutes } from './search.ts';

export const DEBTORS = '1100';
/** Where payment methods keep their money. */
export const BANK_ACCOUNT = '1200';

/** In base currency. */
const inBase = ( amount: string, rate: string ): string =>
	fixed( new Big( amount ).div( rate ), 2 );

export function putJournal(
	account: Account,
	journal: Omit< Journal, 'id' | 'reversed' >
): Journal {
	const made = {
		...journal,
		id: account.counters.journal++,
		reversed: false,
	};
	account.tables.journals.put( made );
	return made;
}

export const journalLine = (
	side: JournalLine[ 'side' ],
	nominalCode: string,
	amount: string,
	rate: string,
	more: Partial< Pick< JournalLine, 'taxCode' | 'channelId' > > = {}
): JournalLine => ( {
	side,
	nominalCode,
	value: inBase( amount, rate ),
	transactionAmount: fixed( amount, 2 ),
	taxCode: '-',
	channelId: 0,
	...more,
} );

/** The receipt (or payment out) that stands for a payment of a known method. */
export function journalOfPayment(
	account: Account,
	payment: Omit< Payment, 'journalId' >,
	exchangeRate: string,
	customerId: number,
	now: number
): Journal {
	const isOut = payment.type === 'PAYMENT';
	const line = ( side: JournalLine[ 'side' ], code: string ): JournalLine =>
		journalLine( side, code, payment.paid, exchangeRate );
	return putJournal( account, {
		typeCode: isOut ? 'PP' : 'SR',
		contactId: customerId,
		orderId: payment.orderId,
		description: '',
		invoiceReference: '',
		taxDate: payment.paidAt,
		dueDate: null,
		createdAt: now,
		currencyId:
			account.profile.currencies.find(
				( { code } ) => code === payment.currency
			)?.id ?? 0,
		exchangeRate: fixed( exchangeRate, 6 ),
		lines: isOut
			? [ line( 'debit', DEBTORS ), line( 'credit', BANK_ACCOUNT ) ]
			: [ line( 'debit', BANK_ACCOUNT ), line( 'credit', DEBTORS ) ],
	} );
}

const describeLine = ( journal: Journal, line: JournalLine ) => ( {
	nominalCode: line.nominalCode,
	change: { value: line.value },
	assignment: { channelId: line.channelId, projectId: 0 },
	...( journal.orderId === 0 ? {} : { orderId: journal.orderId } ),
	invoiceReference: journal.invoiceReference,
	taxCode: line.taxCode,
	transactionAmount: line.transactionAmount,
} );

const describe = ( account: Account, journal: Journal ) => {
	const side = ( which: JournalLine[ 'side' ] ) =>
		journal.lines
			.filter( ( line ) => line.side === which )
			.map( ( line ) => describeLine( journal, line ) );
	return {
		id: journal.id,
		contactId: journal.contactId,
		journalTypeCode: journal.typeCode,
		taxDate: account.zone.format( journal.taxDate ),
		...( journal.dueDate === null
			? {}
			: { dueDate: account.zone.format( journal.dueDate ) } ),
		createdOn: account.zone.format( journal.createdAt ),
		createdByContactId: API_USER,
		taxReconciliation: {},
		credits: side( 'credit' ),
		debits: side( 'debit' ),
		currencyId: journal.currencyId,
		exchangeRate: journal.exchangeRate,
	};
};

/** One level more than elsewhere: `response.journals`. */
function readJournals( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const found = ( ids.value ?? [] )
		.flatMap( ( id ) => call.account.tables.journals.get( id ) ?? [] )
		.filter( ( { reversed } ) => ! reversed );
	return found.length === 0
		? refuse( 404, notFound( 'No Journals Found' ) )
		: answer( {
				journals: found.map( ( journal ) =>
					describe( call.account, journal )
				),
			} );
}

interface Row {
	readonly id: number;
	readonly journal: Journal;
	readonly line: JournalLine;
}

/** Lines have no ids of their own: so many fit under each journal's. */
const LINES = 1000;

const rowsOf = ( { account }: Call ): Row[] =>
	account.tables.journals.ids().flatMap( ( id ) => {
		const journal = account.tables.journals.get( id );
		return journal && ! journal.reversed
			? journal.lines.map( ( line, index ) => ( {
					id: id * LINES + index,
					journal,
					line,
				} ) )
			: [];
	} );

export const journalRoutes: readonly Route[] = [
	route(
		'GET',
		'/accounting-service/journal/{ids}',
		'get-journal',
		readJournals
	),
	...searchRoutes< Row >( {
		path: '/accounting-service/journal-search',
		columns: [
			{ name: 'journalRowId', type: 'IDSET', value: ( row ) => row.id },
			{
				name: 'journalId',
				type: 'IDSET',
				value: ( { journal } ) => journal.id,
			},
			{
				name: 'journalTypeCode',
				type: 'STRING',
				value: ( { journal } ) => journal.typeCode,
			},
			{
				name: 'nominalCode',
				type: 'STRING',
				value: ( { line } ) => line.nominalCode,
			},
			{
				name: 'contactId',
				type: 'IDSET',
				value: ( { journal } ) => journal.contactId,
			},
			{
				name: 'orderId',
				type: 'IDSET',
				value: ( { journal } ) =>
					journal.orderId === 0 ? null : journal.orderId,
			},
			{
				name: 'invoiceReference',
				type: 'STRING',
				value: ( { journal } ) => journal.invoiceReference,
			},
			{
				name: 'credit',
				type: 'STRING',
				value: ( { line } ) =>
					line.side === 'credit' ? line.value : '0.00',
			},
			{
				name: 'debit',
				type: 'STRING',
				value: ( { line } ) =>
					line.side === 'debit' ? line.value : '0.00',
			},
			{
				name: 'taxDate',
				type: 'PERIOD',
				value: ( { journal } ) => journal.taxDate,
			},
			{
				name: 'journalDateEntered',
				type: 'PERIOD',
				value: ( { journal } ) => journal.createdAt,
			},
		],
		rows: rowsOf,
	} ),
];
