import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import {
	CommandButton,
	Confirm,
	formatNumber,
} from '../../components/index.ts';
import type { Deed } from './bulk.ts';
import { DEEDS, bulkText, bulkTitle, deedLabel } from './deeds.ts';

/** What can be done with the rows that were chosen; one question for all of them. */
export function BulkBar( {
	selected,
	onBegin,
	onClear,
}: {
	readonly selected: ReadonlySet< string >;
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
