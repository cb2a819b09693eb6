/**
 * The account of the Brightpearl in memory: its settings and what can be chosen there.
 */
import type { Brightpearl } from '../../../src/brightpearl/api.ts';
import type { Answer } from './order-parts.ts';

export function listsOf(
	answer: Answer
): Pick<
	Brightpearl,
	| 'configuration'
	| 'channels'
	| 'warehouses'
	| 'taxCodes'
	| 'paymentMethods'
	| 'priceLists'
	| 'leadSources'
	| 'orderStatuses'
	| 'nominalCodes'
	| 'shippingMethods'
	| 'currencies'
> {
	return {
		configuration: () =>
			answer( 'configuration', () => ( {
				baseCurrency: 'GBP',
				timeZone: 'Europe/London',
				taxScheme: null,
				newSalesOrderStatusId: 1,
				cancelledOrderStatusId: 5,
				nominal: {
					sales: '4000',
					shipping: '4040',
					discount: '4009',
					rounding: '4999',
				},
			} ) ),
		channels: () => answer( 'channels', () => [] ),
		warehouses: () => answer( 'warehouses', () => [] ),
		taxCodes: () =>
			answer( 'taxCodes', () => [
				{ id: 1, code: 'T20', rate: '20' },
				{ id: 2, code: 'T0', rate: '0' },
			] ),
		paymentMethods: () =>
			answer( 'paymentMethods', () => [
				{ code: 'CARD', name: 'Card' },
				{ code: 'STRIPE', name: 'Stripe' },
			] ),
		priceLists: () =>
			answer( 'priceLists', () => [ { id: 3, name: 'Web' } ] ),
		leadSources: () =>
			answer( 'leadSources', () => [ { id: 1, name: 'Web' } ] ),
		orderStatuses: () =>
			answer( 'orderStatuses', () => [
				{ id: 1, name: 'New web order', disabled: false },
				{ id: 5, name: 'Cancelled', disabled: false },
				{ id: 21, name: 'Packed', disabled: false },
				{ id: 24, name: 'Old web order', disabled: true },
			] ),
		nominalCodes: () =>
			answer( 'nominalCodes', () => [ { code: '4000', name: 'Sales' } ] ),
		shippingMethods: () =>
			answer( 'shippingMethods', () => [
				{ id: 1, name: 'Standard delivery' },
			] ),
		currencies: () => answer( 'currencies', () => [ 'GBP' ] ),
	};
}
