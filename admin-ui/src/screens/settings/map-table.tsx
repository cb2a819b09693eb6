/** Tables whose rows are what the shop has, each with what it becomes in Brightpearl. */
import type { ReactNode } from 'react';
import { Badge } from '../../components/badge.tsx';
import type { MapRow } from './map-rows.ts';

export function MapTable( {
	caption,
	columns,
	children,
}: {
	readonly caption: string;
	readonly columns: readonly string[];
	readonly children: ReactNode;
} ) {
	return (
		<div className="pb-table-box pb-map-box">
			<table className="pb-table pb-map" role="table">
				<caption className="pb-hidden">{ caption }</caption>
				<thead role="rowgroup">
					<tr role="row">
						{ columns.map( ( column ) => (
							<th key={ column } role="columnheader" scope="col">
								{ column }
							</th>
						) ) }
					</tr>
				</thead>
				<tbody role="rowgroup">{ children }</tbody>
			</table>
		</div>
	);
}

export function MapLine( {
	path,
	row: { key, name, unknown },
	cells,
	hint,
	unset = false,
	unknownText,
}: {
	readonly path: string;
	readonly row: MapRow;
	/** In the order of the columns after the first. */
	readonly cells: readonly {
		readonly label: string;
		readonly control: ReactNode;
	}[];
	readonly hint?: ReactNode;
	readonly unset?: boolean;
	readonly unknownText: string;
} ) {
	return (
		<tr
			role="row"
			data-field={ `${ path }.${ key }` }
			className={ unset ? 'is-unset' : undefined }
		>
			<th role="rowheader" scope="row">
				<span className="pb-map__name">
					{ name === '' ? <code>{ key }</code> : name }
				</span>
				{ name !== '' && key !== '' && key !== '*' && (
					<span className="pb-map__hint">
						<code>{ key }</code>
					</span>
				) }
				{ hint !== undefined && (
					<span className="pb-map__hint">{ hint }</span>
				) }
				{ unknown && (
					<span className="pb-map__hint">
						<Badge
							label={ { text: unknownText, tone: 'warning' } }
						/>
					</span>
				) }
			</th>
			{ cells.map( ( { label, control } ) => (
				<td key={ label } role="cell" data-label={ label }>
					{ control }
				</td>
			) ) }
		</tr>
	);
}
