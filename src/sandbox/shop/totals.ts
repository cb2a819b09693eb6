/**
 * An order's taxes and totals from its items' net amounts, as `calculate_totals` makes them
 * (platform notes, "Money in orders"; compared with the recorded orders in the test).
 *
 * Round at subtotal: everything is kept unrounded and rounded once, in the total. Otherwise
 * each item's tax is rounded, half down where the shop's prices include tax, and each item's net is
 * rounded as it is added up.
 */
import { Decimal, ZERO, roundHalfDown, stored, sum } from './decimal.ts';
import type {
	FeeLine,
	ItemTax,
	LineItem,
	Order,
	TaxLine,
	TaxRate,
} from './model.ts';
import type { Shop } from './shop.ts';
import { rateCode, ratesFor, taxesOn } from './tax.ts';

/** What a line's product says about tax; a line without product is taxable. */
function isTaxable( shop: Shop, line: LineItem ): boolean {
	const product = shop.catalog.get( line.variation_id || line.product_id );
	return ( product?.tax_status ?? 'taxable' ) === 'taxable';
}

function placeOf(
	shop: Shop,
	order: Order
): {
	country: string;
	state: string;
} {
	for ( const { country, state } of [ order.shipping, order.billing ] ) {
		if ( country !== '' ) {
			return { country, state };
		}
	}
	return { country: shop.settings.baseCountry, state: '' };
}

/** Shipping follows the cart's items: the standard class first, then the next one present. */
function shippingClass( shop: Shop, order: Order ): string | null {
	const classes = new Set(
		order.line_items
			.filter( ( line ) => {
				const product = shop.catalog.get(
					line.variation_id || line.product_id
				);
				return ( product?.tax_status ?? 'taxable' ) !== 'none';
			} )
			.map( ( line ) => line.tax_class )
	);
	if ( classes.size === 0 || classes.has( '' ) ) {
		return '';
	}
	return (
		[ 'reduced-rate', 'zero-rate' ].find( ( name ) =>
			classes.has( name )
		) ?? null
	);
}

interface Taxed {
	readonly rate: TaxRate;
	readonly amount: Decimal;
}

/** The net amounts a negative fee is spread over, by tax class, shipping included. */
function classCosts(
	shop: Shop,
	order: Order,
	shippingTaxClass: string | null
): Map< string, Decimal > {
	const costs = new Map< string, Decimal >();
	const add = ( name: string, amount: string ): void => {
		costs.set( name, ( costs.get( name ) ?? ZERO ).plus( amount ) );
	};
	for ( const line of order.line_items ) {
		if ( isTaxable( shop, line ) ) {
			add( line.tax_class, line.total );
		}
	}
	for ( const line of order.shipping_lines ) {
		if ( line.tax_status === 'taxable' && shippingTaxClass !== null ) {
			add( shippingTaxClass, line.total );
		}
	}
	return costs;
}

