/** What can be done with an order: what it will do, and why it makes no sense just now. */
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Order } from '../../../../src/contracts/answers.ts';
import { formatNumber } from '../../components/format.ts';
import type { Settings } from '../../../../src/contracts/settings.ts';
import type { Deed } from './bulk.ts';
import { storeStatusText } from './store-status.ts';

export const DEEDS: readonly Deed[] = [ 'push', 'hold', 'release', 'ignore' ];

export function deedLabel( deed: Deed ): string {
	switch ( deed ) {
		case 'push':
			return __( 'Push again', 'pearlbridge' );
		case 'hold':
			return __( 'Hold', 'pearlbridge' );
		case 'release':
			return __( 'Release', 'pearlbridge' );
		case 'ignore':
			return __( 'Ignore', 'pearlbridge' );
	}
}

/** What the button will do, in a sentence. */
export function deedText(
	deed: Deed,
	{ salesOrderId }: Pick< Order, 'salesOrderId' >
): string {
	switch ( deed ) {
		case 'push':
			return salesOrderId === null
				? __(
						'Creates it in Brightpearl now, whatever go-live and delay say.',
						'pearlbridge'
					)
				: __(
						'Reads both sides again and does what is missing. Nothing is created twice.',
						'pearlbridge'
					);
		case 'hold':
			return salesOrderId === null
				? __( 'Keeps it out of Brightpearl for now.', 'pearlbridge' )
				: __(
						'Leaves its sales order as it is for now, whatever changes in the shop.',
						'pearlbridge'
					);
		case 'release':
			return __( 'Lets it go on by itself again.', 'pearlbridge' );
		case 'ignore':
			return salesOrderId === null
				? __(
						'Never pushes it. Its problems are taken off the list.',
						'pearlbridge'
					)
				: __(
						'Never touches its sales order again. Its problems are taken off the list.',
						'pearlbridge'
					);
	}
}

/** Why not now; null = it can be done. */
export function whyNot(
	deed: Deed,
	{ state, storeStatus }: Pick< Order, 'state' | 'storeStatus' >,
	settings: Settings | null
): string | null {
	switch ( deed ) {
		case 'push':
			switch ( state ) {
				case 'working':
					return __( 'It is being worked on now.', 'pearlbridge' );
				case 'held':
					return __(
						'Release it first: held orders are not pushed.',
						'pearlbridge'
					);
				case 'ignored':
					return __(
						'Release it first: ignored orders are not pushed.',
						'pearlbridge'
					);
				case 'not-due':
					// A person's word goes past dates, never past the statuses.
					return settings !== null &&
						storeStatus !== null &&
						! Object.hasOwn( settings.orders.status, storeStatus )
						? sprintf(
								/* translators: %s: order status of the shop, such as Pending payment */
								__(
									'The settings do not let orders with the status “%s” be pushed.',
									'pearlbridge'
								),
								storeStatusText( storeStatus )
							)
						: null;
				default:
					return null;
			}
		case 'hold':
			return state === 'held'
				? __( 'It is held already.', 'pearlbridge' )
				: null;
		case 'release':
			return state === 'held' || state === 'ignored'
				? null
				: __( 'It is neither held nor ignored.', 'pearlbridge' );
		case 'ignore':
			return state === 'ignored'
				? __( 'It is ignored already.', 'pearlbridge' )
				: null;
	}
}

/** The question before a deed is done to several orders. */
export function bulkTitle( deed: Deed, count: number ): string {
	const many = formatNumber( count );
	switch ( deed ) {
		case 'push':
			return sprintf(
				/* translators: %s: number of orders */
				_n(
					'Push %s order again?',
					'Push %s orders again?',
					count,
					'pearlbridge'
				),
				many
			);
		case 'hold':
			return sprintf(
				/* translators: %s: number of orders */
				_n( 'Hold %s order?', 'Hold %s orders?', count, 'pearlbridge' ),
				many
			);
		case 'release':
			return sprintf(
				/* translators: %s: number of orders */
				_n(
					'Release %s order?',
					'Release %s orders?',
					count,
					'pearlbridge'
				),
				many
			);
		case 'ignore':
			return sprintf(
				/* translators: %s: number of orders */
				_n(
					'Ignore %s order?',
					'Ignore %s orders?',
					count,
					'pearlbridge'
				),
				many
			);
	}
}

export function bulkText( deed: Deed ): string {
	switch ( deed ) {
		case 'push':
			return __(
				'Each is read again from both sides and what is missing is done, whatever go-live and delay say. Nothing is created twice. Held and ignored orders stay as they are.',
				'pearlbridge'
			);
		case 'hold':
			return __(
				'They are not pushed and not changed in Brightpearl until they are released.',
				'pearlbridge'
			);
		case 'release':
			return __(
				'They go on by themselves again, as the settings say.',
				'pearlbridge'
			);
		case 'ignore':
			return __(
				'They are never pushed, and their problems are taken off the list. What they sold counts as sold until they are completed in the shop. You can release them later.',
				'pearlbridge'
			);
	}
}

/** What is said while it goes on. */
export function bulkDoing( deed: Deed ): string {
	switch ( deed ) {
		case 'push':
			return __( 'Pushing', 'pearlbridge' );
		case 'hold':
			return __( 'Holding', 'pearlbridge' );
		case 'release':
			return __( 'Releasing', 'pearlbridge' );
		case 'ignore':
			return __( 'Ignoring', 'pearlbridge' );
	}
}
