/**
 * Making and changing products (resources reference, §3.3).
 */
import { emitChange } from './account.ts';
import type { Account } from './account.ts';
import { idOf } from './call.ts';
import type { Call } from './call.ts';
import { detailsOf } from './catalogue-model.ts';
import type { ProductDetails } from './catalogue-model.ts';
import { INVENTED, notFound, problem } from './codes.ts';
import { fixed } from './decimal.ts';
import { readFields } from './fields.ts';
import type { Product } from './model.ts';
import {
	chosen,
	faultsOfProduct,
	identitySchema,
	productSchema,
} from './product-fields.ts';
import type { SentProduct } from './product-fields.ts';
import { answer, refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';

export const noSuchProduct = (): Reply =>
	refuse( 404, notFound( 'No Products Found' ) );

/** A product with what was sent put over it. */
function merged(
	account: Account,
	before: Product,
	sent: SentProduct
): Product {
	const old = detailsOf( before );
	const { sku, ...identity } = sent.identity ?? {};
	const [ sold ] = sent.salesChannels ?? [];
	const taxId = sent.financialDetails?.taxCode?.id;
	const more: ProductDetails = {
		...old,
		brandId: sent.brandId ?? old.brandId,
		collectionId: sent.collectionId ?? old.collectionId,
		typeId: sent.productTypeId ?? old.typeId,
		identity: {
			ean: identity.ean ?? old.identity.ean,
			upc: identity.upc ?? old.identity.upc,
			isbn: identity.isbn ?? old.identity.isbn,
			mpn: identity.mpn ?? old.identity.mpn,
			barcode: identity.barcode ?? old.identity.barcode,
		},
		categories:
			sold?.categories?.map( ( { categoryCode } ) => categoryCode ) ??
			old.categories,
		seasonIds: sent.seasonIds ?? old.seasonIds,
		weight:
			sent.stock?.weight === undefined
				? old.weight
				: fixed( sent.stock.weight.magnitude, 4 ),
		description: sold?.description?.text ?? old.description,
		shortDescription: sold?.shortDescription?.text ?? old.shortDescription,
		nominals: {
			stock: sent.nominalCodeStock ?? old.nominals.stock,
			purchases: sent.nominalCodePurchases ?? old.nominals.purchases,
			sales: sent.nominalCodeSales ?? old.nominals.sales,
		},
		primarySupplierId: sent.primarySupplierId ?? old.primarySupplierId,
	};
	return {
		...before,
		sku: sku ?? before.sku,
		name: sold?.productName ?? before.name,
		stockTracked: sent.stock?.stockTracked ?? before.stockTracked,
		taxCode:
			account.profile.taxCodes.find( ( code ) => code.id === taxId )
				?.code ?? before.taxCode,
		status: sent.status ?? before.status,
		options:
			sent.variations?.flatMap(
				( variation ) => chosen( account, variation ) ?? []
			) ?? before.options,
		more,
	};
}

const optionKey = ( { options }: Product ): string =>
	JSON.stringify( options.map( ( { name, value } ) => [ name, value ] ) );

export function createProduct( call: Call ): Reply {
	const { account } = call;
	const read = readFields(
		productSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const sent = read.value;
	const faults = faultsOfProduct( account, sent, true );
	if ( faults.length > 0 ) {
		return refuse( 400, ...faults );
	}
	const { products } = account.tables;
	const isBundle = sent.composition?.bundle === true;
	const product = merged(
		account,
		{
			id: 0,
			sku: '',
			name: '',
			stockTracked: false,
			taxCode: account.profile.productTax[ '' ] ?? '',
			price: fixed( 0, 4 ),
			bundle: isBundle
				? ( sent.composition?.bundleComponents ?? [] ).map(
						( { productId, productQuantity } ) => ( {
							productId,
							quantity: productQuantity,
						} )
					)
				: null,
			options: [],
			status: 'LIVE',
			createdAt: call.now,
			updatedAt: call.now,
		},
		sent
	);
	// Products of one name share a group, in which each combination of options stands once.
	const namesakes = account.productsByName( product.name );
	const [ first ] = namesakes;
	if (
		product.options.length > 0 &&
		namesakes.some(
			( other ) => optionKey( other ) === optionKey( product )
		)
	) {
		return refuse(
			400,
			problem(
				INVENTED.productField,
				'The product group has a product with these options'
			)
		);
	}
	const id = products.nextId();
	const groupId = first ? ( detailsOf( first ).groupId ?? first.id ) : null;
	if ( first && detailsOf( first ).groupId === null ) {
		products.put( { ...first, more: { ...first.more, groupId } } );
	}
	products.put( {
		...product,
		id,
		// A bundle is never stock-tracked itself (§3.1).
		stockTracked: product.stockTracked && ! isBundle,
		more: {
			...product.more,
			groupId,
			// A new product has no price until it is given one.
			prices: Object.fromEntries(
				account.profile.priceLists.map( ( list ) => [ list.id, {} ] )
			),
		},
	} );
	emitChange( account, 'product', id, 'created' );
	return answer( id );
}

function save( call: Call, product: Product ): Reply {
	call.account.tables.products.put( { ...product, updatedAt: call.now } );
	emitChange( call.account, 'product', product.id, 'modified' );
	return silent();
}

/** `If-Match` names the version that was read; an older one is refused (§3.1). */
function isStale( call: Call, product: Product ): boolean {
	const wanted = call.headers[ 'if-match' ];
	return (
		wanted !== undefined &&
		/^\d+$/.test( wanted ) &&
		Number( wanted ) !== product.updatedAt
	);
}

/** A part of a product may be sent: the rest stays. */
export function putProduct( call: Call ): Reply {
	const { account } = call;
	const product = account.tables.products.get( idOf( call ) );
	if ( ! product ) {
		return noSuchProduct();
	}
	const read = readFields(
		productSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	if ( isStale( call, product ) ) {
		return refuse(
			412,
			problem(
				INVENTED.productVersion,
				`The product is at version ${ product.updatedAt }`
			)
		);
	}
	const faults = faultsOfProduct( account, read.value, false );
	return faults.length > 0
		? refuse( 400, ...faults )
		: save( call, merged( account, product, read.value ) );
}

/** Replaces all identifiers: what is left out is gone. */
export function putIdentity( call: Call ): Reply {
	const product = call.account.tables.products.get( idOf( call ) );
	if ( ! product ) {
		return noSuchProduct();
	}
	const read = readFields(
		identitySchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const { sku = '', ean = '', upc = '', isbn = '', mpn = '' } = read.value;
	const { barcode } = detailsOf( product ).identity;
	return save( call, {
		...product,
		sku,
		more: {
			...product.more,
			identity: { ean, upc, isbn, mpn, barcode },
		},
	} );
}
