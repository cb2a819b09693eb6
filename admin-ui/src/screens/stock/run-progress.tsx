import { __, sprintf } from '@wordpress/i18n';
import { Progress, formatNumber } from '../../components/index.ts';
import type { Position } from './runs.ts';

/** How far a run has got; without a position nobody has said yet. */
export function RunProgress( {
	runId,
	position,
}: {
	readonly runId: number;
	readonly position: Position | undefined;
} ) {
	const of = position?.of ?? null;
	return (
		<div className="pb-run-progress">
			<Progress
				label={ sprintf(
					/* translators: %s: id of a stock run */
					__( 'Progress of run %s', 'pearlbridge' ),
					String( runId )
				) }
				value={ position?.done ?? 0 }
				max={ of }
			/>
			<span className="pb-muted">
				{ of === null
					? __( 'reading both sides', 'pearlbridge' )
					: sprintf(
							/* translators: 1: number of products done, 2: number of all products */
							__( '%1$s of %2$s', 'pearlbridge' ),
							formatNumber( position?.done ?? 0 ),
							formatNumber( of )
						) }
			</span>
		</div>
	);
}
