/**
 * All services over one link.
 */
import type { ServicesApi } from '../api.ts';
import { createContactsApi } from './contacts.ts';
import { createCustomFieldsApi } from './custom-fields.ts';
import { createGoodsOutApi } from './goods-out.ts';
import type { Link } from './link.ts';
import { createOrderEditsApi } from './order-edits.ts';
import { createOrderNotesApi } from './order-notes.ts';
import { createOrdersApi } from './orders.ts';
import { createPaymentsApi } from './payments.ts';
import { createProductsApi } from './products.ts';
import { createReferenceApi } from './reference-api.ts';
import { createSalesCreditsApi } from './sales-credits.ts';
import { createWarehouseApi } from './warehouse.ts';
import { createWebhooksApi } from './webhooks.ts';

export const createServices = ( link: Link ): ServicesApi => ( {
	...createContactsApi( link ),
	...createCustomFieldsApi( link ),
	...createGoodsOutApi( link ),
	...createOrderEditsApi( link ),
	...createOrderNotesApi( link ),
	...createOrdersApi( link ),
	...createPaymentsApi( link ),
	...createProductsApi( link ),
	...createReferenceApi( link ),
	...createSalesCreditsApi( link ),
	...createWarehouseApi( link ),
	...createWebhooksApi( link ),
} );
