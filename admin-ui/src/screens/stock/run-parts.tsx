/** What a run counted, when and how it ran, and what did not work. */
import { __, sprintf } from '@wordpress/i18n';
import type { StockRun } from '../../../../src/contracts/answers.ts';
import {
	Facts,
	Link,
	Panel,
	Time,
	formatNumber,
	formatSeconds,
	useNow,
} from '../../components/index.ts';
import { secondsOf } from './runs.ts';

export function Figures( { run: { skus } }: { readonly run: StockRun } ) {
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

export function About( { run }: { readonly run: StockRun } ) {
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

export function Errors( {
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
