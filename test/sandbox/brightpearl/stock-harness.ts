/**
 * Products and orders that nobody else touches, for tests of the stock engine over HTTP.
 */
import { orderBody, startHarness } from './harness.ts';

export interface Line {
	readonly productId: number;
	readonly quantity: number;
}

export async function startStockHarness() {
	const bp = await startHarness( {
		switches: { requestsPerMinute: 100_000 },
	} );
	const customer = await bp.contact();

	let serial = 0;
	/** A product nobody else in this file touches. */
	const product = async ( quantity: number, stockTracked = true ) => {
		const sku = `STOCK-${ ++serial }`;
		const { json } = await bp.control( 'POST', '/products', {
			account: 'sandbox-gb',
			sku,
			quantity,
			stockTracked,
		} );
		return Number( json.productId );
	};

	const order = async ( ...lines: Line[] ) => {
		const made = await bp.call(
			'POST',
			'/order-service/sales-order',
			orderBody( customer, {
				externalRef: undefined,
				rows: [
					...lines.map( ( { productId, quantity } ) => ( {
						productId,
						quantity,
						taxCode: 'T20',
						net: 10 * quantity,
						tax: 2 * quantity,
					} ) ),
					{
						name: 'Shipping',
						quantity: 1,
						taxCode: 'T20',
						net: 5,
						tax: 1,
					},
				],
			} )
		);
		const id = Number( made.json.response );
		const read = await bp.call(
			'GET',
			`/order-service/sales-order/${ id }`
		);
		const rows = [ ...( read.json.response[ 0 ]?.rows ?? [] ) ].map(
			( row ) => Number( row.id )
		);
		return { id, rows };
	};

	const codes = async ( id: number ) => {
		const { json } = await bp.call( 'GET', `/order-service/order/${ id }` );
		const shown = json.response[ 0 ];
		return [
			shown?.allocationStatusCode,
			shown?.stockStatusCode,
			shown?.shippingStatusCode,
		];
	};

	const level = async ( productId: number, warehouse = 2 ) => {
		const { json } = await bp.call(
			'GET',
			`/warehouse-service/product-availability/${ productId }`
		);
		return json.response?.[ String( productId ) ]?.warehouses?.[
			String( warehouse )
		];
	};

	const wish = ( made: { rows: number[] }, ...lines: Line[] ) => ( {
		products: lines.map( ( line, index ) => ( {
			...line,
			salesOrderRowId: made.rows[ index ],
		} ) ),
	} );

	const reserve = (
		id: number,
		body: unknown,
		warehouse = 2,
		method = 'POST'
	) =>
		bp.call(
			method,
			method === 'POST'
				? `/warehouse-service/order/${ id }/reservation/warehouse/${ warehouse }`
				: `/warehouse-service/order/${ id }/reservation`,
			body
		);

	return { bp, product, order, codes, level, wish, reserve };
}

export type StockHarness = Awaited< ReturnType< typeof startStockHarness > >;
