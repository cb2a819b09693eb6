/** Where orders go, and the smaller questions of orders. */
import { __ } from '@wordpress/i18n';
import { Checkbox, TextInput } from '../../components/form/inputs.tsx';
import { ChoiceSetting, RadioSetting, TextSetting } from './controls.tsx';
import { DurationSetting } from './duration-setting.tsx';
import { numberOrText } from './draft.ts';
import { Setting, useField, useForm } from './form.tsx';
import { isTree } from '../../../../src/contracts/json.ts';
import { own } from './tree.ts';

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
			<RadioSetting
				path="orders.totalMismatch"
				options={ [
					{
						value: 'hold',
						label: __( 'Hold the order (default)', 'pearlbridge' ),
						help: __(
							'It waits as a problem: a plugin of the shop changes totals without a line.',
							'pearlbridge'
						),
					},
					{
						value: 'row',
						label: __(
							'Book a row for the difference',
							'pearlbridge'
						),
						help: __(
							'With the ledger code of rounding. The total is right; what the row stands for is not known.',
							'pearlbridge'
						),
					},
				] }
			/>
			<TextSetting path="orders.exchangeRateMeta" nullable />
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
