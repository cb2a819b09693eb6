/** What a screen shows of the exact order body (resources reference, §1.2); the rest is in the raw text. */
import { z } from 'zod';

const addressSchema = z.object( {
	addressFullName: z.string().optional(),
	companyName: z.string().optional(),
	addressLine1: z.string().optional(),
	addressLine2: z.string().optional(),
	addressLine3: z.string().optional(),
	addressLine4: z.string().optional(),
	postalCode: z.string().optional(),
	countryIsoCode: z.string().optional(),
	email: z.string().optional(),
} );
export type PlannedAddress = z.infer< typeof addressSchema >;

const plannedSchema = z.object( {
	customer: z.object( { id: z.number().nullable(), address: addressSchema } ),
	ref: z.string(),
	externalRef: z.string(),
	placedOn: z.string(),
	statusId: z.number().optional(),
	warehouseId: z.number().optional(),
	channelId: z.number().optional(),
	leadSourceId: z.number().optional(),
	priceListId: z.number().optional(),
	currency: z.object( { code: z.string() } ),
	delivery: z.object( {
		address: addressSchema,
		shippingMethodId: z.number().optional(),
	} ),
	rows: z.array(
		z.object( {
			productId: z.number().optional(),
			name: z.string().optional(),
			quantity: z.string(),
			taxCode: z.string(),
			net: z.string(),
			tax: z.string(),
			nominalCode: z.string().optional(),
			externalRef: z.string(),
		} )
	),
} );
export type PlannedOrder = z.infer< typeof plannedSchema >;

/** Null when it has another shape: then only the raw text can be shown. */
export function readPlanned( body: unknown ): PlannedOrder | null {
	const read = plannedSchema.safeParse( body );
	return read.success ? read.data : null;
}

/** On one line, as on a label. */
export function addressText( address: PlannedAddress ): string {
	return [
		address.addressFullName,
		address.companyName,
		address.addressLine1,
		address.addressLine2,
		address.addressLine3,
		address.addressLine4,
		address.postalCode,
		address.countryIsoCode,
	]
		.filter( ( part ) => part !== undefined && part !== '' )
		.join( ', ' );
}
