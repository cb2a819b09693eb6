/**
 * What a request to Brightpearl carries, per kind of app (platform reference, §2.1), and
 * where it may go.
 */
import { hold, ok } from '../../contracts/result.ts';
import type { Auth, AuthDeps } from './credentials.ts';
import { createOAuth } from './oauth.ts';
import { originOf } from './origin.ts';

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
			const [ header, input, field ] =
				auth.type === 'private-app'
					? ( [
							'brightpearl-account-token',
							auth.accountToken,
							'brightpearl.auth.accountToken',
						] as const )
					: ( [
							'brightpearl-staff-token',
							auth.staffToken,
							'brightpearl.auth.staffToken',
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
				field,
			} );
		},
		renew: async () => null,
		grant: async () => null,
		// It goes with every request.
		prove: async () => null,
		installationInstanceId: () => null,
		ready: async () => {},
	};
}