export function recalculate( shop: Shop, order: Order ): void {
	const { decimals, roundAtSubtotal, pricesIncludeTax } = shop.settings;
	const place = placeOf( shop, order );
	const rates = ( taxClass: string ): TaxRate[] =>
		ratesFor( shop.rates, place, taxClass );
	const roundTax = ( amount: Decimal ): Decimal => {
		if ( roundAtSubtotal ) {
			return amount;
		}
		const exact = amount.round( 6, Decimal.roundHalfUp );
		return pricesIncludeTax
			? roundHalfDown( exact, decimals )
			: exact.round( decimals, Decimal.roundHalfUp );
	};
	const roundNet = ( amount: string ): Decimal => {
		const exact = new Decimal( amount );
		return roundAtSubtotal
			? exact
			: exact.round( decimals, Decimal.roundHalfUp );
	};
	const toTaxes = ( taxed: readonly Taxed[] ): ItemTax[] =>
		taxed.map( ( { rate, amount } ) => ( {
			id: rate.id,
			total: stored( amount ),
			subtotal: '',
		} ) );
	const rounded = ( taxed: readonly Taxed[] ): Decimal =>
		sum( taxed.map( ( { amount } ) => roundTax( amount ) ) );

	const cart = new Map< number, { rate: TaxRate; total: Decimal } >();
	const freight = new Map< number, { rate: TaxRate; total: Decimal } >();
	const collect = (
		into: Map< number, { rate: TaxRate; total: Decimal } >,
		taxed: readonly Taxed[]
	): void => {
		for ( const { rate, amount } of taxed ) {
			const total = into.get( rate.id )?.total ?? ZERO;
			into.set( rate.id, {
				rate,
				total: total.plus( roundTax( amount ) ),
			} );
		}
	};

	for ( const line of order.line_items ) {
		const applied = isTaxable( shop, line ) ? rates( line.tax_class ) : [];
		const taxed = taxesOn( new Decimal( line.total ), applied );
		const before = taxesOn( new Decimal( line.subtotal ), applied );
		line.taxes = taxed.map( ( { rate, amount }, at ) => ( {
			id: rate.id,
			total: stored( amount ),
			subtotal: stored( before[ at ]?.amount ?? ZERO ),
		} ) );
		line.total_tax = stored( rounded( taxed ) );
		line.subtotal_tax = stored( rounded( before ) );
		collect( cart, taxed );
	}

	const freightClass = shippingClass( shop, order );
	for ( const line of order.shipping_lines ) {
		const taxed =
			line.tax_status === 'taxable' && freightClass !== null
				? taxesOn(
						new Decimal( line.total ),
						rates( freightClass ).filter(
							( { shipping } ) => shipping
						)
					)
				: [];
		line.taxes = toTaxes( taxed );
		line.total_tax = stored( rounded( taxed ) );
		collect( freight, taxed );
	}

	const goods = sum(
		order.line_items.map( ( line ) => roundNet( line.total ) )
	);
	const shippingTotal = sum(
		order.shipping_lines.map( ( line ) =>
			new Decimal( line.total ).round( decimals, Decimal.roundHalfUp )
		)
	);
	const fees = taxFees( shop, order, freightClass, rates, {
		floor: goods.plus( shippingTotal ).times( -1 ),
		each: ( fee, taxed ) => {
			fee.taxes = toTaxes( taxed );
			fee.total_tax = stored( rounded( taxed ) );
			collect( cart, taxed );
		},
	} );

	const cartTax = sum( [ ...cart.values() ].map( ( { total } ) => total ) );
	const freightTax = sum(
		[ ...freight.values() ].map( ( { total } ) => total )
	);
	const goodsBefore = sum(
		order.line_items.map( ( line ) => roundNet( line.subtotal ) )
	);
	const goodsTax = ( of: 'subtotal' | 'total' ): Decimal =>
		sum(
			order.line_items.flatMap( ( line ) =>
				line.taxes.map( ( tax ) => tax[ of ] )
			)
		);
	const toMinor = ( amount: Decimal ): string =>
		stored( amount.round( decimals, Decimal.roundHalfUp ) );
	order.discount_total = toMinor( goodsBefore.minus( goods ) );
	// Of the unrounded taxes, in either mode.
	const discountTax = goodsTax( 'subtotal' ).minus( goodsTax( 'total' ) );
	order.discount_tax = pricesIncludeTax
		? stored( roundHalfDown( discountTax, decimals ) )
		: toMinor( discountTax );
	order.shipping_total = stored( shippingTotal );
	order.cart_tax = stored( cartTax );
	order.shipping_tax = stored( freightTax );
	order.total_tax = toMinor( cartTax.plus( freightTax ) );
	order.total = toMinor(
		goods
			.plus( fees )
			.plus( shippingTotal )
			.plus( cartTax )
			.plus( freightTax )
	);
	order.tax_lines = taxLines( shop, order.tax_lines, cart, freight );
}

/** Taxes the fees and answers their net sum; a discount never takes more than there is. */
function taxFees(
	shop: Shop,
	order: Order,
	freightClass: string | null,
	rates: ( taxClass: string ) => TaxRate[],
	into: {
		readonly floor: Decimal;
		readonly each: ( fee: FeeLine, taxed: readonly Taxed[] ) => void;
	}
): Decimal {
	let total = ZERO;
	for ( const fee of order.fee_lines ) {
		const net = new Decimal( fee.total );
		if ( net.lt( 0 ) ) {
			const floor = into.floor.minus( total );
			if ( net.lt( floor ) ) {
				fee.total = stored( floor );
			}
		}
		const amount = new Decimal( fee.total );
		let taxed: Taxed[] = [];
		if ( amount.lt( 0 ) ) {
			// Recorded: a negative fee lowers the tax of all goods, whatever its tax status.
			const costs = classCosts( shop, order, freightClass );
			const all = sum( costs.values() );
			for ( const [ name, cost ] of all.eq( 0 ) ? [] : costs ) {
				taxed.push(
					...taxesOn( amount.times( cost ).div( all ), rates( name ) )
				);
			}
		} else if ( fee.tax_status === 'taxable' && fee.tax_class !== '0' ) {
			taxed = taxesOn( amount, rates( fee.tax_class ) );
		}
		into.each( fee, taxed );
		total = total.plus( fee.total );
	}
	return total;
}

function taxLines(
	shop: Shop,
	earlier: readonly TaxLine[],
	cart: ReadonlyMap< number, { rate: TaxRate; total: Decimal } >,
	freight: ReadonlyMap< number, { rate: TaxRate; total: Decimal } >
): TaxLine[] {
	return [ ...new Map( [ ...cart, ...freight ] ).values() ].map(
		( { rate } ) => ( {
			id:
				earlier.find( ( { rate_id } ) => rate_id === rate.id )?.id ??
				shop.nextId( 'item' ),
			rate_code: rateCode( rate ),
			rate_id: rate.id,
			label: rate.name,
			compound: rate.compound,
			tax_total: stored( cart.get( rate.id )?.total ?? ZERO ),
			shipping_tax_total: stored( freight.get( rate.id )?.total ?? ZERO ),
			rate_percent: Number( rate.rate ),
			meta_data: [],
		} )
	);
}
