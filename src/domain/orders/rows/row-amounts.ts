/**
 * What the shop says that each row is worth, before anything is rounded or placed.
 */
import type { Settings } from '../../../contracts/settings.ts';
import type { StoreCoupon, StoreOrder } from '../../../contracts/store.ts';
import {
	decimal,
	shareOut,
	sum,
	unitOf,
	ZERO,
	type Decimal,
} from '../../money.ts';

export interface Amount {
	/** The row's external reference. */
	readonly ref: string;
	readonly net: Decimal;
	readonly tax: Decimal;
}

export type Discounts = Settings[ 'orders' ][ 'discounts' ];

/** @param credits Coupons that are in no line, see `storeCreditsOf`. */
export function amountsOf(
	order: StoreOrder,
	discounts: Discounts,
	credits: readonly Amount[] = []
): Amount[] {
	const coupons = discounts === 'rows' ? couponAmounts( order, credits ) : [];
	const beforeDiscount = coupons.length > 0;
	return [
		...order.lines.map( ( line ) => ( {
			ref: `line-${ line.id }`,
			net: decimal( beforeDiscount ? line.subtotal : line.total ),
			tax: decimal( beforeDiscount ? line.subtotalTax : line.totalTax ),
		} ) ),
		...order.shippingLines.map( ( line ) => chargeAmount( 'ship', line ) ),
		...order.fees.map( ( fee ) => chargeAmount( 'fee', fee ) ),
		...coupons,
		...credits,
	];
}

function chargeAmount(
	kind: 'ship' | 'fee',
	charge: { id: number; total: string; totalTax: string }
): Amount {
	return {
		ref: `${ kind }-${ charge.id }`,
		net: decimal( charge.total ),
		tax: decimal( charge.totalTax ),
	};
}

/**
 * The lines' whole discount (subtotal − total), shared by the coupons in proportion to what
 * each gave: `discount_total` and the coupon lines themselves may be a penny or two off it.
 * Empty when no coupon gave anything; then the discount stays in the lines.
 */
function couponAmounts(
	order: StoreOrder,
	credits: readonly Amount[]
): Amount[] {
	const refs = new Set( credits.map( ( { ref } ) => ref ) );
	const given = couponsGiven( order ).filter(
		( coupon ) => ! refs.has( refOf( coupon ) )
	);
	if ( given.length === 0 ) {
		return [];
	}
	const weights = given.map( ( { discount } ) => decimal( discount ) );
	const nets = shareOut(
		sum(
			order.lines.map( ( line ) =>
				decimal( line.total ).minus( line.subtotal )
			)
		),
		weights
	);
	const taxes = shareOut(
		sum(
			order.lines.map( ( line ) =>
				decimal( line.totalTax ).minus( line.subtotalTax )
			)
		),
		weights
	);
	return given.map( ( coupon, index ) => ( {
		ref: refOf( coupon ),
		net: nets[ index ] ?? ZERO,
		tax: taxes[ index ] ?? ZERO,
	} ) );
}

function couponsGiven( order: StoreOrder ): readonly StoreCoupon[] {
	return order.coupons.filter( ( { discount } ) =>
		decimal( discount ).gt( 0 )
	);
}

function refOf( { id }: StoreCoupon ): string {
	return `coupon-${ id }`;
}

/**
 * Store credit of plugins that keep it as a coupon and take it off the total itself: it pays for
 * the order, tax and all, and is in none of its lines. A coupon is that when it is exactly what
 * the lines lack of the total, and the lines' own discount is that of the other coupons.
 *
 * @param order       The shop's.
 * @param unexplained Its total less what its lines add up to.
 * @param decimals    Of its currency.
 */
export function storeCreditsOf(
	order: StoreOrder,
	unexplained: Decimal,
	decimals: number
): readonly Amount[] {
	const coin = unitOf( decimals );
	if ( unexplained.plus( coin ).gte( 0 ) ) {
		return [];
	}
	const given = couponsGiven( order );
	const inLines = sum(
		order.lines.map( ( line ) =>
			decimal( line.subtotal ).minus( line.total )
		)
	);
	// Shops round each coupon and each line on its own.
	const pennies = coin.times( order.lines.length + given.length );
	const all = sum( given.map( ( { discount } ) => decimal( discount ) ) );
	const isCredit = ( coupons: readonly StoreCoupon[] ): boolean => {
		const worth = sum( coupons.map( worthOf ) );
		const others = all.minus(
			sum( coupons.map( ( { discount } ) => decimal( discount ) ) )
		);
		return (
			worth.plus( unexplained ).abs().lte( coin ) &&
			others.minus( inLines ).abs().lte( pennies )
		);
	};
	const credits = [ ...given.map( ( coupon ) => [ coupon ] ), given ].find(
		isCredit
	);
	return ( credits ?? [] ).map( ( coupon ) => ( {
		ref: refOf( coupon ),
		net: worthOf( coupon ).times( -1 ),
		tax: ZERO,
	} ) );
}

function worthOf( { discount, discountTax }: StoreCoupon ): Decimal {
	return decimal( discount ).plus( discountTax );
}
