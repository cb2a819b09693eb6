/** What the state of an order means, in a sentence. */
import { __, sprintf } from '@wordpress/i18n';
import type { Order, OrderSummary } from '../../../../src/contracts/answers.ts';
import type { Settings } from '../../../../src/contracts/settings.ts';
import { formatDateTime } from '../../components/format.ts';
import { inWords } from '../problems/setting-names.ts';
import { whyNotDue } from './due.ts';
import { storeStatusText } from './store-status.ts';

/** Beside the badge in the list; null where the badge says it all. */
export function reasonText(
	order: OrderSummary,
	settings: Settings | null,
	now: number
): string | null {
	switch ( order.state ) {
		case 'queued':
			return __( 'Waits for its turn.', 'pearlbridge' );
		case 'working':
			return __( 'Is being pushed.', 'pearlbridge' );
		case 'retrying':
			return order.problem === null
				? __( 'Is tried again by itself.', 'pearlbridge' )
				: inWords( order.problem.message );
		case 'problem':
			return order.problem === null
				? __( 'Waits for a person.', 'pearlbridge' )
				: inWords( order.problem.message );
		case 'held':
			return __( 'Waits until it is released.', 'pearlbridge' );
		case 'ignored':
			return __( 'Is left alone.', 'pearlbridge' );
		case 'not-due':
			return notDueText( order, settings, now );
		case 'synced':
			return null;
	}
}

export function notDueText(
	order: Pick< OrderSummary, 'storeStatus' | 'placedAt' >,
	settings: Settings | null,
	now: number
): string {
	if ( settings === null ) {
		return __(
			'Its status, its date or the delay says no.',
			'pearlbridge'
		);
	}
	const reason = whyNotDue( order, settings, now );
	switch ( reason.why ) {
		case 'status':
			return order.storeStatus === null
				? __( 'It was not read from the shop yet.', 'pearlbridge' )
				: sprintf(
						/* translators: %s: order status of the shop, such as pending */
						__(
							'Orders with the status “%s” are not pushed.',
							'pearlbridge'
						),
						storeStatusText( order.storeStatus )
					);
		case 'no-go-live':
			return __(
				'The connection is not live: nothing is pushed by itself.',
				'pearlbridge'
			);
		case 'before-go-live':
			return sprintf(
				/* translators: %s: date and time */
				__( 'Placed before go-live (%s).', 'pearlbridge' ),
				formatDateTime( reason.goLive )
			);
		case 'go-live-ahead':
			return sprintf(
				/* translators: %s: date and time */
				__( 'Waits for go-live (%s).', 'pearlbridge' ),
				formatDateTime( reason.goLive )
			);
		case 'delay':
			return sprintf(
				/* translators: %s: date and time */
				__( 'Its delay ends %s.', 'pearlbridge' ),
				formatDateTime( reason.at )
			);
		case 'soon':
			return __( 'Is looked at again soon.', 'pearlbridge' );
	}
}

/** What happens next, on the order's own page; the time of a next try is shown beside it. */
export function nextText(
	order: Order,
	settings: Settings | null,
	now: number
): string {
	switch ( order.state ) {
		case 'queued':
			return order.nextAttemptAt !== null &&
				Date.parse( order.nextAttemptAt ) > now + 5000
				? __( 'It is pushed when its time has come.', 'pearlbridge' )
				: __( 'It is pushed in a moment.', 'pearlbridge' );
		case 'working':
			return __( 'It is being pushed right now.', 'pearlbridge' );
		case 'retrying':
			return __(
				'Something was in the way. It is tried again by itself, as often as it takes.',
				'pearlbridge'
			);
		case 'problem':
			return order.conflicts.length > 0
				? __(
						'Nothing, until a person has chosen above. Then it goes on by itself.',
						'pearlbridge'
					)
				: __(
						'Nothing, until a person has done what stands above. Then retry.',
						'pearlbridge'
					);
		case 'held':
			return __(
				'Nothing, until it is released. What it sold stays reserved: the shop does not sell it twice.',
				'pearlbridge'
			);
		case 'ignored':
			return __(
				'Nothing. It is never pushed, and what it sold counts as sold until it is completed in the shop.',
				'pearlbridge'
			);
		case 'not-due':
			return notDueText( order, settings, now );
		case 'synced':
			return __(
				'Nothing to do. When it changes in the shop, it is looked at again by itself.',
				'pearlbridge'
			);
	}
}
