import { Fragment, useRef } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { TaxRule } from '../../../../src/contracts/settings.ts';
import {
	CommandButton,
	announce,
	formatNumber,
} from '../../components/index.ts';
import { useForm } from './form.tsx';
import { isCovered, suggestTaxRules } from './tax-rules.ts';
import type { ShopRate, TaxSuggestion } from './tax-rules.ts';

/** The shop's rates that no rule settles; nothing is added but by a click. */
export function Suggestions( {
	rules,
	onAdd,
}: {
	readonly rules: readonly TaxRule[];
	readonly onAdd: ( suggestion: TaxSuggestion, code: string ) => void;
} ) {
	const { choices } = useForm();
	const block = useRef< HTMLDivElement >( null );
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
	const lists = [
		{
			title: __( 'Tax rates of the shop without a rule', 'pearlbridge' ),
			items: suggestions.filter( ( one ) => ! isCovered( one, rules ) ),
		},
		{
			title: __( 'Rates with a more exact code', 'pearlbridge' ),
			items: suggestions.filter( ( one ) => isCovered( one, rules ) ),
		},
	].filter( ( { items } ) => items.length > 0 );
	return (
		<div
			className="pb-suggestions"
			ref={ block }
			tabIndex={ -1 }
			role="group"
			aria-label={ __( 'Suggested tax rules', 'pearlbridge' ) }
		>
			{ lists.map( ( { title, items } ) => (
				<Fragment key={ title }>
					<p>
						<strong>{ title }</strong>
					</p>
					<ul>
						{ items.map( ( suggestion ) => (
							<SuggestedRule
								key={ JSON.stringify( suggestion.rule ) }
								suggestion={ suggestion }
								onAdd={ ( code ) => {
									onAdd( suggestion, code );
									// The button goes; reading goes on where it was.
									block.current?.focus( {
										preventScroll: true,
									} );
								} }
							/>
						) ) }
					</ul>
				</Fragment>
			) ) }
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

function SuggestedRule( {
	suggestion: { rule, codes, rates },
	onAdd,
}: {
	readonly suggestion: TaxSuggestion;
	readonly onAdd: ( code: string ) => void;
} ) {
	return (
		<li>
			<span>
				<strong>{ ruleName( rule ) }</strong>{ ' ' }
				<span className="pb-muted">{ rateNames( rates ) }</span>
			</span>
			<span className="pb-row">
				{ codes.map( ( code ) => (
					<CommandButton
						key={ code }
						size="compact"
						label={ sprintf(
							/* translators: 1: Brightpearl's tax code, 2: tax rate; begins with what the button says */
							__( 'Add as %1$s: %2$s', 'pearlbridge' ),
							code,
							ruleName( rule )
						) }
						onClick={ () => {
							onAdd( code );
							announce(
								sprintf(
									/* translators: 1: tax rate, 2: Brightpearl's tax code */
									__(
										'Added: %1$s is %2$s. It counts once you save.',
										'pearlbridge'
									),
									ruleName( rule ),
									code
								)
							);
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
