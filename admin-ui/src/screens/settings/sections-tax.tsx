/** Taxes: rules in their order, and rules that could be added. */
import { useEffect, useId, useRef, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { TaxRule } from '../../../../src/contracts/settings.ts';
import {
	CommandButton,
	announce,
	formatNumber,
} from '../../components/index.ts';
import { Select, TextInput } from '../../components/form/inputs.tsx';
import { Choice, ChoiceSetting } from './controls.tsx';
import { Setting, useField, useForm } from './form.tsx';
import { withCurrent } from './options.ts';
import { moved, suggestTaxRules, withSuggestion } from './tax-rules.ts';
import type { ShopRate, TaxSuggestion } from './tax-rules.ts';

const PATH = 'orders.tax';

type Condition = Exclude< keyof TaxRule, 'code' >;

export function TaxSection() {
	return (
		<>
			<Rules />
			<ChoiceSetting
				path="orders.taxDefault"
				list="taxCodes"
				numeric={ false }
				none={ __( 'None: wait as a problem', 'pearlbridge' ) }
			/>
		</>
	);
}

function Rules() {
	const { value, set } = useField( PATH );
	const { choices, faults } = useForm();
	const rules = ( Array.isArray( value ) ? value : [] ) as readonly TaxRule[];
	const list = useRef< HTMLOListElement >( null );
	// Where the focus goes once the rules are drawn again.
	const [ focus, setFocus ] = useState< {
		readonly index: number;
		readonly what: string;
	} | null >( null );
	useEffect( () => {
		if ( focus !== null ) {
			const rule = list.current?.children[ focus.index ];
			const wanted = rule?.querySelector< HTMLElement >(
				`[data-what="${ focus.what }"]:not([aria-disabled="true"])`
			);
			(
				wanted ??
				rule?.querySelector< HTMLElement >( 'input, select, button' ) ??
				document.getElementById( 'pb-add-rule' )
			)?.focus();
			setFocus( null );
		}
	}, [ focus ] );
	const change = ( index: number, rule: TaxRule ): void =>
		set( rules.map( ( one, at ) => ( at === index ? rule : one ) ) );
	const move = ( index: number, step: number ): void => {
		const next = moved( rules, index, step );
		if ( next !== rules ) {
			set( next );
			setFocus( {
				index: index + step,
				what: step < 0 ? 'up' : 'down',
			} );
			announce(
				sprintf(
					/* translators: 1: new place of the rule, 2: number of rules */
					__( 'Rule %1$s of %2$s now', 'pearlbridge' ),
					formatNumber( index + step + 1 ),
					formatNumber( rules.length )
				)
			);
		}
	};
	const remove = ( index: number ): void => {
		set( rules.filter( ( _, at ) => at !== index ) );
		setFocus( { index: Math.max( 0, index - 1 ), what: 'remove' } );
		announce( __( 'The rule was removed.', 'pearlbridge' ) );
	};
	const classes = [
		...new Set( [
			'standard',
			...( choices.data?.store?.taxRates ?? [] ).map(
				( rate ) => rate.class
			),
		] ),
	].filter( ( name ) => name !== '' );
	return (
		<Setting path={ PATH } group wide>
			{ () => (
				<>
					<ol className="pb-rules" ref={ list }>
						{ rules.map( ( rule, index ) => (
							<Rule
								key={ index }
								rule={ rule }
								index={ index }
								last={ rules.length - 1 }
								classes={ classes }
								invalid={ faults.some( ( { path } ) =>
									path.startsWith( `${ PATH }.${ index }.` )
								) }
								onChange={ ( next ) => change( index, next ) }
								onMove={ ( step ) => move( index, step ) }
								onRemove={ () => remove( index ) }
							/>
						) ) }
					</ol>
					{ rules.length === 0 && (
						<p className="pb-muted">
							{ __( 'There is no rule yet.', 'pearlbridge' ) }
						</p>
					) }
					<div className="pb-row">
						<button
							id="pb-add-rule"
							type="button"
							className="components-button is-secondary is-compact"
							onClick={ () => {
								set( [ ...rules, { percent: '', code: '' } ] );
								setFocus( {
									index: rules.length,
									what: 'percent',
								} );
							} }
						>
							{ __( 'Add a rule', 'pearlbridge' ) }
						</button>
					</div>
					<Suggestions
						rules={ rules }
						onAdd={ ( suggestion, code ) =>
							set( withSuggestion( rules, suggestion, code ) )
						}
					/>
				</>
			) }
		</Setting>
	);
}

function Rule( {
	rule,
	index,
	last,
	classes,
	invalid,
	onChange,
	onMove,
	onRemove,
}: {
	readonly rule: TaxRule;
	readonly index: number;
	readonly last: number;
	readonly classes: readonly string[];
	readonly invalid: boolean;
	readonly onChange: ( rule: TaxRule ) => void;
	readonly onMove: ( step: number ) => void;
	readonly onRemove: () => void;
} ) {
	const codeId = useId();
	const number = formatNumber( index + 1 );
	const put = ( name: Condition, text: string ): void => {
		const { [ name ]: _, ...rest } = rule;
		onChange( text === '' ? rest : { ...rest, [ name ]: text } );
	};
	const text = ( name: Condition, label: string, placeholder: string ) => (
		<label>
			{ label }
			<TextInput
				placeholder={ placeholder }
				value={ rule[ name ] ?? '' }
				onChange={ ( typed ) => put( name, typed ) }
			/>
		</label>
	);
	const any = __( 'any', 'pearlbridge' );
	const buttons = [
		{
			what: 'up',
			sign: '↑',
			/* translators: %s: number of the rule */
			label: __( 'Move rule %s up', 'pearlbridge' ),
			off: index === 0,
			run: () => onMove( -1 ),
		},
		{
			what: 'down',
			sign: '↓',
			/* translators: %s: number of the rule */
			label: __( 'Move rule %s down', 'pearlbridge' ),
			off: index === last,
			run: () => onMove( 1 ),
		},
		{
			what: 'remove',
			sign: '✕',
			/* translators: %s: number of the rule */
			label: __( 'Remove rule %s', 'pearlbridge' ),
			off: false,
			run: onRemove,
		},
	];
	return (
		<li data-field={ `${ PATH }.${ index }` }>
			<span className="pb-rules__number">{ number }.</span>
			<label>
				{ __( 'Percent', 'pearlbridge' ) }
				<TextInput
					inputMode="decimal"
					placeholder={ any }
					aria-invalid={ invalid ? true : undefined }
					value={ rule.percent ?? '' }
					onChange={ ( typed ) => put( 'percent', typed ) }
				/>
			</label>
			<label>
				{ __( 'Tax class', 'pearlbridge' ) }
				<Select
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
						'aria-describedby': undefined,
						'aria-invalid': invalid ? true : undefined,
					} }
					value={ rule.code }
					onChange={ ( code ) =>
						onChange( { ...rule, code: String( code ?? '' ) } )
					}
				/>
			</span>
			<span className="pb-rules__buttons">
				{ buttons.map( ( { what, sign, label, off, run } ) => (
					<button
						key={ what }
						type="button"
						data-what={ what }
						className="components-button is-tertiary is-compact"
						aria-label={ sprintf( label, number ) }
						aria-disabled={ off }
						onClick={ () => {
							if ( ! off ) {
								run();
							}
						} }
					>
						<span aria-hidden="true">{ sign }</span>
					</button>
				) ) }
			</span>
		</li>
	);
}

