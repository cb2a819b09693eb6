import { useId, useMemo } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type {
	StockChange,
	StockRun,
} from '../../../../src/contracts/answers.ts';
import {
	Badge,
	DataTable,
	Empty,
	Link,
	Panel,
	Segmented,
	formatNumber,
	navigate,
} from '../../components/index.ts';
import type { Column } from '../../components/index.ts';
import type { RouteQuery } from '../../router/route.ts';
import {
	queryFromView,
	viewFromQuery,
	withFilter,
	withSearch,
} from '../../router/view.ts';
import type { View } from '../../router/view.ts';
import { CHANGE_FIELDS, changePage, moveOf, shownOf } from './changes.ts';
import type { Shown } from './changes.ts';
import { whyNoChange } from './runs.ts';

export function ChangesPanel( {
	connection,
	run,
	query,
}: {
	readonly connection: string;
	readonly run: StockRun;
	readonly query: RouteQuery;
} ) {
	const { runId, changes, dryRun } = run;
	const id = useId();
	const view = useMemo(
		() => viewFromQuery( query, CHANGE_FIELDS ),
		[ query ]
	);
	const go = ( next: View, replace = false ): void =>
		navigate(
			{
				screen: 'stock',
				connection,
				rest: [ 'runs', runId ],
				query: queryFromView( next ),
			},
			{ replace }
		);
	const page = useMemo(
		() => changePage( changes, view ),
		[ changes, view ]
	);
	const columns = useMemo(
		() => columnsOf( connection, dryRun ),
		[ connection, dryRun ]
	);
	return (
		<Panel title={ __( 'Changes', 'pearlbridge' ) } flush>
			{ changes.length > 0 && (
				<div className="pb-changes__tools">
					<div className="pb-ask pb-ask--grow">
						<label className="pb-hidden" htmlFor={ id }>
							{ __( 'Search the SKUs', 'pearlbridge' ) }
						</label>
						<input
							id={ id }
							type="search"
							placeholder={ __(
								'Search the SKUs',
								'pearlbridge'
							) }
							value={ view.search }
							onChange={ ( { currentTarget } ) =>
								go(
									withSearch( view, currentTarget.value ),
									true
								)
							}
						/>
					</div>
					<Segmented< Shown >
						label={ __( 'Which changes', 'pearlbridge' ) }
						value={ shownOf( view ) }
						options={ [
							{ value: 'all', label: __( 'All', 'pearlbridge' ) },
							{
								value: 'unwritten',
								label: __( 'Not written', 'pearlbridge' ),
							},
							{
								value: 'zero',
								label: __( 'Sold out', 'pearlbridge' ),
							},
						] }
						onChange={ ( show ) =>
							go(
								withFilter(
									view,
									'show',
									show === 'all' ? null : show
								),
								true
							)
						}
					/>
				</div>
			) }
			<div className="pb-compact pb-changes">
				<DataTable
					caption={ __( 'What the run changed', 'pearlbridge' ) }
					columns={ columns }
					items={ page.items }
					itemKey={ ( { productId, variationId } ) =>
						`${ productId } ${ variationId ?? '' }`
					}
					empty={ <NoChange run={ run } /> }
					view={ view }
					onView={ go }
					total={ page.total }
					nextCursor={ page.nextCursor }
				/>
			</div>
		</Panel>
	);
}

function NoChange( { run }: { readonly run: StockRun } ) {
	switch ( whyNoChange( run ) ) {
		case 'no-match':
			return <Empty title={ __( 'No change matches', 'pearlbridge' ) } />;
		case 'not-yet':
			return <Empty title={ __( 'No change yet', 'pearlbridge' ) } />;
		case 'agrees':
			return (
				<Empty title={ __( 'Nothing had changed', 'pearlbridge' ) }>
					{ __(
						'The shop showed the right figure for every product.',
						'pearlbridge'
					) }
				</Empty>
			);
		case 'broken-off':
			return (
				<Empty title={ __( 'Nothing was compared', 'pearlbridge' ) }>
					{ __(
						'The run ended before it could tell which figures are right. The reason stands above.',
						'pearlbridge'
					) }
				</Empty>
			);
	}
}

function columnsOf(
	connection: string,
	dryRun: boolean
): readonly Column< StockChange >[] {
	return [
		{
			id: 'sku',
			label: __( 'SKU', 'pearlbridge' ),
			primary: true,
			sortable: true,
			render: ( { sku } ) => (
				<Link
					to={ {
						screen: 'stock',
						connection,
						rest: [ 'explain', sku ],
					} }
				>
					{ sku }
				</Link>
			),
		},
		{
			id: 'to',
			label: __( 'Shop shows', 'pearlbridge' ),
			align: 'end',
			sortable: true,
			width: '150px',
			render: ( change ) => <Move change={ change } />,
		},
		{
			id: 'move',
			label: __( 'Change', 'pearlbridge' ),
			align: 'end',
			sortable: true,
			width: '100px',
			render: ( change ) =>
				change.from === null
					? __( 'new', 'pearlbridge' )
					: signed( moveOf( change ) ),
		},
		{
			id: 'onHand',
			label: __( 'On hand', 'pearlbridge' ),
			align: 'end',
			sortable: true,
			width: '100px',
			render: ( { onHand } ) => formatNumber( onHand ),
		},
		{
			id: 'inFlight',
			label: __( 'In flight', 'pearlbridge' ),
			align: 'end',
			sortable: true,
			width: '100px',
			render: ( { inFlight } ) => formatNumber( inFlight ),
		},
		{
			id: 'buffer',
			label: __( 'Buffer', 'pearlbridge' ),
			align: 'end',
			width: '80px',
			render: ( { buffer } ) => formatNumber( buffer ),
		},
		{
			id: 'written',
			label: __( 'Written', 'pearlbridge' ),
			width: '120px',
			render: ( { written } ) => (
				<Badge
					label={
						written
							? {
									text: __( 'Written', 'pearlbridge' ),
									tone: 'success',
								}
							: dryRun
								? {
										text: __( 'Planned', 'pearlbridge' ),
										tone: 'neutral',
									}
								: {
										text: __(
											'Not written',
											'pearlbridge'
										),
										tone: 'warning',
									}
					}
				/>
			),
		},
	];
}

function Move( { change: { from, to } }: { readonly change: StockChange } ) {
	const before = from === null ? '—' : formatNumber( from );
	return (
		<span className="pb-number">
			<span className="pb-hidden">
				{ sprintf(
					/* translators: 1: figure before, 2: figure after */
					__( 'from %1$s to %2$s', 'pearlbridge' ),
					before,
					formatNumber( to )
				) }
			</span>
			<span aria-hidden="true">
				<span className="pb-muted">{ before } →</span>{ ' ' }
				<strong>{ formatNumber( to ) }</strong>
			</span>
		</span>
	);
}

function signed( value: number ): string {
	return value > 0
		? `+${ formatNumber( value ) }`
		: formatNumber( value ).replace( '-', '−' );
}
