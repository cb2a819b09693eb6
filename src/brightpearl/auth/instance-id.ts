/**
 * The installation instance id: with it Brightpearl de-duplicates a sales order's external
 * reference (resources reference, §1.2). Given by hand, else by the token answer, else by the
 * header on every answer to an OAuth app; a private app is not told it.
 */
import type { BrightpearlConfig } from '../../contracts/connection.ts';
import type { Cache } from '../../contracts/database.ts';
import type { Auth } from './credentials.ts';

const HEADER = 'brightpearl-installed-integration-instance-id';

export interface InstanceId {
	current(): number | null;
	/** What Brightpearl itself said last; null = never said. */
	told(): number | null;
	learn( headers: Readonly< Record< string, string > > ): Promise< void >;
	/** Makes what was learned before a restart known; asks nobody. */
	ready(): Promise< void >;
}

export function createInstanceId( deps: {
	readonly config: BrightpearlConfig;
	readonly auth: Auth;
	readonly cache: Cache;
	readonly scope: string;
} ): InstanceId {
	const { auth, cache, config, scope } = deps;
	let learned: number | null = null;
	let loading: Promise< void > | null = null;

	if ( config.auth.type !== 'oauth' ) {
		return {
			current: () => config.installationInstanceId ?? null,
			told: () => null,
			learn: async () => {},
			ready: async () => {},
		};
	}
	// Several apps may be connected to one account, each an instance of its own.
	const key = `instance-id|${ config.auth.clientId }|${ config.auth.devRef }`;

	async function load(): Promise< void > {
		await auth.ready();
		const kept = await cache.get( scope, key );
		if ( typeof kept === 'number' && Number.isSafeInteger( kept ) ) {
			learned ??= kept;
		}
	}

	const told = () => auth.installationInstanceId() ?? learned;
	return {
		current: () => config.installationInstanceId ?? told(),
		told,
		async learn( headers ) {
			const text = headers[ HEADER ] ?? '';
			const id = /^[1-9]\d{0,14}$/.test( text ) ? Number( text ) : null;
			if ( id !== null && id !== learned ) {
				learned = id;
				await cache.put( scope, key, id, null );
			}
		},
		ready: () =>
			( loading ??= load().catch( ( error: unknown ) => {
				loading = null;
				throw error;
			} ) ),
	};
}
