import { __ } from '@wordpress/i18n';
import type { Choices } from '../../../../src/contracts/answers.ts';
import { useOperation } from '../../api/client.tsx';
import { ErrorNotice, Panel, Skeleton, Time } from '../../components/index.ts';
import { describeValue } from './describe.ts';
import { labelOf } from './fields.ts';

/** Who changed what and when, newest first. */
export function History( {
	connection,
	choices,
}: {
	readonly connection: string;
	readonly choices: Choices | null;
} ) {
	const { data, error, reload } = useOperation(
		'settingsHistory',
		{ connection, limit: 20 },
		{
			keep: false,
			refreshOn: ( event ) =>
				event.event === 'changed' &&
				event.what === 'settings' &&
				event.connection === connection,
		}
	);
	return (
		<Panel
			title={ __( 'History', 'pearlbridge' ) }
			id="pb-section-history"
			flush
		>
			<ErrorNotice error={ error } retry={ reload } />
			{ data === null && error === null && <Skeleton lines={ 3 } /> }
			{ data?.items.length === 0 && (
				<p className="pb-history__empty pb-muted">
					{ __( 'Nothing was changed yet.', 'pearlbridge' ) }
				</p>
			) }
			<ol className="pb-history">
				{ data?.items.map( ( { at, by, changes } ) => (
					<li key={ `${ at } ${ by }` }>
						<strong>{ by }</strong>{ ' ' }
						<span className="pb-muted">
							<Time at={ at } />
						</span>
						<ul>
							{ changes.map( ( { key, from, to } ) => (
								<li key={ key }>
									{ labelOf( key ) }:{ ' ' }
									<del>
										{ describeValue( key, from, choices ) }
									</del>{ ' ' }
									<span aria-hidden="true">→</span>
									<span className="pb-hidden">
										{ __( 'became', 'pearlbridge' ) }
									</span>{ ' ' }
									<ins>
										{ describeValue( key, to, choices ) }
									</ins>
								</li>
							) ) }
						</ul>
					</li>
				) ) }
			</ol>
		</Panel>
	);
}
