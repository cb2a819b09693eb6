/** Orders: the list, one order, what a push of it would send, and orders of earlier days. */
import { useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Empty, Link, ScreenHeading } from '../../components/index.ts';
import type { RouteQuery } from '../../router/route.ts';
import type { ConnectionScreenProps } from '../../screens.ts';
import { BackfillScreen } from './backfill/index.tsx';
import { OrderDetail } from './detail.tsx';
import { OrderList } from './list.tsx';
import { OrderPreview } from './preview.tsx';
import { useBulk } from './use-bulk.ts';

export default function OrdersScreen( {
	connection,
	rest,
	query,
}: ConnectionScreenProps ) {
	const bulk = useBulk( connection );
	// The way back from an order leads to the list as it was.
	const listQuery = useRef< RouteQuery >( {} );
	const [ name, part ] = rest;
	if ( name === undefined ) {
		listQuery.current = query;
		return (
			<OrderList
				connection={ connection }
				query={ query }
				work={ bulk }
			/>
		);
	}
	const list = {
		screen: 'orders',
		connection,
		query: listQuery.current,
	} as const;
	if ( name === 'backfill' && part === undefined ) {
		return <BackfillScreen connection={ connection } list={ list } />;
	}
	const orderId = orderIdOf( name );
	if ( orderId === null || ( part !== undefined && part !== 'preview' ) ) {
		return (
			<>
				<ScreenHeading
					title={ __( 'No such order', 'pearlbridge' ) }
					back={
						<Link to={ list }>
							{ __( '← All orders', 'pearlbridge' ) }
						</Link>
					}
				/>
				<Empty
					title={ __( 'This address names no order', 'pearlbridge' ) }
				>
					{ __(
						'An order’s address ends with its id, a whole number.',
						'pearlbridge'
					) }
				</Empty>
			</>
		);
	}
	return part === 'preview' ? (
		<OrderPreview
			key={ orderId }
			connection={ connection }
			orderId={ orderId }
		/>
	) : (
		<OrderDetail
			key={ orderId }
			connection={ connection }
			orderId={ orderId }
			list={ list }
		/>
	);
}

function orderIdOf( text: string ): number | null {
	const id = Number( text );
	return /^\d+$/.test( text ) && Number.isSafeInteger( id ) && id > 0
		? id
		: null;
}
