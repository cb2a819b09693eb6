import { __, sprintf } from '@wordpress/i18n';
import { Skeleton } from '../../components/index.ts';
import { takenFault } from './add-faults.ts';
import { AddLine } from './add-line.tsx';
import { Choice } from './controls.tsx';
import { Setting } from './form.tsx';
import { EVERYTHING, NO_METHOD, paymentRows } from './map-rows.ts';
import type { MapRow } from './map-rows.ts';
import { MapLine, MapTable } from './map-table.tsx';
import { own } from './tree.ts';
import { useMap } from './use-map.ts';

/** Where each payment method of the shop is booked. */
export function PaymentsSection() {
	const path = 'orders.payments';
	const { map, put, drop, has, store, waiting } = useMap( path );
	const rows: ( MapRow & { hint?: string } )[] = [
		...paymentRows( map, store?.paymentMethods ?? null ),
		{
			key: NO_METHOD,
			name: __( 'No payment method', 'pearlbridge' ),
			unknown: false,
			hint: __(
				'Orders made by hand in wp-admin, or free ones.',
				'pearlbridge'
			),
		},
		{
			key: EVERYTHING,
			name: __( 'Everything else', 'pearlbridge' ),
			unknown: false,
			hint: __(
				'Left empty, an order paid otherwise waits as a problem.',
				'pearlbridge'
			),
		},
	];
	return (
		<>
			<Setting path={ path } group wide>
				{ () =>
					waiting ? (
						<Skeleton height="380px" />
					) : (
						<>
							<MapTable
								caption={ __(
									'Payment methods of the shop',
									'pearlbridge'
								) }
								columns={ [
									__( 'In the shop', 'pearlbridge' ),
									__(
										'Payment method in Brightpearl',
										'pearlbridge'
									),
								] }
							>
								{ rows.map( ( row ) => (
									<MapLine
										key={ row.key }
										path={ path }
										row={ row }
										{ ...( row.hint === undefined
											? {}
											: { hint: row.hint } ) }
										unset={ ! has( row.key ) }
										unknownText={ __(
											'not enabled in the shop',
											'pearlbridge'
										) }
										cells={ [
											{
												label: __(
													'In Brightpearl',
													'pearlbridge'
												),
												control: (
													<Choice
														list="paymentMethods"
														numeric={ false }
														none={
															row.key !==
																EVERYTHING &&
															has( EVERYTHING )
																? sprintf(
																		/* translators: %s: code of a payment method */
																		__(
																			'As everything else: %s',
																			'pearlbridge'
																		),
																		String(
																			map[
																				EVERYTHING
																			]
																		)
																	)
																: __(
																		'Not mapped',
																		'pearlbridge'
																	)
														}
														control={ {
															'aria-label':
																sprintf(
																	/* translators: %s: payment method of the shop */
																	__(
																		'Brightpearl payment method for %s',
																		'pearlbridge'
																	),
																	row.name ||
																		row.key
																),
														} }
														value={
															own(
																map,
																row.key
															) ?? ''
														}
														onChange={ ( code ) =>
															code === null
																? drop(
																		row.key
																	)
																: put(
																		row.key,
																		code
																	)
														}
													/>
												),
											},
										] }
									/>
								) ) }
							</MapTable>
							<AddLine
								label={ __(
									'Another payment method',
									'pearlbridge'
								) }
								placeholder={ __(
									'Id of another method',
									'pearlbridge'
								) }
								fault={ ( key ) =>
									takenFault(
										key,
										rows.some( ( row ) => row.key === key )
									)
								}
								onAdd={ ( key ) => put( key, '' ) }
							/>
						</>
					)
				}
			</Setting>
		</>
	);
}
