/**
 * EmptyCredit: the refund is gone from the shop. A credit cannot be deleted, so it keeps its number
 * and loses its rows, one by one; a row that is gone is no failure, so that it may begin again
 * anywhere.
 */
import type { SalesOrder } from '../../../brightpearl/api.ts';
import { ok, type Failure, type Result } from '../../../contracts/result.ts';
import type { Step } from '../../../domain/orders/types.ts';
import { journaled, journalTarget, note, type Applying } from '../applying.ts';
import { saveCredit } from './record-refund.ts';
import { isRefused, named, refusalAs } from './refusal.ts';

export async function emptyCredit(
	applying: Applying,
	{ refundId, salesCreditId }: Extract< Step, { type: 'EmptyCredit' } >
): Promise< Result< void > > {
	const { connected, link } = applying;
	const { brightpearl } = connected;
	const ref = `sales credit ${ salesCreditId }`;
	const target = journalTarget( applying, 'EmptyCredit', ref );
	const keep = () => saveCredit( applying, refundId, { emptied: true } );
	const read = await brightpearl.salesCredits( [ salesCreditId ] );
	if ( ! read.ok ) {
		return read;
	}
	const rows = rowsOf( read.value[ 0 ] );
	if ( rows.length === 0 ) {
		await keep();
		await note( target, 'found', ref, null );
		return ok( undefined );
	}
	const emptied = await journaled(
		target,
		ref,
		async (): Promise< Result< void > > => {
			for ( const rowId of rows ) {
				const deleted = await brightpearl.deleteOrderRow(
					salesCreditId,
					rowId
				);
				if ( ! deleted.ok ) {
					return deleted;
				}
			}
			return ok( undefined );
		},
		() => null,
		keep
	);
	return emptied.ok ? emptied : told( emptied.failure );

	function told( failure: Failure ): Result< void > {
		return isRefused( failure )
			? refusalAs( failure, {
					code: 'refund-deleted',
					what: `${ named( link ) }: refund ${ refundId } was deleted in the shop, and Brightpearl does not let its credit (${ salesCreditId }) be emptied:`,
					cause: 'The credit was closed (it is an invoice in the books), or goods came in for it.',
					fix: 'Take its rows off in Brightpearl, or make up for it there (a sales order or a journal of the amount); then retry the order, or ignore it here (orders ignore).',
				} )
			: { ok: false, failure };
	}
}

/** A bundle's parts go with its own row. */
function rowsOf( credit: SalesOrder | undefined ): readonly number[] {
	return ( credit?.rows ?? [] )
		.filter( ( { bundleChild } ) => ! bundleChild )
		.map( ( { id } ) => id );
}
