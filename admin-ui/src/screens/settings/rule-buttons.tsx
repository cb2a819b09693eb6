import { __, sprintf } from '@wordpress/i18n';
import { formatNumber } from '../../components/index.ts';

/** Up, down, away: for one rule of an ordered list. */
export function RuleButtons( {
	index,
	last,
	onMove,
	onRemove,
}: {
	readonly index: number;
	readonly last: number;
	readonly onMove: ( step: number ) => void;
	readonly onRemove: () => void;
} ) {
	const number = formatNumber( index + 1 );
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
	);
}
