/**
 * What the parts of the Brightpearl in memory have in common.
 */
import type {
	AddressBody,
	OrderAddress,
	SalesOrder,
	SalesOrderBody,
} from '../../../src/brightpearl/api.ts';
import type { Failure, Result } from '../../../src/contracts/result.ts';
import { decimal, money, sum } from '../../../src/domain/money.ts';
import type { Call, FakeOrderBrightpearl } from './order-brightpearl.ts';

/** What Brightpearl refuses for good, in its words. */
export class Refused {
	readonly failure: Failure;
	constructor( why: string | Failure ) {
		this.failure =
			typeof why === 'string'
				? {
						kind: 'hold',
						ruid: null,
						problem: {
							code: 'refused-by-brightpearl',
							message: why,
							cause: null,
							fix: null,
							field: null,
						},
					}
				: why;
	}
}

/** Counts the request, and executes it between `before` and `after`. */
export type Answer = < T >(
	call: Call,
	work: () => T | Refused
) => Promise< Result< T > >;

/** Free text is stored under it (resources reference, §1.6). */
export const MISC_PRODUCT = 1000;

/** As a body has them, with ids of their own. */
export function rowsFrom(
	fake: FakeOrderBrightpearl,
	body: Pick< SalesOrderBody, 'rows' >
): SalesOrder[ 'rows' ] {
	return body.rows.map( ( row ) => ( {
		id: fake.nextRowId++,
		productId: row.productId ?? MISC_PRODUCT,
		sku: null,
		name: row.name ?? null,
		quantity: row.quantity,
		net: row.net,
		tax: row.tax,
		taxCode: row.taxCode,
		nominalCode: row.nominalCode ?? null,
		taxCalculator: null,
		externalRef: row.externalRef,
		bundleParent: false,
		bundleChild: false,
		parentRowId: 0,
	} ) );
}

export function addressFrom( body: AddressBody ): OrderAddress {
	return {
		fullName: body.addressFullName ?? null,
		company: body.companyName ?? null,
		line1: body.addressLine1 ?? null,
		line2: body.addressLine2 ?? null,
		line3: body.addressLine3 ?? null,
		line4: body.addressLine4 ?? null,
		postalCode: body.postalCode ?? null,
		countryIso2: null,
		countryIso3: body.countryIsoCode ?? null,
		telephone: body.telephone ?? null,
		email: body.email ?? null,
	};
}

export function totalsOf( rows: SalesOrder[ 'rows' ] ) {
	const net = sum( rows.map( ( row ) => decimal( row.net ) ) );
	const tax = sum( rows.map( ( row ) => decimal( row.tax ) ) );
	return {
		net: money( net, 2 ),
		tax: money( tax, 2 ),
		total: money( net.plus( tax ), 2 ),
	};
}
