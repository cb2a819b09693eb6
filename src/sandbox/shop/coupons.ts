/**
 * The shop's coupons and how a discount falls on the lines, in whole minor units
 * (`WC_Discounts`; compared with the recorded coupon orders in the test).
 */
import { Decimal, sum } from './decimal.ts';

export interface Coupon {
	readonly id: number;
	readonly code: string;
	readonly type: 'percent' | 'fixed_cart';
	readonly amount: number;
	readonly freeShipping: boolean;
}

export const COUPONS: readonly Coupon[] = [
	[ 4180, 'welcome10', 'percent', 10, false ],
	[ 4181, 'fiver', 'fixed_cart', 5, false ],
	[ 4182, 'spring33', 'percent', 33, false ],
	[ 4183, 'post-free', 'fixed_cart', 0, true ],
	[ 4184, 'everything', 'percent', 100, false ],
].map( ( row ) => {
	const [ id, code, type, amount, freeShipping ] = row as [
		number,
		string,
		Coupon[ 'type' ],
		number,
		boolean,
	];
	return { id, code, type, amount, freeShipping };
} );

export function findCoupon( code: string ): Coupon | undefined {
	const wanted = code.trim().toLowerCase();
	return COUPONS.find( ( coupon ) => coupon.code === wanted );
}

export interface Discountable {
	/** Price of the whole line as entered, in minor units. */
	readonly price: Decimal;
	readonly quantity: number;
}

/** Hands single minor units to the lines in turn until `rest` is used up. */
function spread( left: Decimal[], given: Decimal[], rest: Decimal ): void {
	let open = rest;
	let moved = true;
	while ( open.gt( 0 ) && moved ) {
		moved = false;
		for ( let at = 0; at < left.length && open.gt( 0 ); at++ ) {
			const room = ( left[ at ] ?? open ).minus( given[ at ] ?? 0 );
			if ( room.gte( 1 ) ) {
				given[ at ] = ( given[ at ] ?? new Decimal( 0 ) ).plus( 1 );
				open = open.minus( 1 );
				moved = true;
			}
		}
	}
}

/**
 * The discount of each line in minor units. `discounted` = what earlier coupons already
 * took; percentages are of the full price, the dearest line is rounded up first.
 */
export function discountsOf(
	coupon: Coupon,
	items: readonly Discountable[],
	discounted: readonly Decimal[],
	minorUnits: number
): Decimal[] {
	const order = items
		.map( ( item, at ) => ( { item, at } ) )
		.sort( ( a, b ) => b.item.price.cmp( a.item.price ) || a.at - b.at );
	const left = order.map( ( { item, at } ) =>
		item.price
			.round( 0, Decimal.roundHalfUp )
			.minus( discounted[ at ] ?? 0 )
	);
	let given: Decimal[];
	let target: Decimal;
	if ( coupon.type === 'percent' ) {
		const share = new Decimal( coupon.amount ).div( 100 );
		const full = order.map( ( { item } ) =>
			item.price.round( 0, Decimal.roundHalfUp )
		);
		given = full.map( ( price, at ) =>
			lesser(
				price.times( share ).round( 0, Decimal.roundDown ),
				left[ at ] ?? price
			)
		);
		target = sum( full ).times( share ).round( 0, Decimal.roundHalfUp );
	} else {
		const amount = new Decimal( coupon.amount ).times( minorUnits );
		const pieces = order.reduce(
			( count, { item } ) => count + item.quantity,
			0
		);
		const each =
			pieces === 0
				? new Decimal( 0 )
				: amount.div( pieces ).round( 0, Decimal.roundDown );
		given = order.map( ( { item }, at ) =>
			lesser( each.times( item.quantity ), left[ at ] ?? each )
		);
		target = lesser( amount, sum( left ) );
	}
	spread( left, given, target.minus( sum( given ) ) );
	const result = items.map( () => new Decimal( 0 ) );
	order.forEach( ( { at }, place ) => {
		result[ at ] = given[ place ] ?? new Decimal( 0 );
	} );
	return result;
}

function lesser( a: Decimal, b: Decimal ): Decimal {
	return a.lt( b ) ? a : b;
}
