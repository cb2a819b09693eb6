/** What kind of question an order's differences are, and what each answer can bring about. Pure. */
import { __ } from '@wordpress/i18n';
import type { Conflict, Order } from '../../../../src/contracts/answers.ts';

export type ConflictKind =
	/** Shop and Brightpearl were both changed. */
	| 'both'
	/** Brightpearl alone was changed; its figures differ. */
	| 'edited'
	/** Brightpearl takes no change any more: only its own side can hold. */
	| 'invoiced'
	/** A refund holds no longer whose closed credit cannot be emptied. */
	| 'refund-deleted';

type Asked = Pick< Order, 'problem' | 'conflicts' >;

export function conflictKind( { problem }: Asked ): ConflictKind {
	switch ( problem?.code ) {
		case 'order-changed':
			return 'invoiced';
		case 'total-mismatch':
			return 'edited';
		case 'refund-deleted':
			return 'refund-deleted';
		default:
			return 'both';
	}
}

/** Rows that were added in Brightpearl and closed credits: writing the shop's values leaves them. */
export function isWritable( { what }: Pick< Conflict, 'what' > ): boolean {
	return ! /^(row|refund|credit)-/.test( what );
}

/** Whether writing the shop's values would change anything. */
export function storeCanHold( order: Asked ): boolean {
	const kind = conflictKind( order );
	return (
		( kind === 'both' || kind === 'edited' ) &&
		order.conflicts.some( isWritable )
	);
}

export interface ConflictWords {
	readonly title: string;
	readonly what: string;
	readonly keepStore: string;
	readonly keepBrightpearl: string;
	/** The way without a choice. */
	readonly byHand: string;
}

export function conflictWords( order: Asked ): ConflictWords {
	const keepStore = __( 'Keep the shop’s', 'pearlbridge' );
	const keepBrightpearl = __( 'Keep Brightpearl’s', 'pearlbridge' );
	switch ( conflictKind( order ) ) {
		case 'invoiced':
			return {
				title: __( 'Changed after the invoice', 'pearlbridge' ),
				what: __(
					'The shop was changed after the order was invoiced in Brightpearl, which takes no change then. Enter the difference there by hand, a sales credit for one, and say so here.',
					'pearlbridge'
				),
				keepStore,
				keepBrightpearl: __( 'It is entered there', 'pearlbridge' ),
				byHand: __(
					'Or take the change back in the shop: then this goes away by itself.',
					'pearlbridge'
				),
			};
		case 'edited':
			return {
				title: __( 'Edited in Brightpearl', 'pearlbridge' ),
				what: __(
					'Somebody edited the order in Brightpearl after it was pushed. The edit stays; until a person chooses, it is told that the two differ.',
					'pearlbridge'
				),
				keepStore: __( 'Write the shop’s values', 'pearlbridge' ),
				keepBrightpearl: __(
					'Accept Brightpearl’s figures',
					'pearlbridge'
				),
				byHand: order.conflicts.every( isWritable )
					? __(
							'Or make the same change in the shop, or take it back in Brightpearl and then retry.',
							'pearlbridge'
						)
					: __(
							'A row that was added in Brightpearl is only taken out there; then retry.',
							'pearlbridge'
						),
			};
		case 'refund-deleted':
			return {
				title: __( 'A closed credit to make up for', 'pearlbridge' ),
				what: __(
					'The refund holds no longer in the shop, but its credit is closed in Brightpearl and cannot be emptied. Make up for it there by hand, and say so here.',
					'pearlbridge'
				),
				keepStore,
				keepBrightpearl: __( 'It is made up for', 'pearlbridge' ),
				byHand: __(
					'Nothing is written then: the question is settled.',
					'pearlbridge'
				),
			};
		case 'both':
			return {
				title: __( 'Changed on both sides', 'pearlbridge' ),
				what: __(
					'The shop and Brightpearl were both changed since they last agreed, so neither is overwritten. Everything else of the order was brought over.',
					'pearlbridge'
				),
				keepStore,
				keepBrightpearl,
				byHand: __(
					'Or make both the same by hand, then retry: what is changed in Brightpearl is only seen then.',
					'pearlbridge'
				),
			};
	}
}
