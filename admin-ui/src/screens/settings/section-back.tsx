/** What Pearlbridge changes in the shop's own orders: nothing, until it is switched on here. */
import { __, sprintf } from '@wordpress/i18n';
import { useHost, useOperation } from '../../api/client.tsx';
import { Note, Skeleton } from '../../components/index.ts';
import { Select } from '../../components/form/inputs.tsx';
import { statusIdFault } from './add-faults.ts';
import { AddLine } from './add-line.tsx';
import { CheckSetting, RadioSetting } from './controls.tsx';
import { Setting, useField, useForm } from './form.tsx';
import { brightpearlStatusRows } from './map-rows.ts';
import { MapLine, MapTable } from './map-table.tsx';
import { mailsText } from './mails.ts';
import { useMap } from './use-map.ts';

export function BackSection() {
	return (
		<>
			<CheckSetting
				path="writeBack.meta"
				label={ __( 'Keep it with the order', 'pearlbridge' ) }
			/>
			<CheckSetting
				path="writeBack.note"
				label={ __( 'Write a private note', 'pearlbridge' ) }
			/>
			<StatusMap />
			<Mails />
		</>
	);
}

const PATH = 'writeBack.status';

function StatusMap() {
	const { map, put, drop, has, store, waiting } = useMap( PATH );
	const { choices } = useForm();
	const statuses = store?.statuses ?? null;
	const rows = brightpearlStatusRows(
		map,
		choices.data?.brightpearl?.orderStatuses ?? null
	);
	const column = __( 'Becomes in the shop', 'pearlbridge' );
	return (
		<Setting path={ PATH } group wide>
			{ () =>
				waiting ? (
					<Skeleton height="320px" />
				) : (
					<>
						{ rows.length > 0 && (
							<MapTable
								caption={ __(
									'Order statuses of Brightpearl',
									'pearlbridge'
								) }
								columns={ [
									__( 'In Brightpearl', 'pearlbridge' ),
									column,
								] }
							>
								{ rows.map( ( row ) => (
									<MapLine
										key={ row.key }
										path={ PATH }
										row={ row }
										unset={ ! has( row.key ) }
										unknownText={ __(
											'not a status of Brightpearl any more',
											'pearlbridge'
										) }
										cells={ [
											{
												label: column,
												control: (
													<ShopStatus
														name={
															row.name || row.key
														}
														value={ String(
															map[ row.key ] ?? ''
														) }
														statuses={
															statuses ?? []
														}
														onChange={ ( slug ) =>
															slug === ''
																? drop(
																		row.key
																	)
																: put(
																		row.key,
																		slug
																	)
														}
													/>
												),
											},
										] }
									/>
								) ) }
							</MapTable>
						) }
						<AddLine
							label={ __(
								'Id of another status of Brightpearl',
								'pearlbridge'
							) }
							placeholder={ __(
								'Id in Brightpearl',
								'pearlbridge'
							) }
							fault={ ( key ) =>
								statusIdFault(
									key,
									rows.some( ( row ) => row.key === key )
								)
							}
							onAdd={ ( key ) =>
								put( key, statuses?.[ 0 ]?.slug ?? 'completed' )
							}
						/>
					</>
				)
			}
		</Setting>
	);
}

function ShopStatus( {
	name,
	value,
	statuses,
	onChange,
}: {
	readonly name: string;
	readonly value: string;
	readonly statuses: readonly {
		readonly slug: string;
		readonly name: string;
	}[];
	readonly onChange: ( slug: string ) => void;
} ) {
	const listed = statuses.some( ( { slug } ) => slug === value );
	return (
		<Select
			aria-label={ sprintf(
				/* translators: %s: name of an order status of Brightpearl */
				__( 'Shop status for %s', 'pearlbridge' ),
				name
			) }
			value={ value }
			options={ [
				{
					value: '',
					label: __( 'Leave the shop’s status', 'pearlbridge' ),
				},
				...( value === '' || listed
					? []
					: [ { value, label: value } ] ),
				...statuses.map( ( status ) => ( {
					value: status.slug,
					label: status.name,
				} ) ),
			] }
			onChange={ onChange }
		/>
	);
}

function Mails() {
	const { connection } = useForm();
	const { kind } = useHost();
	const { value } = useField( 'writeBack.mails' );
	const { map } = useMap( PATH );
	const view = useOperation( 'connectionShow', { name: connection } ).data;
	// wp-admin speaks through the plugin.
	const paired =
		kind === 'wp' || ( view === null ? null : view.paired !== null );
	const told = mailsText( {
		quiet: value === 'quiet',
		paired,
		any: Object.keys( map ).length > 0,
	} );
	return (
		<>
			<RadioSetting
				path="writeBack.mails"
				options={ [
					{
						value: 'quiet',
						label: __( 'Keep them back (default)', 'pearlbridge' ),
						help: __(
							'Only the plugin can do that: WooCommerce itself sends them whenever a status is set.',
							'pearlbridge'
						),
					},
					{
						value: 'send',
						label: __( 'Let WooCommerce send them', 'pearlbridge' ),
					},
				] }
			>
				{ told !== null && (
					<Note status={ told.status } spoken={ told.text }>
						{ told.text }
					</Note>
				) }
			</RadioSetting>
		</>
	);
}
