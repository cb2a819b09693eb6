/** What differs on both sides, and what a choice will write, in words. */
import { __, sprintf } from '@wordpress/i18n';
import type { Conflict } from '../../../../src/contracts/answers.ts';

export type Side = 'store' | 'brightpearl';

/** Parts of an order have names of their own; a line is called as the service calls it. */
export function conflictName( {
	what,
	name,
}: Pick< Conflict, 'what' | 'name' > ): string {
	switch ( what ) {
		case 'billing':
			return __( 'Billing address', 'pearlbridge' );
		case 'delivery':
			return __( 'Delivery address', 'pearlbridge' );
		case 'reference':
			return __( 'Order number', 'pearlbridge' );
		case 'shippingMethod':
			return __( 'Shipping method', 'pearlbridge' );
		default:
			return name === '' ? what : name;
	}
}

/** The service's words for what is gone, and for what never was. */
export function conflictValue( value: string ): string {
	switch ( value ) {
		case 'removed':
			return __( 'removed', 'pearlbridge' );
		case 'not there':
			return __( 'not there', 'pearlbridge' );
		case '':
			return __( 'empty', 'pearlbridge' );
		default:
			return value;
	}
}

/** One line of what is written when this side’s value holds. */
export function writingText( conflict: Conflict, side: Side ): string {
	const name = conflictName( conflict );
	const [ kept, lost ] = (
		side === 'store'
			? [ conflict.store, conflict.brightpearl ]
			: [ conflict.brightpearl, conflict.store ]
	).map( conflictValue ) as [ string, string ];
	return side === 'store'
		? sprintf(
				/* translators: 1: what differs, such as Delivery address, 2: the value that is written, 3: the value it replaces */
				__( '%1$s: “%2$s” replaces “%3$s”', 'pearlbridge' ),
				name,
				kept,
				lost
			)
		: sprintf(
				/* translators: 1: what differs, such as Delivery address, 2: the value that stays in Brightpearl, 3: the value that stays in the shop */
				__(
					'%1$s: Brightpearl keeps “%2$s”, the shop keeps “%3$s”',
					'pearlbridge'
				),
				name,
				kept,
				lost
			);
}
