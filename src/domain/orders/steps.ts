/**
 * Steps that several plans have, each with the sentence that says it.
 */
import { customFieldsOf } from './head/order-fields.ts';
import { notesOf } from './head/order-notes.ts';
import type {
	PlanInput,
	PlannedContact,
	PlannedPayment,
	PlannedSalesOrder,
	Step,
} from './types.ts';
import type { Pieces } from './wanted-allocation.ts';

/** @param named `sales order 20871` */
export function verifyStep( named: string ): Step {
	return {
		type: 'Verify',
		summary: `Read ${ named } back and compare it with the shop's order.`,
	};
}

export function allocateStep( named: string, wanted: Pieces ): Step {
	const count = Object.values( wanted ).reduce(
		( total, pieces ) => total + pieces,
		0
	);
	return {
		type: 'Allocate',
		summary:
			count === 0
				? `Let go of the stock that is allocated to ${ named }.`
				: `Allocate stock to ${ named }: ${ count } piece${ count === 1 ? '' : 's' }, as far as there is any.`,
		wanted,
	};
}

export function paymentStep( named: string, payment: PlannedPayment ): Step {
	return {
		type: 'RecordPayment',
		summary: `Record the payment of ${ payment.amount } ${ payment.currency } by ${ payment.methodCode } on ${ named }.`,
		payment,
	};
}

export function contactStep(
	contact: PlannedContact,
	{ settings }: PlanInput
): Step {
	const { contacts, staffContacts } = settings.orders;
	return {
		type: 'EnsureContact',
		summary: `Find the contact ${ contact.email }, or make it.`,
		contact,
		contacts,
		staffContacts,
	};
}

export function createStep(
	named: string,
	salesOrder: PlannedSalesOrder,
	total: string
): Step {
	const rows = salesOrder.rows.length;
	return {
		type: 'CreateOrder',
		summary: `Create ${ named } with ${ rows } row${ rows === 1 ? '' : 's' }, total ${ total } ${ salesOrder.currency }.`,
		salesOrder,
	};
}

/** What the order says beside its rows, as far as it is not in Brightpearl yet. */
export function wordSteps( named: string, input: PlanInput ): readonly Step[] {
	const { order, link, settings, notes } = input;
	const noted = new Set( link?.notes );
	const set = link?.fields ?? {};
	const fields = Object.fromEntries(
		Object.entries(
			customFieldsOf( order, settings.orders.customFields )
		).filter(
			( [ code, value ] ) =>
				value !== ( Object.hasOwn( set, code ) ? set[ code ] : '' )
		)
	);
	const codes = Object.keys( fields );
	return [
		...notesOf( order, notes, settings )
			.filter( ( { key } ) => ! noted.has( key ) )
			.map( ( note ): Step => ( {
				type: 'AddNote',
				summary: `Add ${
					note.key.startsWith( 'customer:' )
						? "the customer's note"
						: 'a note of the shop'
				} to ${ named }.`,
				note,
			} ) ),
		...( codes.length === 0
			? []
			: [
					{
						type: 'SetCustomFields',
						summary: `Set ${ codes.join( ', ' ) } on ${ named }.`,
						fields,
					} as const,
				] ),
	];
}

/** The invoice, where it is wanted and not made. */
export function closeSteps(
	named: string,
	{ order, settings, found }: PlanInput
): readonly Step[] {
	return settings.orders.invoice === 'completed' &&
		order.status === 'completed' &&
		found?.invoiced !== true
		? [
				{
					type: 'CloseOrder',
					summary: `Make the invoice of ${ named }.`,
				},
			]
		: [];
}
