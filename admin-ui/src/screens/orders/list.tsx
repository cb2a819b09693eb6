/** The list of orders in our ledger. */
import { useEffect, useMemo, useRef, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { Button } from '@wordpress/components';
import { useOperation } from '../../api/client.tsx';
import type { FlowEvent } from '../../../../src/contracts/events.ts';
import {
	DataTable,
	ErrorNotice,
	Link,
	Note,
	ScreenHeading,
	formatNumber,
	navigate,
	useNow,
} from '../../components/index.ts';
import type { RouteQuery } from '../../router/route.ts';
import {
	DEFAULT_VIEW,
	firstPage,
	queryFromView,
	viewFromQuery,
} from '../../router/view.ts';
import type { View } from '../../router/view.ts';
import { BulkBar } from './bulk-bar.tsx';
import { BulkProgress } from './bulk-progress.tsx';
import { orderColumns, orderName } from './columns.tsx';
import { EmptyList } from './empty-list.tsx';
import { FilterBar } from './filter-bar.tsx';
import {
	FILTER_FIELDS,
	PAGE_SIZES,
	isBackwards,
	listInput,
	listKey,
} from './filters.ts';
import { StateFilter } from './state-filter.tsx';
import type { BulkWork } from './use-bulk.ts';
import { useArrivals } from './use-arrivals.ts';
import { MOST_MATCHING, useMatching } from './use-matching.ts';
import { isOver } from './bulk.ts';

const NONE: ReadonlySet< string > = new Set();

export function OrderList( {
	connection,
	query,
	work,
}: {
	readonly connection: string;
	readonly query: RouteQuery;
	readonly work: BulkWork;
} ) {
	const view = useMemo(
		() => viewFromQuery( query, FILTER_FIELDS, DEFAULT_VIEW ),
		[ query ]
	);
	const go = ( next: View, replace = false ): void =>
		navigate(
			{ screen: 'orders', connection, query: queryFromView( next ) },
			{ replace }
		);
	const list = useOperation( 'ordersList', listInput( connection, view ), {
		refreshOn: ( event ) => concernsOrders( event, connection ),
	} );
	const { data, error, stale, reload } = list;
	const anyNotDue =
		data?.items.some( ( { state } ) => state === 'not-due' ) ?? false;
	const settings = useOperation(
		'settingsShow',
		anyNotDue ? { connection } : null
	).data;
	const now = useNow();
	const columns = useMemo(
		() => orderColumns( connection, settings?.settings ?? null, now ),
		[ connection, settings, now ]
	);
	const arrivals = useArrivals( view, stale ? null : data );
	const [ selected, setSelected ] = useState( NONE );
	const key = listKey( view );
	useEffect( () => setSelected( NONE ), [ key ] );
	const matching = useMatching( connection, view, ( orderIds ) => {
		if ( orderIds.length > 0 ) {
			setSelected( new Set( orderIds.map( String ) ) );
		}
	} );
	const top = useRef< HTMLDivElement >( null );
	const shownPage = useRef( view.page );
	useEffect( () => {
		// Another page is read from its top; the button that led here keeps the focus.
		if ( shownPage.current !== view.page ) {
			shownPage.current = view.page;
			top.current?.scrollIntoView( { block: 'start' } );
		}
	}, [ view.page ] );
	const idle = work.bulk === null || isOver( work.bulk );
	return (
		<div className="pb-orders" ref={ top }>
			<ScreenHeading title={ __( 'Orders', 'pearlbridge' ) }>
				<Link
					className="components-button is-secondary is-next-40px-default-size"
					to={ {
						screen: 'orders',
						connection,
						rest: [ 'backfill' ],
					} }
				>
					{ __( 'Earlier orders', 'pearlbridge' ) }
				</Link>
			</ScreenHeading>
			<StateFilter connection={ connection } view={ view } />
			<FilterBar view={ view } onView={ go } />
			<BulkProgress work={ work } connection={ connection } />
			{ error?.code === 'invalid-cursor' ? (
				<Note status="warning">
					<p>
						{ __(
							'This page of the list can no longer be found.',
							'pearlbridge'
						) }
					</p>
					<Button
						variant="secondary"
						size="compact"
						onClick={ () => go( firstPage( view ), true ) }
					>
						{ __( 'Go to the first page', 'pearlbridge' ) }
					</Button>
				</Note>
			) : (
				<ErrorNotice error={ error } retry={ reload } />
			) }
			{ isBackwards( view ) && (
				<Note status="warning">
					{ __(
						'The first day is after the last one, so nothing can be found.',
						'pearlbridge'
					) }
				</Note>
			) }
			{ view.page > 1 && (
				<div className="pb-orders__arrivals" role="status">
					{ arrivals.waiting > 0 && (
						<Button
							variant="secondary"
							size="compact"
							onClick={ () => go( firstPage( view ) ) }
						>
							{ sprintf(
								/* translators: %s: number of orders */
								_n(
									'%s new order',
									'%s new orders',
									arrivals.waiting,
									'pearlbridge'
								),
								formatNumber( arrivals.waiting )
							) }
						</Button>
					) }
				</div>
			) }
			{ ( data !== null || error === null ) && (
				<DataTable
					caption={ __( 'Orders, newest first', 'pearlbridge' ) }
					columns={ columns }
					items={ data?.items ?? null }
					itemKey={ ( { orderId } ) => String( orderId ) }
					itemName={ orderName }
					rowClass={ ( { orderId } ) =>
						arrivals.fresh.has( orderId ) ? 'is-fresh' : ''
					}
					empty={
						<EmptyList
							connection={ connection }
							view={ view }
							onView={ go }
						/>
					}
					stale={ stale }
					view={ view }
					onView={ go }
					total={ data?.total ?? null }
					nextCursor={ data?.nextCursor ?? null }
					pageSizes={ PAGE_SIZES }
					pageWords={ {
						back: __( 'Newer', 'pearlbridge' ),
						forward: __( 'Older', 'pearlbridge' ),
					} }
					selection={ { selected, onChange: setSelected } }
					expected={ 12 }
				/>
			) }
			{ selected.size > 0 && idle && (
				<BulkBar
					selected={ selected }
					more={
						data !== null &&
						data.total > data.items.length &&
						data.items.every( ( { orderId } ) =>
							selected.has( String( orderId ) )
						) &&
						selected.size < Math.min( data.total, MOST_MATCHING )
							? {
									count: Math.min(
										data.total,
										MOST_MATCHING
									),
									all: data.total <= MOST_MATCHING,
									...matching,
								}
							: null
					}
					onClear={ () => setSelected( NONE ) }
					onBegin={ ( deed ) => {
						work.begin( deed, [ ...selected ].map( Number ) );
						setSelected( NONE );
					} }
				/>
			) }
		</div>
	);
}

function concernsOrders( event: FlowEvent, connection: string ): boolean {
	return (
		event.connection === connection &&
		( event.event === 'order' ||
			event.event === 'problem' ||
			( event.event === 'changed' && event.what === 'problems' ) )
	);
}
