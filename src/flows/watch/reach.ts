/**
 * Whether a shop would deliver to an address at all. WooCommerce sends webhooks with
 * `wp_safe_remote_request`: it refuses private addresses that are not the site's own host, and
 * ports other than 80, 443, 8080 and the site's own (WooCommerce reference, *Webhooks*; measured
 * with a sidecar on the shop's own machine in part 2, §7). The plugin lifts both for a paired one.
 */

export type Reach =
	{ readonly ok: true } | { readonly ok: false; readonly why: string };

const SAFE_PORTS = [ '', '80', '443', '8080' ];
/** RFC 1122, 1918, 3927 and 6598. */
const PRIVATE_V4 =
	/^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
const LOCAL_NAME = /(^|\.)(localhost|local|internal|lan|home\.arpa)$/;

export function canReach( storeUrl: string, address: string ): Reach {
	if ( ! URL.canParse( storeUrl ) || ! URL.canParse( address ) ) {
		return { ok: false, why: 'The address is none.' };
	}
	const home = new URL( storeUrl );
	const to = new URL( address );
	const isOwnHost = home.hostname === to.hostname;
	if ( to.hostname.startsWith( '[' ) ) {
		return {
			ok: false,
			why: `WooCommerce delivers to names and IPv4 addresses only, and ${ to.hostname } is neither.`,
		};
	}
	if ( ! isOwnHost && isPrivate( to.hostname ) ) {
		return {
			ok: false,
			why: `WooCommerce does not deliver to private addresses such as ${ to.hostname }.`,
		};
	}
	if (
		! SAFE_PORTS.includes( to.port ) &&
		! ( isOwnHost && to.port === home.port )
	) {
		return {
			ok: false,
			why: `WooCommerce delivers to the ports 80, 443 and 8080 only, and the address has ${ to.port }.`,
		};
	}
	return { ok: true };
}

function isPrivate( hostname: string ): boolean {
	return (
		PRIVATE_V4.test( hostname ) ||
		LOCAL_NAME.test( hostname ) ||
		// A bare name is one of a private network.
		! hostname.includes( '.' )
	);
}
