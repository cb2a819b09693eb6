import { __, sprintf } from '@wordpress/i18n';
import { useCommand } from '../../api/client.tsx';
import {
	CommandButton,
	Empty,
	ErrorNotice,
	Link,
	notify,
} from '../../components/index.ts';
import { apiError } from '../../api/errors.ts';
import type { ApiError } from '../../host.ts';

/** An order nobody told us of, or placed before go-live; perhaps no order at all. */
export function NotInLedger( {
	connection,
	orderId,
	onEntered,
}: {
	readonly connection: string;
	readonly orderId: number;
	readonly onEntered: () => void;
} ) {
	const push = useCommand( 'ordersPush' );
	const [ result ] = push.value?.results ?? [];
	const refused: ApiError | null =
		result !== undefined && 'error' in result
			? apiError( result.error.code, result.error.message, {
					fix: result.error.fix,
				} )
			: null;
	const run = async (): Promise< void > => {
		const answer = await push.run( { connection, orderIds: [ orderId ] } );
		const first = answer.ok ? answer.value.results[ 0 ] : undefined;
		if ( first !== undefined && ! ( 'error' in first ) ) {
			notify(
				sprintf(
					/* translators: %s: order id */
					__( 'Order %s is in the ledger now.', 'pearlbridge' ),
					String( orderId )
				)
			);
			onEntered();
		}
	};
	return (
		<>
			<ErrorNotice
				error={ push.error ?? refused }
				onDismiss={ push.reset }
			/>
			<Empty
				title={ sprintf(
					/* translators: %s: order id */
					__( 'Order %s is not in the ledger', 'pearlbridge' ),
					String( orderId )
				) }
				action={
					<div className="pb-row">
						<CommandButton
							variant="primary"
							busy={ push.busy }
							onClick={ () => void run() }
						>
							{ __( 'Push now', 'pearlbridge' ) }
						</CommandButton>
						<Link
							className="components-button is-secondary is-next-40px-default-size"
							to={ {
								screen: 'orders',
								connection,
								rest: [ orderId, 'preview' ],
							} }
						>
							{ __( 'Preview', 'pearlbridge' ) }
						</Link>
					</div>
				}
			>
				{ __(
					'Pearlbridge has not dealt with it: it may have been placed before go-live, or the shop has no order with this id. If the shop has it, push it: it is read from the shop and created in Brightpearl, once.',
					'pearlbridge'
				) }
			</Empty>
		</>
	);
}
