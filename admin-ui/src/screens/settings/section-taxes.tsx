/** Taxes: rules in their order, and rules that could be added. */
import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { TaxRule } from '../../../../src/contracts/settings.ts';
import { announce, formatNumber } from '../../components/index.ts';
import { ChoiceSetting } from './controls.tsx';
import { Setting, useField, useForm } from './form.tsx';
import { Rule } from './tax-rule.tsx';
import { moved, withSuggestion } from './tax-rules.ts';
import { Suggestions } from './tax-suggestions.tsx';

const PATH = 'orders.tax';

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
			{ ( control ) => (
				<>
					<ol className="pb-rules" ref={ list }>
						{ rules.map( ( rule, index ) => (
							<Rule
								key={ index }
								rule={ rule }
								index={ index }
								last={ rules.length - 1 }
								classes={ classes }
								describedBy={ control[ 'aria-describedby' ] }
								invalid={ ( part ) =>
									faults.some(
										( { path } ) =>
											path ===
											`${ PATH }.${ index }.${ part }`
									)
								}
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
