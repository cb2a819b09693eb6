/** What narrows the list of orders, in words. */
import { __, sprintf } from '@wordpress/i18n';
import type { OrderState } from '../../../../src/contracts/answers.ts';
import type { ProblemCode } from '../../../../src/contracts/problem.ts';
import { formatDay } from '../../components/format.ts';
import { orderStateLabel } from '../../components/labels.ts';
import { problemTitle } from '../../components/problem-titles.ts';
import type { Narrowing } from './filters.ts';

export function narrowingText( { field, value }: Narrowing ): string {
	switch ( field ) {
		case 'search':
			/* translators: %s: what is searched for */
			return sprintf( __( 'Search: %s', 'pearlbridge' ), value );
		case 'state':
			return sprintf(
				/* translators: %s: state of an order, such as Problem */
				__( 'State: %s', 'pearlbridge' ),
				orderStateLabel( value as OrderState ).text
			);
		case 'problem':
			return sprintf(
				/* translators: %s: kind of problem, such as Tax not mapped */
				__( 'Problem: %s', 'pearlbridge' ),
				problemTitle( value as ProblemCode )
			);
		case 'customer':
			/* translators: %s: e-mail address */
			return sprintf( __( 'Customer: %s', 'pearlbridge' ), value );
		case 'since':
			/* translators: %s: a day */
			return sprintf(
				__( 'Placed from %s', 'pearlbridge' ),
				formatDay( value )
			);
		case 'until':
			/* translators: %s: a day */
			return sprintf(
				__( 'Placed until %s', 'pearlbridge' ),
				formatDay( value )
			);
	}
}
