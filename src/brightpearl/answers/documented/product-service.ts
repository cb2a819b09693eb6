/** Product service (resources reference, §3.1, §3.4, §3.5). */
import { shape, type Documented } from './shape.ts';

const TEXT = 'languageCode text format';

export const PRODUCT_SERVICE: Documented = {
	'GET /product-service/product': shape( `[] {
		id! brandId collectionId productTypeId
		identity! { sku ean upc isbn mpn barcode }
		productGroupId featured
		stock! { stockTracked! weight { magnitude } dimensions { length height width volume } }
		financialDetails { taxable taxCode { id code } }
		salesChannels { [] {
			salesChannelName productName productCondition categories { [] { categoryCode } }
			description { ${ TEXT } } shortDescription { ${ TEXT } }
		} }
		composition! { bundle! bundleComponents { [] { productId! productQuantity! composition } } }
		variations { [] { optionId optionName optionValueId optionValue } }
		createdOn updatedOn
		warehouses { * { defaultLocationId overflowLocationId reorderLevel reorderQuantity } }
		nominalCodeStock nominalCodePurchases nominalCodeSales seasonIds reporting primarySupplierId status
		salesPopupMessage warehousePopupMessage version
		availableToSellOnChannel sellWhenNoStock customFields nullCustomFields
	}` ),
	'GET /product-service/price-list': shape( `[] {
		id! name! { languageCode text! format } code currencyCode currencySymbol currencyId
		priceListTypeCode gross
	}` ),
	'GET /product-service/product-price': shape( `[] {
		productId! priceLists! { [] { priceListId! currencyCode currencyId sku quantityPrice! } }
	}` ),
	'GET /product-service/product-price/price-list': shape( `[] {
		productId! priceLists! { [] { priceListId! currencyCode currencyId sku quantityPrice! } }
	}` ),
	'GET /product-service/channel': shape( `[] {
		id! name! channelTypeId defaultWarehouseId contactGroupId defaultPriceListId channelBrandId
		warehouseIds showInChannelMenu
		integrationDetail { installedIntegrationId configSetId providerCode integrationTypeCode active }
	}` ),
};
