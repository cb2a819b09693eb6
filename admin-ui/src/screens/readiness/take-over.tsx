/** The proposals that were chosen: shown once more, then saved to settings and aliases. */
import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import {
	CommandButton,
	Confirm,
	Note,
	announce,
	formatNumber,
	notify,
} from '../../components/index.ts';
import { fieldOf, labelOf } from '../settings/fields.ts';
import { clashing, isAlias } from './proposals.ts';
import type { Proposed } from './proposals.ts';
import { useTakeOver } from './use-take-over.ts';

/** So many are listed before they are saved. */
const LISTED = 30;

export function TakeOver( {
	connection,
	chosen,
	onClear,
	onDone,
}: {
	readonly connection: string;
	readonly chosen: readonly Proposed[];
	readonly onClear: () => void;
	readonly onDone: () => void;
} ) {
	const [ asking, setAsking ] = useState( false );
	const { busy, error, run, reset } = useTakeOver( connection );
	const count = chosen.length;
	const clashes = clashing( chosen );
	const go = async (): Promise< void > => {
		if ( await run( chosen ) ) {
			setAsking( false );
			notify(
				sprintf(
					/* translators: %s: number of proposals */
					_n(
						'%s proposal was taken over. Orders that waited for it are looked at again.',
						'%s proposals were taken over. Orders that waited for them are looked at again.',
						count,
						'pearlbridge'
					),
					formatNumber( count )
				)
			);
			document
				.querySelector< HTMLElement >( '.pb-heading h1' )
				?.focus( { preventScroll: true } );
			onDone();
		}
	};
	return (
		<div
			className="pb-bulk"
			role="region"
			aria-label={ __( 'Chosen proposals', 'pearlbridge' ) }
		>
			<span className="pb-bulk__count" role="status">
				{ sprintf(
					/* translators: %s: number of proposals */
					_n(
						'%s proposal chosen',
						'%s proposals chosen',
						count,
						'pearlbridge'
					),
					formatNumber( count )
				) }
			</span>
			<CommandButton
				size="compact"
				variant="primary"
				onClick={ () => setAsking( true ) }
			>
				{ __( 'Take over…', 'pearlbridge' ) }
			</CommandButton>
			<Button
				variant="tertiary"
				size="compact"
				onClick={ () => {
					onClear();
					announce( __( 'No proposal is chosen.', 'pearlbridge' ) );
				} }
			>
				{ __( 'Clear selection', 'pearlbridge' ) }
			</Button>
			{ asking && (
				<Confirm
					title={ sprintf(
						/* translators: %s: number of proposals */
						_n(
							'Take over %s proposal?',
							'Take over %s proposals?',
							count,
							'pearlbridge'
						),
						formatNumber( count )
					) }
					action={ __( 'Take over', 'pearlbridge' ) }
					busy={ busy }
					disabled={ clashes.length > 0 }
					error={ error }
					onConfirm={ () => void go() }
					onClose={ () => {
						reset();
						setAsking( false );
					} }
				>
					{ clashes.length > 0 && (
						<Note status="warning">
							{ sprintf(
								/* translators: %s: names of settings or SKUs */
								__(
									'Only one proposal can hold for each of these: %s. Choose one.',
									'pearlbridge'
								),
								clashes.map( clashName ).join( ', ' )
							) }
						</Note>
					) }
					<p>
						{ __(
							'They are guesses: look at them once more. Nothing else is changed.',
							'pearlbridge'
						) }
					</p>
					<ul className="pb-conflicts__list">
						{ chosen.slice( 0, LISTED ).map( ( item, index ) => (
							<li key={ index }>{ proposalText( item ) }</li>
						) ) }
						{ count > LISTED && (
							<li>
								{ sprintf(
									/* translators: %s: number of proposals not listed */
									__( '… and %s more', 'pearlbridge' ),
									formatNumber( count - LISTED )
								) }
							</li>
						) }
					</ul>
				</Confirm>
			) }
		</div>
	);
}

/** A SKU has no setting of its own. */
function clashName( what: string ): string {
	return what.startsWith( 'orders.' ) ? labelOf( what ) : what;
}

function proposalText( item: Proposed ): string {
	const { key, label } = item.proposal;
	return isAlias( item )
		? sprintf(
				/* translators: 1: SKU of the shop, 2: SKU of Brightpearl */
				__( 'SKU %1$s is %2$s in Brightpearl', 'pearlbridge' ),
				item.store,
				label
			)
		: sprintf(
				/* translators: 1: name of a setting, 2: what the shop has, such as a payment method, 3: what it becomes in Brightpearl */
				__( '%1$s: %2$s becomes %3$s', 'pearlbridge' ),
				fieldOf( key )?.label() ?? key,
				item.name ?? item.store,
				label
			);
}
