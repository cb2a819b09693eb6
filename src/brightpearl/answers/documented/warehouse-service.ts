/** Warehouse service (resources reference, §4.1, §4.2, §4.4, §4.5, §4.6, §4.7). */
import { shape, type Documented } from './shape.ts';

const STOCK = 'inStock! onHand! allocated! inTransit';

export const WAREHOUSE_SERVICE: Documented = {
	'GET /warehouse-service/product-availability': shape( `* {
		total { ${ STOCK } } warehouses! { * { ${ STOCK } } }
	}` ),
	'GET /warehouse-service/bundle-availability': shape(
		'* { total { onHand } warehouses { * { onHand! } } }'
	),
	'GET /warehouse-service/warehouse': shape( `[] {
		id! name! typeCode typeDescription address { addressId } clickAndCollectEnabled openingHours slas
	}` ),
	'GET /warehouse-service/shipping-method': shape( `[] {
		id! code name! additionalInformationRequired methodType breaks carrier countries channelBrandTemplates
	}` ),
	'GET /warehouse-service/order/reservation': shape( `[] {
		orderId warehouseId! orderRows! { * { productId! quantity! } }
	}` ),
	'GET /warehouse-service/order/goods-note/goods-out': shape( `* {
		orderId! warehouseId externalRef transfer targetWarehouseId priority
		status! {
			printed picked packed shipped! printedOn pickedOn packedOn shippedOn
			printedById pickedById packedById shippedById
		}
		shipping! { reference shippingMethodId boxes weight }
		releaseDate createdOn createdBy
		orderRows! { * { [] { productId! quantity! locationId externalRef batchId } } }
		sequence events { [] { occured eventOwnerId eventCode } } labelUri lastEventVersion
	}` ),
	'POST /warehouse-service/order/goods-note/goods-out': shape( '#!' ),
	'GET /warehouse-service/order/goods-note/drop-ship': shape( `* {
		orderId purchaseOrderId supplierId status { shipped shippedOn shippedById } orderRows events
		externalRef shipping createdOn createdBy sequence lastEventVersion
	}` ),
	'GET /warehouse-service/order/fulfilment-status': shape(
		'* { quantity! fulfilled shipped fulfilmentLocations }'
	),
};
