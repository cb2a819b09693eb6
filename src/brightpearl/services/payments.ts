/**
 * Customer payments (platform reference, §7.1). There is no read by id: only the search, the
 * create and the delete.
 */
import { z } from 'zod';
import { ok, type Result } from '../../contracts/result.ts';
import type { Payment, PaymentBody, PaymentsApi } from '../api.ts';
import type { Ask, Sent } from '../transport/call.ts';
import { acceptedId } from '../answers/decode.ts';
import { decimal, id, textOrNone } from '../answers/fields.ts';
import { formatIdSet } from '../search/id-set.ts';
import type { Link } from './link.ts';
import { formatPeriod } from '../search/period.ts';
import { searchOverhead, searchSets } from '../search/search-sets.ts';
import {
	searchAll,
	searchCall,
	searchPages,
	type Search,
} from '../search/search.ts';
import type { Reading } from './reading.ts';
import { remove } from './writes.ts';

const paymentRow = z
	.object( {
		paymentId: id,
		transactionRef: textOrNone,
		paymentMethodCode: z.string().nullable(),
		paymentType: z.string(),
		orderId: id,
		currencyCode: z.string(),
		amountAuthorized: decimal.nullish(),
		amountPaid: decimal.nullish(),
	} )
	.transform( ( row ): Payment => {
		const reserved =
			row.paymentType === 'AUTH' || row.paymentType === 'VOID';
		return {
			paymentId: row.paymentId,
			transactionRef: row.transactionRef,
			methodCode: row.paymentMethodCode ?? '',
			type: row.paymentType,
			orderId: row.orderId,
			currency: row.currencyCode,
			amount:
				( reserved ? row.amountAuthorized : row.amountPaid ) ?? '0.00',
		};
	} );

const paymentSearch = (
	filters: Readonly< Record< string, string > >
): Search< Payment > => ( {
	path: '/accounting-service/customer-payment-search',
	columns: [
		'paymentId',
		'transactionRef',
		'paymentMethodCode',
		'paymentType',
		'orderId',
		'currencyCode',
		'amountAuthorized',
		'amountPaid',
	],
	filters,
	sort: 'paymentId.ASC',
	key: 'paymentId',
	row: paymentRow,
} );

const ofOrders = ( set: string ) => paymentSearch( { orderId: set } );

async function findPayments(
	link: Link,
	by:
		| { readonly transactionRef: string }
		| { readonly orderIds: readonly number[] }
): Promise< Result< readonly Payment[] > > {
	const { ask, together } = link;
	if ( 'transactionRef' in by ) {
		const { transactionRef } = by;
		return transactionRef === ''
			? ok( [] )
			: searchAll( ask, {
					...paymentSearch( { transactionRef } ),
					equals: { column: 'transactionRef', text: transactionRef },
				} );
	}
	const { orderIds } = by;
	const shared =
		orderIds.length > 0 && ( await together.payments( orderIds ) );
	if ( shared ) {
		return shared.ok
			? ok(
					[ ...shared.value.values() ]
						.flat()
						.sort( ( a, b ) => a.paymentId - b.paymentId )
				)
			: shared;
	}
	return searchSets( link, orderIds, ofOrders, ( { orderId } ) => orderId );
}

/** One request for several who ask; further pages where it finds more than one holds. */
export function paymentReads( prefix: string ): Reading< readonly Payment[] > {
	return {
		call: ( ids ) => searchCall( ofOrders( formatIdSet( ids ) ), 1 ),
		overhead: searchOverhead( prefix, ofOrders ),
		async read( sent, ids, ask ) {
			let first: Sent | null = sent;
			const found = await searchAll(
				async ( call ) => {
					const given = first ?? ( await ask( call ) );
					first = null;
					return given;
				},
				ofOrders( formatIdSet( ids ) )
			);
			return found.ok
				? ok(
						new Map(
							ids.map( ( id ) => [
								id,
								found.value.filter(
									( { orderId } ) => orderId === id
								),
							] )
						)
					)
				: found;
		},
	};
}

async function createPayment(
	ask: Ask,
	body: PaymentBody
): Promise< Result< number | null > > {
	// Amounts are numbers in every recorded POST. Up to 15 digits a number prints as it was read.
	const { amountAuthorized, amountPaid, exchangeRate, ...rest } = body;
	const number = ( name: string, text: string | undefined ) =>
		text === undefined ? {} : { [ name ]: Number( text ) };
	return acceptedId(
		await ask( {
			method: 'POST',
			path: '/accounting-service/customer-payment',
			body: {
				...rest,
				...number( 'amountPaid', amountPaid ),
				...number( 'amountAuthorized', amountAuthorized ),
				...number( 'exchangeRate', exchangeRate ),
			},
		} )
	);
}

export function createPaymentsApi( link: Link ): PaymentsApi {
	const { ask } = link;
	return {
		payments: ( by ) => findPayments( link, by ),
		createPayment: ( body ) => createPayment( ask, body ),
		deletePayment: ( paymentId ) =>
			remove(
				ask,
				`/accounting-service/customer-payment/${ paymentId }`
			),
		paymentsSince: ( since ) =>
			searchPages(
				ask,
				paymentSearch( { createdOn: formatPeriod( { from: since } ) } )
			),
	};
}
