/** Accounting and integration services (platform reference, §1.6, §6.1, §6.5, §6.6, §7.2–7.8). */
import { shape, type Documented } from './shape.ts';

export const OTHER_SERVICES: Documented = {
	'GET /accounting-service/payment-method': shape( `[] {
		id name code! isActive installedIntegrationId
		bankAccounts { [] { paymentMethodId currencyIsoCode bankAccountNominalCode } }
	}` ),
	'GET /accounting-service/tax-code': shape(
		'[] { id! code! description rate }'
	),
	'GET /accounting-service/nominal-code': shape( `[] {
		id code! name type { id } bank expense discount editable active taxCode chartMapCode reconcile
		currencyId
	}` ),
	'GET /accounting-service/exchange-rate': shape(
		'[] { currencyId! rateActiveFrom rate! addedById }'
	),
	'GET /accounting-service/accounting-period': shape(
		'[] { id startDate! endDate! closedDate closedByUserId }'
	),
	'GET /integration-service/account-configuration': shape(
		// Its keys are many and the page is cut: only those we need are looked for.
		'configuration!'
	),
	'GET /integration-service/integration/instance': shape(
		'installedIntegrationInstanceId installedIntegrationId instanceName'
	),
	'POST /accounting-service/customer-payment': shape( '#!' ),
	'POST /integration-service/webhook': shape( '#!' ),
	'POST /multi-message': shape( `
		processedMessages { [] { label! statusCode! body } } unprocessedMessages
	` ),
	'GET /integration-service/webhook': shape( `[] {
		id! subscribeTo! httpMethod! uriTemplate! bodyTemplate contentType idSetAccepted qualityOfService
	}` ),
};
