/** Orders that go elsewhere, or stay in the shop: rules in their order. */
import { __ } from '@wordpress/i18n';
import { Setting, useForm } from './form.tsx';
import { OrderRuleItem } from './order-rule.tsx';
import type { DraftRule } from './order-rules.ts';
import { useRules } from './use-rules.ts';

const PATH = 'orders.rules';
const ADD = 'pb-add-order-rule';

export function RulesSection() {
	const { rules, list, change, move, remove, add } = useRules< DraftRule >(
		PATH,
		ADD
	);
	const { faults } = useForm();
	return (
		<Setting path={ PATH } group wide>
			{ ( control ) => (
				<>
					<ol className="pb-rules pb-rules--orders" ref={ list }>
						{ rules.map( ( rule, index ) => (
							<OrderRuleItem
								key={ index }
								rule={ rule }
								index={ index }
								last={ rules.length - 1 }
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
							{ __(
								'No rule: all orders go where the settings above say.',
								'pearlbridge'
							) }
						</p>
					) }
					<div className="pb-row">
						<button
							id={ ADD }
							type="button"
							className="components-button is-secondary is-compact"
							onClick={ () => add( {} ) }
						>
							{ __( 'Add a rule', 'pearlbridge' ) }
						</button>
					</div>
				</>
			) }
		</Setting>
	);
}
