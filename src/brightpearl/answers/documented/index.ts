/** What the references document of every answer we read. */
import { CONTACT_SERVICE } from './contact-service.ts';
import { ORDER_SERVICE } from './order-service.ts';
import { OTHER_SERVICES } from './other-services.ts';
import { PRODUCT_SERVICE } from './product-service.ts';
import type { Documented } from './shape.ts';
import { WAREHOUSE_SERVICE } from './warehouse-service.ts';

export const DOCUMENTED: Documented = {
	...CONTACT_SERVICE,
	...ORDER_SERVICE,
	...OTHER_SERVICES,
	...PRODUCT_SERVICE,
	...WAREHOUSE_SERVICE,
};
