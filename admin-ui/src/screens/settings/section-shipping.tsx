import { __, sprintf } from '@wordpress/i18n';
import { Skeleton } from '../../components/index.ts';
import { takenFault } from './add-faults.ts';
import { AddLine } from './add-line.tsx';
import { Choice } from './controls.tsx';
import { Setting, useForm } from './form.tsx';
import { EVERYTHING, inherited, kindOf, shippingGroups } from './map-rows.ts';
import type { MapRow } from './map-rows.ts';
import { MapLine, MapTable } from './map-table.tsx';
import { nameOf, optionsOf } from './options.ts';
import { own } from './tree.ts';
import { useMap } from './use-map.ts';

/** By zone, by kind, and everything else: the most exact line counts. */
export function ShippingSection() {
	const path = 'orders.shipping';
	const { map, put, drop, has, store, waiting } = useMap( path );
	const { choices } = useForm();
	const options = optionsOf( choices.data, 'shippingMethods' );
	const groups = shippingGroups( map, store?.shippingMethods ?? null );
	const none = __( 'None', 'pearlbridge' );
	const said = ( value: unknown ): string =>
		value === 0 ? none : nameOf( options, value );
	const inheritedText = ( key: string ): string => {
		const from = inherited( map, key );
		return from === null
			? __( 'Not set: no shipping method', 'pearlbridge' )
			: sprintf(
					/* translators: 1: row that counts instead, 2: shipping method */
					__( 'As %1$s: %2$s', 'pearlbridge' ),
					from.from === EVERYTHING
						? __( 'everything else', 'pearlbridge' )
						: from.from,
					said( from.value )
				);
	};
	const line = ( row: MapRow, hint?: string ) => (
		<MapLine
			key={ row.key }
			path={ path }
			row={ row }
			unset={ ! has( row.key ) }
			{ ...( hint === undefined ? {} : { hint } ) }
			unknownText={ __( 'not a method of the shop', 'pearlbridge' ) }
			cells={ [
				{
					label: __( 'In Brightpearl', 'pearlbridge' ),
					control: (
						<ShippingChoice
							value={ own( map, row.key ) }
							unsetText={ inheritedText( row.key ) }
							noneText={ none }
							name={ row.name || row.key }
							onChange={ ( value ) =>
								value === null
									? drop( row.key )
									: put( row.key, value )
							}
						/>
					),
				},
			] }
		/>
	);
	return (
		<Setting path={ path } group wide>
			{ () =>
				waiting ? (
					<Skeleton height="560px" />
				) : (
					<>
						<MapTable
							caption={ __(
								'Shipping methods of the shop',
								'pearlbridge'
							) }
							columns={ [
								__( 'In the shop', 'pearlbridge' ),
								__(
									'Shipping method in Brightpearl',
									'pearlbridge'
								),
							] }
						>
							{ groups.map( ( { zone, rows } ) => [
								<tr
									key={ `zone ${ zone ?? '' }` }
									role="row"
									className="pb-map__zone"
								>
									<th role="cell" colSpan={ 2 }>
										{ zone === null
											? __(
													'By kind, in any zone',
													'pearlbridge'
												)
											: sprintf(
													/* translators: %s: shipping zone */
													__(
														'Zone: %s',
														'pearlbridge'
													),
													zone
												) }
									</th>
								</tr>,
								...rows.map( ( row ) =>
									line(
										row,
										zone === null &&
											! row.unknown &&
											row.key === kindOf( row.key )
											? kindName( row.key )
											: undefined
									)
								),
							] ) }
							{ line( {
								key: EVERYTHING,
								name: __( 'Everything else', 'pearlbridge' ),
								unknown: false,
							} ) }
						</MapTable>
						<AddLine
							label={ __(
								'Another shipping method',
								'pearlbridge'
							) }
							placeholder={ __(
								'kind, or kind:instance',
								'pearlbridge'
							) }
							fault={ ( key ) => takenFault( key, has( key ) ) }
							onAdd={ ( key ) => put( key, 0 ) }
						/>
					</>
				)
			}
		</Setting>
	);
}

function kindName( kind: string ): string | undefined {
	switch ( kind ) {
		case 'flat_rate':
			return __( 'Flat rate', 'pearlbridge' );
		case 'free_shipping':
			return __( 'Free shipping', 'pearlbridge' );
		case 'local_pickup':
		case 'pickup_location':
			return __( 'Local pickup', 'pearlbridge' );
		default:
			return undefined;
	}
}

/** Three kinds of answer: not set, 0 for none, and a method. */
function ShippingChoice( {
	value,
	unsetText,
	noneText,
	name,
	onChange,
}: {
	readonly value: unknown;
	readonly unsetText: string;
	readonly noneText: string;
	readonly name: string;
	readonly onChange: ( value: string | number | null ) => void;
} ) {
	return (
		<Choice
			list="shippingMethods"
			numeric
			none={ unsetText }
			extra={ [ { value: '0', label: noneText } ] }
			control={ {
				'aria-label': sprintf(
					/* translators: %s: shipping method of the shop */
					__( 'Brightpearl shipping method for %s', 'pearlbridge' ),
					name
				),
			} }
			value={ value ?? '' }
			onChange={ onChange }
		/>
	);
}
