/** Going live, where orders go, and the smaller questions of orders. */
import { __, sprintf } from '@wordpress/i18n';
import { CommandButton, Note, formatDateTime } from '../../components/index.ts';
import { Checkbox, Radios, TextInput } from '../../components/form/inputs.tsx';
import { numberOrText } from './draft.ts';
import {
	ChoiceSetting,
	DurationSetting,
	RadioSetting,
	TextSetting,
} from './controls.tsx';
import { Setting, useField, useForm } from './form.tsx';
import { fromLocal, liveChange, toLocal } from './go-live.ts';
import type { LiveChange } from './go-live.ts';
import { isTree, own, readAt } from './tree.ts';

export function LiveSection() {
	const { value, set } = useField( 'goLive' );
	const { base } = useForm();
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	const change = liveChange( readAt( base, 'goLive' ), value );
	return (
		<Setting path="goLive" group>
			{ () => (
				<>
					<Radios
						value={ value === null ? 'off' : 'on' }
						options={ [
							{
								value: 'off',
								label: __( 'Not live', 'pearlbridge' ),
								help: __(
									'Nothing moves by itself, either way. Orders can still be pushed one by one, and stock pulled by hand.',
									'pearlbridge'
								),
							},
							{
								value: 'on',
								label: __( 'Live from', 'pearlbridge' ),
							},
						] }
						onChange={ ( chosen ) =>
							set(
								chosen === 'off'
									? null
									: ( readAt( base, 'goLive' ) ??
											new Date().toISOString() )
							)
						}
					/>
					{ value !== null && (
						<>
							<span className="pb-row">
								<TextInput
									type="datetime-local"
									step={ 1 }
									width="medium"
									aria-label={ __(
										'Live from',
										'pearlbridge'
									) }
									value={ toLocal( value ) }
									onChange={ ( local ) =>
										set( fromLocal( local ) )
									}
								/>
								<CommandButton
									variant="tertiary"
									onClick={ () =>
										set( new Date().toISOString() )
									}
								>
									{ __( 'Now', 'pearlbridge' ) }
								</CommandButton>
							</span>
							<p className="pb-muted">
								{ sprintf(
									/* translators: 1: name of a time zone, 2: a time in UTC */
									__(
										'In your time zone, %1$s. In UTC: %2$s',
										'pearlbridge'
									),
									zone,
									String( value )
										.replace( 'T', ' ' )
										.replace( /(\.\d+)?Z$/, '' )
								) }
							</p>
						</>
					) }
					{ change !== null && (
						<Note
							status={ change === 'starts' ? 'info' : 'warning' }
							spoken={ warning( change, value ) }
						>
							{ warning( change, value ) }
						</Note>
					) }
				</>
			) }
		</Setting>
	);
}

function warning( change: LiveChange, value: unknown ): string {
	const time = value === null ? '' : formatDateTime( String( value ) );
	switch ( change ) {
		case 'stops':
			return __(
				'When you save, nothing is pushed and no stock is written by itself any more. New orders collect here until you go live again; the shop may oversell meanwhile.',
				'pearlbridge'
			);
		case 'starts':
			return sprintf(
				/* translators: %s: a time */
				__(
					'When you save, orders placed from %s on go to Brightpearl by themselves, and the shop’s stock is overwritten with Brightpearl’s.',
					'pearlbridge'
				),
				time
			);
		case 'earlier':
			return sprintf(
				/* translators: %s: a time */
				__(
					'When you save, orders placed from %s on that are not in the ledger yet are pushed. If some of them were entered into Brightpearl by hand, they will be there twice.',
					'pearlbridge'
				),
				time
			);
		case 'later':
			return sprintf(
				/* translators: %s: a time */
				__(
					'When you save, orders placed before %s that were not pushed yet never are by themselves.',
					'pearlbridge'
				),
				time
			);
	}
}

export function PlaceSection() {
	const { prefixFixed } = useForm();
	const allocate = useField( 'orders.allocate' );
	const accounts = __( 'The account’s own', 'pearlbridge' );
	return (
		<>
			<ChoiceSetting
				path="orders.channelId"
				list="channels"
				none={ accounts }
				numeric
			/>
			<ChoiceSetting
				path="orders.warehouseId"
				list="warehouses"
				none={ accounts }
				numeric
			/>
			<ChoiceSetting
				path="orders.priceListId"
				list="priceLists"
				none={ accounts }
				numeric
			/>
			<ChoiceSetting
				path="orders.leadSourceId"
				list="leadSources"
				none={ accounts }
				numeric
			/>
			<Setting path="orders.allocate" group>
				{ () => (
					<Checkbox
						label={ __(
							'Allocate as soon as the order is there (default)',
							'pearlbridge'
						) }
						checked={ allocate.value === true }
						onChange={ allocate.set }
					/>
				) }
			</Setting>
			<DurationSetting path="orders.delay" />
			<PrefixSetting fixed={ prefixFixed } />
		</>
	);
}

