/** uPlot, dressed in the page's own colours and told when its place changes size. */
import type uPlot from 'uplot';
import type { ChartLibrary } from '../chart-library.ts';
import type { ChartProps, ChartSeries } from './chart.tsx';

export interface DrawnChart {
	setData( times: readonly string[], series: readonly ChartSeries[] ): void;
	/** Shows the step with this index; null = none. */
	point( index: number | null ): void;
	destroy(): void;
}

const HEIGHT = 200;
const HOUR = 3600;
const DAY = 24 * HOUR;
/** Seconds between two names on the axis of time. */
const TIME_STEPS = [
	HOUR,
	2 * HOUR,
	3 * HOUR,
	4 * HOUR,
	6 * HOUR,
	12 * HOUR,
	DAY,
	2 * DAY,
	3 * DAY,
	5 * DAY,
	7 * DAY,
	10 * DAY,
];
/** Between two lines of the other axis. */
const STEPS = [
	0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000,
	20_000, 50_000, 100_000,
];
const AXIS_FONT =
	'12px -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, sans-serif';

export function drawChart(
	{ uPlot: UPlot }: ChartLibrary,
	box: HTMLElement,
	{
		series,
		format,
		axis: timeAxis,
		onPoint,
	}: {
		readonly series: readonly ChartSeries[];
		readonly format: ( value: number ) => string;
		readonly axis: ChartProps[ 'axis' ];
		readonly onPoint: ( index: number | null ) => void;
	}
): DrawnChart {
	const style = getComputedStyle( box );
	const property = ( name: string ): string =>
		style.getPropertyValue( name ).trim();
	const grid = { stroke: property( '--pb-chart-grid' ), width: 1 };
	const axis: uPlot.Axis = {
		stroke: property( '--pb-muted' ),
		font: AXIS_FONT,
		grid,
		ticks: { show: false },
	};
	const bars = series.filter( ( { kind } ) => kind === 'bars' ).length;
	let bar = 0;
	const chart = new UPlot(
		{
			width: Math.max( box.clientWidth, 200 ),
			height: HEIGHT,
			// The last name on the axis of time reaches over its end.
			padding: [ 10, 22, 0, 0 ],
			legend: { show: false },
			cursor: {
				drag: { x: false, y: false },
				y: false,
				points: { size: 7 },
			},
			scales: {
				// Half a step more on both sides: bars stand in the middle of theirs.
				x: {
					range: ( self, low, high ) => {
						const half =
							( high - low ) /
							Math.max( 1, self.data[ 0 ].length - 1 ) /
							2;
						return [ low - half, high + half ];
					},
				},
				y: { range: ( _self, _low, high ) => [ 0, nice( high ) ] },
			},
			axes: [
				{
					...axis,
					grid: { show: false },
					size: 26,
					space: 64,
					incrs: TIME_STEPS.filter(
						( seconds ) => seconds >= timeAxis.seconds
					),
					values: ( _self, splits ) =>
						splits.map( ( seconds ) =>
							timeAxis.format(
								new Date( seconds * 1000 ).toISOString()
							)
						),
				},
				{
					...axis,
					size: ( _self, values ) =>
						14 +
						7 *
							Math.max(
								2,
								...( values ?? [] ).map(
									( { length } ) => length
								)
							),
					values: ( _self, splits ) => splits.map( format ),
					space: 36,
					// Things that are counted have no halves.
					incrs: STEPS.filter( ( step ) => bars === 0 || step >= 1 ),
				},
			],
			series: [
				{},
				...series.map( ( { label, kind, color } ): uPlot.Series => {
					const stroke = property( `--pb-chart-${ color }` );
					if ( kind === 'line' ) {
						return {
							label,
							stroke,
							width: 2,
							spanGaps: true,
							fill: property( `--pb-chart-${ color }-fill` ),
							// A lone figure between gaps has no line that would show it.
							points: { show: true, size: 5, fill: stroke },
						};
					}
					const align =
						bars === 1
							? 0
							: bar++ === 0
								? ( -1 as const )
								: ( 1 as const );
					const paths = UPlot.paths.bars?.( {
						size: [ bars === 1 ? 0.6 : 0.36, 40, 2 ],
						align,
						radius: 0.15,
					} );
					return {
						label,
						stroke,
						width: 0,
						fill: stroke,
						points: { show: false },
						...( paths === undefined ? {} : { paths } ),
					};
				} ),
			],
			hooks: {
				setCursor: [ ( self ) => onPoint( self.cursor.idx ?? null ) ],
			},
		},
		[ [], ...series.map( () => [] ) ],
		box
	);
	const watcher = new ResizeObserver( () => {
		if ( box.clientWidth > 0 && box.clientWidth !== chart.width ) {
			chart.setSize( { width: box.clientWidth, height: HEIGHT } );
		}
	} );
	watcher.observe( box );
	return {
		setData( times, lines ) {
			chart.setData( [
				times.map( ( at ) => Date.parse( at ) / 1000 ),
				...lines.map( ( { values } ) => [ ...values ] ),
			] );
		},
		point( index ) {
			const time = index === null ? undefined : chart.data[ 0 ][ index ];
			chart.setCursor(
				time === undefined
					? { left: -10, top: -10 }
					: { left: chart.valToPos( time, 'x' ), top: 10 },
				false
			);
		},
		destroy() {
			watcher.disconnect();
			chart.destroy();
		},
	};
}

/** The top of the scale: a little above the highest, and never 0, where nothing could be drawn. */
function nice( high: number | null ): number {
	return high === null || high <= 0 ? 5 : high * 1.1;
}
