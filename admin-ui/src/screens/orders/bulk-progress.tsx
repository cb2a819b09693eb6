import { useEffect, useRef } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import {
	CommandButton,
	ErrorNotice,
	Link,
	Progress,
	ToneIcon,
	announce,
	formatNumber,
} from '../../components/index.ts';
import { finishedOf, isOver, totalOf } from './bulk.ts';
import type { Bulk } from './bulk.ts';
import { bulkDoing } from './deeds.ts';
import type { BulkWork } from './use-bulk.ts';

/** So many faults are told one by one. */
const TOLD = 5;

export function BulkProgress( {
	work: { bulk, error, stop, leave },
	connection,
}: {
	readonly work: BulkWork;
	readonly connection: string;
} ) {
	const box = useRef< HTMLDivElement >( null );
	const over = bulk !== null && isOver( bulk );
	const begun = bulk?.orderIds ?? null;
	useEffect( () => {
		// The dialog that began it is gone, and so is the row of buttons.
		if ( begun !== null && document.activeElement === document.body ) {
			box.current?.focus( { preventScroll: true } );
		}
	}, [ begun ] );
	const text = bulk === null ? '' : progressText( bulk );
	useEffect( () => {
		if ( over ) {
			announce( text );
		}
	}, [ over, text ] );
	if ( bulk === null ) {
		return null;
	}
	return (
		<div className="pb-bulk-work" ref={ box } tabIndex={ -1 }>
			<ErrorNotice error={ error } />
			<div className="pb-bulk-work__line">
				{ over && (
					<ToneIcon
						tone={
							bulk.troubled.length + bulk.faults.length > 0
								? 'warning'
								: 'success'
						}
					/>
				) }
				<span>{ text }</span>
				{ bulk.unsent.size > 0 ? (
					<CommandButton
						size="compact"
						variant="tertiary"
						onClick={ stop }
					>
						{ __( 'Stop', 'pearlbridge' ) }
					</CommandButton>
				) : (
					<CommandButton
						size="compact"
						variant="tertiary"
						onClick={ leave }
					>
						{ over
							? __( 'Close', 'pearlbridge' )
							: __( 'Leave it running', 'pearlbridge' ) }
					</CommandButton>
				) }
			</div>
			{ ! over && (
				<Progress
					label={ bulkDoing( bulk.deed ) }
					value={ finishedOf( bulk ) }
					max={ totalOf( bulk ) }
				/>
			) }
			{ over && bulk.troubled.length > 0 && (
				<p>
					<Link
						to={ {
							screen: 'problems',
							connection,
						} }
					>
						{ __( 'See what is in the way', 'pearlbridge' ) }
					</Link>
				</p>
			) }
			{ over && bulk.faults.length > 0 && error === null && (
				<ul>
					{ bulk.faults
						.slice( 0, TOLD )
						.map( ( { orderId, message } ) => (
							<li key={ orderId }>
								{ orderId }: { message }
							</li>
						) ) }
				</ul>
			) }
		</div>
	);
}

function progressText( bulk: Bulk ): string {
	const total = formatNumber( totalOf( bulk ) );
	if ( ! isOver( bulk ) ) {
		return sprintf(
			/* translators: 1: what is done, such as "Pushing", 2: number of orders finished, 3: number of all orders */
			__( '%1$s: %2$s of %3$s', 'pearlbridge' ),
			bulkDoing( bulk.deed ),
			formatNumber( finishedOf( bulk ) ),
			total
		);
	}
	const parts = [
		sprintf(
			/* translators: 1: number of orders that went well, 2: number of all orders */
			__( '%1$s of %2$s done', 'pearlbridge' ),
			formatNumber( bulk.done ),
			total
		),
		...( bulk.troubled.length === 0
			? []
			: [
					sprintf(
						/* translators: %s: number of orders */
						_n(
							'%s has a problem',
							'%s have a problem',
							bulk.troubled.length,
							'pearlbridge'
						),
						formatNumber( bulk.troubled.length )
					),
				] ),
		...( bulk.faults.length === 0
			? []
			: [
					sprintf(
						/* translators: %s: number of orders */
						_n(
							'%s not begun',
							'%s not begun',
							bulk.faults.length,
							'pearlbridge'
						),
						formatNumber( bulk.faults.length )
					),
				] ),
	];
	return parts.join( ', ' );
}
