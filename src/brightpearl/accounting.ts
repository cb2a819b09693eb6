/**
 * Tax codes, currencies and customer payments (platform reference, §7).
 */
import { z } from 'zod';
import { ok, type Result } from '../contracts/result.ts';
import type { CodeName, Payment, PaymentBody, TaxCode } from './api.ts';
import { acceptedId } from './decode.ts';
import { decimal, id, textOrNone } from './fields.ts';
import { formatIdSet } from './id-set.ts';
import { packIds } from './packing.ts';
import { rowsSchema, searchAll, searchCall, type Search } from './search.ts';
import { queryString, type Ask, type Call } from './call.ts';

export const TAX_CODES: Call = {
	method: 'GET',
	path: '/accounting-service/tax-code',
};

/** The rate is absent for a zero rate (§7.3). */
export const taxCodesSchema = z.array(
	z
		.object( { id, code: z.string(), rate: decimal.nullish() } )
		.transform( ( tax ): TaxCode => ( { ...tax, rate: tax.rate ?? '0' } ) )
);

export const PAYMENT_METHODS: Call = {
	method: 'GET',
	path: '/accounting-service/payment-method',
};

/** The documented body has no id (§7.2): the code is what payments name. */
export const paymentMethodsSchema = z
	.array( z.object( { code: z.string(), name: textOrNone } ) )
	.transform( ( methods ): CodeName[] =>
		methods.map( ( { code, name } ) => ( { code, name: name ?? code } ) )
	);

const currencyRow = z.object( { code: z.string() } );

/** One page holds 500: more than there are currencies. */
export const CURRENCIES: Call = searchCall(
	{
		path: '/accounting-service/currency-search',
		columns: [ 'id', 'code' ],
		sort: 'id.ASC',
		row: currencyRow,
	},
	1
);
export const currenciesSchema = rowsSchema( currencyRow ).transform( ( rows ) =>
	rows.map( ( { code } ) => code )
);

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
	row: paymentRow,
} );

export async function findPayments(
	ask: Ask,
	prefix: string,
	by:
		| { readonly transactionRef: string }
		| { readonly orderIds: readonly number[] }
): Promise< Result< readonly Payment[] > > {
	if ( 'transactionRef' in by ) {
		const { transactionRef } = by;
		const found = await searchAll(
			ask,
			paymentSearch( { transactionRef } )
		);
		return found.ok
			? ok(
					found.value.filter(
						( payment ) => payment.transactionRef === transactionRef
					)
				)
			: found;
	}
	// An IDSET filter takes a set, as production clients send it (§5.3).
	const { path, query } = searchCall( paymentSearch( { orderId: '' } ), 1 );
	const overhead = ( prefix + path + queryString( query ) ).length;
	const all: Payment[] = [];
	for ( const set of packIds( by.orderIds, overhead ) ) {
		const wanted = new Set( set );
		const found = await searchAll(
			ask,
			paymentSearch( { orderId: formatIdSet( set ) } )
		);
		if ( ! found.ok ) {
			return found;
		}
		all.push(
			...found.value.filter( ( { orderId } ) => wanted.has( orderId ) )
		);
	}
	return ok( all );
}

export async function createPayment(
	ask: Ask,
	body: PaymentBody
): Promise< Result< number | null > > {
	// Amounts are numbers in every recorded POST. Up to 15 digits a number prints as it was read.
	const { amountPaid, exchangeRate, ...rest } = body;
	return acceptedId(
		await ask( {
			method: 'POST',
			path: '/accounting-service/customer-payment',
			body: {
				...rest,
				amountPaid: Number( amountPaid ),
				...( exchangeRate === undefined
					? {}
					: { exchangeRate: Number( exchangeRate ) } ),
			},
		} )
	);
}
