import { __, _n, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { ORDER_STATES } from '../../../../src/contracts/answers.ts';
import {
	Badge,
	Facts,
	HealthBadge,
	Link,
	Meter,
	Nothing,
	Panel,
	RunBadge,
	Time,
	formatNumber,
	orderStateLabel,
} from '../../components/index.ts';
import { budgetTone } from './figures.ts';
import type { ConnectionStatus } from './figures.ts';

/** How one connection stands: its health and why, its orders, and when what ran last. */
export function ConnectionPanel( {
	connection,
}: {
	readonly connection: ConnectionStatus;
} ) {
	const { name, health, why, live } = connection;
	return (
		<Panel title={ name } actions={ <HealthBadge health={ health } /> }>
			{ why !== null && <p className="pb-why">{ why }</p> }
			{ ! live && (
				<p className="pb-why">
					{ __(
						'Not live yet: nothing is pushed by itself.',
						'pearlbridge'
					) }{ ' ' }
					<Link
						to={ {
							screen: 'settings',
							connection: name,
							query: { field: 'goLive' },
						} }
					>
						{ __( 'Go live', 'pearlbridge' ) }
					</Link>
				</p>
			) }
			<OrderStates connection={ connection } />
			<Facts
				items={ [
					{
						label: __( 'Last order', 'pearlbridge' ),
						value: <Time at={ connection.lastOrderAt } />,
					},
					{
						label: __( 'Last pushed', 'pearlbridge' ),
						value: <Time at={ connection.lastPushAt } />,
					},
					{
						label: __( 'Last sweep', 'pearlbridge' ),
						value: <Time at={ connection.sweep.at } />,
					},
					{
						label: __( 'Last stock pull', 'pearlbridge' ),
						value: <LastPull connection={ connection } />,
					},
					{
						label: __( 'Webhooks', 'pearlbridge' ),
						value: <Webhooks connection={ connection } />,
					},
					...( connection.token === null
						? []
						: [
								{
									label: __(
										'Access renewed',
										'pearlbridge'
									),
									value: (
										<Time
											at={ connection.token.expiresAt }
										/>
									),
								},
							] ),
				] }
			/>
			<Budget budget={ connection.budget } />
		</Panel>
	);
}

/** The states that hold orders, each a way to these orders. */
function OrderStates( {
	connection: { name, orders },
}: {
	readonly connection: ConnectionStatus;
} ) {
	const counted = ORDER_STATES.filter(
		( state ) => ( orders[ state ] ?? 0 ) > 0
	);
	return counted.length === 0 ? null : (
		<ul
			className="pb-states"
			aria-label={ __( 'Orders by state', 'pearlbridge' ) }
		>
			{ counted.map( ( state ) => {
				const { text, tone } = orderStateLabel( state );
				return (
					<li key={ state }>
						<Link
							to={ {
								screen: 'orders',
								connection: name,
								query: { state },
							} }
						>
							<Badge
								label={ {
									tone,
									text: `${ text } ${ formatNumber( orders[ state ] ?? 0 ) }`,
								} }
							/>
						</Link>
					</li>
				);
			} ) }
		</ul>
	);
}

function LastPull( {
	connection: { name, stock },
}: {
	readonly connection: ConnectionStatus;
} ): ReactNode {
	if ( stock.runId === null ) {
		return <Nothing />;
	}
	return (
		<span className="pb-row">
			<Link
				to={ {
					screen: 'stock',
					connection: name,
					rest: [ stock.runId ],
				} }
			>
				<Time at={ stock.at } />
			</Link>
			{ stock.state !== null && stock.state !== 'done' && (
				<RunBadge state={ stock.state } />
			) }
		</span>
	);
}

/** The service knows what it has heard, not how the shop keeps its webhooks. */
function Webhooks( {
	connection: { webhooks },
}: {
	readonly connection: ConnectionStatus;
} ): ReactNode {
	const last = webhooks.reduce< string | null >(
		( newest, { lastDeliveryAt } ) =>
			lastDeliveryAt !== null &&
			( newest === null || lastDeliveryAt > newest )
				? lastDeliveryAt
				: newest,
		null
	);
	return last === null ? (
		__( 'None heard yet; the sweep finds every order', 'pearlbridge' )
	) : (
		<span>
			{ __( 'Last delivery', 'pearlbridge' ) } <Time at={ last } />
		</span>
	);
}

/** Requests Brightpearl still allows in this minute; the pool may be shared with other apps. */
function Budget( {
	budget: { limit, remaining, refused },
}: {
	readonly budget: ConnectionStatus[ 'budget' ];
} ) {
	const label = __( 'Brightpearl API budget', 'pearlbridge' );
	if ( limit === null || remaining === null ) {
		return (
			<div className="pb-budget">
				<div className="pb-budget__text">
					<span className="pb-muted">{ label }</span>
					<span className="pb-muted">
						{ __( 'known after the first request', 'pearlbridge' ) }
					</span>
				</div>
				<div className="pb-meter" />
			</div>
		);
	}
	const text = sprintf(
		/* translators: 1: requests left, 2: requests allowed a minute */
		__( '%1$s of %2$s left this minute', 'pearlbridge' ),
		formatNumber( remaining ),
		formatNumber( limit )
	);
	return (
		<div className="pb-budget">
			<div className="pb-budget__text">
				<span className="pb-muted">{ label }</span>
				<span className="pb-number">{ text }</span>
			</div>
			<Meter
				label={ label }
				value={ remaining }
				max={ limit }
				text={ text }
				tone={ budgetTone( remaining, limit ) }
			/>
			{ refused > 0 && (
				<p className="pb-muted">
					{ sprintf(
						/* translators: %s: number of requests */
						_n(
							'%s request was refused as too many since the start.',
							'%s requests were refused as too many since the start.',
							refused,
							'pearlbridge'
						),
						formatNumber( refused )
					) }
				</p>
			) }
		</div>
	);
}
