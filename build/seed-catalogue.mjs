/**
 * Writes src/sandbox/catalogue.json: the recorded shop's catalogue, cut to what both sandboxes
 * need. Run by hand when test/data changes; a test holds the file against the recording.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath( new URL( '..', import.meta.url ) );
const read = ( name ) =>
	JSON.parse(
		readFileSync(
			`${ root }test/data/woocommerce/products/${ name }`,
			'utf8'
		)
	);

const item = ( product ) => ( {
	id: product.id,
	parentId: product.parent_id ?? 0,
	type: product.type ?? 'variation',
	name: product.name,
	sku: product.sku,
	price: product.regular_price || product.price,
	taxClass: product.tax_class,
	virtual: product.virtual,
	manageStock: product.manage_stock,
	stockQuantity: product.stock_quantity,
	stockStatus: product.stock_status,
	backorders: product.backorders,
	attributes: product.attributes.map(
		( { id, name, slug, option, options, variation } ) => ( {
			id,
			name,
			slug,
			option,
			options,
			variation,
		} )
	),
} );

export function catalogue() {
	const products = [ 1, 2, 3, 4 ].flatMap(
		( page ) => read( `products.page-${ page }.json` ).response.body
	);
	const { variations } = read( 'variations.all.json' );
	return [
		...products.map( item ),
		...Object.entries( variations ).flatMap( ( [ parentId, list ] ) =>
			list.map( ( variation ) => ( {
				...item( variation ),
				parentId: Number( parentId ),
				type: 'variation',
			} ) )
		),
	].sort( ( a, b ) => a.id - b.id );
}

if ( process.argv[ 1 ] === fileURLToPath( import.meta.url ) ) {
	const lines = catalogue().map(
		( entry ) => `\t${ JSON.stringify( entry ) }`
	);
	writeFileSync(
		`${ root }src/sandbox/catalogue.json`,
		`[\n${ lines.join( ',\n' ) }\n]\n`
	);
}
