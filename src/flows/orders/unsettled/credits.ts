/**
 * Credits of refunds, the money on them, and their emptying.
 */
import type { LinkCredit, OrderLink } from '../../../contracts/database.ts';
import { ok, type Result } from '../../../contracts/result.ts';
import { refundOfRef } from '../../../domain/orders/references.ts';
import { earlierTry, lookFor, note, type JournalTarget } from '../applying.ts';
import {
	keep,
	paymentBy,
	save,
	takenBack,
	unlessFailed,
	type Settling,
} from './settling.ts';

/** The credit that a reference means; undefined = the link has none (yet). */
function creditOf(
	{ credits }: OrderLink,
	ref: string
): { readonly refundId: number; readonly credit: LinkCredit | undefined } {
	const { refundId, turn } = refundOfRef( ref ) ?? { refundId: 0, turn: 1 };
	return {
		refundId,
		credit: credits.filter( ( one ) => one.refundId === refundId )[
			turn - 1
		],
	};
}

export async function settleCredit(
	settling: Settling,
	target: JournalTarget,
	ref: string
): Promise< Result< void > > {
	const { connected, lease, link } = settling;
	const { brightpearl } = connected;
	const { refundId, credit } = creditOf( link, ref );
	if ( credit !== undefined ) {
		return ok( undefined );
	}
	const since = ( await earlierTry( target ) )?.at ?? null;
	const found = await lookFor( connected, lease, since, async () => {
		const hits = await brightpearl.findSalesCredits( { externalRef: ref } );
		return hits.ok ? ok( hits.value[ 0 ] ?? null ) : hits;
	} );
	if ( ! found.ok || found.value === null ) {
		return unlessFailed( found );
	}
	const { salesCreditId } = found.value;
	const read = await brightpearl.salesCredits( [ salesCreditId ] );
	if ( ! read.ok ) {
		return read;
	}
	const [ made ] = read.value;
	if ( made === undefined || made.parentOrderId !== link.salesOrderId ) {
		return ok( undefined );
	}
	await save( settling, {
		credits: [
			...link.credits,
			{
				refundId,
				salesCreditId,
				total: made.total,
				refund: null,
				emptied: false,
				settled: false,
			},
		].sort( ( a, b ) => a.refundId - b.refundId ),
	} );
	await note( target, 'found', `sales credit ${ salesCreditId }`, null );
	return ok( undefined );
}

export async function settleRefund(
	settling: Settling,
	target: JournalTarget,
	ref: string
): Promise< Result< void > > {
	const { credit } = creditOf( settling.link, ref );
	if (
		credit === undefined ||
		( credit.refund?.paymentId ?? null ) !== null ||
		// Somebody else had given it back.
		( credit.refund?.reversed ?? null ) !== null
	) {
		return ok( undefined );
	}
	const found = await paymentBy( settling, target, ref );
	return found.ok && found.value !== null
		? keep( settling, target, found.value, {
				credits: withCredit( settling.link, credit, {
					refund: {
						amount: found.value.amount,
						paymentId: found.value.paymentId,
						reversed: null,
					},
				} ),
			} )
		: unlessFailed( found );
}

export async function settleReversedRefund(
	settling: Settling,
	target: JournalTarget,
	ref: string
): Promise< Result< void > > {
	const { credit } = creditOf( settling.link, ref );
	const refund = credit?.refund ?? null;
	if ( credit === undefined || refund === null || refund.reversed !== null ) {
		return ok( undefined );
	}
	const found = await takenBack( settling, target, ref, refund.paymentId );
	return found.ok && found.value !== null
		? keep( settling, target, found.value.by, {
				credits: withCredit( settling.link, credit, {
					refund: {
						...refund,
						reversed: {
							paymentId: found.value.by?.paymentId ?? null,
						},
					},
				} ),
			} )
		: unlessFailed( found );
}

/** Rows are deleted one by one: what was begun is brought to its end. */
export async function settleEmptied(
	settling: Settling,
	target: JournalTarget,
	ref: string
): Promise< Result< void > > {
	const { brightpearl } = settling.connected;
	const credit = settling.link.credits.find(
		( { salesCreditId, emptied } ) =>
			! emptied && ref === `sales credit ${ salesCreditId }`
	);
	if ( credit === undefined || credit.salesCreditId === null ) {
		return ok( undefined );
	}
	const { salesCreditId } = credit;
	const read = await brightpearl.salesCredits( [ salesCreditId ] );
	if ( ! read.ok ) {
		return read;
	}
	const rows = read.value
		.flatMap( ( one ) => one.rows )
		.filter( ( { bundleChild } ) => ! bundleChild );
	for ( const { id } of rows ) {
		const deleted = await brightpearl.deleteOrderRow( salesCreditId, id );
		if ( ! deleted.ok ) {
			return deleted;
		}
	}
	return keep( settling, target, null, {
		credits: withCredit( settling.link, credit, { emptied: true } ),
	} );
}

function withCredit(
	{ credits }: OrderLink,
	credit: LinkCredit,
	change: Partial< LinkCredit >
): readonly LinkCredit[] {
	return credits.map( ( one ) =>
		one === credit ? { ...one, ...change } : one
	);
}
