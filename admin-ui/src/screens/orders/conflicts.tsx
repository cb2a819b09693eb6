/**
 * What shop and Brightpearl both changed since they last agreed: both values side by side, and a
 * person's word on which holds. Nothing of it is written before.
 */
import { useEffect, useId, useRef, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Order } from '../../../../src/contracts/answers.ts';
import { useCommand } from '../../api/client.tsx';
import {
	CommandButton,
	ErrorNotice,
	Panel,
	formatNumber,
	notify,
	orderStateLabel,
} from '../../components/index.ts';
import { orderName } from './columns.tsx';
import { conflictWords, storeCanHold } from './conflict-kind.ts';
import { ConflictQuestion } from './conflict-question.tsx';
import type { Side } from './conflict-text.ts';
import { conflictName, conflictValue } from './conflict-text.ts';

export function ConflictsPanel( {
	order,
	onDone,
}: {
	readonly order: Order;
	readonly onDone: () => void;
} ) {
	const id = useId();
	const [ asked, setAsked ] = useState< Side | null >( null );
	const resolve = useCommand( 'ordersResolve' );
	const count = order.conflicts.length;
	useFocusAfter( count );
	if ( count === 0 ) {
		return null;
	}
	const words = conflictWords( order );
	const working = order.state === 'working';
	const run = async ( side: Side ): Promise< void > => {
		const answer = await resolve.run( {
			connection: order.connection,
			orderIds: [ order.orderId ],
			side,
		} );
		onDone();
		const result = answer.ok ? answer.value.results[ 0 ] : undefined;
		if ( result === undefined ) {
			return;
		}
		setAsked( null );
		if ( 'error' in result ) {
			notify( result.error.message, 'error' );
		} else {
			notify(
				sprintf(
					/* translators: 1: order number, 2: whose values count, 3: state, such as Synced */
					__( 'Order %1$s: %2$s (%3$s)', 'pearlbridge' ),
					orderName( order ),
					side === 'store'
						? __( 'the shop’s values count', 'pearlbridge' )
						: __( 'Brightpearl’s values count', 'pearlbridge' ),
					orderStateLabel( result.state ).text
				)
			);
		}
	};
	return (
		<Panel
			id="pb-conflicts"
			title={ words.title }
			actions={
				<span className="pb-muted">
					{ sprintf(
						/* translators: %s: number of values that differ */
						_n(
							'%s value to decide',
							'%s values to decide',
							count,
							'pearlbridge'
						),
						formatNumber( count )
					) }
				</span>
			}
			flush
		>
			<p className="pb-conflicts__what">{ words.what }</p>
			<table className="pb-sides pb-conflicts">
				<caption className="pb-hidden">
					{ __( 'What differs, side by side', 'pearlbridge' ) }
				</caption>
				<colgroup>
					<col className="pb-sides__names" />
					<col />
					<col />
				</colgroup>
				<thead>
					<tr>
						<td />
						<th scope="col">{ __( 'Shop', 'pearlbridge' ) }</th>
						<th scope="col">
							{ __( 'Brightpearl', 'pearlbridge' ) }
						</th>
					</tr>
				</thead>
				<tbody>
					{ order.conflicts.map( ( conflict ) => (
						<tr key={ conflict.what }>
							<th scope="row">{ conflictName( conflict ) }</th>
							<td data-side={ __( 'Shop', 'pearlbridge' ) }>
								{ conflictValue( conflict.store ) }
							</td>
							<td
								data-side={ __( 'Brightpearl', 'pearlbridge' ) }
							>
								{ conflictValue( conflict.brightpearl ) }
							</td>
						</tr>
					) ) }
				</tbody>
			</table>
			<div className="pb-conflicts__choices">
				{ storeCanHold( order ) && (
					<CommandButton
						busy={ resolve.busy && asked === 'store' }
						disabled={ working || resolve.busy }
						describedBy={ id }
						onClick={ () => setAsked( 'store' ) }
					>
						{ words.keepStore }
					</CommandButton>
				) }
				<CommandButton
					busy={ resolve.busy && asked === 'brightpearl' }
					disabled={ working || resolve.busy }
					describedBy={ id }
					onClick={ () => setAsked( 'brightpearl' ) }
				>
					{ words.keepBrightpearl }
				</CommandButton>
				<p id={ id } className="pb-muted">
					{ working
						? __(
								'It is being worked on now; decide when that is over.',
								'pearlbridge'
							)
						: words.byHand }
				</p>
			</div>
			{ asked === null && (
				<div className="pb-conflicts__error">
					<ErrorNotice
						error={ resolve.error }
						onDismiss={ resolve.reset }
					/>
				</div>
			) }
			{ asked !== null && (
				<ConflictQuestion
					order={ order }
					side={ asked }
					busy={ resolve.busy }
					error={ resolve.error }
					onConfirm={ () => void run( asked ) }
					onClose={ () => {
						resolve.reset();
						setAsked( null );
					} }
				/>
			) }
		</Panel>
	);
}

/** Settled, the panel is gone, and so is the button that had the focus. */
function useFocusAfter( count: number ): void {
	const before = useRef( count );
	useEffect( () => {
		if (
			before.current > 0 &&
			count === 0 &&
			document.activeElement === document.body
		) {
			document
				.querySelector< HTMLElement >( '.pb-heading h1' )
				?.focus( { preventScroll: true } );
		}
		before.current = count;
	}, [ count ] );
}
