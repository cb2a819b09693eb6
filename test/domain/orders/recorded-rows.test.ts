/**
 * Every recorded order and delivery, with the rows that Brightpearl gets for it: the snapshots
 * were read against the orders.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { StoreOrder } from '../../../src/contracts/store.ts';
import { decimal, decimalsNeeded, money } from '../../../src/domain/money.ts';
import { plainStringsDisagree } from '../../../src/domain/orders/rows/amounts.ts';
import { toOrder } from '../../../src/woocommerce/to-order.ts';
import {
	inputFor,
	plannedRows,
	settingsWith,
	totalAt,
} from '../../helpers/planning.ts';
import { sheetOf } from '../../helpers/row-lines.ts';
import { recordedOrders, type Recorded } from '../../helpers/store-order.ts';

const DATA = new URL( '../../data/woocommerce/', import.meta.url );

const recorded = recordedOrders();
const withCoupons = recorded.filter( ( { order } ) =>
	order.coupons.some( ( { discount } ) => decimal( discount ).gt( 0 ) )
);
const nominals = {
	shipping: '4040',
	fee: '4050',
	giftCard: '2150',
	discount: '4009',
	rounding: '4999',
};

/** Lines without a product become text: what cannot be priced is a case of its own. */
function sheet( entry: Recorded, orders: Record< string, unknown > ): string {
	const input = inputFor(
		{
			order: entry.order,
			exact: plainStringsDisagree( entry.order ) ? entry.exact : null,
		},
		{
			settings: settingsWith( {
				missingSku: 'text-row',
				nominal: nominals,
				...orders,
			} ),
		}
	);
	const { rows, problems, decimals } = plannedRows( input );
	const wanted = money( decimal( entry.order.total ), 2 );
	expect( [ totalAt( rows, 2 ), totalAt( rows, 4 ) ] ).toEqual( [
		wanted,
		wanted,
	] );
	expect( decimals ).toBeLessThanOrEqual( 2 );
	// What the plan holds for its total alone: Brightpearl's totals have two decimals.
	const isTooFine = decimalsNeeded( decimal( entry.order.total ) ) > 2;
	return sheetOf( entry.order, rows, [
		...problems,
		...( isTooFine ? [ { code: 'currency-precision' as const } ] : [] ),
	] );
}

describe( 'the rows of every recorded order', () => {
	test( 'of 111, 21 of them with coupons', () => {
		expect( recorded ).toHaveLength( 111 );
		expect( withCoupons.length ).toBe( 21 );
	} );

	test.each( recorded.map( ( entry ) => [ entry.name, entry ] as const ) )(
		'%s',
		( _name, entry ) => {
			expect( sheet( entry, {} ) ).toMatchSnapshot();
		}
	);

	test.each( withCoupons.map( ( entry ) => [ entry.name, entry ] as const ) )(
		'%s, discounts in rows of their own',
		( _name, entry ) => {
			expect( sheet( entry, { discounts: 'rows' } ) ).toMatchSnapshot();
		}
	);
} );

interface Delivery {
	readonly name: string;
	readonly json: unknown;
}

/** Bodies of webhooks that are whole orders; the truncated one is no JSON at all. */
function deliveries(): Delivery[] {
	return filesIn( 'webhooks' ).flatMap( ( file ) => {
		const { bodyBase64 } = readJson< { bodyBase64?: string } >(
			`webhooks/${ file }`
		);
		try {
			const text = Buffer.from( bodyBase64 ?? '', 'base64' ).toString();
			const json: unknown = JSON.parse( text );
			return toOrder( json ).ok
				? [ { name: file.replace( '.json', '' ), json } ]
				: [];
		} catch {
			return [];
		}
	} );
}

function filesIn( folder: string ): string[] {
	return readdirSync( new URL( `${ folder }/`, DATA ) ).sort();
}

function readJson< T >( path: string ): T {
	return JSON.parse( readFileSync( new URL( path, DATA ), 'utf8' ) ) as T;
}

function orderIn( json: unknown ): StoreOrder {
	const read = toOrder( json );
	if ( ! read.ok ) {
		throw new Error( read.why );
	}
	return read.order;
}

describe( 'the rows of every recorded delivery', () => {
	const all = deliveries();

	test( 'of the 16 that hold an order', () => {
		expect( all.map( ( { name } ) => name.slice( 0, 2 ) ) ).toEqual(
			'04 05 06 07 08 09 10 11 12 14 15 30 31 33 34 36'.split( ' ' )
		);
	} );

	test.each( all.map( ( entry ) => [ entry.name, entry ] as const ) )(
		'%s',
		( name, { json } ) => {
			const order = orderIn( json );
			expect(
				sheet( { name, order, exact: null }, {} )
			).toMatchSnapshot();
		}
	);
} );
