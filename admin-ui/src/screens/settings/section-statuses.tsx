import { __, sprintf } from '@wordpress/i18n';
import { Skeleton } from '../../components/index.ts';
import { Checkbox } from '../../components/form/inputs.tsx';
import { takenFault } from './add-faults.ts';
import { AddLine } from './add-line.tsx';
import { Choice, RadioSetting } from './controls.tsx';
import { Setting } from './form.tsx';
import { statusRows } from './map-rows.ts';
import { MapLine, MapTable } from './map-table.tsx';
import { useMap } from './use-map.ts';

export function StatusesSection() {
	return (
		<>
			<StatusTable />
			<RadioSetting
				path="orders.invoice"
				options={ [
					{
						value: 'never',
						label: __(
							'Never: made in Brightpearl (default)',
							'pearlbridge'
						),
					},
					{
						value: 'completed',
						label: __(
							'When the order is completed in the shop',
							'pearlbridge'
						),
						help: __(
							'Whatever is changed afterwards is to be entered by hand.',
							'pearlbridge'
						),
					},
				] }
			/>
		</>
	);
}

/** Which statuses of the shop push an order, and what they become. */
function StatusTable() {
	const path = 'orders.status';
	const { map, put, drop, has, store, waiting } = useMap( path );
	const rows = statusRows( map, store?.statuses ?? null );
	return (
		<Setting path={ path } group wide>
			{ () =>
				waiting ? (
					<Skeleton height="420px" />
				) : (
					<>
						<MapTable
							caption={ __(
								'Statuses of the shop',
								'pearlbridge'
							) }
							columns={ [
								__( 'In the shop', 'pearlbridge' ),
								__( 'Pushes the order', 'pearlbridge' ),
								__( 'Status in Brightpearl', 'pearlbridge' ),
							] }
						>
							{ rows.map( ( row ) => {
								const name = row.name || row.key;
								return (
									<MapLine
										key={ row.key }
										path={ path }
										row={ row }
										unset={ ! has( row.key ) }
										unknownText={ __(
											'not a status of the shop any more',
											'pearlbridge'
										) }
										cells={ [
											{
												label: __(
													'Pushes the order',
													'pearlbridge'
												),
												control: (
													<Checkbox
														hideLabel
														label={ sprintf(
															/* translators: %s: name of an order status */
															__(
																'%s pushes the order',
																'pearlbridge'
															),
															name
														) }
														checked={ has(
															row.key
														) }
														onChange={ ( on ) =>
															on
																? put(
																		row.key,
																		null
																	)
																: drop(
																		row.key
																	)
														}
													/>
												),
											},
											{
												label: __(
													'Status in Brightpearl',
													'pearlbridge'
												),
												control: has( row.key ) ? (
													<Choice
														list="orderStatuses"
														numeric
														none={ __(
															'The account’s own for new orders',
															'pearlbridge'
														) }
														control={ {
															'aria-label':
																sprintf(
																	/* translators: %s: name of an order status of the shop */
																	__(
																		'Brightpearl status for %s',
																		'pearlbridge'
																	),
																	name
																),
														} }
														value={ map[ row.key ] }
														onChange={ ( id ) =>
															put( row.key, id )
														}
													/>
												) : (
													__(
														'stays in the shop',
														'pearlbridge'
													)
												),
											},
										] }
									/>
								);
							} ) }
						</MapTable>
						<AddLine
							label={ __( 'Another status', 'pearlbridge' ) }
							placeholder={ __(
								'Slug of another status',
								'pearlbridge'
							) }
							fault={ ( key ) =>
								takenFault(
									key,
									rows.some( ( row ) => row.key === key )
								)
							}
							onAdd={ ( key ) => put( key, null ) }
						/>
					</>
				)
			}
		</Setting>
	);
}
