/** One order: what is wrong first, then what can be done, what both systems have, what happened. */
import { useEffect, useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Order } from '../../../../src/contracts/answers.ts';
import type { FlowEvent } from '../../../../src/contracts/events.ts';
import { useOperation } from '../../api/client.tsx';
import {
	ErrorNotice,
	Facts,
	Link,
	Money,
	Panel,
	ScreenHeading,
	Skeleton,
	StateBadge,
	Time,
	announce,
	orderStateLabel,
	useNow,
} from '../../components/index.ts';
import type { Target } from '../../router/route.ts';
import { ActionsPanel } from './actions.tsx';
import { orderName } from './columns.tsx';
import { ComparePanel } from './compare.tsx';
import { ConflictsPanel } from './conflicts.tsx';
import { JournalPanel } from './journal-panel.tsx';
import { NotInLedger } from './not-in-ledger.tsx';
import { OrderProblems } from './order-problems.tsx';
import { ProofPanel } from './proof.tsx';
import { nextText } from './state-text.ts';
import { stepName } from './step-text.ts';
import { storeStatusText } from './store-status.ts';

export function OrderDetail( {
	connection,
	orderId,
	list,
}: {
	readonly connection: string;
	readonly orderId: number;
	readonly list: Target;
} ) {
	const { data, error, reload } = useOperation(
		'ordersShow',
		{ connection, orderId },
		{
			keep: false,
			refreshOn: ( event ) => concerns( event, connection, orderId ),
		}
	);
	const settings =
		useOperation(
			'settingsShow',
			data?.state === 'not-due' ? { connection } : null
		).data?.settings ?? null;
	const now = useNow();
	useStateAnnouncement( data );
	const missing = error?.code === 'unknown-order' && data === null;
	return (
		<div className="pb-order">
			<ScreenHeading
				title={ sprintf(
					/* translators: %s: order number */
					__( 'Order %s', 'pearlbridge' ),
					data === null ? String( orderId ) : orderName( data )
				) }
				back={
					<Link to={ list }>
						{ __( '← All orders', 'pearlbridge' ) }
					</Link>
				}
				meta={ data !== null && <StateBadge state={ data.state } /> }
			/>
			{ ! missing && <ErrorNotice error={ error } retry={ reload } /> }
			{ missing && (
				<NotInLedger
					connection={ connection }
					orderId={ orderId }
					onEntered={ reload }
				/>
			) }
			{ data === null && error === null && <Skeleton height="480px" /> }
			{ data !== null && (
				<div className="pb-stack">
					<OrderProblems
						connection={ connection }
						order={ data }
						onRetried={ reload }
					/>
					<ConflictsPanel order={ data } onDone={ reload } />
					<div className="pb-order__top">
						<Panel
							title={ __( 'What happens next', 'pearlbridge' ) }
						>
							<p className="pb-order__next">
								{ nextText( data, settings, now ) }
							</p>
							<OrderFacts order={ data } />
							<Pending order={ data } />
						</Panel>
						<ActionsPanel
							order={ data }
							settings={ settings }
							onDone={ reload }
						/>
					</div>
					<ComparePanel connection={ connection } order={ data } />
					<div className="pb-columns">
						<JournalPanel journal={ data.journal } />
						<ProofPanel order={ data } />
					</div>
				</div>
			) }
		</div>
	);
}

function concerns(
	event: FlowEvent,
	connection: string,
	orderId: number
): boolean {
	if ( event.connection !== connection ) {
		return false;
	}
	switch ( event.event ) {
		case 'order':
			return event.orderId === orderId;
		case 'problem':
			return (
				event.problem.subject === `order:${ orderId }` ||
				event.problem.subject.startsWith( 'connection:' )
			);
		case 'changed':
			return event.what === 'problems' || event.what === 'settings';
		default:
			return false;
	}
}

/** Who does not see the badge change is told. */
function useStateAnnouncement( order: Order | null ): void {
	const before = useRef< Order[ 'state' ] | null >( null );
	const state = order?.state ?? null;
	const name = order === null ? '' : orderName( order );
	useEffect( () => {
		if (
			state !== null &&
			before.current !== null &&
			state !== before.current
		) {
			announce(
				sprintf(
					/* translators: 1: order number, 2: state, such as Synced */
					__( 'Order %1$s: %2$s', 'pearlbridge' ),
					name,
					orderStateLabel( state ).text
				)
			);
		}
		before.current = state;
	}, [ state, name ] );
}

function OrderFacts( { order }: { readonly order: Order } ) {
	const waits =
		order.state === 'retrying' || order.state === 'queued'
			? order.nextAttemptAt
			: null;
	return (
		<Facts
			items={ [
				...( waits === null
					? []
					: [
							{
								label: __( 'Next try', 'pearlbridge' ),
								value: <Time at={ waits } />,
							},
						] ),
				...( order.attempts > 1
					? [
							{
								label: __( 'Tries so far', 'pearlbridge' ),
								value: String( order.attempts ),
							},
						]
					: [] ),
				{
					label: __( 'Placed', 'pearlbridge' ),
					value: <Time at={ order.placedAt } exact />,
				},
				{
					label: __( 'Shop status', 'pearlbridge' ),
					value:
						order.storeStatus === null
							? null
							: storeStatusText( order.storeStatus ),
				},
				{
					label: __( 'Total', 'pearlbridge' ),
					value: (
						<Money
							amount={ order.total }
							currency={ order.currency }
						/>
					),
				},
				{
					label: __( 'Sales order in Brightpearl', 'pearlbridge' ),
					value: order.salesOrderId,
				},
				...( order.number === String( order.orderId )
					? []
					: [
							{
								label: __(
									'Order id in the shop',
									'pearlbridge'
								),
								value: order.orderId,
							},
						] ),
			] }
		/>
	);
}

/** Steps that are still to be done. */
function Pending( { order: { pending } }: { readonly order: Order } ) {
	return pending.length === 0 ? null : (
		<div className="pb-order__pending">
			<h3>{ __( 'Still to be done', 'pearlbridge' ) }</h3>
			<ol>
				{ pending.map( ( { type, summary }, index ) => (
					<li key={ `${ index } ${ type }` }>
						<strong>{ stepName( type ) }</strong>
						<span>{ summary }</span>
					</li>
				) ) }
			</ol>
		</div>
	);
}
