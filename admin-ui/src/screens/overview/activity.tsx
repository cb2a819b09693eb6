/** Orders, their way to Brightpearl and stock changes over time, each with its figures behind it. */
import { useMemo } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { useOperation } from '../../api/client.tsx';
import {
	Chart,
	ErrorNotice,
	Panel,
	Skeleton,
	formatNumber,
	formatSeconds,
} from '../../components/index.ts';
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
	const chart = ( body: ReactNode ): ReactNode =>
		drawn === null ? <Skeleton height="246px" /> : body;
	return (
		<>
			<ErrorNotice error={ error } retry={ reload } />
			<Panel
				title={ __( 'Orders', 'pearlbridge' ) }
				actions={
					drawn !== null && (
						<span className="pb-muted">
							{ sprintf(
								/* translators: 1: number of orders placed, 2: number of orders pushed */
								__( '%1$s placed, %2$s pushed', 'pearlbridge' ),
								formatNumber( drawn.sums.placed ),
								formatNumber( drawn.sums.pushed )
							) }
						</span>
					)
				}
			>
				{ chart(
					drawn !== null && (
						<Chart
							label={ __( 'Orders over time', 'pearlbridge' ) }
							times={ drawn.orderTimes }
							formatTime={ format }
							axis={ axis }
							series={ drawn.orders }
							format={ formatNumber }
						/>
					)
				) }
			</Panel>
			<div className="pb-columns">
				<Panel
					title={ __( 'From shop to Brightpearl', 'pearlbridge' ) }
					actions={
						drawn !== null &&
						drawn.sums.latency !== null && (
							<span className="pb-muted">
								{ sprintf(
									/* translators: %s: a length of time */
									__( 'typically %s', 'pearlbridge' ),
									formatSeconds( drawn.sums.latency )
								) }
							</span>
						)
					}
				>
					{ chart(
						drawn !== null && (
							<Chart
								label={ __(
									'Time from shop to Brightpearl',
									'pearlbridge'
								) }
								times={ drawn.orderTimes }
								formatTime={ format }
								axis={ axis }
								series={ drawn.latency }
								format={ formatSeconds }
							/>
						)
					) }
				</Panel>
				<Panel
					title={ __( 'Stock changes', 'pearlbridge' ) }
					actions={
						drawn !== null && (
							<span className="pb-muted">
								{ formatNumber( drawn.sums.changed ) }
							</span>
						)
					}
				>
					{ chart(
						drawn !== null && (
							<Chart
								label={ __(
									'Stock changes over time',
									'pearlbridge'
								) }
								times={ drawn.stockTimes }
								formatTime={ format }
								axis={ axis }
								series={ drawn.stock }
								format={ formatNumber }
							/>
						)
					) }
				</Panel>
			</div>
		</>
	);
}
