/** Orders, their way to Brightpearl and stock changes over time, each with its figures behind it. */
import { useMemo } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { useOperation } from '../../api/client.tsx';
import {
	Chart,
	ErrorNotice,
	Panel,
	Skeleton,
	formatNumber,
	formatSeconds,
} from '../../components/index.ts';
import type { ChartProps } from '../../components/chart.tsx';
import { sums } from './figures.ts';
import { useSpan } from './span-switch.tsx';
import { timeFormats } from './spans.ts';

/** What no event tells: time goes on, and a quiet hour is news as well. */
const EVERY = 60_000;

export function ActivityPanels( {
	connection,
}: {
	readonly connection: string | null;
} ) {
	const span = useSpan();
	const { data, error, reload } = useOperation(
		'activity',
		{ connection, span },
		{
			every: EVERY,
			refreshOn: ( { event } ) => event === 'order' || event === 'stock',
		}
	);
	const { format, axis } = useMemo( () => timeFormats( span ), [ span ] );
	const drawn = useMemo(
		() =>
			data === null
				? null
				: {
						sums: sums( data ),
						orderTimes: data.orders.map( ( { at } ) => at ),
						stockTimes: data.stock.map( ( { at } ) => at ),
						orders: [
							{
								label: __( 'Placed', 'pearlbridge' ),
								kind: 'bars' as const,
								color: 1 as const,
								values: data.orders.map(
									( { placed } ) => placed
								),
							},
							{
								label: __( 'Pushed', 'pearlbridge' ),
								kind: 'bars' as const,
								color: 2 as const,
								values: data.orders.map(
									( { pushed } ) => pushed
								),
							},
						],
						latency: [
							{
								label: __( 'Median', 'pearlbridge' ),
								kind: 'line' as const,
								color: 4 as const,
								values: data.orders.map(
									( { latency } ) => latency
								),
							},
						],
						stock: [
							{
								label: __( 'Changed', 'pearlbridge' ),
								kind: 'bars' as const,
								color: 2 as const,
								values: data.stock.map(
									( { changed } ) => changed
								),
							},
							{
								label: __( 'Failed', 'pearlbridge' ),
								kind: 'bars' as const,
								color: 3 as const,
								values: data.stock.map(
									( { failed } ) => failed
								),
							},
						],
					},
		[ data ]
	);
	return (
		<>
			<ErrorNotice error={ error } retry={ reload } />
			<ChartPanel
				title={ __( 'Orders', 'pearlbridge' ) }
				summary={
					drawn &&
					sprintf(
						/* translators: 1: number of orders placed, 2: number of orders pushed */
						__( '%1$s placed, %2$s pushed', 'pearlbridge' ),
						formatNumber( drawn.sums.placed ),
						formatNumber( drawn.sums.pushed )
					)
				}
				chart={
					drawn && {
						label: __( 'Orders over time', 'pearlbridge' ),
						times: drawn.orderTimes,
						formatTime: format,
						axis,
						series: drawn.orders,
						format: formatNumber,
					}
				}
			/>
			<div className="pb-columns">
				<ChartPanel
					title={ __( 'From shop to Brightpearl', 'pearlbridge' ) }
					summary={
						drawn &&
						drawn.sums.latency !== null &&
						sprintf(
							/* translators: %s: a length of time */
							__( 'typically %s', 'pearlbridge' ),
							formatSeconds( drawn.sums.latency )
						)
					}
					chart={
						drawn && {
							label: __(
								'Time from shop to Brightpearl',
								'pearlbridge'
							),
							times: drawn.orderTimes,
							formatTime: format,
							axis,
							series: drawn.latency,
							format: formatSeconds,
						}
					}
				/>
				<ChartPanel
					title={ __( 'Stock changes', 'pearlbridge' ) }
					summary={ drawn && formatNumber( drawn.sums.changed ) }
					chart={
						drawn && {
							label: __(
								'Stock changes over time',
								'pearlbridge'
							),
							times: drawn.stockTimes,
							formatTime: format,
							axis,
							series: drawn.stock,
							format: formatNumber,
						}
					}
				/>
			</div>
		</>
	);
}

function ChartPanel( {
	title,
	summary,
	chart,
}: {
	readonly title: string;
	/** What is to be read at a glance; nothing until it is known. */
	readonly summary: string | false | null;
	/** Null = still being read. */
	readonly chart: ChartProps | null;
} ) {
	return (
		<Panel
			title={ title }
			actions={ summary && <span className="pb-muted">{ summary }</span> }
		>
			{ chart === null ? (
				<Skeleton height="246px" />
			) : (
				<Chart { ...chart } />
			) }
		</Panel>
	);
}
