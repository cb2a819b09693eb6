/**
 * What of a kept OAuth token does not outlive a change of the connection.
 */
import type { ConnectionRecord } from '../../contracts/connection.ts';
import { SECOND } from '../../contracts/primitives.ts';
import { hasSameDestination } from './brightpearl-edit.ts';
import type { OperationContext } from './context.ts';

/** A refresh under way ends within. */
const TOKEN_WAIT = 30 * SECOND;

type Brightpearl = ConnectionRecord[ 'brightpearl' ];

/**
 * A token of another account or address goes: it would be tried before the new one's. Under
 * another client id or secret only the access token does, so that the next use proves the new one
 * and not the renewal a week later; the refresh token stays for when the change was a mistake.
 */
export async function forgetGrant(
	{ database, world }: Pick< OperationContext, 'database' | 'world' >,
	{ brightpearl: before, name }: ConnectionRecord,
	{ brightpearl: after }: ConnectionRecord
): Promise< void > {
	const { connections, locks } = database;
	const old = clientOf( before );
	const now = clientOf( after );
	if (
		! hasSameDestination( before, after ) ||
		( old === null ) !== ( now === null )
	) {
		await connections.saveToken( name, null );
		return;
	}
	if ( old === null || now === null ) {
		return;
	}
	const isOtherApp = old.clientId !== now.clientId;
	if ( ! isOtherApp && old.clientSecret === now.clientSecret ) {
		return;
	}
	const dropAccess = async () => {
		const token = await connections.token( name );
		if ( token !== null ) {
			await connections.saveToken( name, {
				...token,
				accessToken: '',
				expiresAt: new Date( world.clock.now() ).toISOString(),
				// Another app is installed as another instance.
				...( isOtherApp ? { installationInstanceId: null } : {} ),
			} );
		}
		return { ok: true as const, value: undefined };
	};
	// A refresh that is under way would write its token after this.
	const dropped = await locks.withLock(
		`token:${ name }`,
		{ wait: TOKEN_WAIT },
		dropAccess
	);
	if ( ! dropped.ok ) {
		await dropAccess();
	}
}

/** A secret in the environment or a file is compared by where it lies: a check compares the rest. */
function clientOf( config: Brightpearl ) {
	return config?.auth.type === 'oauth'
		? {
				clientId: config.auth.clientId,
				clientSecret: JSON.stringify(
					config.auth.clientSecret ?? null
				),
			}
		: null;
}
