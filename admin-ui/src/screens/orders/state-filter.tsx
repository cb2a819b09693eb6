import { __ } from '@wordpress/i18n';
import { ORDER_STATES } from '../../../../src/contracts/answers.ts';
import type { OrderState } from '../../../../src/contracts/answers.ts';
import { Link, formatNumber, orderStateLabel } from '../../components/index.ts';
import { queryFromView, withFilter } from '../../router/view.ts';
import type { View } from '../../router/view.ts';
import { useStatus } from '../../status.tsx';
import { stateOf } from './filters.ts';

/** What needs somebody stands first. All are there all the time: a queue that empties must not move them. */
const ORDER: readonly OrderState[] = [
	'problem',
	'retrying',
	'held',
	'queued',
	'working',
	'synced',
	'not-due',
	'ignored',
];

export function StateFilter( {
	connection,
	view,
}: {
	readonly connection: string;
	readonly view: View;
} ) {
	const { data } = useStatus();
	const counts = data?.connections.find(
		( { name } ) => name === connection
	)?.orders;
	const current = stateOf( view );
	const all = ORDER_STATES.reduce(
		( sum, state ) => sum + ( counts?.[ state ] ?? 0 ),
		0
	);
	const item = ( state: OrderState | null, label: string, count: number ) => (
		<li key={ state ?? 'all' }>
			<Link
				className={ count === 0 ? 'is-zero' : '' }
				to={ {
					screen: 'orders',
					connection,
					query: queryFromView( withFilter( view, 'state', state ) ),
				} }
				{ ...( state === current
					? { 'aria-current': 'true' as const }
					: {} ) }
			>
				{ label }{ ' ' }
				<span className="pb-orders__count">
					{ counts === undefined ? '' : formatNumber( count ) }
				</span>
			</Link>
		</li>
	);
	return (
		<nav
			className="pb-orders__states"
			aria-label={ __( 'Orders by state', 'pearlbridge' ) }
		>
			<ul>
				{ item( null, __( 'All', 'pearlbridge' ), all ) }
				{ ORDER.map( ( state ) =>
					item(
						state,
						orderStateLabel( state ).text,
						counts?.[ state ] ?? 0
					)
				) }
			</ul>
		</nav>
	);
}
