/** The newest stock runs, and the way to a new one. */
import { useMemo, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { StockRunSummary } from '../../../../src/contracts/answers.ts';
import { useOperation } from '../../api/client.tsx';
import {
	CommandButton,
	DataTable,
	Empty,
	ErrorNotice,
	Link,
	ScreenHeading,
	Time,
	formatNumber,
	formatSeconds,
	navigate,
	useNow,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import type { RouteQuery } from '../../router/route.ts';
import { firstPage, queryFromView, viewFromQuery } from '../../router/view.ts';
import type { View } from '../../router/view.ts';
import { ExplainForm } from './explain-form.tsx';
import { PullDialog } from './pull-dialog.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunState } from './run-state.tsx';
import { isUnderWay, secondsOf } from './runs.ts';
import type { Positions } from './runs.ts';
import { usePositions } from './use-positions.ts';

export function RunList( {
	connection,
	query,
}: {
	readonly connection: string;
	readonly query: RouteQuery;
} ) {
	const view = useMemo( () => viewFromQuery( query, [] ), [ query ] );
	const go = ( next: View, replace = false ): void =>
		navigate(
			{ screen: 'stock', connection, query: queryFromView( next ) },
			{ replace }
		);
	const { data, error, stale, reload } = useOperation(
		'stockRuns',
		{ connection, limit: view.perPage, cursor: view.cursor },
		{
			refreshOn: ( event ) =>
				event.connection === connection &&
				( event.event === 'stock' || event.event === 'progress' ),
		}
	);
	const positions = usePositions( connection );
	const now = useNow();
	const columns = useMemo(
		() => columnsOf( connection, positions, now ),
		[ connection, positions, now ]
	);
	const [ asking, setAsking ] = useState( false );
	const lost = error?.code === 'invalid-cursor';
	return (
		<div className="pb-compact pb-runs">
			<ScreenHeading title={ __( 'Stock', 'pearlbridge' ) }>
				<CommandButton
					variant="primary"
					onClick={ () => setAsking( true ) }
				>
					{ __( 'Pull now', 'pearlbridge' ) }
				</CommandButton>
			</ScreenHeading>
			<ExplainForm connection={ connection } sku="" />
			<ErrorNotice
				error={ error }
				retry={ lost ? () => go( firstPage( view ), true ) : reload }
			/>
			{ ( data !== null || error === null ) && (
				<DataTable
					caption={ __( 'Stock runs, newest first', 'pearlbridge' ) }
					columns={ columns }
					items={ data?.items ?? null }
					itemKey={ ( { runId } ) => String( runId ) }
					empty={
						<Empty
							title={ __( 'No stock run yet', 'pearlbridge' ) }
						>
							{ __(
								'A run reads what can be sold from Brightpearl and writes it to the shop. The first one starts by itself once the connection is live, or now, if you pull.',
								'pearlbridge'
							) }
						</Empty>
					}
					stale={ stale }
					view={ view }
					onView={ go }
					nextCursor={ data?.nextCursor ?? null }
					pageWords={ {
						back: __( 'Newer', 'pearlbridge' ),
						forward: __( 'Older', 'pearlbridge' ),
					} }
				/>
			) }
			{ asking && (
				<PullDialog
					connection={ connection }
					onClose={ () => setAsking( false ) }
				/>
			) }
		</div>
	);
}

function columnsOf(
	connection: string,
	positions: Positions,
	now: number
): readonly Column< StockRunSummary >[] {
	const count = ( value: number ) => formatNumber( value );
	return [
		{
			id: 'run',
			label: __( 'Run', 'pearlbridge' ),
			primary: true,
			width: '90px',
			render: ( { runId } ) => (
				<Link
					to={ {
						screen: 'stock',
						connection,
						rest: [ 'runs', runId ],
					} }
				>
					{ String( runId ) }
				</Link>
			),
		},
		{
			id: 'state',
			label: __( 'State', 'pearlbridge' ),
			render: ( run ) => (
				<>
					<RunState run={ run } />
					{ isUnderWay( run ) && run.errors === 0 && (
						<RunProgress
							runId={ run.runId }
							position={ positions.get( run.runId ) }
						/>
					) }
				</>
			),
		},
		{
			id: 'startedAt',
			label: __( 'Started', 'pearlbridge' ),
			width: '140px',
			render: ( { startedAt } ) => <Time at={ startedAt } />,
		},
		{
			id: 'duration',
			label: __( 'Took', 'pearlbridge' ),
			align: 'end',
			width: '80px',
			render: ( run ) => {
				const seconds = secondsOf( run, now );
				return seconds === null ? '' : formatSeconds( seconds );
			},
		},
		{
			id: 'changed',
			label: __( 'Changed', 'pearlbridge' ),
			align: 'end',
			width: '90px',
			render: ( { skus } ) => count( skus.changed ),
		},
		{
			id: 'written',
			label: __( 'Written', 'pearlbridge' ),
			align: 'end',
			width: '90px',
			render: ( { skus } ) => count( skus.written ),
		},
		{
			id: 'failed',
			label: __( 'Failed', 'pearlbridge' ),
			align: 'end',
			width: '80px',
			render: ( { skus } ) => (
				<span className={ skus.failed > 0 ? 'pb-failed' : '' }>
					{ count( skus.failed ) }
				</span>
			),
		},
		{
			id: 'requests',
			label: __( 'Requests', 'pearlbridge' ),
			align: 'end',
			width: '110px',
			render: ( { requests } ) => (
				<span
					title={ sprintf(
						/* translators: 1: number of requests to Brightpearl, 2: number of requests to the shop */
						__(
							'%1$s to Brightpearl, %2$s to the shop',
							'pearlbridge'
						),
						count( requests.brightpearl ),
						count( requests.store )
					) }
				>
					{ count( requests.brightpearl + requests.store ) }
				</span>
			),
		},
	];
}
