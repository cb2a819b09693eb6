import { useId } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { TaxRule } from '../../../../src/contracts/settings.ts';
import { Select, TextInput } from '../../components/form/inputs.tsx';
import { formatNumber } from '../../components/index.ts';
import { Choice } from './controls.tsx';
import { withCurrent } from './options.ts';
import { RuleButtons } from './rule-buttons.tsx';

type Condition = Exclude< keyof TaxRule, 'code' >;

/** One rule: its conditions, its code, and its place among the others. */
export function Rule( {
	rule,
	index,
	last,
	classes,
	describedBy,
	invalid,
	onChange,
	onMove,
	onRemove,
}: {
	readonly rule: TaxRule;
	readonly index: number;
	readonly last: number;
	readonly classes: readonly string[];
	/** Of the list of faults below the rules. */
	readonly describedBy: string | undefined;
	readonly invalid: ( part: keyof TaxRule ) => boolean;
	readonly onChange: ( rule: TaxRule ) => void;
	readonly onMove: ( step: number ) => void;
	readonly onRemove: () => void;
} ) {
	const codeId = useId();
	const number = formatNumber( index + 1 );
	const marks = ( part: keyof TaxRule ) =>
		invalid( part )
			? { 'aria-invalid': true, 'aria-describedby': describedBy }
			: {};
	const put = ( name: Condition, text: string ): void => {
		// Left empty it always fits, which no condition says.
		onChange(
			Object.fromEntries(
				Object.entries( { ...rule, [ name ]: text } ).filter(
					( [ key, value ] ) => key === 'code' || value !== ''
				)
			) as TaxRule
		);
	};
	const text = ( name: Condition, label: string, placeholder: string ) => (
		<label>
			{ label }
			<TextInput
				{ ...marks( name ) }
				placeholder={ placeholder }
				value={ rule[ name ] ?? '' }
				onChange={ ( typed ) => put( name, typed ) }
			/>
		</label>
	);
	const any = __( 'any', 'pearlbridge' );
	return (
		<li data-field={ `orders.tax.${ index }` }>
			<span className="pb-rules__number">{ number }.</span>
			<label>
				{ __( 'Percent', 'pearlbridge' ) }
				<TextInput
					inputMode="decimal"
					placeholder={ any }
					{ ...marks( 'percent' ) }
					value={ rule.percent ?? '' }
					onChange={ ( typed ) => put( 'percent', typed ) }
				/>
			</label>
			<label>
				{ __( 'Tax class', 'pearlbridge' ) }
				<Select
					{ ...marks( 'class' ) }
					value={
						rule.class === '' ? 'standard' : ( rule.class ?? '' )
					}
					options={ [
						{ value: '', label: any },
						...withCurrent(
							classes.map( ( name ) => ( {
								value: name,
								label: name,
							} ) ),
							rule.class ?? ''
						),
					] }
					onChange={ ( chosen ) => put( 'class', chosen ) }
				/>
			</label>
			{ text( 'country', __( 'Country', 'pearlbridge' ), any ) }
			{ text( 'state', __( 'State', 'pearlbridge' ), any ) }
			{ text( 'label', __( 'Label of the rate', 'pearlbridge' ), any ) }
			<span className="pb-labelled">
				<label htmlFor={ codeId }>
					{ __( 'Tax code', 'pearlbridge' ) }
				</label>
				<Choice
					list="taxCodes"
					numeric={ false }
					none={ null }
					control={ {
						id: codeId,
						...marks( 'code' ),
					} }
					value={ rule.code }
					onChange={ ( code ) =>
						onChange( { ...rule, code: String( code ?? '' ) } )
					}
				/>
			</span>
			<RuleButtons
				index={ index }
				last={ last }
				onMove={ onMove }
				onRemove={ onRemove }
			/>
		</li>
	);
}
