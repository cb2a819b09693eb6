/**
 * Brightpearl's authorization server and our app there, in the words of the OAuth library. The
 * account is a part of both addresses; there is no metadata to discover (platform reference, §2.2).
 */
import { createHash } from 'node:crypto';
import {
	allowInsecureRequests,
	ClientSecretPost,
	None,
	type AuthorizationServer,
	type Client,
	type ClientAuth,
} from 'oauth4webapi';
import type {
	AuthConfig,
	BrightpearlConfig,
} from '../../contracts/connection.ts';
import type { SecretReader } from '../../contracts/database.ts';
import { hold, ok, type Result } from '../../contracts/result.ts';
import { oauthBase } from './origin.ts';

export type OAuthConfig = Extract< AuthConfig, { type: 'oauth' } >;

export interface OAuthApp {
	/** The connection's name, for what a person is told to do. */
	readonly connection: string;
	readonly server: AuthorizationServer &
		Readonly<
			Required<
				Pick<
					AuthorizationServer,
					'authorization_endpoint' | 'token_endpoint'
				>
			>
		>;
	readonly client: Client;
	/** In the body, encoded; a public client has no secret. */
	readonly authentication: ClientAuth;
	/** Plain http is for a sandbox on this machine alone: `oauthBase` lets no other through. */
	readonly options: { readonly [ allowInsecureRequests ]: boolean };
	readonly sandbox: boolean;
	/** What must never be quoted or logged. */
	readonly secrets: readonly string[];
	/** Of client id and secret, for `StoredToken.provenBy`; null = there is no secret to prove. */
	readonly digest: string | null;
}

export interface OAuthAppDeps {
	readonly connection: string;
	readonly config: BrightpearlConfig;
	readonly auth: OAuthConfig;
	readonly readSecret: SecretReader;
}

export function oauthApp( {
	connection,
	config,
	auth,
	readSecret,
}: OAuthAppDeps ): Result< OAuthApp > {
	const sandbox = config.sandbox === true;
	const base = oauthBase( config.oauthUrl, sandbox );
	if ( base === null ) {
		return hold( {
			code: 'credentials-brightpearl',
			message:
				'`brightpearl.oauthUrl` is not an address of Brightpearl’s; nothing was sent there.',
			cause: null,
			fix: 'Remove `brightpearl.oauthUrl` or correct it.',
			field: 'brightpearl.oauthUrl',
		} );
	}
	const secret =
		auth.clientSecret === undefined
			? null
			: readSecret( auth.clientSecret );
	if ( secret?.ok === false ) {
		return hold( secret.problem );
	}
	return ok( {
		connection,
		server: {
			issuer: base,
			authorization_endpoint: `${ base }/authorize/${ config.account }`,
			token_endpoint: `${ base }/token/${ config.account }`,
		},
		client: { client_id: auth.clientId },
		authentication:
			secret === null ? None() : ClientSecretPost( secret.value ),
		options: { [ allowInsecureRequests ]: sandbox },
		sandbox,
		secrets: secret === null ? [] : [ secret.value ],
		digest:
			secret === null
				? null
				: createHash( 'sha256' )
						.update( `${ auth.clientId }\n${ secret.value }` )
						.digest( 'hex' ),
	} );
}

/** What a person does when a token is missing or refused. */
export function authorizeFix( connection: string ): string {
	return `Run pearlbridge connection authorize ${ connection }, or press “Authorize with Brightpearl” on the connection’s page in the console.`;
}
