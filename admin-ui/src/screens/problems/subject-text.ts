/** What problems are about, in words. */
import { __, _n, sprintf } from '@wordpress/i18n';
import { formatNumber } from '../../components/format.ts';
import type { ProblemGroup, Subject } from './groups.ts';

export function subjectText( kind: Subject[ 'kind' ], name: string ): string {
	switch ( kind ) {
		case 'order':
			/* translators: %s: order id */
			return sprintf( __( 'Order %s', 'pearlbridge' ), name );
		case 'sku':
			/* translators: %s: SKU */
			return sprintf( __( 'SKU %s', 'pearlbridge' ), name );
		case 'connection':
			/* translators: %s: name of the connection */
			return sprintf( __( 'Connection %s', 'pearlbridge' ), name );
		case 'other':
			return name;
	}
}

export function countText( { problems }: ProblemGroup ): string {
	const orders = problems.every( ( { subject } ) =>
		subject.startsWith( 'order:' )
	);
	return orders
		? sprintf(
				/* translators: %s: number of orders */
				_n( '%s order', '%s orders', problems.length, 'pearlbridge' ),
				formatNumber( problems.length )
			)
		: sprintf(
				/* translators: %s: number of problems */
				_n( '%s case', '%s cases', problems.length, 'pearlbridge' ),
				formatNumber( problems.length )
			);
}
