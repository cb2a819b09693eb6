/** One stock run: how far it is, what it changed, what did not work. */
import { useEffect, useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { StockRun } from '../../../../src/contracts/answers.ts';
import { useOperation } from '../../api/client.tsx';
import {
	Empty,
	ErrorNotice,
	Facts,
	Link,
	Note,
	Panel,
	ScreenHeading,
	Skeleton,
	Time,
	announce,
	formatNumber,
	formatSeconds,
	runStateLabel,
	useNow,
} from '../../components/index.ts';
import type { RouteQuery } from '../../router/route.ts';
import { ChangesPanel } from './changes-panel.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunState } from './run-state.tsx';
import { isUnderWay, secondsOf, shownState } from './runs.ts';
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

function Figures( { run: { skus } }: { readonly run: StockRun } ) {
	return (
		<dl className="pb-strip">
			<div>
				<dt>{ __( 'read', 'pearlbridge' ) }</dt>
				<dd>{ formatNumber( skus.read ) }</dd>
			</div>
			<div>
				<dt>{ __( 'changed', 'pearlbridge' ) }</dt>
				<dd>{ formatNumber( skus.changed ) }</dd>
			</div>
			<div>
				<dt>{ __( 'written', 'pearlbridge' ) }</dt>
				<dd>{ formatNumber( skus.written ) }</dd>
			</div>
			<div className={ skus.failed > 0 ? 'is-error' : '' }>
				<dt>{ __( 'failed', 'pearlbridge' ) }</dt>
				<dd>{ formatNumber( skus.failed ) }</dd>
			</div>
		</dl>
	);
}

function About( { run }: { readonly run: StockRun } ) {
	const now = useNow();
	const seconds = secondsOf( run, now );
	const { skus, requests } = run;
	return (
		<Panel title={ __( 'About the run', 'pearlbridge' ) }>
			<div className="pb-columns">
				<Facts
					items={ [
						{
							label: __( 'Started', 'pearlbridge' ),
							value: <Time at={ run.startedAt } exact />,
						},
						{
							label: __( 'Ended', 'pearlbridge' ),
							value: <Time at={ run.finishedAt } exact />,
						},
						{
							label: __( 'Took', 'pearlbridge' ),
							value:
								seconds === null
									? null
									: formatSeconds( seconds ),
						},
						{
							label: __( 'Requests', 'pearlbridge' ),
							value: sprintf(
								/* translators: 1: number of requests to Brightpearl, 2: number of requests to the shop */
								__(
									'%1$s to Brightpearl, %2$s to the shop',
									'pearlbridge'
								),
								formatNumber( requests.brightpearl ),
								formatNumber( requests.store )
							),
						},
					] }
				/>
				<Facts
					items={ [
						{
							label: __( 'With a counterpart', 'pearlbridge' ),
							value: formatNumber( skus.mapped ),
						},
						{
							label: __( 'Without a counterpart', 'pearlbridge' ),
							value: formatNumber( skus.unmapped ),
						},
						{
							label: __( 'Keep no stock', 'pearlbridge' ),
							value: formatNumber( skus.skipped ),
						},
					] }
				/>
			</div>
		</Panel>
	);
}

/** So many are told one by one. */
const TOLD = 100;

function Errors( {
	connection,
	run: { errors },
}: {
	readonly connection: string;
	readonly run: StockRun;
} ) {
	return (
		<Panel
			title={ __( 'What did not work', 'pearlbridge' ) }
			flush
			actions={
				<span className="pb-muted">
					{ formatNumber( errors.length ) }
				</span>
			}
		>
			<ul className="pb-run-errors">
				{ errors
					.slice( 0, TOLD )
					.map( ( { sku, code, message }, index ) => (
						<li key={ `${ index } ${ code }` }>
							{ sku !== null && sku !== '' && (
								<Link
									to={ {
										screen: 'stock',
										connection,
										rest: [ 'explain', sku ],
									} }
								>
									{ sku }
								</Link>
							) }
							<span>{ message }</span>
						</li>
					) ) }
			</ul>
			{ errors.length > TOLD && (
				<p className="pb-rows__more pb-muted">
					{ sprintf(
						/* translators: %s: number of errors that are not shown */
						__( 'and %s more of the kind', 'pearlbridge' ),
						formatNumber( errors.length - TOLD )
					) }
				</p>
			) }
		</Panel>
	);
}
