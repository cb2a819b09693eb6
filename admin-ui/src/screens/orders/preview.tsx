/** The dry run of one order: the steps, the exact order row by row, and its raw text. */
import { useEffect } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Order } from '../../../../src/contracts/answers.ts';
import { useCommand } from '../../api/client.tsx';
import { apiError } from '../../api/errors.ts';
import {
	CommandButton,
	ErrorNotice,
	Link,
	Note,
	Panel,
	ScreenHeading,
	Skeleton,
	announce,
} from '../../components/index.ts';
import { PlannedOrderPanel } from './planned-order-panel.tsx';
import { ProblemCard } from './problem-card.tsx';
import { stepName } from './step-text.ts';

export function OrderPreview( {
	connection,
	orderId,
}: {
	readonly connection: string;
	readonly orderId: number;
} ) {
	const { run, busy, error, value } = useCommand( 'ordersPush' );
	const look = async (): Promise< void > => {
		const answer = await run( {
			connection,
			orderIds: [ orderId ],
			dryRun: true,
		} );
		if ( answer.ok ) {
			announce( __( 'The preview is ready.', 'pearlbridge' ) );
		}
	};
	useEffect( () => {
		void run( { connection, orderIds: [ orderId ], dryRun: true } );
	}, [ run, connection, orderId ] );
	const [ result ] = value?.results ?? [];
	const refused =
		result !== undefined && 'error' in result
			? apiError( result.error.code, result.error.message, {
					fix: result.error.fix,
				} )
			: null;
	const order =
		result !== undefined && ! ( 'error' in result ) ? result : null;
	return (
		<div className="pb-order">
			<ScreenHeading
				title={ sprintf(
					/* translators: %s: order number */
					__( 'Preview of order %s', 'pearlbridge' ),
					order?.number ?? String( orderId )
				) }
				back={
					<Link
						to={ {
							screen: 'orders',
							connection,
							rest: [ orderId ],
						} }
					>
						{ __( '← The order', 'pearlbridge' ) }
					</Link>
				}
			>
				<CommandButton busy={ busy } onClick={ () => void look() }>
					{ __( 'Preview again', 'pearlbridge' ) }
				</CommandButton>
			</ScreenHeading>
			<ErrorNotice
				error={ error ?? refused }
				retry={ busy ? undefined : () => void look() }
			/>
			{ order === null && error === null && refused === null && (
				<Skeleton height="420px" />
			) }
			{ order !== null && (
				<div className="pb-stack">
					{ order.plan === null && order.problem !== null ? (
						<ProblemCard
							problem={ order.problem }
							onRetried={ null }
						/>
					) : (
						<Note>
							{ __(
								'This is what a push would do now. Nothing was sent to Brightpearl.',
								'pearlbridge'
							) }
						</Note>
					) }
					{ order.plan !== null && (
						<Plan order={ order } plan={ order.plan } />
					) }
				</div>
			) }
		</div>
	);
}

function Plan( {
	order,
	plan,
}: {
	readonly order: Order;
	readonly plan: NonNullable< Order[ 'plan' ] >;
} ) {
	return (
		<>
			<Panel title={ __( 'Steps', 'pearlbridge' ) }>
				{ plan.steps.length === 0 ? (
					<p className="pb-muted">
						{ __( 'Nothing is left to do.', 'pearlbridge' ) }
					</p>
				) : (
					<ol className="pb-plan">
						{ plan.steps.map( ( { type, summary }, index ) => (
							<li key={ `${ index } ${ type }` }>
								<strong>{ stepName( type ) }</strong>
								<span>{ summary }</span>
							</li>
						) ) }
					</ol>
				) }
			</Panel>
			{ plan.salesOrder === null ? (
				<Note>
					{ order.salesOrderId === null
						? __(
								'No sales order is to be created.',
								'pearlbridge'
							)
						: sprintf(
								/* translators: %s: id of a sales order */
								__(
									'Sales order %s exists already; none is created.',
									'pearlbridge'
								),
								String( order.salesOrderId )
							) }
				</Note>
			) : (
				<PlannedOrderPanel
					body={ plan.salesOrder }
					totals={ plan.totals }
					exists={ order.salesOrderId }
				/>
			) }
		</>
	);
}
