import { useId } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { Select, TextInput } from '../../components/form/inputs.tsx';
import { formatNumber } from '../../components/index.ts';
import { Choice } from './controls.tsx';
import { useForm } from './form.tsx';
import { staying, withMeta, withPart } from './order-rules.ts';
import type { DraftRule } from './order-rules.ts';
import { ANY, paymentOptions, shippingOptions } from './rule-options.ts';
import { RuleButtons } from './rule-buttons.tsx';

/** One rule: when it holds, and what becomes of such orders. */
export function OrderRuleItem( {
	rule,
	index,
	last,
	describedBy,
	invalid,
	onChange,
	onMove,
	onRemove,
}: {
	readonly rule: DraftRule;
	readonly index: number;
	readonly last: number;
	/** Of the list of faults below the rules. */
	readonly describedBy: string | undefined;
	readonly invalid: ( part: string ) => boolean;
	readonly onChange: ( rule: DraftRule ) => void;
	readonly onMove: ( step: number ) => void;
	readonly onRemove: () => void;
} ) {
	const { choices } = useForm();
	const store = choices.data?.store ?? null;
	const id = useId();
	const any = __( 'any', 'pearlbridge' );
	const marks = ( part: string ) =>
		invalid( part )
			? { 'aria-invalid': true, 'aria-describedby': describedBy }
			: {};
	const text = ( part: 'country' | 'createdVia', label: string ) => (
		<label>
			{ label }
			<TextInput
				{ ...marks( part ) }
				placeholder={ any }
				value={ rule[ part ] ?? '' }
				onChange={ ( typed ) =>
					onChange(
						withPart( rule, part, typed === '' ? undefined : typed )
					)
				}
			/>
		</label>
	);
	const method = (
		part: 'payment' | 'shipping',
		label: string,
		options: readonly { value: string; label: string }[]
	) => (
		<label>
			{ label }
			<Select
				value={ rule[ part ] ?? ANY }
				options={ [ { value: ANY, label: any }, ...options ] }
				onChange={ ( chosen ) =>
					onChange(
						withPart(
							rule,
							part,
							chosen === ANY ? undefined : chosen
						)
					)
				}
			/>
		</label>
	);
	const place = (
		part: 'channelId' | 'warehouseId',
		list: 'channels' | 'warehouses',
		label: string
	) => (
		<span className="pb-labelled">
			<label htmlFor={ `${ id }-${ part }` }>{ label }</label>
			<Choice
				list={ list }
				numeric
				none={ __( 'as all orders', 'pearlbridge' ) }
				control={ { id: `${ id }-${ part }`, ...marks( part ) } }
				value={ rule[ part ] }
				onChange={ ( chosen ) =>
					onChange( withPart( rule, part, chosen ?? undefined ) )
				}
			/>
		</span>
	);
	const stays = rule.push === false;
	const number = formatNumber( index + 1 );
	return (
		<li data-field={ `orders.rules.${ index }` }>
			<div className="pb-rules__line">
				<span className="pb-rules__number">
					{ sprintf(
						/* translators: %s: number of a rule */
						__( '%s. When', 'pearlbridge' ),
						number
					) }
				</span>
				{ text( 'country', __( 'Country', 'pearlbridge' ) ) }
				{ method(
					'payment',
					__( 'Payment method', 'pearlbridge' ),
					paymentOptions( store, rule.payment )
				) }
				{ method(
					'shipping',
					__( 'Shipping method', 'pearlbridge' ),
					shippingOptions( store, rule.shipping )
				) }
				{ text( 'createdVia', __( 'Placed through', 'pearlbridge' ) ) }
				<label>
					{ __( 'Order meta', 'pearlbridge' ) }
					<TextInput
						{ ...marks( 'meta.key' ) }
						placeholder={ __( 'key', 'pearlbridge' ) }
						value={ rule.meta?.key ?? '' }
						onChange={ ( key ) =>
							onChange( withMeta( rule, { key } ) )
						}
					/>
				</label>
				<label>
					{ __( 'is', 'pearlbridge' ) }
					<TextInput
						placeholder={ __( 'any value', 'pearlbridge' ) }
						value={ rule.meta?.is ?? '' }
						onChange={ ( is ) =>
							onChange( withMeta( rule, { is } ) )
						}
					/>
				</label>
			</div>
			<div className="pb-rules__line">
				<span className="pb-rules__number">
					{ __( 'then', 'pearlbridge' ) }
				</span>
				<label>
					{ __( 'Such orders', 'pearlbridge' ) }
					<Select
						value={ stays ? 'stay' : 'go' }
						options={ [
							{
								value: 'go',
								label: __( 'go to', 'pearlbridge' ),
							},
							{
								value: 'stay',
								label: __( 'stay in the shop', 'pearlbridge' ),
							},
						] }
						onChange={ ( chosen ) =>
							onChange( staying( rule, chosen === 'stay' ) )
						}
					/>
				</label>
				{ ! stays && (
					<>
						{ place(
							'channelId',
							'channels',
							__( 'Channel', 'pearlbridge' )
						) }
						{ place(
							'warehouseId',
							'warehouses',
							__( 'Warehouse', 'pearlbridge' )
						) }
					</>
				) }
				<RuleButtons
					index={ index }
					last={ last }
					onMove={ onMove }
					onRemove={ onRemove }
				/>
			</div>
		</li>
	);
}
