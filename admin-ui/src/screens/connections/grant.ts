/** How an OAuth connection stands with Brightpearl: has somebody consented, and does it last. */
import { __ } from '@wordpress/i18n';
import type { ConnectionView } from '../../../../src/contracts/answers.ts';

/** What problems name when the consent is what is missing: it is given by a button, not typed in. */
export const GRANT_FIELD = 'brightpearl.auth.refreshToken';

/** `none`: nobody has consented; `ended`: the access token is over and was not renewed. */
export type GrantState = 'none' | 'ended' | 'good';

/** Null = there is nothing to consent to. */
export function grantOf(
	{ brightpearl, secrets }: Pick< ConnectionView, 'brightpearl' | 'secrets' >,
	now: number
): GrantState | null {
	if ( brightpearl?.auth.type !== 'oauth' ) {
		return null;
	}
	const { expiresAt } = brightpearl.auth;
	if ( expiresAt !== null ) {
		return Date.parse( expiresAt ) > now ? 'good' : 'ended';
	}
	// A refresh token that was typed in, and not used yet.
	return secrets.includes( GRANT_FIELD ) ? 'good' : 'none';
}

export function grantText( state: GrantState ): string {
	switch ( state ) {
		case 'none':
			return __(
				'Nobody has given consent in Brightpearl yet: nothing is read or written there before.',
				'pearlbridge'
			);
		case 'ended':
			return __(
				'Access has ended; it is renewed when it is next used. If orders wait for it, authorize again.',
				'pearlbridge'
			);
		case 'good':
			return __(
				'Access renews itself. Authorize again only if Brightpearl refuses it.',
				'pearlbridge'
			);
	}
}

/** Only a web address is opened, whoever said it. */
export function isWebAddress( url: string ): boolean {
	return /^https?:\/\//i.test( url ) && URL.canParse( url );
}
