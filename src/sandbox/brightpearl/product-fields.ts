/**
 * What may be sent of a product, and what is wrong with it (resources reference, §3.3).
 */
import { z } from 'zod';
import type { Account } from './account.ts';
import { isBrand } from './catalogue-lists.ts';
import { DOCUMENTED, INVENTED, problem } from './codes.ts';
import type { Problem } from './codes.ts';
import { decimal, id } from './fields.ts';
import { optionsOf } from './options.ts';

const identifier = z.string().max( 14 ).optional();

export const identitySchema = z.strictObject( {
	sku: z.string().max( 32 ).optional(),
	ean: identifier,
	upc: identifier,
	isbn: identifier,
	mpn: z.string().optional(),
	barcode: z.string().optional(),
} );

const text = z.strictObject( {
	languageCode: z.string().optional(),
	text: z.string(),
	format: z.string().optional(),
} );

const channel = z.strictObject( {
	salesChannelName: z.literal( 'Brightpearl' ),
	productName: z.string().min( 1 ).optional(),
	productCondition: z.string().optional(),
	categories: z
		.array(
			z.strictObject( {
				// A number when written, a text when read: what was read may be sent back.
				categoryCode: z
					.union( [ id, z.string().regex( /^\d{1,9}$/ ) ] )
					.transform( Number ),
			} )
		)
		.optional(),
	description: text.optional(),
	shortDescription: text.optional(),
} );

const component = z.strictObject( {
	productId: id,
	productQuantity: id.min( 1 ),
} );

/** Of POST and of PUT: what a POST needs is checked apart. */
export const productSchema = z.strictObject( {
	brandId: id.optional(),
	collectionId: id.optional(),
	productTypeId: id.optional(),
	identity: identitySchema.optional(),
	featured: z.boolean().optional(),
	stock: z
		.strictObject( {
			stockTracked: z.boolean().optional(),
			weight: z.strictObject( { magnitude: decimal } ).optional(),
			dimensions: z.record( z.string(), decimal ).optional(),
		} )
		.optional(),
	financialDetails: z
		.strictObject( {
			taxable: z.boolean().optional(),
			taxCode: z
				.strictObject( { id, code: z.string().optional() } )
				.optional(),
		} )
		.optional(),
	salesChannels: z.array( channel ).length( 1 ).optional(),
	composition: z
		.strictObject( {
			bundle: z.boolean(),
			bundleComponents: z.array( component ).optional(),
		} )
		.optional(),
	variations: z
		.array(
			z.strictObject( {
				optionId: id,
				optionName: z.string().optional(),
				optionValueId: id,
				optionValue: z.string().optional(),
			} )
		)
		.max( 4 )
		.optional(),
	seasonIds: z.array( id ).optional(),
	nominalCodeStock: z.string().optional(),
	nominalCodePurchases: z.string().optional(),
	nominalCodeSales: z.string().optional(),
	primarySupplierId: id.optional(),
	status: z.enum( [ 'LIVE', 'DISCONTINUED', 'ARCHIVED' ] ).optional(),
} );
export type SentProduct = z.infer< typeof productSchema >;

/** The names of what was chosen; null = no such option or value. */
export function chosen(
	account: Account,
	{ optionId, optionValueId }: { optionId: number; optionValueId: number }
): { name: string; value: string } | null {
	const option = optionsOf( account ).find(
		( entry ) => entry.id === optionId
	);
	const value = option?.values.find(
		( entry ) => entry.id === optionValueId
	);
	return option && value ? { name: option.name, value: value.name } : null;
}

function unknownReferences( account: Account, sent: SentProduct ): string[] {
	const { profile, tables } = account;
	const taxId = sent.financialDetails?.taxCode?.id;
	return [
		...( sent.brandId !== undefined && ! isBrand( account, sent.brandId )
			? [ `brand ${ sent.brandId }` ]
			: [] ),
		...( taxId !== undefined &&
		! profile.taxCodes.some( ( code ) => code.id === taxId )
			? [ `tax code ${ taxId }` ]
			: [] ),
		...[
			sent.nominalCodeStock,
			sent.nominalCodePurchases,
			sent.nominalCodeSales,
		].flatMap( ( code ) =>
			code !== undefined &&
			! profile.nominals.some( ( entry ) => entry.code === code )
				? [ `nominal code ${ code }` ]
				: []
		),
		...( sent.composition?.bundleComponents ?? [] ).flatMap(
			( { productId } ) =>
				tables.products.has( productId )
					? []
					: [ `product ${ productId }` ]
		),
		...( sent.variations ?? [] ).flatMap( ( variation ) =>
			chosen( account, variation )
				? []
				: [
						`option ${ variation.optionId } with value ${ variation.optionValueId }`,
					]
		),
	];
}

export function faultsOfProduct(
	account: Account,
	sent: SentProduct,
	isNew: boolean
): Problem[] {
	const faults: Problem[] = [];
	const [ sold ] = sent.salesChannels ?? [];
	if ( isNew && sent.brandId === undefined ) {
		faults.push(
			problem( DOCUMENTED.brandId, 'You must supply a brand ID.' )
		);
	}
	if (
		isNew &&
		( sold?.productName === undefined ||
			( sold.categories ?? [] ).length === 0 )
	) {
		faults.push(
			problem(
				INVENTED.productField,
				'salesChannels needs a product name and categories'
			)
		);
	}
	return [
		...faults,
		...unknownReferences( account, sent ).map( ( what ) =>
			problem( INVENTED.productField, `There is no ${ what }` )
		),
	];
}
