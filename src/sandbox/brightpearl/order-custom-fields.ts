/**
 * Custom fields of orders: those of sales, or of purchases (resources reference, §1.9).
 */
import { touchOrder, typeOf } from './account.ts';
import type { Route } from './call.ts';
import { CUSTOM_FIELDS } from './custom-field-definitions.ts';
import type { CustomField } from './custom-field-definitions.ts';
import { customFieldRoutes, metaDataRoute } from './custom-fields.ts';
import type { Order } from './model.ts';
import { noSuchOrder } from './find-order.ts';
import { isPurchase } from './order-types.ts';

export const orderFieldsOf = ( order: Order ): readonly CustomField[] =>
	isPurchase( typeOf( order ) ) ? CUSTOM_FIELDS.purchase : CUSTOM_FIELDS.sale;

export const orderCustomFieldRoutes: readonly Route[] = [
	...customFieldRoutes< Order >( {
		path: '/order-service/order',
		find: ( account, id ) => account.tables.orders.get( id ),
		missing: ( call ) => noSuchOrder( call.params.id ?? '' ),
		fieldsOf: orderFieldsOf,
		read: ( order ) => order.customFields ?? {},
		save: ( { account, now, switches }, order, customFields ) => {
			order.customFields = customFields;
			if ( switches.customFieldsTouch ) {
				touchOrder( account, order, now );
			} else {
				account.tables.orders.put( order );
			}
		},
	} ),
	metaDataRoute(
		'/order-service/sale/custom-field-meta-data',
		CUSTOM_FIELDS.sale
	),
	metaDataRoute(
		'/order-service/purchase/custom-field-meta-data',
		CUSTOM_FIELDS.purchase
	),
];
