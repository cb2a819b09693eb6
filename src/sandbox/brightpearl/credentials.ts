/**
 * The keys to an account: a function of the seed, so that a restart continues with the same.
 */
import { tokenFrom } from './prng.ts';

export interface Credentials {
	readonly privateApp: {
		readonly appRef: string;
		readonly accountToken: string;
		readonly staffToken: string;
	};
	readonly oauth: {
		readonly clientId: string;
		readonly clientSecret: string;
		readonly devRef: string;
		/** The first one; a rotated one is in the account's grants. */
		readonly refreshToken: string;
	};
}

export const credentialsOf = (
	seed: number,
	account: string
): Credentials => ( {
	privateApp: {
		// `{account}_{name}` (platform reference, §2.1).
		appRef: `${ account }_pearlbridge`,
		accountToken: tokenFrom( seed, account, 'account token' ),
		staffToken: tokenFrom( seed, account, 'staff token' ),
	},
	oauth: {
		clientId: 'pearlbridge',
		clientSecret: tokenFrom( seed, account, 'client secret' ),
		devRef: 'pearlbridge-dev',
		refreshToken: tokenFrom( seed, account, 'refresh token' ),
	},
} );
