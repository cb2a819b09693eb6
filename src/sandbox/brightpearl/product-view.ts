/**
 * A product as it is shown (resources reference, §3.1 and §9).
 */
import type { Account } from './account.ts';
import type { Call } from './call.ts';
import { detailsOf } from './catalogue-model.ts';
import { CUSTOM_FIELDS } from './custom-field-definitions.ts';
import { customFieldSections } from './custom-fields.ts';
import type { Product } from './model.ts';
import { findOption } from './options.ts';
import { taxCodeOf } from './order-rows.ts';
import { fixedNumber } from './reply.ts';

interface BundleComponent {
	readonly productId: number;
	readonly productQuantity: number;
	readonly composition?: {
		readonly bundle: true;
		readonly bundleComponents: BundleComponent[];
	};
}

/** Bundles can nest. */
export function showComponents(
	account: Account,
	product: Product
): BundleComponent[] {
	return ( product.bundle ?? [] ).map( ( { productId, quantity } ) => {
		const component = account.tables.products.get( productId );
		return {
			productId,
			productQuantity: quantity,
			...( component?.bundle
				? {
						composition: {
							bundle: true,
							bundleComponents: showComponents(
								account,
								component
							),
						},
					}
				: {} ),
		};
	} );
}

const text = ( value: string ) => ( {
	languageCode: 'en',
	text: value,
	format: 'HTML_FRAGMENT',
} );

const zero = fixedNumber( '0.00' );

/** Identifiers a product does not have may be left out; SKU and barcode were always there. */
function showIdentity( product: Product ): Record< string, string > {
	const { barcode, ...others } = detailsOf( product ).identity;
	return {
		sku: product.sku,
		...Object.fromEntries(
			Object.entries( others ).filter( ( [ , value ] ) => value !== '' )
		),
		barcode,
	};
}

function showVariations(
	account: Account,
	product: Product
): Record< string, unknown > {
	return product.options.length === 0
		? {}
		: {
				variations: product.options.map( ( { name, value } ) => {
					const found = findOption( account, name, value );
					return {
						optionId: found?.option.id ?? 0,
						optionName: name,
						optionValueId: found?.value.id ?? 0,
						optionValue: value,
					};
				} ),
			};
}

/** With `contextChannelId` the channel's own data are added. */
const showChannel = ( call: Call ): Record< string, unknown > =>
	call.query.has( 'contextChannelId' )
		? { availableToSellOnChannel: true, sellWhenNoStock: false }
		: {};

export function showProduct(
	call: Call,
	product: Product
): Record< string, unknown > {
	const { account } = call;
	const { format } = account.zone;
	const code = taxCodeOf( account, product.taxCode );
	const more = detailsOf( product );
	return {
		id: product.id,
		brandId: more.brandId,
		...( more.collectionId === null
			? {}
			: { collectionId: more.collectionId } ),
		productTypeId: more.typeId,
		identity: showIdentity( product ),
		...( more.groupId === null ? {} : { productGroupId: more.groupId } ),
		featured: false,
		stock: {
			stockTracked: product.stockTracked,
			weight: { magnitude: fixedNumber( more.weight ) },
			dimensions: {
				length: zero,
				height: zero,
				width: zero,
				volume: zero,
			},
		},
		financialDetails: {
			taxable: code?.rate !== null,
			taxCode: { id: code?.id ?? 0, code: product.taxCode },
		},
		salesChannels: [
			{
				salesChannelName: 'Brightpearl',
				productName: product.name,
				productCondition: 'new',
				// A text when read, a number when written (recorded).
				categories: more.categories.map( ( id ) => ( {
					categoryCode: String( id ),
				} ) ),
				description: text( more.description ),
				shortDescription: text( more.shortDescription ),
				...showChannel( call ),
			},
		],
		composition: product.bundle
			? {
					bundle: true,
					bundleComponents: showComponents( account, product ),
				}
			: { bundle: false },
		...showVariations( account, product ),
		createdOn: format( product.createdAt ),
		updatedOn: format( product.updatedAt ),
		// Every warehouse, whatever its stock (recorded).
		warehouses: Object.fromEntries(
			account.profile.warehouses.map( ( { id } ) => [
				String( id ),
				{
					defaultLocationId: 0,
					overflowLocationId: 0,
					reorderLevel: 0,
					reorderQuantity: 0,
				},
			] )
		),
		nominalCodeStock: more.nominals.stock,
		nominalCodePurchases: more.nominals.purchases,
		nominalCodeSales: more.nominals.sales ?? account.profile.nominal.sales,
		seasonIds: more.seasonIds,
		reporting: {},
		...( more.primarySupplierId === null
			? {}
			: { primarySupplierId: more.primarySupplierId } ),
		status: product.status,
		salesPopupMessage: '',
		warehousePopupMessage: '',
		version: product.updatedAt,
		...customFieldSections(
			call,
			more.customFields,
			CUSTOM_FIELDS.product
		),
	};
}
