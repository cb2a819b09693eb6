import { __ } from '@wordpress/i18n';
import { useState } from '@wordpress/element';
import type { ChartProps } from './chart.tsx';

/** The figures of a chart, newest first, made only when somebody opens them. */
export function ChartTable( {
	label,
	times,
	formatTime,
	series,
	format,
}: ChartProps ) {
	const [ open, setOpen ] = useState( false );
	return (
		<details
			className="pb-chart__table"
			onToggle={ ( { currentTarget } ) => setOpen( currentTarget.open ) }
		>
			<summary>{ __( 'Show the figures', 'pearlbridge' ) }</summary>
			{ open && (
				<div
					className="pb-scroll"
					tabIndex={ 0 }
					role="region"
					aria-label={ label }
				>
					<table className="pb-figures">
						<caption className="pb-hidden">{ label }</caption>
						<thead>
							<tr>
								<th scope="col">
									{ __( 'Time', 'pearlbridge' ) }
								</th>
								{ series.map( ( one ) => (
									<th key={ one.label } scope="col">
										{ one.label }
									</th>
								) ) }
							</tr>
						</thead>
						<tbody>
							{ times
								.map( ( time, index ) => (
									<tr key={ time }>
										<th scope="row">
											{ formatTime( time ) }
										</th>
										{ series.map( ( one ) => {
											const value =
												one.values[ index ] ?? null;
											return (
												<td key={ one.label }>
													{ value === null
														? '—'
														: format( value ) }
												</td>
											);
										} ) }
									</tr>
								) )
								.reverse() }
						</tbody>
					</table>
				</div>
			) }
		</details>
	);
}
