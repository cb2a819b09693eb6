import { useId, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Order } from '../../../../src/contracts/answers.ts';
import type { Settings } from '../../../../src/contracts/settings.ts';
import { useCommand } from '../../api/client.tsx';
import {
	CommandButton,
	Confirm,
	ErrorNotice,
	Link,
	Panel,
	notify,
	orderStateLabel,
} from '../../components/index.ts';
import type { Deed } from './bulk.ts';
import { orderName } from './columns.tsx';
import { DEEDS, deedLabel, deedText, whyNot } from './deeds.ts';

/** Every button beside what it will do, or why it makes no sense just now. */
export function ActionsPanel( {
	order,
	settings,
	onDone,
}: {
	readonly order: Order;
	/** Null while they are not known, or do not matter. */
	readonly settings: Settings | null;
	readonly onDone: () => void;
} ) {
	const { connection, orderId } = order;
	const [ asked, setAsked ] = useState< 'hold' | 'ignore' | null >( null );
	const push = useCommand( 'ordersPush' );
	const decide = useCommand( 'ordersDecide' );
	const busy = push.busy || decide.busy;
	const name = orderName( order );

	const runPush = async (): Promise< void > => {
		decide.reset();
		const answer = await push.run( { connection, orderIds: [ orderId ] } );
		onDone();
		if ( answer.ok ) {
			tellPushed( name, answer.value.results[ 0 ] );
		}
	};
	const runDecision = async (
		decision: Exclude< Deed, 'push' >
	): Promise< void > => {
		push.reset();
		const answer = await decide.run( {
			connection,
			orderIds: [ orderId ],
			decision,
		} );
		onDone();
		const result = answer.ok ? answer.value.results[ 0 ] : undefined;
		if ( ! answer.ok || result === undefined ) {
			return;
		}
		setAsked( null );
		if ( 'error' in result ) {
			notify( result.error.message, 'error' );
		} else {
			notify( stateText( name, result.state ) );
		}
	};
	const begin = ( deed: Deed ): void => {
		if ( deed === 'push' ) {
			void runPush();
		} else if ( deed === 'release' ) {
			void runDecision( deed );
		} else {
			setAsked( deed );
		}
	};
	return (
		<Panel title={ __( 'Actions', 'pearlbridge' ) }>
			<ErrorNotice error={ push.error } onDismiss={ push.reset } />
			{ asked === null && (
				<ErrorNotice
					error={ decide.error }
					onDismiss={ decide.reset }
				/>
			) }
			<ul className="pb-deeds">
				{ DEEDS.filter(
					// Only where there is something to release.
					( deed ) =>
						deed !== 'release' ||
						whyNot( deed, order, settings ) === null
				).map( ( deed ) => (
					<DeedLine
						key={ deed }
						deed={ deed }
						order={ order }
						settings={ settings }
						busy={ deed === 'push' ? push.busy : decide.busy }
						blocked={ busy }
						onClick={ () => begin( deed ) }
					/>
				) ) }
				<li>
					<Link
						className="components-button is-secondary is-compact"
						to={ {
							screen: 'orders',
							connection,
							rest: [ orderId, 'preview' ],
						} }
					>
						{ __( 'Preview', 'pearlbridge' ) }
					</Link>
					<span>
						{ __(
							'Shows what a push would send. Nothing is written.',
							'pearlbridge'
						) }
					</span>
				</li>
			</ul>
			{ asked !== null && (
				<Confirm
					title={
						asked === 'hold'
							? sprintf(
									/* translators: %s: order number */
									__( 'Hold order %s?', 'pearlbridge' ),
									name
								)
							: sprintf(
									/* translators: %s: order number */
									__( 'Ignore order %s?', 'pearlbridge' ),
									name
								)
					}
					action={ deedLabel( asked ) }
					busy={ decide.busy }
					error={ decide.error }
					onConfirm={ () => void runDecision( asked ) }
					onClose={ () => {
						decide.reset();
						setAsked( null );
					} }
				>
					<p>{ deedText( asked, order ) }</p>
					<p>
						{ __(
							'You can release it again at any time.',
							'pearlbridge'
						) }
					</p>
				</Confirm>
			) }
		</Panel>
	);
}

function DeedLine( {
	deed,
	order,
	settings,
	busy,
	blocked,
	onClick,
}: {
	readonly deed: Deed;
	readonly order: Order;
	readonly settings: Settings | null;
	readonly busy: boolean;
	readonly blocked: boolean;
	readonly onClick: () => void;
} ) {
	const id = useId();
	const reason = busy ? null : whyNot( deed, order, settings );
	return (
		<li>
			<CommandButton
				size="compact"
				variant={ deed === mainDeed( order ) ? 'primary' : 'secondary' }
				busy={ busy && ( deed === 'push' || ! blocked ) }
				disabled={ reason !== null || ( blocked && ! busy ) }
				describedBy={ id }
				onClick={ onClick }
			>
				{ deed === 'push' && order.salesOrderId === null
					? __( 'Push now', 'pearlbridge' )
					: deedLabel( deed ) }
			</CommandButton>
			<span id={ id }>{ reason ?? deedText( deed, order ) }</span>
		</li>
	);
}

/** Where there is a problem, the first thing to do is what its card says. */
function mainDeed( { state, problem }: Order ): Deed | null {
	return state === 'held' || state === 'ignored'
		? 'release'
		: problem === null
			? 'push'
			: null;
}

function stateText( name: string, state: Order[ 'state' ] ): string {
	return sprintf(
		/* translators: 1: order number, 2: state, such as Synced */
		__( 'Order %1$s: %2$s', 'pearlbridge' ),
		name,
		orderStateLabel( state ).text
	);
}

function tellPushed(
	name: string,
	result:
		| Order
		| {
				readonly orderId: number;
				readonly error: { readonly message: string };
		  }
		| undefined
): void {
	if ( result === undefined ) {
		return;
	}
	if ( 'error' in result ) {
		notify( result.error.message, 'error' );
		return;
	}
	if ( result.state === 'queued' || result.state === 'working' ) {
		notify(
			sprintf(
				/* translators: %s: order number */
				__(
					'Order %s is still being worked on. It goes on by itself.',
					'pearlbridge'
				),
				name
			),
			'info'
		);
		return;
	}
	notify(
		stateText( name, result.state ),
		orderStateLabel( result.state ).tone
	);
}
