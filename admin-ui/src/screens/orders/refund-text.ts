/** Refunds of the shop and the credits made for them; a refund may have been deleted since. Pure. */
import { __, sprintf } from '@wordpress/i18n';
import type {
	Order,
	OrderComparison,
} from '../../../../src/contracts/answers.ts';

type Credit = NonNullable< Order[ 'brightpearl' ] >[ 'credits' ][ number ];
type Store = OrderComparison[ 'store' ];

/** Ids of refunds that have a credit and are gone from the shop; none where it was not asked. */
export function deletedRefunds(
	store: Store,
	credits: readonly Credit[]
): readonly number[] {
	return store === null
		? []
		: credits
				.map( ( { refundId } ) => refundId )
				.filter(
					( refundId ) =>
						! store.refunds.some( ( { id } ) => id === refundId )
				);
}

export function deletedText( refundId: number ): string {
	return sprintf(
		/* translators: %s: id of a refund */
		__( 'refund %s deleted', 'pearlbridge' ),
		String( refundId )
	);
}

export function creditText(
	{ salesCreditId, refundId }: Credit,
	deleted: readonly number[]
): string {
	return sprintf(
		deleted.includes( refundId )
			? /* translators: 1: id of a sales credit, 2: id of a refund */
				__( 'credit %1$s, its refund %2$s deleted', 'pearlbridge' )
			: /* translators: 1: id of a sales credit, 2: id of a refund */
				__( 'credit %1$s for refund %2$s', 'pearlbridge' ),
		String( salesCreditId ),
		String( refundId )
	);
}
