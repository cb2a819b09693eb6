/** What the resources reference leaves open: orders, stock, contacts, prices, and payments. */
import { z } from 'zod';

const leniency = z.enum( [ 'refuse', 'ignore' ] );

export const resourceSwitches = {
	duplicateAnswer: z
		.enum( [ 'id', 'empty', 'conflict' ] )
		.default( 'id' )
		.describe(
			'Answer to a repeated `externalRef` + instance id: always without a change (resources reference, §8.1).'
		),
	oauthInstance: z
		.boolean()
		.default( true )
		.describe(
			"An OAuth caller's order takes the token's instance where the body names none."
		),
	rowTaxDecimals: z
		.union( [ z.literal( 2 ), z.literal( 4 ) ] )
		.default( 2 )
		.describe(
			'Places that row tax is stored to (§9: 2 is recorded, whether input is rounded is not known).'
		),
	creditDuplicates: z
		.enum( [ 'own', 'shared' ] )
		.default( 'own' )
		.describe(
			"Whether a credit's pair of reference and instance is a duplicate of an order's (§8.1)."
		),
	invoiceDelayMs: z
		.int()
		.min( 0 )
		.default( 1000 )
		.describe(
			'How long a closed order is invoice pending (§1.12: asynchronous, no time is named).'
		),
	postedRowDecimals: z
		.union( [ z.literal( 2 ), z.literal( 4 ) ] )
		.default( 2 )
		.describe(
			'Decimal places of `rowNet` and `rowTax` where a row is posted by itself: documented as 2, as 4 elsewhere (§1.6).'
		),
	patchTeam: z
		.enum( [ 'refuse', 'accept' ] )
		.default( 'refuse' )
		.describe(
			'`/assignment/current/teamId` stands in an example of the PATCH page only (§1.7).'
		),
	cancelledStatus: z
		.enum( [ 'configured', 'none' ] )
		.default( 'configured' )
		.describe(
			'An account without a cancelled status shows `isCanceled` as null (§1.3) and cannot cancel.'
		),
	customFieldsTouch: z
		.boolean()
		.default( false )
		.describe(
			"Whether an edited custom field moves the order's version and `updatedOn` (§1.9: perhaps not)."
		),
	unknownAvailabilityIds: leniency
		.default( 'refuse' )
		.describe(
			'`ignore`: unknown ids of an availability set are left out; `refuse`: 400 for the whole set.'
		),
	partialStatus: z
		.union( [ z.literal( 207 ), z.literal( 200 ) ] )
		.default( 207 )
		.describe(
			'Status of a sales-order GET that finds only some of the ids (documented for credits only).'
		),
	longNames: z
		.enum( [ 'refuse', 'cut' ] )
		.default( 'refuse' )
		.describe( 'A name that is longer than its field.' ),
	postalCountry: z
		.enum( [ 'iso3', 'any' ] )
		.default( 'iso3' )
		.describe(
			'Postal addresses are documented with ISO-3; one client sends ISO-2.'
		),
	secondReservation: z
		.enum( [ 'refuse', 'add' ] )
		.default( 'refuse' )
		.describe( 'A reservation for an order that has one already.' ),
	untrackedReservation: leniency
		.default( 'refuse' )
		.describe( 'Rows of a reservation that carry no stock.' ),
	reservationMovements: z
		.enum( [ 'none', 'shown' ] )
		.default( 'none' )
		.describe(
			'Whether reservations make goods movements (resources reference, §8.4).'
		),
	goodsOutMovements: z
		.enum( [ 'shipped', 'created' ] )
		.default( 'shipped' )
		.describe(
			"A goods-out note's movements appear when it is made, or only when it has shipped."
		),
	reservationDelete: z
		.enum( [ 'any', 'order', 'warehouse', 'none' ] )
		.default( 'any' )
		.describe(
			'Where a reservation is deleted: the page exists, its path is not known (§8.5).'
		),
	overFulfilment: leniency
		.default( 'refuse' )
		.describe(
			'A goods-out note may hold more than the order still needs (§8.6).'
		),
	noteAnswer: z
		.enum( [ 'list', 'id' ] )
		.default( 'list' )
		.describe(
			"The answer of a goods-out note's POST: ids (clients loop), or the one id the page speaks of."
		),
	staleNoteEvent: z
		.union( [ z.literal( 412 ), z.literal( 409 ) ] )
		.default( 412 )
		.describe(
			"Status of an event whose `If-Match` is an older version than the note's."
		),
	stockTouchesProduct: z
		.boolean()
		.default( false )
		.describe(
			"Whether a stock movement also moves the product's `updatedOn` (§3.2: nothing says so)."
		),
	inTransit: z
		.enum( [ 'shown', 'absent' ] )
		.default( 'shown' )
		.describe(
			'Older accounts leave `inTransit` out of the availability.'
		),
	contactUpdatedOn: z
		.enum( [ 'shown', 'null' ] )
		.default( 'shown' )
		.describe(
			'`updatedOn` of contact-search: recorded as set, reported as null elsewhere (§2.3).'
		),
	duplicateEmail: z
		.enum( [ 'accept', 'refuse' ] )
		.default( 'accept' )
		.describe(
			'An e-mail is recorded as not unique (§2.3); what POST says to a second one is not (§8.8).'
		),
	grossListPrices: z
		.enum( [ 'net', 'as-sent' ] )
		.default( 'net' )
		.describe(
			'A price sent to a list with tax: PUT is documented to take net values, which such a list then shows with tax; one that keeps what was sent must be survived too (§3.4).'
		),
	paymentDuplicate: z
		.union( [ z.literal( 400 ), z.literal( 409 ) ] )
		.default( 400 )
		.describe(
			'Status of a payment whose reference and method exist already (platform reference, §10).'
		),
	deletedPayment: z
		.enum( [ 'keep-journal', 'reverse-journal' ] )
		.default( 'keep-journal' )
		.describe(
			'Whether deleting a payment takes its journal back: no source (§7.1).'
		),
	closedUntil: z.iso
		.date()
		.nullable()
		.default( null )
		.describe(
			'The last day that is closed for postings, `2026-03-31`; null = none (§7.8).'
		),
	paymentCurrency: z
		.enum( [ 'order', 'any' ] )
		.default( 'order' )
		.describe( 'Whether a payment must be in its order’s currency.' ),
};
