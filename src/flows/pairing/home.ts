/** The addresses of sites, as they are compared. */

/**
 * `scheme://host[:port][/path]` without a slash at the end; null when it is none, or carries what
 * an address of a site has not.
 */
export function homeOf( text: string ): string | null {
	if ( ! URL.canParse( text ) ) {
		return null;
	}
	const url = new URL( text );
	return ( url.protocol === 'https:' || url.protocol === 'http:' ) &&
		url.username === '' &&
		url.password === '' &&
		url.search === '' &&
		url.hash === ''
		? `${ url.origin }${ url.pathname.replace( /\/+$/, '' ) }`
		: null;
}

/** As the site spells it: over http the shop checks signatures against its own spelling. */
export function withoutSlash( storeUrl: string ): string {
	return storeUrl.replace( /\/+$/, '' );
}

/**
 * As the plugin's guard against copies judges it: certificates, `www.` and ports that go without
 * saying come and go while a shop stays where it is.
 */
export function isSameHome( one: string, other: string ): boolean {
	const place = placeOf( one );
	return place !== null && place === placeOf( other );
}

function placeOf( text: string ): string | null {
	const home = homeOf( text );
	if ( home === null ) {
		return null;
	}
	return `${ hostOf( home ) }${ new URL( home ).pathname.replace( /\/+$/, '' ) }`;
}

const GOES_WITHOUT_SAYING = [ '', '80', '443' ];

/** Host and port; `www.`, a dot at the end and the usual ports are none. */
function hostOf( url: string ): string {
	const { hostname, port } = new URL( url );
	const name = hostname.replace( /^www\./, '' ).replace( /\.$/, '' );
	return GOES_WITHOUT_SAYING.includes( port ) ? name : `${ name }:${ port }`;
}

export function isSameHost( one: string, other: string ): boolean {
	return (
		URL.canParse( one ) &&
		URL.canParse( other ) &&
		hostOf( one ) === hostOf( other )
	);
}

const LONGEST = 40;

/** A name for a connection after the host of its shop, other than those that are taken. */
export function connectionNameFor(
	storeUrl: string,
	taken: ReadonlySet< string >
): string {
	const host = new URL( storeUrl ).hostname.replace( /^www\./, '' );
	const base =
		host
			.replace( /[^a-z0-9]+/g, '-' )
			.slice( 0, LONGEST )
			.replace( /^-+|-+$/g, '' ) || 'shop';
	for ( let nth = 1; ; nth += 1 ) {
		const ending = nth === 1 ? '' : `-${ nth }`;
		const name = `${ base.slice( 0, LONGEST - ending.length ) }${ ending }`;
		if ( ! taken.has( name ) ) {
			return name;
		}
	}
}
