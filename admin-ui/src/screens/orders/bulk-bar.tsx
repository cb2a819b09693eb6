import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import {
	CommandButton,
	Confirm,
	formatNumber,
} from '../../components/index.ts';
import type { Deed } from './bulk.ts';
import type { Matching } from './use-matching.ts';
import { DEEDS, bulkText, bulkTitle, deedLabel } from './deeds.ts';

interface More {
	readonly count: number;
	/** False = only so many at a time. */
	readonly all: boolean;
}

/** What can be done with the rows that were chosen; one question for all of them. */
export function BulkBar( {
	selected,
	more,
	onBegin,
	onClear,
}: {
	readonly selected: ReadonlySet< string >;
	/** The whole page is chosen, and there are more that fit the filters. */
	readonly more: ( Matching & More ) | null;
	readonly onBegin: ( deed: Deed ) => void;
	readonly onClear: () => void;
} ) {
	const [ asked, setAsked ] = useState< Deed | null >( null );
	const count = selected.size;
	return (
		<div
			className="pb-bulk"
			role="region"
			aria-label={ __( 'Selected orders', 'pearlbridge' ) }
		>
			<span className="pb-bulk__count" role="status">
				{ sprintf(
					/* translators: %s: number of orders */
					_n( '%s selected', '%s selected', count, 'pearlbridge' ),
					formatNumber( count )
				) }
			</span>
			{ more !== null && (
				<CommandButton
					size="compact"
					variant="link"
					busy={ more.busy }
					onClick={ more.ask }
				>
					{ moreText( more ) }
				</CommandButton>
			) }
			{ DEEDS.map( ( deed ) => (
				<CommandButton
					key={ deed }
					size="compact"
					onClick={ () => setAsked( deed ) }
				>
					{ deedLabel( deed ) }
				</CommandButton>
			) ) }
			<Button variant="tertiary" size="compact" onClick={ onClear }>
				{ __( 'Clear selection', 'pearlbridge' ) }
			</Button>
			{ asked !== null && (
				<Confirm
					title={ bulkTitle( asked, count ) }
					action={ deedLabel( asked ) }
					onConfirm={ () => {
						setAsked( null );
						onBegin( asked );
					} }
					onClose={ () => setAsked( null ) }
				>
					<p>{ bulkText( asked ) }</p>
				</Confirm>
			) }
		</div>
	);
}

function moreText( { count, all }: More ): string {
	return all
		? sprintf(
				/* translators: %s: number of orders */
				_n(
					'Select %s order that fits',
					'Select all %s that fit',
					count,
					'pearlbridge'
				),
				formatNumber( count )
			)
		: sprintf(
				/* translators: %s: number of orders */
				_n(
					'Select the first %s that fits',
					'Select the first %s that fit',
					count,
					'pearlbridge'
				),
				formatNumber( count )
			);
}
