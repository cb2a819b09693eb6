/**
 * OAuth credentials that renew themselves: before they run out and after a 401, once for
 * everybody who waits, under a lock that other processes respect; kept before they are used.
 */
import type { StoredToken } from '../../contracts/database.ts';
import { MINUTE, SECOND } from '../../contracts/primitives.ts';
import { hold, ok, retry, type Result } from '../../contracts/result.ts';
import type { Auth, AuthDeps, Credentials } from './credentials.ts';
import { authorizeFix, oauthApp, type OAuthConfig } from './oauth-app.ts';
import { originOf } from './origin.ts';
import { refreshToken } from './token.ts';

/** How long before its end a token is renewed, at most. */
const MARGIN = 5 * MINUTE;
/** A refresh may answer the little that remained of the old token; not one refresh a request. */
const SHORTEST_USE = 10 * SECOND;

/** Even where an answer says that its token has no life left. */
const SHORTEST_LIFE = SECOND;

/** A token and the moment from which it is renewed first. */
interface Held {
	readonly token: StoredToken;
	readonly renewAt: number;
}

export function createOAuth(
	deps: AuthDeps & { readonly auth: OAuthConfig }
): Auth {
	const { auth, config, connection, readSecret, tokens, world } = deps;
	const sandbox = config.sandbox === true;
	let held: Held | null = null;
	/** Refused with a 401, whatever their expiry says. */
	const dead = new Set< string >();
	let instanceId: number | null = null;
	let renewing: Promise< Result< Held > > | null = null;
	/** Answered, but not stored: its refresh token may be the only one that still works. */
	let unsaved: StoredToken | null = null;

	function keep( token: StoredToken ): Held {
		const now = world.clock.now();
		const end = Date.parse( token.expiresAt );
		const margin = Math.min( MARGIN, Math.max( 0, end - now ) / 10 );
		instanceId = token.installationInstanceId ?? instanceId;
		const renewAt = Math.min(
			end,
			Math.max( now + SHORTEST_USE, end - margin )
		);
		held = { token, renewAt: Math.max( now + SHORTEST_LIFE, renewAt ) };
		return held;
	}

	const isAlive = ( token: StoredToken ) =>
		token.accessToken !== '' &&
		! dead.has( token.accessToken ) &&
		Date.parse( token.expiresAt ) > world.clock.now();

	/** What the connection file brings along; null when it has no refresh token. */
	function fromFile(): Result< StoredToken | null > {
		const read: { refresh?: string; access?: string } = {};
		for ( const [ name, input ] of [
			[ 'refresh', auth.refreshToken ],
			[ 'access', auth.accessToken ],
		] as const ) {
			if ( input !== undefined ) {
				const secret = readSecret( input );
				if ( ! secret.ok ) {
					return hold( secret.problem );
				}
				read[ name ] = secret.value;
			}
		}
		if ( read.refresh === undefined && read.access === undefined ) {
			return ok( null );
		}
		return ok( {
			accessToken: read.access ?? '',
			refreshToken: read.refresh ?? '',
			// An access token of unknown age is tried; a 401 renews it.
			expiresAt:
				auth.expiresAt ??
				new Date(
					world.clock.now() + ( read.access ? MARGIN : 0 )
				).toISOString(),
			tokenType: 'Bearer',
			apiDomain: config.apiDomain ?? null,
			installationInstanceId: null,
		} );
	}

	/** Every token there is, best first: the kept one unless the file's lives longer. */
	async function candidates(): Promise< Result< StoredToken[] > > {
		const kept = await tokens.load();
		const file = fromFile();
		if ( ! file.ok ) {
			return kept ? ok( [ kept ] ) : file;
		}
		const both = [ kept, file.value ].filter( ( token ) => token !== null );
		const fileIsNewer =
			kept !== null &&
			file.value !== null &&
			auth.expiresAt !== undefined &&
			file.value.accessToken !== '' &&
			Date.parse( auth.expiresAt ) > Date.parse( kept.expiresAt );
		return ok( fileIsNewer ? both.reverse() : both );
	}

	/** Another token than this one, refreshed unless another process already did. */
	async function obtain( old: string | null ): Promise< Result< Held > > {
		if ( unsaved !== null ) {
			return store( unsaved );
		}
		const known = await candidates();
		if ( ! known.ok ) {
			return known;
		}
		const usable = known.value.find(
			( token ) => isAlive( token ) && token.accessToken !== old
		);
		return usable ? ok( keep( usable ) ) : refresh( known.value );
	}

	async function refresh(
		known: readonly StoredToken[]
	): Promise< Result< Held > > {
		const app = oauthApp( { connection, config, auth, readSecret } );
		if ( ! app.ok ) {
			return app;
		}
		let failure: Result< Held > = hold( {
			code: 'credentials-brightpearl',
			message: `Nobody has given consent for the account ${ config.account } yet.`,
			cause: 'The connection has no refresh token.',
			fix: authorizeFix( connection ),
			field: 'brightpearl.auth.refreshToken',
		} );
		const tried = new Set< string >( [ '' ] );
		for ( const before of known ) {
			if ( tried.has( before.refreshToken ) ) {
				continue;
			}
			tried.add( before.refreshToken );
			const fresh = await refreshToken( world, app.value, before );
			if ( fresh.ok ) {
				return store( fresh.value );
			}
			failure = fresh;
			if ( fresh.failure.kind === 'retry' ) {
				break;
			}
		}
		return failure;
	}

	/** Before it is used: with rotation the one before is gone. */
	async function store( token: StoredToken ): Promise< Result< Held > > {
		try {
			await tokens.save( token );
		} catch ( error ) {
			unsaved = token;
			world.logger.error(
				{ err: error },
				'The renewed Brightpearl token could not be stored'
			);
			return retry(
				'service',
				'outage',
				'The renewed token of Brightpearl could not be stored.'
			);
		}
		unsaved = null;
		world.logger.info(
			{ expiresAt: token.expiresAt },
			'Renewed the Brightpearl token'
		);
		return ok( keep( token ) );
	}

	/** Single flight: whoever comes while a renewal runs waits for it. */
	function renewHeld( old: string | null ): Promise< Result< Held > > {
		renewing ??= tokens
			.lock( () => obtain( old ) )
			.finally( () => {
				renewing = null;
			} );
		return renewing;
	}

	function credentials( { token }: Held ): Result< Credentials > {
		const origin = originOf( token.apiDomain ?? config.apiDomain, sandbox );
		return origin.ok
			? ok( {
					origin: origin.value,
					headers: {
						authorization: `Bearer ${ token.accessToken }`,
						'brightpearl-app-ref': auth.clientId,
						'brightpearl-dev-ref': auth.devRef,
					},
					secrets: [ token.accessToken, token.refreshToken ],
					field: 'brightpearl.auth.refreshToken',
				} )
			: origin;
	}

	async function load(): Promise< Result< Held > > {
		const known = await candidates();
		if ( ! known.ok ) {
			return known;
		}
		const alive = known.value.find( isAlive );
		return alive ? ok( keep( alive ) ) : renewHeld( null );
	}

	return {
		async current() {
			let now = held;
			if ( now === null ) {
				const loaded = await load();
				if ( ! loaded.ok ) {
					return loaded;
				}
				now = loaded.value;
			}
			if ( world.clock.now() >= now.renewAt ) {
				const renewed = await renewHeld( now.token.accessToken );
				if ( renewed.ok ) {
					now = renewed.value;
				} else if ( ! isAlive( now.token ) ) {
					return renewed;
				} else {
					// It still lives: an outage of the token service alone stops nothing yet.
					keep( now.token );
				}
			}
			return credentials( now );
		},
		async renew( refused ) {
			const token =
				refused.headers[ 'authorization' ]?.replace( /^Bearer /, '' ) ??
				'';
			dead.add( token );
			if ( held && held.token.accessToken !== token ) {
				return credentials( held );
			}
			const renewed = await renewHeld( token );
			return renewed.ok ? credentials( renewed.value ) : renewed;
		},
		async grant() {
			const known = await candidates();
			const token =
				held?.token ?? ( known.ok ? known.value[ 0 ] : undefined );
			return token === undefined
				? null
				: {
						expiresAt: token.expiresAt,
						renewable: token.refreshToken !== '',
					};
		},
		async prove() {
			const app = oauthApp( { connection, config, auth, readSecret } );
			if ( ! app.ok ) {
				return app.failure;
			}
			const known = await candidates();
			if ( ! known.ok ) {
				return known.failure;
			}
			const [ token ] = known.value;
			const { digest } = app.value;
			if (
				digest === null ||
				token === undefined ||
				token.provenBy === digest ||
				known.value.every( ( { refreshToken: one } ) => one === '' )
			) {
				return null;
			}
			const renewed = await renewHeld( token.accessToken );
			return renewed.ok ? null : renewed.failure;
		},
		installationInstanceId: () => instanceId,
		async ready() {
			instanceId ??=
				( await tokens.load() )?.installationInstanceId ?? null;
		},
	};
}
