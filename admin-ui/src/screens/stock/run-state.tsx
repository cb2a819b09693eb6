import { __ } from '@wordpress/i18n';
import { Badge, RunBadge } from '../../components/index.ts';
import { shownState } from './runs.ts';

export function RunState( {
	run,
}: {
	readonly run: Parameters< typeof shownState >[ 0 ] & {
		readonly dryRun: boolean;
	};
} ) {
	const state = shownState( run );
	return (
		<span className="pb-row">
			{ state === 'retrying' ? (
				<Badge
					label={ {
						text: __( 'Waits for another try', 'pearlbridge' ),
						tone: 'warning',
					} }
				/>
			) : (
				<RunBadge state={ state } />
			) }
			{ run.dryRun && (
				<Badge
					label={ {
						text: __( 'Dry run', 'pearlbridge' ),
						tone: 'neutral',
					} }
				/>
			) }
		</span>
	);
}
