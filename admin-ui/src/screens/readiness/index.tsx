/** Readiness: what of the shop would find no place in Brightpearl, before it stops an order. */
import { useMemo, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { MappingReport } from '../../../../src/contracts/answers.ts';
import { useOperation } from '../../api/client.tsx';
import {
	CommandButton,
	Empty,
	ErrorNotice,
	Note,
	Progress,
	ScreenHeading,
	Time,
	formatNumber,
} from '../../components/index.ts';
import { download, fileName } from '../../components/download.ts';
import type { ConnectionScreenProps } from '../../screens.ts';
import { AliasPanel } from './alias-panel.tsx';
import { CoveragePanel } from './coverage-panel.tsx';
import { ItemsFilter } from './items-filter.tsx';
import { GroupPanel } from './group-panel.tsx';
import { isProposed } from './proposals.ts';
import { reportCsv } from './report-csv.ts';
import { NO_FILTER, filtered, grouped, itemKey, needsLook } from './report.ts';
import { TakeOver } from './take-over.tsx';

/** Every product of the shop and of Brightpearl may have to be read. */
const PATIENCE = 60_000;
const NONE: ReadonlySet< string > = new Set();

export default function ReadinessScreen( {
	connection,
}: ConnectionScreenProps ) {
	const { data, error, loading, reload } = useOperation(
		'mappingReport',
		{ connection },
		{ keep: false, timeout: PATIENCE }
	);
	const save = (): void => {
		if ( data !== null ) {
			download(
				fileName( connection, 'readiness', 'csv', new Date() ),
				'text/csv;charset=utf-8',
				reportCsv( data )
			);
		}
	};
	return (
		<div className="pb-readiness">
			<ScreenHeading
				title={ __( 'Readiness', 'pearlbridge' ) }
				meta={
					data !== null && (
						<span className="pb-muted">
							<Time at={ data.readAt } />
						</span>
					)
				}
			>
				{ data !== null && data.items.length > 0 && (
					<CommandButton onClick={ save }>
						{ __( 'Download as CSV', 'pearlbridge' ) }
					</CommandButton>
				) }
				<CommandButton
					busy={ loading && data !== null }
					disabled={ data === null && error === null }
					onClick={ reload }
				>
					{ __( 'Read again', 'pearlbridge' ) }
				</CommandButton>
			</ScreenHeading>
			<ErrorNotice error={ error } retry={ reload } />
			<div className="pb-stack">
				{ data === null && error === null && <Reading /> }
				{ data !== null && (
					<Report
						key={ connection }
						connection={ connection }
						report={ data }
						onChanged={ reload }
					/>
				) }
				<AliasPanel connection={ connection } onImported={ reload } />
			</div>
		</div>
	);
}

function Reading() {
	const text = __( 'Reading both sides', 'pearlbridge' );
	return (
		<div className="pb-reading" role="status">
			<p>
				<strong>{ text }</strong>
			</p>
			<p className="pb-muted">
				{ __(
					'All products, methods and taxes of the shop are looked up in Brightpearl. With thousands of products this takes up to a minute.',
					'pearlbridge'
				) }
			</p>
			<Progress label={ text } value={ 0 } max={ null } />
		</div>
	);
}

function Report( {
	connection,
	report,
	onChanged,
}: {
	readonly connection: string;
	readonly report: MappingReport;
	readonly onChanged: () => void;
} ) {
	const [ filter, setFilter ] = useState( NO_FILTER );
	const [ chosen, setChosen ] = useState( NONE );
	const { items } = report;
	const shown = useMemo( () => filtered( items, filter ), [ items, filter ] );
	const groups = useMemo( () => grouped( shown ), [ shown ] );
	const taken = items
		.filter( isProposed )
		.filter( ( item ) => chosen.has( itemKey( item ) ) );
	const open = items.filter( needsLook ).length;
	return (
		<>
			<Verdict report={ report } />
			<CoveragePanel skus={ report.skus } />
			{ open === 0 && ! filter.all && report.trouble.length === 0 ? (
				<Empty
					title={ __( 'Everything finds its place', 'pearlbridge' ) }
					action={
						items.length > 0 && (
							<CommandButton
								onClick={ () =>
									setFilter( { ...filter, all: true } )
								}
							>
								{ __(
									'Show what was looked at',
									'pearlbridge'
								) }
							</CommandButton>
						)
					}
				>
					{ __(
						'Every product, status, payment, shipping method and tax of the shop has its counterpart in Brightpearl.',
						'pearlbridge'
					) }
				</Empty>
			) : (
				<>
					<ItemsFilter
						items={ items }
						filter={ filter }
						shown={ shown.length }
						open={ open }
						onFilter={ setFilter }
					/>
					{ groups.map( ( group ) => (
						<GroupPanel
							key={ group.kind }
							connection={ connection }
							group={ group }
							chosen={ chosen }
							onChosen={ setChosen }
						/>
					) ) }
				</>
			) }
			{ taken.length > 0 && (
				<TakeOver
					connection={ connection }
					chosen={ taken }
					onClear={ () => setChosen( NONE ) }
					onDone={ () => {
						setChosen( NONE );
						onChanged();
					} }
				/>
			) }
		</>
	);
}

function Verdict( { report }: { readonly report: MappingReport } ) {
	const stopping = report.items.filter(
		( { level } ) => level === 'error'
	).length;
	const ready = report.ready && report.trouble.length === 0;
	const text = ready
		? __( 'Nothing here would stop an order.', 'pearlbridge' )
		: sprintf(
				/* translators: %s: number of things */
				_n(
					'%s thing would stop orders.',
					'%s things would stop orders.',
					stopping,
					'pearlbridge'
				),
				formatNumber( stopping )
			);
	return (
		<>
			{ report.trouble.map( ( { side, message } ) => (
				<Note key={ side } status="warning" spoken={ message }>
					<p>
						<strong>
							{ side === 'store'
								? __(
										'The shop could not be asked, so what it has is missing here.',
										'pearlbridge'
									)
								: __(
										'Brightpearl could not be asked, so nothing can be said of what it has.',
										'pearlbridge'
									) }
						</strong>
					</p>
					<p>{ message }</p>
				</Note>
			) ) }
			{ ( ready || stopping > 0 ) && (
				<Note status={ ready ? 'success' : 'warning' } spoken={ text }>
					<strong>{ text }</strong>
				</Note>
			) }
		</>
	);
}
