/**
 * The head of the sales order, and the figures of its rows, from the shop's order and the settings.
 */
import type { StoreOrder } from '../../../contracts/store.ts';
import { decimal, money, sum } from '../../money.ts';
import { midnightIn, withOffset } from '../../time.ts';
import type { Parties } from './contact.ts';
import { exchangeRateOf } from './exchange-rate.ts';
import { own } from '../payments/payment.ts';
import { ruleFor } from '../rules.ts';
import { customerRef, externalRefOf } from '../references.ts';
import type {
	PlanInput,
	PlannedRow,
	PlannedSalesOrder,
	Totals,
} from '../types.ts';

export function toSalesOrder(
	{ order, settings, account, refPrefix }: PlanInput,
	parties: Pick< Parties, 'billing' | 'delivery' >,
	rows: readonly PlannedRow[]
): PlannedSalesOrder {
	const { orders } = settings;
	const rule = ruleFor( order, orders.rules );
	return {
		ref: customerRef( order.number ),
		externalRef: externalRefOf( refPrefix, order.id ),
		placedOn: withOffset( order.placedAt ),
		taxDate: midnightIn( account.timeZone, order.placedAt ),
		statusId: mappedStatus( order.status, settings ),
		warehouseId: rule?.warehouseId ?? orders.warehouseId,
		channelId: rule?.channelId ?? orders.channelId,
		priceListId: orders.priceListId,
		leadSourceId: orders.leadSourceId,
		priceMode: order.pricesIncludeTax ? 'INC' : 'EXC',
		currency: order.currency,
		exchangeRate: exchangeRateOf( order, settings, account.baseCurrency ),
		shippingMethodId: shippingMethodOf( order, orders.shipping ),
		billing: parties.billing,
		delivery: parties.delivery,
		rows,
		installationInstanceId: account.installationInstanceId,
	};
}

/** Null = left to Brightpearl, or not mapped at all. */
export function mappedStatus(
	status: string,
	{ orders }: PlanInput[ 'settings' ]
): number | null {
	return own( orders.status, status ) ?? null;
}

/** Of the first shipping line; an order that ships nothing has none. */
function shippingMethodOf(
	{ shippingLines }: StoreOrder,
	methods: Readonly< Record< string, number > >
): number | null {
	const [ line ] = shippingLines;
	if ( line === undefined ) {
		return null;
	}
	return (
		own( methods, `${ line.methodId }:${ line.instanceId }` ) ??
		own( methods, line.methodId ) ??
		own( methods, '*' ) ??
		null
	);
}

export function totalsOf(
	order: StoreOrder,
	rows: readonly PlannedRow[],
	decimals: number
): Totals {
	const net = sum( rows.map( ( row ) => decimal( row.net ) ) );
	const tax = sum( rows.map( ( row ) => decimal( row.tax ) ) );
	const total = net.plus( tax );
	return {
		net: money( net, decimals ),
		tax: money( tax, decimals ),
		total: money( total, decimals ),
		store: order.total,
		difference: money( decimal( order.total ).minus( total ), decimals ),
	};
}
