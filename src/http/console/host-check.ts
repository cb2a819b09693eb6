/**
 * Which names the console answers to. A page of evil.example may point its name at this machine
 * (DNS rebinding) and would then be of the same origin as we are; its name in the `Host` header
 * is what gives it away. So only names that somebody vouched for are answered.
 *
 * Ports are not compared: a rebinding name is foreign at any port, while containers and tunnels
 * reach us rightly at ports we know nothing of.
 */
export interface HostRules {
	/** What the service was told to listen at: an address or a name. */
	readonly listenHost: string;
	readonly publicUrl: string | null;
	/** `PEARLBRIDGE_ALLOWED_HOSTS`. */
	readonly allowedHosts: readonly string[];
}

export interface HostCheck {
	/**
	 * @param host         The `Host` header.
	 * @param localAddress At which of our addresses the connection arrived.
	 */
	answersTo(
		host: string | undefined,
		localAddress: string | undefined
	): boolean;
	/**
	 * A request that says which page it comes from comes from ours: from the very host it asks,
	 * port included, or from a name that a proxy in front of us answers to.
	 */
	isOwnOrigin( origin: string, host: string | undefined ): boolean;
}

/** Everything; no browser should be sent there, and some let pages of anybody do it. */
const WILDCARDS = [ '0.0.0.0', '[::]' ];

export function createHostCheck( rules: HostRules ): HostCheck {
	const vouched = new Set( [
		...rules.allowedHosts.map( hostName ),
		rules.publicUrl === null ? null : new URL( rules.publicUrl ).hostname,
	] );
	const own = new Set( [
		...vouched,
		'localhost',
		hostOf( rules.listenHost ),
	] );
	own.delete( null );
	for ( const wildcard of WILDCARDS ) {
		own.delete( wildcard );
	}
	return {
		answersTo( host, localAddress ) {
			const name = hostName( host ?? '' );
			return (
				name !== null &&
				( own.has( name ) || name === addressOf( localAddress ) )
			);
		},
		isOwnOrigin( origin, host ) {
			const from = /^https?:\/\/([^/]+)$/i.exec( origin )?.[ 1 ];
			return (
				from !== undefined &&
				( from.toLowerCase() === host?.toLowerCase() ||
					vouched.has( hostName( from ) ?? '' ) )
			);
		},
	};
}

/**
 * The name of a `Host` header without its port, as a URL would spell it (lower case, IPv6
 * shortened and in brackets); null when it is none.
 */
export function hostName( host: string ): string | null {
	if ( ! /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test( host ) ) {
		return null;
	}
	const url = `http://${ host }`;
	return URL.canParse( url )
		? new URL( url ).hostname.replace( /\.$/, '' )
		: null;
}

/** An address or name as a person or the system writes it: IPv6 without brackets. */
function hostOf( written: string ): string | null {
	return hostName(
		written.includes( ':' ) && ! written.startsWith( '[' )
			? `[${ written }]`
			: written
	);
}

function addressOf( localAddress: string | undefined ): string | null {
	return localAddress === undefined
		? null
		: hostOf( localAddress.replace( /^::ffff:|%.*$/g, '' ) );
}
