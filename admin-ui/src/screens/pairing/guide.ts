/** What is typed to pair. */

/** Plain http is only for a private network, and only on a person's word. */
export function needsConfirmation( url: string ): boolean {
	return /^http:\/\//i.test( url.trim() );
}

/** `k7q2m…` as the sidecar shows it: groups of five. */
export function groupedCode( typed: string ): string {
	const letters = typed
		.toUpperCase()
		.replace( /[^0-9A-Z]/g, '' )
		.slice( 0, 20 );
	return letters.replace( /(.{5})(?=.)/g, '$1-' );
}

/** Webhooks WooCommerce does not deliver, or will soon cease to. */
export function isAiling( webhook: {
	readonly status: string;
	readonly failures: number;
} ): boolean {
	return webhook.status !== 'active' || webhook.failures > 0;
}

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** A key that old should be rotated. */
export function isOld( createdAt: string | null, now: number ): boolean {
	return createdAt !== null && now - Date.parse( createdAt ) > YEAR;
}