function Suggestions( {
	rules,
	onAdd,
}: {
	readonly rules: readonly TaxRule[];
	readonly onAdd: ( suggestion: TaxSuggestion, code: string ) => void;
} ) {
	const { choices } = useForm();
	const heading = useRef< HTMLParagraphElement >( null );
	const rates = choices.data?.store?.taxRates;
	const codes = choices.data?.brightpearl?.taxCodes;
	if ( rates === undefined || codes === undefined || rates.length === 0 ) {
		return null;
	}
	const { suggestions, without } = suggestTaxRules( rates, codes, rules );
	if ( suggestions.length === 0 && without.length === 0 ) {
		return (
			<p className="pb-muted">
				{ __( 'Each tax rate of the shop has a rule.', 'pearlbridge' ) }
			</p>
		);
	}
	return (
		<div className="pb-suggestions">
			<p ref={ heading } tabIndex={ -1 }>
				<strong>
					{ __(
						'Tax rates of the shop without a rule',
						'pearlbridge'
					) }
				</strong>
			</p>
			{ suggestions.length > 0 && (
				<ul>
					{ suggestions.map( ( suggestion ) => (
						<li key={ JSON.stringify( suggestion.rule ) }>
							<span>
								<strong>{ ruleName( suggestion.rule ) }</strong>{ ' ' }
								<span className="pb-muted">
									{ rateNames( suggestion.rates ) }
								</span>
							</span>
							<span className="pb-row">
								{ suggestion.codes.map( ( code ) => (
									<CommandButton
										key={ code }
										size="compact"
										label={ sprintf(
											/* translators: 1: Brightpearl's tax code, 2: tax rate; begins with what the button says */
											__(
												'Add as %1$s: %2$s',
												'pearlbridge'
											),
											code,
											ruleName( suggestion.rule )
										) }
										onClick={ () => {
											onAdd( suggestion, code );
											announce(
												sprintf(
													/* translators: 1: tax rate, 2: Brightpearl's tax code */
													__(
														'Added: %1$s is %2$s. It counts once you save.',
														'pearlbridge'
													),
													ruleName( suggestion.rule ),
													code
												)
											);
											// The button goes; reading goes on where it was.
											heading.current?.focus( {
												preventScroll: true,
											} );
										} }
									>
										{ sprintf(
											/* translators: %s: Brightpearl's tax code */
											__( 'Add as %s', 'pearlbridge' ),
											code
										) }
									</CommandButton>
								) ) }
							</span>
						</li>
					) ) }
				</ul>
			) }
			{ without.length > 0 && (
				<p className="pb-muted">
					{ sprintf(
						/* translators: 1: number of tax rates, 2: their names */
						_n(
							'%1$s rate has no tax code of its percentage in Brightpearl: %2$s',
							'%1$s rates have no tax code of their percentage in Brightpearl: %2$s',
							without.length,
							'pearlbridge'
						),
						formatNumber( without.length ),
						rateNames( without, true )
					) }
				</p>
			) }
		</div>
	);
}

function ruleName( { percent, country }: TaxSuggestion[ 'rule' ] ): string {
	return country === undefined
		? `${ percent } %`
		: sprintf(
				/* translators: 1: percent, 2: country code */
				__( '%1$s %% in %2$s', 'pearlbridge' ),
				percent ?? '',
				country
			);
}

const SHOWN = 8;

function rateNames( rates: readonly ShopRate[], percents = false ): string {
	const names = [
		...new Set(
			rates.map( ( { percent, country, state, label } ) =>
				[
					...( percents ? [ `${ percent } %` ] : [] ),
					label,
					[ country, state ].filter( Boolean ).join( '/' ),
				]
					.filter( Boolean )
					.join( ' ' )
			)
		),
	];
	return names.length > SHOWN
		? `${ names.slice( 0, SHOWN ).join( ', ' ) } …`
		: names.join( ', ' );
}
