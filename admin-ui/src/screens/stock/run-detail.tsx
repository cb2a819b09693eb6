/** One stock run: how far it is, what it changed, what did not work. */
import { useEffect, useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { StockRun } from '../../../../src/contracts/answers.ts';
import { useOperation } from '../../api/client.tsx';
import {
	Empty,
	ErrorNotice,
	Link,
	Note,
	ScreenHeading,
	Skeleton,
	announce,
	runStateLabel,
} from '../../components/index.ts';
import type { RouteQuery } from '../../router/route.ts';
import { ChangesPanel } from './changes-panel.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunState } from './run-state.tsx';
import { About, Errors, Figures } from './run-parts.tsx';
import { isUnderWay, shownState } from './runs.ts';
import { usePositions } from './use-positions.ts';

/** An event may be missed at the end of a run; while one runs it is looked at now and then. */
const LOOK_EVERY = 5000;

export function RunDetail( {
	connection,
	runId,
	query,
}: {
	readonly connection: string;
	readonly runId: number;
	readonly query: RouteQuery;
} ) {
	const running = useRef( true );
	const { data, error, reload } = useOperation(
		'stockRunShow',
		{ connection, runId },
		{
			keep: false,
			refreshOn: ( event ) =>
				event.connection === connection &&
				( event.event === 'stock' || event.event === 'progress' ) &&
				event.runId === runId,
			...( running.current ? { every: LOOK_EVERY } : {} ),
		}
	);
	running.current = data === null || isUnderWay( data );
	const positions = usePositions( connection );
	useEndAnnouncement( data );
	const unknown = error?.code === 'unknown-run' && data === null;
	return (
		<>
			<ScreenHeading
				title={ sprintf(
					/* translators: %s: id of a stock run */
					__( 'Stock run %s', 'pearlbridge' ),
					String( runId )
				) }
				back={
					<Link to={ { screen: 'stock', connection } }>
						{ __( '← All runs', 'pearlbridge' ) }
					</Link>
				}
				meta={ data !== null && <RunState run={ data } /> }
			/>
			{ unknown ? (
				<Empty title={ __( 'There is no such run', 'pearlbridge' ) }>
					{ error?.message }
				</Empty>
			) : (
				<ErrorNotice error={ error } retry={ reload } />
			) }
			{ data === null && error === null && <Skeleton height="420px" /> }
			{ data !== null && (
				<div className="pb-stack">
					{ isUnderWay( data ) && data.errors.length === 0 && (
						<div className="pb-running">
							<RunProgress
								runId={ runId }
								position={ positions.get( runId ) }
							/>
							<p className="pb-muted">
								{ __(
									'The run goes on when you leave this page.',
									'pearlbridge'
								) }
							</p>
						</div>
					) }
					<StateNote run={ data } />
					<Figures run={ data } />
					<div className="pb-stack">
						{ data.errors.length > 0 && (
							<Errors connection={ connection } run={ data } />
						) }
						<ChangesPanel
							connection={ connection }
							run={ data }
							query={ query }
						/>
						<About run={ data } />
					</div>
				</div>
			) }
		</>
	);
}

function useEndAnnouncement( run: StockRun | null ): void {
	const before = useRef< string | null >( null );
	const state = run === null ? null : shownState( run );
	useEffect( () => {
		if (
			before.current === 'running' &&
			state !== null &&
			state !== 'running'
		) {
			announce(
				sprintf(
					/* translators: %s: state of a stock run, such as Done */
					__( 'The stock run ended: %s', 'pearlbridge' ),
					runStateLabel( state ).text
				)
			);
		}
		before.current = state;
	}, [ state ] );
}

function StateNote( { run }: { readonly run: StockRun } ) {
	if ( run.dryRun && run.finishedAt !== null ) {
		return (
			<Note>
				{ __(
					'This was a dry run: it shows what would change. Nothing was written to the shop.',
					'pearlbridge'
				) }
			</Note>
		);
	}
	if ( run.state === 'waiting-approval' ) {
		return (
			<Note status="warning">
				{ __(
					'The run would change more than the limit in the settings allows. Nothing is written until a person approves it.',
					'pearlbridge'
				) }
			</Note>
		);
	}
	if ( shownState( run ) === 'retrying' ) {
		return (
			<Note status="warning">
				{ __(
					'Something was in the way. The run is taken up again by itself; what was written stays written.',
					'pearlbridge'
				) }
			</Note>
		);
	}
	return null;
}
