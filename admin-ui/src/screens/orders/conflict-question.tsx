import { __, sprintf } from '@wordpress/i18n';
import type { Order } from '../../../../src/contracts/answers.ts';
import type { ApiError } from '../../host.ts';
import { Confirm } from '../../components/index.ts';
import { conflictKind, isWritable } from './conflict-kind.ts';
import type { Side } from './conflict-text.ts';
import { conflictName, writingText } from './conflict-text.ts';

/** Says exactly what will be written, and where, before it is. */
export function ConflictQuestion( {
	order,
	side,
	busy,
	error,
	onConfirm,
	onClose,
}: {
	readonly order: Order;
	readonly side: Side;
	readonly busy: boolean;
	readonly error: ApiError | null;
	readonly onConfirm: () => void;
	readonly onClose: () => void;
} ) {
	const salesOrder = String( order.salesOrderId ?? '?' );
	const kind = conflictKind( order );
	const told =
		side === 'store'
			? order.conflicts.filter( isWritable )
			: order.conflicts;
	const left = order.conflicts.filter( ( one ) => ! told.includes( one ) );
	return (
		<Confirm
			title={
				side === 'store'
					? __( 'Keep the shop’s values?', 'pearlbridge' )
					: kind === 'refund-deleted'
						? __( 'Is the credit made up for?', 'pearlbridge' )
						: __( 'Keep Brightpearl’s values?', 'pearlbridge' )
			}
			action={
				side === 'store'
					? __( 'Write them to Brightpearl', 'pearlbridge' )
					: __( 'Leave Brightpearl as it is', 'pearlbridge' )
			}
			busy={ busy }
			error={ error }
			onConfirm={ onConfirm }
			onClose={ onClose }
		>
			<p>
				{ side === 'store'
					? sprintf(
							/* translators: %s: id of a sales order */
							__(
								'This is written to sales order %s in Brightpearl, over what was changed there:',
								'pearlbridge'
							),
							salesOrder
						)
					: sprintf(
							/* translators: %s: id of a sales order */
							__(
								'Nothing is written, neither to sales order %s nor to the shop. From now on the two may differ here:',
								'pearlbridge'
							),
							salesOrder
						) }
			</p>
			<ul className="pb-conflicts__list">
				{ told.map( ( conflict ) => (
					<li key={ conflict.what }>
						{ writingText( conflict, side ) }
					</li>
				) ) }
			</ul>
			{ left.length > 0 && (
				<p>
					{ sprintf(
						/* translators: %s: what was added in Brightpearl, separated by commas */
						__(
							'This stays, and is only taken out in Brightpearl: %s.',
							'pearlbridge'
						),
						left.map( conflictName ).join( ', ' )
					) }
				</p>
			) }
			<p>
				{ side === 'store'
					? __( 'The shop is not changed.', 'pearlbridge' )
					: __(
							'A later change in the shop is brought over again.',
							'pearlbridge'
						) }
			</p>
		</Confirm>
	);
}
