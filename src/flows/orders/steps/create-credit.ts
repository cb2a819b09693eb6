/**
 * CreateCredit: one sales credit for one refund of the shop, at the exchange rate of the order that
 * it corrects, so that no difference of rates is left between the two.
 *
 * It is always looked for first: refunds are rare, and whether Brightpearl's de-duplication of
 * orders and that of credits are one is not known (resources reference, §8.1). It counts as made
 * only once it was read back with the total that was planned.
 */
import type { SalesOrder } from '../../../brightpearl/api.ts';
import { hold, ok, retry, type Result } from '../../../contracts/result.ts';
import { toCreditBody } from '../../../domain/orders/bodies.ts';
import { decimal } from '../../../domain/money.ts';
import { isOpenCredit } from '../../../domain/orders/credits/money-back.ts';
import type { PlannedCredit } from '../../../domain/orders/types.ts';
import {
	earlierTry,
	journalTarget,
	saveLink,
	type Applying,
} from '../applying.ts';
import { once } from '../once.ts';
import { notReadYet } from './read-order.ts';
import { named } from './refusal.ts';

export async function createCredit(
	applying: Applying,
	credit: PlannedCredit
): Promise< Result< void > > {
	const { connected, salesOrder } = applying;
	const { brightpearl } = connected;
	const contactId = salesOrder?.contactId ?? applying.contactId;
	if ( salesOrder === null || contactId === null ) {
		return notReadYet();
	}
	const { externalRef } = credit;
	const target = journalTarget( applying, 'CreateCredit', externalRef );
	const made = await once( {
		target,
		ref: externalRef,
		since: ( await earlierTry( target ) )?.at ?? null,
		looksFirst: true,
		look: () => findOurs( applying, credit, salesOrder.id ),
		make: () =>
			brightpearl.createSalesCredit(
				toCreditBody( credit, {
					contactId,
					parentId: salesOrder.id,
					exchangeRate: salesOrder.exchangeRate,
				} )
			),
		called: ( id ) => `sales credit ${ id }`,
		record: () => Promise.resolve(),
		adopt: ( id ) => confirm( applying, credit, salesOrder, id ),
	} );
	if ( ! made.ok ) {
		return made;
	}
	return made.value.how === 'made'
		? confirm( applying, credit, salesOrder, made.value.value )
		: ok( undefined );
}

async function findOurs(
	{ connected }: Applying,
	{ externalRef }: PlannedCredit,
	salesOrderId: number
): Promise< Result< number | null > > {
	const hits = await connected.brightpearl.findSalesCredits( {
		externalRef,
	} );
	if ( ! hits.ok ) {
		return hits;
	}
	if ( hits.value.length > 1 ) {
		return hold( {
			code: 'reference-taken',
			message: `Brightpearl has ${ hits.value.length } sales credits with the reference ${ externalRef }: ${ hits.value.map( ( hit ) => hit.salesCreditId ).join( ', ' ) }.`,
			cause: 'The credit was also entered by somebody or something else.',
			fix: `Clear the external reference of those that do not belong to sales order ${ salesOrderId }, then retry.`,
			field: 'orders.refPrefix',
		} );
	}
	return ok( hits.value[ 0 ]?.salesCreditId ?? null );
}

async function confirm(
	applying: Applying,
	credit: PlannedCredit,
	salesOrder: SalesOrder,
	salesCreditId: number
): Promise< Result< void > > {
	const { connected, link } = applying;
	const read = await connected.brightpearl.salesCredits( [ salesCreditId ] );
	if ( ! read.ok ) {
		return read;
	}
	const [ found ] = read.value;
	if ( found === undefined ) {
		return retry(
			'brightpearl',
			'outage',
			`Brightpearl does not show sales credit ${ salesCreditId } yet.`
		);
	}
	if (
		found.parentOrderId !== null &&
		found.parentOrderId !== salesOrder.id
	) {
		return hold( {
			code: 'reference-taken',
			message: `The reference ${ credit.externalRef } belongs to sales credit ${ salesCreditId } of another sales order (${ found.parentOrderId }).`,
			cause: 'Two shops share one reference prefix, or the shop was set up anew and counts its orders from the beginning.',
			fix: 'Clear the external reference of that credit in Brightpearl, then retry.',
			field: 'orders.refPrefix',
		} );
	}
	if ( ! decimal( found.total ).eq( credit.total ) ) {
		return hold( {
			code: 'total-mismatch',
			message: `${ named( link ) }: refund ${ credit.refundId } is ${ credit.total } in the shop and ${ found.total } in Brightpearl (sales credit ${ salesCreditId }).`,
			cause: 'The credit was edited in Brightpearl, or Brightpearl computes its tax differently.',
			fix: `Correct the rows of sales credit ${ salesCreditId } so that its total is ${ credit.total }, then retry.`,
			field: null,
		} );
	}
	// One that has ended stays: the reference of the next depends on it.
	const others = link.credits.filter(
		( one ) => one.refundId !== credit.refundId || ! isOpenCredit( one )
	);
	await saveLink( applying, {
		credits: [
			...others,
			{
				refundId: credit.refundId,
				salesCreditId,
				total: credit.total,
				refund: null,
				emptied: false,
				settled: false,
			},
		].sort( ( a, b ) => a.refundId - b.refundId ),
	} );
	return ok( undefined );
}
