/** Ways out of what comes of later changes, of contacts and of writing back to the shop. */
import { __, sprintf } from '@wordpress/i18n';
import { inWords, nameOf } from './setting-names.ts';

/** On the order's own page the choice stands below; elsewhere there is a link to that page. */
export type Place = 'order' | 'elsewhere';

function named( path: string ): string {
	return nameOf( path ) ?? path;
}

/** What the settings say in the words of their form. */
export function plainCause( cause: string ): string {
	return cause.replace(
		/^writeBack\.mails is "quiet", (which|and)/,
		( _, joint: string ) =>
			`${ __( 'The mails to the customer are to be kept back,', 'pearlbridge' ) } ${ joint }`
	);
}

export function wayOfSync(
	code: 'staff-contact' | 'write-back-refused' | 'changed-on-both-sides',
	fix: string,
	place: Place
): string {
	switch ( code ) {
		case 'staff-contact':
			return sprintf(
				/* translators: %s: name of a setting */
				__(
					'Change the e-mail address in the shop or of that contact, or choose under %s what becomes of such orders. Then retry the order.',
					'pearlbridge'
				),
				named( 'orders.staffContacts' )
			);
		case 'write-back-refused':
			return inWords(
				fix.replace(
					/set writeBack\.mails to "send" if the shop's own mails are welcome/,
					sprintf(
						/* translators: %s: name of a setting */
						__( 'let the mails be sent, under %s', 'pearlbridge' ),
						named( 'writeBack.mails' )
					)
				)
			);
		case 'changed-on-both-sides':
			return place === 'order'
				? __(
						'Say below which side holds, or make both sides equal by hand and retry the order.',
						'pearlbridge'
					)
				: __(
						'Say on the order’s page which side holds, or make both sides equal by hand and retry the order.',
						'pearlbridge'
					);
	}
}

/** Commands of the command line, as the page of the order offers them. */
export function onScreens( fix: string, place: Place ): string {
	return fix
		.replace(
			/\bsettle it with orders resolve and the side "brightpearl"/,
			place === 'order'
				? __( 'say so below', 'pearlbridge' )
				: __( 'say so on the order’s page', 'pearlbridge' )
		)
		.replace(
			/\(orders resolve[^)]*\)/,
			place === 'order'
				? __( 'below', 'pearlbridge' )
				: __( 'on the order’s page', 'pearlbridge' )
		)
		.replace(
			/\blet it be done with orders\.cancelPaid "reverse"/,
			sprintf(
				/* translators: %s: name of a setting */
				__( 'let the payments be reversed, under %s', 'pearlbridge' ),
				named( 'orders.cancelPaid' )
			)
		);
}
