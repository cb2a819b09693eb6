/**
 * The keys to an account: a function of the seed, so that a restart continues with the same.
 *
 * Besides the app that is meant to be used there are others, so that pools and instances can be
 * told apart: a second app of the same developer, an app of another developer, and a second
 * private app (platform reference, §3).
 */
import { tokenFrom } from './prng.ts';

export interface PrivateApp {
	readonly appRef: string;
	readonly accountToken: string;
	readonly staffToken: string;
}

export interface OAuthApp {
	readonly clientId: string;
	readonly clientSecret: string;
	readonly devRef: string;
	/** The first one; a rotated one is in the account's grants. */
	readonly refreshToken: string;
}

/** An app installed in an account, as the instance it was installed as. */
export interface InstalledApp extends OAuthApp {
	readonly instanceId: number;
}

export interface Credentials {
	readonly privateApp: PrivateApp;
	/** All of them, `privateApp` first. */
	readonly privateApps: readonly PrivateApp[];
	readonly oauth: OAuthApp;
	/** All of them, `oauth` first. */
	readonly apps: readonly InstalledApp[];
	/** A member of staff's way in, for the legacy token (platform reference, §2.4). */
	readonly staff: {
		readonly emailAddress: string;
		readonly password: string;
	};
}

const APPS = [
	{ clientId: 'pearlbridge', devRef: 'pearlbridge-dev' },
	{ clientId: 'pearlbridge-second', devRef: 'pearlbridge-dev' },
	{ clientId: 'elsewhere', devRef: 'elsewhere-dev' },
] as const;

/** The first app keeps the names its secrets were always made from. */
const suffix = ( name: string, index: number ): string =>
	index === 0 ? name : `${ name } ${ index + 1 }`;

export function credentialsOf(
	seed: number,
	account: string,
	firstInstance: number
): Credentials {
	const [ first, ...others ] = APPS.map(
		( { clientId, devRef }, index ): InstalledApp => ( {
			clientId,
			clientSecret: tokenFrom(
				seed,
				account,
				suffix( 'client secret', index )
			),
			devRef,
			refreshToken: tokenFrom(
				seed,
				account,
				suffix( 'refresh token', index )
			),
			instanceId: firstInstance + index,
		} )
	) as [ InstalledApp, ...InstalledApp[] ];
	const { clientId, clientSecret, devRef, refreshToken } = first;
	const privateApp = ( name: string, index: number ): PrivateApp => ( {
		// `{account}_{name}` (platform reference, §2.1).
		appRef: `${ account }_${ name }`,
		accountToken: tokenFrom(
			seed,
			account,
			suffix( 'account token', index )
		),
		staffToken: tokenFrom( seed, account, suffix( 'staff token', index ) ),
	} );
	const own = privateApp( 'pearlbridge', 0 );
	return {
		privateApp: own,
		privateApps: [ own, privateApp( 'elsewhere', 1 ) ],
		oauth: { clientId, clientSecret, devRef, refreshToken },
		apps: [ first, ...others ],
		staff: {
			emailAddress: 'owner@example.test',
			password: tokenFrom( seed, account, 'staff password' ),
		},
	};
}
