/**
 * Many records at once, for benches: `POST /_sandbox/products` with a `count`, and
 * `POST /_sandbox/contacts`. They stand there as if they always had: no events are told.
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import { controlAnswer, controlError } from './control-reply.ts';
import { fixed } from './decimal.ts';
import { DEFAULT_WAREHOUSE } from './profile.ts';
import type { Reply } from './reply.ts';
import type { Sandbox } from './sandbox.ts';
import { isWarehouse } from './warehouse.ts';

const MOST = 500_000;
const common = {
	account: z.string(),
	count: z.int().min( 1 ).max( MOST ),
	/** Of SKUs, or of names and e-mails: `{prefix}{n}`, n from `from`. */
	prefix: z
		.string()
		.regex( /^[\w-]{1,20}$/ )
		.optional(),
	from: z.int().min( 1 ).default( 1 ),
	/** When they were made; none = now. */
	createdOn: z.iso.datetime( { offset: true } ).optional(),
};

const productsSchema = z.strictObject( {
	...common,
	stock: z.int().min( 0 ).default( 0 ),
	warehouseId: z.int().default( DEFAULT_WAREHOUSE ),
	stockTracked: z.boolean().default( true ),
	price: z
		.string()
		.regex( /^\d+(\.\d+)?$/ )
		.default( '1' ),
} );

const contactsSchema = z.strictObject( {
	...common,
	domain: z.string().default( 'bulk.example.test' ),
} );

/** A body that asks for many: the single product's way has no count. */
export const asksForMany = ( body: unknown ): boolean =>
	typeof body === 'object' && body !== null && 'count' in body;

function accountOf( sandbox: Sandbox, code: string ): Account | undefined {
	return sandbox.tenants.get( code )?.account;
}

const noAccount = ( code: string ): Reply =>
	controlError( `There is no account ${ code }`, 404 );

/** `{firstId, lastId, count}`: ids follow one another. */
export function makeProducts( sandbox: Sandbox, body: unknown ): Reply {
	const read = productsSchema.safeParse( body );
	if ( ! read.success ) {
		return controlError( z.prettifyError( read.error ) );
	}
	const { count, prefix = 'BULK-', from, stock, warehouseId } = read.data;
	const account = accountOf( sandbox, read.data.account );
	if ( ! account || ! isWarehouse( account, warehouseId ) ) {
		return noAccount( read.data.account );
	}
	const { tables, profile } = account;
	const at = Date.parse( read.data.createdOn ?? '' ) || sandbox.now();
	const price = fixed( read.data.price, 4 );
	const firstId = tables.products.nextId();
	for ( let index = 0; index < count; index++ ) {
		const id = index === 0 ? firstId : tables.products.nextId();
		const sku = `${ prefix }${ from + index }`;
		tables.products.put( {
			id,
			sku,
			name: `Bulk product ${ sku }`,
			stockTracked: read.data.stockTracked,
			taxCode: profile.productTax[ '' ] ?? '',
			price,
			bundle: null,
			options: [],
			status: 'LIVE',
			createdAt: at,
			updatedAt: at,
		} );
		if ( stock > 0 && read.data.stockTracked ) {
			tables.stock.put( {
				id,
				warehouses: {
					[ String( warehouseId ) ]: { inStock: stock, allocated: 0 },
				},
			} );
		}
	}
	return controlAnswer( { firstId, lastId: firstId + count - 1, count } );
}

/** Customers with one postal address each; e-mails `{prefix}{n}@{domain}`. */
export function makeContacts( sandbox: Sandbox, body: unknown ): Reply {
	const read = contactsSchema.safeParse( body );
	if ( ! read.success ) {
		return controlError( z.prettifyError( read.error ) );
	}
	const { count, prefix = 'bulk', from, domain } = read.data;
	const account = accountOf( sandbox, read.data.account );
	if ( ! account ) {
		return noAccount( read.data.account );
	}
	const { tables, profile } = account;
	const at = Date.parse( read.data.createdOn ?? '' ) || sandbox.now();
	const currencyId =
		profile.currencies.find( ( { code } ) => code === profile.baseCurrency )
			?.id ?? 1;
	const firstId = tables.contacts.nextId();
	for ( let index = 0; index < count; index++ ) {
		const id = index === 0 ? firstId : tables.contacts.nextId();
		const name = `${ prefix }${ from + index }`;
		const addressId = tables.addresses.nextId();
		tables.addresses.put( {
			id: addressId,
			contactId: id,
			addressLine1: `${ from + index } Bulk Street`,
			addressLine2: '',
			addressLine3: '',
			addressLine4: '',
			postalCode: '',
			country: null,
		} );
		tables.contacts.put( {
			id,
			salutation: '',
			firstName: 'Bulk',
			lastName: name,
			addressIds: { DEF: addressId, BIL: addressId, DEL: addressId },
			emails: { PRI: `${ name }@${ domain }` },
			phones: {},
			isSupplier: false,
			isStaff: false,
			newsletter: false,
			statusId: 0,
			priceListId: 2,
			nominalCode: '0',
			creditTermDays: 0,
			currencyId,
			leadSourceId: 0,
			organisation: { id, name: '' },
			createdAt: at,
			updatedAt: at,
			lastOrderedAt: null,
		} );
	}
	return controlAnswer( { firstId, lastId: firstId + count - 1, count } );
}
