/**
 * Payment methods, tax codes, nominal codes, currencies, rates, periods and journals (platform
 * reference, §7.2–7.8).
 */
import assert from 'node:assert/strict';
import type { Api, ConformanceCase } from '../case.ts';
import { baseCurrencyOf, customerOf, makeSale } from '../order-kit.ts';
import { hasColumns } from '../stock-kit.ts';
import { bodyOf, responseOf, rowsOf } from '../reading.ts';
import type { Json } from '../reading.ts';

const SERVICE = '/accounting-service';

const all = async ( api: Api, path: string ): Promise< Json[] > => [
	...responseOf( await api.get( `${ SERVICE }${ path }` ) ),
];

const currencies = async ( api: Api ) =>
	rowsOf(
		await api.get( `${ SERVICE }/currency-search`, {
			query: { columns: 'id,code,isDefault' },
		} )
	);

/** A currency that is not the base. */
async function foreign( api: Api ): Promise< number > {
	const other = ( await currencies( api ) ).find(
		( [ , , base ] ) => ! base
	);
	return Number( other?.[ 0 ] ?? api.skip( 'there is one currency' ) );
}

const DAY_MS = 24 * 3_600_000;

const dayOf = ( at: number ): string =>
	new Date( at ).toISOString().slice( 0, 10 );

const tomorrow = (): string => dayOf( Date.now() + 26 * 3_600_000 );

/** A coming day that no rate of the currency begins on yet. */
async function freeDay( api: Api, currency: number ): Promise< string > {
	const latest = ( await all( api, '/exchange-rate' ) )
		.filter( ( rate ) => Number( rate.currencyId ) === currency )
		.map( ( rate ) => Date.parse( String( rate.rateActiveFrom ) ) );
	return dayOf( Math.max( Date.now(), ...latest ) + DAY_MS );
}

/** A line of a bookkeeping document. */
const line = async ( api: Api, more: Record< string, unknown > = {} ) => ( {
	net: '10.00',
	tax: '2.00',
	nominalCode: '4000',
	taxClassId: Number( ( await all( api, '/tax-code' ) )[ 0 ]?.id ),
	...more,
} );

async function invoice(
	api: Api,
	kind: 'sales-invoice' | 'sales-credit',
	more: {
		readonly header?: Record< string, unknown >;
		readonly line?: Record< string, unknown >;
	} = {}
) {
	const base = ( await currencies( api ) ).find( ( [ , , flag ] ) => flag );
	return api.post( `${ SERVICE }/invoice/${ kind }/`, {
		header: {
			contactId: await customerOf( api ),
			taxDate: '2026-04-17',
			dueDate: '2026-05-17',
			description: 'Conformance',
			currencyId: base?.[ 0 ],
			...more.header,
		},
		lines: [ await line( api, more.line ) ],
	} );
}

