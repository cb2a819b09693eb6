/**
 * Bookkeeping (platform reference, §7.5, §7.6).
 */
export interface JournalLine {
	side: 'credit' | 'debit';
	nominalCode: string;
	/** In base currency, 2 places. */
	value: string;
	/** In the journal's currency, 2 places. */
	transactionAmount: string;
	taxCode: string;
	channelId: number;
}

export interface Journal {
	id: number;
	/** `SI` invoice, `SC` credit, `SR` sales receipt, `PP` payment out. */
	typeCode: 'SI' | 'SC' | 'SR' | 'PP';
	contactId: number;
	/** 0 = none. */
	orderId: number;
	description: string;
	invoiceReference: string;
	taxDate: number;
	dueDate: number | null;
	createdAt: number;
	currencyId: number;
	/** Units per base unit, 6 places. */
	exchangeRate: string;
	lines: JournalLine[];
	/** Set when its payment was deleted and the switch says that reverses it. */
	reversed: boolean;
}

/** A rate that somebody added; the initial one is the profile's. */
export interface AddedRate {
	id: number;
	currencyId: number;
	/** 0 = the initial rate, changed. */
	activeFrom: number;
	rate: string;
	addedById: number;
}
