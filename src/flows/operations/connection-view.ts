/**
 * A connection as people see it: everything but its secrets.
 */
import type { ConnectionView } from '../../contracts/answers.ts';
import type {
	AuthConfig,
	ConnectionRecord,
	SecretInput,
} from '../../contracts/connection.ts';
import type {
	StoredConnection,
	StoredToken,
} from '../../contracts/database.ts';
import { refPrefixOf, type Settings } from '../../contracts/settings.ts';
import { isLive } from '../connected.ts';
import { isComplete } from '../connections.ts';
import { webhookAddress } from '../webhook-address.ts';
import type { OperationContext } from './context.ts';

export async function connectionView(
	context: OperationContext,
	stored: StoredConnection
): Promise< ConnectionView > {
	const { record } = stored;
	const { name, settings, store } = record;
	const { running, publicUrl } = context.service();
	const base = publicUrl ?? running?.url ?? null;
	return {
		name,
		live:
			isComplete( stored ) &&
			isLive( settings, context.world.clock.now() ),
		store: {
			type: store.type,
			url: store.url,
			auth: store.url.startsWith( 'https:' ) ? 'basic' : 'oauth1',
			keyTail: tailOf( store.consumerKey ),
		},
		brightpearl: await brightpearlView( context, record ),
		secrets: secretsOf( record ),
		settings: shownSettings( record ),
		webhookUrl: base === null ? null : webhookAddress( base, name ),
		paired: await pairedView( context, name ),
	};
}

async function brightpearlView(
	context: OperationContext,
	{ name, brightpearl }: ConnectionRecord
): Promise< ConnectionView[ 'brightpearl' ] > {
	if ( brightpearl === null ) {
		return null;
	}
	const token = await context.database.connections.token( name );
	const live = await context.connections.find( name );
	await live?.connected.brightpearl.ready();
	return {
		account: brightpearl.account,
		apiDomain: token?.apiDomain ?? brightpearl.apiDomain ?? null,
		installationInstanceId:
			live?.connected.brightpearl.installationInstanceId() ??
			brightpearl.installationInstanceId ??
			token?.installationInstanceId ??
			null,
		auth: authView( brightpearl.auth, token, context.world.clock.now() ),
	};
}

async function pairedView(
	{ database }: OperationContext,
	name: string
): Promise< ConnectionView[ 'paired' ] > {
	const pairing = await database.pairings.find( name );
	if ( pairing === null ) {
		return null;
	}
	const keys = await database.pairings.keys( name );
	const current = keys.find( ( { slot } ) => slot === 'current' );
	return current === undefined
		? null
		: {
				siteId: pairing.siteId,
				keyId: current.keyId,
				since: pairing.since,
			};
}

function authView( auth: AuthConfig, token: StoredToken | null, now: number ) {
	const expiresAt =
		auth.type === 'oauth'
			? ( token?.expiresAt ?? auth.expiresAt ?? null )
			: null;
	return {
		type: auth.type,
		appRef: auth.type === 'oauth' ? null : auth.appRef,
		clientId: auth.type === 'oauth' ? auth.clientId : null,
		devRef: auth.type === 'oauth' ? auth.devRef : null,
		tokenType: auth.type === 'oauth' ? ( token?.tokenType ?? null ) : null,
		expiresAt:
			expiresAt === null ? null : new Date( expiresAt ).toISOString(),
		expiresIn:
			expiresAt === null
				? null
				: Math.round( ( Date.parse( expiresAt ) - now ) / 1000 ),
	};
}

/** Where a secret is set, as paths of `connection.json`. */
function secretsOf( { store, brightpearl }: ConnectionRecord ): string[] {
	const { consumerKey, consumerSecret, webhookSecret } = store;
	const set = ( at: string, secrets: object ) =>
		Object.entries( secrets ).flatMap(
			( [ name, secret ]: [ string, unknown ] ) =>
				( secret ?? null ) === null ? [] : [ `${ at }.${ name }` ]
		);
	const {
		accountToken,
		staffToken,
		clientSecret,
		refreshToken,
		accessToken,
	}: Partial< Record< string, unknown > > = brightpearl?.auth ?? {};
	return [
		...set( 'store', { consumerKey, consumerSecret, webhookSecret } ),
		...set( 'brightpearl.auth', {
			accountToken,
			staffToken,
			clientSecret,
			refreshToken,
			accessToken,
		} ),
	];
}

/** Enough to recognise a key by, never enough to use it. */
function tailOf( secret: SecretInput | null ): string | null {
	return typeof secret === 'string' && secret.length > 8
		? secret.slice( -4 )
		: null;
}

export function prefixOf( {
	settings,
	store,
}: Pick< ConnectionRecord, 'settings' | 'store' > ): string {
	return settings.orders.refPrefix ?? refPrefixOf( store.url );
}

/** With the prefix that is in force where none is set. */
export function shownSettings(
	record: Pick< ConnectionRecord, 'settings' | 'store' >
): Settings {
	return {
		...record.settings,
		orders: { ...record.settings.orders, refPrefix: prefixOf( record ) },
	};
}