export const accountingCases: readonly ConformanceCase[] = [
	{
		id: 'tax-code/fields',
		fact: 'A tax code has id, code and description; rate is a number, absent when it is zero-rated',
		source: 'platform §7.3',
		mark: 'V',
		mode: 'read',
		run: async ( api ) => {
			for ( const code of await all( api, '/tax-code' ) ) {
				assert.equal( typeof code.id, 'number' );
				assert.equal( typeof code.code, 'string' );
				assert.equal( typeof code.description, 'string' );
				assert( ! ( 'rate' in code ) || typeof code.rate === 'number' );
			}
		},
	},
	{
		id: 'tax-code/rate-of-4-decimals',
		fact: 'A rate has up to 4 decimals',
		source: 'platform §7.3',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const { text } = await api.get( `${ SERVICE }/tax-code` );
			assert.match( text, /"rate":\d+(\.\d{1,4})?[,}]/ );
		},
	},
	{
		id: 'payment-method/fields',
		fact: 'A payment method has code, name, isActive, its bank accounts by currency and the integration as text',
		source: 'platform §7.2',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const [ method ] = await all( api, '/payment-method' );
			assert.equal( typeof method?.code, 'string' );
			assert.equal( typeof method?.name, 'string' );
			assert.equal( typeof method?.isActive, 'boolean' );
			assert.equal( typeof method?.installedIntegrationId, 'string' );
			for ( const account of method?.bankAccounts ?? [] ) {
				assert.equal( typeof account.currencyIsoCode, 'string' );
				assert.equal( typeof account.bankAccountNominalCode, 'string' );
			}
		},
	},
	{
		id: 'payment-method/search',
		fact: 'Payment methods can be searched; the columns include id',
		source: 'platform §7.2',
		mark: 'C',
		mode: 'read',
		run: ( api ) =>
			hasColumns( api, `${ SERVICE }/payment-method-search`, 'id' ),
	},
	{
		id: 'nominal-code/search-columns',
		fact: 'nominal-code-search has code, name, type, bank, currencyId and active, by code',
		source: 'platform §7.4',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const path = `${ SERVICE }/nominal-code-search`;
			await hasColumns(
				api,
				path,
				'code name type bank currencyId active'
			);
			const codes = rowsOf(
				await api.get( path, { query: { columns: 'code' } } )
			).map( ( [ code ] ) => String( code ) );
			assert.deepEqual( codes, codes.toSorted() );
		},
	},
	{
		id: 'nominal-code/by-row-id',
		fact: 'GET nominal-code takes row ids, not codes; codes are texts',
		source: 'platform §7.4',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const [ first ] = await all( api, '/nominal-code' );
			const [ same ] = await all(
				api,
				`/nominal-code/${ String( first?.id ) }`
			);
			assert.deepEqual( same, first );
			assert.equal( typeof first?.code, 'string' );
			for ( const key of [
				'name',
				'type',
				'bank',
				'expense',
				'discount',
				'editable',
				'active',
				'reconcile',
			] ) {
				assert( first && key in first, key );
			}
		},
	},
	{
		id: 'currency/search-columns',
		fact: 'currency-search has the documented columns, by id; isDefault marks the base',
		source: 'platform §7.5',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			await hasColumns(
				api,
				`${ SERVICE }/currency-search`,
				'id title code symbol exchangeRate isDefault exchangeRateVarianceNominalCode'
			);
			const rows = await currencies( api );
			const base = rows.filter( ( [ , , isDefault ] ) => isDefault );
			assert.equal( base.length, 1 );
			const { configuration } = responseOf(
				await api.get( '/integration-service/account-configuration' )
			);
			assert.equal(
				base[ 0 ]?.[ 1 ],
				configuration?.baseCurrencyCode as unknown
			);
		},
	},
	{
		id: 'exchange-rate/order',
		fact: 'Exchange rates come by currency, the latest first; the base has none, the initial one is of the epoch',
		source: 'platform §7.5',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const rates = await all( api, '/exchange-rate' );
			const base = ( await currencies( api ) ).find(
				( [ , , isDefault ] ) => isDefault
			)?.[ 0 ];
			assert(
				rates.every( ( rate ) => Number( rate.currencyId ) !== base )
			);
			const keys = rates.map(
				( rate ) =>
					[
						Number( rate.currencyId ),
						Date.parse( String( rate.rateActiveFrom ) ),
					] as const
			);
			assert.deepEqual(
				keys,
				keys.toSorted( ( [ a, x ], [ b, y ] ) => a - b || y - x )
			);
			assert( keys.some( ( [ , from ] ) => from === 0 ) );
		},
	},
	{
		id: 'exchange-rate/add',
		fact: 'A rate is added for a coming day, at midnight UTC; the answer is the number of rows',
		source: 'platform §7.5',
		mark: 'D',
		mode: 'write',
		// A rate cannot be taken back: a live currency would change with the day.
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const currency = await foreign( api );
			const path = `${ SERVICE }/currency/${ currency }/exchange-rate`;
			const day = await freeDay( api, currency );
			const added = await api.post( path, {
				rateActiveFrom: `${ day }T15:00:00Z`,
				rate: '1.234567',
			} );
			assert.equal( bodyOf( added ).response, 1 );
			const found = ( await all( api, '/exchange-rate' ) ).find(
				( rate ) =>
					Number( rate.currencyId ) === currency &&
					Date.parse( String( rate.rateActiveFrom ) ) ===
						Date.parse( `${ day }T00:00:00Z` )
			);
			assert.equal( Number( found?.rate ), 1.234567 );
			const changed = await api.put( path, {
				rateActiveFrom: `${ day }T00:00:00Z`,
				rate: '1.300000',
			} );
			assert.equal( bodyOf( changed ).response, 1 );
			const after = ( await all( api, '/exchange-rate' ) ).find(
				( rate ) =>
					Number( rate.currencyId ) === currency &&
					Date.parse( String( rate.rateActiveFrom ) ) ===
						Date.parse( `${ day }T00:00:00Z` )
			);
			assert.equal( Number( after?.rate ), 1.3 );
		},
	},
	{
		id: 'exchange-rate/refusals',
		fact: 'No rate for the base currency, none that begins in the past, none of 7 decimals',
		source: 'platform §7.5',
		mark: 'D',
		mode: 'write',
		// What is not refused after all would stay.
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const currency = await foreign( api );
			const base = Number(
				( await currencies( api ) ).find(
					( [ , , flag ] ) => flag
				)?.[ 0 ]
			);
			const add = ( id: number, rateActiveFrom: string, rate: string ) =>
				api.post( `${ SERVICE }/currency/${ id }/exchange-rate`, {
					rateActiveFrom,
					rate,
				} );
			for ( const reply of [
				await add( base, tomorrow(), '1.1' ),
				await add( currency, '2020-01-01', '1.1' ),
				await add( currency, tomorrow(), '1.2345678' ),
			] ) {
				assert( reply.status >= 400, String( reply.status ) );
			}
		},
	},
	{
		id: 'accounting-period/fields',
		fact: 'An accounting period has id, startDate and endDate',
		source: 'platform §7.8',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const periods = await all( api, '/accounting-period' );
			assert( periods.length > 0 );
			for ( const period of periods ) {
				assert.equal( typeof period.id, 'number' );
				assert.equal( typeof period.startDate, 'string' );
				assert.equal( typeof period.endDate, 'string' );
			}
		},
	},
	{
		id: 'accounting-period/lock',
		fact: 'accounting-period-lock can be read',
		source: 'platform §7.8',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			// Its shape was never shown.
			responseOf(
				await api.get( `${ SERVICE }/accounting-period-lock` )
			);
		},
	},
	{
		id: 'accounting-period/closed',
		fact: 'A payment dated in a closed period is refused',
		source: 'platform §7.8',
		mark: 'I',
		mode: 'write',
		needs: [ 'sandbox' ],
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const currencyIsoCode = await baseCurrencyOf( api );
			await api.sandbox( 'POST', '/switches', {
				closedUntil: '2026-03-31',
			} );
			const pay = ( paymentDate: string ) =>
				api.post( `${ SERVICE }/customer-payment`, {
					paymentMethodCode: 'CARD',
					paymentType: 'RECEIPT',
					orderId,
					currencyIsoCode,
					amountPaid: '1.00',
					paymentDate,
				} );
			assert.equal( ( await pay( '2026-03-31' ) ).status, 400 );
			assert.equal( ( await pay( '2026-04-01' ) ).status, 200 );
			const closed = ( await all( api, '/accounting-period' ) ).filter(
				( { closedDate } ) => closedDate !== undefined
			);
			assert( closed.length > 0 );
		},
	},
	{
		id: 'invoice/sales-invoice-is-a-journal',
		fact: 'POST invoice/sales-invoice answers a journal id; the order is not invoiced by it',
		source: 'platform §7.6',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			const orderId = await makeSale( api );
			const id = Number(
				responseOf(
					await invoice( api, 'sales-invoice', {
						header: { orderId },
					} )
				)
			);
			const { journals } = responseOf(
				await api.get( `${ SERVICE }/journal/${ id }` )
			);
			const journal = journals?.[ 0 ];
			assert.equal( journal?.id, id );
			assert.equal( journal.journalTypeCode, 'SI' );
			const [ order ] = [
				...responseOf(
					await api.get( `/order-service/order/${ orderId }` )
				),
			];
			assert.equal( order?.state?.tax, 'READY' );
		},
	},
	{
		id: 'invoice/sales-credit-is-a-journal',
		fact: 'POST invoice/sales-credit answers a journal id',
		source: 'platform §7.6',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			assert(
				Number.isInteger(
					responseOf( await invoice( api, 'sales-credit' ) )
				)
			);
		},
	},
	{
		id: 'invoice/control-accounts-are-refused',
		fact: 'A line on debtors (1100) or creditors control (2100) is refused',
		source: 'platform §7.6',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			for ( const nominalCode of [ '1100', '2100' ] ) {
				const reply = await invoice( api, 'sales-invoice', {
					line: { nominalCode },
				} );
				assert( reply.status >= 400, nominalCode );
			}
		},
	},
	{
		id: 'invoice/checks',
		fact: 'The order must be a sales order of that customer, and the contact a customer',
		source: 'platform §7.6',
		mark: 'D',
		mode: 'write',
		run: async ( api ) => {
			for ( const header of [
				{ contactId: 999_999_999 },
				{ orderId: 999_999_999 },
			] ) {
				const reply = await invoice( api, 'sales-invoice', { header } );
				assert( reply.status >= 400, JSON.stringify( header ) );
			}
		},
	},
	{
		id: 'journal/shape',
		fact: 'A journal stands under `journals`, with credits and debits whose amounts are texts',
		source: 'platform §7.6',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const rows = rowsOf(
				await api.get( `${ SERVICE }/customer-payment-search`, {
					query: { columns: 'journalId' },
				} )
			);
			const id =
				rows.map( ( [ cell ] ) => cell ).find( Boolean ) ??
				api.skip( 'no payment has a journal' );
			const { journals } = responseOf(
				await api.get( `${ SERVICE }/journal/${ String( id ) }` )
			);
			const journal = journals?.[ 0 ];
			assert.equal( journal?.id, id );
			assert.match( String( journal.exchangeRate ), /^\d+\.\d{6}$/ );
			const sum = ( side: Json | undefined ): number =>
				[ ...( side ?? [] ) ].reduce(
					( total, { change } ) => total + Number( change?.value ),
					0
				);
			assert( sum( journal.credits ) > 0 );
			assert.equal( sum( journal.credits ), sum( journal.debits ) );
			assert.match(
				String( journal.credits?.[ 0 ]?.transactionAmount ),
				/^\d+\.\d\d$/
			);
		},
	},
	{
		id: 'journal/search-by-line',
		fact: 'journal-search has one row per journal line',
		source: 'platform §7.6',
		mark: 'C',
		mode: 'read',
		run: ( api ) =>
			hasColumns(
				api,
				`${ SERVICE }/journal-search`,
				'journalRowId journalDateEntered'
			),
	},
	{
		id: 'payment/total-of-an-order',
		fact: 'sale-payment-total exists for an order',
		source: 'platform §7.1',
		mark: 'D',
		mode: 'read',
		run: async ( api ) => {
			const id = await api.existing( 'order' );
			bodyOf(
				await api.get( `${ SERVICE }/sale-payment-total/${ id }` )
			);
		},
	},
];
