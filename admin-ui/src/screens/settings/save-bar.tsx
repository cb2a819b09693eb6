import { __, _n, sprintf } from '@wordpress/i18n';
import { CommandButton, formatNumber } from '../../components/index.ts';
import { showConflict } from './conflict.tsx';
import { labelOf } from './fields.ts';

const NAMED = 3;

/** Stands only while something is unsaved. */
export function SaveBar( {
	changed,
	busy,
	blocked,
	onSave,
	onDiscard,
}: {
	readonly changed: readonly string[];
	readonly busy: boolean;
	/** Somebody else's change has to be looked at first. */
	readonly blocked: boolean;
	readonly onSave: () => void;
	readonly onDiscard: () => void;
} ) {
	if ( changed.length === 0 && ! busy ) {
		return null;
	}
	const names = changed.slice( 0, NAMED ).map( labelOf ).join( ', ' );
	return (
		<div
			className="pb-savebar"
			role="region"
			aria-label={ __( 'Unsaved changes', 'pearlbridge' ) }
		>
			<div className="pb-savebar__text">
				<strong role="status">
					{ sprintf(
						/* translators: %s: number of settings */
						_n(
							'%s unsaved change',
							'%s unsaved changes',
							changed.length,
							'pearlbridge'
						),
						formatNumber( changed.length )
					) }
				</strong>{ ' ' }
				{ blocked ? (
					<CommandButton variant="link" onClick={ showConflict }>
						{ __(
							'First look at what was changed meanwhile',
							'pearlbridge'
						) }
					</CommandButton>
				) : (
					<span className="pb-muted">
						{ names + ( changed.length > NAMED ? ' …' : '' ) }
					</span>
				) }
			</div>
			<div className="pb-savebar__buttons">
				<CommandButton
					variant="tertiary"
					disabled={ busy }
					onClick={ onDiscard }
				>
					{ __( 'Discard', 'pearlbridge' ) }
				</CommandButton>
				<CommandButton
					variant="primary"
					busy={ busy }
					disabled={ blocked }
					onClick={ onSave }
				>
					{ __( 'Save', 'pearlbridge' ) }
				</CommandButton>
			</div>
		</div>
	);
}
