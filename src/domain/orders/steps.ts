/**
 * What is still to be done for an order, in order; each step is idempotent and says itself in
 * one sentence.
 */
import type { OrderLink } from '../../contracts/database.ts';
import { isCalledOff } from './statuses.ts';
import type {
	PlanInput,
	PlannedContact,
	PlannedPayment,
	PlannedSalesOrder,
	Step,
} from './types.ts';

export function stepsOf(
	input: PlanInput,
	contact: PlannedContact,
	salesOrder: PlannedSalesOrder,
	payment: PlannedPayment | null
): readonly Step[] {
	const { link } = input;
	const isMade = link !== null && link.salesOrderId !== null;
	const named = isMade
		? `sales order ${ link.salesOrderId }`
		: `sales order ${ salesOrder.externalRef }`;
	const rows = salesOrder.rows.length;
	return [
		...( isMade
			? []
			: [
					{
						type: 'EnsureContact',
						summary: `Find the contact ${ contact.email }, or make it.`,
						contact,
					} as const,
					{
						type: 'CreateOrder',
						summary: `Create ${ named } with ${ rows } row${ rows === 1 ? '' : 's' }, total ${ input.order.total } ${ salesOrder.currency }.`,
						salesOrder,
					} as const,
				] ),
		...( payment === null
			? []
			: [
					{
						type: 'RecordPayment',
						summary: `Record the payment of ${ payment.amount } ${ payment.currency } by ${ payment.methodCode } on ${ named }.`,
						payment,
					} as const,
				] ),
		...( wantsAllocation( input, salesOrder )
			? [
					{
						type: 'Allocate',
						summary: `Allocate stock to ${ named }, as far as there is any.`,
					} as const,
				]
			: [] ),
		{
			type: 'Verify',
			summary: `Read ${ named } back and compare it with the shop's order.`,
		},
	];
}

/**
 * Any product row may need stock: one that is not tracked itself may be a bundle of products
 * that are, which only Brightpearl knows.
 */
function wantsAllocation(
	{ order, settings, link, allocationDone }: PlanInput,
	{ rows }: PlannedSalesOrder
): boolean {
	return (
		settings.orders.allocate &&
		! allocationDone &&
		! needsNone( link ) &&
		! isCalledOff( order.status ) &&
		rows.some( ( row ) => row.productId !== null )
	);
}

function needsNone( link: OrderLink | null ): boolean {
	return (
		link?.allocation?.state === 'not-needed' ||
		link?.allocation?.shipped === true
	);
}
