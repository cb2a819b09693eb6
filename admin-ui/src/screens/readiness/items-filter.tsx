import { useId } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { MappingItem } from '../../../../src/contracts/answers.ts';
import { Segmented, formatNumber } from '../../components/index.ts';
import { KINDS } from './report.ts';
import type { Filter, Kind } from './report.ts';
import { kindName } from './words.ts';

export function ItemsFilter( {
	items,
	filter,
	shown,
	open,
	onFilter,
}: {
	readonly items: readonly MappingItem[];
	readonly filter: Filter;
	readonly shown: number;
	/** How many somebody should look at. */
	readonly open: number;
	readonly onFilter: ( filter: Filter ) => void;
} ) {
	const id = useId();
	return (
		<form
			className="pb-orders__filters pb-readiness__filters"
			role="search"
			onSubmit={ ( event ) => event.preventDefault() }
		>
			<Segmented
				label={ __( 'What to show', 'pearlbridge' ) }
				value={ filter.all ? 'all' : 'open' }
				options={ [
					{
						value: 'open',
						label: sprintf(
							/* translators: %s: number of things */
							__( 'To look at (%s)', 'pearlbridge' ),
							formatNumber( open )
						),
					},
					{
						value: 'all',
						label: sprintf(
							/* translators: %s: number of things */
							__( 'All (%s)', 'pearlbridge' ),
							formatNumber( items.length )
						),
					},
				] }
				onChange={ ( what ) =>
					onFilter( { ...filter, all: what === 'all' } )
				}
			/>
			<div className="pb-ask pb-ask--problem">
				<label htmlFor={ `${ id }-kind` }>
					{ __( 'Kind', 'pearlbridge' ) }
				</label>
				<select
					id={ `${ id }-kind` }
					className="pb-select"
					value={ filter.kind ?? '' }
					onChange={ ( { currentTarget } ) =>
						onFilter( {
							...filter,
							kind:
								currentTarget.value === ''
									? null
									: ( currentTarget.value as Kind ),
						} )
					}
				>
					<option value="">{ __( 'All', 'pearlbridge' ) }</option>
					{ KINDS.map( ( kind ) => (
						<option key={ kind } value={ kind }>
							{ kindName( kind ) }
						</option>
					) ) }
				</select>
			</div>
			<div className="pb-ask pb-ask--grow">
				<label htmlFor={ `${ id }-search` }>
					{ __( 'Search', 'pearlbridge' ) }
				</label>
				<input
					id={ `${ id }-search` }
					type="search"
					placeholder={ __(
						'SKU, name, method or status',
						'pearlbridge'
					) }
					value={ filter.search }
					onChange={ ( { currentTarget } ) =>
						onFilter( { ...filter, search: currentTarget.value } )
					}
				/>
			</div>
			<p className="pb-muted pb-readiness__count" role="status">
				{ sprintf(
					/* translators: %s: number of things */
					_n( '%s shown', '%s shown', shown, 'pearlbridge' ),
					formatNumber( shown )
				) }
			</p>
		</form>
	);
}
