/** Taxes: rules in their order, and rules that could be added. */
import { __ } from '@wordpress/i18n';
import type { TaxRule } from '../../../../src/contracts/settings.ts';
import { ChoiceSetting } from './controls.tsx';
import { Setting, useForm } from './form.tsx';
import { Rule } from './tax-rule.tsx';
import { withSuggestion } from './tax-rules.ts';
import { Suggestions } from './tax-suggestions.tsx';
import { useRules } from './use-rules.ts';

const PATH = 'orders.tax';
const ADD = 'pb-add-rule';

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
	const { rules, list, set, change, move, remove, add } = useRules< TaxRule >(
		PATH,
		ADD
	);
	const { choices, faults } = useForm();
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
							id={ ADD }
							type="button"
							className="components-button is-secondary is-compact"
							onClick={ () => add( { percent: '', code: '' } ) }
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
