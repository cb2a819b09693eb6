/** What the conditions of a rule can be chosen from. */
import { __, sprintf } from '@wordpress/i18n';
import type { Choices } from '../../../../src/contracts/answers.ts';
import { kindOf } from './map-rows.ts';
import type { Option } from './options.ts';

type Store = Choices[ 'store' ];

/** No method of a shop is called so; `''` is a value: an order without a payment method. */
export const ANY = '\u0000any';

export function paymentOptions(
	store: Store,
	current: string | undefined
): readonly Option[] {
	return withCurrent(
		[
			...( store?.paymentMethods ?? [] ).map( ( { id, title } ) => ( {
				value: id,
				label: title === '' ? id : title,
			} ) ),
			{ value: '', label: __( 'none', 'pearlbridge' ) },
		],
		current
	);
}

/** The methods of each zone, then their kinds. */
export function shippingOptions(
	store: Store,
	current: string | undefined
): readonly Option[] {
	const methods = store?.shippingMethods ?? [];
	return withCurrent(
		[
			...methods.map( ( { id, title, zone } ) => ( {
				value: id,
				label: `${ title } (${ zone })`,
			} ) ),
			...[ ...new Set( methods.map( ( { id } ) => kindOf( id ) ) ) ].map(
				( kind ) => ( {
					value: kind,
					label: sprintf(
						/* translators: %s: kind of shipping method, such as flat_rate */
						__( 'any %s', 'pearlbridge' ),
						kind
					),
				} )
			),
		],
		current
	);
}

/** What was chosen and is offered no more stays in sight. */
function withCurrent(
	options: readonly Option[],
	current: string | undefined
): readonly Option[] {
	return current === undefined ||
		options.some( ( { value } ) => value === current )
		? options
		: [ { value: current, label: current }, ...options ];
}
