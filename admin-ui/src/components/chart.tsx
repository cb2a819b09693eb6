/**
 * A chart over time, drawn by uPlot once that has been loaded, with the same figures as a table
 * behind it. With the keyboard one walks from step to step as with a slider, and each is said.
 */
import { useEffect, useMemo, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ChartLibrary } from '../chart-library.ts';
import { ChartTable } from './chart-table.tsx';
import { drawChart } from './draw-chart.ts';
import type { DrawnChart } from './draw-chart.ts';

export interface ChartSeries {
	readonly label: string;
	/** One for each time; null = nothing known. */
	readonly values: readonly ( number | null )[];
	readonly kind: 'bars' | 'line';
	/** One of the custom properties `--pb-chart-1` … `--pb-chart-4`. */
	readonly color: 1 | 2 | 3 | 4;
}

export interface ChartProps {
	/** What is drawn; the heading stands in the panel around it. */
	readonly label: string;
	/** Instants at which the steps begin. */
	readonly times: readonly string[];
	/** How a step is called. */
	readonly formatTime: ( at: string ) => string;
	/** How a place on the axis is called, and how near two may be. */
	readonly axis: {
		readonly format: ( at: string ) => string;
		readonly seconds: number;
	};
	readonly series: readonly ChartSeries[];
	readonly format: ( value: number ) => string;
}

export function Chart( props: ChartProps ) {
	const box = useRef< HTMLDivElement >( null );
	const drawn = useRef< DrawnChart | null >( null );
	const [ library, setLibrary ] = useState< ChartLibrary | null >( null );
	const [ failed, setFailed ] = useState( false );
	const [ at, setAt ] = useState< number | null >( null );
	const last = Math.max( 0, props.times.length - 1 );

	useEffect( () => {
		let left = false;
		import( '../../chart.ts' ).then(
			( loaded ) => {
				if ( ! left ) {
					setLibrary( loaded );
				}
			},
			() => {
				if ( ! left ) {
					setFailed( true );
				}
			}
		);
		return () => {
			left = true;
		};
	}, [] );

	const { times, series, format, formatTime, axis } = props;
	const shape = [
		axis.seconds,
		...series.map( ( { kind, color } ) => kind + color ),
	].join();
	useEffect( () => {
		if ( library === null || box.current === null ) {
			return undefined;
		}
		const chart = drawChart( library, box.current, {
			series,
			format,
			axis,
			onPoint: setAt,
		} );
		drawn.current = chart;
		return () => {
			drawn.current = null;
			chart.destroy();
		};
		// Drawn anew only when it is another chart; figures are given below.
	}, [ library, shape ] );
	useEffect( () => {
		drawn.current?.setData( times, series );
	}, [ library, shape, times, series ] );

	const shown = at === null ? null : Math.min( at, last );
	const text = useMemo(
		() => ( shown === null ? '' : pointText( props, shown ) ),
		[ props, shown ]
	);
	const go = ( to: number ): void => {
		const next = Math.min( last, Math.max( 0, to ) );
		setAt( next );
		drawn.current?.point( next );
	};

	return (
		<figure className="pb-chart">
			<div className="pb-chart__legend">
				{ series.map( ( { label, color, values } ) => (
					<span key={ label } data-color={ color }>
						{ label }
						{ shown !== null && (
							<strong>
								{ valueText( values[ shown ], format ) }
							</strong>
						) }
					</span>
				) ) }
				<span className="pb-chart__when">
					{ shown === null ? '' : formatTime( times[ shown ] ?? '' ) }
				</span>
			</div>
			{ failed ? (
				<p className="pb-muted">
					{ __(
						'The chart could not be loaded; the table below has its figures.',
						'pearlbridge'
					) }
				</p>
			) : (
				<div
					ref={ box }
					className="pb-chart__canvas"
					role="slider"
					tabIndex={ 0 }
					aria-label={ props.label }
					aria-orientation="horizontal"
					aria-valuemin={ 0 }
					aria-valuemax={ last }
					aria-valuenow={ shown ?? last }
					aria-valuetext={
						text === '' ? pointText( props, last ) : text
					}
					onBlur={ () => {
						setAt( null );
						drawn.current?.point( null );
					} }
					onKeyDown={ ( event ) => {
						const to = keyTarget( event.key, shown ?? last, last );
						if ( to !== null ) {
							event.preventDefault();
							go( to );
						}
					} }
				/>
			) }
			<ChartTable { ...props } />
		</figure>
	);
}

function keyTarget( key: string, from: number, last: number ): number | null {
	switch ( key ) {
		case 'ArrowLeft':
		case 'ArrowDown':
			return from - 1;
		case 'ArrowRight':
		case 'ArrowUp':
			return from + 1;
		case 'Home':
			return 0;
		case 'End':
			return last;
		default:
			return null;
	}
}

function pointText( props: ChartProps, index: number ): string {
	const time = props.times[ index ];
	return time === undefined
		? __( 'No figures yet', 'pearlbridge' )
		: sprintf(
				/* translators: 1: a time, 2: figures at that time */
				__( '%1$s: %2$s', 'pearlbridge' ),
				props.formatTime( time ),
				props.series
					.map(
						( { label, values } ) =>
							`${ label } ${ valueText( values[ index ], props.format ) }`
					)
					.join( ', ' )
			);
}

export function valueText(
	value: number | null | undefined,
	format: ( value: number ) => string
): string {
	return value === null || value === undefined ? '—' : format( value );
}
