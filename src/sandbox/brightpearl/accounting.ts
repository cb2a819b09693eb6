/**
 * What an account is set up with: payment methods, tax codes, currencies, nominal codes, its
 * configuration and the installed integration (platform reference, §6.5–6.6, §7.2–7.5).
 */
import { route } from './call.ts';
import type { Call, Route } from './call.ts';
import { listRoute } from './reference-data.ts';
import type { Currency, Method, Nominal } from './profile.ts';
import { answer, fixedNumber, refuse } from './reply.ts';
import type { Reply } from './reply.ts';
import { notFound } from './codes.ts';
import { BANK_ACCOUNT } from './journals.ts';
import { rateAt } from './rates.ts';
import { searchRoutes } from './search.ts';

/** Every value is a text, booleans `0` and `1`. */
function readConfiguration( { account, switches }: Call ): Reply {
	const { profile } = account;
	const { statuses, nominal } = profile;
	const baseId =
		profile.currencies.find( ( { code } ) => code === profile.baseCurrency )
			?.id ?? 1;
	return answer( {
		configuration: {
			roundingCorrectionsNominalCode: nominal.rounding,
			invoicedOrderStatusId: String( statuses.invoiced ),
			newSalesOrderStatusId: String( statuses.fresh ),
			chargesNominalCode: '4050',
			defaultProductTypeId: '1',
			salesNominalCode: nominal.sales,
			timeZone: profile.timeZone,
			taxSchemeCode: profile.taxScheme,
			newPurchaseOrderStatusId: '6',
			purchaseNominalCode: '5000',
			shippingNominalCode: nominal.shipping,
			newSalesCreditStatusId: '10',
			multipleWarehouseEnabled: '1',
			defaultCostPriceListId: '1',
			discountNominalCode: nominal.discount,
			baseCurrencyCode: profile.baseCurrency,
			...( switches.cancelledStatus === 'none'
				? {}
				: { cancelledOrderStatusId: String( statuses.cancelled ) } ),
			defaultCurrencyCode: String( baseId ),
			defaultTaxRateId: String( profile.taxCodes[ 1 ]?.id ?? 1 ),
			newPurchaseCreditStatusId: '12',
			orderRowSortingStrategy: 'rowSequence',
		},
	} );
}

function readInstance( { account, instanceId }: Call ): Reply {
	return instanceId === null
		? // A private app is no installed integration.
			refuse( 404, notFound( 'No integration instance found' ) )
		: answer( {
				installedIntegrationInstanceId: instanceId,
				installedIntegrationId: account.profile.integrationId,
				instanceName: account.code,
			} );
}

export const accountingRoutes: readonly Route[] = [
	route(
		'GET',
		'/accounting-service/payment-method/{ids?}',
		'get-payment-method',
		listRoute(
			'Payment Method',
			( account ) => account.profile.paymentMethods,
			( method, account ) => ( {
				id: method.id,
				name: method.name,
				code: method.code,
				isActive: true,
				bankAccounts: [
					{
						paymentMethodId: method.id,
						currencyIsoCode: account.profile.baseCurrency,
						bankAccountNominalCode: BANK_ACCOUNT,
					},
				],
				installedIntegrationId: '0',
			} )
		)
	),
	...searchRoutes< Method >( {
		path: '/accounting-service/payment-method-search',
		columns: [
			{ name: 'id', type: 'IDSET', value: ( row ) => row.id },
			{ name: 'code', type: 'STRING', value: ( row ) => row.code },
			{ name: 'name', type: 'STRING', value: ( row ) => row.name },
			{ name: 'isActive', type: 'BOOLEAN', value: () => true },
		],
		rows: ( call ) => call.account.profile.paymentMethods,
	} ),
	route(
		'GET',
		'/accounting-service/tax-code/{ids?}',
		'get-tax-code',
		listRoute(
			'Tax Code',
			( account ) => account.profile.taxCodes,
			( { id, code, description, rate } ) => ( {
				id,
				code,
				description,
				// Absent for a zero rate (recorded).
				...( rate === null ? {} : { rate: fixedNumber( rate ) } ),
			} )
		)
	),
	route(
		'GET',
		'/accounting-service/nominal-code/{ids?}',
		'get-nominal-code',
		listRoute(
			'Nominal Code',
			( account ) => account.profile.nominals,
			( { id, code, name, bank } ) => ( {
				id,
				code,
				name,
				type: { id: 1 },
				bank,
				expense: false,
				discount: false,
				editable: true,
				active: true,
				taxCode: 0,
				chartMapCode: '',
				reconcile: bank,
			} )
		)
	),
	...searchRoutes< Nominal >( {
		path: '/accounting-service/nominal-code-search',
		columns: [
			{ name: 'code', type: 'SEARCH_STRING', value: ( row ) => row.code },
			{ name: 'name', type: 'SEARCH_STRING', value: ( row ) => row.name },
			{ name: 'type', type: 'IDSET', value: () => 1 },
			{ name: 'bank', type: 'BOOLEAN', value: ( row ) => row.bank },
			{ name: 'currencyId', type: 'IDSET', value: () => null },
			{ name: 'active', type: 'BOOLEAN', value: () => true },
		],
		rows: ( call ) => call.account.profile.nominals,
	} ),
	...searchRoutes< Currency >( {
		path: '/accounting-service/currency-search',
		columns: [
			{ name: 'id', type: 'IDSET', value: ( row ) => row.id },
			{ name: 'title', type: 'STRING', value: ( row ) => row.title },
			{ name: 'code', type: 'STRING', value: ( row ) => row.code },
			{ name: 'symbol', type: 'STRING', value: ( row ) => row.symbol },
			{
				name: 'exchangeRate',
				type: 'STRING',
				value: ( row ) => row.rate,
			},
			{
				name: 'isDefault',
				type: 'BOOLEAN',
				value: ( row, account ) =>
					row.code === account.profile.baseCurrency,
			},
			{
				name: 'exchangeRateVarianceNominalCode',
				type: 'STRING',
				value: () => null,
			},
		],
		rows: ( { account, now } ) =>
			account.profile.currencies.map( ( currency ) => ( {
				...currency,
				rate: rateAt( account, currency, now ),
			} ) ),
	} ),
	route(
		'GET',
		'/integration-service/account-configuration',
		'get-account-configuration',
		readConfiguration
	),
	route(
		'GET',
		'/integration-service/integration/instance',
		'get-integration-instance',
		readInstance
	),
	route(
		'GET',
		'/contact-service/lead-source/{ids?}',
		'get-lead-source',
		listRoute(
			'Lead Source',
			( account ) => account.profile.leadSources,
			( { id, name } ) => ( {
				id,
				ownerId: 0,
				parentId: 0,
				name,
				isActive: true,
			} )
		)
	),
];
