import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { CommandButton, formatNumber } from '../../components/index.ts';

/** What can be done with the problems that were chosen. */
export function SelectedBar( {
	count,
	busy,
	onRetry,
	onClear,
}: {
	readonly count: number;
	readonly busy: boolean;
	readonly onRetry: () => void;
	readonly onClear: () => void;
} ) {
	return (
		<div
			className="pb-bulk"
			role="region"
			aria-label={ __( 'Selected problems', 'pearlbridge' ) }
		>
			<span className="pb-bulk__count" role="status">
				{ sprintf(
					/* translators: %s: number of problems */
					_n( '%s selected', '%s selected', count, 'pearlbridge' ),
					formatNumber( count )
				) }
			</span>
			<CommandButton
				size="compact"
				variant="primary"
				busy={ busy }
				onClick={ onRetry }
			>
				{ __( 'Retry the selected', 'pearlbridge' ) }
			</CommandButton>
			<Button variant="tertiary" size="compact" onClick={ onClear }>
				{ __( 'Clear selection', 'pearlbridge' ) }
			</Button>
		</div>
	);
}
