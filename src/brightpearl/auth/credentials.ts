/**
 * What authentication gives to a request, and what it is made from; the same for every kind of app.
 */
import type { BrightpearlConfig } from '../../contracts/connection.ts';
import type { SecretReader } from '../../contracts/database.ts';
import type { Failure, Result } from '../../contracts/result.ts';
import type { World } from '../../contracts/world.ts';
import type { TokenKeeper } from './token-keeper.ts';

export interface Credentials {
	/** Scheme and host, without a slash at the end. */
	readonly origin: string;
	readonly headers: Readonly< Record< string, string > >;
	/** What must never be quoted or logged. */
	readonly secrets: readonly string[];
	/** The part of the connection a person enters anew when Brightpearl refuses this. */
	readonly field: string;
}

/** The consent an OAuth app works with. */
export interface Grant {
	/** Of the access token. */
	readonly expiresAt: string;
	readonly renewable: boolean;
}

export interface Auth {
	current(): Promise< Result< Credentials > >;
	/** After a 401: other credentials than those refused, or null when there are none to get. */
	renew( refused: Credentials ): Promise< Result< Credentials > | null >;
	/** Asks nobody. Null = nobody has consented, or it is another kind of app. */
	grant(): Promise< Grant | null >;
	/**
	 * What will stop the next renewal though the token lives: a secret that cannot be read or, where
	 * it is another than the token was got with, one that Brightpearl does not take. For a check:
	 * it may renew the token. Null = nothing.
	 */
	prove(): Promise< Failure | null >;
	/** Told by a token answer; null otherwise. */
	installationInstanceId(): number | null;
	/** Makes what earlier runs of the process were told known. */
	ready(): Promise< void >;
}

export interface AuthDeps {
	/** The connection's name, for what a person is told to do. */
	readonly connection: string;
	readonly config: BrightpearlConfig;
	readonly world: World;
	readonly readSecret: SecretReader;
	readonly tokens: TokenKeeper;
}
