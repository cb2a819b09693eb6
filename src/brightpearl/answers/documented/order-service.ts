/** Order service (resources reference, §1.3, §1.4, §1.6 to §1.8, §1.9, §1.12). */
import { shape, type Documented } from './shape.ts';

const ADDRESS = `addressFullName companyName addressLine1 addressLine2 addressLine3 addressLine4
	postalCode country countryId countryIsoCode countryIsoCode3 telephone mobileTelephone fax email`;

const MONEY = 'currencyCode value';

const ROW = `orderRowSequence productId! productName productSku productOptions
	quantity! { magnitude! } itemCost { ${ MONEY } } productPrice { ${ MONEY } } discountPercentage
	rowValue! {
		taxRate taxCode taxCalculator rowNet! { currencyCode value! } rowTax! { currencyCode value! }
		taxClassId
	}
	nominalCode externalRef composition { bundleParent bundleChild parentOrderRowId } clonedFromId`;

const ORDER = `
	id! parentOrderId orderTypeCode reference externalRef installedIntegrationInstanceId version
	state { tax } orderStatus! { orderStatusId! name } tax { errors }
	orderPaymentStatus stockStatusCode allocationStatusCode! shippingStatusCode!
	placedOn createdOn updatedOn closedOn originalInvoiceDate createdById priceListId priceModeCode
	delivery { deliveryDate shippingMethodId }
	invoices { [] { invoiceReference taxDate dueDate } }
	currency! { accountingCurrencyCode orderCurrencyCode! exchangeRate! fixedExchangeRate }
	totalValue! { net! taxAmount! baseNet baseTaxAmount baseTotal total! }
	assignment { current { staffOwnerContactId projectId channelId leadSourceId teamId } }
	parties! {
		customer { contactId ${ ADDRESS } }
		supplier { contactId ${ ADDRESS } }
		delivery { ${ ADDRESS } }
		billing { contactId ${ ADDRESS } }
	}
	orderRows! { * { ${ ROW } } }
	warehouseId acknowledged costPriceListId historicalOrder orderWeighting isDropship
	customFields nullCustomFields
`;

const SALES = `[] {
	id! customerId customer { id address { ${ ADDRESS } } } billing { contactId address { ${ ADDRESS } } }
	ref placedOn taxDate parentId statusId orderStatus warehouseId channelId externalRef
	installedIntegrationInstanceId staffOwnerId projectId teamId leadSourceId priceListId priceModeCode
	currency { code fixedExchangeRate exchangeRate }
	delivery { date address { ${ ADDRESS } } shippingMethodId }
	createdOn updatedOn createdBy version
	total { net tax gross baseNet baseTax baseGross }
	orderPaymentStatus allocationStatusCode shippingStatusCode stockStatusCode isCanceled
	invoice { invoiceReference taxDate dueDate } orderWeighting costPriceListId
	rows { [] {
		id productId name sku quantity taxCode tax net nominalCode externalRef productPrice
		discountPercentage sequence bundleChild bundleParent parentRowId taxClassId taxCalculator clonedFromId
	} }
	customFields nullCustomFields
}`;

export const ORDER_SERVICE: Documented = {
	'GET /order-service/order': shape( `[] { ${ ORDER } }` ),
	'PATCH /order-service/order': shape( ORDER ),
	'POST /order-service/order/row': shape( '#!' ),
	'PATCH /order-service/order/row': shape( ROW ),
	'POST /order-service/order/note': shape( '#!' ),
	'PATCH /order-service/order/custom-field': shape( '* { id! value }' ),
	// A repeated reference may be answered with nothing (§8.1).
	'POST /order-service/sales-order': shape( '#' ),
	'POST /order-service/sales-credit': shape( '#' ),
	'GET /order-service/sales-order': shape( SALES ),
	'GET /order-service/sales-credit': shape( SALES ),
	'GET /order-service/order-status': shape( `[] {
		statusId! name! orderTypeCode! sortOrder disabled visible color remindAfterDays alertEmails
		emailContent batchProcess state
	}` ),
	'GET /order-service/sale/custom-field-meta-data': shape( `[] {
		id code! name customFieldType! required options
	}` ),
};
