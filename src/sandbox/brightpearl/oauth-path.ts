/**
 * The addresses of signing in, old and new (platform reference, §1.1, §2.2, §2.4). All stand on
 * the sandbox's one host; `oauthUrl` ends in `/oauth`.
 */
export interface OAuthPlace {
	readonly kind: 'token' | 'authorize' | 'introspect' | 'authorise';
	/** Null = in the form's `account_code`. */
	readonly account: string | null;
}

type Form = readonly [ RegExp, OAuthPlace[ 'kind' ] ];

/** The first that fits counts. */
const FORMS: readonly Form[] = [
	[ /^\/oauth\/token\/introspect\/?$/, 'introspect' ],
	[ /^\/oauth\/token\/?$/, 'token' ],
	[ /^\/oauth\/token\/([^/]+)\/?$/, 'token' ],
	[ /^\/oauth\/authorize\/([^/]+)\/?$/, 'authorize' ],
	[ /^\/([^/]+)\/oauth\/token\/introspect\/?$/, 'introspect' ],
	[ /^\/([^/]+)\/oauth\/token\/?$/, 'token' ],
	[ /^\/([^/]+)\/authorise\/?$/, 'authorise' ],
];

export function oauthPlace( path: string ): OAuthPlace | null {
	for ( const [ pattern, kind ] of FORMS ) {
		const match = pattern.exec( path );
		if ( match ) {
			return { kind, account: match[ 1 ] ?? null };
		}
	}
	return null;
}
