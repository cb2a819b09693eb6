import { Button } from '@wordpress/components';
import { useMemo, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { JournalEntry } from '../../../../src/contracts/answers.ts';
import { Panel, Time, Timeline, formatNumber } from '../../components/index.ts';
import { foldJournal } from './journal.ts';
import type { JournalItem } from './journal.ts';
import { outcomeText, outcomeTone, stepName } from './step-text.ts';

/** So many of the newest are shown at once. */
const SHOWN = 12;
/** Longer messages open on demand. */
const LONG = 140;

export function JournalPanel( {
	journal,
}: {
	readonly journal: readonly JournalEntry[];
} ) {
	const [ all, setAll ] = useState( false );
	const items = useMemo( () => foldJournal( journal ), [ journal ] );
	const shown = all ? items : items.slice( -SHOWN );
	const hidden = items.length - shown.length;
	return (
		<Panel title={ __( 'What was done', 'pearlbridge' ) }>
			{ items.length === 0 && (
				<p className="pb-muted">
					{ __( 'Nothing was written yet.', 'pearlbridge' ) }
				</p>
			) }
			{ hidden > 0 && (
				<Button
					className="pb-order__earlier"
					variant="link"
					onClick={ () => setAll( true ) }
				>
					{ sprintf(
						/* translators: %s: number of entries not shown yet */
						_n(
							'Show %s earlier entry',
							'Show %s earlier entries',
							hidden,
							'pearlbridge'
						),
						formatNumber( hidden )
					) }
				</Button>
			) }
			{ items.length > 0 && (
				<Timeline
					label={ __( 'What was done, oldest first', 'pearlbridge' ) }
					items={ shown.map( ( item ) => ( {
						key: item.key,
						at: item.at,
						tone: outcomeTone( item.outcome ),
						title: <Title item={ item } />,
						body: <Body item={ item } />,
					} ) ) }
				/>
			) }
		</Panel>
	);
}

function Title( { item }: { readonly item: JournalItem } ) {
	return (
		<>
			{ stepName( item.step ) }
			<span className="pb-journal__outcome">
				{ ` · ${ outcomeText( item.outcome ) }` }
			</span>
			{ item.tries > 1 && (
				<span className="pb-journal__tries">
					{ sprintf(
						/* translators: %s: how often something was tried */
						__( '%s times', 'pearlbridge' ),
						formatNumber( item.tries )
					) }
				</span>
			) }
		</>
	);
}

function Body( { item }: { readonly item: JournalItem } ) {
	const { message, ref, ruids, tries } = item;
	return (
		<div className="pb-journal__body">
			{ ref !== null && <span>{ ref }</span> }
			{ tries > 1 && (
				<span>
					{ __( 'first', 'pearlbridge' ) }{ ' ' }
					<Time at={ item.from } exact />
				</span>
			) }
			{ message !== null &&
				( message.length > LONG ? (
					<details>
						<summary>{ `${ message.slice( 0, LONG ) }…` }</summary>
						<p>{ message }</p>
					</details>
				) : (
					<span>{ message }</span>
				) ) }
			{ ruids.length > 0 && (
				<span className="pb-journal__ruid">
					{ __( 'Request at Brightpearl', 'pearlbridge' ) }{ ' ' }
					<code>{ ruids.at( -1 ) }</code>
				</span>
			) }
		</div>
	);
}