function PrefixSetting( { fixed }: { readonly fixed: boolean } ) {
	const { value, set } = useField( 'orders.refPrefix' );
	return (
		<Setting path="orders.refPrefix" showDefault={ false }>
			{ ( control ) => (
				<>
					<TextInput
						{ ...control }
						width="medium"
						maxLength={ 24 }
						disabled={ fixed }
						value={ typeof value === 'string' ? value : '' }
						onChange={ ( text ) =>
							set( text === '' ? null : text )
						}
					/>
					<span className="pb-muted">
						{ fixed
							? __(
									'Fixed: orders in Brightpearl carry it.',
									'pearlbridge'
								)
							: __(
									'Empty: made from the shop’s address.',
									'pearlbridge'
								) }
					</span>
				</>
			) }
		</Setting>
	);
}

export function CancelPaidSetting() {
	return (
		<RadioSetting
			path="orders.cancelPaid"
			options={ [
				{
					value: 'hold',
					label: __( 'Ask me (default)', 'pearlbridge' ),
					help: __(
						'The stock is released and the order waits as a problem: only you know whether the money goes back.',
						'pearlbridge'
					),
				},
				{
					value: 'reverse',
					label: __( 'Reverse the payments', 'pearlbridge' ),
					help: __(
						'The payments are reversed in Brightpearl, then the order is cancelled there.',
						'pearlbridge'
					),
				},
			] }
		/>
	);
}

export function MissingSection() {
	const { value, set } = useField( 'orders.missingSku' );
	const productId = isTree( value ) ? own( value, 'productId' ) : undefined;
	return (
		<RadioSetting
			path="orders.missingSku"
			read={ ( missing ) =>
				( isTree( missing ) ? 'product' : missing ) as string
			}
			write={ ( chosen ) =>
				chosen === 'product' ? { productId: '' } : chosen
			}
			options={ [
				{
					value: 'hold',
					label: __( 'Hold the order (default)', 'pearlbridge' ),
					help: __(
						'It waits as a problem until the product is there.',
						'pearlbridge'
					),
				},
				{
					value: 'text-row',
					label: __( 'Write a text row', 'pearlbridge' ),
					help: __(
						'Name and price are right; stock is not touched.',
						'pearlbridge'
					),
				},
				{
					value: 'product',
					label: __(
						'Use one product for all of them',
						'pearlbridge'
					),
				},
			] }
		>
			{ isTree( value ) && (
				<label className="pb-labelled">
					{ __( 'Its product id in Brightpearl', 'pearlbridge' ) }
					<TextInput
						width="short"
						inputMode="numeric"
						value={
							productId === undefined ? '' : String( productId )
						}
						onChange={ ( text ) =>
							set( { productId: numberOrText( text ) } )
						}
					/>
				</label>
			) }
		</RadioSetting>
	);
}

export function MoneySection() {
	return (
		<>
			<RadioSetting
				path="orders.discounts"
				options={ [
					{
						value: 'net',
						label: __( 'Within the rows (default)', 'pearlbridge' ),
						help: __(
							'Each row shows what the customer paid for it.',
							'pearlbridge'
						),
					},
					{
						value: 'rows',
						label: __( 'As rows of their own', 'pearlbridge' ),
						help: __(
							'Rows show the full price, and each coupon is a row below zero.',
							'pearlbridge'
						),
					},
				] }
			/>
			<TextSetting path="orders.roundingLimit" width="short" />
		</>
	);
}

export function LedgerSection() {
	const { value } = useField( 'orders.nominal' );
	const names = [
		'sales',
		'shipping',
		'fee',
		'discount',
		'giftCard',
		'rounding',
	];
	return names.map( ( name ) => (
		<ChoiceSetting
			key={ name }
			path={ `orders.nominal.${ name }` }
			list="nominalCodes"
			none={
				name === 'giftCard' && isTree( value ) && own( value, 'fee' )
					? __( 'As fees', 'pearlbridge' )
					: __( 'The account’s own', 'pearlbridge' )
			}
			numeric={ false }
			absent
		/>
	) );
}
