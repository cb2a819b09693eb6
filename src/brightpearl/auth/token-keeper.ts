/**
 * Where the OAuth token of a connection is kept between runs of the process.
 */
import type { StoredToken } from '../../contracts/database.ts';
import type { Result } from '../../contracts/result.ts';

export interface TokenKeeper {
	load(): Promise< StoredToken | null >;
	save( token: StoredToken ): Promise< void >;
	/**
	 * Runs `work` while no other process refreshes this token; may answer a `busy` retry when
	 * the lock could not be had.
	 */
	lock< T >( work: () => Promise< Result< T > > ): Promise< Result< T > >;
}
