/** Whether customers are mailed when a status is written back: for this connection, as it is set. */
import { __ } from '@wordpress/i18n';

export function mailsText( {
	quiet,
	paired,
	any,
}: {
	readonly quiet: boolean;
	/** Null = not known yet. */
	readonly paired: boolean | null;
	/** A status is written back at all. */
	readonly any: boolean;
} ): { readonly status: 'info' | 'warning'; readonly text: string } | null {
	if ( paired === null ) {
		return null;
	}
	if ( ! quiet ) {
		return {
			status: any ? 'warning' : 'info',
			text: __(
				'Customers get WooCommerce’s mails whenever Pearlbridge sets a status here.',
				'pearlbridge'
			),
		};
	}
	return paired
		? {
				status: 'info',
				text: __(
					'This shop is paired: its plugin sets the status and keeps the mails to the customer back.',
					'pearlbridge'
				),
			}
		: {
				status: any ? 'warning' : 'info',
				text: __(
					'This shop is not paired, so the mails cannot be kept back, and no status is set: such orders wait as a problem. Pair the plugin, or let the mails be sent.',
					'pearlbridge'
				),
			};
}
