/**
 * What a request to Brightpearl carries, per kind of app (platform reference, §2.1), and
 * where it may go.
 */
import type { BrightpearlConfig } from '../contracts/connection.ts';
import type { SecretReader } from '../contracts/database.ts';
import { hold, ok, type Result } from '../contracts/result.ts';
import type { World } from '../contracts/world.ts';
import { createOAuth } from './oauth.ts';
import { apiOrigin } from './origin.ts';
import type { TokenKeeper } from './token-keeper.ts';

export interface Credentials {
	/** Scheme and host, without a slash at the end. */
	readonly origin: string;
	readonly headers: Readonly< Record< string, string > >;
	/** What must never be quoted or logged. */
	readonly secrets: readonly string[];
}

export interface Auth {
	current(): Promise< Result< Credentials > >;
	/** After a 401: other credentials than those refused, or null when there are none to get. */
	renew( refused: Credentials ): Promise< Result< Credentials > | null >;
	/** Told by a token answer; null otherwise. */
	installationInstanceId(): number | null;
	/** Makes what earlier runs of the process were told known. */
	ready(): Promise< void >;
}

export interface AuthDeps {
	readonly config: BrightpearlConfig;
	readonly world: World;
	readonly readSecret: SecretReader;
	readonly tokens: TokenKeeper;
}

/** The origin of an API domain, or the problem that nothing may be sent there. */
export function originOf(
	apiDomain: string | undefined,
	sandbox: boolean
): Result< string > {
	const origin =
		apiDomain === undefined ? null : apiOrigin( apiDomain, sandbox );
	return origin === null
		? hold( {
				code: 'credentials-brightpearl',
				message:
					apiDomain === undefined
						? 'The API domain of the account is not known.'
						: `${ apiDomain.slice( 0, 100 ) } is not a host of Brightpearl's; nothing was sent there.`,
				cause: null,
				fix: 'Set `brightpearl.apiDomain`, for example to euw1.brightpearlconnect.com.',
				field: 'brightpearl.apiDomain',
			} )
		: ok( origin );
}

export function createAuth( deps: AuthDeps ): Auth {
	return deps.config.auth.type === 'oauth'
		? createOAuth( { ...deps, auth: deps.config.auth } )
		: createFixedAuth( deps );
}

/** A private app's account token or a staff token: read at each use, never renewed. */
function createFixedAuth( { config, readSecret }: AuthDeps ): Auth {
	return {
		async current() {
			const { auth } = config;
			if ( auth.type === 'oauth' ) {
				throw new TypeError( 'OAuth has its own credentials' );
			}
			const origin = originOf(
				config.apiDomain,
				config.sandbox === true
			);
			if ( ! origin.ok ) {
				return origin;
			}
			const [ header, input ] =
				auth.type === 'private-app'
					? ( [
							'brightpearl-account-token',
							auth.accountToken,
						] as const )
					: ( [
							'brightpearl-staff-token',
							auth.staffToken,
						] as const );
			const secret = readSecret( input );
			if ( ! secret.ok ) {
				return hold( secret.problem );
			}
			return ok( {
				origin: origin.value,
				headers: {
					'brightpearl-app-ref': auth.appRef,
					[ header ]: secret.value,
				},
				secrets: [ secret.value ],
			} );
		},
		renew: async () => null,
		installationInstanceId: () => null,
		ready: async () => {},
	};
}
