/**
 * Stock and products by hand: `POST /_sandbox/stock`, `POST|DELETE /_sandbox/products`,
 * `POST /_sandbox/goods-in`, `POST /_sandbox/transfer`, and many at once.
 */
import { z } from 'zod';
import { emitChange } from './account.ts';
import type { Account } from './account.ts';
import { asksForMany, makeContacts, makeProducts } from './control-bulk.ts';
import { controlAnswer, controlError } from './control-reply.ts';
import { fixed } from './decimal.ts';
import { describeStock } from './describe.ts';
import { receiveGoods } from './goods-in.ts';
import type { Product } from './model.ts';
import { recordMovement } from './movements.ts';
import { DEFAULT_WAREHOUSE } from './profile.ts';
import type { Reply } from './reply.ts';
import type { Sandbox } from './sandbox.ts';
import { levelOf, moveStock } from './stock.ts';
import { sendTransfer } from './transfers.ts';
import { isWarehouse } from './warehouse.ts';

const stockSchema = z
	.strictObject( {
		account: z.string(),
		sku: z.string().optional(),
		productId: z.int().optional(),
		warehouseId: z.int().default( DEFAULT_WAREHOUSE ),
		/** New `inStock`: what is physically there. */
		set: z.int().min( 0 ).optional(),
		change: z.int().optional(),
		/** New `onHand`: what can be sold. */
		onHand: z.int().min( 0 ).optional(),
	} )
	.refine(
		( { set, change, onHand } ) =>
			[ set, change, onHand ].filter( ( one ) => one !== undefined )
				.length === 1,
		'either set, change or onHand'
	);

const productSchema = z.strictObject( {
	account: z.string(),
	sku: z.string(),
	name: z.string().optional(),
	stockTracked: z.boolean().default( true ),
	quantity: z.int().min( 0 ).default( 0 ),
	price: z
		.string()
		.regex( /^\d+(\.\d+)?$/ )
		.default( '1' ),
	taxCode: z.string().optional(),
	remove: z.boolean().default( false ),
} );

const findProduct = (
	account: Account,
	by: { sku?: string | undefined; productId?: number | undefined }
): Product | undefined =>
	by.productId === undefined
		? account.productsBySku( by.sku ?? '' )[ 0 ]
		: account.tables.products.get( by.productId );

function changeStock( sandbox: Sandbox, body: unknown ): Reply {
	const read = stockSchema.safeParse( body );
	if ( ! read.success ) {
		return controlError( z.prettifyError( read.error ) );
	}
	const { warehouseId, set, change = 0, onHand } = read.data;
	const account = sandbox.tenants.get( read.data.account )?.account;
	const product = account && findProduct( account, read.data );
	if ( ! account || ! product || ! isWarehouse( account, warehouseId ) ) {
		return controlError(
			'There is no such account, product or warehouse',
			404
		);
	}
	if ( ! product.stockTracked ) {
		return controlError( `${ product.sku } is not stock-tracked`, 409 );
	}
	const before = levelOf( account, product.id, warehouseId );
	const inStock =
		onHand === undefined
			? ( set ?? before.inStock + change )
			: before.allocated + onHand;
	if ( inStock < before.allocated ) {
		return controlError(
			`${ before.allocated } of ${ product.sku } are allocated: no less can be in stock`,
			409
		);
	}
	moveStock( account, product.id, warehouseId, {
		inStock: inStock - before.inStock,
	} );
	if ( inStock !== before.inStock ) {
		recordMovement( account, {
			type: 'SC',
			productId: product.id,
			warehouseId,
			quantity: inStock - before.inStock,
			cleared: true,
			updatedAt: sandbox.now(),
		} );
	}
	return controlAnswer( describeStock( account, product.id ) );
}

function removeProduct( account: Account, sku: string ): Reply {
	const product = account.productsBySku( sku )[ 0 ];
	if ( ! product ) {
		return controlError( `There is no product ${ sku }`, 404 );
	}
	account.tables.products.remove( product.id );
	account.tables.stock.remove( product.id );
	emitChange( account, 'product', product.id, 'destroyed' );
	return controlAnswer( { removed: product.id } );
}

function changeProduct(
	sandbox: Sandbox,
	body: unknown,
	remove: boolean
): Reply {
	const read = productSchema.safeParse( body );
	if ( ! read.success ) {
		return controlError( z.prettifyError( read.error ) );
	}
	const {
		sku,
		name = sku,
		stockTracked,
		quantity,
		price,
		taxCode,
	} = read.data;
	const account = sandbox.tenants.get( read.data.account )?.account;
	if ( ! account ) {
		return controlError(
			`There is no account ${ read.data.account }`,
			404
		);
	}
	if ( remove || read.data.remove ) {
		return removeProduct( account, sku );
	}
	const id = account.tables.products.nextId();
	const now = sandbox.now();
	account.tables.products.put( {
		id,
		sku,
		name,
		stockTracked,
		taxCode: taxCode ?? account.profile.productTax[ '' ] ?? '',
		price: fixed( price, 4 ),
		bundle: null,
		options: [],
		status: 'LIVE',
		createdAt: now,
		updatedAt: now,
	} );
	emitChange( account, 'product', id, 'created' );
	if ( stockTracked && quantity > 0 ) {
		moveStock( account, id, DEFAULT_WAREHOUSE, { inStock: quantity } );
	}
	return controlAnswer( describeStock( account, id ) );
}

/** Null = not one of these. */
export function controlStock(
	sandbox: Sandbox,
	method: string,
	path: string,
	body: unknown
): Reply | null {
	switch ( `${ method } ${ path }` ) {
		case 'POST /_sandbox/stock':
			return changeStock( sandbox, body );
		case 'POST /_sandbox/goods-in':
			return receiveGoods( sandbox, body );
		case 'POST /_sandbox/transfer':
			return sendTransfer( sandbox, body );
		case 'POST /_sandbox/products':
			return asksForMany( body )
				? makeProducts( sandbox, body )
				: changeProduct( sandbox, body, false );
		case 'POST /_sandbox/contacts':
			return makeContacts( sandbox, body );
		case 'DELETE /_sandbox/products':
			return changeProduct( sandbox, body, true );
		default:
			return null;
	}
}
