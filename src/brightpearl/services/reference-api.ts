/**
 * Every kind of reference data, through the cache.
 */
import {
	ACCOUNTING_PERIODS,
	accountingPeriodsSchema,
	CURRENCIES,
	currenciesSchema,
	EXCHANGE_RATES,
	exchangeRatesSchema,
	PAYMENT_METHODS,
	paymentMethodsSchema,
	TAX_CODES,
	taxCodesSchema,
} from './accounting.ts';
import { ok } from '../../contracts/result.ts';
import type { ReferenceApi } from '../api.ts';
import type { Link } from './link.ts';
import {
	CONTACT_TAGS,
	contactTagsSchema,
	LEAD_SOURCES,
	leadSourcesSchema,
	NOMINAL_CODES,
	nominalCodesSchema,
	ORDER_STATUSES,
	orderStatusesSchema,
	PRICE_LISTS,
	priceListsSchema,
	SHIPPING_METHODS,
	shippingMethodsSchema,
} from './named.ts';
import { CHANNELS, channelsSchema } from './products.ts';
import { LONG } from './reference.ts';
import { WAREHOUSES, warehousesSchema } from './warehouse.ts';

/** Where the initial rate of a currency begins. */
const EPOCH = new Date( 0 ).toISOString();

export function createReferenceApi( {
	configuration,
	kept,
}: Link ): ReferenceApi {
	const currencyDetails = kept( CURRENCIES, currenciesSchema, LONG );
	const rates = kept( EXCHANGE_RATES, exchangeRatesSchema );
	return {
		configuration,
		channels: kept( CHANNELS, channelsSchema ),
		warehouses: kept( WAREHOUSES, warehousesSchema ),
		taxCodes: kept( TAX_CODES, taxCodesSchema, LONG ),
		paymentMethods: kept( PAYMENT_METHODS, paymentMethodsSchema ),
		priceLists: kept( PRICE_LISTS, priceListsSchema ),
		leadSources: kept( LEAD_SOURCES, leadSourcesSchema ),
		orderStatuses: kept( ORDER_STATUSES, orderStatusesSchema ),
		nominalCodes: kept( NOMINAL_CODES, nominalCodesSchema ),
		shippingMethods: kept( SHIPPING_METHODS, shippingMethodsSchema ),
		async currencies( fresh ) {
			const found = await currencyDetails( fresh );
			return found.ok
				? ok( found.value.map( ( { code } ) => code ) )
				: found;
		},
		currencyDetails,
		async exchangeRates( fresh ) {
			const currencies = await currencyDetails( fresh );
			if ( ! currencies.ok ) {
				return currencies;
			}
			const found = await rates( fresh );
			if ( ! found.ok ) {
				return found;
			}
			const codes = new Map(
				currencies.value.map( ( { id, code } ) => [ id, code ] )
			);
			return ok(
				found.value
					.flatMap( ( { currencyId, rate, rateActiveFrom } ) => {
						const currency = codes.get( currencyId );
						return currency === undefined
							? []
							: [
									{
										currency,
										rate,
										activeFrom: rateActiveFrom ?? EPOCH,
									},
								];
					} )
					.sort(
						( a, b ) =>
							Date.parse( b.activeFrom ) -
							Date.parse( a.activeFrom )
					)
			);
		},
		accountingPeriods: kept( ACCOUNTING_PERIODS, accountingPeriodsSchema ),
		contactTags: kept( CONTACT_TAGS, contactTagsSchema ),
	};
}
