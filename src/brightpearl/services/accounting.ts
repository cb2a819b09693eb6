/**
 * Tax codes, payment methods, currencies, rates and periods (platform reference, §7).
 */
import { z } from 'zod';
import type { AccountingPeriod, CodeName, Currency, TaxCode } from '../api.ts';
import type { Call } from '../transport/call.ts';
import {
	decimal,
	flag,
	id,
	textOrNone,
	timeOrNone,
	utcOf,
} from '../answers/fields.ts';
import { rowsSchema, searchCall } from '../search/search.ts';

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

const currencyRow = z.object( {
	id,
	code: z.string(),
	exchangeRate: decimal.nullish(),
	isDefault: flag.nullish(),
} );

export const CURRENCIES: Call = searchCall(
	{
		path: '/accounting-service/currency-search',
		columns: [ 'id', 'code', 'exchangeRate', 'isDefault' ],
		sort: 'id.ASC',
		row: currencyRow,
	},
	1
);
export const currenciesSchema = rowsSchema( currencyRow ).transform( ( rows ) =>
	rows.map( ( row ): Currency => ( {
		id: row.id,
		code: row.code,
		isBase: row.isDefault ?? false,
		rate: row.exchangeRate ?? null,
	} ) )
);

export const EXCHANGE_RATES: Call = {
	method: 'GET',
	path: '/accounting-service/exchange-rate',
};
/** Those of the base currency are left out (§7.5). */
export const exchangeRatesSchema = z.array(
	z.object( { currencyId: id, rateActiveFrom: timeOrNone, rate: decimal } )
);

export const ACCOUNTING_PERIODS: Call = {
	method: 'GET',
	path: '/accounting-service/accounting-period',
};
/** §7.8, with the one recorded time that has a colon before its milliseconds. */
export const accountingPeriodsSchema = z.array(
	z
		.object( {
			id,
			startDate: z.string(),
			endDate: z.string(),
			closedDate: timeOrNone,
		} )
		.transform( ( period, context ): AccountingPeriod => {
			const startsOn = utcOf( period.startDate );
			const endsOn = utcOf( period.endDate );
			if ( startsOn === null || endsOn === null ) {
				context.addIssue( {
					code: 'custom',
					message: 'does not begin and end at a time',
				} );
				return z.NEVER;
			}
			return {
				id: period.id,
				startsOn,
				endsOn,
				closedOn: period.closedDate,
			};
		} )
);
