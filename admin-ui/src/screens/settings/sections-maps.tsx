/** The mapping tables: statuses, payments, shipping. */
import { __, sprintf } from '@wordpress/i18n';
import { Skeleton } from '../../components/index.ts';
import { Checkbox } from '../../components/form/inputs.tsx';
import { CancelPaidSetting } from './sections-orders.tsx';
import { Choice } from './controls.tsx';
import { Setting, useField, useForm } from './form.tsx';
import {
	EVERYTHING,
	NO_METHOD,
	inherited,
	kindOf,
	paymentRows,
	shippingGroups,
	statusRows,
} from './map-rows.ts';
import type { MapRow } from './map-rows.ts';
import { AddLine, MapLine, MapTable } from './map-table.tsx';
import { nameOf, optionsOf } from './options.ts';
import { isTree, own } from './tree.ts';
import type { Tree } from './tree.ts';

/** A map of the settings, with its keys set and taken away. */
function useMap( path: string ) {
	const { value, set } = useField( path );
	const { choices } = useForm();
	const map: Tree = isTree( value ) ? value : {};
	return {
		map,
		put: ( key: string, entry: unknown ) =>
			set( { ...map, [ key ]: entry } ),
		drop: ( key: string ) =>
			set(
				Object.fromEntries(
					Object.entries( map ).filter( ( [ name ] ) => name !== key )
				)
			),
		has: ( key: string ) => Object.hasOwn( map, key ),
		store: choices.data?.store ?? null,
		/** Keeps the table's place while the shop is asked for the first time. */
		waiting: choices.data === null && choices.loading,
	};
}

export function StatusesSection() {
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
							taken={ ( key ) =>
								rows.some( ( row ) => row.key === key )
							}
							onAdd={ ( key ) => put( key, null ) }
						/>
					</>
				)
			}
		</Setting>
	);
}

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
								taken={ ( key ) =>
									rows.some( ( row ) => row.key === key )
								}
								onAdd={ ( key ) => put( key, '' ) }
							/>
						</>
					)
				}
			</Setting>
			<CancelPaidSetting />
		</>
	);
}

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
							taken={ has }
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
